"""Revoking where the track asks two people, and where there are not two."""

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from certificates import actions, ending
from certificates.models import Certificate, Revocation
from participants.models import Event, Role
from participants.overview.waiting import pile
from tests.factories import RoleFactory, UserFactory
from tests.factories.certificates import CertificateFactory, RevocationFactory

pytestmark = pytest.mark.django_db
ASKED = {"reason": "Te vroeg gemaakt", "category": "mistake"}


def code_of(refusal):
    return refusal.value.error_list[0].code


def acts():
    found = Event.objects.decisions().order_by("pk").values_list("act", flat=True)
    return [act for act in found if act.startswith(("revocation", "certificate"))]


@pytest.fixture
def certificate():
    return CertificateFactory(enrolment__cohort__track__revoking_takes_two=True)


@pytest.fixture
def colleague():
    return RoleFactory(coordinator=True).user


@pytest.fixture
def asked(certificate, coordinator, colleague):
    return ending.revoke(certificate, by=coordinator, **ASKED)


def is_valid(certificate):
    return Certificate.objects.valid().filter(pk=certificate.pk).exists()


def test_by_default_one_person_revokes(coordinator, colleague):
    certificate = CertificateFactory()
    assert ending.revoke(certificate, by=coordinator, **ASKED) is None
    assert not is_valid(certificate)


def test_the_first_asks_and_the_certificate_stays_valid(asked, certificate, colleague):
    assert is_valid(certificate)
    assert acts() == ["revocation_asked"]
    [letter] = mail.outbox
    assert letter.to == [colleague.email]
    assert f"/certificaten/vragen/{asked.pk}/" in letter.body
    for personal in (certificate.name, certificate.number, ASKED["reason"]):
        assert personal not in letter.subject + letter.body


def test_it_waits_in_what_the_second_person_has_to_do_until_it_is_answered(
    asked, certificate, coordinator, colleague, client
):
    client.force_login(colleague)
    name = certificate.enrolment.participant.name
    assert [item.who for item in pile(colleague, 9, "intrekken").items] == [name]
    assert pile(coordinator, 9, "intrekken").items == []
    assert f"/certificaten/vragen/{asked.pk}/" in client.get("/wacht/").content.decode()
    ending.confirm(asked, by=colleague)
    assert pile(colleague, 9, "intrekken").items == []


def test_another_coordinator_confirms_and_it_ends_at_once(asked, certificate, colleague):
    mail.outbox.clear()
    ending.confirm(asked, by=colleague)
    certificate.refresh_from_db()
    assert (certificate.status, certificate.ended_by) == ("revoked", colleague)
    assert (certificate.end_category, certificate.end_reason) == ("mistake", "Te vroeg gemaakt")
    assert acts() == ["revocation_asked", "certificate_revoked"]
    assert [letter.to for letter in mail.outbox] == [[certificate.enrolment.participant.email]]


def test_another_coordinator_rejects_with_a_note_and_it_stays_valid(
    asked, certificate, coordinator, colleague
):
    mail.outbox.clear()
    with pytest.raises(ValidationError) as refusal:
        ending.reject(asked, by=colleague, note=" ")
    assert code_of(refusal) == "reason_needed"
    ending.reject(asked, by=colleague, note="Het klopt wel")
    assert is_valid(certificate)
    assert acts() == ["revocation_asked", "revocation_rejected"]
    [letter] = mail.outbox
    assert letter.to == [coordinator.email]
    assert "Het klopt wel" not in letter.body
    assert ending.revoke(certificate, by=coordinator, **ASKED)


def test_who_asked_takes_it_back_and_nobody_else(asked, certificate, coordinator, colleague):
    with pytest.raises(PermissionDenied):
        ending.take_back(asked, by=colleague)
    ending.take_back(asked, by=coordinator)
    assert is_valid(certificate)
    assert acts() == ["revocation_asked", "revocation_taken_back"]


