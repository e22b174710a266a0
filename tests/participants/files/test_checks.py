import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from participants.files import apart
from participants.files.checks import judge
from participants.files.models import StoredFile
from participants.files.refusals import SENTENCES
from participants.files.storing import store
from tests.factories import UserFactory
from tests.participants.files import corpus
from tests.participants.files.hostile import GOOD, HOSTILE


@pytest.mark.django_db
@pytest.mark.parametrize("label", HOSTILE)
def test_a_hostile_file_is_refused_and_nothing_is_left_behind(label, settings):
    code, make = HOSTILE[label]
    with pytest.raises(ValidationError) as refused:
        store(SimpleUploadedFile("plan.pdf", make()), by=UserFactory())
    assert refused.value.code == code
    assert refused.value.message.endswith(".")
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize("label", GOOD)
def test_a_good_file_is_known_by_its_structure_whatever_its_name(label, tmp_path):
    kind, make = GOOD[label]
    path = tmp_path / "no-name"
    path.write_bytes(make())
    assert judge(path).kind == kind


def test_a_pdf_that_takes_too_long_to_read_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(apart, "SECONDS", 0.001)
    path = tmp_path / "plan.pdf"
    path.write_bytes(corpus.pdf())
    with pytest.raises(ValidationError) as refused:
        judge(path)
    assert refused.value.code == "too_much_inside"


def test_old_office_files_and_photos_that_we_cannot_read_are_told_what_to_become(tmp_path):
    path = tmp_path / "plan"
    path.write_bytes(corpus.OLE)
    with pytest.raises(ValidationError, match=r"\.docx"):
        judge(path)
    path.write_bytes(b"\0\0\0\x18ftypavif")
    with pytest.raises(ValidationError, match="JPEG"):
        judge(path)


def test_every_refusal_is_tried():
    assert {code for code, _ in HOSTILE.values()} == set(SENTENCES) - {
        "quota",
        "too_many",
        "not_only_photos",
    }
