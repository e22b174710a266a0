"""Taking lists along: who may, what for, what it holds, and that it is written down."""

import csv
import datetime as dt
import io
import os
import time

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from leerlijn import ticking
from participants.exports import actions, making
from participants.exports.kinds import KINDS
from participants.exports.models import Export, Told, Why
from participants.models import Event
from tests.factories import (
    AttendanceFactory,
    CohortFactory,
    EnrolmentFactory,
    HourEntryFactory,
    RoleFactory,
    SessionFactory,
)
from tests.factories.certificates import CertificateFactory
from tests.factories.leaving import ExportFactory

pytestmark = pytest.mark.django_db
WHY = {"why": "meeting", "form": "csv"}
OFFICE = Told(Why.OFFICE)


@pytest.fixture
def cohort():
    return CohortFactory()


@pytest.fixture
def coordinator(cohort):
    return RoleFactory(kind="coordinator", cohort=cohort).user


@pytest.fixture
def office(client, coordinator):
    client.force_login(coordinator)
    return client


@pytest.fixture
def person(cohort):
    return EnrolmentFactory(cohort=cohort, participant__name="=HYPERLINK(1)")


def door(cohort, kind, query=""):
    return f"/lichtingen/{cohort.pk}/meenemen/{kind}/{query}"


def rows_of(response):
    text = response.getvalue().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def furnish(person):
    """Something of every kind, with a text of each that would be a formula."""
    HourEntryFactory(enrolment=person, description="＝cmd", minutes=90)
    meeting = SessionFactory(closed=True, title="+1", cohorts=[person.cohort])
    AttendanceFactory(enrolment=person, session=meeting)
    CertificateFactory(enrolment=person, name="@SOM(A1)")


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_list_in_every_form_holds_no_formula(office, cohort, person, kind):
    furnish(person)
    for form in KINDS[kind].forms:
        content = office.post(door(cohort, kind), WHY | {"form": form}).getvalue()
        if form == "csv":
            lines = csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")
            cells = [cell for line in lines for cell in line]
            assert [cell for cell in cells if cell[:1] in tuple("=+@＝")] == []
            assert any(cell.startswith("'") for cell in cells)
        if form == "xlsx":
            book = openpyxl.load_workbook(io.BytesIO(content))
            cells = [cell for sheet in book for row in sheet for cell in row]
            assert cells and [cell.value for cell in cells if cell.data_type == "f"] == []
    assert Export.objects.filter(kind=kind).count() == len(KINDS[kind].forms)


def test_the_log_says_who_what_how_many_when_which_and_why(office, cohort, coordinator, person):
    furnish(person)
    office.post(door(cohort, "hours", "?status=submitted"), WHY | {"reason": "Voor dinsdag"})
    export = Export.objects.get()
    assert (export.asked_by, export.kind, export.total) == (coordinator, "hours", 1)
    assert export.narrowed == "Stand: ingediend"
    page = office.get(f"/lichtingen/{cohort.pk}/meenemen/").content.decode()
    for said in (coordinator.name, "Stand: ingediend", "Overleg in het team: Voor dinsdag"):
        assert said in page
    event = Event.objects.get(act="hours_exported")
    assert (event.actor, event.subject) == (coordinator, f"cohort:{cohort.pk}")
    assert event.reason == "Overleg in het team: Voor dinsdag"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "Kies waar het voor is."),
        ({"why": "other"}, "Schrijf kort op waar het voor is."),
        ({"why": "zomaar"}, "Kies waar het voor is."),
    ],
)
def test_without_a_reason_nothing_leaves(office, cohort, person, given, said):
    furnish(person)
    response = office.post(door(cohort, "hours"), {"form": "csv", **given})
    assert said in response.content.decode()
    assert not Export.objects.exists()
    assert not Event.objects.filter(act="hours_exported").exists()


def test_a_form_that_this_list_does_not_have_is_refused(office, cohort, person):
    response = office.post(door(cohort, "accounting"), WHY)
    assert not response.streaming and not Export.objects.exists()


def test_what_the_address_narrows_to_is_what_leaves(office, cohort, person):
    HourEntryFactory(enrolment=person, kind="work", approved=True, minutes=61)
    HourEntryFactory(enrolment=person, kind="study", minutes=30)
    HourEntryFactory(enrolment=person, draft=True)
    HourEntryFactory()  # of another cohort
    assert len(rows_of(office.post(door(cohort, "hours"), WHY))) == 2
    [row] = rows_of(office.post(door(cohort, "hours", "?kind=work"), WHY))
    assert (row["Minuten"], row["Uren"], row["Stand"]) == ("61", "1,01", "akkoord")


def test_only_closed_registers_leave(office, cohort, person):
    AttendanceFactory(enrolment=person)
    AttendanceFactory(enrolment=person, session=SessionFactory(cohorts=[cohort]))
    assert len(rows_of(office.post(door(cohort, "attendance"), WHY))) == 1


def test_nothing_to_take_is_said_and_not_written_down(office, cohort):
    response = office.post(door(cohort, "hours"), WHY)
    assert "Hier staat niets om mee te nemen." in response.content.decode()
    assert not Export.objects.exists()


def test_a_list_that_is_not_known_is_not_there(office, cohort):
    assert office.get(door(cohort, "alles")).status_code == 404


