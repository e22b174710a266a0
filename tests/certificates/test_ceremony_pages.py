"""The pages of a ceremony: who is ready, making, how far it is, and what one takes along."""

import csv
import datetime as dt
import io
import uuid
import zipfile

import pypdfium2
import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from certificates import actions
from certificates.ceremonies import exporting
from certificates.ceremonies.models import Batch, Bundle
from certificates.models import Certificate
from participants.models import Enrolment, Event
from tests.factories import CohortFactory, EnrolmentFactory, RoleFactory, ready_enrolment
from tests.factories.ceremonies import BatchFactory, BatchLineFactory, BundleFactory
from tests.factories.certificates import CertificateFactory

pytestmark = pytest.mark.django_db


def said(response):
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def address(cohort, what=""):
    return f"/certificaten/lichting/{cohort.pk}/{what}"


def shown(client, place):
    return " ".join(client.get(place).content.decode().split())


def chosen(*enrolments, award_date=None, **more):
    day = award_date or timezone.localdate()
    return {"enrolments": [each.pk for each in enrolments], "award_date": day.isoformat(), **more}


def made(office, *enrolments, **more):
    """The page that one comes to after confirming."""
    response = office.post(address(enrolments[0].cohort, "maken/"), chosen(*enrolments, **more))
    return response.url


def queries(client, place):
    with CaptureQueriesContext(connection) as asked:
        client.get(place)
    return len(asked)


# Who is ready


def test_the_cohort_page_says_who_is_ready_and_why_others_are_not(office):
    cohort = ready_enrolment(participant__name="Marisol").cohort
    ready_enrolment(cohort=cohort, participant__name="Noor 漢")
    ready_enrolment(cohort=cohort, participant__name="Zoë", without=["pop"])
    page = shown(office, address(cohort))
    assert "2 klaar, 1 nog bezig" in page
    assert "Naam nog niet bevestigd" in page
    assert "een teken dat we niet kunnen drukken" in page
    assert "Er is nog geen plan." in page
    assert "Bekijk en maak" in page


def test_the_cohort_page_in_which_nobody_can_be_made_offers_nothing_to_make(office):
    cohort = ready_enrolment(participant__name="Noor 漢").cohort
    page = shown(office, address(cohort))
    assert "U+6F22" in page
    assert "Bekijk en maak" not in page


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("nobody", "doet nog niemand mee"),
        ("busy", "Nu is er niemand klaar."),
        ("all", "Iedereen van deze lichting heeft een certificaat."),
    ],
)
def test_the_cohort_page_without_anybody_ready_says_how_it_stands(office, state, sentence):
    cohort = CohortFactory()
    if state == "busy":
        EnrolmentFactory(cohort=cohort)
    if state == "all":
        CertificateFactory(enrolment__cohort=cohort)
    assert sentence in shown(office, address(cohort))


def test_who_was_revoked_is_shown_and_not_chosen_beforehand(office, coordinator):
    enrolment = ready_enrolment(participant__name="Marisol")
    assert " checked" in office.get(address(enrolment.cohort)).content.decode()
    issued = actions.issue(enrolment, by=coordinator)
    actions.revoke(issued, by=coordinator, reason="Te vroeg gemaakt")
    page = office.get(address(enrolment.cohort)).content.decode()
    assert "Eerder ingetrokken" in page
    assert " checked" not in page


def test_whom_one_assessed_alone_is_left_to_another(office, coordinator):
    enrolment = ready_enrolment()
    interview = enrolment.interviews.get()
    interview.seats.all().delete()
    RoleFactory(kind="assessor", cohort=enrolment.cohort, user=coordinator)
    now = timezone.now()
    interview.seats.create(assessor=coordinator, independent_at=now, rated_at=now)
    page = shown(office, address(enrolment.cohort))
    assert "Jij was de enige beoordelaar." in page
    assert "Bekijk en maak" not in page
    made(office, enrolment)
    assert not Certificate.objects.exists()


