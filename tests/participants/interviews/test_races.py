"""Two people at one moment; only PostgreSQL tells (design.md, section 4)."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from participants.interviews import actions, agreeing, objecting
from participants.models import Amendment, Event, FinalInterview, InterviewItem, Objection, Rating
from tests.factories import (
    FinalInterviewFactory,
    InterviewItemFactory,
    SeatFactory,
)
from tests.participants.interviews.scene import MOMENT, agree, answers, both_hand_in, finish

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def at_once(*acts):
    """Run ``acts`` at one moment; what each gave: its answer, or the code of its refusal."""
    start, outcomes = threading.Barrier(len(acts), timeout=30), [None] * len(acts)

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


# A hundred pairs, and a door inside that only lets two through together: whoever holds the lock
# stands there alone and goes on after a moment; without the lock the other comes in too.

PAIRS, AT_A_TIME = 100, 10


class Meeting:
    """Counts the pairs whose two acts were inside at the same moment."""

    def __init__(self, module, name, monkeypatch, key):
        self.both_inside, self.barriers, self.inner = [], {}, getattr(module, name)
        self.key, self.lock = key, threading.Lock()
        monkeypatch.setattr(module, name, self)

    def __call__(self, *args, **kwargs):
        key = self.key(*args, **kwargs)
        with self.lock:
            barrier = self.barriers.setdefault(key, threading.Barrier(2, timeout=30))
        try:
            barrier.wait(timeout=0.3)
            self.both_inside.append(key)
        except threading.BrokenBarrierError:
            pass
        return self.inner(*args, **kwargs)


def in_batches(pairs, act):
    """``act(*pair)`` gives two acts; runs those of AT_A_TIME pairs at one moment each time."""
    outcomes = []
    for start in range(0, len(pairs), AT_A_TIME):
        acts = [one for pair in pairs[start : start + AT_A_TIME] for one in act(*pair)]
        found = at_once(*acts)
        outcomes += zip(found[::2], found[1::2], strict=True)
    return outcomes


def a_hundred_ready(scene):
    """Talks in which ``first`` and ``second`` handed in and agreed."""
    for _ in range(PAIRS):
        talk = FinalInterviewFactory(enrolment__cohort=scene.cohort)
        for assessor in (scene.first, scene.second):
            SeatFactory(interview=talk, assessor=assessor, rated=True)
        InterviewItemFactory(
            interview=talk, criterion=scene.criteria[0], joint_value="good", title="Grenzen"
        )
        yield talk


def test_a_hundred_pairs_that_finalise_at_once_give_one_outcome_each(scene, monkeypatch):
    ready = list(a_hundred_ready(scene))
    meeting = Meeting(agreeing, "outcome", monkeypatch, key=lambda interview: interview.pk)
    outcomes = in_batches(
        [(talk,) for talk in ready],
        lambda talk: [
            lambda who=who: actions.finalise(talk, by=who) for who in (scene.first, scene.second)
        ],
    )
    assert {tuple(sorted(map(str, pair))) for pair in outcomes} == {("already_final", "pass")}
    assert Event.objects.filter(act="interview_finalised").count() == PAIRS
    assert FinalInterview.objects.passed().count() == PAIRS
    assert meeting.both_inside == []


def test_a_hundred_objections_decided_twice_at_once_are_decided_once(scene, monkeypatch):
    ready = list(a_hundred_ready(scene))
    FinalInterview.objects.update(
        status="final", result="not_yet", finalised_at=MOMENT, finalised_by=scene.first
    )
    InterviewItem.objects.update(joint_value="not_yet")
    objections = []
    for talk in ready:
        made = Objection.objects.create(
            interview=talk, text="Waarom?", made_by=talk.enrolment.participant
        )
        made.items.set(talk.items.all())
        objections.append((made, talk.items.get().pk))
    meeting = Meeting(
        objecting, "_judged_values", monkeypatch, key=lambda objection, *rest: objection.pk
    )

    def both(made, item):
        def uphold():
            actions.decide(
                made,
                by=scene.coordinator,
                outcome="upheld",
                motivation="Klopt",
                values={item: "good"},
            )
            return "upheld"

        def reject():
            actions.decide(made, by=scene.coordinator, outcome="rejected", motivation="Nee")
            return "rejected"

        return [uphold, reject]

    outcomes = in_batches(objections, both)
    assert {tuple(sorted(pair)) for pair in outcomes} <= {
        ("already_decided", "upheld"),
        ("already_decided", "rejected"),
    }
    upheld = Objection.objects.filter(outcome="upheld").count()
    assert Amendment.objects.count() == FinalInterview.objects.passed().count() == upheld
    assert Event.objects.filter(act="objection_decided").count() == PAIRS
    assert meeting.both_inside == []


def test_objecting_twice_at_once_is_objecting_once(planned):
    finish(planned)
    FinalInterview.objects.update(finalised_at=timezone.now())
    participant = planned.enrolment.participant

    def make():
        actions.make_objection(
            planned.interview, by=participant, items=planned.items[:1], text="Waarom?"
        )

    assert sorted(map(str, at_once(make, make))) == ["None", "already_objected"]
    assert Objection.objects.count() == 1
