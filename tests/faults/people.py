"""Who is there in the site of a fault."""

from tests.faults import MARK
from tests.faults.site import Person

FRESH = """
from factory.django import DjangoModelFactory
from tests import factories
for made in vars(factories).values():
    if isinstance(made, type) and issubclass(made, DjangoModelFactory):
        made.reset_sequence(first, force=True)  # names that nobody here has yet
factories.UserFactory.reset_sequence(mark + first, force=True)
"""
READY = (
    FRESH
    + """
from tests.factories import CohortFactory, RoleFactory, ready_enrolment
from participants.accounts import tokens
from participants.models import DevelopmentPlan
cohort = CohortFactory()
enrolments = [ready_enrolment(cohort=cohort) for _person in range(count)]
staff = RoleFactory(coordinator=True, cohort=cohort).user
def token(user):
    return tokens.make_for_operator(user, name="fault")[1]
answer = {
    "cohort": cohort.pk,
    "staff": token(staff),
    "people": [
        [one.pk, DevelopmentPlan.objects.get(enrolment=one).pk, token(one.participant)]
        for one in enrolments
    ],
}
"""
)
UNDER_WAY = (
    FRESH
    + """
import datetime as dt
from django.utils import timezone
from tests.factories import CohortFactory, EnrolmentFactory, RoleFactory
from participants.accounts import tokens
from participants.plans import actions as plans
today = timezone.localdate()
cohort = CohortFactory(starts_on=today - dt.timedelta(100), ends_on=today + dt.timedelta(100))
enrolments = [EnrolmentFactory(cohort=cohort) for _person in range(count)]
staff = RoleFactory(coordinator=True, cohort=cohort).user
def token(user):
    return tokens.make_for_operator(user, name="fault")[1]
answer = {
    "cohort": cohort.pk,
    "staff": token(staff),
    "people": [
        [one.pk, plans.plan_for(one, by=one.participant).pk, token(one.participant)]
        for one in enrolments
    ],
}
"""
)


class Member:
    """One who takes part: a Person, with the keys of the enrolment and of the POP."""

    def __init__(self, site, enrolment, plan, token):
        self.enrolment, self.plan, self.api = enrolment, plan, Person(site, token)

    def hours(self, **content):
        """The body of a POST of one hour of study today."""
        given = {"enrolment": self.enrolment, "kind": "study", "minutes": 60}
        return given | {"description": "Gelezen over grenzen stellen"} | content


def ready(site, count):
    """(cohort, coordinator, Members): people who can each have a certificate."""
    return _made(site, READY, count, first=0)


def under_way(site, count):
    """(cohort, coordinator, Members): people in a cohort that goes on today."""
    return _made(site, UNDER_WAY, count, first=1000)


def _made(site, code, count, first):
    made = site.python(code, count=count, first=first, mark=MARK)
    members = [Member(site, *each) for each in made["people"]]
    return made["cohort"], Person(site, made["staff"]), members
