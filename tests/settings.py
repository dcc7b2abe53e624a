"""The settings under test: the same, but of no installation, quick and strict."""

import os

os.environ["CHRONICLE_ENV_FILE"] = os.devnull
os.environ.setdefault("DATABASE_URL", "sqlite://:memory:")
os.environ["SECRET_KEY"] = "only-for-tests-" + "x" * 50
os.environ["ALLOWED_HOSTS"] = "testserver,localhost,127.0.0.1"
for name in (
    "API_LIMIT",
    "DEBUG",
    "EMAIL_HOST",
    "FOUR_EYES",
    "HTTPS",
    "SITE_URL",
    "TRUSTED_PROXIES",
):
    os.environ.pop(name, None)

from chronicle.settings import *  # noqa: E402, F403
from chronicle.settings import INSTALLED_APPS, MIDDLEWARE, STORAGES  # noqa: E402

# Zeal raises at the second query of one kind for a list's rows; it is silent unless installed.
INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]
# Signing out reads the session a second time, to delete it; a page about a user reads the user
# and whoever is signed in.
ZEAL_ALLOWLIST = [{"model": "sessions.Session"}, {"model": "auth.User", "field": "get()"}]
MIDDLEWARE = ["zeal.middleware.zeal_middleware", *MIDDLEWARE]
# Where answers are kept, a second question costs one query: what asks for that says so.
KEPT_ANSWERS_BYTES = 0
API_LIMIT = 0  # what counts how often it is asked says so
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Static files come straight from their folders, so that no test needs `collectstatic`.
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
