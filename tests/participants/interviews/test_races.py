"""Two people at one moment; only PostgreSQL tells (design.md, section 4)."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from participants.interviews import actions
from participants.models import Event, Rating
from tests.participants.interviews.scene import MOMENT, agree, answers, both_hand_in

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def at_once(*acts):
    """Run ``acts`` at one moment; what each gave: its answer, or the code of its refusal."""
    start, outcomes = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place, act):
        try:
            start.wait()
            outcomes[place] = act()
        except ValidationError as refusal:
            outcomes[place] = refusal.code
        except Exception as error:  # noqa: BLE001 (a race must not end in anything else)
            outcomes[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_two_assessors_who_finalise_at_once_give_one_result(planned):
    both_hand_in(planned)
    agree(planned)
    outcomes = at_once(
        *(
            lambda who=who: actions.finalise(planned.interview, by=who)
            for who in (planned.first, planned.second)
        )
    )
    assert sorted(outcomes) == ["already_final", "pass"]
    assert Event.objects.filter(act="interview_finalised").count() == 1


def test_finalising_and_agreeing_otherwise_at_once_give_a_result_that_fits_the_ratings(planned):
    both_hand_in(planned)
    agree(planned)
    changed = answers(planned.items, "not_yet", "Bij nader inzien")
    first, second = at_once(
        lambda: actions.finalise(planned.interview, by=planned.first),
        lambda: actions.agree(planned.interview, by=planned.second, joint=changed),
    )
    planned.interview.refresh_from_db()
    joint = set(planned.interview.items.values_list("joint_value", flat=True))
    assert (planned.interview.result, joint, second) in [
        ("pass", {"good"}, "already_final"),
        ("not_yet", {"not_yet"}, None),
    ]
    assert first == planned.interview.result


def test_handing_in_twice_at_once_is_handing_in_once(planned):
    actions.declare_independent(planned.interview, by=planned.first)

    def hand_in(value):
        ratings = answers(planned.items, value)
        actions.rate(planned.interview, by=planned.first, ratings=ratings, hand_in=True)
        return value

    outcomes = at_once(lambda: hand_in("good"), lambda: hand_in("not_yet"))
    [refused] = [one for one in outcomes if one == "already_handed_in"]
    [kept] = [one for one in outcomes if one != refused]
    assert set(Rating.objects.values_list("value", flat=True)) == {kept}
    assert Event.objects.filter(act="interview_rated").count() == 1


def test_rating_and_passing_the_seat_on_at_once_leave_no_rating_of_who_left(planned):
    actions.declare_independent(planned.interview, by=planned.first)
    seat = planned.interview.seats.get(assessor=planned.first)
    ratings = answers(planned.items, "good")
    at_once(
        lambda: actions.rate(planned.interview, by=planned.first, ratings=ratings, hand_in=True),
        lambda: actions.replace_assessor(seat, by=planned.coordinator, new=planned.third),
    )
    seat.refresh_from_db()
    assert (seat.rated_at is None) != (seat.left_at is None)
    assert planned.interview.seats.taken().count() == 2


def test_planning_twice_at_once_is_planning_once(scene):
    def plan():
        actions.plan(
            scene.enrolment,
            by=scene.coordinator,
            planned_at=MOMENT,
            assessors=[scene.first, scene.second],
        )

    assert sorted(map(str, at_once(plan, plan))) == ["None", "already_planned"]
    assert scene.enrolment.interviews.count() == 1
