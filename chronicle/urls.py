from importlib.util import find_spec

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path, re_path

from chronicle import views
from chronicle.style import style
from desk.preview_views import shared_preview

# Before `admin.site.urls` is read: otherwise the admin keeps its own form, which knows neither
# rate limits nor second factors.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", include("chronicle.api")),  # first: programs ask most, and look on longest
    path("", views.home, name="home"),
    path("overview/", views.overview, name="overview"),
    path("method/", views.methodology, name="method"),
    path("search/", views.search, name="search"),
    path("search/suggestions/", views.suggest, name="suggestions"),
    path("verify/", include("sources.verifying_urls")),
    path("", include("sources.citing_urls")),
    # The one address outside the desk that reads what is not published (DESIGN, invariant 1).
    path("preview/<str:secret>/", shared_preview, name="preview"),
    # Nothing is sent by e-mail here, so nobody is promised a message.
    re_path(r"^account/password/reset/", views.lost_password),
    path("", include("letters.reader_urls")),
    path("account/", include("allauth.urls")),
    path("desk/style/", admin.site.admin_view(style), name="style"),
    path("desk/reading/", include("reading.desk_urls")),
    path("desk/", admin.site.urls),
]

# For addresses that nothing is at.
handler400 = "chronicle.views.bad_request"
handler404 = "chronicle.views.not_found"

# A room with public pages has a urls.py, so that a further room is one line in the settings.
urlpatterns += [
    path("", include(f"{room}.urls")) for room in settings.ROOMS if find_spec(f"{room}.urls")
]
