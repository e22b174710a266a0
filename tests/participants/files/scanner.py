"""A clamd that tests have in hand: it speaks PING and INSTREAM on a socket of its own."""

import contextlib
import socketserver
import struct
import tempfile
import threading
from pathlib import Path

LONGEST_CHUNK = 1024 * 1024


class Scanner:
    """What it was sent, and what it answers: bytes, or a function of the bytes of a file."""

    def __init__(self, path):
        self.path, self.answer, self.seen = path, b"stream: OK\n", []

    def says(self, content):
        self.seen.append(content)
        return self.answer(content) if callable(self.answer) else self.answer


@contextlib.contextmanager
def running():
    """A Scanner that listens at its ``path`` until the end."""
    # Not in the folder of a test: the path of a socket is at most 107 bytes.
    with tempfile.TemporaryDirectory(prefix="clamd-") as folder:
        scanner = Scanner(str(Path(folder) / "s"))
        with socketserver.ThreadingUnixStreamServer(scanner.path, Conversation) as server:
            server.scanner = scanner
            thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
            thread.start()
            try:
                yield scanner
            finally:
                server.shutdown()
                thread.join()


class Conversation(socketserver.StreamRequestHandler):
    def handle(self):
        command = self.rfile.readline()
        if command == b"nPING\n":
            self.wfile.write(b"PONG\n")
        elif command == b"nINSTREAM\n":
            with contextlib.suppress(BrokenPipeError):
                self.wfile.write(self.server.scanner.says(self.streamed()))

    def streamed(self):
        content = bytearray()
        while length := struct.unpack("!L", self.rfile.read(4))[0]:
            assert length <= LONGEST_CHUNK
            content += self.rfile.read(length)
        return bytes(content)
