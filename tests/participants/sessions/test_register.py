"""The register: one write for everybody, by who staffs the meeting, and never about oneself."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from participants import progress
from participants.models import Attendance, Enrolment, Event, User
from participants.sessions.actions import save_register
from participants.sessions.register import CaughtUp, Mark
from tests.factories import (
    AttendanceFactory,
    EnrolmentFactory,
    RoleFactory,
    SessionFactory,
)
from tests.factories.cohorts import MOMENT

pytestmark = pytest.mark.django_db
ON = dt.date(2025, 2, 11)


def save(session, by, *marks, close=True):
    return save_register(session, marks, session.register_version, by=by, close=close)


def saved(session):
    """(status, active, minutes) of the only row."""
    row = session.attendances.get()
    return row.status, row.actively_participated, row.minutes


@pytest.mark.parametrize(
    ("status", "minutes", "expected"),
    [
        ("present", None, ("present", True, 120)),
        ("partly", 45, ("partly", False, 45)),
        ("excused", 60, ("excused", False, 0)),
        ("absent", None, ("absent", False, 0)),
    ],
)
def test_each_status_brings_its_preset(session, trainer, samira, status, minutes, expected):
    save(session, trainer, Mark(samira.pk, status, minutes=minutes))
    assert saved(session) == expected


def test_who_was_present_may_not_have_taken_part(session, trainer, samira):
    save(session, trainer, Mark(samira.pk, "present", active=False))
    assert saved(session) == ("present", False, 120)


def test_who_was_absent_never_took_part_whatever_is_sent(session, trainer, samira):
    save(session, trainer, Mark(samira.pk, "absent", active=True, minutes=120))
    assert saved(session) == ("absent", False, 0)


@pytest.mark.parametrize(
    ("minutes", "code"),
    [(None, "minutes_missing"), (0, "minutes_missing"), (120, None), (121, "too_many_minutes")],
)
def test_minutes_of_who_was_there_partly_are_given_and_fit(session, trainer, samira, minutes, code):
    mark = Mark(samira.pk, "partly", minutes=minutes)
    if code is None:
        save(session, trainer, mark)
        assert saved(session)[2] == minutes
        return
    with pytest.raises(ValidationError) as refusal:
        save(session, trainer, mark)
    assert refusal.value.code == code
    assert not session.attendances.exists()


def test_catching_up_says_what_when_and_who_accepted_it(session, trainer, samira):
    done = CaughtUp("De opdracht gemaakt", ON)
    save(session, trainer, Mark(samira.pk, "absent", caught_up=done))
    row = session.attendances.get()
    assert (row.caught_up_what, row.caught_up_on, row.caught_up_accepted_by) == (
        "De opdracht gemaakt",
        ON,
        trainer,
    )
    assert Attendance.objects.counting().achieved().get() == row


@pytest.mark.parametrize(
    ("done", "code"),
    [
        (CaughtUp(" ", ON), "caught_up_incomplete"),
        (CaughtUp("Opdracht", None), "caught_up_incomplete"),
        (CaughtUp("Opdracht", dt.date(2025, 2, 13)), "caught_up_later"),
    ],
)
@time_machine.travel("2025-02-12 12:00 +0100")
def test_catching_up_is_complete_and_past(session, trainer, samira, done, code):
    with pytest.raises(ValidationError) as refusal:
        save(session, trainer, Mark(samira.pk, "absent", caught_up=done))
    assert refusal.value.code == code


def test_an_unchanged_row_keeps_who_recorded_and_who_accepted_it(session, cohort, trainer, samira):
    other = RoleFactory(cohort=cohort).user
    desi = EnrolmentFactory(cohort=cohort)
    done = CaughtUp("Opdracht", ON)
    save(session, other, Mark(samira.pk, "absent", caught_up=done), Mark(desi.pk, "present"))
    session.refresh_from_db()
    save(
        session,
        trainer,
        Mark(samira.pk, "excused", caught_up=done),
        Mark(desi.pk, "present"),
    )
    changed, same = session.attendances.order_by("enrolment")
    assert (changed.recorded_by, changed.caught_up_accepted_by) == (trainer, other)
    assert same.recorded_by == other


def test_presence_counts_once_the_register_is_closed(session, cohort, trainer, samira):
    EnrolmentFactory(cohort=cohort)
    save(session, trainer, Mark(samira.pk, "present"), close=False)
    assert not Attendance.objects.counting().exists()
    session.refresh_from_db()
    rest = Enrolment.objects.exclude(pk=samira.pk).get()
    save(session, trainer, Mark(rest.pk, "excused"))
    figures = progress.of(Enrolment.objects.filter(pk=samira.pk)).get()
    assert (figures.standing["study_achieved"], figures.standing["lessons_achieved"]) == (120, 1)


def test_an_incomplete_register_is_refused_and_nothing_is_saved(session, cohort, trainer, samira):
    EnrolmentFactory.create_batch(2, cohort=cohort)
    with pytest.raises(ValidationError, match="Van 2 mensen weten we nog niets") as refusal:
        save(session, trainer, Mark(samira.pk, "present"))
    assert refusal.value.code == "incomplete"
    session.refresh_from_db()
    assert session.register_version == 0
    assert not session.attendances.exists()


def test_a_row_without_status_changes_nothing(session, trainer, samira):
    save(session, trainer, Mark(samira.pk, "present"))
    session.refresh_from_db()
    save(session, trainer, Mark(samira.pk, None))
    assert saved(session) == ("present", True, 120)


def test_another_version_is_refused_and_writes_nothing(session, trainer, samira):
    save(session, trainer, Mark(samira.pk, "present"))
    with pytest.raises(ValidationError) as refusal:
        save_register(session, [Mark(samira.pk, "absent")], 0, by=trainer)
    assert refusal.value.code == "changed"
    assert saved(session) == ("present", True, 120)


def test_a_closed_register_can_be_corrected_and_stays_closed(session, cohort, trainer, samira):
    save(session, trainer, Mark(samira.pk, "present"))
    session.refresh_from_db()
    colleague = RoleFactory(cohort=cohort).user
    save(session, colleague, Mark(samira.pk, "absent"), close=False)
    session.refresh_from_db()
    assert (session.closed_by, session.register_version) == (trainer, 2)


@pytest.mark.parametrize(
    ("now", "code"),
    [("2025-02-03 23:59 +0100", "not_yet_held"), ("2025-02-04 00:01 +0100", None)],
)
def test_a_register_closes_from_the_day_itself_in_amsterdam(session, trainer, samira, now, code):
    mark = Mark(samira.pk, "present")
    with time_machine.travel(now):
        if code is None:
            assert save(session, trainer, mark).closed_at
            return
        with pytest.raises(ValidationError) as refusal:
            save(session, trainer, mark)
    assert refusal.value.code == code


@time_machine.travel("2025-02-03 12:00 +0100")
def test_who_cannot_come_is_noted_beforehand(session, trainer, samira):
    save(session, trainer, Mark(samira.pk, "excused"), close=False)
    assert saved(session) == ("excused", False, 0)


def test_a_cancelled_meeting_has_no_register(cohort, trainer, samira):
    session = SessionFactory(cohorts=[cohort], cancelled=True)
    with pytest.raises(ValidationError) as refusal:
        save(session, trainer, Mark(samira.pk, "present"))
    assert refusal.value.code == "cancelled"


def test_every_save_is_one_decision(session, trainer, samira):
    save(session, trainer, Mark(samira.pk, "present"))
    assert Event.objects.decisions().get().act == "register_saved"


def many(cohort, number):
    """So many people, made at once."""
    users = User.objects.bulk_create(
        User(email=f"p{turn}@leerlijn.example", name=f"Noor {turn}", password="!")
        for turn in range(number)
    )
    return Enrolment.objects.bulk_create(
        Enrolment(
            participant=user,
            cohort=cohort,
            status=Enrolment.Status.ACTIVE,
            starts_on=cohort.starts_on,
            decided_at=MOMENT,
            decided_by=users[0],
        )
        for user in users
    )


def test_a_register_of_two_thousand_takes_as_many_queries_as_one_of_three(trainer, cohort):
    people = many(cohort, 2000)
    counts = []
    for size in (3, 30, 2000):
        session = SessionFactory(cohorts=[cohort])
        AttendanceFactory(session=session, enrolment=people[0], absent=True)
        marks = [Mark(person.pk, "present") for person in people[:size]]
        with CaptureQueriesContext(connection) as queries:
            save_register(session, marks, 0, by=trainer, close=size == 2000)
        counts.append(len(queries))
        assert session.attendances.filter(status="present").count() == size
    assert len(set(counts)) == 1


def test_what_is_saved_is_what_was_marked_down_to_the_last_sign(session, cohort, trainer, samira):
    desi, roos, abel = EnrolmentFactory.create_batch(3, cohort=cohort)
    done = CaughtUp("Opdracht; \"luisteren\" \\ 'vrágen' 🌱", ON)
    save(
        session,
        trainer,
        Mark(samira.pk, "present"),
        Mark(desi.pk, "partly", active=True, minutes=45),
        Mark(roos.pk, "excused", caught_up=done),
        Mark(abel.pk, "absent"),
    )
    rows = [
        (row.status, row.actively_participated, row.minutes, row.caught_up_what, row.caught_up_on)
        for row in session.attendances.order_by("enrolment")
    ]
    assert rows == [
        ("present", True, 120, "", None),
        ("partly", True, 45, "", None),
        ("excused", False, 0, done.what, ON),
        ("absent", False, 0, "", None),
    ]
    row = session.attendances.get(enrolment=roos)
    assert (row.recorded_by, row.caught_up_accepted_by) == (trainer, trainer)
    assert timezone.now() - row.recorded_at < dt.timedelta(minutes=1)


def test_reopening_a_closed_register_is_no_act_but_each_correction_is_written_down(
    session, trainer, samira
):
    save(session, trainer, Mark(samira.pk, "present"))
    session.refresh_from_db()
    save(session, trainer, Mark(samira.pk, "absent"), close=False)
    session.refresh_from_db()
    assert session.closed_at  # corrected, and it still counts
    assert Event.objects.filter(act="register_saved", actor=trainer).count() == 2
