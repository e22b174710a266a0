"""Rating alone: what one assessor does before seeing what the other saw."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participants.events.actions import decided
from participants.interviews import seating
from participants.interviews.items import Rating
from participants.interviews.models import Seat, Value


@transaction.atomic
def declare_independent(interview, *, by):
    """Note that ``by`` did not guide this participant; saying it again changes nothing.

    Raises PermissionDenied without a seat, ValidationError ``already_final`` or ``not_held``.
    """
    seat = seating.seat_of(interview, by=by)
    interview = seating.locked(interview)
    same = Seat.objects.taken().filter(pk=seat.pk, independent_at=None)
    if same.update(independent_at=timezone.now()):
        decided("interview_independence_declared", interview, by=by)


@transaction.atomic
def rate(interview, *, by, ratings, hand_in=False):
    """Keep the ratings of ``by``: ``{pk of an item: (value, notes)}``, a draft until handed in.

    What is not in ``ratings`` stays as it was; an empty value is not rated yet. Handing in
    needs a value for every item and declared independence, and freezes them. Raises
    PermissionDenied without a seat, and ValidationError with code ``already_handed_in``,
    ``unknown_criterion``, ``unknown_value``, ``ratings_incomplete``,
    ``independence_not_declared``, ``already_final`` or ``not_held``.
    """
    seating.seat_of(interview, by=by)
    interview = seating.locked(interview)
    seat = seating.seat_of(interview, by=by)
    if seat.rated_at:
        raise _already_handed_in()
    _keep(interview, seat, ratings)
    if hand_in:
        _hand_in(interview, seat, by)


def known(interview, answers):
    """The items that ``answers`` is about, by key; refuses other keys and other values.

    ``answers`` is ``{pk of an item: (value, text)}``.
    """
    items = {item.pk: item for item in interview.items.all()}
    if set(answers) - set(items):
        raise ValidationError(
            _("Dit criterium hoort niet bij dit gesprek."), code="unknown_criterion"
        )
    if {value or "" for value, text in answers.values()} - {"", *Value.values}:
        raise ValidationError(
            _("Kies nog niet, voldoende of goed laten zien."), code="unknown_value"
        )
    return items


def _keep(interview, seat, ratings):
    known(interview, ratings)
    Rating.objects.bulk_create(
        [
            Rating(seat=seat, item_id=item, value=value or "", notes=notes or "")
            for item, (value, notes) in ratings.items()
        ],
        update_conflicts=True,
        unique_fields=["seat", "item"],
        update_fields=["value", "notes"],
    )


def _hand_in(interview, seat, by):
    rated = seat.ratings.exclude(value="").values("item")
    missing = interview.items.exclude(pk__in=rated)
    if missing:
        raise ValidationError(
            _("Kies nog een oordeel bij: %(titles)s."),
            code="ratings_incomplete",
            params={
                "titles": ", ".join(item.title for item in missing),
                "items": [item.pk for item in missing],
            },
        )
    if not seat.independent_at:
        raise ValidationError(
            _("Verklaar eerst dat je onafhankelijk oordeelt."), code="independence_not_declared"
        )
    if not Seat.objects.filter(pk=seat.pk, rated_at=None).update(rated_at=timezone.now()):
        raise _already_handed_in()
    decided("interview_rated", interview, by=by)


def _already_handed_in():
    return ValidationError(
        _("Je hebt al ingeleverd. Je oordeel verandert niet meer."), code="already_handed_in"
    )
