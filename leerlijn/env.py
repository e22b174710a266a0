"""Read the environment, loudly: one error names everything that is missing or unreadable."""

import zlib
from ipaddress import ip_network
from pathlib import Path

import dj_email_url
from django.core.exceptions import ImproperlyConfigured
from environs import EnvValidationError, FileAwareEnv, ValidationError

BASE_DIR = Path(__file__).resolve().parent.parent
# What `python -c "import secrets; print(secrets.token_urlsafe(50))"` gives is 67 characters.
SECRET_KEY_LENGTH = 50
# Bytes: what repeats itself packs into some 20, and 50 random characters into 45 or more.
SECRET_KEY_PACKED = 40
# This machine and private networks: nobody on the internet comes from there.
NEARBY = ["127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7"]


def reader():
    """The environment of the process, completed by ``.env`` beside manage.py if it is there.

    With NAME_FILE instead of NAME the value is what stands in that file: then a secret is in no
    environment, which every program that is started inherits.
    """
    environment = FileAwareEnv(eager=False, strip_whitespace=True)
    environment.read_env(str(BASE_DIR / ".env"), recurse=False)
    return environment


def strong(key):
    """Refuse a ``key`` that somebody could guess; sessions and mailed links hang on it."""
    repeats = len(zlib.compress(key.encode())) < SECRET_KEY_PACKED
    if len(key) < SECRET_KEY_LENGTH or repeats or key.startswith("django-insecure"):
        raise ValidationError(
            f"Too easy to guess: take {SECRET_KEY_LENGTH} random characters or more."
        )


def all_strong(keys):
    """Refuse ``keys`` of before when somebody could guess one of them."""
    for key in keys:
        strong(key)


def networks(named):
    """Refuse what is no network of internet addresses."""
    try:
        for each in named:
            ip_network(each)
    except ValueError as fault:
        raise ValidationError(str(fault)) from fault


def place_inside(address):
    """Refuse what is no folder among the addresses of this site, as /intern/."""
    if address and not (address.startswith("/") and address.endswith("/") and len(address) > 2):
        raise ValidationError("An address that begins and ends with /, for example /intern/.")


def way_for_mail(url):
    """Refuse an EMAIL_URL that begins with a misspelt word, or names no machine or no port."""
    try:
        parsed = dj_email_url.parse(url)
    except ValueError:
        parsed = {}
    backend = parsed.get("EMAIL_BACKEND", "")
    if not backend or (backend.endswith("smtp.EmailBackend") and not parsed["EMAIL_HOST"]):
        raise ValidationError("For example submission://user:password@mail.example:587.")


def contact(address):
    """Refuse what no reader of security.txt can follow."""
    if address and not address.startswith(("mailto:", "https://", "tel:")):
        raise ValidationError("Begins with mailto:, https:// or tel:.")


def seal(environment):
    """Raise ImproperlyConfigured when any variable that was read is missing or wrong."""
    try:
        environment.seal()
    except EnvValidationError as refusal:
        lines = [f"  {name}: {' '.join(why)}" for name, why in refusal.error_messages.items()]
        raise ImproperlyConfigured(
            "Leerlijn cannot start. See .env.example for these variables:\n" + "\n".join(lines)
        ) from None


def database(parsed):
    """Django's settings of one database, from a parsed DATABASE_URL."""
    if parsed["ENGINE"] == "django.db.backends.sqlite3":
        return parsed | {
            "NAME": parsed["NAME"] if parsed["NAME"] == ":memory:" else BASE_DIR / parsed["NAME"],
            "OPTIONS": {
                # DEFERRED answers "database is locked" to whoever reads first and writes later.
                "transaction_mode": "IMMEDIATE",
                "timeout": 10,
                # synchronous=NORMAL lost acknowledged work in power cuts.
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                # What is deleted is overwritten: else a name stays in the file after erasing.
                " PRAGMA secure_delete=ON;",
            },
        }
    pool = {"min_size": 2, "max_size": 10, "timeout": 10}
    return parsed | {
        "CONN_MAX_AGE": 0,  # the pool keeps connections; Django must not keep them too
        # One that the database ended, as when it is started again, is not handed to a request.
        "CONN_HEALTH_CHECKS": True,
        # Compiling our many small subqueries took seconds where running them takes milliseconds.
        # And it reads whole tables where a few rows by their keys are enough, unless it is told
        # that reading here and there costs the same: so it does in memory, and on any disk of now.
        "OPTIONS": parsed.get("OPTIONS", {})
        | {"pool": pool, "options": "-c jit=off -c random_page_cost=1.1"},
    }
