"""What goes when its term is over: announced first, by cohort, and not while it is held.

Stage by stage (domain: retention): what somebody learned, 2 years after the cohort; hours, presence
and decisions then too, or after 5 years where a subsidy is accounted for; names in the register
10 years after the last award. Nothing goes before it stood on the page for 30 days.
"""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participants.accounts.models import Role, User
from participants.enrolments.locking import given
from participants.enrolments.models import Enrolment
from participants.erasing import carrying, disk, groups, papers, registry, traces
from participants.erasing.models import Expiry, Keeping, Stage
from participants.events.actions import decided
from participants.tracks.models import Cohort


@dataclass(frozen=True)
class Term:
    """One stage of one cohort: the day from which it may go, and what is known of it."""

    cohort: Cohort
    stage: Stage
    over_on: dt.date
    announced_on: dt.date | None
    done_at: dt.datetime | None

    @property
    def goes_on(self):
        """The day on which it goes: when its term is over, and it was announced for long enough."""
        if self.announced_on is None:
            return self.over_on
        return max(self.over_on, self.announced_on + dt.timedelta(days=settings.ANNOUNCE_DAYS))


def cohorts_of(user):
    """The cohorts whose terms are ``user``'s work: coordinators and administrators."""
    here = Cohort.objects.with_role(user, Role.Kind.COORDINATOR, Role.Kind.ADMINISTRATOR)
    return here.select_related("track", "keeping").order_by("-ends_on", "name")


def terms(cohort):
    """The Terms of ``cohort`` in order; no register, when no certificate has a name."""
    known = {expiry.stage: expiry for expiry in cohort.expiries.all()}
    for stage, over_on in _over(cohort).items():
        expiry = known.get(stage)
        if over_on is None and expiry is None:
            continue
        yield Term(
            cohort,
            Stage(stage),
            over_on or expiry.announced_on,
            expiry and expiry.announced_on,
            expiry and expiry.done_at,
        )


def ahead(user):
    """The Terms that were announced to ``user`` and are still to come, the first on top."""
    with_some = Expiry.objects.ahead().values("cohort")
    cohorts = cohorts_of(user).filter(pk__in=with_some)
    found = [
        term
        for cohort in cohorts.prefetch_related("expiries")
        if not is_held(cohort)
        for term in terms(cohort)
        if term.announced_on and not term.done_at
    ]
    return sorted(found, key=lambda term: term.goes_on)


def is_held(cohort):
    return hasattr(cohort, "keeping") and cohort.keeping.held_at is not None


def is_subsidised(cohort):
    return hasattr(cohort, "keeping") and cohort.keeping.is_subsidised


@transaction.atomic
def set_subsidised(cohort, is_subsidised, *, by):
    """Keep hours, presence and decisions of ``cohort`` for the accountant, or not (any more).

    Raises PermissionDenied unless the terms of this cohort are ``by``'s work.
    """
    keeping = _locked(cohort, by)
    if keeping.is_subsidised != is_subsidised:
        Keeping.objects.filter(pk=keeping.pk).update(is_subsidised=is_subsidised)
        decided("subsidy_noted" if is_subsidised else "subsidy_taken_back", cohort, by=by)


@transaction.atomic
def hold(cohort, *, by, reason):
    """Let nothing of ``cohort`` go until it is released. Raises PermissionDenied, ValidationError.

    Codes: ``reason_needed``, ``already_held``.
    """
    keeping = _locked(cohort, by)
    if keeping.held_at:
        raise ValidationError(_("Deze lichting wordt al vastgehouden."), code="already_held")
    held = {"held_at": timezone.now(), "held_by": by, "held_because": given(reason)[:240]}
    Keeping.objects.filter(pk=keeping.pk).update(**held)
    decided("keeping_held", cohort, by=by, reason=held["held_because"])


@transaction.atomic
def release(cohort, *, by):
    """Let the terms of ``cohort`` count again; what was announced, is announced from today.

    Raises as ``hold`` does, with the code ``not_held``.
    """
    keeping = _locked(cohort, by)
    if not keeping.held_at:
        raise ValidationError(_("Deze lichting wordt niet vastgehouden."), code="not_held")
    Keeping.objects.filter(pk=keeping.pk).update(held_at=None, held_by=None, held_because="")
    Expiry.objects.ahead().filter(cohort=cohort).update(announced_on=timezone.localdate())
    decided("keeping_released", cohort, by=by)


