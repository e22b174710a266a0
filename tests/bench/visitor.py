"""Who visits a site that is served in earnest: one connection that stays open, and its cookies.

``python -m tests.bench.visitor PORT``: twelve who try passwords until they are ended.
"""

import http.client
import itertools
import json
import sys
import threading
from collections import Counter
from urllib.parse import urlencode

FLOODERS = 12
CSRF = "c" * 32
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Visitor:
    """Somebody with the key of a session, or a stranger."""

    def __init__(self, port, session=""):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.headers = {"Cookie": f"sessionid={session}; csrftoken={CSRF}"}

    def reads(self, path):
        """Raises AssertionError when the answer is not the page."""
        status = self.ask("GET", path)
        if status != 200:
            raise AssertionError(f"{path} answers {status}")

    def sends(self, path, fields, **headers):
        """The status of the answer to a form."""
        body = urlencode({"csrfmiddlewaretoken": CSRF, **fields})
        return self.ask("POST", path, body, FORM | headers)

    def ask(self, method, path, body=None, headers=None):
        """The status; once more on a connection that the server closed while nothing was said."""
        for is_last in (False, True):
            try:
                self.connection.request(method, path, body, self.headers | (headers or {}))
                with self.connection.getresponse() as response:
                    response.read()
                    return response.status
            except (http.client.RemoteDisconnected, ConnectionError):
                self.connection.close()
                if is_last:
                    raise


def flood(port):
    """Wrong logins, each for another account from another address; says how they were answered."""
    answered, turns = Counter(), itertools.count()
    for _each in range(FLOODERS):
        threading.Thread(target=guess, args=(port, turns, answered), daemon=True).start()
    print("begun", flush=True)
    sys.stdin.read()  # until whoever started this closes it
    print(json.dumps(dict(answered)))


def guess(port, turns, answered):
    """Try wrong passwords without an end."""
    visitor = Visitor(port)
    for turn in turns:
        address = f"10.{turn >> 16 & 255}.{turn >> 8 & 255}.{turn & 255}"
        wrong = {"login": f"gast{turn}@leerlijn.example", "password": "niet-het-goede"}
        answered[visitor.sends("/accounts/login/", wrong, **{"X-Forwarded-For": address})] += 1


if __name__ == "__main__":
    flood(int(sys.argv[1]))
