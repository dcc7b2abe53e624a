from importlib.util import find_spec

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

# Before `admin.site.urls` is read: otherwise the admin keeps its own form, which knows neither
# rate limits nor second factors.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/", include("allauth.urls")),
    path("desk/", admin.site.urls),
]

# TEMPORARY, until both are written: then an import and plain lines in the list above.
if find_spec("chronicle.views"):
    from chronicle import views

    urlpatterns += [path("", views.home, name="home"), path("search/", views.search, name="search")]
if find_spec("chronicle.api"):
    urlpatterns += [path("api/v1/", include("chronicle.api"))]

# A room with public pages has a urls.py, so that a further room is one line in the settings.
urlpatterns += [
    path("", include(f"{room}.urls")) for room in settings.ROOMS if find_spec(f"{room}.urls")
]
