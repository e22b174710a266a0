import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from certificates import actions, checking, ending
from certificates.models import Certificate, NumberSeries, Revocation
from participants.models import Event
from tests.factories import HourEntryFactory, RoleFactory, UserFactory, ready_enrolment
from tests.factories.certificates import CertificateFactory, RevocationFactory

pytestmark = pytest.mark.django_db


def code_of(refusal):
    return refusal.value.error_list[0].code


def test_revoking_ends_it_with_a_reason_and_the_person_takes_part_again(coordinator):
    enrolment = ready_enrolment()
    certificate = actions.issue(enrolment, by=coordinator)
    actions.revoke(certificate, by=coordinator, reason=" Te vroeg gemaakt ", category="mistake")
    certificate.refresh_from_db()
    assert (certificate.status, certificate.end_reason) == ("revoked", "Te vroeg gemaakt")
    assert certificate.end_category == "mistake"
    assert certificate.ended_by == coordinator
    enrolment.refresh_from_db()
    assert enrolment.status == "active"
    decision = Event.objects.get(act="certificate_revoked")
    assert (decision.enrolment, decision.reason) == (enrolment, "per ongeluk gemaakt")
    again = actions.issue(enrolment, by=coordinator)
    assert again.number != certificate.number


def test_revoking_needs_a_reason_and_happens_once(coordinator):
    certificate = CertificateFactory()
    with pytest.raises(ValidationError) as refusal:
        actions.revoke(certificate, by=coordinator, reason="  ")
    assert code_of(refusal) == "reason_needed"
    actions.revoke(certificate, by=coordinator, reason="Te vroeg")
    with pytest.raises(ValidationError) as refusal:
        actions.revoke(certificate, by=coordinator, reason="Nog eens")
    assert code_of(refusal) == "already_ended"
    assert Event.objects.filter(act="certificate_revoked").count() == 1


def test_correcting_replaces_the_paper_and_asks_for_the_name_again(coordinator):
    enrolment = ready_enrolment(
        certificate_name="Marisol Martna",
        name_confirmed_at=dt.datetime(2027, 7, 1, tzinfo=dt.UTC),
        name_confirmed_by=UserFactory(),
    )
    old = actions.issue(enrolment, by=coordinator)
    HourEntryFactory(enrolment=enrolment, minutes=600, approved=True)
    new = actions.correct(old, by=coordinator, name="  Marisol  Martina ")
    old.refresh_from_db()
    assert (old.status, old.replaced_by) == ("replaced", new)
    assert (new.status, new.award_date, new.name) == ("valid", old.award_date, "Marisol Martina")
    own = {"name", "number", "check_url", "hand_code", "replaces"}
    assert {key for key in new.facts if new.facts[key] != old.facts[key]} == own
    assert new.facts["replaces"] == old.number
    assert len({old.code, new.code, old.hand_code, new.hand_code, old.sha256, new.sha256}) == 6
    enrolment.refresh_from_db()
    assert enrolment.certificate_name == "Marisol Martina"
    assert enrolment.name_confirmed_at is None
    assert enrolment.status == "completed"
    assert Event.objects.get(act="certificate_corrected").enrolment == enrolment


@pytest.mark.parametrize(
    ("name", "code"), [("Noor 漢", "name_not_printable"), ("Marisol Martina", "name_unchanged")]
)
def test_a_correction_that_cannot_be_leaves_the_old_one_valid(coordinator, name, code):
    certificate = CertificateFactory(name="Marisol Martina")
    with pytest.raises(ValidationError) as refusal:
        actions.correct(certificate, by=coordinator, name=name)
    assert code_of(refusal) == code
    assert Certificate.objects.get().status == "valid"


def test_what_ended_cannot_be_corrected(coordinator):
    certificate = CertificateFactory(revoked=True)
    with pytest.raises(ValidationError) as refusal:
        actions.correct(certificate, by=coordinator, name="Iemand Anders")
    assert code_of(refusal) == "already_ended"
    assert Certificate.objects.count() == 1
    assert not NumberSeries.objects.exists()


def test_a_kind_of_reason_that_says_what_was_done_cannot_be_given(coordinator):
    certificate = CertificateFactory()
    for kind in ("name", "not_awarded", "iets"):
        with pytest.raises(ValidationError) as refusal:
            actions.revoke(certificate, by=coordinator, reason="Zomaar", category=kind)
        assert code_of(refusal) == "unknown_category"
    assert Certificate.objects.get().is_valid


# Mail


def test_the_holder_of_a_revoked_certificate_is_told_to_log_in_and_no_more(coordinator):
    certificate = CertificateFactory(name="Marisol Martina")
    actions.revoke(certificate, by=coordinator, reason="Kanarie")
    [letter] = mail.outbox
    assert letter.to == [certificate.enrolment.participant.email]
    told = letter.subject + letter.body
    assert "/certificaat/" in told
    for personal in ("Kanarie", "ingetrokken", certificate.number, certificate.facts["track"]):
        assert personal not in told


def test_the_holder_of_a_corrected_certificate_gets_one_mail(coordinator):
    actions.correct(CertificateFactory(), by=coordinator, name="Marisol M.")
    [letter] = mail.outbox
    assert "nieuw certificaat" in letter.body
    assert "Marisol M." not in letter.subject + letter.body


def test_nobody_is_mailed_about_what_was_not_awarded_yet(coordinator):
    new = actions.correct(CertificateFactory(awaited=True), by=coordinator, name="Marisol M.")
    ending.withdraw(new, by=coordinator, reason="Het feest gaat niet door")
    assert mail.outbox == []


# Taken back before the award date


