"""A code works once, in every process; and the database alone gives no code away."""

import threading

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import connection, connections

from participants.accounts import factors
from tests.factories import RoleFactory, UserFactory

pytestmark = pytest.mark.django_db
BOTH = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
SECRET = generate_totp_secret()


def with_app(user):
    data = {"secret": factors.sealed(SECRET)}
    Authenticator.objects.create(user=user, type=factors.APP, data=data)
    return user


def code(steps=0):
    return factors.code_at(SECRET, factors.now_counter() + steps)


@pytest.fixture
def at_noon(time_machine):
    time_machine.move_to("2026-11-04 12:00:10+01:00", tick=False)


def test_a_code_of_an_app_works_once(at_noon):
    user = with_app(UserFactory())
    assert factors.used(user, code()).type == factors.APP
    assert factors.used(user, code()) is None


@pytest.mark.parametrize(
    ("steps", "works"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)]
)
def test_a_code_may_be_half_a_minute_early_or_late(at_noon, steps, works):
    assert bool(factors.used(with_app(UserFactory()), code(steps))) is works


def test_after_a_code_no_earlier_one_works(at_noon):
    user = with_app(UserFactory())
    factors.used(user, code(1))
    assert factors.used(user, code()) is None


def test_a_code_stays_dead_when_the_cache_was_emptied(at_noon):
    user = with_app(UserFactory())
    factors.used(user, code())
    cache.clear()
    assert factors.used(user, code()) is None


def test_a_code_of_somebody_else_opens_nothing(at_noon):
    with_app(UserFactory())
    assert factors.used(UserFactory(), code()) is None


@pytest.mark.parametrize("typed", ["", "abc", "12345", "1234567", "¹²³⁴⁵⁶"])
def test_what_is_no_code_opens_nothing(at_noon, typed):
    assert factors.used(with_app(UserFactory()), typed) is None


def test_a_code_may_be_typed_in_groups(at_noon):
    digits = code()
    assert factors.used(with_app(UserFactory()), f"{digits[:3]} {digits[3:]}")


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_processes_given_the_same_code_one_takes_it(at_noon):
    user, taken = with_app(UserFactory()), []
    start = threading.Barrier(2, timeout=30)

    def take():
        start.wait()
        taken.append(bool(factors.used(user, code())))
        connections.close_all()

    threads = [threading.Thread(target=take) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == [False, True]


def test_each_code_on_paper_works_once():
    user = UserFactory()
    codes = factors.new_paper(user)
    assert len(set(codes)) == 10
    assert all(factors.used(user, each) for each in codes)
    assert not any(factors.used(user, each) for each in codes)


def test_new_codes_on_paper_end_the_old_ones():
    user = UserFactory()
    old, new = factors.new_paper(user), factors.new_paper(user)
    assert factors.used(user, old[0]) is None
    assert factors.used(user, factors.in_fours(new[0]))


def test_nobody_prints_the_codes_of_another():
    with pytest.raises(PermissionDenied):
        factors.print_paper(UserFactory(), by=UserFactory())


def test_the_database_alone_gives_no_code_away():
    user = with_app(UserFactory())
    codes = factors.new_paper(user)
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM mfa_authenticator")
        kept = str(cursor.fetchall())
    assert SECRET not in kept
    assert not any(each in kept for each in codes)


def test_secrets_can_be_read_after_the_key_of_the_site_changed(settings):
    sealed = get_adapter().encrypt(SECRET)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-key-0123456789-abcdefghijklmnopqrstuvwxyz"
    assert get_adapter().decrypt(sealed) == SECRET


def test_without_the_old_key_no_code_fits_and_none_can_be_worked_out(settings, at_noon):
    user = with_app(UserFactory())
    sealed = factors.of(user).get().data["secret"]
    settings.SECRET_KEY = "another-key-0123456789-abcdefghijklmnopqrstuvwxyz"
    assert factors.used(user, code()) is None
    assert factors.unsealed(sealed) != factors.unsealed(sealed)


def test_a_secret_from_before_they_were_sealed_still_works(at_noon):
    user = UserFactory()
    Authenticator.objects.create(user=user, type=factors.APP, data={"secret": SECRET})
    assert factors.used(user, code())


def test_paper_is_asked_of_staff_once_a_code_was_typed_over():
    staff = RoleFactory().user
    [first, *_others] = factors.new_paper(staff)
    assert not get_adapter().is_mfa_enabled(staff, types=BOTH)
    factors.used(staff, first).record_usage()
    assert get_adapter().is_mfa_enabled(staff, types=BOTH)


def test_the_last_factor_of_staff_stays_and_of_a_participant_may_go():
    staff, participant = RoleFactory().user, UserFactory()
    for user in (with_app(staff), with_app(participant)):
        factors.new_paper(user)
    assert not factors.may_go(factors.of(staff).get(type=factors.APP))
    assert factors.may_go(factors.of(participant).get(type=factors.APP))
    Authenticator.objects.create(user=staff, type=factors.KEY, data={"name": "Sleuteltje"})
    assert factors.may_go(factors.of(staff).get(type=factors.APP))
