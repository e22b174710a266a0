"""``python -m tests.bench.peak printed 1000 DATABASE``: the most memory that this took, in kB."""

import resource
import sys

import django

django.setup()

from django.db import connection  # noqa: E402

from certificates import exports  # noqa: E402
from certificates.models import Certificate  # noqa: E402

what, count, database = sys.argv[1:]
connection.settings_dict["NAME"] = database
keys = list(Certificate.objects.order_by("pk").values_list("pk", flat=True)[: int(count)])
for _piece in getattr(exports, what)(keys):
    pass
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
