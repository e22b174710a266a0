"""A file that is not what it was is refused, and found before somebody asks for it."""

import datetime as dt
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from participants.files import rereading, serving, storing
from participants.models import StoredFile
from tests.factories import UserFactory
from tests.participants.files import corpus

pytestmark = pytest.mark.django_db


def stored():
    upload = SimpleUploadedFile("pop.pdf", corpus.pdf())
    return storing.store(upload, by=UserFactory())


def flip_a_bit(settings, file):
    path = Path(settings.MEDIA_ROOT) / file.path
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def damaged():
    return list(StoredFile.objects.damaged())


def test_one_bit_is_enough_to_refuse_a_download_and_to_be_listed(settings):
    whole, broken = stored(), stored()
    flip_a_bit(settings, broken)
    assert serving.attachment(whole).getvalue() == corpus.pdf()
    with pytest.raises(ValidationError) as refusal:
        serving.attachment(broken)
    assert refusal.value.code == "file_damaged"
    assert damaged() == [broken]


def test_what_nobody_asks_for_is_read_again_and_listed(settings):
    stored()
    broken, gone = stored(), stored()
    flip_a_bit(settings, broken)
    (Path(settings.MEDIA_ROOT) / gone.path).unlink()
    assert rereading.reread() == (3, [broken.pk, gone.pk])
    assert damaged() == [broken, gone]


def test_a_file_is_read_again_after_a_day_and_not_before():
    file = stored()
    for hours, times in ((23, 0), (25, 1)):
        before = timezone.now() - dt.timedelta(hours=hours)
        StoredFile.objects.filter(pk=file.pk).update(reread_at=before)
        assert rereading.reread() == (times, [])


def test_one_run_reads_no_more_than_so_many_bytes(monkeypatch):
    first, second = stored(), stored()
    monkeypatch.setattr(rereading, "MOST_BYTES", first.size)
    assert rereading.reread() == (1, [])
    assert list(StoredFile.objects.to_reread(timezone.now())) == [second, first]


def test_a_file_that_was_put_back_is_listed_no_more(settings):
    file = stored()
    flip_a_bit(settings, file)
    rereading.reread()
    flip_a_bit(settings, file)
    StoredFile.objects.update(reread_at=None)
    assert rereading.reread() == (1, [])
    assert damaged() == []
