"""Taking something along: the one door, where it is asked who may and written down what for."""

import datetime as dt

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from participants.events.actions import decided
from participants.exports import tasks
from participants.exports.kinds import KINDS
from participants.exports.models import Export

AT_ONCE = 5000  # rows that a visitor can wait for
KEPT_FOR = dt.timedelta(days=1)


def look(kind, cohort, asked, *, by):
    """The Found of what ``by`` would take along; nothing is written down yet.

    ``asked`` narrows it, as the address does. Raises PermissionDenied unless the cohort is
    ``by``'s for this ``kind``, and ValidationError (``nothing_to_export``, or what the kind
    itself refuses).
    """
    if not kind.cohorts(by).filter(pk=cohort.pk).exists():
        raise PermissionDenied
    found = kind.found(cohort, asked, by)
    if not found.total:
        raise ValidationError(_("Hier staat niets om mee te nemen."), code="nothing_to_export")
    return found


def take(kind, cohort, form, asked, *, by, told):
    """``(Export, pieces)``: what is written down, and the bytes of the file.

    Of what is too much to wait for the pieces are None: its file is made in the background.
    ``told`` says why. Raises as ``look`` does.
    """
    found = look(kind, cohort, asked, by=by)
    apart = found.total > AT_ONCE
    with transaction.atomic():
        export = written_down(
            kind.key,
            cohort,
            found.total,
            by=by,
            told=told,
            form=form,
            asked=asked,
            narrowed=found.narrowed[:500],
            **_apart() if apart else {},
        )
        decided(kind.act, cohort, by=by, reason=str(told))
        if apart:
            tasks.make_export.enqueue(export.pk)
    return export, None if apart else found.made[form]()


def written_down(kind, cohort, total, *, by, told, form, **facts):
    """The Export of something that leaves now; ``kind`` is a key of ``kinds.LABELS``."""
    facts = {"finished_at": timezone.now(), "done": total} | facts
    return Export.objects.create(
        kind=kind,
        cohort=cohort,
        total=total,
        asked_by=by,
        why=told.why,
        reason=told.reason,
        form=form,
        **facts,
    )


def go_on(export, *, by):
    """Have an unfinished Export of ``by`` taken up again, where nobody is at it any more."""
    if not is_still_of(export, by):
        raise PermissionDenied
    if Export.objects.abandoned().filter(pk=export.pk).exists():
        tasks.make_export.enqueue(export.pk)


def is_still_of(export, user):
    """Whether ``user`` asked for it and may still take such things along."""
    cohorts = KINDS[export.kind].cohorts(user)
    return export.asked_by_id == user.pk and cohorts.filter(pk=export.cohort_id).exists()


def _apart():
    return {"finished_at": None, "done": 0, "expires_at": timezone.now() + KEPT_FOR}
