"""What the final interview of a track asks, as whoever arranges the organisation sets it.

A cohort that has begun keeps what it had: the first change pins that on it, and a criterion
that somebody has been asked is never put in other words, but replaced by a new one.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from participants.events.actions import decided
from participants.interviews.evidence import EvidenceItem
from participants.interviews.items import InterviewItem
from participants.setup import tracks
from participants.tracks.models import CohortCriterion, InterviewCriterion

WORDS = ("title", "explanation", "example_question", "hint", "required")


@transaction.atomic
def add(track, *, by, **words):
    """A criterion, as the last one; ``words`` are of WORDS.

    Raises PermissionDenied, and ValidationError: ``on_the_list`` where one in use has that title,
    or for words that cannot be.
    """
    track = _pinned(track, by)
    _refuse_listed(track, words)
    criterion = _written(InterviewCriterion(track=track, position=_last(track) + 1), words)
    decided("criterion_added", criterion, by=by)
    return criterion


@transaction.atomic
def reword(criterion, *, by, **words):
    """``criterion`` in other ``words``: the same row, or a new one where it has been asked.

    Raises PermissionDenied, and ValidationError: ``not_in_use``, or for words that cannot be.
    """
    criterion = _held(criterion, by)
    _refuse_archived(criterion)
    if all(getattr(criterion, name) == text for name, text in words.items()):
        return criterion
    if _has_been_asked(criterion):
        criterion = _replaced(criterion, words)
    else:
        _written(criterion, words)
    decided("criterion_reworded", criterion, by=by)
    return criterion


@transaction.atomic
def archive(criterion, *, by):
    """It is asked no more of who has yet to begin.

    Raises PermissionDenied, and ValidationError (``not_in_use``).
    """
    criterion = _held(criterion, by)
    _refuse_archived(criterion)
    criterion.is_active = False
    criterion.save(update_fields=["is_active"])
    decided("criterion_archived", criterion, by=by)
    return criterion


@transaction.atomic
def restore(criterion, *, by):
    """It is asked again, as the last one.

    Raises PermissionDenied, and ValidationError: ``in_use``, or ``was_replaced`` where other
    words stand in its place.
    """
    criterion = _held(criterion, by)
    if criterion.is_active:
        raise ValidationError(_("Dit criterium is al in gebruik."), code="in_use")
    if criterion.replaced_by_id:
        raise ValidationError(
            _("Dit criterium kreeg andere woorden. Verander die, als je de oude terug wilt."),
            code="was_replaced",
        )
    criterion.position = _last(criterion.track) + 1
    criterion.is_active = True
    criterion.save(update_fields=["position", "is_active"])
    decided("criterion_restored", criterion, by=by)
    return criterion


@transaction.atomic
def move(criterion, *, by, up):
    """It changes places with the one before it (``up``), or after it.

    Raises PermissionDenied, and ValidationError: ``not_in_use``, ``at_the_end``.
    """
    criterion = _held(criterion, by)
    _refuse_archived(criterion)
    others = criterion.track.interview_criteria.in_use()
    if up:
        beside = others.filter(position__lt=criterion.position).order_by("-position").first()
    else:
        beside = others.filter(position__gt=criterion.position).order_by("position").first()
    if beside is None:
        raise ValidationError(_("Verder kan dit criterium niet."), code="at_the_end")
    _swap(criterion, beside)
    decided("criterion_moved", criterion, by=by)
    return criterion


def _pinned(track, by):
    """The locked ``track``, of which every cohort that began has its criteria for itself."""
    track = tracks.held(track, by)
    asked = list(track.interview_criteria.in_use())
    begun = track.cohorts.filter(starts_on__lte=timezone.localdate(), pinned_criteria=None)
    CohortCriterion.objects.bulk_create(
        CohortCriterion(cohort=cohort, criterion=each, position=each.position)
        for cohort in begun
        for each in asked
    )
    return track


def _held(criterion, by):
    _pinned(criterion.track, by)
    return InterviewCriterion.objects.select_related("track").get(pk=criterion.pk)


def _refuse_listed(track, words):
    if track.interview_criteria.in_use().filter(title=words.get("title")).exists():
        raise ValidationError(
            {"title": ValidationError(_("Dit criterium staat al op de lijst."), code="on_the_list")}
        )


def _refuse_archived(criterion):
    if not criterion.is_active:
        raise ValidationError(_("Dit criterium is weggelegd."), code="not_in_use")


def _has_been_asked(criterion):
    """Whether a cohort, a talk or what somebody prepared for one goes by its words."""
    rows = (CohortCriterion.objects, InterviewItem.objects, EvidenceItem.objects)
    return any(each.filter(criterion=criterion).exists() for each in rows)


def _replaced(criterion, words):
    same = {name: getattr(criterion, name) for name in WORDS}
    new = InterviewCriterion(track=criterion.track, position=criterion.position)
    # Two cannot stand in one place: the old one leaves first.
    criterion.is_active = False
    criterion.save(update_fields=["is_active"])
    criterion.replaced_by = _written(new, same | words)
    criterion.save(update_fields=["replaced_by"])
    return new


def _written(criterion, words):
    for name, text in words.items():
        setattr(criterion, name, text)
    criterion.full_clean()
    criterion.save()
    return criterion


def _last(track):
    return track.interview_criteria.in_use().aggregate(last=Max("position"))["last"] or 0


def _swap(one, other):
    # By way of a free place: no two may stand in one, not even for a moment.
    here, there = one.position, other.position
    for criterion, position in ((one, _last(one.track) + 1), (other, here), (one, there)):
        criterion.position = position
        criterion.save(update_fields=["position"])
