"""All settings in one file: environment in, working defaults, a loud failure on nonsense.

| variable        | meaning                                                                                   |
|-----------------|-------------------------------------------------------------------------------------------|
| DATABASE_URL    | PostgreSQL 18 or newer                                                                    |
| REDIS_URL       | Valkey or Redis; its database n is the Celery broker, n + 1 the cache                     |
| SECRET_KEY      | required unless DEBUG                                                                     |
| ALLOWED_HOSTS   | comma-separated host names, also the origins that forms may come from                     |
| DEBUG           | 1 for development                                                                         |
| SAFAR_DEMO      | 1 shows one-click sign-ins and an outbox page; never on a public server                   |
| SAFAR_CENTRE    | the name of a classroom without internet that this Safar serves; see docs/running.md          |
| CENTRE_KEY      | signs the files of centres: the same secret there and on the portal                        |
| SAFAR_PEOPLE    | how many candidates the demo has, 2000; everything else of the demo grows with them       |
| CODES_A_DAY     | how many sign-in codes Safar sends in 24 hours, 5000                                      |
| INVITATIONS_A_DAY    | how many people one agency invites in 24 hours, 500                                  |
| WALK_INS_KEPT_MONTHS | how long a profile without an account is kept after the last act in its name, 24     |
| HTTPS           | 1 behind a proxy that ends TLS: secure cookies, HSTS, its X-Forwarded-Proto is believed    |
| SITE_URL        | the address of the site in what goes out by mail, http://localhost:8000                   |
| STATIC_ROOT     | where `collectstatic` puts the static files, staticfiles/                                 |
| OUTBOX_DELIVERY | "console" prints messages, "demo" keeps them for the demo's outbox page, "live" sends them |
| SMSC_*          | LOGIN, PASSWORD, SENDER, URL of the SMS gateway, for "live": smsc.kz, or one of its format |
| EMAIL_*         | HOST, PORT, USER, PASSWORD, FROM of the mail server, for "live"; TLS: start, ssl or none  |
| RATES_*         | CBR, NBK, NBKR, CBU, NBT: where each central bank publishes its day rates; empty: not asked |
"""

import os
from datetime import date
from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from portal.logs import configure_logs
from portal.ui.csp import INLINE_STYLE_HASHES

BASE_DIR = Path(__file__).resolve().parent.parent


def _flag(name: str) -> bool:
    value = os.environ.get(name, "0")
    if value not in ("0", "1"):
        raise ImproperlyConfigured(f"{name} must be 0 or 1, not {value!r}.")
    return value == "1"


def _whole(name: str, usual: int) -> int:
    value = os.environ.get(name) or str(usual)
    if not value.isdecimal() or int(value) < 1:
        raise ImproperlyConfigured(f"{name} must be a whole number from 1 on, not {value!r}.")
    return int(value)


def _valkey_urls(url: str) -> tuple[str, str]:
    """(broker URL for Celery, cache URL): the database after the broker's is the cache."""
    base, _, query = url.partition("?")
    if base.startswith("unix://"):
        number = int(dict(part.split("=", 1) for part in query.split("&") if "=" in part).get("db", 0))
        path = base.removeprefix("unix://")
        return f"redis+socket://{path}?virtual_host={number}", f"unix://{path}?db={number + 1}"
    scheme, _, rest = base.partition("://")
    if scheme not in ("redis", "rediss"):
        raise ImproperlyConfigured(f"REDIS_URL must start with redis://, rediss:// or unix://, not {url!r}.")
    host, _, db = rest.partition("/")
    number = int(db or 0)
    return f"{scheme}://{host}/{number}", f"{scheme}://{host}/{number + 1}"


DEBUG = _flag("DEBUG")
DEMO = _flag("SAFAR_DEMO")
CENTRE = os.environ.get("SAFAR_CENTRE", "")
CENTRE_KEY = os.environ.get("CENTRE_KEY", "")
DEMO_PEOPLE = _whole("SAFAR_PEOPLE", 2000)
SECRET_KEY = os.environ.get("SECRET_KEY", "only-for-development" if DEBUG else "")
if not SECRET_KEY:
    raise ImproperlyConfigured("Set SECRET_KEY to a long random text (or DEBUG=1 on your own machine).")
ALLOWED_HOSTS = [host for host in os.environ.get("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]").split(",") if host]
HTTPS = _flag("HTTPS")
SITE_NAME = "Safar"
SITE_URL = os.environ.get("SITE_URL", "http://localhost:8000").rstrip("/")

