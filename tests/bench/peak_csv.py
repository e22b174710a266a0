"""``python -m tests.bench.peak_csv 1000000 DATABASE``: the most memory that this CSV took, in kB.

Of the whole process: what the driver of the database keeps is no memory of Python.
"""

import resource
import sys

import django

django.setup()

from django.db import connection  # noqa: E402

from tests.bench.reading import drained, ours_of  # noqa: E402

count, database = sys.argv[1:]
connection.settings_dict["NAME"] = database
drained(ours_of(int(count)))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
