from django.core.management.base import BaseCommand, CommandError
from rest_framework.authtoken.models import Token

from participants.models import User


class Command(BaseCommand):
    help = "Give somebody a token for the API; it is the last word printed. Safe to repeat."

    def add_arguments(self, parser):
        parser.add_argument("email", help="of the person who will use the token")

    def handle(self, *, email, **options):
        user = User.objects.filter(email__iexact=email.strip(), is_active=True).first()
        if user is None:
            raise CommandError(f"Nobody with the address {email} may log in.")
        token, _made = Token.objects.get_or_create(user=user)
        return token.key