@pytest.mark.parametrize(
    "answer",
    [
        lambda asked, by: ending.confirm(asked, by=by),
        lambda asked, by: ending.reject(asked, by=by, note="Nee"),
    ],
)
def test_neither_who_asked_nor_the_holder_nor_another_role_answers(
    asked, certificate, coordinator, answer
):
    holder = RoleFactory(coordinator=True, user=certificate.enrolment.participant).user
    administrator = RoleFactory(administrator=True).user
    trainer = RoleFactory(cohort=certificate.enrolment.cohort).user
    for somebody in (coordinator, holder, administrator, trainer, UserFactory()):
        with pytest.raises(PermissionDenied):
            answer(asked, somebody)
    assert Revocation.objects.waiting().get() == asked


def test_an_answer_is_given_once(asked, coordinator, colleague):
    ending.reject(asked, by=colleague, note="Het klopt wel")
    for again in (
        lambda: ending.confirm(asked, by=colleague),
        lambda: ending.reject(asked, by=colleague, note="Toch niet"),
        lambda: ending.take_back(asked, by=coordinator),
    ):
        with pytest.raises(ValidationError) as refusal:
            again()
        assert code_of(refusal) == "already_answered"


def test_while_it_waits_nothing_else_happens_to_the_certificate(asked, certificate, coordinator):
    for act in (
        lambda: ending.revoke(certificate, by=coordinator, **ASKED),
        lambda: actions.correct(certificate, by=coordinator, name="Marisol M."),
    ):
        with pytest.raises(ValidationError) as refusal:
            act()
        assert code_of(refusal) == "already_asked"


def test_what_ended_is_not_asked_again(coordinator, colleague):
    ended = CertificateFactory(enrolment__cohort__track__revoking_takes_two=True, revoked=True)
    with pytest.raises(ValidationError) as refusal:
        ending.revoke(ended, by=coordinator, **ASKED)
    assert code_of(refusal) == "already_ended"
    assert not Revocation.objects.exists()


# No rule ends in a deadlock


def test_without_another_coordinator_an_administrator_answers(certificate, coordinator):
    administrator = RoleFactory(administrator=True).user
    asked = ending.revoke(certificate, by=coordinator, **ASKED)
    assert [letter.to for letter in mail.outbox] == [[administrator.email]]
    ending.confirm(asked, by=administrator)
    assert not is_valid(certificate)


def test_a_holder_or_somebody_who_may_not_log_in_is_no_second_person(certificate, coordinator):
    RoleFactory(coordinator=True, user=certificate.enrolment.participant)
    RoleFactory(coordinator=True, user__is_active=False)
    assert ending.second_people(certificate, coordinator) == []


def test_without_anybody_else_it_counts_at_once(certificate, coordinator):
    assert ending.revoke(certificate, by=coordinator, **ASKED) is None
    assert not is_valid(certificate)


def test_when_the_second_person_leaves_an_administrator_may_answer(asked, certificate, colleague):
    administrator = RoleFactory(administrator=True).user
    Role.objects.filter(user=colleague).delete()
    ending.confirm(asked, by=administrator)
    assert not is_valid(certificate)


def test_when_everybody_leaves_who_asked_can_still_go_on(
    asked, certificate, coordinator, colleague
):
    Role.objects.filter(user=colleague).delete()
    ending.take_back(asked, by=coordinator)
    assert ending.revoke(certificate, by=coordinator, **ASKED) is None


# Constraints


def test_one_wish_waits_at_a_time(asked):
    with pytest.raises(IntegrityError, match="one_wish|UNIQUE"), transaction.atomic():
        RevocationFactory(certificate=asked.certificate)


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"answer": "confirmed"}, "answered_by_someone_or_waits"),
        ({"answered_at": timezone.now()}, "answered_by_someone_or_waits"),
        ({"answer": "confirmed", "same": True}, "second_person_revokes"),
        ({"answer": "taken_back", "same": False}, "second_person_revokes"),
    ],
)
def test_who_answered_fits_the_answer(facts, sentence):
    facts = dict(facts)
    asker = UserFactory()
    if "same" in facts:
        facts["answered_by"] = asker if facts.pop("same") else UserFactory()
        facts["answered_at"] = timezone.now()
    with pytest.raises(IntegrityError, match=sentence), transaction.atomic():
        RevocationFactory(asked_by=asker, **facts)


