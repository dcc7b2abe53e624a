"""All settings. What differs between installations comes from the environment, or else from
`var/chronicle.env`, which the first `make run` writes."""

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from environs import Env, EnvError, validate

from chronicle import __version__
from chronicle.database_url import database_from_url

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"
RELEASE = __version__

env = Env()
env.read_env(env.path("CHRONICLE_ENV_FILE", VAR_DIR / "chronicle.env"), recurse=False)


# What an installation decides ---------------------------------------------------------------

SECRET_KEY: str = env.str("SECRET_KEY", validate=validate.Length(min=50))
DEBUG: bool = env.bool("DEBUG", False)
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", [])
# Served over HTTPS, behind a proxy on this machine that sets X-Forwarded-Proto itself.
HTTPS: bool = env.bool("HTTPS", False)
# How many proxies, counted from this machine, X-Forwarded-For can be believed from.
ALLAUTH_TRUSTED_PROXY_COUNT: int = env.int("TRUSTED_PROXIES", 0)
# False only at a desk of one: each edition says publicly whether four eyes saw it.
FOUR_EYES: bool = env.bool("FOUR_EYES", True)
# Memory that a process may use for answers it has given; 0 keeps none.
KEPT_ANSWERS_BYTES: int = env.int("KEPT_ANSWERS_MB", 96) * 1_000_000
# How often a minute a client without a token may ask each process for the API; 0: without limit.
API_LIMIT: int = env.int("API_LIMIT", 1_200, validate=validate.Range(min=0))
DATABASE_URL: str = env.str("DATABASE_URL", f"sqlite:///{VAR_DIR}/chronicle.sqlite3")
try:
    DATABASES: dict[str, dict[str, Any]] = {"default": database_from_url(DATABASE_URL)}
except ValueError as error:
    raise EnvError(f'Environment variable "DATABASE_URL" invalid: {error}') from error

# What it is called, and who answers for it, wherever it is cited: in citations, bibliographies and
# what pages say of themselves to programs. Without a publisher, none is named.
SITE_NAME: str = env.str("SITE_NAME", "Chronicle")
SITE_PUBLISHER: str = env.str("SITE_PUBLISHER", "")
# Where the desk is, for links in letters. A server for them; without one they go to the console.
SITE_URL: str = env.str(
    "SITE_URL",
    f"https://{ALLOWED_HOSTS[0]}" if HTTPS and ALLOWED_HOSTS else "http://127.0.0.1:8000",
).rstrip("/")
EMAIL_HOST: str = env.str("EMAIL_HOST", "")
EMAIL_PORT: int = env.int("EMAIL_PORT", 587)
EMAIL_HOST_USER: str = env.str("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD: str = env.str("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS: bool = env.bool("EMAIL_USE_TLS", True)
DEFAULT_FROM_EMAIL: str = env.str("DEFAULT_FROM_EMAIL", "chronicle@localhost")

# Rooms --------------------------------------------------------------------------------------

# A further room is one line here.
ROOMS = [
    "record",
    "desk",
    "vocabulary",
    "sources",
    "places",
    "actors",
    "events",
    "proposals",
    "embeds",
    "exchange",
    "packages",
    "reading",
    "letters",
    "tools",
    "tokens",
]
INSTALLED_APPS = [
    *ROOMS,
    "desk.apps.DeskAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_filters",
    "drf_spectacular",
    "rest_framework",
    "simple_history",
]
MIDDLEWARE = [
    "chronicle.middleware.api_is_open_to_all_origins",  # first: of redirects and refusals, too
    "django.middleware.security.SecurityMiddleware",
    "chronicle.middleware.permissions_policy",
    "chronicle.middleware.account_pages_are_not_kept",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "chronicle.middleware.content_security_policy",
    "chronicle.languages.by_address",  # before anything looks an address up
    "django.middleware.common.CommonMiddleware",
    "tokens.throttling.throttle",
    "chronicle.bodies.BodyLimit",  # before anything reads the body
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    # From here on only for the desk and for accounts: public pages know nobody.
    "chronicle.people.Sessions",
    "chronicle.people.Authentication",
    "chronicle.people.Messages",
    "allauth.account.middleware.AccountMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]
ROOT_URLCONF = "chronicle.urls"
WSGI_APPLICATION = "chronicle.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        # Public pages. What is found here is Jinja2, all else is Django's own language.
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates" / "public"],
        "OPTIONS": {
            "environment": "chronicle.jinja.environment",
            "context_processors": ["record.as_of.banner", "chronicle.languages.spoken"],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "record.as_of.banner",
                "chronicle.languages.spoken",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["chronicle.templatetags.components"],
        },
    },
]

