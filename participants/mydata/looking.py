"""Who looked at whose data: for the person whose data it is, and for who watches over it.

Nothing that was read is told again, only that it was opened, by whom and when.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import groupby
from statistics import median

from django.db.models import F
from django.utils import timezone

from participants.accounts.models import Role, User
from participants.events.models import Event
from participants.exports.models import Export
from participants.mydata import acts
from participants.mydata.gathering import Reader
from participants.mydata.rules.files import own_reads
from participants.tracks.models import Cohort

# What stands out in a week, as the page explains it. To look at together; no verdict.
MANY_PEOPLE = 10  # fewer is never many
TIMES_MORE = 3  # than the middle one of the colleagues with the same role
NIGHT_FROM, NIGHT_UNTIL = 23, 6


@dataclass(frozen=True)
class Look:
    """One person who opened one sort of thing on one day: how often, and when last."""

    who: str
    what: str
    times: int
    at: dt.datetime


def reads_of(user):
    """What others opened of ``user``, the latest first."""
    return own_reads(user).order_by("-happened_at", "-pk")


def by_day(user, reads):
    """``[(day, [Look, ...])]`` of ``reads``, some of ``reads_of`` in that order."""
    reader = Reader(user)
    per_day = groupby(reads, key=lambda read: timezone.localdate(read.happened_at))
    return [(day, _looks(rows, reader)) for day, rows in per_day]


def _looks(reads, reader):
    found = defaultdict(list)
    for read in reads:
        found[reader.name_of(read.actor), acts.thing(read.subject)].append(read.happened_at)
    return [Look(who, what, len(at), max(at)) for (who, what), at in found.items()]


def lists_with(user):
    """The lists that staff took along of the cohorts of ``user`` in the last year, latest first."""
    cohorts = Cohort.objects.filter(enrolments__participant=user)
    since = timezone.now() - dt.timedelta(days=365)
    taken = Export.objects.filter(cohort__in=cohorts, asked_at__gte=since)
    return taken.select_related("asked_by", "cohort").newest_first()


@dataclass
class Watched:
    """What somebody of staff opened in one week: of how many people, and what stands out."""

    user: User
    kind: str  # a Role.Kind, "" for who has no role any more
    people: set = field(default_factory=set)
    reads: int = 0
    outside: set = field(default_factory=set)  # people of cohorts where they have no role now
    nights: int = 0
    usual: float | None = None  # the middle one of the colleagues; None without a colleague

    @property
    def role(self):
        return Role.Kind(self.kind).label if self.kind else ""

    @property
    def reads_many(self):
        """Many people, and far more than colleagues with the same role."""
        many = len(self.people) >= MANY_PEOPLE
        return many and self.usual is not None and len(self.people) > TIMES_MORE * self.usual

    @property
    def stands_out(self):
        return bool(self.reads_many or self.outside or self.nights)


def watched_by(user):
    """The cohorts over which ``user`` watches: coordinators and administrators."""
    return Cohort.objects.with_role(user, Role.Kind.COORDINATOR, Role.Kind.ADMINISTRATOR)


def week(user, monday):
    """A Watched for everybody who opened something of others in that week; who stands out first.

    As far as it is about people in the cohorts of ``watched_by``. Three queries.
    """
    reads = Event.objects.reads().filter(
        enrolment__cohort__in=watched_by(user),
        happened_at__gte=_midnight(monday),
        happened_at__lt=_midnight(monday + dt.timedelta(days=7)),
    )
    rows = reads.exclude(enrolment__participant=F("actor")).values_list(
        "actor", "enrolment", "enrolment__cohort", "happened_at"
    )
    found = _counted(list(rows))
    _compare(found.values())
    return sorted(
        found.values(), key=lambda one: (not one.stands_out, -len(one.people), one.user.name_key)
    )


def _counted(rows):
    actors = {actor for actor, *_rest in rows}
    people = User.objects.in_bulk(actors)
    roles = defaultdict(list)
    for role in Role.objects.filter(user__in=actors):
        roles[role.user_id].append(role)
    found = {}
    for actor, enrolment, cohort, happened_at in rows:
        held = roles[actor]
        one = found.setdefault(actor, Watched(people[actor], _kind(held)))
        one.reads += 1
        one.people.add(enrolment)
        if not any(role.cohort_id in (None, cohort) for role in held):
            one.outside.add(enrolment)
        hour = timezone.localtime(happened_at).hour
        one.nights += hour >= NIGHT_FROM or hour < NIGHT_UNTIL
    return found


def _kind(roles):
    """The role by which somebody is compared: the one that sees most people."""
    held = {role.kind for role in roles}
    order = (Role.Kind.COORDINATOR, Role.Kind.TRAINER, Role.Kind.ASSESSOR, Role.Kind.ADMINISTRATOR)
    return next((kind for kind in order if kind in held), "")


def _compare(watched):
    for one in watched:
        others = [
            len(other.people) for other in watched if other.kind == one.kind and other is not one
        ]
        one.usual = median(others) if others else None


def monday_of(day):
    return day - dt.timedelta(days=day.weekday())


def _midnight(day):
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))
