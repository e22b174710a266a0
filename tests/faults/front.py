"""The nginx of the full profile before the site: files of people go through it, and its own errors.

It is docker/nginx.conf, with the places of this machine in it.
"""

import contextlib
import re
import shutil
import subprocess

import requests

from tests.faults import SQLITE, Skipped, files, on, people
from tests.faults.site import ROOT, Person, Site, free_port

CONFIGURATION = ROOT / "docker" / "nginx.conf"
OPENSSL = ("openssl", "req", "-x509", "-nodes", "-newkey", "ec", "-pkeyopt")
CERTIFICATE = ("ec_paramgen_curve:P-256", "-subj", "/CN=leerlijn")
ADDRESS = ("-addext", "subjectAltName=IP:127.0.0.1")
TOO_MUCH = 64 * 1024 * 1024 + 1
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "Cache-Control": "private, no-store",
}


@on(SQLITE)
def files_through_nginx(folder, _database):
    """To who may have them, with every header; nobody gets at them around the site."""
    with behind_nginx(folder) as (site, front):
        _cohort, _staff, [owner, other] = people.under_way(site, 2)
        owner.api, other.api = front(owner), front(other)
        content = files.pdf(5000)
        sent = owner.api.post(f"/api/v1/plans/{owner.plan}/versions/", files={"file": content})
        assert sent.status_code == 201, sent.text
        path = f"/api/v1/plans/{owner.plan}/versions/1/file/"
        got = owner.api.get(path)
        assert (got.status_code, got.content) == (200, content), got.text[:300]
        assert "attachment" in got.headers["Content-Disposition"], "shown instead of saved"
        assert "sandbox" in got.headers["Content-Security-Policy"]
        assert "X-Accel-Redirect" not in got.headers, "where the file stands was told"
        assert other.api.get(path).status_code == 404
        assert front(None).get(path).status_code == 401
        [name] = site.uploads()
        around = [
            f"/intern/uploads/{name}",
            f"/intern/{name}",
            f"/intern/uploads/../uploads/{name}",
        ]
        tried = [owner.api.get(address) for address in (*around, "/fout/413", "/intern/")]
        assert {each.status_code for each in tried} == {404}, [each.status_code for each in tried]
        (site.media / "uploads" / name).rename(folder / "elsewhere")
        gone = owner.api.get(path)
        assert gone.status_code in (400, 404, 409), gone.status_code
        dressed = [got, gone, *tried]
        assert not faults_of(dressed), faults_of(dressed)
        return f"1 file to 1 of 3, {len(around)} ways around it closed, {len(dressed)} dressed"


@on(SQLITE)
def what_nginx_says_by_itself(folder, _database):
    """Too much at once, a request that cannot be, a site that is down: sentences, dressed."""
    with behind_nginx(folder) as (site, front):
        _cohort, _staff, [member] = people.under_way(site, 1)
        member.api = front(member)
        path = f"/api/v1/plans/{member.plan}/versions/"
        largest = member.api.post(path, data=bytes(TOO_MUCH - 1))
        assert largest.status_code in (400, 415), f"not let through: {largest.status_code}"
        large = member.api.post(path, data=bytes(TOO_MUCH))
        assert large.status_code == 413 and "te groot om in één keer" in large.text, large.text
        odd = member.api.get("/" + "a" * 9_000)
        assert odd.status_code in (400, 414) and "begrijpen deze vraag niet" in odd.text, odd.text
        traced = member.api.trace("/")
        assert traced.status_code in (400, 405), traced.status_code
        site.kill(site.web)
        down = member.api.get("/uren/")
        assert down.status_code == 502 and "even niet" in down.text, down.text
        answers = [large, odd, traced, down]
        assert not faults_of(answers), faults_of(answers)
        assert "nginx/" not in "".join(f"{each.headers}{each.text}" for each in answers)
        return f"{len(answers)} answers of its own, each with a sentence and every header"


@contextlib.contextmanager
def behind_nginx(folder):
    """(Site, what makes of a Member the Person before nginx); both processes end at the end."""
    if not (program := shutil.which("nginx")):
        raise Skipped("no nginx on this machine (on Debian: apt-get install nginx-light)")
    port = free_port()
    address = f"https://127.0.0.1:{port}"
    settings = {"MEDIA_ACCEL": "/intern/", "PROXY_COUNT": "1", "SITE_URL": address}
    with Site(folder, **settings).ready() as site:
        site.web = site.start_web()
        place = folder / "nginx"
        place.mkdir()
        key, certificate = place / "privkey.pem", place / "fullchain.pem"
        named = (*CERTIFICATE, *ADDRESS, "-keyout", str(key), "-out", str(certificate))
        subprocess.run([*OPENSSL, *named], check=True, capture_output=True)
        (place / "nginx.conf").write_text(configured(site, place, port, program))
        # In front of this process, and as its user: who may read the files of people.
        command = [program, "-c", str(place / "nginx.conf"), "-e", str(place / "log")]
        process = subprocess.Popen([*command, "-g", "daemon off; user root;"])
        try:
            site.wait_until(lambda: (place / "nginx.pid").exists())
            yield site, lambda member: InFront(site, address, certificate, token_of(member))
        finally:
            process.terminate()
            process.wait()


def configured(site, place, port, program):
    """docker/nginx.conf for this machine; of an nginx before 1.25 without HTTP/2."""
    text = CONFIGURATION.read_text()
    ours = {
        "server web:8000 resolve;": f"server 127.0.0.1:{site.port};",
        "listen 8443 ssl": f"listen 127.0.0.1:{port} ssl",
        "listen 8080": f"listen 127.0.0.1:{free_port()}",
        "/data/media/": f"{site.media}/",
        "/tls/": f"{place}/",
        "/tmp/": f"{place}/",  # noqa: S108
        "/dev/stderr": f"{place}/log",
    }
    missing = [theirs for theirs in ours if theirs not in text]
    assert not missing, f"docker/nginx.conf has no {missing} any more"
    text = re.sub("|".join(map(re.escape, ours)), lambda found: ours[found[0]], text)
    text = re.sub(r"listen \[::\].*", "", text)
    version = subprocess.run([program, "-v"], check=True, capture_output=True, text=True).stderr
    major, minor = map(int, re.search(r"/(\d+)\.(\d+)", version).groups())
    return text if (major, minor) >= (1, 25) else text.replace("http2 on;", "")


def token_of(member):
    return member.api.headers["Authorization"].partition(" ")[2] if member else "none"


class InFront(Person):
    """Somebody who comes in through nginx."""

    def __init__(self, site, address, certificate, token):
        super().__init__(site, token, address)
        self.certificate = str(certificate)

    def trace(self, path):
        return requests.request("TRACE", self.address + path, verify=self.certificate, timeout=30)

    def _ask(self, method, path, **options):
        return super()._ask(method, path, verify=self.certificate, **options)


def faults_of(answers):
    """What is missing, or is there twice, by address."""
    wrong = {each.url: {name: each.headers.get(name) for name in ALWAYS} for each in answers}
    wrong = {
        url: {name: value for name, value in found.items() if value != ALWAYS[name]}
        for url, found in wrong.items()
    }
    for each in answers:
        if "default-src 'none'" not in each.headers.get("Content-Security-Policy", ""):
            wrong[each.url]["Content-Security-Policy"] = each.headers.get("Content-Security-Policy")
    return {url: found for url, found in wrong.items() if found}


FAULTS = (files_through_nginx, what_nginx_says_by_itself)
