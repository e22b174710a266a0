"""Taking along everything that is stored about oneself."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participants.accounts.models import User
from participants.events.actions import decided
from participants.events.models import Event
from participants.mydata.packing import packed

MOST_AN_HOUR = 4
ACT = "data_downloaded"


def download(user):
    """The pieces of a ZIP with everything about ``user``, for that person only.

    Raises ValidationError (``too_many_downloads``).
    """
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        hour_ago = timezone.now() - dt.timedelta(hours=1)
        own = Event.objects.decisions().filter(actor=user, act=ACT, happened_at__gt=hour_ago)
        if own.count() >= MOST_AN_HOUR:
            raise ValidationError(
                _("Je hebt dit net al een paar keer opgehaald. Probeer het over een uur weer."),
                code="too_many_downloads",
            )
        decided(ACT, user, by=user)
    return packed(user)
