"""The list of what has to be arranged at a learning place: its points, and ticking them off."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from participants.enrolments.locking import lock_coordinated
from participants.events.actions import decided
from participants.placements.checklist import ChecklistItem, Tick
from participants.tracks.models import LearningTrack


@transaction.atomic
def add_item(track, text, *, by):
    """A point on the list of every learning place of ``track``.

    Raises PermissionDenied unless ``by`` arranges the track, and ValidationError for a point
    without words, or one that is on the list.
    """
    if not LearningTrack.objects.set_up_by(by).filter(pk=track.pk).exists():
        raise PermissionDenied
    item = ChecklistItem(track=track, text=" ".join(text.split()))
    item.full_clean()
    item.save()
    decided("checklist_item_added", item, by=by)
    return item


@transaction.atomic
def reword_item(item, text, *, by):
    """``item`` in other words; what was ticked keeps those with which it was ticked.

    Raises PermissionDenied unless ``by`` arranges the track, and ValidationError:
    ``already_archived``, or for a point without words, or one that is on the list.
    """
    item, new = _locked(item, by), " ".join(text.split())
    if not item.is_active:
        raise ValidationError(
            _("Dit punt is weggelegd. Haal het eerst terug."), code="already_archived"
        )
    if new == item.text:
        return item
    old, item.text = item.text, new
    item.full_clean()
    item.ticks.with_the_words_of_today().update(words=old)
    item.save(update_fields=["text"])
    decided("checklist_item_reworded", item, by=by, reason=old)
    return item


@transaction.atomic
def archive_item(item, *, by):
    """It is asked nowhere any more; where it was ticked it stays. Raises ``already_archived``."""
    item = _locked(item, by)
    if not item.is_active:
        raise ValidationError(_("Dit punt was al weggelegd."), code="already_archived")
    return _in_use(item, False, "checklist_item_archived", by)


@transaction.atomic
def restore_item(item, *, by):
    """It is asked again.

    Raises ValidationError: ``in_use``, or for one that was put on the list anew meanwhile.
    """
    item = _locked(item, by)
    if item.is_active:
        raise ValidationError(_("Dit punt staat al op de lijst."), code="in_use")
    return _in_use(item, True, "checklist_item_restored", by)


@transaction.atomic
def tick(placement, item, *, by):
    """``item`` is arranged at ``placement``; returns the Tick.

    Raises PermissionDenied unless ``by`` coordinates the enrolment, and ValidationError
    (``not_on_the_list``, ``already_ticked``).
    """
    enrolment = lock_coordinated(placement.enrolment, by)
    asked = ChecklistItem.objects.in_use().filter(track=enrolment.cohort.track_id)
    if placement.ticks.filter(item=item).exists():
        raise ValidationError(_("Dit punt was al geregeld."), code="already_ticked")
    if not asked.filter(pk=item.pk).exists():
        raise ValidationError(
            _("Dit punt staat niet op de lijst van deze leerplek."), code="not_on_the_list"
        )
    done = Tick.objects.create(placement=placement, item=item, ticked_by=by)
    decided("point_ticked", placement, by=by, reason=item.text)
    return done


@transaction.atomic
def untick(placement, item, *, by):
    """It is not arranged after all. Raises as ``tick`` does, and ``not_ticked``."""
    lock_coordinated(placement.enrolment, by)
    done = placement.ticks.filter(item=item).select_related("item").first()
    if done is None:
        raise ValidationError(_("Dit punt stond nog open."), code="not_ticked")
    done.delete()
    decided("point_unticked", placement, by=by, reason=done.text)


def _locked(item, by):
    held = ChecklistItem.objects.select_for_update(of=("self",)).set_up_by(by)
    mine = held.filter(pk=item.pk).first()
    if mine is None:
        raise PermissionDenied
    return mine


def _in_use(item, in_use, act, by):
    item.is_active = in_use
    item.full_clean()
    item.save(update_fields=["is_active"])
    decided(act, item, by=by)
    return item
