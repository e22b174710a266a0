"""``python -m tests.handbook``: the pictures of the handbook and the README, from a fresh demo.

The clock stands still and codes are drawn from a fixed seed: what did not change gives the same
bytes, on one machine with one Chromium and one set of letters.
"""

import base64
import io
import logging
import os
import random
import secrets
import shutil
from contextlib import contextmanager
from unittest import mock

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

import pypdfium2  # noqa: E402
import time_machine  # noqa: E402
from django.conf import settings  # noqa: E402
from django.contrib.staticfiles.handlers import StaticFilesHandler  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test.testcases import LiveServerThread  # noqa: E402
from django.test.utils import get_runner, setup_test_environment  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402

from certificates.models import Certificate  # noqa: E402
from tests import doors  # noqa: E402
from tests.browser.conftest import session_of  # noqa: E402
from tests.conftest import CHROMIUM, NO_CHROMIUM  # noqa: E402
from tests.handbook import pages, texts  # noqa: E402
from tests.handbook.camera import SCREENS, save, shot  # noqa: E402

FOR_THE_README = texts.PICTURES.parent


def run():
    """Build a demo in a database of its own, picture it, and leave only the pictures behind."""
    if not CHROMIUM:
        raise SystemExit(NO_CHROMIUM)
    setup_test_environment(debug=False)
    doors.install()
    logging.disable(logging.INFO)
    settings.SITE_URL = "https://leerlijn.example"  # as it is printed on a certificate
    runner = get_runner(settings)(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        with time_machine.travel(pages.MOMENT, tick=False):
            build()
            with served() as url, sync_playwright() as playwright:
                picture_all(playwright.chromium, url)
            shutil.copy(texts.PICTURES / "begin.png", FOR_THE_README / "begin-phone.png")
            save(front_of_a_certificate(), FOR_THE_README / "certificate.png")
    finally:
        runner.teardown_databases(databases)


def build():
    """The demo, with the codes of its certificates and links drawn from a fixed seed."""
    lot = random.Random(8)

    def token(size):
        return base64.urlsafe_b64encode(lot.randbytes(size)).rstrip(b"=").decode()

    with (
        mock.patch.object(secrets, "choice", lot.choice),
        mock.patch.object(secrets, "token_urlsafe", token),
    ):
        call_command("demo", stdout=io.StringIO())


@contextmanager
def served():
    """The address at which this process serves its database, as long as this lasts."""
    server = LiveServerThread("127.0.0.1", StaticFilesHandler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.terminate()


def picture_all(chromium, url):
    """Every picture of the list, and away with those that are not in it any more."""
    known = pages.known()
    texts.PICTURES.mkdir(parents=True, exist_ok=True)
    browser = chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
    for screen, pictures in (("phone", pages.ON_A_PHONE), ("desk", pages.ON_A_DESK)):
        for picture in pictures:
            context = browser.new_context(base_url=url, reduced_motion="reduce", **SCREENS[screen])
            if picture.who:
                context.add_cookies([session_of(pages.person(picture.who), url)])
            image = shot(context.new_page(), picture, picture.address.format(**known))
            save(image, texts.PICTURES / f"{picture.name}.png")
            context.close()
    listed = {picture.name for picture in pages.PICTURES}
    for path in texts.PICTURES.glob("*.png"):
        if path.stem not in listed:
            path.unlink()


def front_of_a_certificate():
    """One certificate of the demo, drawn from its own PDF."""
    held = Certificate.objects.get(enrolment__participant=pages.person(pages.HOLDER))
    with pypdfium2.PdfDocument(bytes(held.document.pdf)) as document:
        return document[0].render(scale=1.22).to_pil()


if __name__ == "__main__":
    run()
