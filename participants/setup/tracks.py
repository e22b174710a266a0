"""What can happen to a learning track. It is for who arranges the whole organisation.

A track is never removed: archived, no new cohort follows it, and the old ones stay as they are.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participants.enrolments.locking import given
from participants.events.actions import decided
from participants.setup.models import NormsChange
from participants.setup.norms import difference
from participants.tracks.models import LearningTrack
from participants.tracks.programme import arranges_everything


@transaction.atomic
def make(*, by, **facts):
    """A new track; ``facts`` are fields of LearningTrack. Its norms are the usual ones.

    Raises PermissionDenied, and ValidationError for what cannot be.
    """
    refuse_others(by)
    track = LearningTrack(**facts)
    track.full_clean()
    track.save()
    decided("track_made", track, by=by)
    return track


@transaction.atomic
def change(track, *, by, **facts):
    """Other ``facts`` of ``track``. Raises as ``make`` does."""
    track = held(track, by)
    for name, value in facts.items():
        setattr(track, name, value)
    track.full_clean()
    track.save(update_fields=list(facts))
    decided("track_changed", track, by=by)
    return track


@transaction.atomic
def set_norms(track, norms, *, by, reason):
    """Let new cohorts have ``norms`` (by field name); returns the cohorts that follow now.

    Those are cohorts that have yet to begin, each norm only where it was as that of the track: a
    cohort under way has its own (domain: norms are pinned). Raises PermissionDenied, and
    ValidationError: ``reason_needed``, ``norms_unchanged``, or for a norm that cannot be.
    """
    track, reason = held(track, by), given(reason)
    before, after = difference(track, norms)
    track.save(update_fields=list(after))
    decided("track_norms_changed", track, by=by, reason=reason)
    to_begin = to_follow(track).select_for_update(of=("self",))
    follow = [each for each in to_begin if _followed(each, before, after, by=by, reason=reason)]
    decided("norms_changed", follow, by=by, reason=reason)
    return follow


def to_follow(track):
    """The cohorts of ``track`` that have yet to begin."""
    coming = track.cohorts.in_use().filter(starts_on__gt=timezone.localdate())
    return coming.order_by("starts_on", "pk")


@transaction.atomic
def archive(track, *, by):
    """No new cohort follows it. Raises PermissionDenied, ValidationError (``already_archived``)."""
    track = held(track, by)
    if not track.is_active:
        raise ValidationError(_("Deze leerlijn was al weggelegd."), code="already_archived")
    return _in_use(track, False, "track_archived", by)


@transaction.atomic
def restore(track, *, by):
    """New cohorts may follow it again. Raises PermissionDenied, ValidationError (``in_use``)."""
    track = held(track, by)
    if track.is_active:
        raise ValidationError(_("Deze leerlijn is al in gebruik."), code="in_use")
    return _in_use(track, True, "track_restored", by)


def refuse_archived(track):
    """Raises ValidationError (``track_archived``) when no new cohort may follow ``track``."""
    if not track.is_active:
        raise ValidationError(
            _("Deze leerlijn is weggelegd. Haal hem eerst terug."), code="track_archived"
        )


def held(track, by):
    """The row of ``track``, held until the transaction ends; see the module for whom."""
    refuse_others(by)
    return LearningTrack.objects.select_for_update().get(pk=track.pk)


def refuse_others(by):
    """Raises PermissionDenied unless ``by`` arranges the whole organisation."""
    if not arranges_everything(by):
        raise PermissionDenied


def _followed(cohort, before, after, *, by, reason):
    """Whether ``cohort`` took over anything of what the track had, and has now."""
    own = cohort.norms()
    taken = {name: value for name, value in after.items() if own[name] == before[name]}
    if taken:
        cohort.pin(taken)
        cohort.save(update_fields=list(taken))
        was = {name: before[name] for name in taken}
        facts = {"reason": reason, "changed_by": by}
        NormsChange.objects.create(cohort=cohort, before=was, after=taken, **facts)
    return bool(taken)


def _in_use(track, in_use, act, by):
    track.is_active = in_use
    track.save(update_fields=["is_active"])
    decided(act, track, by=by)
    return track
