from pathlib import Path

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError

from participants.enrolments import importing
from participants.models import Cohort, User


class Command(BaseCommand):
    help = "Enrol the people of a CSV or Excel file in a cohort: all of them, or none."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE.csv|FILE.xlsx")
        parser.add_argument("--cohort", type=int, required=True, metavar="ID")
        parser.add_argument("--by", required=True, metavar="EMAIL", help="a coordinator of it")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen")

    def handle(self, *, file, cohort, by, dry_run, **options):
        by = _found(User.objects.filter(is_active=True, email__iexact=by), f"account {by}")
        cohort = _found(Cohort.objects.filter(pk=cohort), f"lichting {cohort}")
        try:
            planned = importing.plan(_content(file), cohort, by=by)
            self._tell(planned)
            if not dry_run and not planned.problems:
                importing.run(planned, by=by)
        except PermissionDenied:
            raise CommandError(f"{by.email} is geen coördinator van {cohort}.") from None
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from None
        if planned.problems:
            raise CommandError(
                f"Er is niets toegevoegd. Dingen die nog anders moeten: {len(planned.problems)}."
            )
        return planned.summary() + (" (proef, er is niets veranderd)" if dry_run else "")

    def _tell(self, planned):
        for number, sentence in planned.problems:
            self.stderr.write(f"Regel {number}: {sentence}")
        for line in planned.lines:
            self.stdout.write(f"Regel {line.number}: {line.name}, {line.outcome}")
        for same in planned.namesakes:
            self.stdout.write(f"{same} ({', '.join(same.addresses)})")
        if planned.ignored:
            self.stdout.write(f"Niet overgenomen: {', '.join(planned.ignored)}")


def _found(rows, what):
    row = rows.first()
    if row is None:
        raise CommandError(f"Er is geen {what}.")
    return row


def _content(file):
    try:
        return file.read_bytes()
    except OSError as unreadable:
        raise CommandError(f"{file} is niet te lezen: {unreadable.strerror}.") from None
