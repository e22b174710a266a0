from pathlib import Path

from django.core.files import File
from django.core.management.base import BaseCommand, CommandError

from certificates import checking


class Command(BaseCommand):
    help = "Tell whether a PDF is, byte for byte, a certificate of our register, and its state."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, *, file, **options):
        try:
            with file.open("rb") as opened:
                certificate = checking.in_register(File(opened))
        except OSError as fault:
            raise CommandError(f"{file} is niet te lezen: {fault.strerror}.") from fault
        if certificate is None:
            raise CommandError("Dit bestand staat niet in het register.")
        return f"{certificate.number}: {certificate.status} ({certificate.get_status_display()})"
