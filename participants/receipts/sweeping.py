import datetime as dt

from django.conf import settings
from django.utils import timezone

from participants.receipts.models import Receipt


def sweep():
    """Forget what was carried out KEEP_RECEIPTS_DAYS ago; how many."""
    old = timezone.now() - dt.timedelta(days=settings.KEEP_RECEIPTS_DAYS)
    return Receipt.objects.made_before(old).delete()[0]
