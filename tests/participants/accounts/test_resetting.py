"""Who lost everything is let in again by somebody else, and nobody by themselves."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from participants.accounts import factors, resetting, tokens
from participants.events.models import Event
from participants.models import Device
from tests.factories import CohortFactory, EnrolmentFactory, RoleFactory, UserFactory

pytestmark = pytest.mark.django_db
WHY = "Telefoon kwijt, teruggebeld"


def with_factor(user):
    Authenticator.objects.create(user=user, type=factors.KEY, data={"name": "Sleuteltje"})
    factors.new_paper(user)
    return user


@pytest.fixture
def cohort():
    return CohortFactory()


@pytest.fixture
def trainer(cohort):
    return with_factor(RoleFactory(cohort=cohort).user)


@pytest.fixture
def coordinator():
    return RoleFactory(coordinator=True).user


@pytest.fixture
def administrator():
    return RoleFactory(administrator=True).user


def local_coordinator(cohort):
    return RoleFactory(kind="coordinator", cohort=cohort).user


def may(by, user):
    return resetting.resettable_by(by).filter(pk=user.pk).exists()


def test_everything_goes_and_the_person_hears_of_it(trainer, coordinator, mailoutbox):
    there = Client()
    there.force_login(trainer)
    tokens.make_for_operator(trainer, name="Rooster")
    resetting.reset(trainer, by=coordinator, reason=WHY)
    assert not factors.of(trainer).exists()
    assert not Device.objects.owned_by(trainer).exists() and not Session.objects.exists()
    assert there.get("/meer/").url.startswith("/accounts/login/")
    assert not trainer.api_tokens.working().exists()
    event = Event.objects.get(act="second_factor_reset")
    assert (event.actor, event.subject, event.reason) == (coordinator, f"user:{trainer.pk}", WHY)
    assert [mail.to for mail in mailoutbox] == [[trainer.email]]
    assert trainer.name not in mailoutbox[0].body and WHY not in mailoutbox[0].body


def test_a_coordinator_of_the_cohort_may_and_of_another_may_not(trainer, cohort):
    assert may(local_coordinator(cohort), trainer)
    assert not may(local_coordinator(CohortFactory()), trainer)


def test_no_trainer_assessor_or_participant_may(trainer, cohort):
    for other in (
        RoleFactory(cohort=cohort).user,
        RoleFactory(cohort=cohort, assessor=True).user,
        EnrolmentFactory(cohort=cohort).participant,
    ):
        assert not may(other, trainer)
        with pytest.raises(PermissionDenied):
            resetting.reset(trainer, by=other, reason=WHY)
    assert factors.of(trainer).exists()


def test_nobody_their_own(coordinator, administrator):
    for person in (coordinator, administrator):
        with_factor(person)
        with pytest.raises(PermissionDenied):
            resetting.reset(person, by=person, reason=WHY)


def test_only_an_administrator_that_of_an_administrator(coordinator, administrator):
    assert not may(coordinator, administrator)
    assert may(RoleFactory(administrator=True).user, administrator)
    assert may(administrator, coordinator)


def test_a_coordinator_that_of_a_coordinator_of_no_further_reach(cohort, coordinator):
    one, other = local_coordinator(cohort), local_coordinator(cohort)
    assert may(one, other) and may(coordinator, one)
    assert not may(one, coordinator)
    RoleFactory(kind="coordinator", user=other)  # of one more cohort
    assert not may(one, other) and may(coordinator, other)


def test_a_participant_who_chose_an_app_is_helped_too(cohort):
    participant = EnrolmentFactory(cohort=cohort).participant
    assert may(local_coordinator(cohort), participant)
    assert not may(local_coordinator(CohortFactory()), participant)


def test_a_reason_is_asked_and_there_must_be_something_to_take_away(trainer, coordinator):
    with pytest.raises(ValidationError) as refused:
        resetting.reset(trainer, by=coordinator, reason="  ")
    assert refused.value.code == "no_reason" and factors.of(trainer).exists()
    with pytest.raises(ValidationError) as refused:
        resetting.reset(RoleFactory().user, by=coordinator, reason=WHY)
    assert refused.value.code == "no_second_factor"


def test_the_page_lists_who_can_be_helped_and_does_it(client, trainer, coordinator):
    UserFactory(name="Zonder Stap")
    client.force_login(coordinator)
    page = client.get("/tweede-stap/anderen/").content.decode()
    assert trainer.name in page and "Zonder Stap" not in page
    address = f"/tweede-stap/anderen/{trainer.pk}/"
    assert "Schrijf op waarom" in client.post(address, {"reason": ""}).content.decode()
    client.post(address, {"reason": WHY})
    assert not factors.of(trainer).exists()


def test_the_list_asks_no_more_for_more_people(client, coordinator):
    client.force_login(coordinator)
    with_factor(RoleFactory().user)
    client.get("/tweede-stap/anderen/")

    def queries():
        with CaptureQueriesContext(connection) as asked:
            client.get("/tweede-stap/anderen/")
        return len(asked)

    one = queries()
    for _ in range(2):
        with_factor(RoleFactory().user)
    assert queries() == one


def test_who_is_half_way_in_goes_on_to_choose_anew(client, coordinator):
    trainer = with_factor(RoleFactory().user)
    trainer.set_password("een-lang-wachtwoord")
    trainer.save()
    client.post("/accounts/login/", {"login": trainer.email, "password": "een-lang-wachtwoord"})
    resetting.reset(trainer, by=coordinator, reason=WHY)
    page = client.get("/accounts/2fa/authenticate/", follow=True).content.decode()
    assert "Kies een extra stap" in page


# By the operator's command


def by_command(user, by):
    call_command("reset_second_factor", user.email, by=by.email, verbosity=0)


def test_the_command_does_what_the_page_does(trainer, coordinator):
    by_command(trainer, coordinator)
    assert not factors.of(trainer).exists()
    assert Event.objects.get(act="second_factor_reset").actor == coordinator


def test_the_command_refuses_who_may_not(trainer, cohort):
    for by in (RoleFactory(cohort=cohort).user, trainer):
        local_coordinator(cohort)
        with pytest.raises(CommandError):
            by_command(trainer, by)
    assert factors.of(trainer).exists()


def test_the_only_administrator_is_not_shut_out_for_ever(administrator, coordinator):
    with_factor(administrator)
    by_command(administrator, administrator)
    assert not factors.of(administrator).exists()
    RoleFactory(administrator=True)
    with_factor(administrator)
    with pytest.raises(CommandError):
        by_command(administrator, administrator)


def test_the_command_knows_nobody_else(administrator):
    with pytest.raises(CommandError):
        call_command("reset_second_factor", "niemand@leerlijn.example", by=administrator.email)
