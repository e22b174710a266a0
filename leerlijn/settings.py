"""Every setting, once. What differs from place to place is read at the top: see .env.example."""

import dj_email_url
from csp.constants import NONCE, NONE, SELF

from leerlijn import env, logs
from leerlijn.env import BASE_DIR

environment = env.reader()

DEBUG = environment.bool("DEBUG", default=False)


def only_in_development(value):
    """A default while DEBUG is on; with DEBUG off the variable must be there."""
    return value if DEBUG else ...


SECRET_KEY = environment.str("SECRET_KEY", validate=[] if DEBUG else [env.strong])
# What was signed with these is still believed, while one key makes way for another.
SECRET_KEY_FALLBACKS = environment.list(
    "SECRET_KEY_FALLBACKS", default=[], validate=[] if DEBUG else [env.all_strong]
)
SITE_URL = environment.str("SITE_URL", default=only_in_development("http://127.0.0.1:8000"))
ALLOWED_HOSTS = environment.list(
    "ALLOWED_HOSTS", default=only_in_development(["127.0.0.1", "localhost"])
)
# Small: it holds a password, and what is large is a setting that a page of errors may show.
email_url = environment.str(
    "EMAIL_URL", default=only_in_development("console:"), validate=[env.way_for_mail]
)
DATABASE = environment.dj_db_url("DATABASE_URL", default="sqlite:///db.sqlite3")
CACHE = environment.dj_cache_url("CACHE_URL", default="db://django_cache")
MEDIA_ROOT = environment.path("MEDIA_ROOT", default=BASE_DIR / "media")
DEFAULT_FROM_EMAIL = environment.str("FROM_EMAIL", default="Leerlijn <leerlijn@localhost>")
MEDIA_ACCEL = environment.str("MEDIA_ACCEL", default="", validate=[env.place_inside])
# Who was erased, without names: read again after an older backup was put back.
ERASED_LEDGER = environment.path("ERASED_LEDGER", default=MEDIA_ROOT.parent / "erased.jsonl")
CLAMD_SOCKET = environment.str("CLAMD_SOCKET", default="")
# Who may be told of a weakness in the site: security.txt. Empty means that there is none.
SECURITY_CONTACT = environment.str("SECURITY_CONTACT", default="", validate=[env.contact])
# How many proxies of ours stand in front, and from which networks they come: only their word on
# the client's address is believed.
PROXY_COUNT = environment.int("PROXY_COUNT", default=0)
PROXY_NETWORKS = environment.list("PROXY_NETWORKS", default=env.NEARBY, validate=env.networks)
# Who signs certificates: see certificates.signing. Empty means that nobody does.
SIGNING_KEY = environment.str("SIGNING_KEY", default="")
SIGNING_CERTIFICATE = environment.str("SIGNING_CERTIFICATE", default="")
SIGNING_PASSPHRASE = environment.str("SIGNING_PASSPHRASE", default="")
SIGNING_EARLIER = environment.str("SIGNING_EARLIER", default="")
env.seal(environment)

SITE_URL = SITE_URL.rstrip("/")
HTTPS = SITE_URL.startswith("https://")

# The house

ROOT_URLCONF = "leerlijn.urls"
WSGI_APPLICATION = "leerlijn.wsgi.application"
INSTALLED_APPS = [
    "leerlijn",
    "participants",
    "certificates",
    "whitenoise.runserver_nostatic",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "leerlijn.staticfiles.StaticFiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "drf_spectacular",
    "rest_framework",
]
MIDDLEWARE = [
    "participants.accounts.throttles.AtTheDoor",
    "leerlijn.middleware.logged",
    # What all answers have, on top of whatever may answer.
    "leerlijn.headers.dressed",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "leerlijn.headers.no_program_in_the_clear",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "leerlijn.middleware.known_methods_only",
    "leerlijn.middleware.limited_in_size",
    "participants.accounts.throttles.page_of_refusal",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "leerlijn.middleware.rolling_sessions",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "participants.accounts.staying.limited",
    "participants.accounts.second_factor.Gate",
    "leerlijn.typed.LoginRequired",
    "participants.accounts.devices.followed",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "leerlijn.middleware.explained_when_only_a_button_leads_here",
    "leerlijn.returning.back_to_the_pile",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["leerlijn.templatetags.leerlijn"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "leerlijn.context.navigation",
                "leerlijn.context.contact",
                "leerlijn.returning.back",
            ],
        },
    }
]
FORM_RENDERER = "leerlijn.forms.Renderer"
LOGGING = logs.configure(as_json=not DEBUG)