def test_the_cohort_page_asks_the_same_for_one_person_and_for_three(office):
    cohort = ready_enrolment().cohort
    office.get(address(cohort))
    one = queries(office, address(cohort))
    ready_enrolment(cohort=cohort)
    ready_enrolment(cohort=cohort, without=["gop"])
    assert queries(office, address(cohort)) == one


def test_a_name_is_confirmed_by_telephone_on_the_spot(office, coordinator):
    enrolment = ready_enrolment(participant__name="Marisol Martina")
    response = office.post(f"/certificaten/naam/{enrolment.pk}/")
    assert said(response) == "De naam Marisol Martina is bevestigd."
    enrolment.refresh_from_db()
    assert enrolment.name_confirmed_how == "bevestigd per telefoon"
    assert enrolment.name_confirmed_by == coordinator
    page = office.get(address(enrolment.cohort)).content.decode()
    assert "Naam bevestigd" in page
    assert "Bevestigd per telefoon" not in page


def test_a_name_that_cannot_be_printed_cannot_be_confirmed_either(office):
    enrolment = ready_enrolment(participant__name="Noor 漢")
    response = office.post(f"/certificaten/naam/{enrolment.pk}/")
    assert "(U+6F22)" in said(response)
    enrolment.refresh_from_db()
    assert enrolment.name_confirmed_at is None


# Making


def test_nothing_is_made_before_the_names_were_shown_and_confirmed(office):
    one = ready_enrolment(certificate_name="Marisol M. Martina")
    two = ready_enrolment(cohort=one.cohort)
    page = " ".join(
        office.get(address(one.cohort, "maken/"), chosen(one, two)).content.decode().split()
    )
    assert "Marisol M. Martina" in page
    assert "Maak 2 certificaten" in page
    assert not Certificate.objects.exists()
    page = shown(office, made(office, one, two))
    assert "2 gemaakt, 0 overgeslagen." in page
    assert Certificate.objects.count() == 2


def test_one_of_the_ready_can_be_chosen(office):
    one = ready_enrolment()
    ready_enrolment(cohort=one.cohort)
    made(office, one)
    assert Certificate.objects.get().enrolment == one


def test_a_name_that_cannot_be_printed_is_left_out_in_sight_and_stops_nobody(office):
    one = ready_enrolment()
    two = ready_enrolment(cohort=one.cohort, participant__name="Noor 漢")
    response = office.get(address(one.cohort, "maken/"), chosen(one, two))
    page = " ".join(response.content.decode().split())
    assert "Maak 1 certificaat?" in page
    assert "Gaat nu niet mee" in page
    assert "(U+6F22)" in page
    assert f'name="enrolments" value="{two.pk}"' not in page
    page = shown(office, made(office, one, two))
    assert "1 gemaakt, 1 overgeslagen." in page
    assert "(U+6F22)" in page


def test_the_page_sent_twice_comes_to_one_batch_and_makes_no_second_certificate(office):
    enrolment, key = ready_enrolment(), str(uuid.uuid4())
    assert made(office, enrolment, key=key) == made(office, enrolment, key=key)
    response = office.post(address(enrolment.cohort, "maken/"), chosen(enrolment))
    assert "heeft al een certificaat" in said(response)
    assert Certificate.objects.count() == Batch.objects.count() == 1


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


# How far it is


def test_a_batch_that_goes_on_shows_how_far_it_is_and_can_be_come_back_to(office):
    batch = BatchFactory()
    BatchLineFactory(batch=batch)
    BatchLineFactory(batch=batch, passed=True)
    page = shown(office, f"/certificaten/reeks/{batch.pk}/")
    assert "We zijn bezig" in page
    assert 'max="2" value="1"' in page
    assert "0 gemaakt, 1 overgeslagen." in page
    assert "Nog niet alles is behaald." in page
    assert "Kijk hoe ver het is" in page  # also without script
    assert "langer dan normaal" not in page
    assert f"/certificaten/reeks/{batch.pk}/" in shown(office, address(batch.cohort))


