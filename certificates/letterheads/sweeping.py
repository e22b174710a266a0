"""Pictures that stand on no paper any more go away: a signature is somebody's own."""

import datetime as dt

from django.db.models import Q
from django.utils import timezone

from certificates.letterheads.models import PaperImage
from certificates.models import Certificate
from certificates.statements import ParticipationStatement

# Longer than any paper takes to be issued with a picture that was there when it began.
AFTER = dt.timedelta(days=1)


def sweep():
    """Forget pictures that were let go and that no frozen paper shows; returns how many."""
    old = PaperImage.objects.filter(let_go_at__lt=timezone.now() - AFTER)
    keys = [key for key in old.values_list("pk", flat=True) if not stands_on_paper(key)]
    PaperImage.objects.filter(pk__in=keys, let_go_at__isnull=False).forget()
    return len(keys)


def stands_on_paper(sha256):
    signed = Q(facts__signatories__0__signature=sha256) | Q(facts__signatories__1__signature=sha256)
    logo = Q(facts__logo=sha256)
    stated = logo | Q(facts__signatory__signature=sha256)
    return (
        Certificate.objects.filter(logo | signed).exists()
        or ParticipationStatement.objects.filter(stated).exists()
    )
