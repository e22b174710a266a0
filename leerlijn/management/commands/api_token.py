from django.core.management.base import BaseCommand, CommandError

from participants.accounts import tokens
from participants.models import User


class Command(BaseCommand):
    help = "Give somebody a token for the API; it is the last word printed. Each time a new one."

    def add_arguments(self, parser):
        parser.add_argument("email", help="of the person who will use the token")

    def handle(self, *, email, **options):
        user = User.objects.filter(email__iexact=email.strip(), is_active=True).first()
        if user is None:
            raise CommandError(f"Nobody with the address {email} may log in.")
        _token, secret = tokens.make_for_operator(user, name="manage.py api_token")
        return secret
