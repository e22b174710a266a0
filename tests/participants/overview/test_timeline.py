"""The story of one person on one line: in order, and only what the reader may see."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from participants.events.actions import decided
from participants.overview.timeline import story
from tests.factories import (
    AttendanceFactory,
    EnrolmentFactory,
    ExemptionFactory,
    FeedbackFactory,
    FinalInterviewFactory,
    HourEntryFactory,
    PauseFactory,
    PlacementFactory,
    PlanVersionFactory,
    PopFactory,
    RoleFactory,
    TrainingChoiceFactory,
)
from tests.factories.certificates import CertificateFactory

pytestmark = pytest.mark.django_db
MOMENT = dt.datetime(2025, 3, 20, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def in_may():
    with time_machine.travel("2025-05-05T12:00:00+02:00"):
        yield


@pytest.fixture
def enrolment():
    return EnrolmentFactory()


@pytest.fixture
def trainer(enrolment):
    return RoleFactory(cohort=enrolment.cohort).user


@pytest.fixture
def coordinator(enrolment):
    return RoleFactory(coordinator=True, cohort=enrolment.cohort).user


@pytest.fixture
def lived(enrolment):
    """Somebody to whom everything happened."""
    decided("admitted", enrolment, by=enrolment.decided_by, reason="Past goed in de groep")
    HourEntryFactory(enrolment=enrolment, approved=True, minutes=90)
    HourEntryFactory(enrolment=enrolment, approved=True, minutes=30, date=dt.date(2025, 3, 9))
    HourEntryFactory(enrolment=enrolment, draft=True, minutes=47)
    HourEntryFactory(enrolment=enrolment, returned=True, kind="study", minutes=60)
    AttendanceFactory(enrolment=enrolment)
    PauseFactory(enrolment=enrolment)
    ExemptionFactory(enrolment=enrolment, minutes=120)
    TrainingChoiceFactory(enrolment=enrolment)
    PlacementFactory(enrolment=enrolment)
    plan = PopFactory(enrolment=enrolment, status="shared")
    version = PlanVersionFactory(plan=plan, shared_at=MOMENT)
    FeedbackFactory(version=version, text="Wat bedoel je met grenzen?")
    FinalInterviewFactory(enrolment=enrolment, planned_at=MOMENT)
    CertificateFactory(enrolment=enrolment, award_date=dt.date(2025, 5, 20))
    return enrolment


def told(enrolment, user, **asked):
    return [one.what for one in story(enrolment, user, 100, **asked).told]


def test_everything_stands_in_the_order_in_which_it_happened(lived, coordinator):
    newest = story(lived, coordinator, 100)
    oldest = story(lived, coordinator, 100, oldest_first=True)
    moments = [one.when for one in newest.told]
    assert moments == sorted(moments, reverse=True) and len(moments) > 12
    assert [one.when for one in oldest.told] == sorted(moments)


def test_hours_are_told_a_week_at_a_time_by_kind_and_answer(lived, coordinator):
    said = told(lived, coordinator, kind="uren")
    assert sorted(said) == ["1 uur studie teruggestuurd", "2 uur werk akkoord"]


def test_a_week_begins_on_monday(enrolment, coordinator):
    for day in (9, 10):  # a Sunday and a Monday
        HourEntryFactory(enrolment=enrolment, approved=True, date=dt.date(2025, 3, day))
    notes = [one.note for one in story(enrolment, coordinator, 9, kind="uren").told]
    assert notes == ["Week van 10 maart 2025.", "Week van 3 maart 2025."]


def test_a_trainer_reads_nothing_of_interview_and_certificate(lived, trainer):
    kinds = dict(story(lived, trainer, 100).kinds)
    assert {"gesprek", "certificaat"}.isdisjoint(kinds)
    assert {"deelname", "uren", "bijeenkomsten", "trainingen", "plannen"} == set(kinds)


def test_an_assessor_reads_nothing_of_the_plan_and_of_a_talk_of_others(lived, enrolment):
    assessor = RoleFactory(cohort=enrolment.cohort, assessor=True).user
    kinds = dict(story(lived, assessor, 100).kinds)
    assert {"plannen", "gesprek", "certificaat"}.isdisjoint(kinds)


def test_the_holder_reads_of_a_certificate_from_the_award_date_on(lived):
    assert "certificaat" not in dict(story(lived, lived.participant, 100).kinds)
    with time_machine.travel("2025-05-20T12:00:00+02:00"):
        assert "certificaat" in dict(story(lived, lived.participant, 100).kinds)


def test_drafts_and_what_was_written_in_a_plan_are_not_told(client, lived, coordinator):
    for user in (coordinator, lived.participant):
        client.force_login(user)
        page = client.get(f"/deelnames/{lived.pk}/tijdlijn/").content.decode()
        assert "47 min" not in page and "Wat bedoel je" not in page
        assert "Past goed in de groep" not in page


def test_the_page_of_a_person_shows_the_latest_and_leads_to_the_rest(client, lived, coordinator):
    client.force_login(coordinator)
    page = client.get(f"/deelnames/{lived.pk}/").content.decode()
    assert page.count('<time datetime="') == 8
    assert f'href="/deelnames/{lived.pk}/tijdlijn/"' in page


def test_only_who_coordinates_reads_the_number_of_a_person(client, lived, coordinator, trainer):
    for user, seen in [(coordinator, True), (trainer, False)]:
        client.force_login(user)
        page = client.get(f"/deelnames/{lived.pk}/").content.decode()
        assert ("Deelnemernummer" in page) is seen


def test_the_line_is_not_there_for_who_has_nothing_to_do_with_it(client, lived):
    client.force_login(RoleFactory().user)
    assert client.get(f"/deelnames/{lived.pk}/tijdlijn/").status_code == 404


def test_one_kind_can_be_chosen_and_the_others_stay_to_choose_from(client, lived, coordinator):
    client.force_login(coordinator)
    page = client.get(f"/deelnames/{lived.pk}/tijdlijn/?soort=uren").content.decode()
    assert "2 uur werk akkoord" in page and "Leerplek:" not in page
    assert "?soort=plannen" in page
    assert client.get(f"/deelnames/{lived.pk}/tijdlijn/?soort=x").status_code == 404


def test_a_long_line_is_shortened_and_goes_on(client, enrolment, coordinator):
    for turn in range(21):
        day = dt.date(2025, 1, 6) + dt.timedelta(weeks=turn // 2)
        kind = "study" if turn % 2 else "work"
        HourEntryFactory(enrolment=enrolment, approved=True, date=day, kind=kind)
    client.force_login(coordinator)
    address = f"/deelnames/{enrolment.pk}/tijdlijn/"
    first = client.get(address).content.decode()
    assert first.count('<time datetime="') == 20 and "?tot=40" in first
    whole = client.get(f"{address}?tot=40").content.decode()
    assert whole.count('<time datetime="') == 22 and "Toon meer" not in whole


def test_a_long_reason_is_shortened_and_opens(client, enrolment, coordinator):
    ExemptionFactory(enrolment=enrolment, reason="Al eerder aangetoond in een ander traject. " * 9)
    client.force_login(coordinator)
    page = client.get(f"/deelnames/{enrolment.pk}/tijdlijn/").content.decode()
    assert "<details>" in page and "Lees alles" in page


def test_as_many_queries_for_a_long_story_as_for_a_short_one(lived, coordinator):
    counts = []
    for _turn in range(3):
        HourEntryFactory(enrolment=lived, approved=True)
        AttendanceFactory(enrolment=lived)
        FeedbackFactory(version=lived.pop.versions.first())
        with CaptureQueriesContext(connection) as queries:
            story(lived, coordinator, 100)
        counts.append(len(queries))
    assert counts[0] == counts[2], counts
