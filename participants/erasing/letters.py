"""Mail about erasing: that it was asked, or that it is off. What and why is read in the app."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from participants.accounts.models import User
from participants.mailing import Letter, letter


@letter("erasure_asked")
def erasure_asked(user_pk):
    """None when it is off again by now, or done."""
    person = User.objects.filter(pk=user_pk, erase_on__isnull=False).first()
    return person and _about(
        person, _("Je gegevens worden gewist"), "mail/erasure_asked.txt", day=person.erase_on
    )


@letter("erasure_undone")
def erasure_undone(user_pk):
    """None when it was asked again."""
    person = User.objects.filter(pk=user_pk, erase_on=None, erased_at=None).first()
    return person and _about(person, _("Je gegevens blijven staan"), "mail/erasure_undone.txt")


def _about(person, subject, template, **facts):
    address = settings.SITE_URL + reverse("erasing:own")
    context = {"name": person.first_name, "address": address, **facts}
    return Letter(to=person.email, subject=subject, template=template, context=context)
