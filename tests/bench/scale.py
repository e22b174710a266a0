"""Many people: what an answer costs above the SQL that one would write by hand, and as they grow.

1,000 and 10,000 people with sixty entries each; with ``SCALE=full`` 100,000 as well.
"""

import os

from django.db import connection

from participants import progress
from participants.models import Enrolment, HourEntry
from tests.bench import by_hand
from tests.bench.apart import peak
from tests.bench.crowd import BASE, crowd
from tests.bench.timing import medians, quickest

SIZES = (1_000, 10_000, 100_000) if os.environ.get("SCALE") == "full" else (1_000, 10_000)
A_PAGE = 50
OVERVIEW, GROWTH, READY, MEMORY = 3.5, 1.3, 1.2, 1.1
MANY_ROWS = 1_000_000


def lines():
    """[(name, ratio, goal)], for each number of people; what is timed is by the clock.

    - overview_data: all figures and verdicts of a page of fifty, against the same by hand
    - ready: how many of all people meet every criterion, against a GROUP BY by hand
    - overview_growth: that page among the most people against that page among the fewest
    - csv_memory: the most memory of a process that makes a CSV of a million entries (or of all
      that there are), against one that makes a tenth of it
    """
    first = None
    for size in SIZES:
        crowd().grow(size)
        start_afresh()
        keys = page_in_the_middle(size)
        agree(keys)
        ours, theirs = medians(lambda k=keys: data(k), lambda k=keys: by_hand.page(k), turns=40)
        best = quickest(lambda k=keys: data(k), turns=60)
        first = first or best
        yield (f"overview_data_{size}", ours / theirs, OVERVIEW)
        counted, grouped = medians(ready, by_hand.ready, turns=3 if size > 10_000 else 7)
        yield (f"ready_{size}", counted / grouped, READY)
    yield (f"overview_growth_{SIZES[0]}_to_{SIZES[-1]}", best / first, GROWTH)
    rows = min(MANY_ROWS, HourEntry.objects.count())
    yield (f"csv_memory_{rows}_rows", peak("peak_csv", rows) / peak("peak_csv", rows // 10), MEMORY)


def start_afresh():
    """Both sides may use an index: as on a disk without a needle, where reading here or there
    costs the same."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET random_page_cost = 1.1")


def page_in_the_middle(size):
    everybody = Enrolment.objects.filter(pk__gte=BASE + size // 2).order_by("pk")
    return list(everybody.values_list("pk", flat=True)[:A_PAGE])


def data(keys):
    return list(progress.of(Enrolment.objects.filter(pk__in=keys)).order_by("pk"))


def ready():
    return progress.met(Enrolment.objects.all()).count()


def agree(keys):
    """Raises AssertionError where the two do not say the same: a ratio would mean nothing."""
    ours = [(row.pk, row.standing["work_achieved"], row.criteria_met) for row in data(keys)]
    if ours != [(row[0], row[1], bool(row[-1])) for row in by_hand.page(keys)]:
        raise AssertionError("The figures by hand are others.")
    if ready() != by_hand.ready() or not HourEntry.objects.filter(enrolment=keys[0]).exists():
        raise AssertionError("The people by hand are others.")