# Apps: modeltranslation and unfold must stand before the admin.
INSTALLED_APPS = [
    "modeltranslation",
    "unfold.apps.BasicAppConfig",
    "portal.accounts.admin_app.AdminApp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_structlog",
    "django_cotton",
    "csp",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "portal.ui",
    "portal.places",
    "portal.money",
    "portal.outbox",
    "portal.accounts",
    "portal.organisations",
    "portal.support",
    "orientation",
    "matching",
    "placements",
    "training",
    "remittances",
    "portal",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "portal.ui.cyrillic_pages.uzbek_in_cyrillic",
    "portal.ui.middleware.public_pages",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "orientation.classes.tablet.shared_tablet",
    "portal.ui.middleware.pages_of_forms",
]
if DEBUG:
    MIDDLEWARE.append("portal.ui.middleware.read_only_get")

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "django_cotton.templatetags.cotton",
                "portal.ui.templatetags.ui",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.ui.context.page",
                "portal.outbox.bell.bell",
                "orientation.classes.tablet.tablet_bar",
                "portal.demo.loading",
            ],
        },
    }
]
COTTON_DIR = "ui"  # components are templates/ui/*.html, written <c-card>
COTTON_SNAKE_CASED_NAMES = False
COTTON_ISOLATE_BY_DEFAULT = True  # a component sees what it is given, never a page's variable of the same name

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL", "postgres://localhost/safar"), conn_max_age=600, conn_health_checks=True
    )
}
DATABASES["default"]["OPTIONS"] = {"connect_timeout": 3} | DATABASES["default"].get("OPTIONS", {})  # the URL's, such as sslmode
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

