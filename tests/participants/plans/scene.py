"""Who and what the tests of plans have in common."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from types import SimpleNamespace

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from participants.files import storing
from participants.models import DevelopmentPlan, PlanVersion, StoredFile
from tests.factories import CohortFactory, EnrolmentFactory, RoleFactory
from tests.participants.files import corpus

POP = {"goed": "Ik luister goed.", "leren": "Mijn grens aangeven."}
GOP = {"doel": "Ieder buurtteam weet ons te vinden."}


def group(members=2, **facts):
    """A cohort with members, a trainer and a coordinator of the whole organisation."""
    cohort = CohortFactory(name="Lichting Noord", **facts)
    enrolments = [
        EnrolmentFactory(cohort=cohort, participant__name=name)
        for name in ["Noor Bakker", "Sami Visser", "Roos de Wit"][:members]
    ]
    return SimpleNamespace(
        cohort=cohort,
        enrolment=enrolments[0],
        participant=enrolments[0].participant,
        member_enrolment=enrolments[-1],
        member=enrolments[-1].participant,
        trainer=RoleFactory(cohort=cohort, user__name="Ellen Brouwer").user,
        assessor=RoleFactory(cohort=cohort, assessor=True).user,
        coordinator=RoleFactory(coordinator=True).user,
    )


def upload(content=None, name="Mijn POP.pdf"):
    return SimpleUploadedFile(name, corpus.pdf() if content is None else content)


def give_file(version):
    """Turn ``version`` into one with a file that can be downloaded."""
    version.file, version.sections = storing.store(upload(), by=version.author), None
    version.save()
    return version.file


def nothing_is_left(settings):
    """Whether no row and no file of a plan exists."""
    files = [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]
    rows = [DevelopmentPlan, PlanVersion, StoredFile]
    return files == [] and not any(model.objects.exists() for model in rows)


def queries(client, address):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def at_once(*acts):
    """What each act answered: the code of its refusal, or "done"; other exceptions fly."""
    barrier = Barrier(len(acts), timeout=30)

    def perform(act):
        try:
            barrier.wait()
            act()
        except ValidationError as refusal:
            return refusal.code
        else:
            return "done"
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(perform, acts))


def at(name, *args, **kwargs):
    return reverse(f"plans:{name}", args=args, kwargs=kwargs)


def page(client, person, name="list", *args, **kwargs):
    """The text of a page, followed to where it leads."""
    client.force_login(person)
    return " ".join(client.get(at(name, *args, **kwargs), follow=True).content.decode().split())


def sent(client, person, name, *args, **data):
    """The text of the page after a POST, followed to where it leads."""
    client.force_login(person)
    response = client.post(at(name, *args), data, follow=True)
    return " ".join(response.content.decode().split())


def of(world, kind):
    """The address of a plan that may not have begun."""
    return {"kind": kind, "enrolment": world.enrolment.pk}
