"""The sorts of things that can wait on somebody. No rule lives here: each asks its own slice."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count, F, Min, Sum, Window
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from leerlijn.templatetags.dates import day_date, short_date
from participants.enrolments.models import Enrolment, Pause
from participants.hours.models import HourEntry
from participants.hours.wording import in_words
from participants.interviews.afterwards import Objection
from participants.interviews.models import FinalInterview
from participants.messages import calling
from participants.placements.models import Supervisor
from participants.plans.models import DevelopmentPlan
from participants.sessions.models import Session
from participants.trainings.models import TrainingChoice


@dataclass(frozen=True)
class Item:
    """One thing to do: who it is about, what it is, since when, and where to do it."""

    kind: str
    label: object  # the word of its kind
    who: str
    what: str
    since: dt.datetime
    href: str
    comes_back: bool  # whether its answer leads back to the list


@dataclass(frozen=True)
class Kind:
    """One sort of thing that waits. ``rows`` have ``since``, the moment or the date."""

    key: str
    label: object
    rows: Callable  # of the user
    read: Callable  # of a row: (who, what, href)
    related: tuple = ("enrolment__participant",)
    cohort: str = "enrolment__cohort"  # the path to the cohort
    comes_back: bool = True

    def oldest(self, user, limit):
        """(how many wait, the Items of the ``limit`` oldest); one query."""
        # Without a name it would follow every key there is.
        rows = self.rows(user).select_related(*(self.related or [None]))
        rows = rows.annotate(in_all=Window(Count("pk"))).order_by("since", "pk")[:limit]
        found = list(rows)
        return (found[0].in_all if found else 0), [self._item(row) for row in found]

    def per_cohort(self, user):
        """[(key of a cohort, how many, since)]; one query."""
        rows = self.rows(user).order_by().values(self.cohort)
        rows = rows.annotate(many=Count("pk", distinct=True), oldest=Min("since"))
        return [(row[self.cohort], row["many"], moment(row["oldest"])) for row in rows]

    def _item(self, row):
        who, what, href = self.read(row)
        return Item(self.key, self.label, who, what, moment(row.since), href, self.comes_back)


@dataclass(frozen=True)
class Weeks:
    """Hours wait per person and week: a week is judged together."""

    key: str
    label: object

    def oldest(self, user, limit):
        """As of a Kind; two queries."""
        weeks = self._weeks(user)
        people = Enrolment.objects.select_related("participant")
        known = people.in_bulk([week["enrolment"] for week in weeks[:limit]])
        return len(weeks), [self._item(week, known[week["enrolment"]]) for week in weeks[:limit]]

    def per_cohort(self, user):
        """As of a Kind."""
        found = defaultdict(list)
        for week in self._weeks(user):
            found[week["enrolment__cohort"]].append(week["oldest"])
        return [(cohort, len(since), min(since)) for cohort, since in found.items()]

    def _weeks(self, user):
        rows = HourEntry.objects.awaiting_review().reviewable_by(user).by_week()
        rows = rows.annotate(lines=Count("pk"), in_minutes=Sum("minutes"))
        return list(rows.values(*WEEK))

    def _item(self, week, enrolment):
        facts = {
            "lines": ngettext("%d regel", "%d regels", week["lines"]) % week["lines"],
            "hours": in_words(week["in_minutes"]),
            "monday": short_date(week["monday"]),
        }
        return Item(
            self.key,
            self.label,
            enrolment.participant.name,
            _("%(lines)s, %(hours)s, week van %(monday)s") % facts,
            week["oldest"],
            f"{reverse('hours:queue')}?enrolment={enrolment.pk}",
            comes_back=True,
        )


WEEK = ("enrolment", "enrolment__cohort", "monday", "oldest", "lines", "in_minutes")


def moment(since):
    """A date as the moment at which it begins, so that dates and moments stand in one order."""
    if isinstance(since, dt.datetime):
        return since
    return timezone.make_aware(dt.datetime.combine(since, dt.time()))


# What waits, by kind: the rows, and how one of them reads.


def _plans(user):
    return DevelopmentPlan.objects.awaiting_review().reviewable_by(user).annotate(since=WAITING)


def _plan(plan):
    href = reverse("plans:detail", args=[plan.pk])
    return plan.enrolment.participant.name, _("Deelde het persoonlijk plan (POP)"), href


def _proposals(user):
    waiting = TrainingChoice.objects.proposed().answerable_by(user)
    return waiting.annotate(since=F("created_at"))


def _proposal(choice):
    href = reverse("trainings:answer", args=[choice.pk])
    return choice.enrolment.participant.name, _('Stelt "%s" voor') % choice.own_title, href


def _registers(user):
    return Session.objects.unregistered().staffed_by(user).annotate(since=F("date"))


def _register(session):
    facts = {"kind": session.get_kind_display(), "day": short_date(session.date)}
    href = reverse("sessions:register", args=[session.pk])
    return session.title, _("Presentielijst: %(kind)s van %(day)s") % facts, href


def _ratings(user):
    return FinalInterview.objects.awaiting_rating_by(user).annotate(since=WAITING)


def _rating(interview):
    told = _("Eindgesprek van %s: geef je oordeel") % short_date(interview.planned_at)
    href = reverse("interviews:detail", args=[interview.pk])
    return interview.enrolment.participant.name, told, href


def _objections(user):
    waiting = Objection.objects.awaiting_decision().decidable_by(user)
    return waiting.annotate(since=F("made_at"))


def _objection(objection):
    href = reverse("interviews:detail", args=[objection.interview_id])
    return objection.interview.enrolment.participant.name, _("Maakt bezwaar"), href


def _pauses(user):
    waiting = Pause.objects.awaiting_confirmation().coordinated_by(user)
    return waiting.annotate(since=F("requested_at"))


def _pause(pause):
    told = _("Vraagt om pauze vanaf %s") % day_date(pause.starts_on)
    href = reverse("overview:confirm-pause", args=[pause.enrolment_id, pause.pk])
    return pause.enrolment.participant.name, told, href


def _applications(user):
    return Enrolment.objects.applied().coordinated_by(user).annotate(since=F("created_at"))


def _application(enrolment):
    told = _("Meldt zich aan voor %s") % enrolment.cohort.name
    return enrolment.participant.name, told, reverse("overview:person", args=[enrolment.pk])


def _supervisors(user):
    waiting = Supervisor.objects.handing_over().coordinated_by(user)
    return waiting.annotate(since=F("stopped_at"))


def _supervisor(supervisor):
    told = _("Stopt als begeleider en noemt %s") % supervisor.successor_name
    return supervisor.name, told, reverse("confirmations:supervisor", args=[supervisor.pk])


def _calls(user):
    return calling.to_call(user).annotate(since=F("reminded_at"))


def _call(enrolment):
    href = reverse("messages:called", args=[enrolment.pk])
    return enrolment.participant.name, _("Even bellen: er kwam geen antwoord op twee mails"), href


WAITING = F("waiting_since")
KINDS = [
    Weeks("uren", gettext_lazy("Uren")),
    Kind("plannen", gettext_lazy("Plannen"), _plans, _plan),
    Kind("voorstellen", gettext_lazy("Voorstellen"), _proposals, _proposal),
    Kind(
        "lijsten",
        gettext_lazy("Presentielijsten"),
        _registers,
        _register,
        related=(),
        cohort="cohorts",
        comes_back=False,
    ),
    Kind("oordelen", gettext_lazy("Oordelen"), _ratings, _rating, comes_back=False),
    Kind(
        "bezwaren",
        gettext_lazy("Bezwaren"),
        _objections,
        _objection,
        related=("interview__enrolment__participant",),
        cohort="interview__enrolment__cohort",
    ),
    Kind("pauzes", gettext_lazy("Pauzes"), _pauses, _pause),
    Kind(
        "aanmeldingen",
        gettext_lazy("Aanmeldingen"),
        _applications,
        _application,
        related=("participant", "cohort"),
        cohort="cohort",
    ),
    Kind(
        "bellen",
        gettext_lazy("Even bellen"),
        _calls,
        _call,
        related=("participant",),
        cohort="cohort",
        comes_back=False,
    ),
    Kind(
        "begeleiders",
        gettext_lazy("Begeleiders"),
        _supervisors,
        _supervisor,
        related=(),
        cohort="placements__enrolment__cohort",
    ),
]


def waits(kind):
    """Let ``kind`` wait on people too: of an app that stands above the participants."""
    KINDS.append(kind)
