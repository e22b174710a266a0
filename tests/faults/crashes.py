"""PostgreSQL that is restarted, and that crashes, while people write: nothing acknowledged lost."""

import threading
import time
import uuid

import requests

from tests.faults import POSTGRESQL, files, on, people
from tests.faults.site import Site

WRITERS, SECONDS = 6, 4
KEPT = """
from django.db.models import Count
from participants.models import HourEntry
rows = HourEntry.objects.exclude(client_id=None).values_list("client_id").annotate(n=Count("pk"))
answer = {str(key): count for key, count in rows}
"""


@on(POSTGRESQL)
def database_restarted_under_load(folder, database):
    return shaken(folder, database, "fast")


@on(POSTGRESQL)
def database_crashed_under_load(folder, database):
    return shaken(folder, database, "immediate")


def shaken(folder, database, mode):
    with Site(folder, database.url).ready() as site:
        _cohort, _staff, members = people.under_way(site, WRITERS)
        site.start_web(processes=2)
        writing = Writing(members, files.today(site))
        writing.start()
        time.sleep(SECONDS)
        database.stop(mode)
        time.sleep(1)
        database.start()
        seconds = site.wait_until(lambda: writing.since(time.monotonic() - 1))
        time.sleep(SECONDS)
        writing.stop()
        kept = site.python(KEPT)
        lost = set(writing.acknowledged) - set(kept)
        twice = [key for key, count in kept.items() if count > 1]
        assert not lost, f"{len(lost)} acknowledged entries lost"
        assert not twice, f"{len(twice)} entries made twice"
        assert set(kept) <= writing.asked
        return (
            f"0 of {len(writing.acknowledged)} acknowledged lost, {writing.failed} asked again,"
            f" writing again {seconds:.1f} s after it was up"
        )


class Writing:
    """People who write hours all the time, and ask again when they got no answer."""

    def __init__(self, members, day):
        self.day, self.done = day, threading.Event()
        self.acknowledged, self.asked, self.failed, self.last = [], set(), 0, 0.0
        self.threads = [threading.Thread(target=self.write, args=[one]) for one in members]

    def start(self):
        for thread in self.threads:
            thread.start()

    def stop(self):
        self.done.set()
        for thread in self.threads:
            thread.join()

    def since(self, moment):
        return self.last > moment

    def write(self, member):
        while not self.done.is_set():
            key = str(uuid.uuid4())
            self.asked.add(key)
            body = member.hours(date=self.day, minutes=1, client_id=key)
            while not self.answered(member, body):
                self.failed += 1
                time.sleep(0.3)

    def answered(self, member, body):
        time.sleep(0.3)  # a person may write so many times a minute
        try:
            answer = member.api.post("/api/v1/hours/", json=body, timeout=30)
        except requests.RequestException:
            return False
        if answer.status_code in (200, 201):
            self.acknowledged.append(body["client_id"])
            self.last = time.monotonic()
        return answer.status_code < 500


FAULTS = (database_restarted_under_load, database_crashed_under_load)
