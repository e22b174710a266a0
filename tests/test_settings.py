import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from leerlijn import env

STRONG = "k3-9vXqT7LmPz2RbYw8NcHs5GdJf4EaUuQo1MiKtZxBvWyS6Dr0"
PRODUCTION = {
    "ALLOWED_HOSTS": "leerlijn.example",
    "DEBUG": "no",
    "EMAIL_URL": "submission://mail.example",
    "SECRET_KEY": STRONG,
    "SITE_URL": "https://leerlijn.example",
}


def boot(**changes):
    """What a fresh process says when it starts in the environment of production, changed so."""
    # Set and empty, not left out: a .env beside manage.py would fill in what is not there.
    environment = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "leerlijn.settings"}
    command = "import django; django.setup(); from django.conf import settings as s; "
    command += "print(s.DEBUG, s.SESSION_COOKIE_SECURE, s.SECURE_HSTS_SECONDS)"
    return subprocess.run(
        [sys.executable, "-c", command],
        env=environment | PRODUCTION | changes,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
    )


def test_a_secret_may_stand_in_a_file_instead(tmp_path):
    (tmp_path / "secret_key").write_text(f"{STRONG}\n")
    started = boot(SECRET_KEY="", SECRET_KEY_FILE=str(tmp_path / "secret_key"))
    assert started.returncode == 0, started.stderr
    refused = boot(SECRET_KEY="", SECRET_KEY_FILE=str(tmp_path / "none"))
    assert refused.returncode and "SECRET_KEY_FILE" in refused.stderr


def test_one_error_names_every_missing_variable(tmp_path, monkeypatch):
    monkeypatch.setattr(env, "BASE_DIR", tmp_path)  # no .env there
    for name in ("SECRET_KEY", "SITE_URL"):
        monkeypatch.delenv(name)
    environment = env.reader()
    environment.str("SECRET_KEY")
    environment.str("SITE_URL")
    with pytest.raises(ImproperlyConfigured) as refusal:
        env.seal(environment)
    assert "SECRET_KEY" in str(refusal.value)
    assert "SITE_URL" in str(refusal.value)
    assert ".env.example" in str(refusal.value)


@pytest.mark.parametrize(
    "weak", ["", "short", "a" * 60, "1234567890" * 6, "django-insecure-" + STRONG]
)
def test_a_weak_key_refuses_to_boot_where_debug_is_off(weak):
    started = boot(SECRET_KEY=weak)
    assert started.returncode != 0
    assert "SECRET_KEY: Too easy to guess" in started.stderr


def test_a_weak_key_of_before_refuses_to_boot_too():
    started = boot(SECRET_KEY_FALLBACKS=f"{STRONG},short")
    assert started.returncode != 0
    assert "SECRET_KEY_FALLBACKS: Too easy to guess" in started.stderr
    assert boot(SECRET_KEY_FALLBACKS=STRONG).returncode == 0


def test_a_misspelt_flag_refuses_to_boot():
    started = boot(DEBUG="perhaps")
    assert started.returncode != 0
    assert "DEBUG" in started.stderr


@pytest.mark.parametrize(
    "url", ["", "mail.example", "smpt://mail.example", "submission:", "smtp://mail.example:smtp"]
)
def test_a_misspelt_way_for_mail_refuses_to_boot_in_a_sentence(url):
    started = boot(EMAIL_URL=url)
    assert started.returncode != 0
    assert "EMAIL_URL: For example submission://" in started.stderr
    assert boot(EMAIL_URL="dummy:").returncode == 0


def test_https_switches_on_secure_cookies_and_hsts():
    assert boot().stdout.split() == ["False", "True", "31536000"]


def test_plain_http_works_without_secure_cookies():
    assert boot(SITE_URL="http://127.0.0.1:8000").stdout.split() == ["False", "False", "0"]


def test_sqlite_waits_its_turn_and_keeps_what_it_acknowledged():
    database = env.database({"ENGINE": "django.db.backends.sqlite3", "NAME": "db.sqlite3"})
    assert database["NAME"] == env.BASE_DIR / "db.sqlite3"
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "synchronous=FULL" in database["OPTIONS"]["init_command"]


def test_postgresql_keeps_its_connections_in_a_pool_only():
    database = env.database({"ENGINE": "django.db.backends.postgresql", "NAME": "leerlijn"})
    assert database["OPTIONS"]["pool"]
    assert database["CONN_MAX_AGE"] == 0


@pytest.mark.django_db
def test_a_page_allows_only_what_comes_from_this_site():
    response = Client().get("/accounts/login/")
    policy = dict(
        directive.strip().split(" ", 1)
        for directive in response["Content-Security-Policy"].split(";")
    )
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == "'none'"
    assert policy["base-uri"] == "'none'"
    assert policy["style-src"] == "'self'"
    assert policy["connect-src"] == "'self'"
    assert policy["script-src"].split()[0] == "'self'"
    assert "unsafe" not in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"


@pytest.mark.django_db
def test_health_needs_no_login_and_asks_nobody_else(django_assert_num_queries):
    with django_assert_num_queries(0):
        response = Client().get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok")


def test_a_request_that_would_fill_the_disk_is_refused_unread():
    length = str(settings.MAX_REQUEST_BYTES + 1)
    response = Client().generic("POST", "/accounts/login/", b"", CONTENT_LENGTH=length)
    assert response.status_code == 413
    assert "te groot" in response.content.decode()
