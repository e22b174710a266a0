"""What the participant says after a final talk: a reply, or an objection; and who decides."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leerlijn.templatetags.dates import long_date
from participants.enrolments.locking import given
from participants.enrolments.models import Enrolment
from participants.events.actions import decided
from participants.interviews import amending
from participants.interviews.afterwards import InterviewReply, Objection
from participants.interviews.filing import for_participant
from participants.interviews.models import FinalInterview

LONGEST = 5_000
Outcome = Objection.Outcome


@transaction.atomic
def reply(interview, text, *, by):
    """What the participant says about the report; returns the InterviewReply.

    Raises PermissionDenied for others, and ValidationError with code ``not_final``,
    ``nothing_written`` or ``text_too_long``.
    """
    interview = _own_final(interview, by)
    said = InterviewReply.objects.create(interview=interview, author=by, text=_written(text))
    decided("interview_replied", interview, by=by)
    return said


@transaction.atomic
def make_objection(interview, *, by, items, text):
    """The participant does not agree with the ratings of ``items``; returns the Objection.

    Raises PermissionDenied for others, and ValidationError with code ``not_final``,
    ``too_late``, ``no_criteria``, ``unknown_criterion``, ``nothing_written``,
    ``text_too_long`` or ``already_objected`` (one still waits for its decision).
    """
    interview = _own_final(interview, by)
    if not may_still_object(interview):
        raise ValidationError(
            _("Bezwaar maken kon tot en met %(day)s. Praat erover met je coördinator."),
            code="too_late",
            params={"day": long_date(last_day(interview))},
        )
    keys = {item.pk for item in items}
    if not keys:
        raise ValidationError(_("Kies over welk criterium het gaat."), code="no_criteria")
    named = list(interview.items.filter(pk__in=keys))
    if len(named) < len(keys):
        raise ValidationError(
            _("Dit criterium hoort niet bij dit gesprek."), code="unknown_criterion"
        )
    objection = _made(interview=interview, text=_written(text), made_by=by)
    objection.items.set(named)
    decided("objection_made", objection, by=by)
    return objection


@transaction.atomic
def decide(objection, *, by, outcome, motivation, outsider="", values=None):
    """Decide on an objection; ``values`` (``{pk of an item: value}``) are the new ratings.

    ``outsider`` names who decided when that was somebody from outside; who sat as assessor can
    only record that. Raises PermissionDenied for who does not coordinate the cohort and about
    one's own talk, and ValidationError with code ``outsider_needed``, ``unknown_outcome``,
    ``reason_needed``, ``nothing_to_change`` (rejected, yet with values), ``not_named`` (a
    criterion that the objection is not about), ``already_decided``, or of ``amend``.
    """
    interview = amending.final(objection.interview, by)
    outsider, motivation = outsider.strip(), given(motivation)
    if not outsider and interview.seats.taken().filter(assessor=by).exists():
        raise ValidationError(
            _("Jij was beoordelaar. Laat een ander besluiten en schrijf op wie dat was."),
            code="outsider_needed",
        )
    if outcome not in Outcome.values:
        raise ValidationError(_("Kies wat het besluit is."), code="unknown_outcome")
    values = _judged_values(objection, outcome, values or {})
    if (
        not Objection.objects.awaiting_decision()
        .filter(pk=objection.pk)
        .update(
            outcome=outcome,
            motivation=motivation,
            outsider=outsider,
            decided_by=by,
            decided_at=timezone.now(),
        )
    ):
        raise ValidationError(_("Over dit bezwaar is al besloten."), code="already_decided")
    decided("objection_decided", objection, by=by, reason=motivation)
    if outcome == Outcome.UPHELD:
        amending.change(interview, values, by=by, reason=motivation, objection=objection)
    objection.refresh_from_db()
    return objection


def last_day(interview):
    """The last day in Amsterdam on which objecting is possible; None while a pause has no end.

    The days of the term begin after the day of the result; days in a confirmed pause of the
    participant do not count.
    """
    pauses = list(interview.enrolment.pauses.confirmed().values_list("starts_on", "ends_on"))
    day = timezone.localdate(interview.finalised_at)
    left = interview.enrolment.cohort.objection_days
    while left:
        day += dt.timedelta(days=1)
        ends = [ends_on for starts_on, ends_on in pauses if _covers(starts_on, ends_on, day)]
        if None in ends:
            return None
        left -= not ends
    return day


def may_still_object(interview, on=None):
    """Whether the term runs on that day (today)."""
    last = last_day(interview)
    return last is None or (on or timezone.localdate()) <= last


def _covers(starts_on, ends_on, day):
    return starts_on <= day and (ends_on is None or day <= ends_on)


def _own_final(interview, by):
    enrolment = Enrolment.objects.select_for_update().get(pk=interview.enrolment_id)
    for_participant(enrolment, by=by)
    locked = FinalInterview.objects.select_for_update().get(pk=interview.pk)
    if not locked.is_final:
        raise ValidationError(_("Dit kan als het verslag er is."), code="not_final")
    return locked


def _written(text):
    text = text.strip()
    if not text:
        raise ValidationError(_("Schrijf op wat je wilt zeggen."), code="nothing_written")
    if len(text) > LONGEST:
        raise ValidationError(
            _("Deze tekst is te lang. Maak hem korter dan %(most)d tekens."),
            code="text_too_long",
            params={"most": LONGEST},
        )
    return text


def _made(**facts):
    try:
        with transaction.atomic():
            return Objection.objects.create(**facts)
    except IntegrityError as clash:
        raise ValidationError(
            _("Je bezwaar is al binnen. Er wordt naar gekeken."), code="already_objected"
        ) from clash


def _judged_values(objection, outcome, values):
    values = {key: value for key, value in values.items() if value}
    if outcome == Outcome.REJECTED and values:
        raise ValidationError(
            _("Het oordeel blijft staan. Kies dan geen ander oordeel."), code="nothing_to_change"
        )
    if set(values) - set(objection.items.values_list("pk", flat=True)):
        raise ValidationError(_("Daar gaat dit bezwaar niet over."), code="not_named")
    return values
