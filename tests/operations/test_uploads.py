"""What comes in leaves nothing behind, and a full disk is told."""

import errno
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest

from leerlijn.uploads import NamelessFileUploadHandler
from participants.files import storing
from tests.factories import UserFactory
from tests.participants.files import corpus


def test_an_upload_has_no_name_on_the_disk_and_can_be_read():
    handler = NamelessFileUploadHandler(HttpRequest())
    handler.new_file("file", "pop.pdf", "application/pdf", 6, None, None)
    handler.receive_data_chunk(b"inhoud", 0)
    upload = handler.file_complete(6)
    assert not Path(upload.temporary_file_path()).exists()
    assert upload.read() == b"inhoud"
    upload.close()


@pytest.mark.django_db
def test_a_full_disk_is_a_sentence_and_leaves_nothing(monkeypatch):
    def full(file):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(storing, "_sync", full)
    with pytest.raises(ValidationError) as refusal:
        storing.store(SimpleUploadedFile("pop.pdf", corpus.pdf()), by=UserFactory())
    assert refusal.value.code == "disk_full"
    assert list(storing.uploads().iterdir()) == []
