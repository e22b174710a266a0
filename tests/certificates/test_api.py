import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from certificates import actions
from certificates.models import Certificate
from participants.models import Event
from tests.factories import EnrolmentFactory, RoleFactory, ready_enrolment
from tests.factories.certificates import PAPER, CertificateFactory

pytestmark = pytest.mark.django_db
LIST = "/api/v1/certificates/"


@pytest.fixture
def api():
    return APIClient()


@pytest.fixture
def office(api, coordinator):
    api.force_authenticate(coordinator)
    return api


def test_issuing_answers_the_new_certificate(office):
    enrolment = ready_enrolment(participant__name="Marisol Martina")
    response = office.post(LIST, {"enrolment": enrolment.pk})
    assert response.status_code == 201
    certificate = Certificate.objects.get()
    assert response.json() == {
        "number": certificate.number,
        "enrolment": enrolment.pk,
        "cohort": enrolment.cohort_id,
        "name": "Marisol Martina",
        "status": "valid",
        "issued_at": response.json()["issued_at"],
        "award_date": certificate.award_date.isoformat(),
        "check_url": f"http://testserver/controle/{certificate.code}/",
        "sha256": certificate.sha256,
        "ended_at": None,
        "end_category": "",
        "replaces": None,
        "replaced_by": None,
        "awaits_second_person": False,
    }


def test_issuing_twice_is_a_conflict(office):
    enrolment = ready_enrolment()
    office.post(LIST, {"enrolment": enrolment.pk})
    again = office.post(LIST, {"enrolment": enrolment.pk})
    assert (again.status_code, again.json()["code"]) == (409, "already_issued")


@pytest.mark.parametrize(
    ("facts", "code"),
    [({"work": 3599}, "criteria_not_met"), ({"certificate_name": "Noor 漢"}, "name_not_printable")],
)
def test_what_cannot_be_issued_says_why(office, facts, code):
    response = office.post(LIST, {"enrolment": ready_enrolment(**facts).pk})
    assert (response.status_code, response.json()["code"]) == (400, code)
    assert response.json()["detail"]
    assert not Certificate.objects.exists()


def test_an_enrolment_that_one_may_not_see_is_like_one_that_is_not_there(api):
    theirs = ready_enrolment()
    api.force_authenticate(RoleFactory(kind="coordinator").user)
    foreign, nowhere = (api.post(LIST, {"enrolment": pk}) for pk in (theirs.pk, 999_999))
    assert foreign.status_code == nowhere.status_code == 404
    assert foreign.json() == nowhere.json()


def test_who_sees_an_enrolment_may_not_always_issue(api):
    enrolment = ready_enrolment()
    trainer = RoleFactory(cohort=enrolment.cohort).user
    for person in (trainer, enrolment.participant):
        api.force_authenticate(person)
        assert api.post(LIST, {"enrolment": enrolment.pk}).status_code == 403
    assert not Certificate.objects.exists()


@pytest.mark.parametrize(
    "sent", [{}, {"enrolment": "alle"}, {"enrolment": None}, {"enrolment": -1}]
)
def test_what_is_no_enrolment_is_named_as_a_field(office, sent):
    response = office.post(LIST, sent)
    assert response.status_code == 400
    assert list(response.json()["fields"]) == ["enrolment"]


def test_an_award_date_may_be_asked_for(office):
    enrolment = ready_enrolment()
    response = office.post(LIST, {"enrolment": enrolment.pk, "award_date": "2001-01-01"})
    assert response.json()["code"] == "award_date_out_of_range"


def test_the_list_is_narrowed_as_the_page_is(office):
    kept = CertificateFactory(name="Marisol")
    CertificateFactory(name="Zoë", revoked=True)
    for query in (
        "status=valid",
        "search=mari",
        f"cohort={kept.enrolment.cohort_id}",
        f"enrolment={kept.enrolment_id}",
    ):
        results = office.get(f"{LIST}?{query}").json()["results"]
        assert [row["number"] for row in results] == [kept.number], query


def test_holders_see_their_own_from_the_award_date_on(api):
    today = CertificateFactory()
    CertificateFactory(awaited=True, enrolment__participant=today.enrolment.participant)
    CertificateFactory()
    api.force_authenticate(today.enrolment.participant)
    assert [row["number"] for row in api.get(LIST).json()["results"]] == [today.number]


def test_the_list_asks_the_same_for_one_row_and_for_three(office):
    CertificateFactory()
    with CaptureQueriesContext(connection) as one:
        office.get(LIST)
    CertificateFactory()
    CertificateFactory()
    with CaptureQueriesContext(connection) as three:
        assert len(office.get(LIST).json()["results"]) == 3
    assert len(three) == len(one)


