import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from certificates import actions
from certificates.models import Certificate, NumberSeries
from participants.models import Event
from tests.factories import HourEntryFactory, UserFactory, ready_enrolment
from tests.factories.certificates import CertificateFactory

pytestmark = pytest.mark.django_db


def code_of(refusal):
    return refusal.value.error_list[0].code


def test_revoking_ends_it_with_a_reason_and_the_person_takes_part_again(coordinator):
    enrolment = ready_enrolment()
    certificate = actions.issue(enrolment, by=coordinator)
    actions.revoke(certificate, by=coordinator, reason=" Te vroeg gemaakt ")
    certificate.refresh_from_db()
    assert (certificate.status, certificate.end_reason) == ("revoked", "Te vroeg gemaakt")
    assert certificate.ended_by == coordinator
    enrolment.refresh_from_db()
    assert enrolment.status == "active"
    decision = Event.objects.get(act="certificate_revoked")
    assert (decision.enrolment, decision.reason) == (enrolment, "Te vroeg gemaakt")
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
