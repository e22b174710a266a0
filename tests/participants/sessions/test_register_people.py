"""Who is on a register, and who may mark them."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from participants.sessions.actions import save_register
from participants.sessions.register import Mark
from tests.factories import (
    EnrolmentFactory,
    PauseFactory,
    RoleFactory,
    SessionFactory,
)

pytestmark = pytest.mark.django_db


def save(session, by, *marks, close=True):
    return save_register(session, marks, session.register_version, by=by, close=close)


def saved(session):
    """(status, active, minutes) of the only row."""
    row = session.attendances.get()
    return row.status, row.actively_participated, row.minutes


def test_who_has_a_pause_needs_no_row_and_may_have_one(session, trainer, samira):
    PauseFactory(enrolment=samira, confirmed=True, starts_on=session.date, ends_on=session.date)
    save(session, trainer)
    session.refresh_from_db()
    assert session.closed_at
    save(session, trainer, Mark(samira.pk, "present"))
    assert saved(session) == ("present", True, 120)


@pytest.mark.parametrize(
    "facts",
    [
        {"applied": True},
        {"starts_on": dt.date(2025, 2, 5)},
        {"ends_on": dt.date(2025, 2, 3)},
        {"status": "declined"},
    ],
)
def test_only_who_takes_part_that_day_is_on_the_register(session, cohort, trainer, facts):
    elsewhere = EnrolmentFactory(cohort=cohort, **facts)
    with pytest.raises(ValidationError) as refusal:
        save(session, trainer, Mark(elsewhere.pk, "present"))
    assert refusal.value.code == "unknown_person"


@pytest.mark.parametrize(
    "edge", [{"starts_on": dt.date(2025, 2, 4)}, {"ends_on": dt.date(2025, 2, 4)}]
)
def test_the_first_and_the_last_day_of_an_enrolment_belong_to_it(session, cohort, trainer, edge):
    person = EnrolmentFactory(cohort=cohort, **edge)
    save(session, trainer, Mark(person.pk, "present"))
    assert saved(session) == ("present", True, 120)


def test_a_foreign_and_an_unknown_person_are_refused_alike(session, trainer):
    sentences = set()
    for key in [EnrolmentFactory().pk, 999_999]:
        with pytest.raises(ValidationError) as refusal:
            save(session, trainer, Mark(key, "present"))
        sentences.add((refusal.value.code, refusal.value.message))
    assert len(sentences) == 1


def test_nobody_is_named_twice(session, trainer, samira):
    with pytest.raises(ValidationError) as refusal:
        save(session, trainer, Mark(samira.pk, "present"), Mark(samira.pk, "absent"))
    assert refusal.value.code == "named_twice"


def test_nobody_registers_themselves(session, cohort, trainer, samira):
    own = EnrolmentFactory(cohort=cohort, participant=trainer)
    with pytest.raises(PermissionDenied):
        save(session, trainer, Mark(samira.pk, "present"), Mark(own.pk, "present"))
    assert not session.attendances.exists()


def test_the_own_row_of_staff_waits_for_a_colleague(session, cohort, trainer, samira):
    own = EnrolmentFactory(cohort=cohort, participant=trainer)
    save(session, trainer, Mark(samira.pk, "present"))
    session.refresh_from_db()
    assert session.closed_at is None
    colleague = RoleFactory(cohort=cohort, assessor=True).user
    save(session, colleague, Mark(own.pk, "present"))
    session.refresh_from_db()
    assert session.closed_by == colleague


def test_a_meeting_of_two_cohorts_closes_when_both_are_complete(cohort, trainer, samira):
    other = EnrolmentFactory()
    session = SessionFactory(cohorts=[cohort, other.cohort])
    with pytest.raises(ValidationError) as refusal:
        save(session, trainer, Mark(samira.pk, "present"), Mark(other.pk, "present"))
    assert refusal.value.code == "unknown_person"
    save(session, trainer, Mark(samira.pk, "present"))
    session.refresh_from_db()
    assert session.closed_at is None
    save(session, RoleFactory(cohort=other.cohort).user, Mark(other.pk, "absent"))
    session.refresh_from_db()
    assert session.closed_at


@pytest.mark.parametrize("who", ["participant", "stranger", "other_trainer", "administrator"])
def test_only_staff_of_the_cohort_fill_the_register(session, samira, who):
    by = {
        "participant": lambda: samira.participant,
        "stranger": lambda: EnrolmentFactory().participant,
        "other_trainer": lambda: RoleFactory().user,
        "administrator": lambda: RoleFactory(administrator=True).user,
    }[who]()
    with pytest.raises(PermissionDenied):
        save(session, by, Mark(samira.pk, "present"))
