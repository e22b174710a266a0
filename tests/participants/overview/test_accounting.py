"""The accounting to a funder: totals and a sample by number, without a name."""

import datetime as dt
import io

import openpyxl
import pypdfium2
import pytest
import time_machine

from participants.models import Event, Export
from participants.overview import accounting
from participants.overview.accounting_sheets import workbook
from participants.overview.periods import Period
from tests.factories import (
    AttendanceFactory,
    CohortFactory,
    EnrolmentFactory,
    HourEntryFactory,
    RoleFactory,
)
from tests.pdfa import faults

pytestmark = pytest.mark.django_db
WHOLE = Period(dt.date(2025, 1, 6), dt.date(2025, 7, 11))


@pytest.fixture(autouse=True)
def summer():
    with time_machine.travel("2025-07-12T12:00:00+02:00"):
        yield


@pytest.fixture
def cohort():
    return CohortFactory(name="=1+1 Lichting")


@pytest.fixture
def people(cohort):
    """Twelve people, each with as many hours of work as their turn, and one meeting."""
    found = []
    for turn in range(12):
        name = f"Wilma Voorbeeldnaam {turn}"
        enrolment = EnrolmentFactory(cohort=cohort, participant__name=name)
        HourEntryFactory(enrolment=enrolment, approved=True, minutes=60 + turn)
        found.append(enrolment)
    AttendanceFactory(enrolment=found[0], minutes=45)
    return found


@pytest.fixture
def coordinator(client, cohort):
    user = RoleFactory(coordinator=True, cohort=cohort).user
    client.force_login(user)
    return user


def numbers(facts):
    return [row["number"] for row in facts["sample"]["rows"]]


def test_the_same_seed_draws_the_same_people_and_another_seed_others(cohort, people):
    first = accounting.facts(cohort, WHOLE, seed="zonnebloem", size=5)
    again = accounting.facts(cohort, WHOLE, seed="zonnebloem", size=5)
    other = accounting.facts(cohort, WHOLE, seed="appelboom", size=5)
    assert numbers(first) == numbers(again) != numbers(other)
    assert len(numbers(first)) == 5 and first["sample"]["out_of"] == 12


def test_a_larger_sample_holds_the_smaller_one(cohort, people):
    few = accounting.facts(cohort, WHOLE, seed="zonnebloem", size=5)
    more = accounting.facts(cohort, WHOLE, seed="zonnebloem", size=9)
    assert set(numbers(few)) < set(numbers(more))


def test_a_number_stays_the_same_in_another_period(cohort, people):
    march = Period(dt.date(2025, 3, 1), dt.date(2025, 3, 31))
    assert set(numbers(accounting.facts(cohort, march, size=100))) == set(
        numbers(accounting.facts(cohort, WHOLE, size=100))
    )


def test_a_row_of_the_sample_adds_up_what_this_person_did(cohort, people):
    rows = accounting.facts(cohort, WHOLE, size=100)["sample"]["rows"]
    (row,) = [row for row in rows if row["key"] == people[0].pk]
    assert (row["work"], row["study"], row["there"], row["rows"]) == (60, 45, 1, 1)
    assert sum(row["work"] for row in rows) == dict(_hours(cohort))["Werk op de leerplek"]


def _hours(cohort):
    return accounting.facts(cohort, WHOLE)["hours"]


def taken(client, cohort, query="", form="pdf"):
    address = f"/lichtingen/{cohort.pk}/meenemen/accounting/{query}"
    return client.post(address, {"form": form, "why": "funder"})


def test_no_name_leaves_the_house(client, cohort, people, coordinator):
    for kind in ("pdf", "xlsx"):
        content = taken(client, cohort, form=kind).getvalue()
        said = text_of(kind, content)
        assert accounting.number(people[0].pk)[:3] in said
        assert "Wilma" not in said and "leerlijn.example" not in said


def text_of(kind, content):
    if kind == "pdf":
        assert faults(content) == []
        with pypdfium2.PdfDocument(content) as document:
            return " ".join(page.get_textpage().get_text_bounded() for page in document)
    book = openpyxl.load_workbook(io.BytesIO(content))
    return " ".join(str(cell.value) for sheet in book for row in sheet for cell in row)


def test_a_coordinator_finds_back_who_is_behind_a_number(client, cohort, people, coordinator):
    page = client.get(f"/lichtingen/{cohort.pk}/nummers/").content.decode()
    for enrolment in people:
        assert accounting.number(enrolment.pk) in page
        assert enrolment.participant.name in page


def test_no_cell_of_the_workbook_is_a_formula(cohort, people):
    facts = accounting.facts(cohort, WHOLE, seed="=SOM(A1)")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(workbook(facts))))
    cells = [cell for sheet in book for row in sheet for cell in row]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    assert "'=1+1 Lichting" in [cell.value for cell in cells]
    assert 12 in [cell.value for cell in cells]


def test_what_is_taken_along_is_written_down(client, cohort, people, coordinator):
    client.get(f"/lichtingen/{cohort.pk}/verantwoording/")
    assert not Event.objects.filter(act="accounting_exported").exists()
    taken(client, cohort)
    event = Event.objects.get(act="accounting_exported")
    assert (event.actor, event.subject) == (coordinator, f"cohort:{cohort.pk}")


@pytest.mark.parametrize("where", ["verantwoording/", "meenemen/accounting/"])
def test_dates_the_wrong_way_round_say_what_to_do(client, cohort, people, coordinator, where):
    query = "?van=2025-03-02&tot=2025-03-01"
    response = client.get(f"/lichtingen/{cohort.pk}/{where}{query}")
    assert "Draai ze om." in response.content.decode()
    assert not taken(client, cohort, query).streaming
    assert not Event.objects.filter(act="accounting_exported").exists()


def test_the_period_stands_in_the_log(client, cohort, people, coordinator):
    taken(client, cohort, "?van=2025-03-01&tot=2025-03-31")
    assert Export.objects.get().narrowed == "1-3-2025 tot en met 31-3-2025"


def test_as_many_queries_for_twelve_people_as_for_one(cohort, django_assert_num_queries):
    for turn in range(3):
        AttendanceFactory(enrolment=EnrolmentFactory(cohort=cohort))
        with django_assert_num_queries(8):
            assert len(numbers(accounting.facts(cohort, WHOLE))) == turn + 1


def test_days_that_are_still_to_come_are_not_accounted_for(client, cohort, people, coordinator):
    query = "?van=2025-07-13&tot=2025-07-20"
    page = client.get(f"/lichtingen/{cohort.pk}/verantwoording/{query}").content.decode()
    assert "Deze dag moet nog komen." in page and "Steekproef</h2>" not in page
    assert not taken(client, cohort, query).streaming


def test_a_cohort_that_has_yet_to_begin_has_nothing_to_account_for(client, coordinator, cohort):
    cohort.starts_on, cohort.ends_on = dt.date(2025, 9, 1), dt.date(2026, 7, 1)
    cohort.save()
    EnrolmentFactory(cohort=cohort, starts_on=cohort.starts_on)
    page = client.get(f"/lichtingen/{cohort.pk}/verantwoording/").content.decode()
    assert "begint op 1 september 2025" in page and "Deelnemers</h2>" not in page
    assert not taken(client, cohort).streaming