@pytest.mark.parametrize(("seconds", "late"), [(29, False), (31, True)])
@pytest.mark.parametrize("sign", ["asked_at", "alive_at"])
def test_when_nobody_takes_it_up_the_page_says_so_after_a_while(office, sign, seconds, late):
    moment = timezone.now() - dt.timedelta(seconds=seconds)
    batch = BatchFactory(**{"asked_at": moment, sign: moment})
    BatchLineFactory(batch=batch)
    page = shown(office, f"/certificaten/reeks/{batch.pk}/")
    assert ("Dit duurt langer dan normaal" in page) == late


def test_a_batch_that_lies_still_is_gone_on_with_by_a_button(office):
    enrolment = ready_enrolment()
    batch = BatchFactory(cohort=enrolment.cohort)
    BatchLineFactory(batch=batch, enrolment=enrolment)
    response = office.post(f"/certificaten/reeks/{batch.pk}/verder/")
    assert "1 gemaakt, 0 overgeslagen." in shown(office, response.url)


def test_a_batch_that_was_stopped_says_why(office):
    batch = BatchFactory(finished=True, refusal="Ellen is geen coördinator meer.")
    page = shown(office, f"/certificaten/reeks/{batch.pk}/")
    assert "Gestopt" in page
    assert "Ellen is geen coördinator meer." in page


def test_the_page_of_a_batch_asks_the_same_for_one_person_and_for_three(office, coordinator):
    def batch_of(count):
        first = ready_enrolment()
        for _person in range(count - 1):
            ready_enrolment(cohort=first.cohort)
        return made(office, *Enrolment.objects.filter(cohort=first.cohort))

    one, three = batch_of(1), batch_of(3)
    office.get(one)
    assert queries(office, three) == queries(office, one)


# What one takes along

FOR_IT = {"why": "ceremony"}


def issued_batch(coordinator, *names):
    cohort = ready_enrolment(participant__name=names[0]).cohort
    for name in names[1:]:
        ready_enrolment(cohort=cohort, participant__name=name)
    actions.issue_all(Enrolment.objects.filter(cohort=cohort), by=coordinator)
    return cohort


def taken(response):
    return b"".join(response.streaming_content)


def test_the_zip_holds_every_valid_certificate_also_of_namesakes(office, coordinator):
    cohort = issued_batch(coordinator, "Zoë Abel", "Noor Bakker", "Noor Bakker")
    CertificateFactory(revoked=True, enrolment=EnrolmentFactory(cohort=cohort))
    CertificateFactory()
    response = office.post(address(cohort, "certificaten.zip"), FOR_IT)
    archive = zipfile.ZipFile(io.BytesIO(taken(response)))
    assert len([name for name in archive.namelist() if name.endswith(".pdf")]) == 3
    rows = csv.DictReader(io.StringIO(archive.read("lijst.csv").decode("utf-8-sig")), delimiter=";")
    for row in rows:
        certificate = Certificate.objects.get(number=row["nummer"])
        assert archive.read(row["bestand"]) == bytes(certificate.document.pdf)
        assert row["sha256"] == certificate.sha256
    assert response["Cache-Control"] == "private, no-store"
    assert Event.objects.filter(act="certificate_exported", actor=coordinator).count() == 3


@pytest.mark.parametrize(("sides", "each"), [("", 2), ("fronts", 1)])
def test_the_pdf_for_the_printer_goes_by_name(office, coordinator, sides, each):
    cohort = issued_batch(coordinator, "Zoë Abel", "Áron Bakker", "Mehmet Can")
    pdf = taken(office.post(address(cohort, "certificaten.pdf"), FOR_IT | {"sides": sides}))
    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf)]
    assert len(pages) == 3 * each
    found = zip(["Áron", "Mehmet", "Zoë"], pages[::each], strict=True)
    assert all(name in page for name, page in found)
    assert Event.objects.filter(act="certificate_exported").count() == 3


def listed(office, cohort, **asked):
    response = office.post(address(cohort, "uitreiklijst.pdf"), FOR_IT | asked)
    file = pypdfium2.PdfDocument(response.content)
    return "\n".join(page.get_textpage().get_text_bounded() for page in file)


