from django.core.management.base import BaseCommand, CommandError

from participants.accounts import demo_codes
from participants.models import User


class Command(BaseCommand):
    help = "Print a code that works now, of the second factor of somebody of the demo."

    def add_arguments(self, parser):
        parser.add_argument("email", help="of the demo, as coordinator@leerlijn.example")

    def handle(self, *, email, **options):
        person = User.objects.filter(email__iexact=email.strip()).first()
        if person is None or not demo_codes.has_codes(person):
            raise CommandError(f"{email} is not staff of the demo, or chose an app of their own.")
        # When the code of this half minute was used already, the next one is waited for.
        return demo_codes.wait_for_code(person)
