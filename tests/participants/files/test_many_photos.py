"""Several photos of paper become one PDF."""

import io

import pikepdf
import pypdfium2
import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.utils.datastructures import MultiValueDict
from PIL import Image, ImageDraw

from participants.files import photos, storing
from participants.files.forms import MultipleUploadField
from participants.files.models import StoredFile
from participants.files.refusals import LARGEST_BYTES, MOST_PHOTOS
from tests.factories import UserFactory
from tests.participants.files import corpus

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return UserFactory()


def upload(content=None, name="IMG_1.jpg"):
    return SimpleUploadedFile(name, corpus.photo() if content is None else content)


def kept(uploads, owner):
    with storing.received_many(uploads) as received:
        return received.keep(by=owner)


def on_disk(settings, stored):
    return (settings.MEDIA_ROOT / stored.path).read_bytes()


def refused(uploads):
    with pytest.raises(ValidationError) as refusal, storing.received_many(uploads):
        pass
    return refusal.value.code


def test_several_photos_become_one_pdf_with_a_page_each(owner, settings):
    stored = kept([upload(corpus.photo(size=(30, 40))), upload(corpus.photo("PNG"))], owner)
    assert (stored.kind, stored.name, stored.pages) == ("pdf", "2 foto's.pdf", 2)
    with pikepdf.open(io.BytesIO(on_disk(settings, stored))) as pdf:
        boxes = [[int(side) for side in page.mediabox] for page in pdf.pages]
    assert boxes == [[0, 0, 595, 842], [0, 0, 842, 595]]


def test_the_pdf_that_we_make_passes_our_own_checks(owner, settings, tmp_path):
    stored = kept([upload(), upload(corpus.HEIC, "IMG_2.heic")], owner)
    again = storing.store(upload(on_disk(settings, stored), "plan.pdf"), by=owner)
    assert (again.kind, again.pages) == ("pdf", 2)


def test_pages_stand_upright_and_tell_no_place_or_camera(owner, settings):
    stored = kept([upload(corpus.photo_taken_sideways()), upload(corpus.HEIC)], owner)
    content = on_disk(settings, stored)
    assert b"Cameramaker" not in content
    assert b"Exif" not in content
    for page in pypdfium2.PdfDocument(content):
        assert page.get_height() > page.get_width()
        assert page.render().to_pil().getpixel((300, 420))[0] > 200  # red


def test_a_small_upright_jpeg_goes_in_without_its_notes_and_with_the_same_pixels(owner, settings):
    exif = Image.Exif()
    exif[0x010F] = "Cameramaker"
    small = corpus.photo(size=(300, 400), exif=exif)
    stored = kept([upload(small), upload()], owner)
    with pikepdf.open(io.BytesIO(on_disk(settings, stored))) as pdf:
        jpeg = pdf.pages[0].obj.Resources.XObject.Photo.read_raw_bytes()
    assert b"Cameramaker" not in jpeg
    assert len(jpeg) < len(small)
    assert pixels(jpeg) == pixels(small)


def test_a_large_photo_is_made_smaller(tmp_path):
    path = tmp_path / "photo"
    path.write_bytes(corpus.photo(size=(photos.PAGE_PIXELS + 1, 1000)))
    page = photos.page(path, kind="jpeg")
    assert (page.width, page.height) == (photos.PAGE_PIXELS, 1000)


def test_what_lets_through_is_drawn_on_white(tmp_path):
    clear = Image.new("RGBA", (20, 20), (0, 0, 0, 0))
    ImageDraw.Draw(clear).rectangle((0, 0, 4, 19), fill="blue")
    clear.save(tmp_path / "photo", "PNG")
    page = photos.page(tmp_path / "photo", kind="png")
    with Image.open(io.BytesIO(page.jpeg)) as drawn:
        assert min(drawn.getpixel((15, 10))) > 250


def test_print_colours_and_grey_stay_readable(owner, settings):
    stored = kept([upload(corpus.photo(mode="L")), upload(corpus.photo(mode="CMYK"))], owner)
    assert len(pypdfium2.PdfDocument(on_disk(settings, stored))) == 2


@pytest.mark.parametrize("make", [corpus.pdf, corpus.docx, corpus.photo])
def test_one_file_is_kept_as_it_always_was(make, owner):
    one, alone = kept([upload(make())], owner), storing.store(upload(make()), by=owner)
    assert (one.kind, one.sha256, one.name) == (alone.kind, alone.sha256, alone.name)


def test_a_heic_photo_becomes_an_upright_jpeg_that_tells_nothing(owner, settings):
    stored = storing.store(upload(corpus.HEIC, "IMG_2034.HEIC"), by=owner)
    assert (stored.kind, stored.name) == ("jpeg", "IMG_2034.jpg")
    content = on_disk(settings, stored)
    assert b"Cameramaker" not in content
    with Image.open(io.BytesIO(content)) as picture:
        assert picture.size == (20, 40)


@pytest.mark.parametrize("other", [corpus.pdf, corpus.docx, corpus.odt])
@pytest.mark.parametrize("turn", [1, -1])
def test_documents_do_not_go_together(other, turn, settings):
    assert refused([upload(), upload(other())][::turn]) == "not_only_photos"
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []


def test_as_many_photos_as_we_take_and_one_more(owner):
    assert kept([upload() for _ in range(MOST_PHOTOS)], owner).pages == MOST_PHOTOS
    assert refused([upload() for _ in range(MOST_PHOTOS + 1)]) == "too_many"
    assert refused([]) == "empty_file"


def test_a_photo_that_is_broken_leaves_nothing_behind(settings):
    assert refused([upload(), upload(corpus.photo()[:-20])]) == "damaged"
    assert refused([upload(), upload(b"")]) == "empty_file"
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []


def test_the_pages_of_a_pdf_are_counted(owner):
    assert storing.store(upload(corpus.pdf(), "plan.pdf"), by=owner).pages == 1
    assert storing.store(upload(corpus.docx(), "plan.docx"), by=owner).pages is None


@pytest.mark.parametrize("facts", [{"pages": 0}, {"kind": "docx", "pages": 1}])
def test_only_a_pdf_counts_its_pages(facts, owner):
    values = {"name": "a", "kind": "pdf", "size": 1, "sha256": "0" * 64, "path": "uploads/x"}
    with pytest.raises(IntegrityError, match="only_a_pdf_counts_its_pages"):
        StoredFile(owner=owner, **(values | facts)).save()


class PaperForm(forms.Form):
    files = MultipleUploadField()
    more = MultipleUploadField(required=False)


def chosen(*uploads):
    return MultiValueDict({"files": list(uploads)})


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ([], "Kies een bestand: een PDF"),
        ([upload(), upload(b"")], "leeg"),
        ([upload(), upload(bytes(LARGEST_BYTES + 1))], "25 MB"),
        ([upload() for _ in range(MOST_PHOTOS + 1)], "meer dan 20"),
    ],
)
def test_the_field_refuses_what_it_can_see_at_once(files, sentence):
    form = PaperForm({}, chosen(*files))
    assert not form.is_valid()
    assert sentence in form.errors["files"][0]


def test_the_field_gives_a_list_and_tells_the_phone_what_may_be_chosen():
    form = PaperForm({}, chosen(upload(), upload()))
    assert form.is_valid()
    assert [file.name for file in form.cleaned_data["files"]] == ["IMG_1.jpg"] * 2
    assert form.cleaned_data["more"] == []
    for attribute in ("multiple", "accept=", "data-shrink"):
        assert attribute in str(form["files"])


def pixels(jpeg):
    with Image.open(io.BytesIO(jpeg)) as picture:
        return picture.tobytes()
