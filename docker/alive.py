"""Whether the web process in this container answers; exits with 1 when it does not."""

import os
import sys
import urllib.error
import urllib.request

# A name that the site goes by: it answers to no other.
host = os.environ["ALLOWED_HOSTS"].split(",")[0]
request = urllib.request.Request("http://127.0.0.1:8000/healthz", headers={"Host": host})
try:
    with urllib.request.urlopen(request, timeout=4) as answer:
        sys.exit(answer.status != 200)
except (urllib.error.URLError, OSError):
    sys.exit(1)
