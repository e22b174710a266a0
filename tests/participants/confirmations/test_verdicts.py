"""The verdict of a supervisor on hours: one of two, named wherever a verdict is named."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from participants.hours import actions as hours
from participants.hours.why import why_not_counted
from participants.models import HourEntry
from tests.factories import HourEntryFactory, SupervisorFactory
from tests.factories.cohorts import MOMENT

pytestmark = pytest.mark.django_db


@pytest.fixture
def answered(scene):
    """One entry that is right and one that came back."""
    verdicts = [
        hours.Verdict(scene.first, approved=True),
        hours.Verdict(scene.second, approved=False, reason="Het was op woensdag."),
    ]
    assert hours.confirm(verdicts, supervisor=scene.supervisor) == {}
    scene.first.refresh_from_db()
    scene.second.refresh_from_db()
    return scene


@pytest.mark.parametrize("entry", [{"approved": True}, {"status": "approved"}])
def test_a_verdict_is_of_staff_or_of_a_supervisor_never_of_both_or_neither(entry):
    both = {"confirmed_by": SupervisorFactory()} if "approved" in entry else {}
    with pytest.raises(IntegrityError, match="hours_have_a_verdict_and_its_moment_or_neither"):
        HourEntryFactory(**entry, **both, reviewed_at=MOMENT)


def test_a_supervisor_answers_for_their_own_people_and_for_work_only(scene):
    other = SupervisorFactory()
    study = HourEntryFactory(enrolment=scene.noor.enrolment, kind="study")
    for supervisor, entry in ((other, scene.first), (scene.supervisor, study)):
        with pytest.raises(PermissionDenied):
            hours.confirm([hours.Verdict(entry, approved=True)], supervisor=supervisor)


def test_the_question_names_the_supervisor(answered):
    assert why_not_counted(answered.second) == "Karim vraagt: Het was op woensdag."


def test_staff_hear_who_was_first(answered):
    refused = hours.approve_many([answered.first], by=answered.trainer)
    assert refused[answered.first.pk].message == "Karim heeft deze uren al nagekeken."


def test_page_and_api_name_who_confirmed(client, answered):
    client.force_login(answered.noor.enrolment.participant)
    page = " ".join(client.get(f"/uren/{answered.first.pk}/").content.decode().split())
    assert "Karim Zonneveld (begeleider op de leerplek)" in page
    rows = client.get("/api/v1/hours/?ordering=date").json()["results"]
    told = {row["id"]: row for row in rows}
    assert told[answered.first.pk]["confirmed_by"] == "Karim Zonneveld"
    assert told[answered.second.pk]["why_not_counted"].startswith("Karim vraagt: ")
    staffed = HourEntryFactory(enrolment=answered.noor.enrolment, approved=True)
    assert client.get(f"/api/v1/hours/{staffed.pk}/").json()["confirmed_by"] is None


def test_hours_that_were_confirmed_count(answered):
    assert list(HourEntry.objects.approved()) == [answered.first]
