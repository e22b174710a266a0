"""The settings of the site on a fixed environment, and the few that tests change."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

# Not from .env: a test may not pass on one machine only.
os.environ |= {
    "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    "CACHE_URL": "locmem://",
    "CLAMD_SOCKET": "",
    "DATABASE_URL": os.environ.get("TEST_DATABASE_URL") or "sqlite:///db.sqlite3",
    "DEBUG": "no",
    "EMAIL_URL": "memory:",
    "MEDIA_ACCEL": "",
    "SECURITY_CONTACT": "",
    "PROXY_COUNT": "0",
    "SIGNING_CERTIFICATE": "",
    "SIGNING_EARLIER": "",
    "SIGNING_KEY": "",
    "SIGNING_PASSPHRASE": "",
    "SECRET_KEY": "of-the-tests-0123456789-abcdefghijklmnopqrstuvwxyz-only",
    "SITE_URL": "http://testserver",
}
# Playwright keeps an event loop in the thread of the test.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

from leerlijn.settings import *  # noqa: E402, F403
from leerlijn.settings import DATABASES, STORAGES  # noqa: E402

# A file, not memory: threads of a live server lock each other as they do in earnest. Of this
# process alone: several runs may go on beside each other.
WORKPLACE = Path(tempfile.mkdtemp(prefix="leerlijn-test-"))
atexit.register(shutil.rmtree, WORKPLACE, ignore_errors=True)
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": WORKPLACE / "test.sqlite3"}
    # Nothing here has to survive a power cut, and waiting for the disk took most of a commit.
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
else:
    # What holds a lock for ever fails its own test, instead of letting all others wait for it.
    DATABASES["default"]["OPTIONS"]["options"] += (
        " -c lock_timeout=60s -c idle_in_transaction_session_timeout=180s"
        " -c synchronous_commit=off"  # as for SQLite
    )

MEDIA_ROOT = WORKPLACE / "media"
ERASED_LEDGER = WORKPLACE / "erased.jsonl"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True  # no collectstatic before a test
