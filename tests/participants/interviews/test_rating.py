import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from participants.interviews import actions
from participants.models import Event, Rating
from tests.factories import RatingFactory
from tests.participants.interviews.scene import answers, finish, hand_in, refused


def rate(scene, values="good", *, by=None, **facts):
    ratings = answers(scene.items, values, facts.pop("text", ""))
    actions.rate(scene.interview, by=by or scene.first, ratings=ratings, **facts)


def handed_in(scene, who):
    return scene.interview.seats.get(assessor=who).rated_at is not None


def test_a_draft_keeps_notes_without_a_value(planned):
    rate(planned, ["", "good", ""], text="Vertelde over de wijk.")
    kept = Rating.objects.values_list("value", "notes")
    assert list(kept) == [(value, "Vertelde over de wijk.") for value in ["", "good", ""]]
    assert not handed_in(planned, planned.first)


def test_saving_again_replaces_the_draft(planned):
    rate(planned, "not_yet")
    rate(planned, "good")
    assert set(Rating.objects.values_list("value", flat=True)) == {"good"}
    assert Rating.objects.count() == 3


def test_what_is_left_out_stays(planned):
    rate(planned, "sufficient")
    one = planned.items[0]
    actions.rate(planned.interview, by=planned.first, ratings={one.pk: ("good", "Nu wel")})
    values = Rating.objects.order_by("item__position").values_list("value", flat=True)
    assert list(values) == ["good", "sufficient", "sufficient"]


def test_handing_in_needs_every_criterion(planned):
    actions.declare_independent(planned.interview, by=planned.first)
    with pytest.raises(ValidationError) as refusal:
        rate(planned, ["good", "", "good"], hand_in=True)
    assert refused(refusal) == "ratings_incomplete"
    assert refusal.value.messages == ["Kies nog een oordeel bij: Vragen stellen."]
    assert not handed_in(planned, planned.first)


def test_handing_in_needs_declared_independence(planned):
    with pytest.raises(ValidationError) as refusal:
        rate(planned, hand_in=True)
    assert refused(refusal) == "independence_not_declared"


def test_declaring_twice_is_declaring_once(planned):
    actions.declare_independent(planned.interview, by=planned.first)
    before = planned.interview.seats.get(assessor=planned.first).independent_at
    actions.declare_independent(planned.interview, by=planned.first)
    assert planned.interview.seats.get(assessor=planned.first).independent_at == before
    assert Event.objects.filter(act="interview_independence_declared").count() == 1


def test_what_is_handed_in_is_frozen(planned):
    hand_in(planned, planned.first, "sufficient")
    for again in (True, False):
        with pytest.raises(ValidationError) as refusal:
            rate(planned, "good", hand_in=again)
        assert refused(refusal) == "already_handed_in"
    assert set(Rating.objects.values_list("value", flat=True)) == {"sufficient"}


def test_handing_in_is_a_decision_and_a_draft_is_not(planned):
    rate(planned)
    assert not Event.objects.filter(act="interview_rated").exists()
    hand_in(planned, planned.first)
    assert Event.objects.get(act="interview_rated").actor == planned.first


@pytest.mark.parametrize("who", ["third", "coordinator", "participant"])
def test_only_who_sits_rates(planned, who):
    planned.participant = planned.enrolment.participant
    with pytest.raises(PermissionDenied):
        rate(planned, by=getattr(planned, who))
    with pytest.raises(PermissionDenied):
        actions.declare_independent(planned.interview, by=getattr(planned, who))


def test_a_criterion_of_another_interview_is_refused(planned):
    foreign = RatingFactory().item
    with pytest.raises(ValidationError) as refusal:
        actions.rate(planned.interview, by=planned.first, ratings={foreign.pk: ("good", "")})
    assert refused(refusal) == "unknown_criterion"


def test_a_value_that_is_not_one_of_three_is_refused(planned):
    with pytest.raises(ValidationError) as refusal:
        rate(planned, "10")
    assert refused(refusal) == "unknown_value"


def test_a_final_interview_is_not_rated(planned):
    finish(planned)
    with pytest.raises(ValidationError) as refusal:
        rate(planned)
    assert refused(refusal) == "already_final"


def test_a_talk_that_was_not_held_is_not_rated(planned):
    actions.not_held(planned.interview, by=planned.coordinator)
    for act in (rate, lambda scene: actions.declare_independent(scene.interview, by=scene.first)):
        with pytest.raises(ValidationError) as refusal:
            act(planned)
        assert refused(refusal) == "not_held"