def run():
    """Announce what goes within 30 days, and let go what was announced; ``(announced, gone)``.

    Safe to repeat.
    """
    people = Enrolment.objects.values("cohort")
    cohorts = Cohort.objects.filter(pk__in=people, ends_on__lt=timezone.localdate())
    announced = gone = 0
    for cohort in cohorts.select_related("keeping").prefetch_related("expiries"):
        for term in terms(cohort):
            if not is_held(cohort) and not term.done_at:
                announced += _announce(term)
                gone += _let_go(term)
    disk.clean()
    return announced, gone


def _announce(term):
    soon = timezone.localdate() + dt.timedelta(days=settings.ANNOUNCE_DAYS)
    if term.announced_on or term.over_on > soon:
        return False
    facts = {"announced_on": timezone.localdate()}
    return Expiry.objects.get_or_create(cohort=term.cohort, stage=term.stage, defaults=facts)[1]


@transaction.atomic
def _let_go(term):
    if term.announced_on is None or term.goes_on > timezone.localdate():
        return False
    rows = Expiry.objects.ahead().select_for_update().filter(cohort=term.cohort, stage=term.stage)
    # Asked again now that nobody can change it: somebody may hold it since we looked.
    expiry = rows.filter(announced_on=term.announced_on).first()
    if expiry is None or Keeping.objects.filter(cohort=term.cohort, held_at__isnull=False).exists():
        return False
    enrolments = carrying.locked(Enrolment.objects.filter(cohort=term.cohort))
    CARRIED_OUT[term.stage](term.cohort, enrolments)
    Expiry.objects.filter(pk=expiry.pk).update(done_at=timezone.now())
    decided(f"{term.stage}_let_go", term.cohort, by=None)
    return True


def _learning(cohort, enrolments):
    files = papers.of_enrolments(enrolments)
    rules = [rule for rule in registry.OF_ENROLMENTS if not rule.is_accounted]
    carrying.carry_out(rules, enrolments)
    groups.forget_words(enrolments)
    groups.forget_plan(cohort)
    traces.forget_exports([cohort])
    papers.let_go(files)
    keys = [enrolment.pk for enrolment in enrolments]
    notes = {name: value for name, value in carrying.WORDS.items() if name != "decision_reason"}
    Enrolment.objects.filter(pk__in=keys).update(**notes)


def _figures(cohort, enrolments):
    rules = [rule for rule in registry.OF_ENROLMENTS if rule.is_accounted]
    carrying.carry_out(rules, enrolments)
    groups.forget_lists(cohort)
    groups.forget_supervisors()
    _close(enrolments)


def _register(cohort, enrolments):
    for take_names_out in registry.REGISTERS:
        take_names_out(enrolments)
    for enrolment in enrolments:
        carrying.closed(enrolment)
    _erase_who_has_nothing_else(enrolments)


def _close(enrolments):
    _erase_who_has_nothing_else([one for one in enrolments if carrying.closed(one)])


def _erase_who_has_nothing_else(enrolments):
    """The accounts that were there for ``enrolments`` alone: no role, and nowhere else."""
    keys = [enrolment.pk for enrolment in enrolments]
    elsewhere = Enrolment.objects.exclude(pk__in=keys).values("participant")
    people = User.objects.filter(
        pk__in=[enrolment.participant_id for enrolment in enrolments],
        roles=None,
        is_superuser=False,
    )
    for person in people.exclude(pk__in=elsewhere).order_by("pk"):
        carrying.erase(person)


def _over(cohort):
    """From when each stage may go, by its key; None for a register without a name."""
    years = (
        settings.KEEP_SUBSIDISED_YEARS if is_subsidised(cohort) else settings.KEEP_LEARNING_YEARS
    )
    award = max(filter(None, (last(cohort) for last in registry.AWARDS)), default=None)
    return {
        Stage.LEARNING: years_after(cohort.ends_on, settings.KEEP_LEARNING_YEARS),
        Stage.FIGURES: years_after(cohort.ends_on, years),
        Stage.REGISTER: award and years_after(award, settings.KEEP_REGISTER_YEARS),
    }


def years_after(day, years):
    """The same date so many years later; after 29 February the first of March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return dt.date(day.year + years, 3, 1)


def _locked(cohort, by):
    if not cohorts_of(by).filter(pk=cohort.pk).exists():
        raise PermissionDenied
    keeping, _is_new = Keeping.objects.get_or_create(cohort=cohort)
    return Keeping.objects.select_for_update().get(pk=keeping.pk)


CARRIED_OUT = {Stage.LEARNING: _learning, Stage.FIGURES: _figures, Stage.REGISTER: _register}
