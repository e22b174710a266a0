"""The paper of a track: who may set it, what is refused, and what was issued stays as it was."""

import datetime as dt
import io

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from PIL import Image, ImageDraw

from certificates import actions as certifying
from certificates import documents, participation
from certificates.documents.wording import USUAL
from certificates.letterheads import actions, images, sweeping
from certificates.letterheads.images import KEPT, sha256_of
from certificates.models import Certificate, CertificateDocument, Letterhead, PaperImage
from participants.models import Event, LearningTrack, Role
from tests.certificates.example import FIRST, LOGO, SECOND
from tests.certificates.test_participation import words
from tests.factories import (
    CohortFactory,
    EnrolmentFactory,
    LearningTrackFactory,
    RoleFactory,
    UserFactory,
    ready_enrolment,
)
from tests.factories.letterheads import LetterheadFactory, PaperImageFactory, words_of
from tests.participants.paper.example import PARTICIPATION
from tests.pictures import png_of

pytestmark = pytest.mark.django_db
PICTURES = {"logo": LOGO, "first_signature": FIRST, "second_signature": SECOND}


@pytest.fixture
def track():
    return LearningTrackFactory()


def change(track, by, pictures=None, revision=0, **words):
    return actions.change(track, words, pictures or {}, by=by, revision=revision)


def address(track, rest=""):
    return f"/papier/{track.pk}/{rest}"


def sent(track, revision=0, **changes):
    return words_of(track) | {"revision": revision} | changes


def uploaded(data, name="scan.png"):
    return SimpleUploadedFile(name, data)


# Who may set it


@pytest.mark.parametrize("kind", [Role.Kind.COORDINATOR, Role.Kind.ADMINISTRATOR])
def test_of_a_cohort_in_ones_care_the_track_is_ones_own(track, kind):
    role = RoleFactory(kind=kind, cohort=CohortFactory(track=track))
    LearningTrackFactory()
    assert list(LearningTrack.objects.set_up_by(role.user)) == [track]


@pytest.mark.parametrize("kind", [Role.Kind.TRAINER, Role.Kind.ASSESSOR])
def test_other_staff_sets_no_paper(track, kind):
    user = RoleFactory(kind=kind, cohort=CohortFactory(track=track)).user
    assert not LearningTrack.objects.set_up_by(user).exists()
    with pytest.raises(PermissionDenied):
        change(track, user, place="Elders")


def test_an_account_that_was_closed_sets_no_paper(track, coordinator):
    coordinator.is_active = False
    coordinator.save()
    assert not LearningTrack.objects.set_up_by(coordinator).exists()


def test_the_list_has_only_ones_own_and_asks_as_much_for_three_as_for_one(
    client, django_assert_max_num_queries
):
    cohort = CohortFactory()
    user = RoleFactory(kind=Role.Kind.COORDINATOR, cohort=cohort).user
    hidden = LearningTrackFactory(name="Van een ander")
    client.force_login(user)
    with django_assert_max_num_queries(20) as one:
        html = client.get("/papier/").content.decode()
    assert address(cohort.track) in html and hidden.name not in html
    for _turn in range(2):
        RoleFactory(kind=Role.Kind.COORDINATOR, cohort=CohortFactory(), user=user)
    with django_assert_max_num_queries(len(one)):
        assert client.get("/papier/").content.decode().count("Bekijk of verander") == 3


def test_who_sets_no_paper_reads_what_to_do(client):
    client.force_login(UserFactory())
    assert "Een beheerder maakt de eerste" in client.get("/papier/").content.decode()


# What it says


def test_words_and_pictures_stand_on_what_is_issued_next(coordinator):
    enrolment = ready_enrolment()
    track = enrolment.cohort.track
    said = {"opening": "Vol trots zeggen wij dat", "provider": "Stichting De Kring"}
    change(track, coordinator, PICTURES, **said)
    told = certifying.issue(enrolment, by=coordinator).facts
    assert (told["opening"], told["provider"]) == tuple(said.values())
    assert told["achievement"] == USUAL["achievement"]
    assert told["logo"] == sha256_of(LOGO)
    signed = [row["signature"] for row in told["signatories"]]
    assert signed == [sha256_of(FIRST), sha256_of(SECOND)]


def test_what_was_issued_is_drawn_from_its_own_facts_whatever_changes_later(coordinator):
    enrolment = ready_enrolment()
    track = enrolment.cohort.track
    change(track, coordinator, PICTURES, first_signatory="Johanna Wiersma")
    issued = certifying.issue(enrolment, by=coordinator)
    bytes_then = bytes(CertificateDocument.objects.get(certificate=issued).pdf)
    facts_then = Certificate.objects.get(pk=issued.pk).facts
    assert documents.certificate_pdf(facts_then, images=KEPT) == bytes_then
    gone = dict.fromkeys(PICTURES)
    change(track, coordinator, gone, revision=1, first_signatory="Iemand Anders", opening="Hoera")
    later = Certificate.objects.get(pk=issued.pk)
    assert later.facts == facts_then
    assert documents.certificate_pdf(later.facts, images=KEPT) == bytes_then
    corrected = certifying.correct(later, by=coordinator, name="Marisol M. Martina")
    assert corrected.facts["signatories"] == facts_then["signatories"]


