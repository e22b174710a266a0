import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext

from certificates import actions
from certificates.models import Certificate
from tests.factories import EnrolmentFactory, RoleFactory, ready_enrolment
from tests.factories.certificates import PAPER, CertificateFactory

pytestmark = pytest.mark.django_db


def said(response):
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


# The register


def test_the_register_lists_certificates_of_ones_own_cohorts_only(client):
    mine, other = CertificateFactory(name="Marisol"), CertificateFactory(name="Iemand Anders")
    client.force_login(RoleFactory(kind="coordinator", cohort=mine.enrolment.cohort).user)
    page = client.get("/certificaten/").content.decode()
    assert "Marisol" in page
    assert other.name not in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("search=isol", {"Marisol"}),
        ("search=ll-2027-9001", {"Zoë"}),
        ("status=revoked", {"Zoë"}),
        ("status=valid", {"Marisol"}),
        ("", {"Marisol", "Zoë"}),
    ],
)
def test_the_register_is_narrowed_by_name_number_and_state(office, query, found):
    CertificateFactory(name="Marisol", number="LL-2027-9000")
    CertificateFactory(name="Zoë", number="LL-2027-9001", revoked=True)
    page = office.get(f"/certificaten/?{query}").content.decode()
    assert {name for name in ("Marisol", "Zoë") if name in page} == found


def test_the_register_is_narrowed_by_cohort(office):
    here, _there = CertificateFactory(name="Marisol"), CertificateFactory(name="Zoë")
    page = office.get(f"/certificaten/?cohort={here.enrolment.cohort_id}").content.decode()
    assert "Marisol" in page
    assert "Zoë" not in page


def test_the_register_asks_the_same_for_one_row_and_for_three(office):
    cohort = CertificateFactory().enrolment.cohort
    office.get("/certificaten/")
    with CaptureQueriesContext(connection) as one:
        office.get("/certificaten/")
    for _row in range(2):
        CertificateFactory(enrolment=EnrolmentFactory(cohort=cohort))
    with CaptureQueriesContext(connection) as three:
        office.get("/certificaten/")
    assert len(three) == len(one)


def test_the_register_is_paged(office):
    cohort = CertificateFactory().enrolment.cohort
    for _row in range(50):
        CertificateFactory(enrolment=EnrolmentFactory(cohort=cohort))
    assert len(office.get("/certificaten/?page=2").context["page_obj"].object_list) == 1


# One certificate


def test_a_certificate_is_revoked_after_a_reason_was_given(office):
    certificate = CertificateFactory(number="LL-2027-0048")
    empty = office.post("/certificaten/LL-2027-0048/intrekken/", {"reason": " "})
    assert "Schrijf op waarom" in empty.content.decode()
    assert "Kies een soort reden" in empty.content.decode()
    given = {"reason": "Te vroeg gemaakt", "category": "mistake"}
    office.post("/certificaten/LL-2027-0048/intrekken/", given)
    certificate.refresh_from_db()
    assert certificate.status == "revoked"
    page = office.get("/certificaten/LL-2027-0048/").content.decode()
    assert "Te vroeg gemaakt" in page
    again = office.post("/certificaten/LL-2027-0048/intrekken/", given)
    assert "geldt al niet meer" in again.content.decode()


def test_a_name_is_corrected_by_a_new_certificate(office):
    CertificateFactory(number="LL-2027-0048", name="Marisol Martna")
    same = office.post("/certificaten/LL-2027-0048/verbeteren/", {"name": "Marisol Martna"})
    assert "Deze naam staat al op het certificaat" in same.content.decode()
    response = office.post("/certificaten/LL-2027-0048/verbeteren/", {"name": "Marisol Martina"})
    new = Certificate.objects.valid().get()
    assert response.url == f"/certificaten/{new.number}/"
    assert "LL-2027-0048" in office.get(response.url).content.decode()
    assert new.number in office.get("/certificaten/LL-2027-0048/").content.decode()


