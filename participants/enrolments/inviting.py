"""The mail that says how to log in: with the enrolment, and once more for who never did."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from participants.enrolments.models import Enrolment
from participants.events.actions import decided
from participants.mailing import post
from participants.tracks.models import Cohort


def invite(enrolment_pk):
    """Have the mail sent, at most once a day; whether it goes now."""
    return post("welcome", enrolment_pk, key=f"welcome-{enrolment_pk}-{timezone.localdate()}")


def never_in(cohort):
    """Who takes part in ``cohort`` and never logged in; nobody once it is over."""
    waiting = Enrolment.objects.active().filter(cohort=cohort, participant__last_login=None)
    return waiting if cohort.ends_on >= timezone.localdate() else waiting.none()


@transaction.atomic
def invite_again(cohort, *, by):
    """Mail all who are ``never_in`` how to log in; how many mails go.

    Raises PermissionDenied unless ``by`` coordinates the cohort.
    """
    if not Cohort.objects.coordinated_by(by).filter(pk=cohort.pk).exists():
        raise PermissionDenied
    invited = [enrolment for enrolment in never_in(cohort) if invite(enrolment.pk)]
    decided("invited_again", invited, by=by)
    return len(invited)
