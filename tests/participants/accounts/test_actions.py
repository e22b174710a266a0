import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from participants.accounts import actions, names
from participants.models import Role
from tests.factories import CohortFactory, RoleFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_an_account_has_no_password_and_a_plain_address():
    by = RoleFactory(coordinator=True).user
    user = actions.register(name="Jo  Nieuw", email=" Jo@Leerlijn.example ", by=by)
    assert (user.name, user.email) == ("Jo Nieuw", "jo@leerlijn.example")
    assert not user.has_usable_password()


def test_an_address_in_use_is_refused_with_a_sentence():
    UserFactory(email="jo@leerlijn.example")
    with pytest.raises(ValidationError, match="al in gebruik"):
        actions.register(
            name="Jo", email="JO@leerlijn.example", by=RoleFactory(coordinator=True).user
        )


def test_trainers_and_participants_make_no_accounts():
    with pytest.raises(PermissionDenied):
        actions.register(name="Jo", email="jo@leerlijn.example", by=RoleFactory().user)


def test_giving_the_same_role_twice_is_giving_it_once():
    by, user, cohort = RoleFactory(administrator=True).user, UserFactory(), CohortFactory()
    first = actions.give_role(user, "trainer", cohort=cohort, by=by)
    assert actions.give_role(user, "trainer", cohort=cohort, by=by) == first


@pytest.mark.parametrize(
    ("kind", "here", "may"),
    [
        ("trainer", True, True),
        ("assessor", True, True),
        ("trainer", False, False),
        ("coordinator", True, False),
        ("administrator", False, False),
    ],
)
def test_a_coordinator_sets_the_trainers_and_assessors_of_the_own_cohort(kind, here, may):
    cohort = CohortFactory()
    by = RoleFactory(coordinator=True, cohort=cohort).user
    place = cohort if here else CohortFactory()
    if may:
        role = actions.give_role(UserFactory(), kind, cohort=place, by=by)
        actions.take_role(role, by=by)
        assert not Role.objects.filter(kind=kind).exists()
    else:
        with pytest.raises(PermissionDenied):
            actions.give_role(UserFactory(), kind, cohort=place, by=by)


def test_a_role_ends_at_once_and_nobody_ends_their_own_administration():
    administrator = RoleFactory(administrator=True)
    with pytest.raises(ValidationError, match="andere beheerder"):
        actions.take_role(administrator, by=administrator.user)


@pytest.mark.parametrize("name", ["Nguyễn Thị Diễm", "Łukasz İnce", "van 't Hof-Ñuñez", "李"])
def test_names_of_people_stay_as_they_are(name):
    assert names.cleaned(name) == name


@pytest.mark.parametrize(
    ("name", "code"),
    [("", "no_name"), (" \xa0 ", "no_name"), ("a\u200b", "hidden_character")]
    + [("a\nb", "hidden_character"), ("x" * 121, "name_too_long")],
)
def test_names_that_cannot_be_say_why(name, code):
    with pytest.raises(ValidationError) as refusal:
        names.cleaned(name)
    assert refusal.value.code == code
