import datetime as dt
import io
import zipfile

import pypdfium2
import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from certificates import actions
from certificates.models import Certificate
from participants.models import Enrolment, Event
from tests.factories import EnrolmentFactory, RoleFactory, ready_enrolment
from tests.factories.certificates import PAPER, CertificateFactory

pytestmark = pytest.mark.django_db


def said(response):
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def address(cohort, what=""):
    return f"/certificaten/lichting/{cohort.pk}/{what}"


def chosen(*enrolments, award_date=None):
    day = award_date or timezone.localdate()
    return {"enrolments": [each.pk for each in enrolments], "award_date": day.isoformat()}


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


# Issuing


def test_the_cohort_page_says_who_is_ready_and_why_others_are_not(office):
    cohort = ready_enrolment(participant__name="Marisol").cohort
    ready_enrolment(cohort=cohort, participant__name="Noor 漢")
    ready_enrolment(cohort=cohort, participant__name="Zoë", without=["pop"])
    page = office.get(address(cohort)).content.decode()
    assert "2 klaar, 1 nog bezig" in " ".join(page.split())
    assert "Naam nog niet bevestigd" in page
    assert "een teken dat we niet kunnen drukken" in page
    assert "Er is nog geen plan." in page


def test_who_was_revoked_is_shown_and_not_chosen_beforehand(office, coordinator):
    enrolment = ready_enrolment(participant__name="Marisol")
    assert " checked" in office.get(address(enrolment.cohort)).content.decode()
    issued = actions.issue(enrolment, by=coordinator)
    actions.revoke(issued, by=coordinator, reason="Te vroeg gemaakt")
    page = office.get(address(enrolment.cohort)).content.decode()
    assert "Eerder ingetrokken" in page
    assert " checked" not in page


def test_the_cohort_page_asks_the_same_for_one_person_and_for_three(office):
    cohort = ready_enrolment().cohort
    office.get(address(cohort))
    with CaptureQueriesContext(connection) as one:
        office.get(address(cohort))
    ready_enrolment(cohort=cohort)
    ready_enrolment(cohort=cohort, without=["gop"])
    with CaptureQueriesContext(connection) as three:
        office.get(address(cohort))
    assert len(three) == len(one)


def test_nothing_is_made_before_the_names_were_shown_and_confirmed(office):
    one = ready_enrolment(certificate_name="Marisol M. Martina")
    two = ready_enrolment(cohort=one.cohort)
    page = office.get(address(one.cohort, "maken/"), chosen(one, two)).content.decode()
    page = " ".join(page.split())
    assert "Marisol M. Martina" in page
    assert "Maak 2 certificaten" in page
    assert not Certificate.objects.exists()
    response = office.post(address(one.cohort, "maken/"), chosen(one, two))
    assert response.url == address(one.cohort)
    assert said(response) == "2 certificaten gemaakt."
    assert Certificate.objects.count() == 2


def test_one_of_the_ready_can_be_chosen(office):
    one = ready_enrolment()
    ready_enrolment(cohort=one.cohort)
    assert said(office.post(address(one.cohort, "maken/"), chosen(one))) == (
        "1 certificaat gemaakt."
    )
    assert Certificate.objects.get().enrolment == one


def test_a_second_click_makes_no_second_certificate(office):
    enrolment = ready_enrolment()
    office.post(address(enrolment.cohort, "maken/"), chosen(enrolment))
    again = office.post(address(enrolment.cohort, "maken/"), chosen(enrolment))
    assert "1 persoon had het certificaat al" in said(again)
    assert Certificate.objects.count() == 1


def test_a_name_that_cannot_be_printed_is_told_and_nothing_is_made(office):
    one = ready_enrolment()
    two = ready_enrolment(cohort=one.cohort, participant__name="Noor 漢")
    response = office.post(address(one.cohort, "maken/"), chosen(one, two))
    assert "(U+6F22)" in said(response)
    assert not Certificate.objects.exists()


@pytest.mark.parametrize("days", [-1, 61])
def test_an_award_date_out_of_range_comes_back_with_a_sentence(office, days):
    enrolment = ready_enrolment()
    day = timezone.localdate() + dt.timedelta(days=days)
    response = office.post(address(enrolment.cohort, "maken/"), chosen(enrolment, award_date=day))
    assert "hoogstens 60 dagen vooruit" in response.content.decode()
    assert not Certificate.objects.exists()


def test_people_of_another_cohort_cannot_be_slipped_in(office):
    here, there = ready_enrolment(), ready_enrolment()
    response = office.post(address(here.cohort, "maken/"), chosen(there))
    assert "hoort niet bij deze lichting" in response.content.decode()
    assert not Certificate.objects.exists()


def test_choosing_nobody_says_what_to_do(office):
    response = office.get(address(ready_enrolment().cohort, "maken/"), {"award_date": ""})
    assert "Kies minstens één persoon." in response.content.decode()


# One certificate


def test_a_certificate_is_revoked_after_a_reason_was_given(office):
    certificate = CertificateFactory(number="LL-2027-0048")
    empty = office.post("/certificaten/LL-2027-0048/intrekken/", {"reason": " "})
    assert "Schrijf op waarom" in empty.content.decode()
    office.post("/certificaten/LL-2027-0048/intrekken/", {"reason": "Te vroeg gemaakt"})
    certificate.refresh_from_db()
    assert certificate.status == "revoked"
    page = office.get("/certificaten/LL-2027-0048/").content.decode()
    assert "Te vroeg gemaakt" in page
    again = office.post("/certificaten/LL-2027-0048/intrekken/", {"reason": "Nog eens"})
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


# The whole batch


def issued_batch(coordinator, count=3):
    cohort = ready_enrolment(participant__name="Noor Bakker").cohort
    for _person in range(count - 1):
        ready_enrolment(cohort=cohort, participant__name="Noor Bakker")
    actions.issue_all(Enrolment.objects.all(), by=coordinator)
    return cohort


def test_the_zip_holds_every_valid_certificate_also_of_namesakes(office, coordinator):
    cohort = issued_batch(coordinator)
    CertificateFactory(revoked=True, enrolment=EnrolmentFactory(cohort=cohort))
    CertificateFactory()
    response = office.post(address(cohort, "certificaten.zip"))
    content = b"".join(response.streaming_content)
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert len([name for name in names if name.endswith(".pdf")]) == 3
    assert response["Cache-Control"] == "private, no-store"
    assert Event.objects.filter(act="certificate_exported", actor=coordinator).count() == 3


def test_the_pdf_for_the_printer_has_two_pages_for_each(office, coordinator):
    cohort = issued_batch(coordinator, 2)
    response = office.post(address(cohort, "certificaten.pdf"))
    assert len(pypdfium2.PdfDocument(response.content)) == 4
    assert Event.objects.filter(act="certificate_exported").count() == 2


@pytest.mark.parametrize("file", ["certificaten.zip", "certificaten.pdf"])
def test_with_nothing_to_export_there_is_a_sentence(office, file):
    cohort = CertificateFactory(revoked=True).enrolment.cohort
    response = office.post(address(cohort, file))
    assert "nog geen geldige certificaten" in said(response)
    assert not Event.objects.filter(act="certificate_exported").exists()


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
