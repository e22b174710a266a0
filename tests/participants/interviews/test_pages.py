import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from participants.interviews import actions
from participants.models import Event, FinalInterview
from tests.factories import (
    EnrolmentFactory,
    FinalInterviewFactory,
    InterviewCriterionFactory,
    InterviewItemFactory,
    RoleFactory,
    SeatFactory,
)
from tests.participants.interviews.scene import (
    MOMENT,
    agree,
    both_hand_in,
    finish,
    hand_in,
    plan_again,
)

A_WEEK_BEFORE = MOMENT - dt.timedelta(days=7)


def at(name, *args):
    return reverse(f"interviews:{name}", args=args)


def words(answer):
    """The page as one line, as a browser reads its spaces."""
    return " ".join(answer.content.decode().split())


def page(client, person, name, *args):
    client.force_login(person)
    return words(client.get(at(name, *args)))


def sent(client, person, name, *args, **data):
    """The page after a POST, followed to where it leads."""
    client.force_login(person)
    return words(client.post(at(name, *args), data, follow=True))


def typed(scene, name, values, text=""):
    values = [values] * len(scene.items) if isinstance(values, str) else values
    fields = {}
    for item, value in zip(scene.items, values, strict=True):
        fields |= {f"value_{item.pk}": value, f"{name}_{item.pk}": text}
    return fields


# The participant


def test_a_participant_reads_the_criteria_before_anything_is_planned(client, scene):
    text = page(client, scene.enrolment.participant, "list")
    assert "nog niet gepland" in text
    assert "Grenzen stellen" in text and "Je zegt op tijd nee." in text


def test_a_participant_sees_when_where_with_whom_and_about_what(client, planned):
    text = page(client, planned.enrolment.participant, "detail", planned.interview.pk)
    for fact in ["17 juni", "10.00 uur", "Huis van de Wijk", "Anna Aalders", "Bram Bos"]:
        assert fact in text
    assert "Je zegt op tijd nee." in text
    assert "Ellen Brouwer helpt je graag" in text


def test_a_passed_report_gives_strengths_first_and_words_for_marks(client, planned):
    both_hand_in(planned)
    agree(planned, ["good", "sufficient", "good"], strengths="Je luistert.", advice="Oefen.")
    actions.finalise(planned.interview, by=planned.first)
    text = page(client, planned.enrolment.participant, "detail", planned.interview.pk)
    order = ["Behaald", "Je luistert.", "Goed laten zien", "Voldoende laten zien", "Oefen."]
    assert sorted(order, key=text.index) == order


def test_a_report_of_not_yet_is_kind_and_names_the_way_on(client, planned):
    finish(planned, ["not_yet", "good", "good"])
    text = page(client, planned.enrolment.participant, "detail", planned.interview.pk)
    assert "Nog niet behaald" in text and "Wat je liet zien, blijft staan." in text
    assert text.index("Vragen stellen") < text.index("Dit staat nog open")
    assert text.index("Dit staat nog open") < text.index("Grenzen stellen")
    assert "Je krijgt een herkansing" in text


def test_without_a_resit_the_report_says_whom_to_call(client, planned):
    finish(planned, "not_yet")
    plan_again(planned)
    finish(planned, "not_yet")
    text = page(client, planned.enrolment.participant, "detail", planned.interview.pk)
    assert "Bel je coördinator" in text and "Je krijgt een herkansing" not in text


def test_words_of_people_are_no_markup(client, planned):
    planned.criteria[0].explanation = "<b>Vet</b>"
    planned.criteria[0].save()
    for person, name in [(planned.enrolment.participant, "detail"), (planned.first, "rate")]:
        text = page(client, person, name, planned.interview.pk)
        assert "&lt;b&gt;Vet" in text and "<b>Vet</b>" not in text


# Reads are noted


def test_opening_the_interview_of_somebody_else_is_noted(client, planned):
    page(client, planned.coordinator, "detail", planned.interview.pk)
    page(client, planned.enrolment.participant, "detail", planned.interview.pk)
    read = Event.objects.reads().get()
    assert (read.actor, read.enrolment) == (planned.coordinator, planned.enrolment)


# The assessor


