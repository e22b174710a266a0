import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from participants.files.models import StoredFile
from participants.files.names import EXTENSIONS, cleaned
from participants.files.serving import attachment
from participants.files.storing import store
from tests.factories import UserFactory
from tests.participants.files import corpus


@pytest.fixture
def stored(db):
    file = SimpleUploadedFile("plan.pdf", corpus.pdf(), content_type="text/html")
    file._name = 'Łukasz"\r\nSet-Cookie: a=b\u202efdp.html'  # as a request could bring it
    return store(file, by=UserFactory())


def test_a_file_is_served_to_be_saved_and_never_as_a_page_of_ours(stored):
    response = attachment(stored)
    assert b"".join(response.streaming_content) == corpus.pdf()
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Length"] == str(len(corpus.pdf()))
    assert response["X-Content-Type-Options"] == "nosniff"
    assert (
        response["Content-Security-Policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"
    )
    assert response["Cache-Control"] == "private, no-store"


def test_a_hostile_name_stays_inside_its_header(stored):
    response = attachment(stored)
    disposition = response["Content-Disposition"]
    response.close()
    assert disposition.startswith("attachment; filename*=utf-8''%C5%81ukasz_Set-Cookie_")
    assert disposition.endswith(".pdf")
    assert set(disposition) & set('\r\n"') == set()


@pytest.mark.parametrize(("scan", "code"), [("waiting", "awaiting_scan"), ("infected", "infected")])
def test_a_file_that_is_not_clean_cannot_be_downloaded(stored, scan, code):
    stored.scan = scan
    with pytest.raises(ValidationError) as refused:
        attachment(stored)
    assert refused.value.code == code


def test_a_file_that_is_not_on_disk_gets_a_sentence(stored, settings):
    (settings.MEDIA_ROOT / stored.path).unlink()
    with pytest.raises(ValidationError) as refused:
        attachment(stored)
    assert refused.value.code == "file_missing"


def test_behind_nginx_the_answer_names_the_place_and_holds_no_bytes(stored, settings):
    settings.MEDIA_ACCEL = "/intern/"
    plain = attachment(stored)
    assert plain["X-Accel-Redirect"] == f"/intern/{stored.path}"
    assert plain.content == b""
    settings.MEDIA_ACCEL = ""
    served = attachment(stored)
    served.close()
    assert "X-Accel-Redirect" not in served
    # What nginx keeps of ours.
    for name in ("Content-Type", "Content-Disposition", "Cache-Control"):
        assert plain[name] == served[name]


@pytest.mark.parametrize(
    ("change", "code"), [({"scan": "waiting"}, "awaiting_scan"), ({}, "file_missing")]
)
def test_nginx_is_sent_to_no_file_that_may_not_be_had(change, code, stored, settings):
    settings.MEDIA_ACCEL = "/intern/"
    (settings.MEDIA_ROOT / stored.path).unlink()
    stored.scan = change.get("scan", stored.scan)
    with pytest.raises(ValidationError) as refused:
        attachment(stored)
    assert refused.value.code == code


@pytest.mark.parametrize("kind", StoredFile.Kind.values)
def test_every_kind_has_a_fixed_type(stored, kind):
    stored.kind = kind
    response = attachment(stored)
    response.close()
    assert "html" not in response["Content-Type"]
    assert response["Content-Type"].startswith(("application/", "image/"))


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Mijn POP.pdf", "Mijn POP.pdf"),
        ("Mijn POP.PDF", "Mijn POP.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\Sam\\plan.pdf", "plan.pdf"),
        ("plan.pdf.exe", "plan.pdf.exe.pdf"),
        ("\u202efdp.exe", "fdp.exe.pdf"),
        ("a\x00b\r\nc.pdf", "abc.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("", "bestand.pdf"),
        ("...", "bestand.pdf"),
        ("Nguye\u0302\u0303n.pdf", "Nguyễn.pdf"),
    ],
)
def test_the_name_is_one_safe_line_with_the_ending_of_its_kind(name, shown):
    assert cleaned(name, kind="pdf") == shown


@given(st.text(), st.sampled_from(sorted(EXTENSIONS)))
def test_any_name_becomes_a_name_that_any_disk_takes(name, kind):
    shown = cleaned(name, kind=kind)
    assert 4 < len(shown) <= 100
    assert len(shown.encode()) < 250
    assert shown.isprintable()
    assert not set(shown) & set('/\\<>:"|?*')
    assert not shown.startswith(".")
    assert shown.endswith(EXTENSIONS[kind][0])
    assert cleaned(shown, kind=kind) == shown