@pytest.mark.parametrize("role", ["trainer", "assessor"])
def test_who_does_not_coordinate_takes_nothing_by_any_door(client, cohort, person, role):
    furnish(person)
    user = RoleFactory(kind=role, cohort=cohort).user
    client.force_login(user)
    for kind in KINDS.values():
        assert client.post(door(cohort, kind.key), WHY).status_code == 403
        with pytest.raises(PermissionDenied):
            actions.take(kind, cohort, "xlsx", {}, by=user, told=OFFICE)
    assert not Export.objects.exists()


# Much


@pytest.fixture
def large(monkeypatch, person):
    """Two rows are more than one waits for."""
    monkeypatch.setattr(actions, "AT_ONCE", 1)
    HourEntryFactory.create_batch(2, enrolment=person)


def test_what_is_just_not_too_much_leaves_at_once(office, cohort, large, monkeypatch):
    assert office.post(door(cohort, "hours"), WHY).status_code == 302
    monkeypatch.setattr(actions, "AT_ONCE", 2)
    assert office.post(door(cohort, "hours"), WHY).streaming


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_much_is_made_apart_and_fetched_by_who_asked(office, cohort, large, form):
    response = office.post(door(cohort, "hours"), WHY | {"form": form})
    export = Export.objects.get()
    assert response.url == f"/meegenomen/{export.pk}/"
    assert (export.done, export.total, export.refusal) == (2, 2, "")
    assert "Je bestand staat klaar" in office.get(response.url).content.decode()
    fetched = office.get(f"{response.url}bestand/")
    assert fetched["Cache-Control"] == "private, no-store"
    if form == "csv":
        assert len(rows_of(fetched)) == 2
    else:
        assert openpyxl.load_workbook(io.BytesIO(fetched.getvalue())).active.max_row == 3
    [file] = making.SHELF.folder().iterdir()
    assert file.stat().st_mode & 0o077 == 0


def test_nobody_else_fetches_it_nor_who_lost_the_role(client, office, cohort, coordinator, large):
    url = office.post(door(cohort, "hours"), WHY).url
    coordinator.roles.all().delete()
    assert office.get(f"{url}bestand/").status_code == office.get(url).status_code == 404
    client.force_login(RoleFactory(coordinator=True).user)
    assert client.get(f"{url}bestand/").status_code == client.get(url).status_code == 404


def test_who_lost_the_role_before_it_was_made_gets_a_sentence(cohort, coordinator, large):
    export = ExportFactory(cohort=cohort, asked_by=coordinator, total=2)
    coordinator.roles.all().delete()
    making.carry_out(export.pk)
    export.refresh_from_db()
    assert "geen coördinator meer" in export.refusal and export.path == ""


def test_after_its_day_the_file_goes_and_the_log_stays(office, cohort, large):
    url = office.post(door(cohort, "hours"), WHY).url
    [file] = making.SHELF.folder().iterdir()
    long_ago = time.time() - 2 * 60 * 60
    os.utime(file, (long_ago, long_ago))
    assert making.sweep() == 0 and file.exists()
    Export.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))
    assert office.get(f"{url}bestand/").url.endswith("/meenemen/")
    [outcome] = ticking.run([job for job in ticking.JOBS if job.name == "exports"])
    assert outcome.did == "1 forgotten"
    assert not file.exists() and Export.objects.count() == 1
    assert making.sweep() == 0


def test_what_lies_still_is_taken_up_once(cohort, coordinator, large):
    export = ExportFactory(cohort=cohort, asked_by=coordinator, total=2)
    assert (making.take_up(), making.take_up()) == (1, 0)
    export.refresh_from_db()
    assert export.path and export.done == 2


def test_work_that_goes_on_is_shown_and_can_be_gone_on_with(office, cohort, coordinator, large):
    export = ExportFactory(cohort=cohort, asked_by=coordinator, total=2)
    assert 'max="2" value="0"' in office.get(f"/meegenomen/{export.pk}/").content.decode()
    page = office.post(f"/meegenomen/{export.pk}/verder/", follow=True).content.decode()
    assert "Je bestand staat klaar" in page


@pytest.mark.parametrize("kind", list(KINDS))
def test_as_many_queries_for_three_as_for_one(
    kind, cohort, coordinator, person, django_assert_num_queries
):
    def taken():
        found = actions.look(KINDS[kind], cohort, {}, by=coordinator)
        b"".join(found.made["xlsx"]())

    furnish(person)
    taken()  # from here on the roles of who asks are known
    with CaptureQueriesContext(connection) as asked:
        taken()
    for _person in range(2):
        furnish(EnrolmentFactory(cohort=cohort))
    with django_assert_num_queries(len(asked)):
        taken()


@pytest.mark.parametrize(
    ("facts", "rule"),
    [
        ({"why": "other"}, "an_export_says_what_it_is_for"),
        ({"why": "zomaar"}, "an_export_says_what_it_is_for"),
        ({"done": 2}, "an_export_holds_no_more_than_was_asked"),
        ({"path": "x"}, "an_export_with_a_file_is_whole_and_ends"),
        (
            {"path": "x", "finished_at": timezone.now(), "expires_at": None},
            "an_export_with_a_file_is_whole_and_ends",
        ),
    ],
)
def test_the_database_refuses(facts, rule):
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        ExportFactory(**facts)
