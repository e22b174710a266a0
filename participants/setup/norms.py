"""Other norms for a cohort that is under way: who gains, who loses, and only then the change.

Norms are pinned on the cohort so that nobody's past is rewritten by accident (domain: the
programme). On purpose, with a reason and after seeing for whom it matters, they can be changed.
"""

import hashlib
import json
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from participants import progress
from participants.enrolments.locking import given
from participants.enrolments.models import CriterionKey, Enrolment
from participants.events.actions import decided
from participants.setup.models import NormsChange
from participants.tracks.models import Cohort


@dataclass(frozen=True)
class Turn:
    """One person for whom a criterion, or the whole, turns with the new norms."""

    enrolment: Enrolment
    gained: tuple  # keys of criteria that become met
    lost: tuple  # keys of criteria that are no longer met
    met_before: bool
    met_after: bool

    @property
    def gained_labels(self):
        return [CriterionKey(key).label for key in self.gained]

    @property
    def lost_labels(self):
        return [CriterionKey(key).label for key in self.lost]


@dataclass(frozen=True)
class Preview:
    """What would come of new norms; ``seen`` says the same of two previews that are alike."""

    before: dict
    after: dict
    turns: list

    @property
    def gaining(self):
        return [turn for turn in self.turns if turn.gained]

    @property
    def losing(self):
        return [turn for turn in self.turns if turn.lost]

    @property
    def seen(self):
        told = [self.before, self.after, [(t.enrolment.pk, t.gained, t.lost) for t in self.turns]]
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


@transaction.atomic
def preview(cohort, norms, *, by):
    """The Preview of ``norms`` (by field name) for ``cohort``; nothing is changed.

    Asked of the same SQL as ever: the norms are written, the verdicts read, and all of it undone.
    Only who still takes part turns; a certificate that was issued stays as it is. Raises
    PermissionDenied unless ``by`` coordinates the cohort, and ValidationError with code
    ``norms_unchanged``, or for a norm that cannot be.
    """
    return _tried(_locked(cohort, by), norms, keep=False)


@transaction.atomic
def change(cohort, norms, *, by, reason, seen):
    """Pin ``norms`` on ``cohort``; returns the Preview of what became of it.

    ``seen`` is that of the preview that ``by`` looked at. Raises as ``preview`` does, and
    ValidationError with code ``reason_needed``, or ``changed`` when meanwhile somebody else is
    concerned, or the norms are others.
    """
    locked = _locked(cohort, by)
    reason = given(reason)
    outcome = _tried(locked, norms, keep=True)
    if outcome.seen != seen:
        raise ValidationError(
            _("Er is intussen iets veranderd. Kijk nog een keer voor wie het iets uitmaakt."),
            code="changed",
        )
    NormsChange.objects.create(
        cohort=locked,
        before=outcome.before,
        after=outcome.after,
        reason=reason,
        changed_by=by,
    )
    decided("norms_changed", locked, by=by, reason=reason)
    return outcome


def _locked(cohort, by):
    """The row of ``cohort``, held until the transaction ends."""
    locked = Cohort.objects.select_for_update().get(pk=cohort.pk)
    if not Cohort.objects.coordinated_by(by).filter(pk=locked.pk).exists():
        raise PermissionDenied
    return locked


def _tried(cohort, norms, *, keep):
    """The Preview of ``norms``; they stay on ``cohort`` only to ``keep`` them."""
    before, after = difference(cohort, norms)
    was = _verdicts(cohort)
    with transaction.atomic():
        Cohort.objects.filter(pk=cohort.pk).update(**after)
        becomes = _verdicts(cohort)
        transaction.set_rollback(not keep)
    return Preview(before, after, _turns(was, becomes))


def difference(ruled, norms):
    """What differs of ``norms`` from those of ``ruled``: its fields before, and after.

    ``ruled`` is a cohort or a track; it takes them over, not saved. Raises ValidationError with
    code ``norms_unchanged``, or for a norm that cannot be.
    """
    was = ruled.norms()
    ruled.pin(norms)
    ruled.full_clean()
    after = {name: value for name, value in ruled.norms().items() if value != was[name]}
    if not after:
        raise ValidationError(_("Dit zijn de normen die er al gelden."), code="norms_unchanged")
    return {name: was[name] for name in after}, after


def _verdicts(cohort):
    """The enrolments that still take part with their ``standing``, by key."""
    people = cohort.enrolments.active().select_related("participant")
    return {each.pk: each for each in progress.of(people).order_by("participant__name_key", "pk")}


def _turns(was, becomes):
    # Who comes or goes between the two questions is in neither; the next look has them right.
    both = [(was[key], becomes[key]) for key in was if key in becomes]
    turned = [_turn(before, after) for before, after in both]
    return [turn for turn in turned if turn.gained or turn.lost]


def _turn(before, after):
    old, new = (_met(each) for each in (before, after))
    return Turn(
        enrolment=after,
        gained=tuple(key for key in new if key not in old),
        lost=tuple(key for key in old if key not in new),
        met_before=before.criteria_met,
        met_after=after.criteria_met,
    )


def _met(enrolment):
    return [line["key"] for line in progress.lines(enrolment) if line["met"]]