def test_an_assessor_sees_what_is_due_and_what_is_coming(client, planned):
    other = FinalInterviewFactory(
        enrolment__cohort=planned.cohort, enrolment__participant__name="Glenda Pinas"
    )
    SeatFactory(interview=other, assessor=planned.first)
    FinalInterview.objects.filter(pk=other.pk).update(planned_at=MOMENT.replace(month=7))
    with time_machine.travel(MOMENT, tick=False):
        text = page(client, planned.first, "list")
    assert "1 gesprek wacht op jou" in text
    assert text.index("Yusuf Demirel") < text.index("Komt eraan") < text.index("Glenda Pinas")


def test_what_waits_for_the_other_assessor_is_not_counted_as_mine(client, planned):
    hand_in(planned, planned.first)
    text = page(client, planned.first, "list")
    assert "wacht op jou" not in text and "Wacht op de ander" in text


def test_handing_in_is_not_offered_before_everything_is_rated(client, planned):
    client.force_login(planned.first)
    text = words(client.get(at("hand_in", planned.interview.pk), follow=True))
    assert "Kies eerst een oordeel bij elk criterium." in text
    assert "Wat liet Yusuf zien?" in text


def test_a_resit_says_what_it_is_about(client, planned):
    finish(planned, ["not_yet", "good", "good"])
    again = plan_again(planned)
    text = page(client, planned.enrolment.participant, "detail", again.pk)
    assert "Dit is een herkansing" in text
    assert "Grenzen stellen" in text and "Vragen stellen" not in text


def test_a_draft_is_kept_and_comes_back(client, planned):
    fields = typed(planned, "notes", ["good", "", ""], "Een voorbeeld uit de wijk")
    assert "Bewaard" in sent(client, planned.first, "rate", planned.interview.pk, **fields)
    text = page(client, planned.first, "rate", planned.interview.pk)
    assert text.count("Een voorbeeld uit de wijk") == 3 and text.count(" checked") == 1


def test_handing_in_asks_every_criterion_and_keeps_what_was_typed(client, planned):
    fields = typed(planned, "notes", ["good", "", "good"], "Een voorbeeld")
    text = sent(client, planned.first, "rate", planned.interview.pk, hand_in="1", **fields)
    assert "Kies een oordeel bij “Vragen stellen”." in text
    assert text.count("Een voorbeeld") == 3


def test_handing_in_is_confirmed_with_a_declaration(client, planned):
    fields = typed(planned, "notes", "good")
    text = sent(client, planned.first, "rate", planned.interview.pk, hand_in="1", **fields)
    assert "Lever je oordeel in?" in text and "goed laten zien" in text
    text = sent(client, planned.first, "hand_in", planned.interview.pk, x="")
    assert "Zet een vinkje" in text
    text = sent(client, planned.first, "hand_in", planned.interview.pk, independent="on")
    assert "We wachten nog op je medebeoordelaar" in text
    assert planned.interview.seats.rated().get().assessor == planned.first


def test_the_second_to_hand_in_is_told_to_go_on(client, planned):
    hand_in(planned, planned.second)
    sent(client, planned.first, "rate", planned.interview.pk, **typed(planned, "notes", "good"))
    text = sent(client, planned.first, "hand_in", planned.interview.pk, independent="on")
    assert "spreek nu samen af" in text


@pytest.mark.parametrize("name", ["joint", "finalise"])
def test_after_the_result_is_fixed_who_fills_in_reads_the_report(client, planned, name):
    finish(planned)
    client.force_login(planned.first)
    told = client.get(at(name, planned.interview.pk), follow=True)
    assert told.redirect_chain[-1][0] == at("detail", planned.interview.pk)
    assert "De uitslag staat vast. Hier lees je het verslag." in words(told)


def test_who_guided_declares_in_other_words(client, planned):
    planned.interview.seats.filter(assessor=planned.first).update(guided_reason="Vervangt Bram")
    sent(client, planned.first, "rate", planned.interview.pk, **typed(planned, "notes", "good"))
    text = page(client, planned.first, "hand_in", planned.interview.pk)
    assert "De coördinator schreef op waarom ik beoordeel." in text


