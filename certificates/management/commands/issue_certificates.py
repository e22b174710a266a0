from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand

from certificates.ceremonies import making
from certificates.management import asked
from certificates.offices import cohorts_of
from certificates.readiness import preview


class Command(BaseCommand):
    help = "Issue a certificate to everybody in a cohort who is ready. Can be repeated."

    def add_arguments(self, parser):
        asked.add_cohort_and_by(parser)
        parser.add_argument("--dry-run", action="store_true", help="only tell what would happen")

    def handle(self, *, cohort, by, dry_run, **options):
        cohort, by = asked.cohort(cohort), asked.person(by)
        if not cohorts_of(by).filter(pk=cohort.pk).exists():
            raise asked.refused(PermissionDenied())
        foreseen = preview(cohort, by=by)
        ready = [each.enrolment.pk for each in foreseen.unasked if each.can_be_made]
        made, refusals = (len(ready), []) if dry_run else self.issued(ready, by)
        what = "klaar" if dry_run else "gemaakt"
        told = f"{made} {what}, {len(foreseen.not_ready)} nog niet klaar"
        return "\n".join([told, *self.left_out(foreseen), *refusals])

    def issued(self, keys, by):
        """(how many were made, a sentence for each of the others); in small transactions."""
        made, refusals = 0, []
        for start in range(0, len(keys), making.STEP):
            found = making.outcomes(keys[start : start + making.STEP], by=by)
            refusals += [each for each in found.values() if isinstance(each, str)]
            made += sum(not isinstance(each, str) for each in found.values())
        return made, refusals

    def left_out(self, foreseen):
        """A line for whom a batch passes over: that takes a person to decide, or another name."""
        revoked = sum(each.was_revoked for each in foreseen.ready)
        barred = sum(each.is_for_another for each in foreseen.ready)
        counted = {"eerder ingetrokken": revoked, "een ander moet dit doen": barred}
        told = [f"{number} overgeslagen: {why}" for why, number in counted.items() if number]
        return told + [each.refusal for each in foreseen.unprintable]
