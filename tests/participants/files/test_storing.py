import hashlib
import io
import os
import stat
import threading
import time

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.db import IntegrityError, transaction
from PIL import Image

from participants.files import storing
from participants.files.checks import judge
from participants.files.forms import UploadField
from participants.files.models import StoredFile
from participants.files.refusals import LARGEST_BYTES, QUOTA_BYTES
from tests.factories import UserFactory
from tests.participants.files import corpus

DOCUMENTS = {"pdf": corpus.pdf, "docx": corpus.docx, "odt": corpus.odt}
pytestmark = pytest.mark.django_db


class Refused(Exception):
    pass


@pytest.fixture
def owner():
    return UserFactory()


def upload(content=None, name="Mijn POP.pdf"):
    return SimpleUploadedFile(name, corpus.pdf() if content is None else content)


def row(owner, **facts):
    values = {"name": "a.pdf", "kind": "pdf", "size": 1, "sha256": "0" * 64, "path": "uploads/x"}
    return StoredFile(owner=owner, **(values | facts))


def on_disk(settings):
    return [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_a_document_is_kept_byte_by_byte(kind, owner, settings):
    content = DOCUMENTS[kind]()
    stored = storing.store(upload(content, f"Plan van Sam.{kind}"), by=owner)
    stored.refresh_from_db()
    assert (settings.MEDIA_ROOT / stored.path).read_bytes() == content
    assert stored.sha256 == hashlib.sha256(content).hexdigest()
    assert stored.size == len(content)
    assert (stored.kind, stored.name, stored.owner) == (kind, f"Plan van Sam.{kind}", owner)


def test_a_large_upload_that_django_put_on_disk_is_kept_too(owner, settings):
    with TemporaryUploadedFile("plan.pdf", "text/html", 0, None) as large:
        large.write(corpus.pdf())
        large.seek(0)
        stored = storing.store(large, by=owner)
    assert (settings.MEDIA_ROOT / stored.path).read_bytes() == corpus.pdf()


def test_what_a_request_says_about_the_size_is_not_believed(owner, settings):
    lying = upload(b"%PDF-" + bytes(LARGEST_BYTES))
    lying.size = 10
    with pytest.raises(ValidationError) as refused:
        storing.store(lying, by=owner)
    assert refused.value.code == "too_large"
    assert on_disk(settings) == []


def test_nobody_else_on_the_machine_reads_a_file_and_its_place_is_no_guess(owner, settings):
    first, second = (storing.store(upload(), by=owner) for _ in range(2))
    assert first.path != second.path
    assert "POP" not in first.path
    assert stat.S_IMODE((settings.MEDIA_ROOT / first.path).stat().st_mode) == 0o600


def test_a_photo_is_turned_upright_and_tells_no_place_or_camera(owner, settings):
    stored = storing.store(upload(corpus.photo_taken_sideways(), "IMG_1.jpeg"), by=owner)
    content = (settings.MEDIA_ROOT / stored.path).read_bytes()
    assert b"Cameramaker" not in content
    assert b"Exif" not in content
    with Image.open(io.BytesIO(content)) as picture:
        assert picture.size == (20, 40)
        assert dict(picture.getexif()) == {}
    assert stored.sha256 == hashlib.sha256(content).hexdigest()
    assert (stored.kind, stored.name, stored.size) == ("jpeg", "IMG_1.jpg", len(content))


def test_a_photo_that_would_not_fit_in_memory_is_kept_at_half_its_size(owner, settings):
    content = corpus.photo(size=(10_000, 5_000), mode="L", exif=corpus.sideways())
    stored = storing.store(upload(content, "IMG_1.jpeg"), by=owner)
    with Image.open(settings.MEDIA_ROOT / stored.path) as picture:
        assert (picture.size, picture.mode) == ((2_500, 5_000), "L")


def test_a_png_loses_its_notes_and_keeps_its_pixels(owner, settings):
    file = io.BytesIO()
    notes = Image.Exif()
    notes[0x010F] = "Cameramaker"
    picture = Image.new("RGBA", (3, 2), (1, 2, 3, 4))
    picture.save(file, "PNG", exif=notes, icc_profile=b"Cameramaker")
    stored = storing.store(upload(file.getvalue(), "scan.png"), by=owner)
    content = (settings.MEDIA_ROOT / stored.path).read_bytes()
    assert b"Cameramaker" not in content
    with Image.open(io.BytesIO(content)) as kept:
        assert kept.tobytes() == picture.tobytes()


def test_a_photo_keeps_nothing_but_its_pixels(owner, settings):
    """No thumbnail, profile, remark, second picture, or zip that begins where the photo ends."""
    marks = [b"Thumbnail-of-Sam", b"Profile-of-Sam", b"Remark-of-Sam"]
    file = io.BytesIO()
    picture = Image.new("RGB", (40, 20), "red")
    picture.save(file, "JPEG", icc_profile=marks[1], comment=marks[2])
    # APP1 with what a camera puts there; the part after it is the rest of the photo.
    note = b"Exif\0\0" + marks[0]
    start = file.getvalue()[:2] + b"\xff\xe1" + (len(note) + 2).to_bytes(2, "big") + note
    content = start + file.getvalue()[2:] + corpus.zipped([("secret-of-sam.txt", b"x")])
    stored = storing.store(upload(content, "IMG_1.jpg"), by=owner)
    kept = (settings.MEDIA_ROOT / stored.path).read_bytes()
    assert all(mark in content and mark not in kept for mark in [*marks, b"secret-of-sam", b"PK"])
    assert kept.endswith(b"\xff\xd9")
    several = storing.store(upload(corpus.photo_of_several(), "IMG_2.jpg"), by=owner)
    with Image.open(settings.MEDIA_ROOT / several.path) as alone:
        assert (alone.format, getattr(alone, "n_frames", 1)) == ("JPEG", 1)


def test_the_quota_may_be_filled_to_the_last_byte_and_not_over(owner, settings):
    size = len(corpus.pdf())
    row(owner, size=QUOTA_BYTES - size).save()
    row(UserFactory(), size=QUOTA_BYTES, path="uploads/of-another").save()
    assert storing.store(upload(), by=owner).size == size
    before = on_disk(settings)
    with pytest.raises(ValidationError) as refused:
        storing.store(upload(), by=owner)
    assert refused.value.code == "quota"
    assert on_disk(settings) == before


def test_a_row_that_cannot_be_made_leaves_no_file(owner, settings, monkeypatch):
    monkeypatch.setattr(storing.names, "cleaned", lambda name, *, kind: "")
    with pytest.raises(IntegrityError):
        storing.store(upload(), by=owner)
    assert on_disk(settings) == []


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_does_not_come_through_takes_its_file_along(owner, settings):
    with pytest.raises(Refused), transaction.atomic():
        storing.store(upload(), by=owner)
        assert len(on_disk(settings)) == 1
        raise Refused
    assert on_disk(settings) == []
    assert not StoredFile.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_part_of_a_transaction_that_is_undone_takes_only_its_own_file_along(owner, settings):
    with transaction.atomic():
        kept = storing.store(upload(), by=owner)
        with pytest.raises(Refused), transaction.atomic():
            storing.store(upload(), by=owner)
            raise Refused
    assert [path.name for path in on_disk(settings)] == [kept.path.removeprefix("uploads/")]


@pytest.mark.django_db(transaction=True)
def test_trouble_after_the_transaction_does_not_cost_the_file(owner, settings):
    def trouble():
        raise Refused

    with pytest.raises(Refused), transaction.atomic():
        transaction.on_commit(trouble)
        stored = storing.store(upload(), by=owner)
    assert (settings.MEDIA_ROOT / stored.path).exists()
    assert StoredFile.objects.get() == stored


@pytest.mark.django_db(transaction=True)
def test_a_file_judged_before_the_transaction_leaves_nothing_when_it_is_not_kept(owner, settings):
    with pytest.raises(Refused), storing.received(upload()) as received:
        assert received.kind == "pdf"
        raise Refused
    assert on_disk(settings) == []


@pytest.mark.django_db(transaction=True)
def test_a_removed_file_is_gone_once_that_is_certain(owner, settings):
    stored = storing.store(upload(), by=owner)
    with transaction.atomic():
        storing.remove(stored)
        assert len(on_disk(settings)) == 1
    assert on_disk(settings) == []


def test_sweeping_takes_old_files_without_a_row_only(owner, settings):
    stored = storing.store(upload(), by=owner)
    folder = settings.MEDIA_ROOT / "uploads"
    old, young = folder / ".incoming-old", folder / "young"
    for path in (old, young):
        path.write_bytes(b"x")
    yesterday = time.time() - storing.STRAY_AFTER_SECONDS - 60
    for path in (old, settings.MEDIA_ROOT / stored.path):
        os.utime(path, (yesterday, yesterday))
    assert storing.sweep() == 1
    assert {path.name for path in on_disk(settings)} == {"young", stored.path[8:]}
    assert storing.sweep() == 0


def test_with_a_virus_scanner_a_new_file_waits(owner, settings):
    assert storing.store(upload(), by=owner).scan == "clean"
    settings.CLAMD_SOCKET = "/run/clamd.socket"
    waiting = storing.store(upload(), by=owner)
    assert waiting.scan == "waiting"
    assert list(StoredFile.objects.awaiting_scan()) == [waiting]
    assert waiting not in StoredFile.objects.downloadable()


def test_only_the_owner_sees_a_file_here(owner):
    stored = storing.store(upload(), by=owner)
    assert list(StoredFile.objects.visible_to(owner)) == [stored]
    assert not StoredFile.objects.visible_to(UserFactory()).exists()


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("a_stored_file_is_not_empty", {"size": 0}),
        ("a_stored_file_has_a_name", {"name": ""}),
        ("a_stored_file_is_of_a_kind_that_we_judge", {"kind": "exe"}),
        ("a_stored_file_is_clean_waiting_or_infected", {"scan": "fine"}),
        ("a_stored_file_keeps_its_whole_sha256", {"sha256": "0" * 63}),
        ("two_files_never_share_a_path", {"path": "uploads/taken"}),
    ],
)
def test_the_database_refuses_a_row_that_cannot_be_true(name, facts, owner):
    row(owner, path="uploads/taken").save()
    with pytest.raises(IntegrityError, match=f"{name}|UNIQUE.*path"):
        row(owner, **facts).save()


class PlanForm(forms.Form):
    file = UploadField()


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({}, "Kies een bestand: een PDF"),
        ({"file": upload(b"")}, "leeg"),
        ({"file": upload(bytes(LARGEST_BYTES + 1))}, "25 MB"),
    ],
)
def test_the_field_refuses_what_it_can_see_at_once(files, sentence):
    form = PlanForm({}, files)
    assert not form.is_valid()
    assert sentence in form.errors["file"][0]


def test_the_field_tells_the_phone_what_may_be_chosen():
    assert ".docx" in str(PlanForm()["file"])
    assert "accept=" in str(PlanForm()["file"])
    assert PlanForm({}, {"file": upload()}).is_valid()


@pytest.mark.parametrize("count", [1, 2])
def test_a_file_is_judged_in_one_of_the_few_places_for_that(count, monkeypatch, settings):
    places = threading.BoundedSemaphore(1)
    monkeypatch.setattr(storing, "judging", places)
    monkeypatch.setattr(storing, "judge", lambda path: judge(path) if full(places) else None)
    with storing.received_many([upload(corpus.photo(), "foto.jpg")] * count):
        assert not full(places)


def full(places):
    is_free = places.acquire(blocking=False)
    if is_free:
        places.release()
    return not is_free
