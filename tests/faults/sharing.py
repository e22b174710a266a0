"""Two web processes and three workers on one PostgreSQL: together everything, nothing twice."""

import uuid
from concurrent.futures import ThreadPoolExecutor

from tests.faults import MARK, POSTGRESQL, batches, files, issuing, mail, on, people
from tests.faults.site import Person, Site, free_port

PEOPLE, LETTERS, WORKERS = 12, 30, 3
MOST_ROUNDS = (
    20  # of so many letters, until each worker had something to do: who is first is chance
)
WORKED = """
from django_tasks_db.models import DBTaskResult
answer = sorted({name for ids in DBTaskResult.objects.finished().values_list(
    "worker_ids", flat=True) for name in ids})
"""
HOURS = "from participants.models import HourEntry; answer = HourEntry.objects.filter(" + (
    "client_id__isnull=False).count()"
)


@on(POSTGRESQL)
def two_webs_and_three_workers(folder, database):
    port, other = free_port(), free_port()
    with (
        mail.serving(port) as server,
        Site(folder, database.url, EMAIL_URL=f"smtp://127.0.0.1:{port}").ready() as site,
    ):
        cohort, staff, ready = people.ready(site, PEOPLE)
        _cohort, _staff, members = people.under_way(site, PEOPLE)
        site.start_web()
        site.start_web(port=other)
        webs = (site.address, f"http://127.0.0.1:{other}")
        at_once(issued_at(staff, webs, one) for one in ready[:4])
        day = files.today(site)
        at_once(written_at(one, webs, day) for one in members)
        for _each in range(WORKERS):
            site.start_worker()
        site.python(batches.BEGUN, cohort=cohort)
        letters, workers = 0, set()
        while len(workers) < WORKERS and letters < MOST_ROUNDS * LETTERS:
            site.python(mail.POST, first=letters, letters=LETTERS, mark=MARK)
            letters += LETTERS
            site.wait_until(lambda: site.python(mail.WAITING)[0] == 0, seconds=180)
            workers = set(site.python(WORKED))
        site.wait_until(lambda: site.python(batches.ENDED), seconds=180)
        assert site.python(issuing.COUNTED) == [PEOPLE] * 4, site.python(issuing.COUNTED)
        assert site.python(HOURS) == PEOPLE, site.python(HOURS)
        assert len(server.taken) == len(set(server.taken)) == letters, len(server.taken)
        assert len(workers) == WORKERS, f"{len(workers)} of {WORKERS} workers did something"
        return f"{PEOPLE} certificates, {PEOPLE} entries, {letters} mails, once; {WORKERS} workers"


def at_once(acts):
    """Do all of ``acts``, pairs of functions, at one moment; raises what one of them raised."""
    acts = [act for pair in acts for act in pair]
    with ThreadPoolExecutor(len(acts)) as pool:
        for done in [pool.submit(act) for act in acts]:
            done.result()


def issued_at(staff, webs, member):
    """Issuing to ``member`` at each of the webs."""
    body = {"enrolment": member.enrolment}
    return [posting(staff, web, "/api/v1/certificates/", body) for web in webs]


def written_at(member, webs, day):
    body = member.hours(date=day, client_id=str(uuid.uuid4()))
    return [posting(member.api, web, "/api/v1/hours/", body) for web in webs]


def posting(person, web, path, body):
    there = Person(None, "", web)
    there.headers = person.headers

    def post():
        answer = there.post(path, json=body)
        assert answer.status_code in (200, 201, 409), (answer.status_code, answer.text)

    return post


FAULTS = (two_webs_and_three_workers,)
