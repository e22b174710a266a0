"""What a reviewer should look at before saying yes; nothing here refuses (domain.md, "Hours")."""

import datetime as dt

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from participants.hours.models import HourEntry
from participants.hours.wording import in_words


def for_reviewer(entry):
    """Sentences about an ``entry`` of ``with_people().with_review_facts()``; often none."""
    return [sentence for note in NOTES if (sentence := note(entry))]


def for_owner(entry):
    """What the owner may want to look at once more, kindly; nothing is asked, and often none."""
    return [sentence for note in OWN_NOTES if (sentence := note(entry))]


def written_by(entry):
    """Who wrote down these hours for their owner, and how they knew; None when nobody did."""
    if entry.written_by:
        said = {"name": entry.written_by.name, "note": entry.written_note}
        return _("Opgeschreven door %(name)s: %(note)s") % said


def clock_minutes(entry):
    """Minutes between the times of ``entry``, counted in UTC: the clock may change that night."""
    start, end = (
        timezone.make_aware(dt.datetime.combine(entry.date, time)).astimezone(dt.UTC)
        for time in (entry.starts_at, entry.ends_at)
    )
    return int((end - start).total_seconds() // 60)


def _corrects(entry):
    if old := entry.corrects:
        return _("Dit komt in de plaats van %(hours)s op %(day)s, die al akkoord was.") % {
            "hours": in_words(old.minutes),
            "day": formats.date_format(old.date, "j F"),
        }


def _was_returned(entry):
    if entry.return_reason:
        return _("Eerder teruggestuurd met: %s") % entry.return_reason


def _long_day(entry):
    if (entry.day_minutes or 0) > HourEntry.LONG_DAY:
        return _("Samen %s op deze dag. Meer dan 10 uur mag; kijk even of het klopt.") % in_words(
            entry.day_minutes
        )


def _own_long_day(entry):
    if (entry.day_minutes or 0) > HourEntry.LONG_DAY:
        day = formats.date_format(entry.date, "j F")
        return _("Op %(day)s staat nu samen %(hours)s. Dat mag. Klopt het niet? Wijzig het.") % {
            "day": day,
            "hours": in_words(entry.day_minutes),
        }


def _own_overlap(entry):
    if entry.overlaps:
        return _("Je tijden lopen door andere uren van die dag heen. Kijk of dat klopt.")


def _overlaps(entry):
    if entry.overlaps:
        return _("De tijden lopen door andere uren van deze dag heen.")


def _times_differ(entry):
    if entry.starts_at and (between := clock_minutes(entry)) != entry.minutes:
        return _("Van %(start)s tot %(end)s is %(between)s; er staat %(written)s.") % {
            "start": entry.starts_at.strftime("%H.%M"),
            "end": entry.ends_at.strftime("%H.%M uur"),
            "between": in_words(between),
            "written": in_words(entry.minutes),
        }


def _no_training(entry):
    if entry.kind == HourEntry.Kind.STUDY and not entry.training_choice_id:
        return _("Er staat geen training bij.")


def _no_placement(entry):
    if entry.kind == HourEntry.Kind.WORK and not entry.placement_id:
        return _("Er staat geen leerplek bij.")


NOTES = (
    written_by,
    _corrects,
    _was_returned,
    _long_day,
    _overlaps,
    _times_differ,
    _no_training,
    _no_placement,
)

OWN_NOTES = (_own_long_day, _own_overlap, _times_differ)
