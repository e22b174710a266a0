"""A track: made, named, its norms, put away. What is under way keeps what it had."""

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError

from participants.models import Cohort, Event, LearningTrack, NormsChange
from participants.setup import cohorts, copying, tracks
from tests.factories import CohortFactory, LearningTrackFactory, RoleFactory, UserFactory

WHY = "De funder vraagt 50 uur"
PAPER = {
    "provider": "Stichting De Leerkring",
    "first_signatory": "Johanna Wiersma",
    "first_signatory_role": "directeur",
    "second_signatory": "Ellen Brouwer",
    "second_signatory_role": "coördinator",
}
DAYS = {"starts_on": "2026-01-05", "ends_on": "2026-07-10"}


@pytest.fixture(autouse=True)
def first_day(db):
    """The first day of the cohorts of the factories."""
    with time_machine.travel("2025-01-06 12:00 +0100", tick=False):
        yield


@pytest.fixture
def coordinator(db):
    return RoleFactory(coordinator=True).user


@pytest.fixture
def track(db):
    return LearningTrackFactory()


def test_a_track_is_made_with_the_usual_norms_and_written_down(coordinator):
    made = tracks.make(by=coordinator, name="Leerlijn Informele zorg", **PAPER)
    assert (made.study_minutes, made.objection_days, made.is_active) == (3600, 42, True)
    assert Event.objects.decisions().get(act="track_made").actor == coordinator


def test_a_name_that_is_taken_is_refused_beside_its_field(track, coordinator):
    with pytest.raises(ValidationError) as refusal:
        tracks.make(by=coordinator, name=track.name, **PAPER)
    assert refusal.value.message_dict == {
        "name": ["Er is al een leerlijn met deze naam. Kies een andere."]
    }


@pytest.mark.parametrize("kind", ["trainer", "coordinator", "nobody"])
def test_only_who_arranges_the_whole_organisation_changes_a_track(track, kind):
    user = UserFactory()
    if kind != "nobody":
        RoleFactory(user=user, kind=kind, cohort=CohortFactory(track=track))
    for deed, facts in [
        (tracks.change, {"name": "Anders"}),
        (tracks.archive, {}),
        (tracks.restore, {}),
        (tracks.set_norms, {"norms": {"work_minutes": 3000}, "reason": WHY}),
    ]:
        with pytest.raises(PermissionDenied):
            deed(track, by=user, **facts)
    with pytest.raises(PermissionDenied):
        tracks.make(by=user, name="Nieuw", **PAPER)


def test_an_administrator_arranges_tracks_and_starts_no_cohort(track):
    administrator = RoleFactory(administrator=True).user
    assert tracks.change(track, by=administrator, name="Anders").name == "Anders"
    with pytest.raises(PermissionDenied):
        cohorts.make(track, by=administrator, name="Nieuw", **DAYS)


# Norms


def test_norms_go_to_who_has_yet_to_begin_and_not_to_who_began(track, coordinator):
    today = CohortFactory(track=track)
    tomorrow = CohortFactory(track=track, starts_on="2025-01-07")
    elsewhere = CohortFactory(starts_on="2025-01-07")
    follow = tracks.set_norms(track, {"work_minutes": 3000}, by=coordinator, reason=f" {WHY} ")
    assert follow == [tomorrow]
    asked = {each: Cohort.objects.get(pk=each.pk).work_minutes for each in (today, elsewhere)}
    assert asked == {today: 3600, elsewhere: 3600}
    assert Cohort.objects.get(pk=tomorrow.pk).work_minutes == 3000
    assert LearningTrack.objects.get(pk=track.pk).work_minutes == 3000
    kept = NormsChange.objects.get()
    assert (kept.cohort, kept.after, kept.reason) == (tomorrow, {"work_minutes": 3000}, WHY)
    assert Event.objects.decisions().filter(reason=WHY).count() == 2


def test_a_norm_that_was_chosen_for_a_cohort_stays(track, coordinator):
    own = CohortFactory(track=track, starts_on="2025-02-03", work_minutes=2400)
    norms = {"work_minutes": 3000, "study_minutes": 3000}
    tracks.set_norms(track, norms, by=coordinator, reason=WHY)
    own.refresh_from_db()
    assert (own.work_minutes, own.study_minutes) == (2400, 3000)


def test_a_cohort_that_has_nothing_in_common_does_not_follow(track, coordinator):
    CohortFactory(track=track, starts_on="2025-02-03", work_minutes=2400)
    assert tracks.set_norms(track, {"work_minutes": 3000}, by=coordinator, reason=WHY) == []


@pytest.mark.parametrize(
    ("norms", "reason", "code"),
    [
        ({"work_minutes": 3000}, "  ", "reason_needed"),
        ({"work_minutes": 3600}, WHY, "norms_unchanged"),
    ],
)
def test_norms_change_with_a_reason_and_not_into_themselves(
    track, coordinator, norms, reason, code
):
    with pytest.raises(ValidationError) as refusal:
        tracks.set_norms(track, norms, by=coordinator, reason=reason)
    assert refusal.value.code == code


def test_a_norm_of_nothing_is_refused_beside_its_field(track, coordinator):
    with pytest.raises(ValidationError) as refusal:
        tracks.set_norms(track, {"work_minutes": 0}, by=coordinator, reason=WHY)
    assert "work_minutes" in refusal.value.message_dict


# Put away


def test_an_archived_track_is_followed_by_no_new_cohort_and_its_cohorts_go_on(track, coordinator):
    running = CohortFactory(track=track)
    tracks.archive(track, by=coordinator)
    track.refresh_from_db()
    for start in (
        lambda: cohorts.make(track, by=coordinator, name="Nieuw", **DAYS),
        lambda: copying.copy(
            Cohort.objects.get(pk=running.pk), by=coordinator, name="Nieuw", **DAYS
        ),
    ):
        with pytest.raises(ValidationError) as refusal:
            start()
        assert refusal.value.code == "track_archived"
    assert Cohort.objects.coordinated_by(coordinator).contains(running)
    assert not LearningTrack.objects.in_use().contains(track)


def test_an_archived_track_comes_back(track, coordinator):
    tracks.archive(track, by=coordinator)
    assert tracks.restore(track, by=coordinator).is_active
    assert LearningTrack.objects.in_use().contains(track)


@pytest.mark.parametrize(
    ("deeds", "code"),
    [
        ([tracks.archive, tracks.archive], "already_archived"),
        ([tracks.restore], "in_use"),
    ],
)
def test_what_was_done_is_not_done_again(track, coordinator, deeds, code):
    *before, again = deeds
    for deed in before:
        deed(track, by=coordinator)
    with pytest.raises(ValidationError) as refusal:
        again(track, by=coordinator)
    assert refusal.value.code == code
