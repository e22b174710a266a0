"""What the commands of this app are told on their line, looked up."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import CommandError

from participants.models import Cohort, User


def add_cohort_and_by(parser):
    parser.add_argument("--cohort", type=int, required=True, help="the id of the cohort")
    parser.add_argument("--by", required=True, help="the e-mail of the coordinator who does this")


def cohort(pk):
    """The cohort with this id; raises CommandError."""
    try:
        return Cohort.objects.select_related("track").get(pk=pk)
    except Cohort.DoesNotExist:
        raise CommandError(f"Er is geen lichting {pk}.") from None


def person(email):
    """Who logs in with ``email`` and may; raises CommandError."""
    user = User.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if user is None:
        raise CommandError(f"Er is geen account {email}.")
    return user


def refused(refusal):
    """The CommandError for a refusal by a rule."""
    if isinstance(refusal, PermissionDenied):
        return CommandError("Dit account is geen coördinator van deze lichting.")
    assert isinstance(refusal, ValidationError)
    return CommandError("\n".join(refusal.messages))
