from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError

from participants.accounts import resetting
from participants.models import User


class Command(BaseCommand):
    help = (
        "Take away the second factors of somebody who cannot get in; they choose anew at their "
        "next login. --by is who asked for it: somebody who may do this on the site too. It may "
        "be the person only where nobody else may."
    )

    def add_arguments(self, parser):
        parser.add_argument("email", help="of who cannot get in")
        parser.add_argument("--by", required=True, metavar="EMAIL", help="of who asked for it")
        parser.add_argument("--reason", default="manage.py reset_second_factor")

    def handle(self, *, email, by, reason, **options):
        person, office = self.found(email), self.found(by)
        try:
            resetting.reset_by_operator(person, by=office, reason=reason)
        except PermissionDenied as refusal:
            raise CommandError(f"{by} may not do this for {email}.") from refusal
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        return f"{person.email} chooses a second factor at the next login."

    def found(self, email):
        person = User.objects.filter(email__iexact=email.strip(), is_active=True).first()
        if person is None:
            raise CommandError(f"Nobody with the address {email} may log in.")
        return person
