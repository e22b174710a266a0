"""Somebody with a row of everything, whose name stands nowhere that belongs to others."""

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from certificates.ceremonies import bundling
from certificates.ceremonies.models import Bundle
from participants.exports.making import SHELF
from participants.exports.models import Export
from participants.models import Application, Device, Message, PlanVersion, Supervisor
from tests.factories import CohortFactory, RoleFactory
from tests.participants.mydata.scene import everything

WORD = "Kanarina"


def somebody(cohort=None):
    """The enrolment of somebody of whom there is a row of everything; with traces elsewhere."""
    enrolment = everything(cohort or CohortFactory(), WORD)
    person = enrolment.participant
    # What they wrote for others, and who is somebody else: a name in there cannot be found.
    Message.objects.filter(author=person).update(text="Tot morgen")
    PlanVersion.objects.filter(plan__kind="group").update(sections={"doel": "Samen"})
    Supervisor.objects.update(name="Begeleider")
    Application.objects.create(cohort=enrolment.cohort, name=person.name, email=person.email)
    logged_in(person)
    office(enrolment)
    return enrolment


def logged_in(person):
    """A session with a device, and one of a stranger who typed that address."""
    session = SessionStore()
    session["_auth_user_id"] = str(person.pk)
    session.create()
    Device.objects.create(
        user=person,
        session_key=session.session_key,
        label="Firefox",
        last_used_on=timezone.localdate(),
    )
    stranger = SessionStore()
    stranger["login"] = {"email": person.email.upper()}
    stranger.create()


def office(enrolment):
    """What others took along, what the admin noted, and a task that failed."""
    staff = RoleFactory(coordinator=True).user
    person = enrolment.participant
    facts = {
        "cohort": enrolment.cohort,
        "asked_by": staff,
        "total": 1,
        "finished_at": timezone.now(),
        "expires_at": timezone.now() + timezone.timedelta(hours=1),
    }
    (SHELF.folder() / "lijst").write_text(person.name)
    Export.objects.create(
        kind="overview",
        form="csv",
        path="lijst",
        narrowed=f"Naam: {WORD}",
        asked={"search": [WORD]},
        **facts,
    )
    (bundling.folder() / "bundel").write_text(person.name)
    Bundle.objects.create(kind="zip", path="bundel", **facts)
    LogEntry.objects.create(
        user=staff,
        content_type=ContentType.objects.get_for_model(person),
        object_id=str(person.pk),
        object_repr=person.name,
        action_flag=CHANGE,
    )
    DBTaskResult.objects.create(
        status="FAILED",
        args_kwargs={"args": [person.pk], "kwargs": {}},
        task_path="participants.mailing.postbox.deliver",
        priority=0,
        queue_name="default",
        backend_name="default",
        run_after=timezone.now(),
        exception_class_path="builtins.ValueError",
        traceback=f"ValueError: {person.email}",
        worker_ids=[],
    )
