"""Setting up: where everything is, other norms and for whom they matter, a copy of a cohort."""

import datetime as dt

from django.utils import timezone

from participants.models import LearningTrack, NormsChange, Training
from tests.browser.states import State
from tests.factories import (
    ChecklistItemFactory,
    CohortFactory,
    EnrolmentFactory,
    InterviewCriterionFactory,
    LearningPlaceFactory,
    PlacementFactory,
    RoleFactory,
    SessionFactory,
    TickFactory,
    TrainingDateFactory,
    TrainingFactory,
)

LONG = "Maria-Fernanda Wilhelmina van der Grinten-Oyelaran de Bruin"


def arranged():
    """(coordinator of everything, a cohort under way)."""
    today = timezone.localdate()
    own = CohortFactory(
        starts_on=today - dt.timedelta(days=90), ends_on=today + dt.timedelta(days=90)
    )
    return RoleFactory(coordinator=True, user__name=LONG).user, own


def everything():
    coordinator, _ = arranged()
    return coordinator, "/inrichten/"


def nothing_of_ones_own():
    return RoleFactory(administrator=True).user, "/inrichten/"


def norms_as_ever():
    coordinator, own = arranged()
    return coordinator, f"/inrichten/lichtingen/{own.pk}/normen/"


def norms_with_history():
    coordinator, own = arranged()
    NormsChange.objects.create(
        cohort=own,
        before={"work_minutes": 3600, "study_required": True},
        after={"work_minutes": 3020, "study_required": False},
        reason="De funder vraagt minder uren werk, en telt de uren studie niet meer mee.",
        changed_by=coordinator,
    )
    return coordinator, f"/inrichten/lichtingen/{own.pk}/normen/"


def to_copy():
    coordinator, own = arranged()
    SessionFactory(cohorts=[own])
    return coordinator, f"/inrichten/lichtingen/{own.pk}/kopie/"


def a_track():
    coordinator, own = arranged()
    LearningTrack.objects.filter(pk=own.track_id).update(description=f"Leer werken. {LONG}.")
    return coordinator, f"/inrichten/leerlijnen/{own.track_id}/"


def an_archived_track():
    coordinator, own = arranged()
    LearningTrack.objects.filter(pk=own.track_id).update(is_active=False)
    return coordinator, f"/inrichten/leerlijnen/{own.track_id}/"


def a_new_track():
    return arranged()[0], "/inrichten/leerlijnen/nieuw/"


def the_name_of_a_track():
    coordinator, own = arranged()
    return coordinator, f"/inrichten/leerlijnen/{own.track_id}/naam/"


def norms_that_others_follow():
    coordinator, own = arranged()
    begins = timezone.localdate() + dt.timedelta(days=30)
    CohortFactory(track=own.track, starts_on=begins, ends_on=begins + dt.timedelta(days=200))
    return coordinator, f"/inrichten/leerlijnen/{own.track_id}/normen/"


def a_new_cohort():
    coordinator, own = arranged()
    return coordinator, f"/inrichten/leerlijnen/{own.track_id}/lichting/"


def no_criteria():
    coordinator, own = arranged()
    return coordinator, f"/inrichten/leerlijnen/{own.track_id}/criteria/"


def criteria_in_use_and_put_away():
    coordinator, own = arranged()
    InterviewCriterionFactory(track=own.track, explanation="Je zegt op tijd wat je wel doet.")
    InterviewCriterionFactory(track=own.track, title=LONG, required=False)
    InterviewCriterionFactory(track=own.track, is_active=False)
    return coordinator, f"/inrichten/leerlijnen/{own.track_id}/criteria/"


def criteria_to_read():
    _, own = arranged()
    InterviewCriterionFactory(track=own.track)
    user = RoleFactory(kind="coordinator", cohort=own).user
    return user, f"/inrichten/leerlijnen/{own.track_id}/criteria/"