# Storage ------------------------------------------------------------------------------------

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# In the database, since rate limits must hold across workers.
CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "chronicle_cache",
    },
}
# The packages that /data/ offers, which `manage.py build_data` makes.
DATA_DIR = env.path("DATA_DIR", VAR_DIR / "data")
STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
# One entry's form has some ten fields for each of its parts and citations.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
# A text of a source is corrected in one field: three million characters, of up to four bytes.
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024**2 + 64 * 1024
# What all other pages take, files included (`chronicle.bodies`): far more than any entry's form.
MOST_SENT = 2560 * 1024

# Language and time --------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"  # that of the source, of the desk and of what is for programs
LANGUAGE_NAMES = {
    "en-gb": "English",
    "fr": "Français",
    "ru": "Русский",
    "az": "Azərbaycanca",
    "hy": "Հայերեն",
}
# Those that readers are offered, since their catalogues (`locale/`) are complete.
LANGUAGES_OFFERED = ["en-gb", "fr", "ru", "az", "hy"]
LANGUAGES = [(code, LANGUAGE_NAMES[code]) for code in LANGUAGES_OFFERED]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "UTC"
FORMAT_MODULE_PATH = "chronicle.formats"
USE_TZ = True

# Signing in ---------------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in {
        "UserAttributeSimilarityValidator": {},
        "MinimumLengthValidator": {"min_length": 12},
        "CommonPasswordValidator": {},
        "NumericPasswordValidator": {},
    }.items()
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "admin:index"
ACCOUNT_ADAPTER = "chronicle.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
# Not a public page: those are the same for everybody, so none could say that it was done.
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "reauthenticate": "10/m/user",
    "reset_password": "10/m/ip,3/m/key",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = SITE_NAME
# No address is verified here, so a second factor cannot wait for one.
MFA_ALLOW_UNVERIFIED_EMAIL = True
# Browsers count http://localhost as secure; allauth does not unless told.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS

# Letters ------------------------------------------------------------------------------------

EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
# A person waits for what is sent after their move, so a server that does not answer is given up.
EMAIL_TIMEOUT = 10

# What a browser may do ----------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
# A form of the desk comes back as it was filled in.
CSRF_FAILURE_VIEW = "desk.drafts.csrf_failure"
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
if HTTPS:
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# HSTS preloading is all but irreversible and concerns the whole domain: its owner's to choose.
SILENCED_SYSTEM_CHECKS = ["security.W021"]

# API ----------------------------------------------------------------------------------------

REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_PARSER_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "record.accepting.ByAccept",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "record.problems.problem_response",
    "UNAUTHENTICATED_USER": None,
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": f"{SITE_NAME} API",
    "DESCRIPTION": (
        "The public record, read-only. Every answer speaks for one edition; every result is the "
        "entry's document as it was published, with its version beside it."
    ),
    "VERSION": RELEASE,
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    # Many fields are called kind, each with words of its own: these stay where they are used.
    "POSTPROCESSING_HOOKS": [
        "chronicle.openapi.without_enum_ids",
        "chronicle.openapi_limits.with_limits",
        "chronicle.openapi_examples.with_examples",
    ],
}

# History ------------------------------------------------------------------------------------

SIMPLE_HISTORY_HISTORY_ID_USE_UUID = False
SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True
# Restoring goes through revisions, which bring an entry's parts back with it.
SIMPLE_HISTORY_REVERT_DISABLED = True

# Log ----------------------------------------------------------------------------------------

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
}
