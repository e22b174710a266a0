"""The catalogue: who puts a training in it, takes it out, and says when it is given."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from participants.models import Event, Training, TrainingChoice
from participants.trainings import actions, catalogue
from tests.factories import (
    CohortFactory,
    EnrolmentFactory,
    RoleFactory,
    TrainingDateFactory,
    TrainingFactory,
    UserFactory,
)

FACTS = {"title": "Beter vragen stellen", "minutes": 180}


@pytest.fixture
def cohort(db):
    return CohortFactory()


@pytest.fixture
def own(cohort):
    """Who coordinates one cohort."""
    return RoleFactory(kind="coordinator", cohort=cohort).user


@pytest.fixture
def training(cohort):
    return TrainingFactory(track=cohort.track)


def test_a_coordinator_of_a_cohort_fills_the_catalogue_of_its_track(cohort, own):
    made = catalogue.add(by=own, track=cohort.track, provider="Stichting De Leerkring", **FACTS)
    enrolment = EnrolmentFactory(cohort=cohort)
    assert actions.choose(enrolment, made, by=enrolment.participant).title == FACTS["title"]
    assert Event.objects.decisions().filter(act="training_added", actor=own).exists()


def test_a_training_for_all_tracks_is_for_who_arranges_everything(own):
    with pytest.raises(PermissionDenied):
        catalogue.add(by=own, **FACTS)
    for role in ({"coordinator": True}, {"administrator": True}):
        assert catalogue.add(by=RoleFactory(**role).user, **FACTS).track is None


def test_a_training_is_not_carried_over_to_a_track_of_others(own, training):
    for track in (CohortFactory().track, None):
        with pytest.raises(PermissionDenied):
            catalogue.change(training, by=own, track=track)
    training.refresh_from_db()
    assert training.track is not None


def test_a_training_takes_time(own, cohort):
    with pytest.raises(ValidationError):
        catalogue.add(by=own, track=cohort.track, title="Kort", minutes=0)


def test_who_chose_keeps_the_choice_when_a_training_is_put_away(own, training, cohort):
    enrolment = EnrolmentFactory(cohort=cohort)
    choice = actions.choose(enrolment, training, by=enrolment.participant)
    catalogue.archive(training, by=own)
    assert TrainingChoice.objects.get(pk=choice.pk).status == "chosen"


def test_an_archived_training_cannot_be_chosen_until_it_is_back(own, training, cohort):
    enrolment = EnrolmentFactory(cohort=cohort)
    catalogue.archive(training, by=own)
    with pytest.raises(ValidationError) as refusal:
        actions.choose(enrolment, training, by=enrolment.participant)
    assert refusal.value.code == "not_on_offer"
    catalogue.restore(training, by=own)
    assert actions.choose(enrolment, training, by=enrolment.participant)


@pytest.mark.parametrize(
    ("deeds", "code"),
    [
        ([catalogue.archive, catalogue.archive], "already_archived"),
        ([catalogue.restore], "in_use"),
    ],
)
def test_what_was_done_is_not_done_again(own, training, deeds, code):
    *before, again = deeds
    for deed in before:
        deed(training, by=own)
    with pytest.raises(ValidationError) as refusal:
        again(training, by=own)
    assert refusal.value.code == code


def test_days_come_and_go(own, training):
    day = catalogue.add_date(training, by=own, date=dt.date(2025, 5, 20), place="Huis van de Wijk")
    assert [each.date for each in training.dates.all()] == [dt.date(2025, 5, 20)]
    catalogue.remove_date(day, by=own)
    assert not training.dates.exists()
    acts = ["training_date_added", "training_date_removed"]
    assert Event.objects.decisions().filter(act__in=acts).count() == 2


@pytest.mark.parametrize("kind", ["trainer", "assessor", "elsewhere", "nobody"])
def test_nobody_else_changes_the_catalogue(cohort, training, kind):
    user = UserFactory()
    if kind == "elsewhere":
        RoleFactory(user=user, kind="coordinator")
    elif kind != "nobody":
        RoleFactory(user=user, kind=kind, cohort=cohort)
    day = TrainingDateFactory(training=training)
    for deed, thing, facts in [
        (catalogue.change, training, {"minutes": 60}),
        (catalogue.archive, training, {}),
        (catalogue.restore, training, {}),
        (catalogue.add_date, training, {"date": dt.date(2025, 5, 20)}),
        (catalogue.remove_date, day, {}),
    ]:
        with pytest.raises(PermissionDenied):
            deed(thing, by=user, **facts)
    with pytest.raises(PermissionDenied):
        catalogue.add(by=user, track=cohort.track, **FACTS)
    assert Training.objects.count() == 1


def test_a_search_finds_who_gives_it(training):
    Training.objects.filter(pk=training.pk).update(provider="Buurtwerk De Brug")
    assert list(Training.objects.containing("buurtwerk")) == [training]
