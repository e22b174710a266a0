"""To a later cohort with all that was done: what would change, and the move itself.

See docs/adr/0016-moving-to-a-later-cohort.md.
"""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from participants import progress
from participants.enrolments.locking import given, lock_coordinated
from participants.enrolments.models import Enrolment, Pause
from participants.events.actions import decided
from participants.interviews.models import FinalInterview
from participants.mailing import post
from participants.sessions.models import Session
from participants.tracks.models import Cohort

Status = Enrolment.Status
MOVABLE = (Status.ACTIVE, Status.STOPPED)


@dataclass(frozen=True)
class Preview:
    """What a move would do: (before, after) per criterion, and what to look at first."""

    lines: list
    open_registers: int
    running_pause: Pause | None

    @property
    def changed(self):
        """The pairs that differ in what a person reads."""
        return [pair for pair in self.lines if _told(pair[0]) != _told(pair[1])]


def destinations(enrolment, user):
    """The other cohorts of the same track that have not ended and that ``user`` coordinates."""
    cohorts = Cohort.objects.coordinated_by(user).filter(track=enrolment.cohort.track_id)
    cohorts = cohorts.filter(ends_on__gte=timezone.localdate()).exclude(pk=enrolment.cohort_id)
    return cohorts.exclude(enrolments__participant=enrolment.participant_id).order_by("starts_on")


@transaction.atomic
def preview(enrolment, cohort, *, by, starts_on=None):
    """What ``move`` would do, as figures of ``progress``: done, read, and undone.

    Raises as ``move`` does.
    """
    locked = _judged(enrolment, cohort, by, starts_on)
    open_registers = _open_registers(locked)
    before = _lines(locked)
    _carry(locked, cohort, starts_on)
    moved = Enrolment.objects.get(pk=locked.pk)
    pauses = Pause.objects.confirmed().covering(moved.starts_on).filter(enrolment=locked)
    seen = Preview(
        lines=list(zip(before, _lines(moved), strict=True)),
        open_registers=open_registers,
        running_pause=pauses.first(),
    )
    transaction.set_rollback(True)
    return seen


@transaction.atomic
def move(enrolment, cohort, *, by, reason, starts_on=None):
    """Let somebody go on in ``cohort`` from ``starts_on`` (default: its first day, or today where
    it runs already) with all hours, plans and exemptions; returns the Enrolment.

    Raises PermissionDenied unless ``by`` coordinates both cohorts (never oneself), and
    ValidationError: ``reason_needed``, ``not_movable``, ``has_certificate``,
    ``interview_under_way``, ``other_track``, ``cohort_over``, ``already_enrolled``,
    ``outside_the_cohort``.
    """
    locked = _judged(enrolment, cohort, by, starts_on)
    reason = given(reason)
    try:
        with transaction.atomic():
            _carry(locked, cohort, starts_on)
    except IntegrityError as clash:
        raise _already_there() from clash
    decided("moved_to_another_cohort", locked, by=by, reason=reason)
    post("moved", locked.pk)
    return Enrolment.objects.get(pk=locked.pk)


def first_day(cohort, starts_on=None):
    """From when somebody who comes now takes part: meetings of before are not asked."""
    return starts_on or max(cohort.starts_on, timezone.localdate())


def _carry(locked, cohort, starts_on):
    """The one change. Hours of before stay within ``entries_from``."""
    came = [locked.entries_from, max(locked.starts_on, locked.cohort.starts_on)]
    Enrolment.objects.filter(pk=locked.pk).update(
        cohort=cohort,
        status=Status.ACTIVE,
        starts_on=first_day(cohort, starts_on),
        ends_on=None,
        entries_from=min(filter(None, came)),
        entries_until=None,  # it was about the cohort of before
    )


def _judged(enrolment, cohort, by, starts_on):
    """The locked enrolment, when it may go to ``cohort``."""
    locked = lock_coordinated(enrolment, by)
    if not Cohort.objects.coordinated_by(by).filter(pk=cohort.pk).exists():
        raise PermissionDenied
    _refuse_unmovable(locked)
    _refuse_destination(locked, cohort, first_day(cohort, starts_on))
    return locked


def _refuse_unmovable(locked):
    # By its name: certificates stand above this layer.
    if Enrolment.objects.filter(pk=locked.pk, certificates__isnull=False).exists():
        raise ValidationError(
            _("Er is al een certificaat gemaakt. Voeg deze persoon toe aan de nieuwe lichting."),
            code="has_certificate",
        )
    if locked.status not in MOVABLE:
        raise ValidationError(
            _("Verplaatsen kan bij wie meedoet of gestopt is."), code="not_movable"
        )
    if FinalInterview.objects.unfinished().filter(enrolment=locked).exists():
        raise ValidationError(
            _("Er staat een eindgesprek gepland. Rond dat eerst af, of zeg het af."),
            code="interview_under_way",
        )


def _refuse_destination(locked, cohort, day):
    if cohort.track_id != locked.cohort.track_id:
        raise ValidationError(
            _("Dit is een andere leerlijn. Kies een lichting van dezelfde leerlijn."),
            code="other_track",
        )
    if cohort.ends_on < timezone.localdate():
        raise ValidationError(
            _("Deze lichting is al afgelopen. Kies een latere."), code="cohort_over"
        )
    if cohort.enrolments.filter(participant=locked.participant_id).exists():
        raise _already_there()
    if not cohort.starts_on <= day <= cohort.ends_on:
        raise ValidationError(
            _("Deze dag ligt niet in de lichting. Kies een dag tussen het begin en het einde."),
            code="outside_the_cohort",
        )


def _already_there():
    return ValidationError(
        _("Deze persoon staat al in die lichting. Kies een andere."), code="already_enrolled"
    )


def _lines(enrolment):
    return progress.lines(progress.of(Enrolment.objects.filter(pk=enrolment.pk)).get())


def _told(line):
    return {key: line[key] for key in ("required", "achieved", "submitted", "met", "explanation")}


def _open_registers(locked):
    """Meetings of the cohort of now that this person may have been at, not yet registered."""
    held = Session.objects.unregistered().filter(cohorts=locked.cohort_id)
    within = Q() if locked.ends_on is None else Q(date__lte=locked.ends_on)
    return held.filter(within, date__gte=locked.starts_on).count()
