"""A whole site of its own for one fault: database, files, and the processes that serve it."""

import atexit
import contextlib
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import requests

ROOT = Path(__file__).resolve().parent.parent.parent
PREPARED = Path(tempfile.mkdtemp(prefix="leerlijn-faults-"))
atexit.register(shutil.rmtree, PREPARED, ignore_errors=True)


class Site:
    """``folder`` holds all of it; ``database`` is a URL, by default SQLite in the folder."""

    def __init__(self, folder, database="", **settings):
        self.folder, self.media = folder, folder / "media"
        self.temporary = folder / "tmp"
        self.temporary.mkdir(parents=True)
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.processes, self.runner = [], None
        self.said = PREPARED / f"said-{self.port}"  # not in the folder: its disk may be cut
        self.environment = os.environ | {
            "ALLOWED_HOSTS": "127.0.0.1",
            "CACHE_URL": "db://django_cache",
            "CLAMD_SOCKET": "",
            "DATABASE_URL": database or f"sqlite:///{folder}/db.sqlite3",
            "DEBUG": "no",
            "DJANGO_SETTINGS_MODULE": "leerlijn.settings",
            "EMAIL_URL": f"file:///{folder}/mail",
            "MEDIA_ROOT": str(self.media),
            "ERASED_LEDGER": str(folder / "erased.jsonl"),
            "SECRET_KEY": secrets.token_urlsafe(50),
            "SITE_URL": self.address,
            "TMPDIR": str(self.temporary),
            **settings,
        }

    def ready(self):
        """This site, with its tables: made once a run, and copied after that."""
        url = self.environment["DATABASE_URL"]
        if url.startswith("postgres"):
            self._prepare(
                PREPARED / "postgresql",
                keep=lambda kept: self._run(["pg_dump", "--format=custom", "-f", kept, url]),
                copy=lambda kept: self._run(["pg_restore", "-e", "-d", url, kept]),
            )
        else:
            ours = self.folder / "db.sqlite3"
            self._prepare(
                PREPARED / "sqlite",
                keep=lambda kept: shutil.copy(ours, kept),
                copy=lambda kept: shutil.copy(kept, ours),
            )
        return self

    def _prepare(self, kept, *, keep, copy):
        if kept.exists():
            copy(str(kept))
        else:
            self.manage("migrate", "--verbosity=0")
            self.manage("collectstatic", "--noinput", "--verbosity=0")
            keep(str(kept))

    def manage(self, *arguments, check=True):
        """What a command of the site prints."""
        return self._ask({"command": arguments}, check)

    def python(self, code, **values):
        """What ``code`` leaves in ``answer``, run within the site; ``values`` are names in it."""
        given = "".join(f"{name} = {value!r}\n" for name, value in values.items())
        end = "\nimport json; print('\\n' + json.dumps(answer))"
        code = f"answer = None\n{given}{code}{end}"
        return json.loads(self._ask({"code": code}, True).splitlines()[-1])

    def _ask(self, asked, check):
        runner = self._started_runner()
        print(json.dumps(asked), file=runner.stdin, flush=True)
        line = runner.stdout.readline()
        failed, printed = json.loads(line) if line else (True, "it ended")
        if check and failed:
            said = self.said.read_text()[-2000:]
            raise AssertionError(f"{str(asked)[:80]} failed: {printed[-500:]} {said}")
        return printed

    def _started_runner(self):
        if self.runner is None or self.runner.poll() is not None:
            self.runner = subprocess.Popen(
                [sys.executable, "-m", "tests.faults.running"],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self.said.open("ab"),
                text=True,
                start_new_session=True,
            )
            self.processes.append(self.runner)
        return self.runner

    def _run(self, command):
        done = subprocess.run(command, capture_output=True, text=True, timeout=600)
        if done.returncode:
            raise AssertionError(f"{command[0]} failed: {done.stderr[-2000:]}")

    def start_web(self, *, processes=1, halts_at="", port=None):
        """Serve, until ``stop`` or ``kill``; at a point of ``halting`` it says so and waits."""
        port = port or self.port
        options = ("--threads=10", "--timeout=600", "--no-control-socket", "--log-level=critical")
        web = self._start(
            [sys.executable, "-m", "gunicorn", "tests.faults.halting:application"]
            + [f"--bind=127.0.0.1:{port}", f"--workers={processes}", *options],
            halts_at,
        )
        self.wait_until(lambda: answers(f"http://127.0.0.1:{port}/healthz"))
        return web

    def start_worker(self, *, halts_at=""):
        return self._start([sys.executable, "-m", "tests.faults.worker"], halts_at)

    def _start(self, command, halts_at):
        self.halted.unlink(missing_ok=True)
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=self.environment | {"HALTS_AT": halts_at, "HALTED": str(self.halted)},
            stdout=subprocess.DEVNULL,
            stderr=(self.folder / "log").open("ab"),
            start_new_session=True,
        )
        self.processes.append(process)
        return process

    @property
    def halted(self):
        """The file that stands there once a process halted where it was asked to."""
        return self.folder / "halted"

    def kill(self, process):
        """``kill -9`` of a process and of all that it started: nobody gets to clean up."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def close(self):
        for process in self.processes:
            self.kill(process)

    def __enter__(self):
        return self

    def __exit__(self, failed, *_):
        self.close()
        if not failed:
            left = self.left_behind()
            assert not left, f"left in a temporary place: {left}"

    def wait_until(self, true, seconds=60):
        """Wait for ``true()``, at most so long; how many seconds it took."""
        started = time.monotonic()
        while not true():
            if time.monotonic() - started > seconds:
                log = self.folder / "log"
                said = log.read_text()[-1500:] if log.exists() else ""
                raise AssertionError(f"waited {seconds} s in vain: {said}")
            time.sleep(0.1)
        return time.monotonic() - started

    def uploads(self):
        """The names of what people added, also of what is half there."""
        folder = self.media / "uploads"
        return sorted(path.name for path in folder.iterdir()) if folder.exists() else []

    def left_behind(self):
        """What stands in the temporary folder of the site's processes, but for empty files."""
        files = [path for path in self.temporary.rglob("*") if path.is_file()]
        return sorted(path.name for path in files if path.stat().st_size)

    def grow_older(self, days):
        """Have every file look as if it was written so many days ago."""
        then = time.time() - days * 24 * 60 * 60
        for path in self.media.rglob("*"):
            os.utime(path, (then, then))


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def answers(address):
    try:
        return requests.get(address, timeout=5).status_code == 200
    except requests.RequestException:
        return False


class Person:
    """Somebody with a token for the API of ``site``."""

    def __init__(self, site, token, address=None):
        self.address = address or site.address
        self.headers = {"Authorization": f"Token {token}"}

    def get(self, path, **options):
        return self._ask("get", path, **options)

    def post(self, path, **options):
        return self._ask("post", path, **options)

    def _ask(self, method, path, *, timeout=60, **options):
        ask = getattr(requests, method)
        return ask(f"{self.address}{path}", headers=self.headers, timeout=timeout, **options)

    def broken_off(self, path, **options):
        """Post, to a process that is killed meanwhile; None, or an answer it gave anyhow."""
        with contextlib.suppress(requests.RequestException):
            return self.post(path, **options)
