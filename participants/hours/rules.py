"""What hours must satisfy to stand (domain.md, "Hours"). Each refusal is a sentence and a code.

Only the actions call this, with the enrolments of the person locked: two entries at the same
moment cannot both fit in what is left of one day. ``known`` are the Facts around the entry, asked
under that lock; a rule asks the database nothing by itself.
"""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from participants.enrolments.models import Enrolment
from participants.hours.models import HourEntry
from participants.hours.wording import in_words
from participants.trainings.models import TrainingChoice

State = Enrolment.Status


def judge(entry, known):
    """Raise ValidationError when ``entry``, saved or not, may not stand as it is now."""
    takes_part(entry)
    within_the_dates(entry, known)
    of_some_length(entry)
    at_sensible_times(entry)
    of_ones_own_place(entry, known)
    of_ones_own_training(entry)
    fits_in_the_day(entry, known)


def takes_part(entry):
    """New hours ask an active enrolment; who stopped may still finish what was handed in."""
    status = entry.enrolment.status
    finishing = entry.submitted_at or entry.corrects_id
    if status == State.ACTIVE or (status == State.STOPPED and finishing):
        return
    raise ValidationError(
        {
            State.APPLIED: _("Je aanmelding loopt nog. Ben je toegelaten, dan kun je beginnen."),
            State.DECLINED: _("Je doet niet mee aan deze leerlijn. Hier passen geen uren bij."),
            State.STOPPED: _("Je deelname is gestopt. Nieuwe uren opschrijven kan niet meer."),
            State.COMPLETED: _("Je leerlijn is afgerond. Nieuwe uren opschrijven kan niet meer."),
        }[status],
        code="not_active",
    )


def within_the_dates(entry, known):
    """The day worked, in Amsterdam: not after today, not before the start, not too late."""
    first, last = first_day(entry.enrolment), last_day(entry.enrolment, known)
    if entry.date > timezone.localdate():
        raise ValidationError(
            _("Deze dag moet nog komen. Kies vandaag of een dag die al geweest is."),
            code="in_the_future",
        )
    if entry.date < first:
        raise ValidationError(
            _("Jouw leerlijn begon op %s. Kies een dag vanaf die datum.") % _day(first),
            code="before_the_start",
        )
    if entry.date > last:
        raise ValidationError(
            _("Uren mogen tot en met %s. Klopt dat niet? Vraag het je coördinator.") % _day(last),
            code="after_the_end",
        )


def first_day(enrolment):
    """The first date on which hours of ``enrolment`` may be; earlier for who brought some along."""
    return enrolment.entries_from or max(enrolment.starts_on, enrolment.cohort.starts_on)


def last_day(enrolment, known):
    """The last date on which hours may be: a personal one, else the cohort's plus pauses."""
    if enrolment.status == State.STOPPED and enrolment.ends_on:
        return enrolment.ends_on
    moved = dt.timedelta(days=_days_of_pauses(known))
    return enrolment.entries_until or enrolment.cohort.last_entry_on + moved


def of_some_length(entry):
    if entry.minutes < 1:
        raise ValidationError(
            _("Vul een duur in van meer dan 0 minuten, bijvoorbeeld 1:30."), code="zero_duration"
        )


def at_sensible_times(entry):
    if bool(entry.starts_at) != bool(entry.ends_at):
        raise ValidationError(
            _("Vul de begintijd en de eindtijd allebei in, of allebei niet."), code="half_a_time"
        )
    if entry.starts_at and entry.ends_at <= entry.starts_at:
        raise ValidationError(
            _("De eindtijd ligt voor de begintijd. Ging het door na 24.00 uur? Maak twee regels."),
            code="ends_before_it_starts",
        )


def of_ones_own_place(entry, known):
    """Work may name a learning place of this very enrolment; study names none."""
    if not entry.placement_id:
        return
    if entry.kind != HourEntry.Kind.WORK:
        raise ValidationError(
            _("Een leerplek hoort bij werkuren. Kies werk, of laat de leerplek leeg."),
            code="study_has_no_placement",
        )
    if entry.placement_id not in known.places:
        raise ValidationError(_("Kies een leerplek van jezelf."), code="unknown_placement")


def of_ones_own_training(entry):
    """Study may name a training that was chosen in this enrolment; work names none."""
    if not entry.training_choice_id:
        return
    if entry.kind != HourEntry.Kind.STUDY:
        raise ValidationError(
            _("Een training hoort bij studie-uren. Kies studie, of laat de training leeg."),
            code="work_has_no_training",
        )
    choice = entry.training_choice
    if choice.enrolment_id != entry.enrolment_id or choice.status not in TrainingChoice.OPEN:
        raise ValidationError(
            _("Kies een training die je zelf gekozen hebt."), code="unknown_training"
        )
    if choice.training_id and choice.training.has_register:
        raise ValidationError(
            _("De uren van deze training komen uit de presentielijst. Je hoeft niets te doen."),
            code="comes_from_the_register",
        )


def says_what_was_done(entry):
    """Asked of what is handed in; a draft may wait for its words."""
    if not entry.description.strip():
        raise ValidationError(
            _("Schrijf in een paar woorden wat je deed."), code="description_missing"
        )


def fits_in_the_day(entry, known):
    """At most 16 hours on one day, over all enrolments and with drafts, without the withdrawn."""
    taken = _other_minutes_of_the_day(entry, known)
    left = HourEntry.MOST_A_DAY - taken
    if entry.minutes <= left:
        return
    if not taken:
        sentence = _("Op één dag passen 16 uur. Verdeel je uren over de dagen.")
    elif left > 0:
        sentence = _(
            "Op deze dag staat al %(taken)s. Er passen 16 uur op een dag, dus nog %(left)s."
        ) % {"taken": in_words(taken), "left": in_words(left)}
    else:
        sentence = _("Op deze dag staat al 16 uur. Meer past er niet op een dag.")
    raise ValidationError(sentence, code="too_much_on_a_day")


def _other_minutes_of_the_day(entry, known):
    """Minutes besides ``entry``; of hours and their waiting correction the longer of the two."""
    others = [row for row in known.standing if row[0] not in (entry.pk, entry.corrects_id)]
    minutes = {pk: each for pk, each, _corrects in others}
    twice = (min(each, minutes[old]) for _pk, each, old in others if old in minutes)
    return sum(minutes.values()) - sum(twice)


def _days_of_pauses(known):
    """Days in confirmed pauses, each day once; a pause without an end runs until today."""
    days = set()
    for first, last in known.pauses:
        end = last or timezone.localdate()
        days.update(range(first.toordinal(), end.toordinal() + 1))
    return len(days)


def _day(day):
    return formats.date_format(day, "j F Y")
