"""Two at once: one outcome, one decision row, no 500 and no deadlock (PostgreSQL only)."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client

from participants.confirmations import answering, asking
from participants.hours import actions as hours
from participants.models import ConfirmationRequest, Event, HourEntry
from tests.participants.confirmations.scene import Scene, address, all_right

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
PAIRS = 100


@pytest.fixture
def scene(clock):
    return Scene()


def at_once(*acts):
    """What each of ``acts`` gave, or the ValidationError that refused it; started together."""
    barrier = Barrier(len(acts), timeout=30)

    def run(act):
        barrier.wait()
        try:
            return act()
        except ValidationError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def lines_of(request):
    return {line.entry_id: line.pk for line in request.lines.all()}


def test_supervisor_and_staff_on_the_same_line_give_one_verdict(scene):
    entries = [scene.hours(scene.noor, minutes=5) for _ in range(PAIRS)]
    request = scene.ask()
    lines = lines_of(request)
    for number, entry in enumerate(entries):
        given = {lines[entry.pk]: answering.Given("yes" if number % 2 else "no", "Andere dag")}
        at_once(
            lambda given=given: answering.answer(request, given),
            lambda entry=entry: hours.approve(entry, by=scene.trainer),
        )
    for entry in HourEntry.objects.filter(pk__in=[entry.pk for entry in entries]):
        assert entry.status in ("approved", "returned")
        assert (entry.reviewed_by is None) != (entry.confirmed_by is None)
        decided = Event.objects.filter(subject=f"hourentry:{entry.pk}").get()
        assert (decided.actor is None) == (entry.reviewed_by is None)
    by = Counter(HourEntry.objects.filter(pk__in=lines).values_list("confirmed_by", flat=True))
    assert sum(by.values()) == PAIRS + 3


def test_two_presses_on_everything_is_right_are_one_answer(scene):
    request = scene.ask()

    def press():
        return Client().post(address(request), all_right(request)).status_code

    assert set(at_once(*[press] * 4)) <= {200, 302}
    assert Event.objects.filter(act="hours_approved").count() == 3


def test_at_most_five_codes_are_tried_however_fast(scene):
    request = scene.ask()
    wrong = f"{(int(request.code) + 1) % 10_000:04}"
    refusals = at_once(*[lambda: answering.prove(request, wrong)] * 12)
    codes = Counter(refusal.code for refusal in refusals)
    assert (
        len(refusals) == 12 and set(codes) <= {"wrong_code", "closed"} and codes["wrong_code"] <= 4
    )
    assert ConfirmationRequest.objects.get().wrong_codes == 5


def test_two_ticks_at_once_mail_once(scene, mailoutbox):
    for _ in range(10):
        ConfirmationRequest.objects.all().delete()
        mailoutbox.clear()
        at_once(asking.send_due, asking.send_due)
        assert ConfirmationRequest.objects.count() == 1
        assert len(mailoutbox) == 1


def test_asking_and_answering_at_once_end_well(scene, clock):
    for _ in range(20):
        clock.shift(asking.WEEK)
        entry = scene.hours(scene.noor, minutes=5)
        request = scene.ask()
        clock.shift(asking.WEEK)
        given = {lines_of(request)[entry.pk]: answering.Given("yes")}
        at_once(
            lambda request=request, given=given: answering.answer(request, given),
            scene.ask,
            lambda entry=entry: hours.edit(entry, by=scene.noor.enrolment.participant, minutes=10),
        )
        live = ConfirmationRequest.objects.unrevoked().mailed()
        assert live.count() == 1
