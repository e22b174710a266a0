from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand

from certificates import actions
from certificates.management import asked
from participants.models import Cohort, Enrolment


class Command(BaseCommand):
    help = "Issue a certificate to everybody in a cohort who is ready. Can be repeated."

    def add_arguments(self, parser):
        asked.add_cohort_and_by(parser)
        parser.add_argument("--dry-run", action="store_true", help="only tell what would happen")

    def handle(self, *, cohort, by, dry_run, **options):
        cohort, by = asked.cohort(cohort), asked.person(by)
        if not Cohort.objects.coordinated_by(by).filter(pk=cohort.pk).exists():
            raise asked.refused(PermissionDenied())
        preview = actions.preview(cohort, by=by)
        if dry_run:
            return self.foreseen(preview)
        ready = Enrolment.objects.filter(pk__in=[each.enrolment.pk for each in preview.unasked])
        try:
            issued = actions.issue_all(ready, by=by)
        except (PermissionDenied, ValidationError) as refusal:
            raise asked.refused(refusal) from refusal
        told = f"{len(issued)} gemaakt, {len(preview.not_ready)} nog niet klaar"
        return "\n".join([told, *self.left_out(preview)])

    def foreseen(self, preview):
        """The counts, and a sentence for every name that stands in the way."""
        told = f"{len(preview.unasked)} klaar, {len(preview.not_ready)} nog niet klaar"
        refusals = [candidate.refusal for candidate in preview.unprintable]
        return "\n".join([told, *self.left_out(preview), *refusals])

    def left_out(self, preview):
        """A line for who had a certificate that was revoked: that takes a person to decide."""
        number = len(preview.ready) - len(preview.unasked)
        return [f"{number} overgeslagen: eerder ingetrokken"] if number else []
