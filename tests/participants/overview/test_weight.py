"""The first screen over a thin line: what a phone that comes for the first time has to fetch."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import storage
from django.core.management import call_command

from leerlijn import settings as site
from tests.factories import HourEntryFactory, ready_enrolment

pytestmark = pytest.mark.django_db
MOST_BYTES = 100_000
FONT = re.compile(r"\.woff2?$")


@pytest.fixture
def collected(settings, tmp_path, monkeypatch):
    """The static files as they are served: hashed and compressed."""
    served = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    settings.STORAGES = site.STORAGES | {"staticfiles": served}
    settings.STATIC_ROOT = str(tmp_path / "static")
    monkeypatch.setattr(storage, "staticfiles_storage", storage.ConfiguredStorage())
    call_command("collectstatic", interactive=False, verbosity=0)
    return Path(settings.STATIC_ROOT)


def on_the_wire(path):
    """Bytes of a static file as a browser gets it: the smallest form that was made."""
    forms = [path, path.with_name(f"{path.name}.br"), path.with_name(f"{path.name}.gz")]
    return min(form.stat().st_size for form in forms if form.exists())


def test_the_first_screen_is_light_when_nothing_is_there_yet(client, collected):
    enrolment = ready_enrolment(without=["interview"])
    HourEntryFactory(enrolment=enrolment)
    client.force_login(enrolment.participant)
    response = client.get("/")
    page = response.content.decode()
    assert response.status_code == 200
    files = set(re.findall(r'(?:href|src)="/static/([^"]+)"', page))
    assert any(name.endswith(".css") for name in files)
    weights = {name: on_the_wire(collected / name) for name in files if not FONT.search(name)}
    # The page itself is not compressed: it holds a secret of this reader.
    weights["/"] = len(response.content)
    assert sum(weights.values()) < MOST_BYTES, weights