@pytest.mark.parametrize("accept", ["*/*", "application/json", "application/pdf"])
def test_the_pdf_comes_whatever_is_accepted(office, accept):
    certificate = CertificateFactory()
    response = office.get(f"{LIST}{certificate.number}/pdf/", headers={"accept": accept})
    assert (response.status_code, response.content) == (200, PAPER)
    assert response["Content-Type"] == "application/pdf"
    missing = office.get(f"{LIST}LL-1999-0001/pdf/", headers={"accept": accept})
    assert (missing.status_code, missing.json()["code"]) == (404, "not_found")


def test_revoking_answers_the_certificate_as_it_is_now(office):
    certificate = CertificateFactory()
    response = office.post(f"{LIST}{certificate.number}/revoke/", {"reason": "Te vroeg"})
    assert (response.status_code, response.json()["status"]) == (200, "revoked")
    again = office.post(f"{LIST}{certificate.number}/revoke/", {"reason": "Nog eens"})
    assert (again.status_code, again.json()["code"]) == (400, "already_ended")
    silent = office.post(f"{LIST}{certificate.number}/revoke/", {"reason": " "})
    assert list(silent.json()["fields"]) == ["reason"]


def test_correcting_answers_the_new_one(office):
    old = CertificateFactory(name="Marisol Martna")
    response = office.post(f"{LIST}{old.number}/correct/", {"name": "Marisol Martina"})
    assert (response.status_code, response.json()["name"]) == (201, "Marisol Martina")
    assert response.json()["number"] != old.number
    assert office.get(f"{LIST}{old.number}/").json()["status"] == "replaced"
    assert Event.objects.filter(act="certificate_corrected").count() == 1


@pytest.mark.parametrize(("act", "sent"), [("revoke", {"reason": "x"}), ("correct", {"name": "x"})])
def test_holders_may_see_but_not_end_their_certificate(api, act, sent):
    certificate = CertificateFactory()
    api.force_authenticate(certificate.enrolment.participant)
    assert api.post(f"{LIST}{certificate.number}/{act}/", sent).status_code == 403
    assert Certificate.objects.get().status == "valid"


def test_anyone_with_the_code_reads_what_was_earned(api, coordinator):
    enrolment = ready_enrolment(participant__name="Marisol Martina")
    certificate = actions.issue(enrolment, by=coordinator)
    response = api.get(f"/api/v1/check/{certificate.code}/")
    told = response.json()
    assert (told["status"], told["shown"]) == ("valid", "full")
    assert told["number"] == certificate.number
    assert told["name"] == "Marisol Martina"
    assert told["track"] == enrolment.cohort.track.name
    assert told["cohort"] == enrolment.cohort.name
    assert told["period"] == {"starts_on": "2025-01-06", "ends_on": "2025-07-11"}
    assert (told["study_minutes"], told["work_minutes"]) == (3600, 3600)
    assert [row["key"] for row in told["criteria"]] == [
        "work",
        "study",
        "lessons",
        "intervision",
        "pop",
        "gop",
        "interview",
    ]
    assert told["issued_on"] == certificate.award_date.isoformat()
    assert response["Cache-Control"] == "no-store"


def test_in_short_the_keys_are_there_and_tell_no_hours(api, coordinator):
    certificate = CertificateFactory()
    api.force_authenticate(certificate.enrolment.participant)
    assert api.post(f"{LIST}{certificate.number}/show/", {"shown": "short"}).status_code == 200
    told = api.get(f"/api/v1/check/{certificate.code}/").json()
    assert (told["shown"], told["name"]) == ("short", certificate.name)
    assert told["track"] and told["provider"]
    assert told["issued_on"] == certificate.award_date.isoformat()
    unsaid = ("cohort", "period", "study_minutes", "work_minutes", "criteria")
    assert [told[key] for key in unsaid] == [None] * 5


def test_an_ended_certificate_tells_its_state_and_not_whose_it_was(api, coordinator):
    old = CertificateFactory(name="Marisol Martna")
    new = actions.correct(old, by=coordinator, name="Marisol Martina")
    told = api.get(f"/api/v1/check/{old.code}/").json()
    assert (told["status"], told["replaced_by"], told["name"]) == ("replaced", new.number, None)
    actions.revoke(new, by=coordinator, reason="Kanarie")
    answer = api.get(f"/api/v1/check/{new.code}/")
    assert (answer.json()["status"], answer.json()["name"]) == ("revoked", None)
    assert b"Kanarie" not in answer.content


def test_unknown_and_not_yet_awarded_are_the_same_answer(api):
    early, unknown = (
        api.get(f"/api/v1/check/{code}/")
        for code in (CertificateFactory(awaited=True).code, "onbekend")
    )
    assert early.status_code == unknown.status_code == 404
    assert early.json() == unknown.json()


def test_certificates_are_nobodys_without_login(api):
    CertificateFactory(enrolment=EnrolmentFactory())
    assert api.get(LIST).status_code == 401
