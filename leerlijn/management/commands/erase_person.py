from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError

from participants.erasing import actions, disk
from participants.models import User

LOG_STAYS = "\nThe log of the database may still hold it ({}): see Erasing in the runbook."


class Command(BaseCommand):
    help = "Erase a person now, without two weeks to think again; certificates keep their number."

    def add_arguments(self, parser):
        parser.add_argument("email", help="of the person")
        parser.add_argument("--by", required=True, help="e-mail of an administrator")

    def handle(self, *, email, by, **options):
        person, administrator = found(email), found(by)
        try:
            gone = actions.erase_now(person, by=administrator)
        except PermissionDenied:
            raise CommandError(f"{by} is no administrator of the whole organisation.") from None
        except ValidationError as refusal:
            raise CommandError(refusal.message) from None
        return told(gone, disk.still_in_log())


def found(email):
    """The account with this address. Raises CommandError."""
    person = User.objects.filter(email__iexact=email.strip(), erased_at=None).first()
    if person is None:
        raise CommandError(f"Nobody has the address {email}.")
    return person


def told(gone, still_in_log):
    """What went and what stays, in a line or two."""
    account = "an empty account stays" if gone.has_account else "the account is gone"
    return (
        f"Erased: {gone.enrolments} enrolments and {gone.files} files are gone;"
        f" {gone.shells} enrolments stay without a name, for the register; {account}."
        + (LOG_STAYS.format(still_in_log) if still_in_log else "")
    )
