"""Where everybody stands, in plain Python: every row is read, every rule is a loop.

Written from domain.md, "The criteria for the certificate", without a look at ``progress``.
"""

from collections import namedtuple

from django.db import connection

from participants import models


def everybody():
    """{key of the enrolment: {criterion: (achieved, required, submitted, met)}}."""
    rows = Rows()
    return {person.id: one(person, rows) for person in rows.people}


class Rows:
    """All rows there are, as the database has them."""

    def __init__(self):
        self.people = table(models.Enrolment)
        self.cohorts = {row.id: row for row in table(models.Cohort)}
        self.hours = table(models.HourEntry)
        self.meetings = table(models.Session)
        self.meant = {
            (row.session_id, row.cohort_id) for row in table(models.Session.cohorts.through)
        }
        self.presence = {
            (row.session_id, row.enrolment_id): row for row in table(models.Attendance)
        }
        self.pauses = table(models.Pause)
        self.exemptions = table(models.Exemption)
        self.plans = table(models.DevelopmentPlan)
        self.endorsements = table(models.Endorsement)
        self.interviews = table(models.FinalInterview)


def table(model):
    """The rows of a table, without any manager of ours; a day compares with a day."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {model._meta.db_table}")
        row = namedtuple("row", [column[0] for column in cursor.description])
        return [row(*values) for values in cursor.fetchall()]


def one(person, rows):
    figures = {
        "work": hours(person, "work", rows),
        "study": hours(person, "study", rows),
        "lessons": presence(person, "lesson", rows),
        "intervision": presence(person, "intervision", rows),
        "pop": pop(person, rows),
        "gop": gop(person, rows),
        "interview": interview(person, rows),
    }
    return {
        key: (*found, found[0] >= found[1] or is_exempted(person, key, rows))
        for key, found in figures.items()
    }


def hours(person, kind, rows):
    achieved = submitted = 0
    for entry in rows.hours:
        if entry.enrolment_id == person.id and entry.kind == kind:
            achieved += entry.minutes if entry.status == "approved" else 0
            submitted += entry.minutes if entry.status == "submitted" else 0
    cohort = rows.cohorts[person.cohort_id]
    required = getattr(cohort, f"{kind}_minutes")
    for exemption in standing(person, kind, rows):
        required -= exemption.minutes or 0
    if kind == "study":
        achieved += sum(in_meetings(person, rows))
        required = required if cohort.study_required else 0
    return achieved, max(required, 0), submitted


def in_meetings(person, rows):
    """Minutes in closed registers of meetings of any kind that went on."""
    for meeting in rows.meetings:
        row = rows.presence.get((meeting.id, person.id))
        if row and meeting.closed_at and not meeting.cancelled_at:
            yield row.minutes


def presence(person, kind, rows):
    asked = [meeting for meeting in rows.meetings if is_asked(meeting, person, kind, rows)]
    may_miss = 0
    if one_in := rows.cohorts[person.cohort_id].may_miss_one_in:
        while may_miss * one_in < len(asked):  # one in so many, rounded up
            may_miss += 1
    had = 0
    for meeting in asked:
        row = rows.presence.get((meeting.id, person.id))
        if row and meeting.closed_at:
            took_part = row.status in ("present", "partly") and row.actively_participated
            had += 1 if took_part or row.caught_up_on else 0
    return had, max(len(asked) - may_miss, 1), 0


def is_asked(meeting, person, kind, rows):
    """Planned for this person's cohort, within the enrolment, outside confirmed pauses."""
    if meeting.kind != kind or meeting.cancelled_at:
        return False
    if (meeting.id, person.cohort_id) not in rows.meant:
        return False
    if meeting.date < person.starts_on or (person.ends_on and meeting.date > person.ends_on):
        return False
    for pause in rows.pauses:
        is_own = pause.enrolment_id == person.id and pause.confirmed_at
        if is_own and pause.starts_on <= meeting.date <= (pause.ends_on or meeting.date):
            return False
    return True


def pop(person, rows):
    states = [plan.status for plan in rows.plans if plan.enrolment_id == person.id]
    return int("complete" in states), 1, int("shared" in states)


def gop(person, rows):
    for plan in rows.plans:
        if plan.cohort_id == person.cohort_id and plan.status == "complete":
            for endorsement in rows.endorsements:
                if (
                    endorsement.enrolment_id == person.id
                    and endorsement.version_id == plan.completed_version_id
                ):
                    return 1, 1, 0
    return 0, 1, 0


def interview(person, rows):
    own = [talk for talk in rows.interviews if talk.enrolment_id == person.id]
    passed = any(talk.status == "final" and talk.result == "pass" for talk in own)
    return int(passed), 1, int(any(talk.status == "planned" for talk in own))


def is_exempted(person, key, rows):
    return any(exemption.minutes is None for exemption in standing(person, key, rows))


def standing(person, key, rows):
    return [
        exemption
        for exemption in rows.exemptions
        if exemption.enrolment_id == person.id
        and exemption.criterion == key
        and not exemption.withdrawn_at
    ]
