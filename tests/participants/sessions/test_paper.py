"""The list on paper: printed with the names, and kept when it is signed."""

import pypdfium2
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from participants.models import Event, SessionProof, StoredFile
from participants.sessions.actions import add_proof, remove_proof
from participants.sessions.proving import MOST_PROOFS
from tests.factories import (
    EnrolmentFactory,
    PauseFactory,
    RoleFactory,
    SessionFactory,
    SessionProofFactory,
    UserFactory,
)
from tests.participants.sessions.reading import page, photo, shown

pytestmark = pytest.mark.django_db


def text_of(pdf):
    with pypdfium2.PdfDocument(pdf) as document:
        return " ".join(
            " ".join(sheet.get_textpage().get_text_bounded().split()) for sheet in document
        )


def files(settings):
    return [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


# Printed


def test_the_list_has_who_is_expected_in_the_order_of_the_register(
    client, session, cohort, samira, trainer
):
    paused = EnrolmentFactory(cohort=cohort, participant=UserFactory(name="Pauze Persoon"))
    PauseFactory(enrolment=paused, confirmed=True, starts_on=session.date, ends_on=None)
    EnrolmentFactory(cohort=cohort, participant=UserFactory(name="Abel Oduya"))
    EnrolmentFactory(participant=UserFactory(name="Elders Iemand"))
    client.force_login(trainer)
    answer = client.get(f"/lessen/{session.pk}/presentielijst.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "private, no-store"
    assert "presentielijst-2025-02-04.pdf" in answer["Content-Disposition"]
    text = text_of(answer.content)
    assert text.index("Abel Oduya") < text.index("Samira Aalbers")
    assert "Les op 4 februari 2025, 10.00 tot 12.00 uur" in text
    assert "Pauze Persoon" not in text and "Elders Iemand" not in text


def test_staff_who_take_part_sign_too(client, session, cohort, trainer):
    EnrolmentFactory(cohort=cohort, participant=trainer)
    client.force_login(trainer)
    assert "Ellen Brouwer" in text_of(
        client.get(f"/lessen/{session.pk}/presentielijst.pdf").content
    )


def test_of_a_meeting_of_two_cohorts_one_prints_the_own_people(client, cohort, samira, trainer):
    other = EnrolmentFactory(participant=UserFactory(name="Elders Iemand"))
    session = SessionFactory(cohorts=[cohort, other.cohort], starts_at=None)
    client.force_login(trainer)
    text = text_of(client.get(f"/lessen/{session.pk}/presentielijst.pdf").content)
    assert "Samira Aalbers" in text and "Elders Iemand" not in text
    assert other.cohort.name not in text


# Signed


def test_a_photo_of_the_signed_list_is_kept_for_the_staff_of_the_meeting(
    client, session, samira, trainer
):
    client.force_login(trainer)
    address = f"/lessen/{session.pk}/getekend/"
    answer = client.post(address, {"files": photo()}, follow=True)
    assert "De getekende lijst is bewaard." in shown(answer)
    proof = SessionProof.objects.get()
    assert proof.added_by == trainer
    download = client.get(f"/lessen/getekend/{proof.pk}/")
    assert download["Content-Type"] == "image/jpeg"
    assert download["Content-Disposition"].startswith("attachment")
    assert b"".join(download.streaming_content).startswith(b"\xff\xd8")
    assert Event.objects.decisions().get().act == "proof_added"
    client.force_login(samira.participant)
    assert client.get(f"/lessen/getekend/{proof.pk}/").status_code == 404


def test_several_photos_become_the_pages_of_one_pdf(session, trainer):
    proof = add_proof(session, [photo(), photo()], by=trainer)
    assert proof.file.kind == "pdf"
    assert StoredFile.objects.count() == 1


def test_what_is_no_list_is_refused_with_a_sentence(client, session, trainer, settings):
    client.force_login(trainer)
    file = photo()
    file.file.seek(0)
    file.file.write(b"MZ not a photo at all")
    file.file.seek(0)
    answer = client.post(f"/lessen/{session.pk}/getekend/", {"files": file})
    assert "ams-alert--error" in shown(answer)
    assert not SessionProof.objects.exists() and files(settings) == []


def test_without_a_file_the_form_says_what_to_do(client, session, trainer):
    client.force_login(trainer)
    assert "Kies een bestand" in shown(client.post(f"/lessen/{session.pk}/getekend/"))


@pytest.mark.parametrize("trait", [{"cancelled": True}, {}])
def test_what_cannot_have_a_proof_refuses_it(cohort, trainer, trait):
    session = SessionFactory(cohorts=[cohort], **trait)
    if not trait:
        SessionProofFactory.create_batch(MOST_PROOFS, session=session)
    with pytest.raises(ValidationError) as refusal:
        add_proof(session, [photo()], by=trainer)
    assert refusal.value.code == ("cancelled" if trait else "too_many_proofs")


@pytest.mark.parametrize("who", ["participant", "other_trainer", "administrator"])
def test_only_staff_of_the_meeting_add_one(session, samira, who, settings):
    by = {
        "participant": lambda: samira.participant,
        "other_trainer": lambda: RoleFactory().user,
        "administrator": lambda: RoleFactory(administrator=True).user,
    }[who]()
    with pytest.raises(PermissionDenied):
        add_proof(session, [photo()], by=by)
    assert files(settings) == []


def test_who_added_it_takes_it_away_and_that_is_written_down(
    client, session, trainer, settings, django_capture_on_commit_callbacks
):
    proof = add_proof(session, [photo()], by=trainer)
    assert "Deze getekende lijst weghalen?" in page(
        client, trainer, f"/lessen/getekend/{proof.pk}/weg/"
    )
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/lessen/getekend/{proof.pk}/weg/")
    assert not StoredFile.objects.exists() and files(settings) == []
    removed = Event.objects.get(act="proof_removed")
    assert (removed.actor, removed.subject) == (trainer, f"sessionproof:{proof.pk}")
    with pytest.raises(ValidationError) as refusal:
        remove_proof(proof, by=trainer)
    assert refusal.value.code == "proof_gone"


def test_a_colleague_does_not_take_it_away(session, cohort, trainer):
    proof = SessionProofFactory(session=session, added_by=trainer)
    with pytest.raises(PermissionDenied):
        remove_proof(proof, by=RoleFactory(cohort=cohort).user)


def test_the_page_takes_as_many_queries_for_three_as_for_one(client, session, trainer):
    address, counts = f"/lessen/{session.pk}/getekend/", []
    for size in (1, 2):
        SessionProofFactory.create_batch(size, session=session)
        page(client, trainer, address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_api_has_the_same_door(client, session, trainer):
    client.force_login(trainer)
    address = f"/api/v1/sessions/{session.pk}/proofs/"
    made = client.post(address, {"file": [photo()]})
    assert made.status_code == 201
    assert client.get(address).json() == [made.json()]
    assert made.json()["name"] == "lijst.jpg"
    refused = client.post(address, {})
    assert (refused.status_code, refused.json()["code"]) == (400, "empty_file")
