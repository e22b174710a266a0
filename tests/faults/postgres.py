"""A PostgreSQL of our own, to be restarted and crashed at will."""

import contextlib
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

from tests.faults import Skipped
from tests.faults.site import free_port

OWNER = "postgres"


class Cluster:
    """``url`` is its one database; ``pg_ctl`` does the rest."""

    def __init__(self, folder, programs, port):
        self.folder, self.programs, self.port = folder, programs, port
        self.url = f"postgres://{OWNER}@127.0.0.1:{port}/{OWNER}"

    def run(self, program, *arguments):
        command = [str(self.programs / program), *arguments]
        if os.geteuid() == 0:  # it refuses to run as root
            somebody = ("setpriv", f"--reuid={OWNER}", f"--regid={OWNER}", "--clear-groups")
            command = [*somebody, *command]
        return subprocess.run(command, check=True, capture_output=True, cwd="/")

    def start(self):
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''"
        log = str(self.folder / "log")
        self.run("pg_ctl", "start", "-w", f"-D{self.folder}", f"-l{log}", f"-o{options}")

    def another(self, folder):
        """One more, for as long as it is entered."""
        return cluster(folder)

    def stop(self, mode="fast"):
        """``fast`` ends politely, ``immediate`` at once."""
        self.run("pg_ctl", "stop", "-w", f"-D{self.folder}", f"-m{mode}")

    def crash(self):
        """``kill -9`` of the server and of all that it started: nobody gets to clean up."""
        lock = self.folder / "postmaster.pid"
        server = int(lock.read_text().split()[0])
        for process in (server, *children(server)):
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        # Whoever should bury the dead may be slow, and the next start would take it for alive.
        while Path(f"/proc/{server}/status").exists() and "State:\tZ" not in status(server):
            time.sleep(0.05)
        lock.unlink()


def status(process):
    return Path(f"/proc/{process}/status").read_text()


def children(process):
    """The processes that ``process`` started and that are there still."""
    return [
        int(each) for each in Path(f"/proc/{process}/task/{process}/children").read_text().split()
    ]


@contextlib.contextmanager
def cluster(folder):
    """A Cluster below ``folder``, running; gone at the end."""
    data = folder / "postgres"
    data.mkdir(parents=True)
    if os.geteuid() == 0:
        for path in (*reversed(data.parents), data):
            if path.is_relative_to(folder):
                path.chmod(0o755)
        shutil.chown(data, OWNER)
    made = Cluster(data, programs(), free_port())
    made.run("initdb", f"-D{data}", f"-U{OWNER}", "--auth=trust", "--no-sync", "--encoding=UTF8")
    made.start()
    try:
        yield made
    finally:
        with contextlib.suppress(subprocess.CalledProcessError):
            made.stop("immediate")


def programs():
    """Where initdb and pg_ctl stand, of the newest PostgreSQL here."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        raise Skipped("no PostgreSQL on this machine (on Debian: apt-get install postgresql)")
    return found[-1].parent
