"""A series in one go: every day is looked at first, and all are planned or none."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from participants.models import Event, Session
from participants.sessions import holidays, series
from participants.sessions.actions import MOST_IN_A_SERIES, plan_series
from tests.factories import CohortFactory, RoleFactory, SessionFactory
from tests.participants.sessions.reading import page, shown

pytestmark = pytest.mark.django_db
DAY = dt.date(2025, 3, 18)
FACTS = {"kind": "intervision", "title": "Intervisie", "minutes": 120}
FORM = {
    "kind": "intervision",
    "title": "Intervisie",
    "date": "2025-03-18",
    "starts_at": "10:00",
    "ends_at": "12:00",
    "weeks": "2",
    "times": "3",
}


def weeks(number):
    return [DAY + dt.timedelta(weeks=turn) for turn in range(number)]


def refused(*args, **facts):
    with pytest.raises(ValidationError) as refusal:
        plan_series(*args, **{**FACTS, **facts})
    return refusal.value.code


def test_all_days_are_planned_alike(cohort, trainer):
    made = plan_series([cohort], weeks(3), by=trainer, **FACTS)
    assert [session.date for session in made] == weeks(3)
    rows = Session.objects.filter(cohorts=cohort, title="Intervisie", minutes=120)
    assert rows.count() == 3
    assert Event.objects.filter(act="session_planned", actor=trainer).count() == 3


@pytest.mark.parametrize(
    ("dates", "code"),
    [
        ([], "no_dates"),
        ([DAY, DAY], "same_day_twice"),
        (weeks(MOST_IN_A_SERIES + 1), "too_many_dates"),
    ],
)
def test_a_series_that_cannot_be_is_refused(cohort, trainer, dates, code):
    assert refused([cohort], dates, by=trainer) == code
    assert not Session.objects.exists()


def test_the_longest_series_is_planned(cohort, trainer):
    made = plan_series([cohort], weeks(MOST_IN_A_SERIES), by=trainer, **FACTS)
    assert len(made) == MOST_IN_A_SERIES


def test_one_fact_that_cannot_be_plans_nothing(cohort, trainer):
    with pytest.raises(ValidationError):
        plan_series([cohort], weeks(3), by=trainer, **{**FACTS, "minutes": 961})
    assert not Session.objects.exists()


def test_nobody_plans_a_series_for_a_cohort_of_others(trainer, cohort):
    with pytest.raises(PermissionDenied):
        plan_series([cohort, CohortFactory()], weeks(2), by=trainer, **FACTS)


def test_ten_days_take_as_many_queries_as_one(cohort, trainer):
    counts = []
    for size in (1, 10):
        with CaptureQueriesContext(connection) as queries:
            plan_series([cohort], weeks(size), by=trainer, **FACTS)
        counts.append(len(queries))
    assert counts[0] == counts[1]


# The days


@pytest.mark.parametrize(
    ("asked", "days"),
    [
        ({"times": 3}, 3),
        ({"until": DAY + dt.timedelta(days=14)}, 3),  # that day too
        ({"until": DAY + dt.timedelta(days=13)}, 2),
        ({"times": 2, "until": DAY + dt.timedelta(days=365)}, 2),
        ({"until": DAY + dt.timedelta(days=3650)}, 5),
    ],
)
def test_days_go_on_so_many_times_or_up_to_a_day(asked, days):
    assert series.dates(DAY, 1, **asked, most=5) == weeks(days)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ((2025, 4, 21), "Tweede Paasdag"),
        ((2025, 4, 26), "Koningsdag"),  # the 27th is a Sunday
        ((2025, 4, 27), ""),
        ((2027, 4, 27), "Koningsdag"),
        ((2027, 5, 6), "Hemelvaartsdag"),
        ((2026, 5, 25), "Tweede Pinksterdag"),
        ((2026, 12, 25), "Eerste Kerstdag"),
        ((2026, 11, 25), ""),
    ],
)
def test_holidays_are_known_by_their_names(day, name):
    assert holidays.name_of(dt.date(*day)) == name


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (dt.date(2025, 1, 5), "begint pas op 6 januari 2025"),
        (dt.date(2025, 1, 6), None),
        (dt.date(2025, 7, 11), None),
        (dt.date(2025, 7, 12), "de laatste dag is 11 juli 2025"),
        (dt.date(2025, 4, 21), "Dit is Tweede Paasdag."),
    ],
)
def test_each_day_says_what_to_mind(cohort, day, sentence):
    [found] = series.looked_at([day], [cohort], kind="lesson")
    assert (sentence or "") in " ".join(found.warnings)
    assert bool(found.warnings) == bool(sentence)


def test_an_event_may_lie_outside_the_cohort(cohort):
    [found] = series.looked_at([dt.date(2025, 8, 1)], [cohort], kind="event")
    assert found.warnings == []


def test_a_day_that_is_taken_says_by_what(cohort):
    SessionFactory(cohorts=[cohort], date=DAY, title="Les 3")
    SessionFactory(cohorts=[cohort], date=DAY, title="Weg", cancelled=True)
    SessionFactory(date=DAY, title="Van een ander")
    [found] = series.looked_at([DAY], [cohort], kind="lesson")
    assert found.warnings == ["Op deze dag is er al: Les 3."]


# The page


def test_the_days_are_shown_first_and_those_left_are_planned(client, cohort, trainer):
    client.force_login(trainer)
    sent = FORM | {"cohorts": [cohort.pk]}
    text = shown(client.post("/lessen/reeks/", sent | {"step": "look"}))
    assert "Deze 3 dagen plannen?" in text
    assert "Dinsdag 1 april" in text
    assert not Session.objects.exists()
    left = {"day": ["2025-03-18", "2025-04-15"], "step": "plan"}
    answer = client.post("/lessen/reeks/", sent | left, follow=True)
    assert "2 bijeenkomsten staan op de agenda." in shown(answer)
    dates = Session.objects.values_list("date", flat=True)
    assert [day.isoformat() for day in dates] == left["day"]


def test_a_day_that_is_not_of_the_series_is_not_planned(client, cohort, trainer):
    client.force_login(trainer)
    sent = FORM | {"cohorts": [cohort.pk], "day": ["2025-03-19"], "step": "plan"}
    assert "Laat ten minste één dag staan." in shown(client.post("/lessen/reeks/", sent))
    assert not Session.objects.exists()


def test_going_back_keeps_what_was_filled_in(client, cohort, trainer):
    client.force_login(trainer)
    sent = FORM | {"cohorts": [cohort.pk], "step": "back"}
    assert 'value="Intervisie"' in shown(client.post("/lessen/reeks/", sent))


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"times": ""}, "Vul in hoeveel keer, of tot welke dag."),
        ({"times": "1"}, "Vul 2 of meer in."),
        ({"times": "61"}, "Plan ten hoogste 60 keer tegelijk."),
        ({"times": "", "until": "2025-03-18"}, "Kies een dag na de eerste dag."),
        ({"times": "veel"}, "Vul een getal in, bijvoorbeeld 8."),
    ],
)
def test_each_field_says_what_to_do(client, cohort, trainer, more, sentence):
    client.force_login(trainer)
    sent = FORM | {"cohorts": [cohort.pk], "step": "look"} | more
    assert sentence in shown(client.post("/lessen/reeks/", sent))


def test_a_single_meeting_outside_the_cohort_is_planned_with_a_warning(client, cohort, trainer):
    client.force_login(trainer)
    sent = {**FORM, "kind": "lesson", "cohorts": [cohort.pk], "date": "2025-08-05"}
    text = shown(client.post("/lessen/nieuw/", sent, follow=True))
    assert "Klopt de dag?" in text and "de laatste dag is 11 juli 2025" in text
    assert Session.objects.count() == 1


def test_who_may_not_plan_finds_no_series(client, cohort):
    client.force_login(RoleFactory(cohort=cohort, assessor=True).user)
    assert client.get("/lessen/reeks/").status_code == 403
    assert "Plan een reeks" not in page(client, RoleFactory(cohort=cohort, assessor=True).user)
