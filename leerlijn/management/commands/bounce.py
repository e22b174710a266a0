import sys

from django.core.management.base import BaseCommand

from participants.bounces import actions, reports


class Command(BaseCommand):
    help = "Read a mail that came back from standard input, and note whose address it is about."

    def handle(self, **options):
        found = list(reports.failed(sys.stdin.buffer.read(reports.MOST_BYTES)))
        for address, status in found:
            actions.note(address, status)
        return f"{len(found)} noted"