def test_after_handing_in_there_is_nothing_to_fill_in(client, planned):
    hand_in(planned, planned.first)
    fields = typed(planned, "notes", "not_yet")
    text = sent(client, planned.first, "rate", planned.interview.pk, **fields)
    assert "Hier valt niets meer in te vullen." in text
    assert not planned.interview.items.filter(ratings__value="not_yet").exists()


def test_the_joint_page_waits_until_all_are_in(client, planned):
    hand_in(planned, planned.first)
    client.force_login(planned.first)
    assert client.get(at("joint", planned.interview.pk)).status_code == 302


def test_the_joint_page_shows_differences_first_and_fills_in_what_is_alike(client, planned):
    both_hand_in(planned, ["good", "sufficient", "not_yet"], ["good", "good", "good"])
    text = page(client, planned.first, "joint", planned.interview.pk)
    order = ["Het andere geluid", "Vragen stellen", "Grenzen stellen"]
    assert sorted(order, key=text.index) == order
    assert text.count(" checked") == 1


def test_a_missing_motivation_stands_beside_its_criterion(client, planned):
    both_hand_in(planned, ["good", "good", "not_yet"], "good")
    fields = typed(planned, "motivation", "good")
    text = sent(client, planned.first, "joint", planned.interview.pk, **fields)
    assert f'href="#id_motivation_{planned.items[2].pk}"' in text
    assert "Schrijf op hoe jullie tot één oordeel kwamen" in text


def test_from_agreeing_to_a_final_result(client, planned):
    both_hand_in(planned)
    fields = typed(planned, "motivation", "good") | {"strengths": "Je luistert.", "advice": ""}
    pk = planned.interview.pk
    text = sent(client, planned.first, "joint", pk, finalise="1", **fields)
    assert "Stel de uitslag vast?" in text and 'value="pass"' in text
    assert "Vastgesteld." in sent(client, planned.first, "finalise", pk, expects="pass")
    planned.interview.refresh_from_db()
    assert planned.interview.result == "pass"
    again = sent(client, planned.second, "finalise", pk, expects="pass")
    assert "al vastgesteld" in again


def test_saving_halfway_keeps_what_was_agreed(client, planned):
    both_hand_in(planned)
    fields = typed(planned, "motivation", ["good", "", ""])
    assert "Bewaard" in sent(client, planned.first, "joint", planned.interview.pk, **fields)
    client.force_login(planned.first)
    answer = client.get(at("finalise", planned.interview.pk), follow=True)
    assert "Er valt hier nu niets vast te stellen." in answer.content.decode()


# The coordinator


def plan_fields(scene, *assessors, **facts):
    return {
        "planned_at": "2025-06-17T10:00",
        "place": "Huis van de Wijk",
        "assessors": [one.pk for one in assessors],
    } | facts


def test_a_coordinator_finds_whom_to_plan_for(client, scene):
    assert "Plan een gesprek" in page(client, scene.coordinator, "list")
    text = page(client, scene.coordinator, "choose")
    assert at("plan", scene.enrolment.pk) in text
    client.force_login(scene.coordinator)
    found = client.get(at("choose"), {"search": "bestaat niet"}).content.decode()
    assert "Yusuf Demirel" not in found


@time_machine.travel(A_WEEK_BEFORE, tick=False)
def test_a_coordinator_plans_on_the_clock_of_amsterdam(client, scene):
    fields = plan_fields(scene, scene.first, scene.second)
    text = sent(client, scene.coordinator, "plan", scene.enrolment.pk, **fields)
    assert "Gepland." in text
    assert FinalInterview.objects.get().planned_at == MOMENT


@time_machine.travel(A_WEEK_BEFORE, tick=False)
def test_a_refused_plan_keeps_what_was_typed(client, scene):
    text = sent(
        client, scene.coordinator, "plan", scene.enrolment.pk, **plan_fields(scene, scene.first)
    )
    assert "Kies precies 2 verschillende beoordelaars" in text
    assert 'value="Huis van de Wijk"' in text and text.count(" checked") == 1


