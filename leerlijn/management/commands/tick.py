import sys

from django.core.management.base import BaseCommand

from leerlijn import health, ticking
from leerlijn.safety import refuse_danger


class Command(BaseCommand):
    help = "Do all periodic work once. Safe to repeat; exits with 1 when something failed."

    def handle(self, **options):
        refuse_danger()
        outcomes = []
        for outcome in ticking.run(ticking.JOBS):
            self.stdout.write(f"{outcome.job.name}: {told(outcome)}")
            outcomes.append(outcome)
        health.ticked()
        if any(outcome.failed for outcome in outcomes):
            sys.exit(1)


def told(outcome):
    """What happened, in a few words."""
    if outcome.failed:
        return "failed; the log says why"
    return outcome.did or "nothing to do"
