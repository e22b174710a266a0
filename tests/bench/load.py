"""The site as it is served in earnest, against a bare page of that same site in the same run.

Two processes of gunicorn with ten threads each, a worker, and who visits them; on a database of
its own with the demo. What was said to be kept is counted afterwards.
"""

import contextlib
import datetime as dt
import itertools
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

from django.db import connection

from tests.bench.timing import medians
from tests.bench.visitor import Visitor
from tests.faults.site import ROOT, Site

BARE = "/privacy/"
TURNS = 40
VISITORS, READERS = 6, 4
PASSES, PASS_SECONDS = 5, 2
VISIT = 20  # pages that a reader reads before the next one comes, over a connection of their own
BATCH = 500
DAYS = 40  # over which hours are written down, so that no day gets too full
INVITED = "from tests.bench import invited; answer = invited"


def lines():
    """[(name, ratio, goal)], by the clock of who visits.

    - load_first_screen, load_hours_list, load_cohort_table, load_check_page, load_log_hours: one
      visitor at a time, by turns; against the bare page for that same visitor
    - load_mixed_day: six at once who read and write, against six at once at the bare page
    - load_login_flood: how many check pages four readers get without a flood, against how many
      while twelve guess passwords, each time for another account from another address; in turns,
      because to which process a connection falls is chance
    - load_batch_of_500: what suffers most while a worker makes 500 certificates (pages, and
      logging an hour), against the same before
    - load_batch_of_500_failed: the share of those that was not answered well
    """
    with (
        tempfile.TemporaryDirectory(prefix="leerlijn-load-") as folder,
        own_database() as url,
        Site(Path(folder), url, PROXY_COUNT="1") as site,
    ):
        site.manage("collectstatic", "--noinput", "--verbosity=0")
        day = Day(site)
        site.start_web(processes=2)
        yield from day.one_by_one()
        yield day.mixed()
        yield day.flooded()
        yield from day.beside_a_batch()
        day.count()


@contextlib.contextmanager
def own_database():
    """The URL of a copy of the empty database of this run; gone at the end."""
    made, suffix = connection.creation, "load"
    connection.close()  # SQLite brings its file up to date
    made.clone_test_db(suffix, verbosity=0)
    name = str(made.get_test_db_clone_settings(suffix)["NAME"])
    try:
        if connection.vendor == "sqlite":
            yield f"sqlite:///{name}"
        else:
            yield urlsplit(os.environ["TEST_DATABASE_URL"])._replace(path=f"/{name}").geturl()
    finally:
        made.destroy_test_db(suffix=suffix, verbosity=0)


