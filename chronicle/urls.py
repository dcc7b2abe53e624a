from importlib import import_module
from importlib.util import find_spec

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path, re_path

from chronicle import views
from chronicle.style import style
from desk.preview_views import shared_preview

# Before `admin.site.urls` is read: otherwise the admin keeps its own form, which knows neither
# rate limits nor second factors.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

# For programs, and files: one address for all languages.
FILES = [
    pattern
    for room in settings.ROOMS
    if find_spec(f"{room}.file_urls")
    for pattern in import_module(f"{room}.file_urls").urlpatterns
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", include("chronicle.api")),  # first: programs ask most, and look on longest
    path("", include((FILES, "files"))),
    # The one address outside the desk that reads what is not published (DESIGN, invariant 1).
    path("preview/<str:secret>/", shared_preview, name="preview"),
    # Nothing is sent by e-mail here, so nobody is promised a message.
    re_path(r"^account/password/reset/", views.lost_password),
    path("account/", include("allauth.urls")),
    path("desk/style/", admin.site.admin_view(style), name="style"),
    path("desk/reading/", include("reading.desk_urls")),
    path("desk/", admin.site.urls),
]

# For addresses that nothing is at.
handler400 = "chronicle.views.bad_request"
handler404 = "chronicle.views.not_found"

# Pages for readers, in each language at an address of its own. A room with such pages has a
# urls.py, so that a further room is one line in the settings.
urlpatterns += i18n_patterns(
    path("", views.home, name="home"),
    path("overview/", views.overview, name="overview"),
    path("method/", views.methodology, name="method"),
    path("search/", views.search, name="search"),
    path("search/suggestions/", views.suggest, name="suggestions"),
    path("verify/", include("sources.verifying_urls")),
    path("", include("sources.citing_urls")),
    path("", include("letters.reader_urls")),
    *(path("", include(f"{room}.urls")) for room in settings.ROOMS if find_spec(f"{room}.urls")),
    prefix_default_language=False,
)
