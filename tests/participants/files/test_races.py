"""Two at one moment. Only PostgreSQL lets them be there together."""

from functools import partial

import pytest

from participants.events.models import Event
from participants.files import scanning, storing
from participants.files.models import StoredFile
from participants.files.refusals import QUOTA_BYTES
from tests.factories import UserFactory
from tests.participants.enrolments.test_races import at_once
from tests.participants.files import corpus, scanner
from tests.participants.files.test_storing import row, upload

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
TIMES = 5


def test_two_uploads_do_not_both_fit_in_the_last_bytes(settings):
    for time in range(TIMES):
        owner = UserFactory()
        room = len(corpus.pdf()) * 3 // 2
        row(owner, size=QUOTA_BYTES - room, path=f"uploads/{time}").save()
        store = partial(storing.store, by=owner)
        assert at_once([partial(store, upload()), partial(store, upload())]) == ["done", "quota"]
        assert StoredFile.objects.filter(owner=owner).count() == 2


def test_two_who_scan_one_file_tell_of_one_virus(settings):
    with scanner.running() as clamd:
        clamd.answer = b"stream: Toets FOUND\n"
        for time in range(TIMES):
            settings.CLAMD_SOCKET = ""
            stored = storing.store(upload(), by=UserFactory())
            StoredFile.objects.filter(pk=stored.pk).update(scan="waiting")
            settings.CLAMD_SOCKET = clamd.path
            at_once([partial(scanning.scan, stored)] * 2)
            assert Event.objects.filter(act="virus_found").count() == time + 1
