from django.core.management.base import BaseCommand, CommandError

from leerlijn import keeping


class Command(BaseCommand):
    help = "Make the site what it was in a backup. Stop the site first. What is here is set aside."
    requires_migrations_checks = False

    def add_arguments(self, parser):
        parser.add_argument("dir", help="a backup, or a folder with backups: then the newest")

    def handle(self, *, dir, **options):
        try:
            return "\n".join(keeping.put_back(keeping.chosen(dir)))
        except keeping.Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        except PermissionError as fault:
            # A copy that somebody brought back as root, most often.
            raise CommandError(
                f"The user of the site may not come at {fault.filename}:"
                " give it to that user (chown), and restore again."
            ) from fault