def test_the_statement_for_who_stopped_has_the_logo_and_the_second_signature(coordinator):
    enrolment = EnrolmentFactory(stopped=True)
    change(enrolment.cohort.track, coordinator, PICTURES)
    told = participation.make_statement(enrolment, by=coordinator).facts
    assert told["logo"] == sha256_of(LOGO)
    assert told["signatory"]["signature"] == sha256_of(SECOND)


def test_a_change_is_written_down_and_the_same_picture_is_kept_once(track, coordinator):
    other = LearningTrackFactory()
    change(track, coordinator, {"logo": LOGO})
    change(other, coordinator, {"logo": LOGO})
    assert PaperImage.objects.count() == 1
    acts = Event.objects.filter(act="paper_changed").values_list("subject", flat=True)
    assert set(acts) == {f"learningtrack:{track.pk}", f"learningtrack:{other.pk}"}


def test_of_two_who_change_it_at_once_the_second_looks_again(track, coordinator):
    change(track, coordinator, opening="De eerste")
    with pytest.raises(ValidationError) as refusal:
        change(track, coordinator, opening="De tweede")
    assert refusal.value.code == "changed"
    assert Letterhead.objects.get().opening == "De eerste"


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("provider", "Stichting 漢", "word_not_printable"),
        ("first_signatory", "Anna\u202eseirV", "word_not_printable"),
        ("conditions", "Dit is een Diploma.", "word_not_allowed"),
        ("opening", "Met 4 ECTS", "word_not_allowed"),
    ],
)
def test_what_the_paper_cannot_or_may_not_say_is_refused(track, coordinator, field, text, code):
    with pytest.raises(ValidationError) as refusal:
        change(track, coordinator, **{field: text})
    assert refusal.value.code == code


# The pages


def test_the_form_keeps_words_and_a_scan_and_shows_them_again(office, track):
    scan = uploaded(photo_of_a_signature(), "foto.jpg")
    response = office.post(
        address(track), sent(track, place="Zaandam", first_signature=scan), follow=True
    )
    html = response.content.decode()
    assert "Dit staat vanaf nu op nieuwe certificaten" in html
    assert 'value="Zaandam"' in html
    assert address(track, "beeld/first_signature/") in html
    picture = office.get(address(track, "beeld/first_signature/"))
    assert picture["Content-Type"] == "image/png"
    assert picture["Cache-Control"] == "private, no-store"
    assert office.get(address(track, "beeld/second_signature/")).status_code == 404
    gone = sent(track, revision=1, place="Zaandam", first_signature_gone="on")
    assert (
        "beeld/first_signature"
        not in office.post(address(track), gone, follow=True).content.decode()
    )


def test_every_mistake_is_said_beside_its_field_and_what_was_typed_stays(office, track):
    broken = {"logo": uploaded(b"%PDF-1.4", "logo.png"), "place": "", "opening": "Dit diploma"}
    html = office.post(address(track), sent(track, **broken)).content.decode()
    for field in ("logo", "place", "opening"):
        assert f'href="#id_{field}"' in html
    assert 'value="Dit diploma"' in html
    assert not Letterhead.objects.exists()


def test_somebody_else_was_first_is_said_on_the_page(office, track, coordinator):
    change(track, coordinator, opening="De eerste")
    html = office.post(address(track), sent(track, revision=0, opening="De tweede")).content
    assert "Iemand anders heeft dit net veranderd" in html.decode()


def test_the_preview_shows_what_was_typed_and_keeps_nothing(office, track, coordinator):
    change(track, coordinator, {"second_signature": SECOND})
    typed = sent(track, revision=1, opening="Zo wordt het", logo=uploaded(LOGO))
    response = office.post(address(track, "voorbeeld/"), typed)
    assert response["Content-Type"] == "application/pdf"
    assert response["Cache-Control"] == "private, no-store"
    told = words(response.content)
    assert told.count("VOORBEELD") == 4 and told.count("Zo wordt het") == 2
    assert "LL-0000-0000" in told and "Heuvel-Beukenrodestein" in told
    assert Letterhead.objects.get().logo is None
    assert "Wij verklaren" in words(office.get(address(track, "voorbeeld/")).content)


def test_a_preview_of_something_that_cannot_be_shows_the_form_again(office, track):
    html = office.post(address(track, "voorbeeld/"), sent(track, place="漢")).content.decode()
    assert 'href="#id_place"' in html


