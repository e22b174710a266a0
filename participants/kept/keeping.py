"""Keeping, reading and forgetting what somebody typed. Each knows one person: its owner."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from participants.kept.models import KeptInput

MOST_CHARACTERS = 200_000
MOST_FORMS = 50
LONGEST_KEY = 80
DAYS_KEPT = 30
NOT_KEPT = {"csrfmiddlewaretoken", "password", "code"}


def keep(user, key, fields):
    """Keep ``fields`` ({name: [texts]}) of the form ``key``, in place of what was kept of it.

    Raises ValidationError with the code ``no_key`` or ``too_much``. The oldest of more than
    MOST_FORMS goes.
    """
    if not key or len(key) > LONGEST_KEY or not key.isprintable():
        raise ValidationError(_("We weten niet waar deze tekst bij hoort."), code="no_key")
    fields = {name: values for name, values in fields.items() if name not in NOT_KEPT}
    if sum(len(text) for values in fields.values() for text in values) > MOST_CHARACTERS:
        raise ValidationError(
            _("Deze tekst is te lang om tussendoor te bewaren. Verstuur hem."), code="too_much"
        )
    with transaction.atomic():
        KeptInput.objects.update_or_create(
            user=user, key=key, defaults={"fields": fields, "changed_at": timezone.now()}
        )
        _drop_the_oldest(user)


def fields(user, key):
    """What was kept, as a QueryDict that a form or formset can be bound to; None without."""
    row = KeptInput.objects.own(user).filter(key=key).first()
    if row is None:
        return None
    typed = QueryDict(mutable=True)
    for name, values in row.fields.items():
        typed.setlist(name, values)
    typed._mutable = False
    return typed


def initial(user, key, prefix=""):
    """What was kept as initial values of a form (with ``prefix``); empty without.

    A text where one was sent, a list where there were several.
    """
    start = f"{prefix}-" if prefix else ""
    typed = fields(user, key) or QueryDict()
    return {
        name.removeprefix(start): values[0] if len(values) == 1 else values
        for name, values in typed.lists()
        if name.startswith(start)
    }


def when(user, key):
    """The moment at which ``key`` was kept last; None without."""
    return KeptInput.objects.own(user).filter(key=key).values_list("changed_at", flat=True).first()


def forget(user, key):
    """Throw away what was kept of ``key``, if anything."""
    KeptInput.objects.own(user).filter(key=key).delete()


def sweep():
    """Throw away what nobody touched for DAYS_KEPT days; how many rows that were."""
    before = timezone.now() - dt.timedelta(days=DAYS_KEPT)
    return KeptInput.objects.filter(changed_at__lt=before).delete()[0]


def _drop_the_oldest(user):
    newest = KeptInput.objects.own(user).order_by("-changed_at", "-pk")
    surplus = list(newest.values_list("pk", flat=True)[MOST_FORMS:])
    if surplus:
        KeptInput.objects.filter(pk__in=surplus).delete()
