"""Mail that did not arrive: none, of all kinds of people, and a damaged file beside it."""

from django.utils import timezone

from participants.models import StoredFile
from tests.browser.states import State
from tests.factories import BounceFactory, EnrolmentFactory, PlacementFactory, RoleFactory

LONG = "Maria-Fernanda Wilhelmina van der Grinten-Oyelaran de Bruin"
PAGE = "/mail-die-niet-aankwam/"


def all_arrives():
    return RoleFactory(coordinator=True).user, PAGE


def some_came_back():
    coordinator = RoleFactory(coordinator=True).user
    address = "een.heel.lang.adres.van.iemand.met.een.lange.naam@leerlijn.example"
    enrolment = EnrolmentFactory(participant__name=LONG, participant__email=address)
    supervisor = PlacementFactory(enrolment=enrolment).supervisor
    BounceFactory(address=address)
    BounceFactory(address=supervisor.email.lower(), status="5.2.2")
    StoredFile.objects.create(
        owner=enrolment.participant,
        name="pop.pdf",
        kind="pdf",
        size=1,
        sha256="0" * 64,
        path="uploads/nergens",
        damaged_at=timezone.now(),
    )
    return coordinator, PAGE


STATES = [
    State("bounces none", all_arrives),
    State("bounces of all kinds", some_came_back),
]
