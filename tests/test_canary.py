"""One name goes the whole road; it is found in no log, no task, no error and no mail to others."""

import copy
import io
import logging
import logging.config
import smtplib
import uuid

import pytest
import time_machine
from django.conf import settings
from django.core.mail import EmailMessage
from django.test import Client
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from participants.confirmations import asking
from participants.mailing import post
from participants.mailing.letters import KINDS
from participants.messages import writing
from tests.factories import (
    CohortFactory,
    EnrolmentFactory,
    HourEntryFactory,
    InterviewCriterionFactory,
    PlacementFactory,
    RoleFactory,
    SupervisorFactory,
    UserFactory,
)
from tests.test_story import NOW, Person, attends, plans, talks, writes_hours

pytestmark = pytest.mark.django_db
FIRST, LAST = "Kanarina", "Goudvink"
EMAIL, PHONE = "kanarina.goudvink@leerlijn.example", "06 5550 1234"
AT_WORK = "team@buurt.example"
CANARIES = (FIRST, LAST, EMAIL.partition("@")[0], PHONE, "5550 1234", "55501234")


@pytest.fixture
def log():
    """What the log of the site says, as it is written in production."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    setup = copy.deepcopy(settings.LOGGING)  # what reads it takes it apart
    made = logging.config.DictConfigurator(setup)
    handler.setFormatter(made.configure_formatter(setup["formatters"]["structlog"]))
    handler.addFilter(made.configure_filter(setup["filters"]["routes"]))
    root = logging.getLogger()
    root.handlers.insert(0, handler)  # the one of pytest leaves its own text on a record
    yield written.getvalue
    root.removeHandler(handler)


@pytest.fixture
def tasks(settings):
    """Tasks wait in the database for a worker, as in production; with no mail server at first."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def enrolment():
    cohort = CohortFactory()
    InterviewCriterionFactory.create_batch(3, track=cohort.track)
    person = UserFactory(name=f"{FIRST} {LAST}", email=EMAIL, phone=PHONE)
    enrolment = EnrolmentFactory(cohort=cohort, participant=person)
    supervisor = SupervisorFactory(introduced=True, email=AT_WORK)
    placement = PlacementFactory(enrolment=enrolment, supervisor=supervisor)
    HourEntryFactory(enrolment=enrolment, placement=placement)
    return enrolment


def found(text, *, but=()):
    return [word for word in CANARIES if word not in but and word.lower() in text.lower()]


def the_road(enrolment):
    """From the first hour to a certificate, with the mails that go along."""
    cohort = enrolment.cohort
    assessors = [Person(RoleFactory(cohort=cohort, assessor=True).user) for _ in "12"]
    trainer = Person(RoleFactory(cohort=cohort).user)
    coordinator = Person(RoleFactory(coordinator=True).user)
    me = Person(enrolment.participant)
    writes_hours(me, trainer, enrolment, "work", 60)
    writes_hours(me, trainer, enrolment, "study", 56)
    attends(trainer, enrolment, "lesson")
    attends(trainer, enrolment, "intervision")
    plans(me, trainer, enrolment)
    talks(coordinator, assessors, enrolment)
    issued = coordinator.does("post", "certificates/", {"enrolment": enrolment.pk}, 201)
    return coordinator, issued


def others_find_nothing(enrolment, stranger):
    """Every way to be refused, with the name in the address and in what is sent."""
    client = Client(raise_request_exception=False)
    client.force_login(stranger)
    pages = (f"/deelnames/{enrolment.pk}/", f"/{FIRST}/", f"/mensen/?search={LAST}")
    answers = [client.get(page) for page in pages]
    answers += [Client(enforce_csrf_checks=True).post("/uren/nieuw/", {"name": LAST})]
    answers += [client.get(f"/api/v1/enrolments/{enrolment.pk}/")]
    answers += [client.get(f"/api/v1/hours/?status={FIRST}")]
    return answers


@time_machine.travel(NOW, tick=False)
def test_a_name_on_the_whole_road_is_told_to_nobody_else(
    enrolment, tasks, log, mailoutbox, monkeypatch
):
    stranger = EnrolmentFactory().participant
    coordinator, issued = the_road(enrolment)
    Client().get(f"/controle/{issued['check_url'].rstrip('/').rsplit('/', 1)[-1]}/")
    Client().post("/accounts/login/", {"login": EMAIL, "password": f"{FIRST}-fout"})
    Client().post("/accounts/login/code/", {"email": EMAIL})
    message = {"subject": "Morgen", "text": f"Dag {FIRST}", "form_id": uuid.uuid4()}
    writing.send(enrolment.cohort, [enrolment.pk], by=coordinator.user, **message)
    assert asking.send_due()
    answers = others_find_nothing(enrolment, stranger)

    work()
    # Then the mail server refuses by name, and a letter fails by name.
    monkeypatch.setattr(EmailMessage, "send", refuse_by_name)
    monkeypatch.setitem(KINDS, "broken", fail_by_name)
    coordinator.does("post", f"certificates/{issued['number']}/revoke/", {"reason": LAST})
    post("broken")
    work()

    assert [found(answer.content.decode()) for answer in answers] == [[]] * len(answers)
    assert found(log()) == []
    rows = DBTaskResult.objects.values_list("args_kwargs", "traceback", "return_value")
    assert rows.filter(status="FAILED").exists() and found(str(list(rows))) == []
    assert mailoutbox and "ValueError" in log()
    for mail in mailoutbox:
        if mail.to != [EMAIL]:
            but = (FIRST,) if mail.to == [AT_WORK] else ()
            assert found(f"{mail.subject} {mail.body} {mail.attachments}", but=but) == []


def refuse_by_name(message):
    raise smtplib.SMTPRecipientsRefused({to: (550, f"{FIRST} {to}".encode()) for to in message.to})


def fail_by_name(*_):
    raise ValueError(f"{FIRST} {LAST}\n  {EMAIL}")


def work():
    """All that waits, as a worker does it; the command would close our connection."""
    worker = db_worker.Worker(
        queue_names=["default"],
        interval=1,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="canary",
        excluded_queue_names=[],
    )
    for waiting in DBTaskResult.objects.ready():
        waiting.claim(worker.worker_id)
        worker.run_task(waiting)


def test_an_error_in_a_page_tells_no_name(enrolment, log, monkeypatch):
    monkeypatch.setattr("participants.hours.views.weeks", FailsByName())
    client = Client(raise_request_exception=False)
    client.force_login(enrolment.participant)
    answer = client.get("/uren/")
    assert answer.status_code == 500
    assert found(answer.content.decode()) == [] and found(log()) == []
    assert "ValueError" in log()


class FailsByName:
    def __getattr__(self, name):
        fail_by_name()
