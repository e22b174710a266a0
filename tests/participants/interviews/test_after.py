"""After a final talk: reply, objection within its term, and amendments."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from participants import progress
from participants.interviews import actions, objecting
from participants.models import (
    Amendment,
    Enrolment,
    Event,
    FinalInterview,
    InterviewReply,
    Objection,
)
from tests.factories import EnrolmentFactory, InterviewItemFactory, PauseFactory, RoleFactory
from tests.participants.interviews.scene import finish, hand_in, plan_again, refused

# Half past midnight in Amsterdam: the 18th there, still the 17th in UTC.
FINALISED = dt.datetime(2025, 6, 17, 22, 30, tzinfo=dt.UTC)
DAY = dt.date(2025, 6, 18)
LAST = DAY + dt.timedelta(days=42)


@pytest.fixture
def final(planned):
    """Not yet passed: the first criterion is open. Final since FINALISED."""
    finish(planned, ["not_yet", "good", "good"])
    FinalInterview.objects.update(finalised_at=FINALISED)
    planned.interview.refresh_from_db()
    planned.participant = planned.enrolment.participant
    return planned


def on(day):
    return time_machine.travel(dt.datetime.combine(day, dt.time(12), dt.UTC), tick=False)


def object_to(scene, *, by=None, items=None, text="Ik liet het zien in de buurtkamer."):
    return actions.make_objection(
        scene.interview,
        by=by or scene.participant,
        items=scene.items[:1] if items is None else items,
        text=text,
    )


@pytest.fixture
def objected(final):
    with on(DAY):
        final.objection = object_to(final)
    return final


def decide(scene, outcome="upheld", *, by=None, **facts):
    if outcome == "upheld" and "values" not in facts:
        facts["values"] = {scene.items[0].pk: "sufficient"}
    return actions.decide(
        scene.objection,
        by=by or scene.coordinator,
        outcome=outcome,
        motivation=facts.pop("motivation", "Het voorbeeld was er."),
        **facts,
    )


# Reply


def test_the_participant_replies_and_who_sees_the_report_reads_it(client, final):
    actions.reply(final.interview, "  Dank jullie wel.  ", by=final.participant)
    for person in (final.participant, final.first, final.coordinator):
        client.force_login(person)
        text = client.get(reverse("interviews:detail", args=[final.interview.pk])).content.decode()
        assert "Dank jullie wel." in text


@pytest.mark.parametrize("who", ["first", "coordinator", "third"])
def test_nobody_else_replies(final, who):
    with pytest.raises(PermissionDenied):
        actions.reply(final.interview, "Dank", by=getattr(final, who))


def test_a_reply_waits_for_the_report_and_says_something(planned):
    participant = planned.enrolment.participant
    with pytest.raises(ValidationError) as refusal:
        actions.reply(planned.interview, "Dank", by=participant)
    assert refused(refusal) == "not_final"
    finish(planned)
    with pytest.raises(ValidationError) as refusal:
        actions.reply(planned.interview, " ", by=participant)
    assert refused(refusal) == "nothing_written"


def test_a_reply_is_unread_until_the_assessor_opens_the_talk(client, final):
    said = actions.reply(final.interview, "Dank", by=final.participant)
    assert list(InterviewReply.objects.unread_by(final.first)) == [said]
    assert not InterviewReply.objects.unread_by(final.third)
    client.force_login(final.first)
    client.get(reverse("interviews:detail", args=[final.interview.pk]))
    assert not InterviewReply.objects.unread_by(final.first)
    assert InterviewReply.objects.unread_by(final.second)


# The term of an objection


@pytest.mark.parametrize(
    ("day", "possible"),
    [(LAST - dt.timedelta(days=1), True), (LAST, True), (LAST + dt.timedelta(days=1), False)],
)
def test_objecting_is_possible_just_until_the_last_day_in_amsterdam(final, day, possible):
    with on(day):
        if possible:
            assert object_to(final).items.get() == final.items[0]
            return
        with pytest.raises(ValidationError) as refusal:
            object_to(final)
    assert refused(refusal) == "too_late"
    assert "30 juli 2025" in refusal.value.messages[0]


def pause(scene, first, days, **facts):
    starts_on = DAY + dt.timedelta(days=first)
    ends_on = starts_on + dt.timedelta(days=days - 1) if days else None
    facts = {"confirmed": True, "starts_on": starts_on, "ends_on": ends_on} | facts
    PauseFactory(enrolment=scene.enrolment, **facts)


@pytest.mark.parametrize(
    ("first", "days", "longer"),
    [
        (1, 10, 10),  # from the first day of the term
        (42, 5, 5),  # from the last day
        (43, 5, 0),  # after it
        (-9, 10, 0),  # until the day of the result
        (-9, 11, 1),
    ],
)
def test_days_of_a_confirmed_pause_do_not_count(final, first, days, longer):
    pause(final, first, days)
    assert objecting.last_day(final.interview) == LAST + dt.timedelta(days=longer)


def test_a_pause_in_the_days_that_a_pause_added_counts_too(final):
    pause(final, 30, 10)
    pause(final, 50, 3)
    assert objecting.last_day(final.interview) == LAST + dt.timedelta(days=13)


def test_a_pause_that_nobody_confirmed_changes_nothing(final):
    pause(final, 1, 10, confirmed=False)
    assert objecting.last_day(final.interview) == LAST


def test_while_a_pause_has_no_end_the_term_has_none(final):
    pause(final, 10, None)
    assert objecting.last_day(final.interview) is None
    with on(LAST + dt.timedelta(days=300)):
        assert object_to(final)


def test_the_days_are_those_that_were_pinned_on_the_cohort(final):
    final.cohort.track.objection_days = 7
    final.cohort.track.save()
    assert objecting.last_day(final.interview) == LAST
    final.interview.enrolment.cohort.objection_days = 0
    assert objecting.last_day(final.interview) == DAY


# Making an objection


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"items": []}, "no_criteria"),
        ({"text": " "}, "nothing_written"),
        ({"text": "a" * 5_001}, "text_too_long"),
    ],
)
def test_an_objection_names_criteria_and_says_why(final, facts, code):
    with on(DAY), pytest.raises(ValidationError) as refusal:
        object_to(final, **facts)
    assert refused(refusal) == code
    assert not Objection.objects.exists()


def test_a_criterion_of_another_talk_is_not_objected_to(final):
    with on(DAY), pytest.raises(ValidationError) as refusal:
        object_to(final, items=[InterviewItemFactory()])
    assert refused(refusal) == "unknown_criterion"


@pytest.mark.parametrize("who", ["first", "coordinator", "third"])
def test_only_the_participant_objects(final, who):
    with on(DAY), pytest.raises(PermissionDenied):
        object_to(final, by=getattr(final, who))


def test_one_objection_at_a_time_and_another_after_the_decision(objected):
    with on(DAY):
        with pytest.raises(ValidationError) as refusal:
            object_to(objected)
        assert refused(refusal) == "already_objected"
        decide(objected, "rejected")
        assert object_to(objected)
    assert Event.objects.filter(act="objection_made").count() == 2


# Deciding


def result_of(scene):
    scene.interview.refresh_from_db()
    found = progress.of(Enrolment.objects.filter(pk=scene.enrolment.pk)).get()
    line = next(line for line in progress.lines(found) if line["key"] == "interview")
    return scene.interview.result, line["met"]


def test_an_upheld_objection_changes_the_named_ratings_and_the_result(objected):
    assert result_of(objected) == ("not_yet", False)
    decided = decide(objected)
    assert (decided.outcome, decided.decided_by) == ("upheld", objected.coordinator)
    assert result_of(objected) == ("pass", True)
    amendment = Amendment.objects.get()
    assert (amendment.old_value, amendment.new_value) == ("not_yet", "sufficient")
    assert (amendment.objection, amendment.reason) == (decided, "Het voorbeeld was er.")
    acts = Event.objects.filter(act__in=["objection_decided", "interview_amended"])
    assert {(event.actor, event.reason) for event in acts} == {
        (objected.coordinator, "Het voorbeeld was er.")
    }


def test_a_rejected_objection_leaves_everything_and_says_why(client, objected):
    decide(objected, "rejected", motivation="Je noemde geen voorbeeld.")
    assert result_of(objected) == ("not_yet", False)
    client.force_login(objected.participant)
    page = client.get(reverse("interviews:detail", args=[objected.interview.pk]))
    text = " ".join(page.content.decode().split())
    assert "Het oordeel blijft staan." in text and "Je noemde geen voorbeeld." in text


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({}, "nothing_changes"),
        ({"motivation": " "}, "reason_needed"),
        ({"outcome": "misschien"}, "unknown_outcome"),
        ({"outcome": "rejected", "another": True}, "nothing_to_change"),
        ({"another": True}, "not_named"),
    ],
)
def test_a_decision_that_does_not_fit_is_refused(objected, facts, code):
    others = {objected.items[1].pk: "good"} if facts.pop("another", False) else {}
    with pytest.raises(ValidationError) as refusal:
        decide(objected, values=others, **facts)
    assert refused(refusal) == code
    assert Objection.objects.awaiting_decision().exists()
    assert not Amendment.objects.exists()


def test_an_objection_is_decided_once(objected):
    decide(objected)
    with pytest.raises(ValidationError) as refusal:
        decide(objected, "rejected")
    assert refused(refusal) == "already_decided"


@pytest.mark.parametrize("who", ["first", "participant", "third"])
def test_only_a_coordinator_decides(objected, who):
    with pytest.raises(PermissionDenied):
        decide(objected, by=getattr(objected, who))
    assert not Objection.objects.decidable_by(getattr(objected, who))


def test_a_coordinator_does_not_decide_about_the_own_talk(objected):
    RoleFactory(user=objected.participant, coordinator=True)
    with pytest.raises(PermissionDenied):
        decide(objected, by=objected.participant)
    assert not Objection.objects.decidable_by(objected.participant)


def test_who_was_assessor_only_records_what_somebody_from_outside_decided(objected):
    RoleFactory(user=objected.first, coordinator=True)
    with pytest.raises(ValidationError) as refusal:
        decide(objected, by=objected.first)
    assert refused(refusal) == "outsider_needed"
    decided = decide(objected, by=objected.first, outsider="Meral Aydin, De Brug")
    assert (decided.outsider, decided.decided_by) == ("Meral Aydin, De Brug", objected.first)


def test_what_waits_for_a_decision_is_in_the_queue_of_the_coordinator(objected):
    waiting = Objection.objects.awaiting_decision().decidable_by(objected.coordinator)
    assert list(waiting) == [objected.objection]
    decide(objected)
    assert not waiting.all()


# Amending without an objection


def amend(scene, values, *, by=None, reason="Verkeerd overgenomen"):
    values = {scene.items[place].pk: value for place, value in values.items()}
    return actions.amend(scene.interview, by=by or scene.coordinator, values=values, reason=reason)


def test_an_amendment_is_a_new_decision_with_a_reason(final):
    [amendment] = amend(final, {0: "good"})
    assert (amendment.objection, amendment.decided_by) == (None, final.coordinator)
    assert result_of(final) == ("pass", True)
    assert Event.objects.get(act="interview_amended").reason == "Verkeerd overgenomen"


def test_an_amendment_may_take_the_result_away(final):
    amend(final, {0: "good"})
    amend(final, {1: "not_yet"})
    assert result_of(final) == ("not_yet", False)


@pytest.mark.parametrize(
    ("values", "reason", "code"),
    [
        ({0: "good"}, " ", "reason_needed"),
        ({0: "not_yet"}, "x", "nothing_changes"),
        ({0: "8"}, "x", "unknown_value"),
        ({0: ""}, "x", "nothing_changes"),
        ({}, "x", "nothing_changes"),
    ],
)
def test_an_amendment_that_does_not_fit_is_refused(final, values, reason, code):
    with pytest.raises(ValidationError) as refusal:
        amend(final, values, reason=reason)
    assert refused(refusal) == code


@pytest.mark.parametrize("who", ["first", "participant", "third"])
def test_only_a_coordinator_amends(final, who):
    with pytest.raises(PermissionDenied):
        amend(final, {0: "good"}, by=getattr(final, who))


def test_what_is_not_final_is_not_amended(planned):
    hand_in(planned, planned.first)
    with pytest.raises(ValidationError) as refusal:
        amend(planned, {0: "good"})
    assert refused(refusal) == "not_final"


def test_somebody_passes_once_also_when_the_first_talk_is_amended_later(final):
    first, items = final.interview, final.items
    plan_again(final)
    finish(final, ["sufficient"])
    final.interview, final.items = first, items
    amend(final, {0: "good"})
    assert result_of(final) == ("not_yet", True)
    with pytest.raises(ValidationError) as refusal:
        amend(final, {1: "not_yet"})
    assert refused(refusal) == "resit_was_passed"


def test_a_planned_resit_is_not_made_final_after_the_first_was_amended_to_a_pass(final):
    first, items = final.interview, final.items
    resit = plan_again(final)
    final.interview, final.items = first, items
    amend(final, {0: "good"})
    final.interview, final.items = resit, list(resit.items.all())
    with pytest.raises(ValidationError) as refusal:
        finish(final, ["good"])
    assert refused(refusal) == "already_passed"


# Pages


def at(name, scene, *more):
    return reverse(f"interviews:{name}", args=[scene.interview.pk, *more])


def test_the_report_offers_a_reply_and_an_objection_with_its_last_day(client, final):
    client.force_login(final.participant)
    with on(DAY):
        text = " ".join(client.get(at("detail", final)).content.decode().split())
    assert "Plaats je reactie" in text and "tot en met 30 juli 2025" in text
    with on(LAST + dt.timedelta(days=1)):
        client.force_login(final.participant)
        text = " ".join(client.get(at("detail", final)).content.decode().split())
        assert "Bezwaar maken kon tot en met 30 juli 2025" in text
        assert client.get(at("objection", final)).status_code == 302


def test_from_objecting_to_a_decision_on_the_pages(client, final):
    with on(DAY):
        client.force_login(final.participant)
        client.post(at("reply", final), {"text": "Dank jullie wel."})
        page = client.post(at("objection", final), {"text": "Ik liet het zien."})
        assert "Kies over welk criterium het gaat." in page.content.decode()
        fields = {"text": "Ik liet het zien.", "items": [final.items[0].pk]}
        page = client.post(at("objection", final), fields, follow=True)
        assert "Je bezwaar is binnen." in page.content.decode()
        objection = Objection.objects.get()
        client.force_login(final.coordinator)
        assert "Neem een besluit" in client.get(at("detail", final)).content.decode()
        fields = {"outcome": "upheld", "motivation": "Je hebt gelijk."}
        fields[f"value_{final.items[0].pk}"] = "good"
        page = client.post(at("decide", final, objection.pk), fields, follow=True)
    assert "verandert niet vanzelf" in page.content.decode()
    assert result_of(final) == ("pass", True)
    assert InterviewReply.objects.get().text == "Dank jullie wel."


def test_a_coordinator_amends_on_the_page(client, final):
    client.force_login(final.coordinator)
    text = client.get(at("amend", final)).content.decode()
    assert "Blijft: nog niet laten zien" in text
    fields = {f"value_{final.items[0].pk}": "good", "reason": "Verkeerd overgenomen"}
    text = client.post(at("amend", final), fields, follow=True).content.decode()
    assert "Later gewijzigd" in text and "Verkeerd overgenomen" in text


# The API

JSON = {"content_type": "application/json"}


def test_reply_objection_decision_and_amendment_through_the_api(client, final):
    one = reverse("api:interviews-detail", args=[final.interview.pk])
    item = final.items[0].pk
    with on(DAY):
        client.force_login(final.participant)
        assert client.post(f"{one}replies/", {"text": "Dank"}, **JSON).status_code == 201
        sent = {"criteria": [item], "text": "Ik liet het zien."}
        made = client.post(f"{one}objections/", sent, **JSON)
        assert (made.status_code, made.json()["criteria"]) == (201, [item])
        again = client.post(f"{one}objections/", sent, **JSON)
        assert (again.status_code, again.json()["code"]) == (400, "already_objected")
        client.force_login(final.coordinator)
        assert [one["text"] for one in client.get(f"{one}replies/").json()] == ["Dank"]
        sent = {
            "outcome": "upheld",
            "motivation": "Klopt.",
            "values": [{"criterion": item, "value": "good"}],
        }
        address = f"{one}objections/{made.json()['id']}/decide/"
        decided = client.post(address, sent, **JSON)
        assert (decided.status_code, decided.json()["outcome"]) == (200, "upheld")
        assert client.post(address, sent, **JSON).json()["code"] == "already_decided"
        sent = {"values": [{"criterion": item, "value": "sufficient"}], "reason": "Toch zo"}
        assert client.post(f"{one}amendments/", sent, **JSON).status_code == 201
        assert len(client.get(f"{one}amendments/").json()) == 2
        assert client.get(one).json()["result"] == "pass"


def test_others_do_not_find_what_came_after(client, final):
    client.force_login(EnrolmentFactory(cohort=final.cohort).participant)
    one = reverse("api:interviews-detail", args=[final.interview.pk])
    for door in ("replies", "objections", "amendments", "evidence"):
        assert client.get(f"{one}{door}/").status_code == 404