def test_the_stored_bytes_come_out_unchanged_and_uncached(office):
    CertificateFactory(number="LL-2027-0048")
    response = office.get("/certificaten/LL-2027-0048/pdf/")
    assert response.content == PAPER
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'inline; filename="LL-2027-0048.pdf"'
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Content-Type-Options"] == "nosniff"
    kept = office.get("/certificaten/LL-2027-0048/pdf/?bewaar")
    assert kept["Content-Disposition"].startswith("attachment;")


# The holder


def test_holders_see_their_certificate_from_the_award_date(client):
    certificate = CertificateFactory(awaited=True)
    paper = f"/certificaten/{certificate.number}/pdf/"
    client.force_login(certificate.enrolment.participant)
    assert certificate.number not in client.get("/certificaat/").content.decode()
    assert client.get(paper).status_code == 404
    today = CertificateFactory(enrolment__participant=certificate.enrolment.participant)
    page = client.get("/certificaat/").content.decode()
    assert today.number in page
    assert f"/controle/{today.code}/" in page
    assert client.get(f"/certificaten/{today.number}/pdf/").status_code == 200


def test_holders_see_what_became_of_an_ended_certificate_but_not_why(client):
    certificate = CertificateFactory(revoked=True, end_reason="Kanarie")
    client.force_login(certificate.enrolment.participant)
    page = client.get("/certificaat/").content.decode()
    assert "ingetrokken" in page
    assert "Kanarie" not in page


def test_who_was_revoked_and_has_work_to_do_still_reads_what_comes_next(client):
    revoked = CertificateFactory(revoked=True)
    client.force_login(revoked.enrolment.participant)
    page = client.get("/").content.decode()
    assert "Eén ding nu" in page
    assert "Wij maken je certificaat" not in page


def test_who_was_revoked_and_has_all_is_not_told_that_a_certificate_is_made(client, coordinator):
    issued = actions.issue(ready_enrolment(), by=coordinator)
    actions.revoke(issued, by=coordinator, reason="Te vroeg gemaakt")
    client.force_login(issued.enrolment.participant)
    page = client.get("/").content.decode()
    assert "Je certificaat geldt niet meer" in page
    assert "Eén ding nu" not in page


def test_the_first_screen_tells_of_a_revoked_certificate_until_there_is_a_new_one(client):
    revoked = CertificateFactory(revoked=True)
    client.force_login(revoked.enrolment.participant)
    assert "Je certificaat geldt niet meer" in client.get("/").content.decode()
    CertificateFactory(enrolment=revoked.enrolment)
    page = client.get("/").content.decode()
    assert "Je certificaat geldt niet meer" not in page
    assert "je certificaat is er!" in page


def test_who_has_no_certificate_reads_where_it_will_stand(client):
    client.force_login(EnrolmentFactory().participant)
    assert "Hier komt je certificaat" in client.get("/certificaat/").content.decode()


def drawn(enrolment):
    template = Template(
        "{% load certificates %}{% last_certificate enrolment as last %}{% if last.is_valid %}"
        "{% include 'certificates/my_certificate.html' with certificate=last only %}{% endif %}"
    )
    return template.render(Context({"enrolment": enrolment}))


def test_the_panel_of_the_first_screen_costs_one_question(django_assert_num_queries):
    certificate = CertificateFactory()
    with django_assert_num_queries(1):
        panel = drawn(certificate.enrolment)
    assert "Leerlijn Buurtteams, behaald op" in panel
    assert f"/certificaten/{certificate.number}/pdf/?bewaar" in panel
    assert "/certificaat/#delen" in panel


@pytest.mark.parametrize("state", ["awaited", "revoked"])
def test_the_panel_is_empty_without_a_valid_certificate_of_today(state):
    assert drawn(CertificateFactory(**{state: True}).enrolment).strip() == ""
