"""A beginning for the form of hours: what one did last time, or a training just followed."""

from django.utils import timezone

from participants.hours.models import HourEntry
from participants.trainings.models import TrainingChoice


def initial(user, asked):
    """Initial values from a query: ``like`` (an entry), ``training`` (a choice) or ``kind``."""
    if entry := _of(HourEntry.objects.owned_by(user), asked.get("like")):
        return _like(entry)
    choices = TrainingChoice.objects.owned_by(user).select_related("training")
    if choice := _of(choices, asked.get("training")):
        return _after(choice)
    return {"kind": asked.get("kind")}


def _of(rows, key):
    return rows.filter(pk=key).first() if key and key.isdecimal() and len(key) < 19 else None


def _like(entry):
    """All but the clock; the day is today, as it mostly is, and stands in sight."""
    return {
        "day": timezone.localdate().isoformat(),
        "enrolment": entry.enrolment_id,
        "kind": entry.kind,
        "minutes": entry.minutes,
        "description": entry.description,
        "placement": entry.placement_id,
        "training_choice": entry.training_choice_id,
    }


def _after(choice):
    minutes = choice.training.minutes if choice.training else None
    return {
        "enrolment": choice.enrolment_id,
        "kind": "study",
        "minutes": minutes if minutes and minutes <= HourEntry.MOST_A_DAY else None,
        "description": choice.title,
        "training_choice": choice.pk,
    }