@pytest.fixture
def awaited(coordinator):
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    return actions.issue(ready_enrolment(), by=coordinator, award_date=tomorrow)


@pytest.mark.parametrize("act", [ending.withdraw, ending.revoke])
def test_before_the_award_date_it_is_taken_back_and_never_was(awaited, coordinator, act):
    act(awaited, by=coordinator, reason="Het feest gaat niet door")
    kept = Certificate.objects.get()
    assert (kept.status, kept.end_category, kept.state) == (
        "revoked",
        "not_awarded",
        "niet uitgereikt",
    )
    assert kept.end_reason == "Het feest gaat niet door"
    assert kept.enrolment.status == "active"
    assert Event.objects.filter(act="certificate_withdrawn", actor=coordinator).count() == 1
    with time_machine.travel(timezone.now() + dt.timedelta(days=2)):
        assert checking.by_code(kept.code) is None
        assert checking.by_hand(kept.number, kept.hand_code) is None
        assert not Certificate.objects.held_by(kept.enrolment.participant).exists()
        [candidate] = actions.preview(kept.enrolment.cohort, by=coordinator).unasked
        again = actions.issue(candidate.enrolment, by=coordinator)
    assert again.number != kept.number


def test_from_the_award_date_on_it_can_only_be_revoked(awaited, coordinator):
    with time_machine.travel(timezone.now() + dt.timedelta(days=1)):
        with pytest.raises(ValidationError) as refusal:
            ending.withdraw(awaited, by=coordinator, reason="Te laat")
        assert code_of(refusal) == "already_awarded"
        ending.revoke(awaited, by=coordinator, reason="Te laat")
        assert checking.by_code(awaited.code).status == "revoked"


def test_taking_back_needs_a_reason_and_happens_once(awaited, coordinator):
    with pytest.raises(ValidationError) as refusal:
        ending.withdraw(awaited, by=coordinator, reason=" ")
    assert code_of(refusal) == "reason_needed"
    ending.withdraw(awaited, by=coordinator, reason="Het feest gaat niet door")
    with pytest.raises(ValidationError) as refusal:
        ending.withdraw(awaited, by=coordinator, reason="Nog eens")
    assert code_of(refusal) == "already_ended"


def test_nobody_takes_back_their_own(awaited):
    holder = RoleFactory(coordinator=True, user=awaited.enrolment.participant).user
    with pytest.raises(PermissionDenied):
        ending.withdraw(awaited, by=holder, reason="Zomaar")


# After erasure


@pytest.fixture
def administrator():
    return RoleFactory(administrator=True).user


def test_what_is_buried_keeps_number_state_dates_and_hash_and_no_more(coordinator, administrator):
    enrolment = ready_enrolment(certificate_name="Marisol Martina")
    issued = actions.issue(enrolment, by=coordinator)
    RevocationFactory(certificate=issued, reason="Kanarie")
    assert ending.bury(Certificate.objects.all(), by=administrator) == 1
    kept = Certificate.objects.get()
    for field in ("number", "status", "award_date", "issued_at", "sha256", "code", "hand_code"):
        assert getattr(kept, field) == getattr(issued, field)
    assert (kept.name, kept.facts, kept.evidence) == ("", {}, [])
    assert bytes(kept.document.pdf) == b""
    enrolment.refresh_from_db()
    assert enrolment.certificate_name == ""
    assert not Revocation.objects.exists()
    assert {"certificate_issued", "certificate_buried"} <= set(
        Event.objects.filter(subject=f"certificate:{kept.pk}").values_list("act", flat=True)
    )


def test_the_check_page_of_a_buried_certificate_gives_its_state_and_no_name(
    client, coordinator, administrator
):
    certificates = [
        CertificateFactory(name="Kanarie"),
        CertificateFactory(name="Kanarie", revoked=True, end_reason="Kanarie"),
    ]
    ending.bury(Certificate.objects.all(), by=administrator)
    for certificate in certificates:
        page = client.get(f"/controle/{certificate.code}/")
        answer = client.get(f"/api/v1/check/{certificate.code}/").json()
        assert page.status_code == 200
        assert certificate.number in page.content.decode()
        assert "Kanarie" not in page.content.decode()
        assert (answer["status"], answer["number"], answer["name"]) == (
            certificate.status,
            certificate.number,
            None,
        )


def test_what_was_said_about_a_revoked_certificate_is_buried_with_it(coordinator, administrator):
    certificate = CertificateFactory()
    actions.revoke(certificate, by=coordinator, reason="Kanarie")
    ending.bury(Certificate.objects.all(), by=None)
    kept = Certificate.objects.get()
    assert (kept.status, kept.end_category, kept.end_reason) == ("revoked", "other", "")
    assert kept.ended_by == coordinator
    assert not Event.objects.filter(reason__contains="Kanarie").exists()


def test_burying_again_changes_nothing(administrator):
    certificate = CertificateFactory()
    ending.bury(Certificate.objects.all(), by=administrator)
    first = Certificate.objects.get().buried_at
    assert ending.bury(Certificate.objects.all(), by=administrator) == 0
    assert Certificate.objects.get().buried_at == first
    assert Event.objects.filter(act="certificate_buried").count() == 1
    with pytest.raises(ValidationError) as refusal:
        actions.revoke(certificate, by=RoleFactory(coordinator=True).user, reason="Zomaar")
    assert code_of(refusal) == "already_ended"


def test_a_coordinator_cannot_bury(coordinator):
    CertificateFactory()
    with pytest.raises(PermissionDenied):
        ending.bury(Certificate.objects.all(), by=coordinator)
    assert Certificate.objects.with_paper().exists()