class Day:
    """A day at ``site``; every entry that somebody was told to be kept is in ``sent``."""

    def __init__(self, site):
        self.site, self.sent, self.turns = site, [], itertools.count()
        self.known = site.python(f"{INVITED}.invite(count)", count=BATCH)
        self.today = dt.date.fromisoformat(self.known["today"])
        self.table = f"/lichtingen/{self.known['cohort']}/"
        self.check = f"/controle/{self.known['code']}/"

    def visitors(self):
        """A participant, a coordinator and a stranger, who come in just now."""
        sessions = (self.known["participant"], self.known["coordinator"], "")
        return [Visitor(self.site.port, session) for session in sessions]

    def log(self, visitor):
        """Raises AssertionError when an entry is not kept."""
        if not self.kept(visitor):
            raise AssertionError("Hours were not kept.")

    def kept(self, visitor):
        """Whether five minutes of study were handed in.

        Each tenth is sent twice, as after a lost answer.
        """
        turn, key = next(self.turns), str(uuid.uuid4())
        entry = {
            "kind": "study",
            "day": "other",
            "date": (self.today - dt.timedelta(turn % DAYS)).isoformat(),
            "minutes": "5 min",
            "description": f"Gelezen over grenzen stellen, deel {turn}",
            "client_id": key,
        }
        times = range(1 if turn % 10 else 2)
        is_kept = all([visitor.sends("/uren/nieuw/", entry) == 302 for _time in times])
        if is_kept:
            self.sent.append(key)
        return is_kept

    def one_by_one(self):
        participant, coordinator, stranger = self.visitors()
        first, hours, log, bare, table, bare_too, bare_there, check = medians(
            lambda: participant.reads("/"),
            lambda: participant.reads("/uren/"),
            lambda: self.log(participant),
            lambda: participant.reads(BARE),
            lambda: coordinator.reads(self.table),
            lambda: coordinator.reads(BARE),
            # Last: the look is counted after its answer, and what came next here would wait for it.
            lambda: stranger.reads(BARE),
            lambda: stranger.reads(self.check),
            turns=TURNS,
        )
        yield ("load_first_screen", first / bare, 4)
        yield ("load_hours_list", hours / bare, 4)
        yield ("load_cohort_table", table / bare_too, 6)
        yield ("load_check_page", check / bare_there, 2.5)
        yield ("load_log_hours", log / bare, 6)

    def mixed(self):
        """What ten visits of a day take, by six at once, against ten visits of the bare page."""
        mixed, bare = medians(
            lambda: at_once(self.visits, VISITORS),
            lambda: at_once(self.visits_of_bare, VISITORS),
            turns=3,
        )
        return ("load_mixed_day", mixed / bare, 4)

    def visits(self):
        participant, coordinator, stranger = self.visitors()
        for path in ("/", "/uren/", "/uren/nieuw/"):
            participant.reads(path)
        self.log(participant)
        for path in ("/uren/", "/", "/lessen/"):
            participant.reads(path)
        coordinator.reads(self.table)
        coordinator.reads("/wacht/")
        stranger.reads(self.check)

    def visits_of_bare(self):
        participant, _coordinator, _stranger = self.visitors()
        for _visit in range(10):
            participant.reads(BARE)

    def flooded(self):
        quiet, loud = [], []
        for _turn in range(PASSES):
            quiet.append(self.pages_read())
            with flood(self.site.port):
                loud.append(self.pages_read())
        a_second = ", ".join(f"{pages / PASS_SECONDS:.0f}" for pages in loud)
        print("FLOOD left the readers", a_second, "pages a second")
        return ("load_login_flood", sum(quiet) / sum(loud), 2)

    def pages_read(self):
        """How many check pages the readers got in the seconds of a pass."""
        until = time.monotonic() + PASS_SECONDS

        def read():
            for pages in itertools.count():
                if time.monotonic() > until:
                    return pages
                if pages % VISIT == 0:
                    stranger = Visitor(self.site.port)
                stranger.reads(self.check)

        return sum(at_once(read, READERS))

    def beside_a_batch(self):
        participant, _coordinator, stranger = self.visitors()
        acts = [
            lambda: participant.ask("GET", "/") == 200,
            lambda: participant.ask("GET", "/uren/") == 200,
            lambda: participant.ask("GET", BARE) == 200,
            lambda: stranger.ask("GET", self.check) == 200,
            lambda: self.kept(participant),
        ]
        before, _failed = by_turns(acts, itertools.repeat(None, TURNS))
        with ThreadPoolExecutor(1) as pool:
            work = pool.submit(self.site.manage, "db_worker", "--batch", "--no-startup-delay")
            during, failed = by_turns(acts, iter(work.done, True))
            work.result()
        worst = max(late / early for early, late in zip(before, during, strict=True))
        yield (f"load_batch_of_{BATCH}", worst, 2)
        yield (f"load_batch_of_{BATCH}_failed", failed, 0)

    def count(self):
        """Raises AssertionError when something is not there, or there twice."""
        values = {"cohort": self.known["waiting"], "sent": self.sent}
        there = self.site.python(f"{INVITED}.found(cohort, sent)", **values)
        made = dict.fromkeys(("certificates", "people", "documents", "decisions"), BATCH)
        wanted = made | {"entries": len(self.sent), "finished": 1}
        if there != wanted:
            raise AssertionError(f"There is {there} instead of {wanted}.")


def by_turns(acts, turns):
    """(the median seconds of each of ``acts``, the share of all that did not go well)."""
    seconds, failed = [[] for _act in acts], 0
    for _turn in turns:
        for act, series in zip(acts, seconds, strict=True):
            start = time.perf_counter()
            failed += not act()
            series.append(time.perf_counter() - start)
    return [statistics.median(series) for series in seconds], failed / sum(map(len, seconds))


def at_once(act, count):
    """What each of so many who ``act`` at one moment got; raises what one of them raised."""
    with ThreadPoolExecutor(count) as pool:
        return [done.result() for done in [pool.submit(act) for _each in range(count)]]


@contextlib.contextmanager
def flood(port):
    """Twelve who guess passwords meanwhile. Raises AssertionError when one of them got in."""
    command = [sys.executable, "-m", "tests.bench.visitor", str(port)]
    process = subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    process.stdout.readline()  # they are at it
    try:
        yield
    finally:
        said, _errors = process.communicate()
    answered = json.loads(said)
    print("FLOOD answered with", ", ".join(f"{k}: {v} times" for k, v in sorted(answered.items())))
    if not answered or not set(answered) <= {"200", "429", "503"}:
        raise AssertionError(f"A wrong password was answered with {answered}.")
