"""``python -m tests.bench``: speed as ratios within one run, and queries a page.

Each line is ``NAME ratio 1.23 goal 1.50``; a page's ratio is its number of queries with the
whole demo against a part of it. Exit 0 when it ran, whatever the figures.
"""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.test.utils import get_runner, setup_test_environment  # noqa: E402

from tests import doors  # noqa: E402
from tests.bench import (  # noqa: E402
    ceremony,
    certificates,
    first_screen,
    load,
    pages,
    reading,
    register,
    scale,
    signing,
    strangers,
    writing,
)

# ``load`` first: it copies a database that is empty. The crowd of ``reading`` and ``scale`` stays.
# ``register`` comes after it: with its meetings of thousands PostgreSQL takes each of the crowd for
# somebody with many more meetings, and plans for that.
PARTS = (
    *(load, certificates, signing, strangers, pages, first_screen, writing),
    *(reading, scale, register, ceremony),
)


def run():
    """Build a database of its own, measure, and leave nothing behind."""
    setup_test_environment(debug=False)
    doors.install()
    runner = get_runner(django.conf.settings)(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        for part in PARTS:
            for name, ratio, goal in part.lines():
                print(f"{name} ratio {ratio:.2f} goal {goal:.2f}", flush=True)
    finally:
        runner.teardown_databases(databases)


if __name__ == "__main__":
    run()
