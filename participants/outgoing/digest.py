"""Once a week each member of staff hears how much waits: counts and links, and no names."""

import datetime as dt

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from participants import mailing
from participants.accounts.models import Role, User
from participants.erasing import retention
from participants.mailing.models import Posting
from participants.messages import weeks
from participants.messages.models import MailChoice
from participants.overview import waiting


def recipients():
    """Staff who may log in and did not switch the digest off."""
    role = Role.objects.filter(user=OuterRef("pk"), kind__in=Role.STAFF)
    off = MailChoice.objects.filter(user=OuterRef("pk"), digest_off_at__isnull=False)
    return User.objects.all().filter(Exists(role), ~Exists(off), is_active=True)


def recipients_of(cohorts):
    """Those of ``recipients`` who work with one of ``cohorts``, by name."""
    here = Role.objects.filter(user=OuterRef("pk"), kind__in=Role.STAFF)
    here = here.filter(Q(cohort=None) | Q(cohort__in=cohorts))
    return recipients().filter(Exists(here)).order_by("name_key", "pk")


def figures(user):
    """What waits on ``user``: [(key, label, how many)], of the kinds of which something waits."""
    return waiting.pile(user, 1).figures


def vanishing(user):
    """The retention.Terms announced for the cohorts of ``user``; for who may hold them."""
    return retention.ahead(user)


def next_at(moment):
    """When digests go next: those of this week once the first of them was posted no more."""
    week = weeks.next_week_to_mail(moment, settings.DIGEST_AT)
    if Posting.objects.filter(key__startswith="digest-", key__endswith=f"-{week}").exists():
        week += dt.timedelta(weeks=1)
    return weeks.opens_at(week, settings.DIGEST_AT)


def send_due():
    """Post the digests of this week, when it is the day for it; how many there were.

    Safe to repeat and to run twice at once: one posting a person a week. Who has nothing to do
    gets none.
    """
    moment = timezone.now()
    if not weeks.is_open(moment, settings.DIGEST_AT):
        return 0
    week = weeks.week_of(moment)
    keys = {user: f"digest-{user.pk}-{week}" for user in recipients()}
    posted = set(Posting.objects.filter(key__in=keys.values()).values_list("key", flat=True))
    return sum(
        mailing.post("digest", user.pk, key=key)
        for user, key in keys.items()
        if key not in posted and (figures(user) or vanishing(user))
    )
