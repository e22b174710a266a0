"""Two people save the same register at the same moment. Only PostgreSQL can tell."""

import datetime as dt
from threading import Barrier, Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from participants.models import Attendance, Event, Session
from participants.sessions.actions import catch_up, save_register
from participants.sessions.register import Mark
from tests.factories import (
    AttendanceFactory,
    CohortFactory,
    EnrolmentFactory,
    RoleFactory,
    SessionFactory,
)

ROUNDS = 100
DAY = dt.date(2025, 2, 11)


def at_once(*jobs):
    """What each job gave or was refused with, begun at one moment in threads of their own."""
    barrier, answers = Barrier(len(jobs), timeout=30), [None] * len(jobs)

    def run(place, job):
        barrier.wait()
        try:
            answers[place] = job()
        except ValidationError as refusal:
            answers[place] = refusal.code
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_saves_of_one_version_one_wins_and_the_other_is_told():
    cohort = CohortFactory()
    people = EnrolmentFactory.create_batch(3, cohort=cohort)
    trainers = [RoleFactory(cohort=cohort).user for _ in range(2)]
    for rounds in range(1, ROUNDS + 1):
        session = SessionFactory(cohorts=[cohort])

        def save(by, status, session=session):
            marks = [Mark(person.pk, status) for person in people]
            save_register(Session(pk=session.pk), marks, 0, by=by)
            return status

        answers = at_once(lambda: save(trainers[0], "present"), lambda: save(trainers[1], "absent"))
        assert answers.count("changed") == 1, answers
        won = next(answer for answer in answers if answer != "changed")
        session.refresh_from_db()
        assert session.register_version == 1
        assert set(session.attendances.values_list("status", flat=True)) == {won}
        assert session.closed_at
        assert Event.objects.filter(act="register_saved").count() == rounds


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_catching_up_and_saving_the_register_never_wait_for_each_other_for_ever():
    cohort = CohortFactory()
    people = EnrolmentFactory.create_batch(3, cohort=cohort)
    trainers = [RoleFactory(cohort=cohort).user for _ in range(2)]
    for _round in range(ROUNDS // 2):
        sessions = SessionFactory.create_batch(2, cohorts=[cohort], closed=True)
        for session in sessions:
            AttendanceFactory(session=session, enrolment=people[0], absent=True)

        def accept(sessions=sessions):
            catch_up(people[0], sessions[::-1], what="Opdracht", on=DAY, by=trainers[0])
            return "caught up"

        def save(sessions=sessions):
            marks = [Mark(person.pk, "present") for person in people]
            save_register(Session(pk=sessions[0].pk), marks, 1, by=trainers[1])
            return "saved"

        answers = at_once(accept, save)
        # Who was first wins; the other is told that something changed since.
        assert answers in (["caught up", "changed"], ["not_missed", "saved"]), answers
        caught_up = Attendance.objects.filter(session__in=sessions, caught_up_on=DAY).count()
        assert caught_up == (2 if answers[0] == "caught up" else 0)