# Database, cache, jobs, mail

DATABASES = {"default": env.database(DATABASE)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    # One for all processes. Room for what limits count: when a table of it is full, Django throws
    # a third away, and whoever guesses could begin anew.
    "default": CACHE | {"max_entries": 100_000},
    "local": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "local"},
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
EMAIL = dj_email_url.parse(email_url)
EMAIL_BACKEND = EMAIL["EMAIL_BACKEND"]
EMAIL_HOST = EMAIL["EMAIL_HOST"]
EMAIL_PORT = EMAIL["EMAIL_PORT"]
EMAIL_HOST_USER = EMAIL["EMAIL_HOST_USER"]
EMAIL_HOST_PASSWORD = EMAIL["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS = EMAIL["EMAIL_USE_TLS"]
EMAIL_USE_SSL = EMAIL["EMAIL_USE_SSL"]
EMAIL_FILE_PATH = EMAIL["EMAIL_FILE_PATH"]
EMAIL_TIMEOUT = EMAIL["EMAIL_TIMEOUT"] or 20
EMAIL_SUBJECT_PREFIX = ""
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Language and time

LANGUAGE_CODE = "nl"
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True

# How long things are kept (domain: retention), and how often strangers may write

# When the weekly mails go: the day of the ISO week (1 is Monday) and the hour in Amsterdam.
REMINDERS_AT = (2, 9)
DIGEST_AT = (1, 8)
REJECTED_APPLICATION_DAYS = 28
UNCONFIRMED_APPLICATION_DAYS = 7
KEEP_LEARNING_YEARS = 2  # plans, hours, attendance, interviews, from the end of the cohort
KEEP_SUBSIDISED_YEARS = 5  # of a subsidised cohort: hours without words, attendance, decisions
KEEP_REGISTER_YEARS = 10  # certificates with a name, from the last award of the cohort
KEEP_READS_DAYS = 365  # who read what, and who logged in
KEEP_RECEIPTS_DAYS = 3  # what a program was answered, in case it asks again
ANNOUNCE_DAYS = 30  # nothing of a cohort goes before it stood on the page for so long
ERASE_AFTER_DAYS = 14  # to think again
APPLICATIONS_AN_HOUR = 30  # from one internet address: a whole library may share it
APPLICATION_MAILS_A_DAY = 3  # to one e-mail address

# Files: of the site, and of people

NODE_MODULES = BASE_DIR / "node_modules"
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [
    ("ams", NODE_MODULES / "@amsterdam/design-system-css/dist"),
    ("source-sans-3", NODE_MODULES / "@fontsource-variable/source-sans-3"),
]
WHITENOISE_ALLOW_ALL_ORIGINS = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage",
        # Who collects them may be another than who serves them; files of people are 0600.
        "OPTIONS": {"file_permissions_mode": 0o644},
    },
}
# Files of 25 MB each; a paper plan may come as several photos in one request.
MAX_REQUEST_BYTES = 64 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024  # everything in a request but its files
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # a register: several fields for each member
DATA_UPLOAD_MAX_NUMBER_FILES = 40  # over the 20 that we take: the refusal is a sentence
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "leerlijn.uploads.NamelessFileUploadHandler",
]

# Who is who