def a_criterion():
    coordinator, own = arranged()
    criterion = InterviewCriterionFactory(track=own.track)
    return coordinator, f"/inrichten/criteria/{criterion.pk}/"


def a_list_of_points():
    coordinator, own = arranged()
    ChecklistItemFactory(track=own.track, text=LONG)
    ChecklistItemFactory(track=own.track, is_active=False)
    return coordinator, f"/inrichten/leerlijnen/{own.track_id}/leerplekken/"


def a_point_to_put_otherwise():
    coordinator, own = arranged()
    item = ChecklistItemFactory(track=own.track, text=LONG)
    return coordinator, f"/inrichten/punten/{item.pk}/"


def facts_of_a_cohort():
    coordinator, own = arranged()
    return coordinator, f"/inrichten/lichtingen/{own.pk}/gegevens/"


def places_open_and_closed():
    coordinator, own = arranged()
    PlacementFactory(enrolment=EnrolmentFactory(cohort=own))
    LearningPlaceFactory(team=LONG, district="Oost")
    LearningPlaceFactory(is_active=False, team=f"Team {LONG}")
    return coordinator, "/leerplekken/"


def a_place():
    coordinator, _ = arranged()
    return coordinator, f"/leerplekken/plek/{LearningPlaceFactory(team=LONG).pk}/"


def points_at_a_placement():
    coordinator, own = arranged()
    placement = PlacementFactory(enrolment=EnrolmentFactory(cohort=own))
    TickFactory(placement=placement, ticked_by=coordinator)
    ChecklistItemFactory(track=own.track, text=LONG)
    return coordinator, f"/leerplekken/plaatsing/{placement.enrolment_id}/"


def the_catalogue():
    coordinator, own = arranged()
    day = TrainingDateFactory(training__track=own.track, date=timezone.localdate())
    Training.objects.filter(pk=day.training_id).update(provider="Buurtwerk De Brug")
    TrainingFactory(title=LONG)
    TrainingFactory(is_active=False)
    return coordinator, "/inrichten/trainingen/"


def a_training():
    coordinator, own = arranged()
    day = TrainingDateFactory(
        training__track=own.track, date=timezone.localdate(), place=LONG, note="Neem brood mee"
    )
    return coordinator, f"/inrichten/trainingen/{day.training_id}/"


def a_new_training():
    return arranged()[0], "/inrichten/trainingen/nieuw/"


def a_cohort_that_was_put_away():
    coordinator, own = arranged()
    CohortFactory(track=own.track, name=LONG, is_active=False)
    return coordinator, "/inrichten/"


STATES = [
    State("set up, a cohort of one's own", everything),
    State("set up, for an administrator", nothing_of_ones_own),
    State("norms of a cohort, never changed", norms_as_ever),
    State("norms of a cohort, changed before", norms_with_history),
    State("a cohort to copy", to_copy),
    State("set up, with a cohort that was put away", a_cohort_that_was_put_away),
    State("a track", a_track),
    State("a track that was put away", an_archived_track),
    State("a new track", a_new_track),
    State("the name of a track", the_name_of_a_track),
    State("norms of a track, with a cohort that follows", norms_that_others_follow),
    State("a new cohort of a track", a_new_cohort),
    State("criteria, none yet", no_criteria),
    State("criteria, in use and put away", criteria_in_use_and_put_away),
    State("criteria, for who may only read them", criteria_to_read),
    State("a criterion in other words", a_criterion),
    State("a list for learning places", a_list_of_points),
    State("a point in other words", a_point_to_put_otherwise),
    State("name, days and contact of a cohort", facts_of_a_cohort),
    State("learning places, open and closed", places_open_and_closed),
    State("a learning place to change or close", a_place),
    State("what is arranged at a placement", points_at_a_placement),
    State("the catalogue, for who fills it", the_catalogue),
    State("a training with a day", a_training),
    State("a new training", a_new_training),
]
