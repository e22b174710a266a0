"""Commands that the contract names and that a later version brings."""

import sys

from django.core.management.base import BaseCommand


class LaterCommand(BaseCommand):
    """Says in one sentence that it cannot do its work yet, and exits with 2."""

    promise = ""
    requires_system_checks: list[str] = []

    def run_from_argv(self, argv):
        sys.stderr.write(f"{argv[1]}: {self.promise}\n")
        sys.exit(2)

    def handle(self, *args, **options):
        raise NotImplementedError(self.promise)
