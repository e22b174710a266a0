"""PostgreSQL that is restarted, and what crashes while people write: nothing acknowledged lost."""

import os
import signal
import threading
import time
import uuid

import requests

from tests.faults import BOTH, POSTGRESQL, files, on, people, postgres
from tests.faults.site import Site

WRITERS, SECONDS, KILLED = 6, 4, 3
KEPT = """
from django.db.models import Count
from participants.models import HourEntry
rows = HourEntry.objects.exclude(client_id=None).values_list("client_id").annotate(n=Count("pk"))
answer = {str(key): count for key, count in rows}
"""


@on(POSTGRESQL)
def database_restarted_under_load(folder, database):
    return shaken(folder, database, database.stop)


@on(POSTGRESQL)
def database_crashed_under_load(folder, database):
    return shaken(folder, database, database.crash)


@on(*BOTH)
def web_process_killed_under_load(folder, database):
    """One of two, three times: another one stands up without us, and people notice nothing."""
    with Site(folder, database.url).ready() as site:
        _cohort, _staff, members = people.under_way(site, WRITERS)
        web = site.start_web(processes=2)
        writing = Writing(members, files.today(site))
        writing.start()
        for _each in range(KILLED):
            time.sleep(SECONDS / 2)
            first, second = postgres.children(web.pid)
            os.kill(first, signal.SIGKILL)
            site.wait_until(
                lambda gone=first, left=second: {left} < set(postgres.children(web.pid)) - {gone}
            )
        seconds = site.wait_until(lambda: writing.since(time.monotonic() - 1))
        time.sleep(SECONDS / 2)
        writing.stop()
        judge(site, writing)
        return (
            f"{KILLED} killed, 0 of {len(writing.acknowledged)} acknowledged lost,"
            f" {writing.failed} asked again, writing again {seconds:.1f} s after the last"
        )


def shaken(folder, database, ended):
    with Site(folder, database.url).ready() as site:
        _cohort, _staff, members = people.under_way(site, WRITERS)
        site.start_web(processes=2)
        writing = Writing(members, files.today(site))
        writing.start()
        time.sleep(SECONDS)
        down = time.monotonic()
        ended()
        time.sleep(1)
        database.start()
        up = time.monotonic()
        seconds = site.wait_until(lambda: writing.since(time.monotonic() - 1))
        time.sleep(SECONDS)
        writing.stop()
        judge(site, writing)
        hit = writing.in_hand(down, up)
        assert hit, "nobody was writing when it happened"
        return (
            f"0 of {len(writing.acknowledged)} acknowledged lost, {hit} were writing meanwhile,"
            f" {writing.failed} asked again, writing again {seconds:.1f} s after it was up"
        )


def judge(site, writing):
    """Raises AssertionError when something acknowledged is gone, or there twice."""
    kept = site.python(KEPT)
    lost = set(writing.acknowledged) - set(kept)
    twice = [key for key, count in kept.items() if count > 1]
    assert not lost, f"{len(lost)} acknowledged entries lost"
    assert not twice, f"{len(twice)} entries made twice"
    assert set(kept) <= writing.asked
    assert not writing.refused, f"refused: {set(writing.refused)}"
    assert len(writing.acknowledged) >= WRITERS * SECONDS, "hardly anybody wrote"


class Writing:
    """People who write hours all the time, and ask again when they got no answer."""

    def __init__(self, members, day):
        self.day, self.done = day, threading.Event()
        self.acknowledged, self.asked, self.failed, self.last = [], set(), 0, 0.0
        self.refused, self.spans = [], []
        self.threads = [
            threading.Thread(target=self.write, args=[one], daemon=True) for one in members
        ]

    def start(self):
        for thread in self.threads:
            thread.start()

    def stop(self):
        self.done.set()
        for thread in self.threads:
            thread.join()

    def since(self, moment):
        return self.last > moment

    def in_hand(self, begin, end):
        """How many asked something that was not answered yet, at some moment between these."""
        return sum(asked < end and answered > begin for asked, answered in self.spans)

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
        asked = time.monotonic()
        try:
            answer = member.api.post("/api/v1/hours/", json=body, timeout=30)
        except requests.RequestException:
            return False
        finally:
            self.spans.append((asked, time.monotonic()))
        if 400 <= answer.status_code < 500:
            self.refused.append(answer.status_code)
        if answer.status_code in (200, 201):
            self.acknowledged.append(body["client_id"])
            self.last = time.monotonic()
        return answer.status_code < 500


FAULTS = (
    database_restarted_under_load,
    database_crashed_under_load,
    web_process_killed_under_load,
)
