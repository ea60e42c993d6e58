"""Settings of the site: all that a host can change comes from the environment.

LOCALACTION_DATA_DIR (./var), DATABASE_URL (SQLite in the data folder), LOCALACTION_SECRET_KEY and
LOCALACTION_SIGNING_KEY (made once in the data folder), LOCALACTION_HOSTS (names the site answers to),
LOCALACTION_DEMO, LOCALACTION_DEBUG, LOCALACTION_HTTPS (yes unless demo or debug), LOCALACTION_PROXIES (how
many trusted proxies stand before it), LOCALACTION_SECOND_FACTOR (asked of roles that publish, verify or name
people; yes unless demo), LOCALACTION_EMAIL_URL, LOCALACTION_EMAIL_FROM, LOCALACTION_MAX_UPLOAD_MB (20),
LOCALACTION_LOG_LEVEL (INFO).
"""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from localaction.platform.config import env
from localaction.platform.config.database import databases
from localaction.platform.config.mail import mail_settings

DATA_DIR = env.folder(Path(env.text("LOCALACTION_DATA_DIR", "var")).absolute())
LOCALACTION_DATA_DIR = DATA_DIR
LOCALACTION_DEMO = env.flag("LOCALACTION_DEMO")
LOCALACTION_HTTPS = env.flag("LOCALACTION_HTTPS", not (LOCALACTION_DEMO or env.flag("LOCALACTION_DEBUG")))
LOCALACTION_SECOND_FACTOR = env.flag("LOCALACTION_SECOND_FACTOR", not LOCALACTION_DEMO)
LOCALACTION_MAX_UPLOAD_MB = env.whole_number("LOCALACTION_MAX_UPLOAD_MB", 20, low=1)
PROXIES = env.whole_number("LOCALACTION_PROXIES", 0)

DEBUG = env.flag("LOCALACTION_DEBUG")
SECRET_KEY = env.secret_key(DATA_DIR)
LOCALACTION_SIGNING_KEY = env.text("LOCALACTION_SIGNING_KEY")  # else made once in the data folder
ALLOWED_HOSTS = env.words("LOCALACTION_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = [
    f"https://{'*' * host.startswith('.')}{host}" for host in ALLOWED_HOSTS if host != "*"
]

INSTALLED_APPS = [
    "localaction.platform.web",
    "localaction.platform.api",
    "localaction.platform.imports",
    "localaction.platform.publication",
    "localaction.platform.verification",
    "localaction.platform.reporting",
    "localaction.platform.inventories",
    "localaction.platform.planning",
    "localaction.platform.values",
    "localaction.platform.frameworks",
    "localaction.platform.networks",
    "localaction.platform.places",
    "localaction.platform.accounts",
    "localaction.platform.audit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "whitenoise.runserver_nostatic",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "localaction.platform.config.middleware.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # slow lines; the CSRF token is masked anew on each page
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "localaction.platform.config.uploads.UploadLimit",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "localaction.platform.config.secondfactor.SecondFactor",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "localaction.platform.config.urls"
WSGI_APPLICATION = "localaction.platform.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

DATABASES = databases(DATA_DIR)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# In the database, so that limits on sign-in attempts hold over all processes; accounts has its migration.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "localaction_cache"}
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", _("English")),
    ("es", _("Spanish")),
    ("fr", _("French")),
    ("pt", _("Portuguese")),
    ("ar", _("Arabic")),
    ("zh-hans", _("Chinese")),
]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = env.folder(DATA_DIR / "static")
STATICFILES_DIRS = [path for path in [DATA_DIR / "assets"] if path.is_dir()]
WHITENOISE_USE_FINDERS = not (STATIC_ROOT / "staticfiles.json").exists()
MEDIA_ROOT = DATA_DIR / "files"  # never served by the web server: a view checks the right first
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "localaction.platform.config.static.CollectedOrFound"},
}
FILE_UPLOAD_HANDLERS = [
    "localaction.platform.config.uploads.LimitedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_NUMBER_FIELDS = 6000  # a calculator of sixty years by twenty kinds of waste, and more

# Sign-in
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
     "OPTIONS": {"user_attributes": ["email", "name"]}},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]  # fmt: skip
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "localaction.platform.accounts.adapters.AccountAdapter"
ACCOUNT_FORMS = {"login": "localaction.platform.accounts.forms.SignInForm"}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if LOCALACTION_HTTPS else "http"
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "reset_password": "20/m/ip,5/m/key",
    "accept_invitation": "30/m/ip",
}
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES
NINJA_NUM_PROXIES = PROXIES  # whose word on the caller's address is taken for the limit of requests
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Local Action"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not LOCALACTION_HTTPS

# What browsers are told
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = LOCALACTION_HTTPS
CSRF_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if LOCALACTION_HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None
X_FRAME_OPTIONS = "DENY"
# W008: the proxy that holds the certificate redirects. W005, W021: other names of the domain are not ours.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W008", "security.W021"]

globals().update(mail_settings())
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("LOCALACTION_EMAIL_FROM", "Local Action <noreply@localhost>")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("LOCALACTION_LOG_LEVEL", "INFO").upper()},
    "loggers": {"django.server": {"handlers": ["console"], "level": "INFO", "propagate": False}},
}