@time_machine.travel(A_WEEK_BEFORE, tick=False)
def test_a_trainer_as_assessor_asks_a_reason_beside_the_name(client, scene):
    RoleFactory(user=scene.first, cohort=scene.cohort)
    fields = plan_fields(scene, scene.first, scene.second)
    text = sent(client, scene.coordinator, "plan", scene.enrolment.pk, **fields)
    assert f'href="#id_reason_{scene.first.pk}"' in text
    fields[f"reason_{scene.first.pk}"] = "Alle anderen zijn weg."
    assert "Gepland." in sent(client, scene.coordinator, "plan", scene.enrolment.pk, **fields)


@time_machine.travel(A_WEEK_BEFORE, tick=False)
def test_a_coordinator_moves_passes_on_and_cancels(client, planned):
    pk = planned.interview.pk
    moved = {"planned_at": "2025-06-18T11:30", "place": "Zaal 3"}
    assert "Woensdag 18 juni" in sent(client, planned.coordinator, "replan", pk, **moved)
    seat = planned.interview.seats.get(assessor=planned.first)
    text = sent(client, planned.coordinator, "replace", pk, seat.pk, new=planned.third.pk)
    assert "Carla Cruz" in text and "Anna Aalders" not in text
    assert "Ging dit gesprek niet door?" in page(client, planned.coordinator, "not_held", pk)
    assert "Het telt niet als poging." in sent(client, planned.coordinator, "not_held", pk)
    planned.interview.refresh_from_db()
    assert planned.interview.status == "not_held"


def test_passing_on_to_a_trainer_without_a_reason_is_explained(client, planned):
    RoleFactory(user=planned.third, cohort=planned.cohort)
    seat = planned.interview.seats.get(assessor=planned.first)
    text = sent(
        client, planned.coordinator, "replace", planned.interview.pk, seat.pk, new=planned.third.pk
    )
    assert "is trainer van deze deelnemer" in text
    assert planned.interview.seats.taken().filter(assessor=planned.first).exists()


def test_the_coordinator_sees_the_result_and_the_way_to_a_resit(client, planned):
    finish(planned, ["not_yet", "good", "good"])
    text = page(client, planned.coordinator, "detail", planned.interview.pk)
    assert "nog niet behaald" in text.lower() and at("plan", planned.enrolment.pk) in text


# Lists


def more_interviews(scene, count):
    for _ in range(count):
        enrolment = EnrolmentFactory(cohort=scene.cohort)
        interview = FinalInterviewFactory(enrolment=enrolment)
        SeatFactory(interview=interview, assessor=scene.first)
        item = {"interview": interview, "criterion__position": 100 + interview.pk}
        InterviewItemFactory(**item)
    EnrolmentFactory(cohort=scene.cohort)
    FinalInterviewFactory(enrolment=scene.enrolment, not_yet=True)
    again = EnrolmentFactory(participant=scene.enrolment.participant)
    FinalInterviewFactory(enrolment=again)
    FinalInterviewFactory(enrolment__cohort=scene.cohort, passed=True)


@pytest.mark.parametrize("who", ["first", "coordinator", "participant"])
@pytest.mark.parametrize("address", ["interviews:list", "interviews:choose", "api:interviews-list"])
def test_a_list_asks_as_much_of_the_database_for_three_rows_as_for_one(client, scene, who, address):
    scene.participant = scene.enrolment.participant
    client.force_login(getattr(scene, who))
    client.get(reverse(address))
    asked = []
    for count in (1, 2):
        more_interviews(scene, count)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse(address))
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_filters_narrow_the_list(client, planned):
    other = FinalInterviewFactory(
        enrolment__cohort=planned.cohort, enrolment__participant__name="Glenda Pinas", passed=True
    )
    client.force_login(planned.coordinator)
    text = client.get(at("list"), {"status": "final"}).content.decode()
    assert other.enrolment.participant.name in text and "Yusuf Demirel" not in text


def test_own_interview_stays_out_of_the_list_of_a_coordinator(client, scene):
    own = EnrolmentFactory(cohort=scene.cohort, participant=scene.coordinator)
    InterviewCriterionFactory(track=scene.cohort.track, position=9)
    FinalInterviewFactory(enrolment=own)
    client.force_login(scene.coordinator)
    answer = client.get(at("list"))
    assert not answer.context["page"].object_list
    assert [line["enrolment"] for line in answer.context["own"]] == [own]
