"""How far the work hours of one person are on their way to the supervisor, week by week."""

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leerlijn.templatetags.dates import long_date
from participants.confirmations.asking import next_mail_at
from participants.confirmations.models import ConfirmationLine
from participants.hours.models import HourEntry
from participants.placements.models import Supervisor

Status = HourEntry.Status


@dataclass
class Route:
    """The lines of one week that wait for one supervisor, and what can be done now."""

    supervisor: Supervisor
    lines: int = 0
    unsent: int = 0
    request: object = None
    next_mail_at: dt.datetime | None = None

    @property
    def sentences(self):
        """What becomes of these lines, each in one sentence."""
        said = [self._obstacle] if self._obstacle else []
        if not self._obstacle and (sent := self.lines - self.unsent):
            said.append(self._sent(sent))
        if not self._obstacle and self.unsent:
            said.append(self._unsent())
        elif not self._obstacle and self.next_mail_at:
            day = long_date(self.next_mail_at)
            said.append(_("Nog geen antwoord? Op %s gaat er vanzelf weer een mail.") % day)
        return said

    @property
    def can_send(self):
        """Whether a press on the button mails at once."""
        return bool(self.unsent) and not self._obstacle and self.next_mail_at is None

    @property
    def can_resend(self):
        """Whether a fresh mail about what was sent may go: a week after the last one."""
        sent_all = self.lines and not self.unsent
        return bool(sent_all) and not self._obstacle and self.next_mail_at is None

    @property
    def can_show(self):
        return not self._obstacle

    @property
    def _obstacle(self):
        name = self.supervisor.first_name
        if self.supervisor.stopped_at:
            return _("%s begeleidt niet meer. Je coördinator zoekt met je uit wie wel.") % name
        if not self.supervisor.email:
            return (
                _("We hebben nog geen e-mailadres van %s. Geef het door aan je coördinator.") % name
            )
        if not self.supervisor.introduced_at:
            return (
                _("We stellen ons eerst voor aan %s. Vraag je trainer of coördinator daarom.")
                % name
            )
        return ""

    def _sent(self, count):
        lines = ngettext("%d regel", "%d regels", count) % count
        facts = {"lines": lines, "name": self.supervisor.first_name}
        if self.request.opened_at:
            facts["day"] = long_date(self.request.opened_at)
            return _("%(lines)s bij %(name)s: geopend op %(day)s, nog geen antwoord.") % facts
        if sent_at := self.request.sent_at:
            facts["day"] = long_date(sent_at)
            return _("%(lines)s verstuurd naar %(name)s op %(day)s, nog niet geopend.") % facts
        return _("%(lines)s op weg naar %(name)s. De mail gaat zo weg.") % facts

    def _unsent(self):
        lines = ngettext("%d regel", "%d regels", self.unsent) % self.unsent
        name = self.supervisor.first_name
        if self.next_mail_at:
            day = long_date(self.next_mail_at)
            told = _("%(lines)s: gaat mee naar %(name)s op %(day)s.")
            return told % {"lines": lines, "name": name, "day": day}
        told = _("%(lines)s: nog niet verstuurd naar %(name)s. Gaat mee met de volgende mail.")
        return told % {"lines": lines, "name": name}


@dataclass
class WeekState:
    """What the supervisors said of the work of one week, and what is still on its way."""

    monday: dt.date
    answered: list = field(default_factory=list)  # entries with a verdict
    routes: dict = field(default_factory=dict)  # key of the supervisor: Route
    without_place: int = 0

    @property
    def shows(self):
        """Whether there is anything to say."""
        return bool(self.answered or self.routes or self.without_place)

    @property
    def sentences(self):
        """What was answered: how many are right according to whom, and what came back why."""
        return [*self._approved(), *self._returned()]

    def _approved(self):
        names = {}
        for entry in self.answered:
            if entry.status == Status.APPROVED:
                names.setdefault(entry.judge.first_name, []).append(entry)
        for name, entries in names.items():
            lines = ngettext("%d regel", "%d regels", len(entries)) % len(entries)
            yield _("%(lines)s akkoord van %(name)s.") % {"lines": lines, "name": name}

    def _returned(self):
        for entry in self.answered:
            if entry.status == Status.RETURNED and entry.confirmed_by:
                facts = {
                    "day": long_date(entry.date),
                    "name": entry.confirmed_by.first_name,
                    "reason": entry.return_reason,
                }
                yield _("%(day)s klopt niet volgens %(name)s: %(reason)s") % facts


def weeks_of(user):
    """``{monday: WeekState}`` of the work that ``user`` handed in; three queries."""
    weeks = {}
    entries = list(_entries(user))
    lines = _lines(user)
    mailed = _last_mailed({e.placement.supervisor_id for e in entries if e.placement})
    for entry in entries:
        monday = entry.date - dt.timedelta(days=entry.date.weekday())
        week = weeks.setdefault(monday, WeekState(monday))
        _place(entry, week, lines.get(entry.pk), mailed)
    return weeks


def _place(entry, week, line, mailed):
    if entry.status != Status.SUBMITTED:
        week.answered.append(entry)
        return
    if entry.placement is None:
        week.without_place += 1
        return
    supervisor = entry.placement.supervisor
    route = week.routes.setdefault(supervisor.pk, Route(supervisor))
    route.next_mail_at = next_mail_at(mailed.get(supervisor.pk))
    route.lines += 1
    if line is None:
        route.unsent += 1
    else:
        route.request = line.request


def _entries(user):
    """Work that was handed in and stands, with whom it waits for and who answered."""
    work = HourEntry.objects.owned_by(user).filter(kind=HourEntry.Kind.WORK)
    seen = work.filter(status__in=[Status.SUBMITTED, Status.APPROVED, Status.RETURNED])
    return seen.select_related("placement__supervisor", "reviewed_by", "confirmed_by")


def _lines(user):
    """The mailed line of each entry that can still be answered, by key of the entry."""
    live = ConfirmationLine.objects.live().filter(
        entry__enrolment__participant=user, request__shown_by=None
    )
    rows = live.select_related("request__posting")
    return {line.entry_id: line for line in rows}


def _last_mailed(supervisors):
    """When each of these supervisors was last mailed lines."""
    rows = Supervisor.objects.filter(pk__in=supervisors).order_by()
    last = Max("requests__created_at", filter=Q(requests__shown_by=None))
    return dict(rows.annotate(last=last).values_list("pk", "last"))


def shown_now(user, supervisor):
    """The QR request that ``user`` may show now; None when there is none."""
    mine = supervisor.requests.shown().live().filter(shown_by=user)
    return mine.filter(expires_at__gt=timezone.now()).select_related("supervisor").first()
