"""The drill: a backup while people write, everything lost, put back on an empty machine."""

import threading

import requests

from tests.faults import BOTH, files, on, people
from tests.faults.site import Site

PEOPLE = 3
PASSWORD = "een-lang-wachtwoord-van-iemand"
WITH_A_PASSWORD = """
from participants.models import User
user = User.objects.get(enrolments=enrolment)
user.set_password(password)
user.save()
answer = user.email
"""
SUMMED = """
import hashlib
from django.apps import apps
answer = {}
LEFT = {"django_session", "participants_device", "participants_posting"}
LEFT |= {"django_content_type", "auth_permission"}
for model in apps.get_models():
    if model._meta.db_table not in LEFT and model._meta.managed:
        rows = sorted(repr(row) for row in model._base_manager.values_list())
        answer[model._meta.db_table] = [
            len(rows), hashlib.sha256("".join(rows).encode()).hexdigest()]
"""


@on(*BOTH)
def restore_drill(folder, database):
    with database.another(folder / "there") as empty:
        return drill(folder, database.url, empty.url)


def drill(folder, here, there):
    backups = folder / "backups"
    with Site(folder / "here", here).ready() as site:
        _cohort, staff, members = people.ready(site, PEOPLE)
        site.start_web()
        email = site.python(WITH_A_PASSWORD, enrolment=members[0].enrolment, password=PASSWORD)
        for member in members:
            assert staff.post("/api/v1/certificates/", json={"enrolment": member.enrolment}).ok
        _cohort, _staff, [writer] = people.under_way(site, 1)
        assert files.add(writer, 50_000).status_code == 201
        while_people_write(site, writer, lambda: site.manage("backup", str(backups / "busy")))
        site.manage("backup", str(backups / "still"))
        expected, uploads = site.python(SUMMED), contents(site)
        secret = site.environment["SECRET_KEY"]
    with Site(folder / "anew", there, SECRET_KEY=secret) as fresh:
        fresh.manage("restore", str(backups / "busy"))  # whole, though people wrote
        fresh.manage("restore", str(backups / "still"))
        assert fresh.python(SUMMED) == expected, "rows are not what they were"
        assert contents(fresh) == uploads, "files are not what they were"
        damage(backups / "still")
        fresh.manage("restore", str(backups / "still"), check=False)
        assert fresh.python(SUMMED) == expected, "a damaged backup was put back"
        fresh.start_web()
        writer.api.address = staff.address = fresh.address
        assert writer.api.get("/api/v1/me/").status_code == 200, "a program cannot get in"
        log_in(fresh, email, "niet-het-goede", refused=True)
        log_in(fresh, email, PASSWORD)
        rows = sum(count for count, _sum in expected.values())
        return f"{rows} rows, {len(uploads)} files: equal; a login works; a damaged one is refused"


def log_in(site, email, password, *, refused=False):
    """As a person does it, with a form."""
    with requests.Session() as browser:
        address = f"{site.address}/accounts/login/"
        browser.get(address)
        sent = {"login": email, "password": password}
        sent["csrfmiddlewaretoken"] = browser.cookies["csrftoken"]
        browser.post(address, data=sent)
        page = browser.get(f"{site.address}/uren/", allow_redirects=False)
        assert page.status_code == (302 if refused else 200), (page.status_code, refused)


def while_people_write(site, writer, act):
    """Do ``act`` while ``writer`` writes hours; none of those is refused."""
    day, done, statuses = files.today(site), threading.Event(), []

    def write():
        while not done.is_set():
            body = writer.hours(date=day, minutes=1)
            statuses.append(writer.api.post("/api/v1/hours/", json=body).status_code)
            done.wait(0.2)

    writing = threading.Thread(target=write)
    writing.start()
    try:
        act()
    finally:
        done.set()
        writing.join()
    assert statuses and set(statuses) == {201}, set(statuses)


def contents(site):
    return {name: (site.media / "uploads" / name).read_bytes() for name in site.uploads()}


def damage(backups):
    [made] = backups.iterdir()
    largest = max(made.glob("database.*"), key=lambda path: path.stat().st_size)
    content = bytearray(largest.read_bytes())
    content[len(content) // 2] ^= 1
    largest.write_bytes(content)


FAULTS = (restore_drill,)