BROKER_URL, CACHE_URL = _valkey_urls(os.environ.get("REDIS_URL", "redis://localhost:6379/0"))
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": CACHE_URL,
        "OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 2},
        "KEY_PREFIX": "safar",
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "safar_session"
SESSION_COOKIE_AGE = 90 * 24 * 3600  # a trusted device: a worker may not have the SIM to receive a new code
CSRF_COOKIE_NAME = "safar_csrf"
MESSAGE_STORAGE = "portal.ui.messages.Messages"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "portal.ui.errors.form_expired"
SECURE_SSL_REDIRECT = False
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Five languages. English is the source of the interface texts; Russian is what a missing text falls back to first.
LANGUAGE_CODE = "en"
LANGUAGES = [("tg", "Тоҷикӣ"), ("ky", "Кыргызча"), ("uz", "Oʻzbekcha"), ("ru", "Русский"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["portal.ui.formats"]
MODELTRANSLATION_DEFAULT_LANGUAGE = "en"
MODELTRANSLATION_LANGUAGES = ("en", "ru", "tg", "ky", "uz")
MODELTRANSLATION_FALLBACK_LANGUAGES = ("ru", "en")
USE_I18N = True
USE_THOUSAND_SEPARATOR = True
USE_TZ = True
TIME_ZONE = "Asia/Dushanbe"  # the days and hours that pages show; the database keeps UTC

STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT", BASE_DIR / "staticfiles"))
STATICFILES_DIRS = [BASE_DIR / "portal/ui/assets"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "portal.ui.storage.Static" if not DEBUG else "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 3600

# People
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["portal.accounts.backend.Backend"]
PHONE_COUNTRIES = ["TJ", "KG", "UZ", "RU", "KZ"]  # where Safar sends codes
CODES_A_DAY_FOR_ONE = 10
CODES_A_DAY = _whole("CODES_A_DAY", 5000)  # what the operator is ready to pay for
INVITATIONS_A_DAY = _whole("INVITATIONS_A_DAY", 500)  # of one agency
WALK_INS_KEPT_MONTHS = _whole("WALK_INS_KEPT_MONTHS", 24)
LOGIN_URL = "accounts:sign_in"
ACCOUNT_ADAPTER = "portal.accounts.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"phone", "email"}
ACCOUNT_SIGNUP_FIELDS = ["phone*", "email"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # the code by mail is the verification
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # portal.accounts.ask_code writes that mail
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "dashed": False, "length": 6}
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = 3
ACCOUNT_LOGIN_TIMEOUT = 3600
# Per address strict; per network address wide, because a whole dormitory shares one.
ACCOUNT_RATE_LIMITS = {
    "request_login_code": "600/m/ip,3/m/key",
    "login_failed": "600/m/ip,5/5m/key",
    "type_code": "12/h/key",
    "send_events": "600/m/ip,60/m/key",
    "feedback": "120/m/ip",
    "check_certificate": "60/m/ip",
    "join_class": "120/m/ip,300/h/key",
    "join_plan": "120/m/ip,10/h/key",
}
MFA_TOTP_ISSUER = SITE_NAME
MFA_TOTP_TOLERANCE = 1  # half a minute either way: cheap phones' clocks

# The console of editors and operators, in our turquoise from light to dark
_SHADES = ["50", "100", "200", "300", "400", "500", "600", "700", "800", "900", "950"]
_TURQUOISE = ["#eef8f7", "#d6eeec", "#aedcda", "#7cc4c3", "#46a5a7", "#1f878c", "#0b6b72", "#0a5a60", "#084e54", "#073f44", "#04282c"]
UNFOLD = {"SITE_TITLE": SITE_NAME, "SITE_HEADER": SITE_NAME, "COLORS": {"primary": dict(zip(_SHADES, _TURQUOISE, strict=True))}}

# Messages to people, and the workers who carry them
OUTBOX_DELIVERY = os.environ.get("OUTBOX_DELIVERY", "demo" if DEMO else "console")
if OUTBOX_DELIVERY not in ("console", "demo", "live"):
    raise ImproperlyConfigured(f"OUTBOX_DELIVERY must be console, demo or live, not {OUTBOX_DELIVERY!r}.")
if OUTBOX_DELIVERY == "live":
    for _name in ("SITE_URL", "SMSC_LOGIN", "SMSC_PASSWORD", "EMAIL_HOST", "EMAIL_FROM"):
        if not os.environ.get(_name):
            raise ImproperlyConfigured(f"OUTBOX_DELIVERY=live needs {_name}.")
SMSC_URL = os.environ.get("SMSC_URL", "https://smsc.kz/sys").rstrip("/")
SMSC_LOGIN = os.environ.get("SMSC_LOGIN", "")
SMSC_PASSWORD = os.environ.get("SMSC_PASSWORD", "")
SMSC_SENDER = os.environ.get("SMSC_SENDER", "")
EMAIL_TLS = os.environ.get("EMAIL_TLS", "start")
if EMAIL_TLS not in ("start", "ssl", "none"):
    raise ImproperlyConfigured(f"EMAIL_TLS must be start, ssl or none, not {EMAIL_TLS!r}.")
EMAIL_USE_TLS, EMAIL_USE_SSL = EMAIL_TLS == "start", EMAIL_TLS == "ssl"
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = _whole("EMAIL_PORT", {"start": 587, "ssl": 465, "none": 25}[EMAIL_TLS])
EMAIL_HOST_USER = os.environ.get("EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_PASSWORD", "")
EMAIL_TIMEOUT = 5  # seconds
DEFAULT_FROM_EMAIL = os.environ.get("EMAIL_FROM", "safar@localhost")

# Day rates of central banks. `{day:...}` is the day asked for; an address without it has only the newest. A space parts two addresses.
# Neither the demo nor a classroom asks anybody, unless it is told whom.
RATE_FEEDS = {
    bank: os.environ.get(f"RATES_{bank.upper()}", "" if DEMO or CENTRE else usual).split()
    for bank, usual in {
        "cbr": "https://www.cbr.ru/scripts/XML_daily.asp?date_req={day:%d/%m/%Y}",
        "nbk": "https://nationalbank.kz/rss/get_rates.cfm?fdate={day:%d.%m.%Y}",
        "nbkr": "https://www.nbkr.kg/XML/daily.xml https://www.nbkr.kg/XML/weekly.xml",
        "cbu": "https://cbu.uz/en/arkhiv-kursov-valyut/json/all/{day:%Y-%m-%d}/",
        "nbt": "https://www.nbt.tj/en/kurs/export_xml.php?date={day:%Y-%m-%d}&export=xmlout",
    }.items()
}
for _bank, _addresses in RATE_FEEDS.items():
    for _address in _addresses:
        try:
            _is_web = _address.format(day=date(2000, 1, 1)).startswith(("https://", "http://"))
        except (LookupError, ValueError):
            _is_web = False
        if not _is_web:
            raise ImproperlyConfigured(f"RATES_{_bank.upper()} must be web addresses, with {{day:%Y-%m-%d}} or without, not {_address!r}.")

# Content security: every page is strict; the admin's own rule is set by its view.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'", *INLINE_STYLE_HASHES],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "media-src": ["'self'"],
        "worker-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}

# The public API: reading only, nobody is known
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "UNAUTHENTICATED_USER": None,
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "portal.rest.answer_problem",
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Safar API",
    "VERSION": "1",
    "DESCRIPTION": "What Safar shows to everybody, for re-use: lessons, facts with their sources, occupations and skills, vacancies, "
    "what it costs to send money home, middle rates. "
    "This service uses the ESCO classification of the European Commission.",
    "LICENSE": {
        "name": "CC BY 4.0 (courses, lessons, facts, names, quotes, services, rates)",
        "url": "https://creativecommons.org/licenses/by/4.0/",
    },
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SWAGGER_UI_SETTINGS": {"deepLinking": True, "docExpansion": "list", "defaultModelsExpandDepth": 0, "validatorUrl": None},
    "ENUM_NAME_OVERRIDES": {
        "Language": "portal.rest.LANGUAGES",
        "WorkLanguage": "matching.models.vacancies.WorkLanguage",
        "CefrLevel": "matching.api.CEFR",
        "Corridor": "portal.places.corridors.Corridor",
        "CountryCode": "portal.places.api.COUNTRIES",
        "FactStatus": "orientation.models.Fact.Status",
        "Currency": "portal.money.amounts.Currency",
        "Way": "remittances.models.TransferService.Way",
    },
}

DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False  # an address is personal data that no log of ours needs
LOGGING = configure_logs(console=DEBUG)
