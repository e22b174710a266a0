"""Mail about one's own account."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from participants.accounts.doors import EmailChange
from participants.accounts.models import User
from participants.mailing import Letter, letter


@letter("email_change")
def email_change(change_pk):
    """To the new address. When that is somebody's already, it says so, and to nobody else."""
    change = EmailChange.objects.open().filter(pk=change_pk).first()
    if change is None:
        return None
    if User.objects.filter(email__iexact=change.email).exists():
        subject, template = _("Dit e-mailadres is al in gebruik"), "mail/email_in_use.txt"
    else:
        subject, template = _("Bevestig je nieuwe e-mailadres"), "mail/email_change.txt"
    return Letter(to=change.email, subject=subject, template=template, context=_context(change))


@letter("email_changed")
def email_changed(change_pk):
    """To the old address, so that nobody is moved without knowing."""
    change = EmailChange.objects.filter(pk=change_pk).first()
    return change and Letter(
        to=change.old_email,
        subject=_("Je e-mailadres is veranderd"),
        template="mail/email_changed.txt",
        context={},
    )


def _context(change):
    path = reverse("mydata:confirm-email", args=[change.pk, change.secret])
    return {"link": f"{settings.SITE_URL}{path}", "login": settings.SITE_URL}
