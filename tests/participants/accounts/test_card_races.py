"""Two people at one moment, with one card. Only PostgreSQL lets them be there together."""

from functools import partial

import pytest
from django.core.exceptions import ValidationError

from participants.accounts import lost_mailbox
from participants.models import LoginCard
from tests.factories import RoleFactory, UserFactory
from tests.participants.enrolments.test_races import TIMES, at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def logs_in(email, code):
    if lost_mailbox.used(email, code) is None:
        raise ValidationError("", code="refused")


def test_of_two_who_type_the_same_code_one_gets_in():
    person, office = UserFactory(), RoleFactory(coordinator=True).user
    for code in lost_mailbox.print_card(person, by=office, reason="Ontmoet"):
        assert at_once([partial(logs_in, person.email, code)] * 4) == ["done"] + ["refused"] * 3


def test_of_two_cards_that_are_printed_at_once_one_works():
    person = UserFactory()
    offices = [RoleFactory(coordinator=True).user for _ in range(2)]
    for _ in range(TIMES):
        acts = [partial(lost_mailbox.print_card, person, by=by, reason="Ontmoet") for by in offices]
        assert at_once(acts) == ["done", "done"]
        assert LoginCard.objects.owned_by(person).working().count() == 1
