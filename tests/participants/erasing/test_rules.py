"""Nothing that leads to a person is forgotten when everything is to go."""

from participants.erasing import registry
from participants.models import Enrolment
from tests.participants.mydata.test_rules import personal_models

ASKED = "Say in participants/erasing/rules (or certificates/erasing.py) what erasing does to it."


def test_every_model_that_leads_to_a_person_says_what_erasing_does_to_it():
    assert personal_models() - registry.ruled() == set(), ASKED
    assert all(registry.STAYS.values())


def test_nothing_is_declared_that_leads_to_nobody():
    assert {rule.model for rule in registry.OF_ENROLMENTS} <= personal_models()
    assert Enrolment in registry.STAYS
