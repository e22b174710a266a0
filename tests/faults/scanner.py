"""A virus scanner that is down: what is uploaded waits, and nobody gets it unseen."""

import contextlib
import socketserver
import threading

from tests.faults import BOTH, files, on, people
from tests.faults.site import Site
from tests.participants.files.scanner import Conversation, Scanner


@contextlib.contextmanager
def running(path):
    with socketserver.ThreadingUnixStreamServer(path, Conversation) as server:
        server.scanner = Scanner(path)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield
        finally:
            server.shutdown()


@on(*BOTH)
def virus_scanner_down(folder, database):
    path = str(folder.parent / "clamd")
    with Site(folder, database.url, CLAMD_SOCKET=path).ready() as site:
        _cohort, _staff, [member] = people.under_way(site, 1)
        site.start_web()
        site.start_worker()
        answer = files.add(member, 1000)
        assert answer.status_code == 201, answer.text
        address = f"/api/v1/plans/{member.plan}/versions/{answer.json()['number']}/file/"
        site.manage("tick")
        waiting = member.api.get(address)
        assert waiting.json()["code"] == "awaiting_scan", waiting.text
        with running(path):
            site.manage("tick")
        assert member.api.get(address).status_code == 200
        return "waited while it was down, clean once it was back"


FAULTS = (virus_scanner_down,)
