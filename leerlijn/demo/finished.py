"""A cohort of last year: certificates that are valid, replaced and revoked."""

import datetime as dt

from certificates import actions
from leerlijn.demo import lives, people
from leerlijn.demo.running import enrol
from participants.models import Enrolment, Role
from participants.tracks import actions as tracks

ENDED_DAYS_AGO, LASTED_DAYS = 160, 225


def make(demo, track):
    by = demo.people["coordinator"]
    ends_on = demo.today - dt.timedelta(days=ENDED_DAYS_AGO)
    starts_on = ends_on - dt.timedelta(days=LASTED_DAYS)
    cohort = tracks.start_cohort(
        track,
        name=f"Lichting {starts_on.year}-{ends_on.year}, eerste groep",
        starts_on=starts_on,
        ends_on=ends_on,
    )
    Role.objects.create(user=demo.people["trainer"], kind=Role.Kind.TRAINER, cohort=cohort)
    enrolments = [enrol(cohort, demo.people[name], by) for name in people.FINISHED]
    stopped = enrolments.pop()
    stopped.status, stopped.ends_on = Enrolment.Status.STOPPED, starts_on + dt.timedelta(days=70)
    stopped.save()
    sessions = meet(cohort, demo)
    plan = lives.gop(cohort, enrolments[0].participant, days_before_the_end(cohort, 50), by=by)
    for enrolment in enrolments:
        finish(demo, enrolment, sessions, plan)
    certify(demo, enrolments)


def days_before_the_end(cohort, days):
    return cohort.ends_on - dt.timedelta(days=days)


def meet(cohort, demo):
    """Ten lessons and five times intervision, every register done."""
    by = demo.people["trainer"]
    held = []
    for kind, times, first, between in (("lesson", 10, 200, 18), ("intervision", 5, 190, 36)):
        for n in range(times):
            day = days_before_the_end(cohort, first - between * n)
            held.append(lives.meeting(cohort, kind, n + 1, day, 150, closed_by=by))
    return held


def finish(demo, enrolment, sessions, plan):
    """Everything done, some weeks before the cohort ended; the name confirmed."""
    by, cohort = demo.people["trainer"], enrolment.cohort
    lives.attend(sessions, enrolment, by=by, missed=enrolment.pk % 2)
    extra = 60 * (enrolment.pk % 7)
    lives.log(enrolment, "work", 3600 + extra, last=days_before_the_end(cohort, 9), by=by)
    lives.log(enrolment, "study", 1620 + extra, last=days_before_the_end(cohort, 12), by=by, step=8)
    lives.pop(enrolment, days_before_the_end(cohort, 60), state="complete", by=by)
    lives.endorse(plan, enrolment)
    assessors = [demo.people["beoordelaar"], demo.people["beoordelaar2"]]
    held_on = days_before_the_end(cohort, 7)
    talk = lives.interview(enrolment, lives.noon(held_on), assessors, by=by)
    lives.pass_interview(talk, held_on)
    enrolment.name_confirmed_at = lives.noon(days_before_the_end(cohort, 5))
    enrolment.name_confirmed_by = enrolment.participant
    enrolment.certificate_name = enrolment.participant.name
    enrolment.save()


def certify(demo, enrolments):
    """Everyone who finished gets one; one is corrected and one revoked: 8 valid in the end."""
    by = demo.people["coordinator"]
    issued = actions.issue_all(Enrolment.objects.filter(pk__in=[e.pk for e in enrolments]), by=by)
    actions.correct(issued[0], by=by, name=f"{issued[0].name}-Lansink")
    actions.revoke(issued[-1], by=by, reason="Op verzoek van de houder, dubbel aangemaakt.")
