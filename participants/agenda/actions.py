"""Opening and closing the address of one's own calendar."""

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from participants.agenda.models import CalendarFeed
from participants.events.actions import decided


@transaction.atomic
def renew(*, by):
    """A new address for the calendar of ``by``; the one before, if any, no longer answers."""
    # Two presses at once: the second waits here, and makes no second row.
    get_user_model().objects.select_for_update(no_key=True).get(pk=by.pk)
    feed = CalendarFeed.objects.filter(user=by).first() or CalendarFeed(user=by)
    feed.renew()
    feed.save()
    decided("calendar_opened", feed, by=by)
    return feed


@transaction.atomic
def revoke(*, by):
    """The address of ``by`` answers no more; whether there was one that did."""
    same = CalendarFeed.objects.filter(user=by, revoked_at=None)
    if not same.update(revoked_at=timezone.now()):
        return False
    decided("calendar_closed", CalendarFeed.objects.get(user=by), by=by)
    return True
