import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone

from participants import kept
from participants.kept.keeping import DAYS_KEPT, MOST_CHARACTERS, MOST_FORMS
from participants.models import KeptInput
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
KEY = "hours-new"


@pytest.fixture
def user():
    return UserFactory()


def test_what_was_typed_comes_back_as_it_was_sent(user):
    kept.keep(user, KEY, {"description": ["Meegelopen"], "days": ["ma", "di"], "empty": [""]})
    assert kept.initial(user, KEY) == {
        "description": "Meegelopen",
        "days": ["ma", "di"],
        "empty": "",
    }
    assert kept.fields(user, KEY).getlist("days") == ["ma", "di"]


def test_the_last_version_takes_the_place_of_the_one_before(user):
    kept.keep(user, KEY, {"description": ["Mee"], "minutes": ["60"]})
    kept.keep(user, KEY, {"description": ["Meegelopen"]})
    assert kept.initial(user, KEY) == {"description": "Meegelopen"}


def test_fields_with_a_prefix_come_back_without_it(user):
    kept.keep(user, KEY, {"r5-reason": ["Welke dag?"], "r6-reason": ["Waar?"]})
    assert kept.initial(user, KEY, prefix="r5") == {"reason": "Welke dag?"}


def test_nothing_kept_is_nothing_filled_in(user):
    assert kept.fields(user, KEY) is None
    assert kept.initial(user, KEY) == {}
    assert kept.when(user, KEY) is None


def test_nobody_else_reads_or_forgets_it(user):
    kept.keep(user, KEY, {"description": ["Van mij"]})
    other = UserFactory()
    assert kept.fields(other, KEY) is None
    kept.forget(other, KEY)
    assert kept.initial(user, KEY) == {"description": "Van mij"}


def test_what_is_forgotten_is_gone(user):
    kept.keep(user, KEY, {"description": ["Meegelopen"]})
    kept.forget(user, KEY)
    assert kept.fields(user, KEY) is None


def test_secrets_are_not_kept(user):
    kept.keep(user, KEY, {"password": ["geheim"], "code": ["1234"], "csrfmiddlewaretoken": ["x"]})
    assert KeptInput.objects.get().fields == {}


@pytest.mark.parametrize("key", ["", "x" * 81, "a\nb"])
def test_a_key_that_is_none_is_refused(user, key):
    with pytest.raises(ValidationError) as refusal:
        kept.keep(user, key, {})
    assert refusal.value.code == "no_key"


def test_the_longest_text_is_kept_and_one_character_more_is_not(user):
    kept.keep(user, KEY, {"a": ["x" * MOST_CHARACTERS]})
    with pytest.raises(ValidationError) as refusal:
        kept.keep(user, KEY, {"a": ["x" * MOST_CHARACTERS], "b": ["y"]})
    assert refusal.value.code == "too_much"
    assert "b" not in kept.initial(user, KEY)


def test_of_more_than_fifty_forms_the_oldest_goes(user):
    kept.keep(user, "other", {})
    for number in range(MOST_FORMS):
        kept.keep(user, f"plan-{number}", {})
    kept.keep(UserFactory(), "of-somebody-else", {})
    keys = set(KeptInput.objects.own(user).values_list("key", flat=True))
    assert keys == {f"plan-{number}" for number in range(MOST_FORMS)}


def test_what_nobody_touched_for_a_month_is_swept_away(user):
    day = dt.timedelta(days=1)
    for age in (DAYS_KEPT - 1, DAYS_KEPT, DAYS_KEPT + 1):
        KeptInput.objects.create(
            user=user,
            key=f"{age}-days",
            fields={},
            changed_at=timezone.now() - age * day + dt.timedelta(minutes=1),
        )
    assert kept.sweep() == 1
    assert kept.sweep() == 0
    left = set(KeptInput.objects.values_list("key", flat=True))
    assert left == {f"{DAYS_KEPT - 1}-days", f"{DAYS_KEPT}-days"}


@pytest.mark.parametrize(
    "broken, constraint",
    [
        ({"key": KEY}, "one_kept_input_for_each_form|UNIQUE constraint failed"),
        ({"key": ""}, "kept_input_says_of_which_form"),
    ],
)
def test_the_database_refuses_what_cannot_be(user, broken, constraint):
    kept.keep(user, KEY, {})
    with pytest.raises(IntegrityError, match=constraint):
        KeptInput.objects.create(user=user, fields={}, changed_at=timezone.now(), **broken)
