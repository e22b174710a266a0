"""The whole story of one enrolment on one line, as far as the reader may see it.

Every source asks its own slice what the reader sees (``visible_to``); no rule lives here. Of each
source no more is read than fits on the page, so a long story costs as many queries as a short one.
What people wrote in a plan or a report is not told: reading that is noted where it is read.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import F, Max, Sum
from django.db.models.functions import TruncWeek
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leerlijn.templatetags.dates import long_date, short_date
from leerlijn.templatetags.dates import period as in_days
from leerlijn.templatetags.figures import hours
from participants.enrolments.models import CriterionKey, Enrolment, Exemption, Pause
from participants.events.models import Event
from participants.hours.models import HourEntry
from participants.interviews.models import FinalInterview
from participants.overview.acts import WORDS
from participants.overview.kinds import moment
from participants.placements.models import Placement
from participants.plans.models import DevelopmentPlan, Endorsement, Feedback, PlanVersion
from participants.sessions.models import Attendance
from participants.trainings.models import TrainingChoice

KINDS = {
    "deelname": gettext_lazy("Deelname"),
    "uren": gettext_lazy("Uren"),
    "bijeenkomsten": gettext_lazy("Bijeenkomsten"),
    "trainingen": gettext_lazy("Trainingen en leerplek"),
    "plannen": gettext_lazy("Plannen"),
    "gesprek": gettext_lazy("Eindgesprek"),
    "certificaat": gettext_lazy("Certificaat"),
}
JOINING = ("applied", "enrolled", "admitted", "declined", "stopped", "resumed")
MOVING = ("moved_to_another_cohort", "reactivated")


@dataclass(frozen=True)
class Told:
    """One thing that happened: what, when, and where more of it stands."""

    what: str
    note: str = ""
    href: str = ""
    kind: str = ""
    when: dt.datetime | None = None


@dataclass(frozen=True)
class Source:
    """One sort of things that happen. ``rows`` have ``at``, the moment or the date."""

    kind: str  # of KINDS
    rows: Callable  # of the enrolment and the reader
    read: Callable  # of a row: Told without its kind and moment
    key: str = "pk"  # of a row: tells two of one moment apart

    def latest(self, enrolment, user, limit, *, oldest_first):
        """The first ``limit`` in the asked order; one query."""
        order = ("at", self.key) if oldest_first else ("-at", f"-{self.key}")
        rows = self.rows(enrolment, user).filter(at__isnull=False).order_by(*order)[:limit]
        return [self._told(row) for row in rows]

    def _told(self, row):
        told, at = self.read(row), row["at"] if isinstance(row, dict) else row.at
        return Told(told.what, told.note, told.href, self.kind, moment(at))


@dataclass(frozen=True)
class Story:
    """A piece of the line, the kinds that there are, and whether there is more."""

    told: list
    kinds: list  # (key, label)
    more: bool


SOURCES: list[Source] = []


def tells(kind, rows, **more):
    """Make a function that reads a row a Source of the line. For other slices too."""

    def registered(read):
        SOURCES.append(Source(kind, rows, read, **more))
        return read

    return registered


def story(enrolment, user, limit, *, kind="", oldest_first=False):
    """The first ``limit`` things of ``enrolment`` that ``user`` may see, the latest first.

    ``kind`` tells one kind only. One query a source, however much there is.
    """
    found = []
    for source in SOURCES:
        # All kinds, also when one is asked: which of them there are stands above the line.
        found += source.latest(enrolment, user, limit + 1, oldest_first=oldest_first)
    there = {told.kind for told in found}
    chosen = [told for told in found if kind in ("", told.kind)]
    chosen.sort(key=lambda told: told.when, reverse=not oldest_first)
    kinds = [(key, label) for key, label in KINDS.items() if key in there]
    return Story(chosen[:limit], kinds, len(chosen) > limit)


# Taking part


def _decisions(enrolment, user):
    rows = Event.objects.decisions().about(enrolment).filter(act__in=[*JOINING, *MOVING])
    return rows.annotate(at=F("happened_at"))


@tells("deelname", _decisions)
def _joining(event):
    return Told(str(WORDS[event.act]))


def _own(enrolment, user):
    return Enrolment.objects.visible_to(user).filter(pk=enrolment.pk).admitted()


@tells("deelname", lambda enrolment, user: _own(enrolment, user).annotate(at=F("starts_on")))
def _first_day(enrolment):
    return Told(_("Eerste dag in de lichting"))


@tells("deelname", lambda enrolment, user: _own(enrolment, user).annotate(at=F("ends_on")))
def _last_day(enrolment):
    return Told(_("Laatste dag in de lichting"))


def _pauses(enrolment, user):
    return Pause.objects.visible_to(user).filter(enrolment=enrolment).annotate(at=F("starts_on"))


@tells("deelname", _pauses)
def _pause(pause):
    days = in_days(pause.starts_on, pause.ends_on).capitalize()
    asked = "" if pause.confirmed_at else _("Nog niet vastgelegd.")
    return Told(_("Pauze"), f"{days}. {asked}".strip())


def _exemptions(enrolment, user):
    rows = Exemption.objects.visible_to(user).filter(enrolment=enrolment)
    return rows.annotate(at=F("granted_at"))


@tells("deelname", _exemptions)
def _exemption(exemption):
    label = CriterionKey(exemption.criterion).label
    less = _(", %s minder") % hours(exemption.minutes) if exemption.minutes else ""
    gone = _("Later ingetrokken.") if exemption.withdrawn_at else ""
    return Told(_("Vrijstelling: %s") % f"{label}{less}", f"{exemption.reason} {gone}".strip())


# Hours, a week at a time


def _weeks(status):
    def rows(enrolment, user):
        seen = HourEntry.objects.visible_to(user).handed_in()
        mine = seen.filter(enrolment=enrolment, status=status).order_by()
        weeks = mine.annotate(monday=TruncWeek("date")).values("monday", "kind")
        return weeks.annotate(at=Max("date"), last=Max("pk"), total=Sum("minutes"))

    return rows


def _week(said):
    def read(row):
        kind = HourEntry.Kind(row["kind"]).label
        facts = {"hours": hours(row["total"]), "kind": kind}
        return Told(said % facts, _("Week van %s.") % long_date(row["monday"]))

    return read


for _status, _said in [
    ("approved", gettext_lazy("%(hours)s %(kind)s akkoord")),
    ("submitted", gettext_lazy("%(hours)s %(kind)s ingediend")),
    ("returned", gettext_lazy("%(hours)s %(kind)s teruggestuurd")),
]:
    tells("uren", _weeks(_status), key="last")(_week(_said))


# Meetings


def _presence(enrolment, user):
    rows = Attendance.objects.visible_to(user).counting().filter(enrolment=enrolment)
    return rows.select_related("session").annotate(at=F("session__date"))


@tells("bijeenkomsten", _presence)
def _met(row):
    session = row.session
    caught_up = _("Ingehaald op %s.") % long_date(row.caught_up_on) if row.caught_up_on else ""
    note = f"{row.get_status_display().capitalize()}. {caught_up}".strip()
    kind = session.get_kind_display()
    named = session.title.lower().startswith(kind)  # "Les 8" says it already
    return Told(session.title if named else f"{kind.capitalize()}: {session.title}", note)


# Trainings and the learning place


def _choices(enrolment, user):
    rows = TrainingChoice.objects.visible_to(user).filter(enrolment=enrolment)
    return rows.select_related("training").annotate(at=F("created_at"))


@tells("trainingen", _choices)
def _training(choice):
    return Told(_("Training: %s") % choice.title, f"{choice.get_status_display().capitalize()}.")


def _placements(enrolment, user):
    rows = Placement.objects.visible_to(user).filter(enrolment=enrolment)
    return rows.with_names().annotate(at=F("starts_on"))


@tells("trainingen", _placements)
def _place(placement):
    days = in_days(placement.starts_on, placement.ends_on).capitalize()
    return Told(_("Leerplek: %s") % placement.place, f"{days}.")


# Plans: that something happened, never what was written


def _versions(enrolment, user):
    rows = PlanVersion.objects.visible_to(user).shared().filter(plan__enrolment=enrolment)
    return rows.annotate(at=F("shared_at"))


@tells("plannen", _versions)
def _version(version):
    return Told(_("POP gedeeld, versie %d") % version.number, href=_plan(version.plan_id))


def _feedback(enrolment, user):
    seen = PlanVersion.objects.visible_to(user).shared().filter(plan__enrolment=enrolment)
    rows = Feedback.objects.filter(version__in=seen).select_related("author", "version")
    return rows.annotate(at=F("created_at"))


@tells("plannen", _feedback)
def _remark(feedback):
    said = _("Vraag om aanvulling van %s") if feedback.asks_for_more else _("Reactie van %s")
    note = _("Bij versie %d.") % feedback.version.number
    return Told(said % feedback.author.name, note, _plan(feedback.version.plan_id))


def _completed(enrolment, user):
    rows = DevelopmentPlan.objects.visible_to(user).personal().filter(enrolment=enrolment)
    return rows.annotate(at=F("completed_at"))


@tells("plannen", _completed)
def _complete(plan):
    return Told(_("POP compleet"), href=_plan(plan.pk))


def _endorsements(enrolment, user):
    plans = DevelopmentPlan.objects.visible_to(user).of_groups()
    rows = Endorsement.objects.filter(enrolment=enrolment, version__plan__in=plans)
    return rows.select_related("version").annotate(at=F("endorsed_at"))


@tells("plannen", _endorsements)
def _endorsed(endorsement):
    note = _("Op papier gegeven.") if endorsement.on_paper else ""
    return Told(_("Staat achter het groepsplan"), note, _plan(endorsement.version.plan_id))


def _plan(key):
    return reverse("plans:detail", args=[key])


# The final interview, for who may see it


def _talks(enrolment, user):
    rows = FinalInterview.objects.visible_to(user).filter(enrolment=enrolment)
    return rows.annotate(at=F("planned_at"))


@tells("gesprek", _talks)
def _talk(interview):
    note = _("Ging niet door.") if interview.status == "not_held" else ""
    said = _("Eindgesprek op %s") % short_date(interview.planned_at)
    return Told(said, note, reverse("interviews:detail", args=[interview.pk]))


def _results(enrolment, user):
    rows = FinalInterview.objects.visible_to(user).final().filter(enrolment=enrolment)
    return rows.annotate(at=F("finalised_at"))


@tells("gesprek", _results)
def _result(interview):
    return Told(
        _("Uitslag van het eindgesprek: %s") % interview.get_result_display(),
        href=reverse("interviews:detail", args=[interview.pk]),
    )
