"""Questions whose SQL is kept: what may not be kept with it."""

import datetime as dt

import pytest
import time_machine
from django.db import connection, models, transaction
from django.db.models import Exists, OuterRef, Q

from participants import pace, progress
from participants.models import Cohort, Enrolment
from participants.once import Once, Today
from tests.factories import (
    CohortFactory,
    EnrolmentFactory,
    HourEntryFactory,
    PauseFactory,
    RoleFactory,
    SessionFactory,
    UserFactory,
    ready_enrolment,
)

pytestmark = pytest.mark.django_db


def test_a_role_that_ended_counts_at_once_though_the_person_is_the_same_object():
    enrolment = EnrolmentFactory()
    role = RoleFactory(cohort=enrolment.cohort)
    theirs, nobodys = (Enrolment.objects.visible_to(one) for one in (role.user, UserFactory()))
    assert (list(theirs), list(nobodys)) == ([enrolment], [])
    role.delete()
    assert not Enrolment.objects.visible_to(role.user).exists()
    assert not Cohort.objects.staffed_by(role.user).exists()


def test_a_question_within_a_question_is_about_its_own_row():
    paused, other = EnrolmentFactory.create_batch(2)
    PauseFactory(enrolment=paused, starts_on=paused.starts_on, ends_on=None, confirmed=True)
    people = Enrolment.objects.with_state(Today()).filter(state="paused", cohort=OuterRef("pk"))
    question = Q(Exists(people))
    somebody = Once("somebody is away", question, models.BooleanField(), Cohort, ["pk"])
    assert list(Cohort.objects.filter(somebody)) == [paused.cohort]
    assert other.cohort != paused.cohort


def figures(enrolments):
    return {each.pk: (each.standing, each.pace) for each in pace.known(enrolments)}


def test_what_is_known_of_several_is_what_each_was_asked_apart():
    ready, begun = ready_enrolment(), EnrolmentFactory()
    HourEntryFactory(enrolment=begun, minutes=75, approved=True)
    known = figures(Enrolment.objects.all())
    for each in pace.of(progress.of(Enrolment.objects.all())):
        standing, paced = known[each.pk]
        assert standing | each.standing == standing
        assert paced | each.pace == paced
    assert set(known) == {ready.pk, begun.pk}


def test_what_is_known_follows_the_day_and_outlives_what_was_undone():
    cohort = CohortFactory()
    enrolment = EnrolmentFactory(cohort=cohort)
    day = cohort.starts_on + dt.timedelta(days=9)
    SessionFactory(cohorts=[cohort], date=day)
    for days, waiting in ((-1, 0), (0, 1), (1, 1)):
        with time_machine.travel(day + dt.timedelta(days=days)), transaction.atomic():
            [(standing, _pace)] = figures(Enrolment.objects.filter(pk=enrolment.pk)).values()
            assert standing["lessons_open_registers"] == waiting
            transaction.set_rollback(True)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite keeps no plan")
def test_postgresql_plans_it_once(django_assert_num_queries):
    rows = [EnrolmentFactory()]
    for _turn in range(2):
        with django_assert_num_queries(1):
            pace.known(rows)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE name LIKE '%standing%'")
        assert cursor.fetchone() == (1,)
