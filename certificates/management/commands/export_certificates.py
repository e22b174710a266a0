import os
from pathlib import Path

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError

from certificates import exports
from certificates.ceremonies.models import Bundle
from certificates.management import asked
from participants.exports.models import Told, Why
from participants.longwork import written_to


class Command(BaseCommand):
    help = "Write the valid certificates of a cohort to one ZIP, or to one PDF for the printer."

    def add_arguments(self, parser):
        asked.add_cohort_and_by(parser)
        parser.add_argument("--output", type=Path, required=True, help="FILE.zip or FILE.pdf")
        parser.add_argument("--reason", default="", help="what it is for; in the log")

    def handle(self, *, cohort, by, output, reason, **options):
        if output.suffix.lower() not in (".zip", ".pdf"):
            raise CommandError("Geef een bestand dat eindigt op .zip of .pdf.")
        cohort, by = asked.cohort(cohort), asked.person(by)
        try:
            self.write(output, self.pieces(output, cohort, by, reason))
        except (PermissionDenied, ValidationError) as refusal:
            raise asked.refused(refusal) from refusal
        except OSError as fault:
            raise CommandError(f"{output} is niet te schrijven: {fault.strerror}.") from fault
        return f"Geschreven: {output}"

    def pieces(self, output, cohort, by, reason):
        kind = Bundle.Kind.ZIP if output.suffix.lower() == ".zip" else Bundle.Kind.BOTH_SIDES
        told = Told(Why.CEREMONY, reason[:240])
        return exports.pieces(cohort, kind, by=by, told=told)

    def write(self, output, pieces):
        """A whole file or none, and for nobody else to read."""
        unfinished = output.with_name(f".{output.name}.part")
        try:
            with open(
                unfinished, "wb", opener=lambda path, flags: os.open(path, flags, 0o600)
            ) as file:
                for _number in written_to(file, pieces):
                    pass
            unfinished.replace(output)
        finally:
            unfinished.unlink(missing_ok=True)
