"""The mails to a supervisor. Link and code stand in one mail; what was done stands in none."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from participants.confirmations.models import ConfirmationRequest
from participants.mailing import Letter, letter
from participants.placements import supervising
from participants.placements.letters import first_names


@letter("confirmation_request")
def confirmation_request(request_pk):
    """None when the link no longer opens, or nothing waits for an answer any more."""
    request = _live(request_pk)
    lines = list(request.lines.standing().in_order()) if request else []
    if not lines:
        return None
    facts = {
        **_about(request),
        "first_names": first_names([line.entry for line in lines]),
        "lines": len(lines),
        "until": timezone.localdate(request.expires_at),
        "link": link(request),
    }
    subject = _("Werkuren bevestigen voor %s") % facts["track"].provider
    return Letter(request.supervisor.email, subject, "mail/confirmation_request.txt", facts)


@letter("confirmation_code")
def confirmation_code(request_pk):
    """None when the QR code no longer opens anything."""
    request = _live(request_pk)
    if request is None:
        return None
    facts = {**_about(request), "first_name": request.shown_by.first_name}
    subject = _("Je code om werkuren te bevestigen")
    return Letter(request.supervisor.email, subject, "mail/confirmation_code.txt", facts)


def link(request):
    """The address of the page, as it stands in the mail and in the QR code."""
    return settings.SITE_URL + reverse("confirmations:page", args=[request.token])


def _live(pk):
    requests = ConfirmationRequest.objects.live().select_related("supervisor", "shown_by")
    return requests.filter(pk=pk).first()


def _about(request):
    cohort = supervising.contact_cohort(request.supervisor)
    return {
        "supervisor": request.supervisor,
        "cohort": cohort,
        "track": cohort.track,
        "code": request.code,
    }
