"""What stands in the catalogue: whoever arranges a track puts it there.

For anybody else PermissionDenied. What cannot be is a ValidationError by the fields of the model.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from participants.events.actions import decided
from participants.tracks.models import LearningTrack
from participants.tracks.programme import arranges_everything
from participants.trainings.models import Training, TrainingDate


@transaction.atomic
def add(*, by, **facts):
    """A training to choose; ``facts`` are fields of Training. Without ``track``: for all tracks."""
    training = Training(**facts)
    _refuse_elsewhere(training.track, by)
    training.full_clean()
    training.save()
    decided("training_added", training, by=by)
    return training


@transaction.atomic
def change(training, *, by, **facts):
    """Other ``facts`` of ``training``. Who chose it keeps the choice, and sees them."""
    training = _locked(training, by)
    for name, value in facts.items():
        setattr(training, name, value)
    _refuse_elsewhere(training.track, by)
    training.full_clean()
    training.save()
    decided("training_changed", training, by=by)
    return training


@transaction.atomic
def archive(training, *, by):
    """Nobody can choose it any more; who did, keeps it. Raises ``already_archived``."""
    return _set_in_use(
        training,
        False,
        by=by,
        act="training_archived",
        refusal=ValidationError(_("Deze training was al weggelegd."), code="already_archived"),
    )


@transaction.atomic
def restore(training, *, by):
    """It can be chosen again. Raises ValidationError (``in_use``)."""
    return _set_in_use(
        training,
        True,
        by=by,
        act="training_restored",
        refusal=ValidationError(_("Deze training is al te kiezen."), code="in_use"),
    )


@transaction.atomic
def add_date(training, *, by, **facts):
    """A day on which ``training`` is given; ``facts`` are fields of TrainingDate."""
    day = TrainingDate(training=_locked(training, by), **facts)
    day.full_clean()
    day.save()
    decided("training_date_added", day, by=by)
    return day


@transaction.atomic
def remove_date(day, *, by):
    """It is not given on that day. Who chose the training keeps the choice."""
    _locked(day.training, by)
    decided("training_date_removed", day, by=by)
    day.delete()


def _locked(training, by):
    held = Training.objects.select_for_update(of=("self",)).set_up_by(by)
    mine = held.filter(pk=training.pk).first()
    if mine is None:
        raise PermissionDenied
    return mine


def _refuse_elsewhere(track, by):
    """Raises PermissionDenied unless ``by`` arranges ``track``; None: everything."""
    if track is None:
        allowed = arranges_everything(by)
    else:
        allowed = LearningTrack.objects.set_up_by(by).filter(pk=track.pk).exists()
    if not allowed:
        raise PermissionDenied


def _set_in_use(training, in_use, *, by, act, refusal):
    training = _locked(training, by)
    if training.is_active == in_use:
        raise refusal
    training.is_active = in_use
    training.save(update_fields=["is_active"])
    decided(act, training, by=by)
    return training
