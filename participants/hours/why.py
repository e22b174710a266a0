"""Why hours do not count: one sentence per state, the same on pages, in the API and in exports."""

from django.utils.translation import gettext as _

from leerlijn.templatetags.dates import long_date
from participants.hours.models import HourEntry

Status = HourEntry.Status


def why_not_counted(entry, judge=None):
    """One sentence on why ``entry`` does not count; "" when it does.

    ``judge`` is who gave the verdict, where that is known without asking.
    """
    if entry.status == Status.RETURNED:
        return _returned(entry, judge or entry.judge)
    return SENTENCES[Status(entry.status)](entry)


def _waits(entry):
    return _("Wacht op akkoord sinds %s.") % long_date(entry.submitted_at)


def _returned(entry, judge):
    question = {"name": judge.first_name, "reason": entry.return_reason}
    return _("%(name)s vraagt: %(reason)s") % question


def _withdrawn(entry):
    if entry.replaced_at:
        return _("Vervangen door een verbetering.")
    return _("Ingetrokken.")


SENTENCES = {
    Status.DRAFT: lambda entry: _("Dit is een concept. Het is nog niet ingeleverd."),
    Status.SUBMITTED: _waits,
    Status.APPROVED: lambda entry: "",
    Status.WITHDRAWN: _withdrawn,
}
