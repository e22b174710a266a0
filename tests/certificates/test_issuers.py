"""Who issues whose certificate, also where the one coordinator is barred."""

import io

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command

from certificates import actions, ending, offices
from certificates.models import Certificate
from participants.models import Cohort, Enrolment
from tests.factories import (
    FinalInterviewFactory,
    RoleFactory,
    SeatFactory,
    UserFactory,
    ready_enrolment,
)
from tests.factories.certificates import CertificateFactory

pytestmark = pytest.mark.django_db


def assessed_by(*people, **facts):
    """Somebody who is ready, and passed the interview before ``people``."""
    enrolment = ready_enrolment(without=["interview"], **facts)
    interview = FinalInterviewFactory(enrolment=enrolment, passed=True)
    for person in people:
        SeatFactory(interview=interview, assessor=person, rated=True)
    return enrolment


@pytest.fixture
def administrator():
    return RoleFactory(administrator=True).user


def test_the_only_assessor_does_not_issue_and_another_coordinator_does(coordinator):
    enrolment = assessed_by(coordinator)
    with pytest.raises(PermissionDenied):
        actions.issue(enrolment, by=coordinator)
    assert actions.issue(enrolment, by=RoleFactory(coordinator=True).user).pk


def test_one_of_two_assessors_may_issue(coordinator):
    assert actions.issue(assessed_by(coordinator, UserFactory()), by=coordinator).pk


def test_a_seat_that_was_left_or_not_rated_makes_no_second_assessor(coordinator):
    enrolment = assessed_by(coordinator)
    interview = enrolment.interviews.get()
    SeatFactory(interview=interview)
    SeatFactory(interview=interview, left_at=interview.finalised_at)
    with pytest.raises(PermissionDenied):
        actions.issue(enrolment, by=coordinator)


def test_whom_one_assessed_alone_is_passed_over_in_a_batch(coordinator):
    alone, other = assessed_by(coordinator), ready_enrolment()
    [made] = actions.issue_all(Enrolment.objects.all(), by=coordinator)
    assert made.enrolment == other
    assert not alone.certificates.exists()


def test_an_administrator_stands_in_where_the_only_coordinator_assessed_alone(
    coordinator, administrator
):
    enrolment = assessed_by(coordinator)
    issued = actions.issue(enrolment, by=administrator)
    assert issued.issued_by == administrator
    enrolment.refresh_from_db()
    assert enrolment.status == "completed"


def test_an_administrator_stands_in_where_the_only_coordinator_is_the_holder(
    coordinator, administrator
):
    certificate = actions.issue(ready_enrolment(participant=coordinator), by=administrator)
    new = actions.correct(certificate, by=administrator, name="Marisol M.")
    ending.revoke(new, by=administrator, reason="Te vroeg")
    assert not Certificate.objects.valid().exists()


def test_an_administrator_does_not_stand_in_while_a_coordinator_can(coordinator, administrator):
    RoleFactory(coordinator=True)
    for enrolment in (ready_enrolment(), assessed_by(coordinator)):
        with pytest.raises(PermissionDenied):
            actions.issue(enrolment, by=administrator)


def test_an_administrator_does_not_stand_in_where_nobody_coordinates(administrator):
    with pytest.raises(PermissionDenied):
        actions.issue(ready_enrolment(), by=administrator)


def test_a_coordinator_who_may_not_log_in_is_no_way_out_and_no_obstacle(coordinator, administrator):
    RoleFactory(coordinator=True, user__is_active=False)
    assert actions.issue(assessed_by(coordinator), by=administrator).pk


def test_nobody_stands_in_for_themselves(coordinator):
    barred = RoleFactory(administrator=True, user=coordinator).user
    for enrolment in (ready_enrolment(participant=barred), assessed_by(barred)):
        with pytest.raises(PermissionDenied):
            actions.issue(enrolment, by=barred)


def test_standing_in_is_for_that_person_alone(coordinator, administrator):
    alone = assessed_by(coordinator)
    other = ready_enrolment(cohort=alone.cohort)
    assert list(offices.handled_by(administrator)) == [alone]
    assert list(offices.cohorts_of(administrator)) == [alone.cohort]
    with pytest.raises(PermissionDenied):
        actions.issue_all(Enrolment.objects.filter(pk__in=[alone.pk, other.pk]), by=administrator)


# Through the other doors


def test_an_administrator_stands_in_through_the_api(client, coordinator, administrator):
    enrolment = assessed_by(coordinator)
    client.force_login(coordinator)
    asked = {"enrolment": enrolment.pk}
    assert client.post("/api/v1/certificates/", asked).status_code == 403
    client.force_login(administrator)
    made = client.post("/api/v1/certificates/", asked)
    assert made.status_code == 201
    number = made.json()["number"]
    assert client.get(f"/api/v1/certificates/{number}/pdf/").status_code == 200
    other = {"enrolment": ready_enrolment().pk}
    assert client.post("/api/v1/certificates/", other).status_code == 404


def test_an_administrator_stands_in_by_the_command(coordinator, administrator):
    enrolment = assessed_by(coordinator)
    facts = {"cohort": enrolment.cohort_id, "by": administrator.email, "stdout": io.StringIO()}
    call_command("issue_certificates", **facts)
    assert enrolment.certificates.get().issued_by == administrator
    elsewhere = facts | {"cohort": ready_enrolment().cohort_id}
    with pytest.raises(CommandError):
        call_command("issue_certificates", **elsewhere)


def test_an_administrator_stands_in_through_the_page(client, coordinator, administrator):
    enrolment = assessed_by(coordinator, participant__name="Marisol Martina")
    other = ready_enrolment(cohort=enrolment.cohort, participant__name="Noor Bakker")
    address = f"/certificaten/lichting/{enrolment.cohort_id}/"
    client.force_login(administrator)
    page = client.get(address).content.decode()
    assert "Marisol Martina" in page
    assert other.participant.name not in page
    assert address in client.get("/certificaten/").content.decode()


def test_the_only_assessor_reads_that_another_makes_this_one(client, coordinator):
    enrolment = assessed_by(coordinator, participant__name="Marisol Martina")
    client.force_login(coordinator)
    page = client.get(f"/certificaten/lichting/{enrolment.cohort_id}/").content.decode()
    assert "Jij was de enige beoordelaar" in page
    assert f'value="{enrolment.pk}"' not in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_register_asks_as_much_for_one_as_for_three(
    client, coordinator, django_assert_max_num_queries, count
):
    for _turn in range(count):
        CertificateFactory()
    client.force_login(coordinator)
    with django_assert_max_num_queries(14):
        client.get("/certificaten/")
    assert Cohort.objects.count() == count
