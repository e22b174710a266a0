"""Two people save the same register at the same moment. Only PostgreSQL can tell."""

from threading import Barrier, Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from participants.models import Session
from participants.sessions.actions import save_register
from participants.sessions.register import Mark
from tests.factories import CohortFactory, EnrolmentFactory, RoleFactory, SessionFactory

ROUNDS = 20


def at_once(*jobs):
    """What each job gave or was refused with, begun at one moment in threads of their own."""
    barrier, answers = Barrier(len(jobs)), [None] * len(jobs)

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
    for _ in range(ROUNDS):
        session = SessionFactory(cohorts=[cohort])

        def save(by, status, session=session):
            marks = [Mark(person.pk, status) for person in people]
            save_register(Session(pk=session.pk), marks, 0, by=by)
            return status

        answers = at_once(lambda: save(trainers[0], "present"), lambda: save(trainers[1], "absent"))
        assert answers.count("changed") == 1
        won = next(answer for answer in answers if answer != "changed")
        session.refresh_from_db()
        assert session.register_version == 1
        assert set(session.attendances.values_list("status", flat=True)) == {won}