def test_markup_is_shown_as_it_was_typed(office, track):
    typed = sent(track, opening="<b>Wij</b> & <script>")
    told = words(office.post(address(track, "voorbeeld/"), typed).content)
    assert "<b>Wij</b> & <script>" in told


# The pictures


def photo_of_a_signature():
    """A photo on greyish paper, with a note of the camera."""
    photo = Image.new("RGB", (1600, 900), (214, 208, 200))
    ImageDraw.Draw(photo).line([(300, 500), (700, 300), (1100, 600)], (25, 30, 90), width=12)
    notes = photo.getexif()
    notes[0x010E] = "Waar dit was"
    jpeg = io.BytesIO()
    photo.save(jpeg, "JPEG", exif=notes)
    return jpeg.getvalue()


def test_of_a_scan_only_the_ink_stays_without_paper_or_notes():
    png = images.signature_of(uploaded(photo_of_a_signature()))
    assert b"Waar dit was" not in png
    with Image.open(io.BytesIO(png)) as scan:
        assert (scan.mode, scan.info) == ("L", {})
        assert scan.width <= 700 and scan.height <= 220
        assert 2 < scan.width / scan.height < 3.5  # cut around the ink
        assert scan.getpixel((0, 0)) == 255
        assert scan.histogram()[255] > scan.width * scan.height / 2


def test_a_logo_that_lets_through_stands_on_white():
    seen_through = Image.new("RGBA", (900, 300), (0, 0, 0, 0))
    png = images.logo_of(uploaded(png_of(seen_through)))
    with Image.open(io.BytesIO(png)) as logo:
        assert (logo.mode, logo.size) == ("RGB", (660, 220))
        assert logo.getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("read", "data", "code"),
    [
        (images.logo_of, b"GIF89a", "not_a_picture"),
        (images.logo_of, LOGO[:200], "damaged"),
        (images.logo_of, png_of(Image.new("RGB", (39, 300))), "too_small"),
        (images.signature_of, png_of(Image.new("L", (400, 200), 255)), "no_ink"),
        (images.signature_of, documents.participation_pdf(PARTICIPATION), "not_a_picture"),
    ],
    ids=["kind", "damaged", "small", "blank", "pdf"],
)
def test_what_is_no_fit_picture_is_refused_with_a_sentence(read, data, code):
    with pytest.raises(ValidationError) as refusal:
        read(uploaded(data))
    assert refusal.value.code == code


def test_a_picture_is_frozen_and_goes_by_its_whole_hash():
    image = PaperImageFactory()
    rows = PaperImage.objects.all()
    for act in (image.save, image.delete, rows.delete, lambda: rows.update(png=b"")):
        with pytest.raises(TypeError):
            act()
    with pytest.raises(IntegrityError, match="a_picture_goes_by"):
        PaperImageFactory(sha256="kort")


def test_a_hash_that_nobody_kept_is_an_error_and_no_empty_place():
    with pytest.raises(LookupError):
        KEPT["0" * 64]


def test_a_picture_that_no_paper_shows_goes_away_after_a_day(track, coordinator, time_machine):
    time_machine.move_to(dt.datetime(2025, 6, 1, 12, tzinfo=dt.UTC), tick=False)
    change(track, coordinator, PICTURES)
    change(track, coordinator, dict.fromkeys(PICTURES), revision=1)
    assert sweeping.sweep() == 0
    time_machine.move_to(dt.datetime(2025, 6, 2, 12, 1, tzinfo=dt.UTC), tick=False)
    assert sweeping.sweep() == 3
    assert not PaperImage.objects.exists()


def test_a_picture_on_an_issued_paper_or_another_track_stays(coordinator):
    enrolment = ready_enrolment()
    stopped = EnrolmentFactory(stopped=True)
    for track in (enrolment.cohort.track, stopped.cohort.track):
        change(track, coordinator, PICTURES)
    LetterheadFactory(logo=PaperImage.objects.get(pk=sha256_of(LOGO)))
    certifying.issue(enrolment, by=coordinator)
    participation.make_statement(stopped, by=coordinator)
    for track in (enrolment.cohort.track, stopped.cohort.track):
        change(track, coordinator, dict.fromkeys(PICTURES), revision=1)
    assert PaperImage.objects.filter(let_go_at=None).get().pk == sha256_of(LOGO)
    PaperImage.objects.update(let_go_at=dt.datetime(2025, 1, 1, tzinfo=dt.UTC))
    assert sweeping.sweep() == 0


def test_a_picture_that_is_chosen_again_is_no_longer_let_go(track, coordinator):
    change(track, coordinator, {"logo": LOGO})
    change(track, coordinator, {"logo": None}, revision=1)
    change(track, coordinator, {"logo": LOGO}, revision=2)
    assert PaperImage.objects.get().let_go_at is None
