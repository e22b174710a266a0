"""The weekly digest. Counts and links only: what it is about is read after logging in."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from participants.mailing import Letter, letter
from participants.outgoing import digest as digests


@letter("digest")
def digest(user_pk):
    """None when nothing waits any more, and for who does not want it or is no staff."""
    user = digests.recipients().filter(pk=user_pk).first()
    figures = digests.figures(user) if user else []
    vanishing = digests.vanishing(user) if user else []
    if not figures and not vanishing:
        return None
    address = settings.SITE_URL + reverse("overview:waiting")
    return Letter(
        to=user.email,
        subject=_("Wat er deze week op je wacht"),
        template="mail/digest.txt",
        context={
            "name": user.first_name,
            "rows": [(label, many, f"{address}?soort={key}") for key, label, many in figures],
            "vanishing": vanishing,
            "keeping": settings.SITE_URL + reverse("erasing:keeping"),
            "choice": settings.SITE_URL + reverse("messages:choice"),
        },
    )