AUTH_USER_MODEL = "participants.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"leerlijn.passwords.{name}"} for name in ("Similar", "Short", "Leaked", "Ours")
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = 90 * 24 * 60 * 60  # rolling: see leerlijn.middleware
LOGIN_SECONDS = 365 * 24 * 60 * 60  # however often it is used
STAFF_IDLE_SECONDS = 2 * 60 * 60
STAFF_LOGIN_SECONDS = 10 * 60 * 60
STEP_UP_SECONDS = 15 * 60  # how long a login counts as fresh, for what weighs most
PASSWORD_HASHERS = ["participants.accounts.hashing.Hasher"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
# With this in their names browsers take these cookies from this very site over HTTPS only.
COOKIE_PREFIX = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrftoken"
MESSAGE_STORAGE = "leerlijn.headers.Sentences"

ACCOUNT_ADAPTER = "leerlijn.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
# Nobody signs up; from these allauth concludes that logging in takes a password.
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
# Staff made the account and know the address; a mailed code proves it again at each login.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = STEP_UP_SECONDS
ACCOUNT_FORMS = {
    "request_login_code": "participants.accounts.mailed_codes.AskCodeForm",
    "reset_password": "participants.accounts.mailed_codes.AskPasswordForm",
}
# Of an address on the internet, and of an account ("key"), whether it exists or not; a whole
# class may log in from one address. Refused before a password is worked out.
ACCOUNT_RATE_LIMITS = {
    "login_failed": "10/m/ip,5/5m/key,20/h/key,60/d/key",
    "request_login_code": "40/m/ip,3/m/key,12/h/key",
    "reset_password": "20/m/ip,3/m/key,12/h/key",
}
CARD_GUESSES = "10/m/ip,5/5m/key,20/h/key"
MFA_ADAPTER = "leerlijn.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn"]  # codes on paper are ours: see accounts.factors
MFA_TOTP_ISSUER = "Leerlijn"
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    "activate_totp": "participants.accounts.second_factor_forms.AppForm",
    "add_webauthn": "participants.accounts.passkeys.PasskeyForm",
    "authenticate": "participants.accounts.second_factor_forms.CodeForm",
    "reauthenticate": "participants.accounts.second_factor_forms.CodeAgainForm",
}
# Of an address on the internet, and of an account: a code of an app is one in a million.
SECOND_FACTOR_GUESSES = "30/m/ip,5/5m/key,20/d/key"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS  # only browsers on this machine itself allow it

# What browsers may do

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "object-src": [NONE],
        "connect-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # data: for the picture of a second factor's key
        "font-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
# Programs are refused over HTTP instead of led on: see leerlijn.headers.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^api/"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
if PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SILENCED_SYSTEM_CHECKS = [
    "models.W040",  # columns that SQLite leaves out of an index make it slower, not wrong
    "auth.W004",  # an e-mail address is unique whatever its capitals, by a constraint on the model
    "security.W021",  # a place on the browsers' preload list is for the owner of the domain to ask
]

# The API

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "participants.accounts.api.ApiTokenAuthentication",
        "participants.accounts.second_factor.Session",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [
        "rest_framework.parsers.JSONParser",
        "rest_framework.parsers.FormParser",
        "rest_framework.parsers.MultiPartParser",
    ],
    "DEFAULT_FILTER_BACKENDS": ["leerlijn.api.Filters"],
    "DEFAULT_PAGINATION_CLASS": "leerlijn.api.Pages",
    "DEFAULT_THROTTLE_CLASSES": ["leerlijn.throttling.Throttle"],
    "DEFAULT_SCHEMA_CLASS": "leerlijn.schema.Operations",
    "EXCEPTION_HANDLER": "leerlijn.api.explain_refusal",
    "NUM_PROXIES": PROXY_COUNT,
    "URL_FORMAT_OVERRIDE": None,  # an address says what is asked, a header in which format
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
API_REQUESTS_A_MINUTE = {"read": 600, "write": 120}
SPECTACULAR_SETTINGS = {
    "TITLE": "Leerlijn",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": {
        "AttendanceStatus": "participants.sessions.models.Attendance.Status",
        "BatchLineState": "certificates.ceremonies.models.BatchLine.State",
        "BundleKind": "certificates.ceremonies.models.Bundle.Kind",
        "CertificateStatus": "certificates.models.Certificate.Status",
        "EndCategory": "certificates.models.EndCategory",
        "EnrolmentState": "participants.enrolments.models.Enrolment.STATES",
        "GoalState": "participants.plans.goal.LearningGoal.State",
        "HourKind": "participants.hours.models.HourEntry.Kind",
        "HourStatus": "participants.hours.models.HourEntry.Status",
        "InterviewStatus": "participants.interviews.models.FinalInterview.Status",
        "RoleKind": "participants.accounts.models.Role.Kind",
        "SessionKind": "participants.sessions.models.Session.Kind",
        "TrainingChoiceStatus": "participants.trainings.models.TrainingChoice.Status",
        "PlanKind": "participants.plans.models.DevelopmentPlan.Kind",
        "PlanStatus": "participants.plans.models.DevelopmentPlan.Status",
        "RatingValue": "participants.interviews.models.Value",
    },
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "leerlijn.schema.describe_refusals",
        "leerlijn.schema.give_examples",
    ],
}
