"""A mail server that is down: what was to be sent waits, and goes once."""

import contextlib
import socketserver
import threading

from tests.faults import BOTH, MARK, on
from tests.faults.site import Site, free_port

LETTERS = 5


class Server(socketserver.ThreadingTCPServer):
    """Takes every mail, and keeps the addresses it was for."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, port):
        super().__init__(("127.0.0.1", port), Conversation)
        self.taken = []


class Conversation(socketserver.StreamRequestHandler):
    def handle(self):
        self.say("220 here")
        for line in self.rfile:
            word = line[:4].upper().strip()
            if word == b"RCPT":
                self.server.taken.append(line.decode().strip().partition(":")[2].split(">")[0])
            if word == b"DATA":
                self.say("354 go on")
                while self.rfile.readline() != b".\r\n":
                    pass
            self.say("221 bye" if word == b"QUIT" else "250 yes")
            if word == b"QUIT":
                return

    def say(self, text):
        self.wfile.write(f"{text}\r\n".encode())


@contextlib.contextmanager
def serving(port):
    with Server(port) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server
        finally:
            server.shutdown()


POST = """
from django.db import transaction
from participants.mailing import post
from tests.factories import UserFactory
for number in range(first, first + letters):
    with transaction.atomic():
        somebody = UserFactory(email=f"mailed{number}.{mark}@leerlijn.example")
        post("second_factor_changed", somebody.pk)
"""
WAITING = """
from participants.mailing.models import Posting
answer = [Posting.objects.unsent().count(), Posting.objects.exclude(sent_at=None).count()]
"""
LATER = """
from django.utils import timezone
from participants.mailing.models import Posting
answer = Posting.objects.unsent().update(due_at=timezone.now())
"""


@on(*BOTH)
def mail_server_down(folder, database):
    port = free_port()
    with Site(folder, database.url, EMAIL_URL=f"smtp://127.0.0.1:{port}").ready() as site:
        site.python(POST, first=0, letters=LETTERS, mark=MARK)
        site.start_worker()
        for _turn in range(2):
            site.manage("tick")
        assert site.python(WAITING) == [LETTERS, 0]
        site.python(LATER)
        with serving(port) as server:
            for _turn in range(3):
                site.manage("tick")
            site.wait_until(lambda: site.python(WAITING) == [0, LETTERS])
        assert len(server.taken) == len(set(server.taken)) == LETTERS, server.taken
        return f"{LETTERS} waited, then each went once"


FAULTS = (mail_server_down,)