# Through page and API


def test_two_people_revoke_through_the_pages(client, certificate, coordinator, colleague):
    client.force_login(coordinator)
    address = f"/certificaten/{certificate.number}/intrekken/"
    assert "Een tweede persoon kijkt mee" in client.get(address).content.decode()
    client.post(address, ASKED)
    assert is_valid(certificate)
    story = client.get(f"/certificaten/{certificate.number}/").content.decode()
    assert "Gevraagd om in te trekken" in story
    assert "Kijk en beslis" not in story
    page = f"/certificaten/vragen/{Revocation.objects.get().pk}/"
    assert "Neem je vraag terug" in client.get(page).content.decode()
    client.force_login(colleague)
    assert page in client.get("/certificaten/").content.decode()
    assert "Te vroeg gemaakt" in client.get(page).content.decode()
    nothing = client.post(page, {"answer": "reject", "note": ""})
    assert "Schrijf op waarom het certificaat geldig blijft" in nothing.content.decode()
    client.post(page, {"answer": "confirm"})
    assert not is_valid(certificate)
    assert "ngetrokken" in client.get(page).content.decode()


def test_who_asked_takes_it_back_on_the_page(client, asked, certificate, coordinator):
    client.force_login(coordinator)
    page = f"/certificaten/vragen/{asked.pk}/"
    assert client.post(page, {"answer": "confirm"}).status_code == 403
    client.post(page, {"answer": "take_back"})
    assert not Revocation.objects.waiting().exists()
    said = client.post(page, {"answer": "take_back"}, follow=True).content.decode()
    assert "al geantwoord" in said


def test_an_administrator_without_the_register_finds_the_question(client, certificate, coordinator):
    administrator = RoleFactory(administrator=True).user
    asked = ending.revoke(certificate, by=coordinator, **ASKED)
    client.force_login(administrator)
    assert f"/certificaten/vragen/{asked.pk}/" in client.get("/certificaten/").content.decode()
    assert client.get(f"/certificaten/{certificate.number}/").status_code == 404
    said = {"answer": "reject", "note": "Het klopt"}
    page = client.post(f"/certificaten/vragen/{asked.pk}/", said, follow=True).content.decode()
    assert is_valid(certificate)
    assert "Blijft geldig" in page


def test_two_people_revoke_through_the_api(client, certificate, coordinator, colleague):
    client.force_login(coordinator)
    waits = client.post(f"/api/v1/certificates/{certificate.number}/revoke/", ASKED)
    assert (waits.status_code, waits.json()["status"]) == (202, "valid")
    assert waits.json()["awaits_second_person"]
    [asked] = client.get("/api/v1/revocations/").json()["results"]
    assert (asked["certificate"], asked["answer"]) == (certificate.number, "")
    address = f"/api/v1/revocations/{asked['id']}"
    assert client.post(f"{address}/confirm/").status_code == 403
    assert client.post(f"{address}/take-back/").json()["answer"] == "taken_back"
    client.post(f"/api/v1/certificates/{certificate.number}/revoke/", ASKED)
    client.force_login(colleague)
    address = f"/api/v1/revocations/{Revocation.objects.waiting().get().pk}"
    assert client.post(f"{address}/confirm/").json()["answer"] == "confirmed"
    assert client.post(f"{address}/confirm/").json()["code"] == "already_answered"
    row = client.get(f"/api/v1/certificates/{certificate.number}/").json()
    assert (row["status"], row["end_category"]) == ("revoked", "mistake")


@pytest.mark.parametrize("count", [1, 3])
def test_questions_are_listed_with_as_many_queries_for_one_as_for_three(
    client, colleague, django_assert_max_num_queries, count
):
    for _turn in range(count):
        RevocationFactory()
    client.force_login(colleague)
    with django_assert_max_num_queries(4):
        assert len(client.get("/api/v1/revocations/").json()["results"]) == count
