"""Who guides at a learning place: written down by coordinators, one row per address."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError

from participants.models import Supervisor
from participants.placements import actions, supervising
from tests.factories import (
    EnrolmentFactory,
    LearningPlaceFactory,
    PlacementFactory,
    RoleFactory,
    SupervisorFactory,
)
from tests.factories.cohorts import MOMENT

pytestmark = pytest.mark.django_db


@pytest.fixture
def placement():
    return PlacementFactory(supervisor=SupervisorFactory(introduced=True))


@pytest.fixture
def coordinator():
    return RoleFactory(coordinator=True).user


def facts(**changed):
    return {"name": "Karim Zonneveld", "email": "karim@buurtteam.example", "phone": ""} | changed


def placed(enrolment, coordinator, email):
    return actions.place(
        enrolment,
        by=coordinator,
        place=LearningPlaceFactory(),
        starts_on=enrolment.starts_on,
        supervisor_name="K. Zonneveld",
        supervisor_email=email,
    )


def test_the_same_address_is_the_same_supervisor(placement, coordinator):
    email = placement.supervisor.email.upper()
    assert placed(EnrolmentFactory(), coordinator, email).supervisor == placement.supervisor
    assert Supervisor.objects.count() == 1


def test_without_an_address_each_placement_has_its_own(coordinator):
    first, second = (placed(EnrolmentFactory(), coordinator, "") for _ in range(2))
    assert first.supervisor != second.supervisor


def test_a_participant_is_not_their_own_supervisor(placement, coordinator):
    own = placement.enrolment.participant.email
    for act in (
        lambda: placed(placement.enrolment, coordinator, own.upper()),
        lambda: actions.supervise(placement, by=coordinator, **facts(email=own)),
        lambda: supervising.change(placement.supervisor, by=coordinator, **facts(email=own)),
    ):
        with pytest.raises(ValidationError) as refusal:
            act()
        assert refusal.value.code == "own_address"


def test_who_stopped_is_not_chosen_again_unasked(placement, coordinator):
    Supervisor.objects.update(stopped_at=MOMENT)
    with pytest.raises(ValidationError) as refusal:
        placed(EnrolmentFactory(), coordinator, placement.supervisor.email)
    assert refusal.value.code == "supervisor_stopped"


def test_another_supervisor_takes_the_placement_over(placement, coordinator):
    actions.supervise(placement, by=coordinator, **facts(name="Lidia Costa"))
    placement.refresh_from_db()
    assert placement.supervisor.name == "Lidia Costa"
    assert placement.supervisor.introduced_at is None


def test_a_new_address_asks_a_new_introduction_and_a_new_name_does_not(placement, coordinator):
    supervisor, email = placement.supervisor, placement.supervisor.email
    supervising.change(supervisor, by=coordinator, **facts(name="K. Zonneveld", email=email))
    supervisor.refresh_from_db()
    assert (supervisor.is_reachable, supervisor.browsers_forgotten) == (True, 0)
    supervising.change(supervisor, by=coordinator, **facts(email="ander@buurtteam.example"))
    supervisor.refresh_from_db()
    assert (supervisor.is_reachable, supervisor.browsers_forgotten) == (False, 1)


def test_an_address_of_another_supervisor_is_refused(placement, coordinator):
    SupervisorFactory(email="lidia@buurtteam.example")
    taken = facts(email="Lidia@buurtteam.example")
    with pytest.raises(ValidationError, match="hoort al bij een andere begeleider"):
        supervising.change(placement.supervisor, by=coordinator, **taken)


def test_nobody_but_a_coordinator_writes_down_who_guides(placement):
    trainer = RoleFactory(cohort=placement.enrolment.cohort).user
    for by in (trainer, placement.enrolment.participant):
        with pytest.raises(PermissionDenied):
            supervising.change(placement.supervisor, by=by, **facts())
        with pytest.raises(PermissionDenied):
            actions.supervise(placement, by=by, **facts())
        with pytest.raises(PermissionDenied):
            supervising.hand_over(placement.supervisor, by=by)


def test_a_handover_moves_only_the_people_of_the_coordinator(placement):
    elsewhere = PlacementFactory(supervisor=placement.supervisor)
    Supervisor.objects.update(
        stopped_at=MOMENT, successor_name="Lidia", successor_email="lidia@buurtteam.example"
    )
    by = RoleFactory(kind="coordinator", cohort=placement.enrolment.cohort).user
    new = supervising.hand_over(placement.supervisor, by=by)
    placement.refresh_from_db()
    elsewhere.refresh_from_db()
    assert (placement.supervisor, elsewhere.supervisor.name) == (new, "Karim Zonneveld")


def test_participants_see_the_name_and_not_the_address(client, placement):
    client.force_login(placement.enrolment.participant)
    shown = client.get("/leerplekken/").content.decode()
    assert placement.supervisor.name in shown
    assert placement.supervisor.email not in shown


@pytest.mark.parametrize(
    ("name", "broken"),
    [
        ("an_address_is_of_one_supervisor|UNIQUE", {"email": "KARIM@buurtteam.example"}),
        ("supervisor_has_a_name", {"name": ""}),
        ("supervisor_is_introduced_by_someone_at_an_address", {"introduced_at": MOMENT}),
        ("only_who_stops_names_a_successor", {"successor_name": "Lidia"}),
    ],
)
def test_the_database_refuses_a_supervisor_that_cannot_be(name, broken):
    SupervisorFactory(email="karim@buurtteam.example")
    with pytest.raises(IntegrityError, match=name):
        SupervisorFactory(**broken)