def test_the_list_on_the_table_tells_nothing_of_who_is_not_ready(office, coordinator):
    cohort = issued_batch(coordinator, "Zoë Abel", "Áron Bakker")
    ready_enrolment(cohort=cohort, participant__name="Mehmet Can", without=["pop"])
    table = listed(office, cohort)
    assert table.index("Áron Bakker") < table.index("Zoë Abel")
    assert Certificate.objects.first().number in table
    assert "Mehmet" not in table
    assert Event.objects.filter(act="certificate_exported").count() == 2
    own = listed(office, cohort, **{"for": "coordinator"})
    assert "Mehmet Can" in own
    assert "Er is nog geen plan." in own
    assert "Leg hem niet op tafel" in own


@pytest.mark.parametrize("file", ["certificaten.zip", "certificaten.pdf", "uitreiklijst.pdf"])
def test_with_nothing_to_export_there_is_a_sentence(office, file):
    cohort = CertificateFactory(revoked=True).enrolment.cohort
    response = office.post(address(cohort, file), FOR_IT)
    assert "nog geen geldige certificaten" in said(response)
    assert not Event.objects.filter(act="certificate_exported").exists()


def test_what_it_is_for_is_asked_and_written_down(office, coordinator):
    cohort = issued_batch(coordinator, "Zoë Abel")
    for file in ("certificaten.zip", "certificaten.pdf", "uitreiklijst.pdf"):
        assert "Kies waar het voor is" in said(office.post(address(cohort, file)))
    assert not Event.objects.filter(act="certificate_exported").exists()
    taken(office.post(address(cohort, "certificaten.pdf"), {"why": "asked"}))
    kept = Event.objects.get(act="certificate_exported")
    assert kept.reason == "Een deelnemer vroeg erom"


@pytest.mark.parametrize(("limit", "at_once"), [(2, True), (1, False)])
def test_what_is_much_is_made_in_the_background(office, coordinator, monkeypatch, limit, at_once):
    cohort = issued_batch(coordinator, "Zoë Abel", "Áron Bakker")
    monkeypatch.setattr(exporting, "AT_ONCE", limit)
    response = office.post(address(cohort, "certificaten.zip"), FOR_IT)
    assert (response.status_code == 200) == at_once
    if not at_once:
        assert "Je bestand staat klaar" in shown(office, response.url)
        file = office.get(response.url + "bestand/")
        assert len(zipfile.ZipFile(io.BytesIO(taken(file))).namelist()) == 3
        assert file["Cache-Control"] == "private, no-store"


def test_a_bundle_is_there_for_who_asked_for_it_and_nobody_else(client, office, coordinator):
    bundle = BundleFactory(asked_by=coordinator)
    place = f"/certificaten/bundel/{bundle.pk}/"
    assert office.get(place).status_code == 200
    client.force_login(RoleFactory(coordinator=True).user)
    for what in ("", "bestand/"):
        assert client.get(place + what).status_code == 404
    client.force_login(coordinator)
    coordinator.roles.all().delete()
    assert client.get(place).status_code == 404


def test_a_bundle_that_goes_on_shows_how_far_it_is(office, coordinator):
    bundle = BundleFactory(asked_by=coordinator, total=900, done=450)
    page = shown(office, f"/certificaten/bundel/{bundle.pk}/")
    assert 'max="900" value="450"' in page
    assert "Je bestand staat klaar" not in page


def test_a_bundle_that_expired_says_so(office, coordinator):
    bundle = BundleFactory(
        asked_by=coordinator, finished=True, path="weg", expires_at=timezone.now()
    )
    place = f"/certificaten/bundel/{bundle.pk}/"
    assert "We bewaren zo'n bestand één dag." in shown(office, place)
    assert "Dit bestand is er niet meer." in said(office.get(place + "bestand/"))


def test_a_bundle_that_lies_still_is_gone_on_with_by_a_button(office, coordinator):
    cohort = issued_batch(coordinator, "Zoë Abel")
    bundle = BundleFactory(asked_by=coordinator, cohort=cohort, kind=Bundle.Kind.FRONTS)
    response = office.post(f"/certificaten/bundel/{bundle.pk}/verder/")
    assert "Je bestand staat klaar" in shown(office, response.url)
