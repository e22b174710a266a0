from django.core.management.base import BaseCommand, CommandError

from leerlijn import keeping


class Command(BaseCommand):
    help = "Make a backup in a folder of its own in DIR. Safe while the site runs."

    def add_arguments(self, parser):
        parser.add_argument("dir", help="the folder with your backups; it may be new")

    def handle(self, *, dir, **options):
        try:
            return str(keeping.make(dir))
        except keeping.Refused as refusal:
            raise CommandError(str(refusal)) from refusal
