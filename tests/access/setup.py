"""Setting up: the page for who arranges, norms by the cohort's coordinator, copies by the whole.

The coordinator and the administrator of the matrix arrange the whole organisation.
"""

from participants.models import Cohort, InterviewCriterion, LearningTrack, Training
from participants.setup import norms
from tests.access import Rule, everybody

JSON = "application/json"
COORDINATOR = {"trainer": 403, "assessor": 403, "other_assessor": 403, "coordinator": 200}
SEE_THE_COHORT = {**COORDINATOR, "participant": 403, "member": 403, "administrator": 403}
SEE_THE_TRAINING = {**SEE_THE_COHORT, "administrator": 200}
PAPER = {
    "provider": "Stichting De Leerkring",
    "place": "Amsterdam",
    "first_signatory": "Johanna Wiersma",
    "first_signatory_role": "directeur",
    "second_signatory": "Ellen Brouwer",
    "second_signatory_role": "coördinator",
}
TEXT = {"text": "Afspraken op papier"}
TRAINING = {"title": "Grenzen stellen", "minutes": "3"}
NEW_DAYS = {"name": "Nieuw", "starts_on": "2026-01-05", "ends_on": "2026-07-10"}


OTHER_DAYS = {"name": "Anders", "starts_on": "2025-01-06", "ends_on": "2025-07-11"}
# Participants set up nothing, and of staff who sees the page has a cohort to arrange.
STAFF_ONLY = {"others": 403}


def arrangers(status):
    return {"coordinator": status, "administrator": status}


def starters(status):
    """Who starts a cohort; an administrator sees the track."""
    return {"coordinator": status, "administrator": 403}


def cohort(world):
    return {"pk": world.cohort.pk}


def a_break(world):
    days = {"name": "Vrij", "starts_on": "2025-05-01", "ends_on": "2025-05-02"}
    return {**cohort(world), "days": world.cohort.breaks.create(**days).pk}


def empty(world):
    return {"pk": world.empty_cohort.pk}


def archived(world):
    Cohort.objects.filter(pk=world.empty_cohort.pk).update(is_active=False)
    return {"pk": world.empty_cohort.pk}


def track(world):
    return {"pk": world.cohort.track_id}


def archived_track(world):
    LearningTrack.objects.filter(pk=world.cohort.track_id).update(is_active=False)
    return {"pk": world.cohort.track_id}


def criterion(world):
    return {"pk": world.criterion.pk}


def second_criterion(world):
    later = InterviewCriterion.objects.create(
        track=world.cohort.track, position=world.criterion.position + 1, title="Samenwerken"
    )
    return {"pk": later.pk}


def first_criterion(world):
    second_criterion(world)
    return {"pk": world.criterion.pk}


def archived_criterion(world):
    InterviewCriterion.objects.filter(pk=world.criterion.pk).update(is_active=False)
    return {"pk": world.criterion.pk}


def item(world):
    return {"pk": world.checklist_item.pk}


def archived_item(world):
    type(world.checklist_item).objects.filter(pk=world.checklist_item.pk).update(is_active=False)
    return {"pk": world.checklist_item.pk}


def training(world):
    return {"pk": world.training.pk}


def archived_training(world):
    Training.objects.filter(pk=world.training.pk).update(is_active=False)
    return {"pk": world.training.pk}


def day(world):
    return {"pk": world.training_date.pk}


def day_of_training(world):
    return {"pk": world.training.pk, "date": world.training_date.pk}


def away(args):
    return lambda world: {**args(world), "act": "weg"}


def of_track(facts):
    return lambda world: {**facts, "track": world.cohort.track_id}


def copied(world):
    return {**NEW_DAYS, "without": [world.session.pk]}


def typed_copy(world):
    return {**NEW_DAYS, "meeting": [world.session.pk], "step": "make"}


def seen_norms(world):
    facts = {"work_minutes": 3000}
    seen = norms.preview(world.cohort, facts, by=world.coordinator).seen
    return {**facts, "seen": seen, "reason": "De funder vraagt 50 uur"}


RULES = [
    Rule("setup:page", allow=arrangers(200), others=403),
    Rule("setup:norms", args=cohort, allow=COORDINATOR),
    Rule("setup:norms", "post", args=cohort, data=lambda w: {"step": "look"}, allow=COORDINATOR),
    Rule("setup:copy", args=cohort, allow=COORDINATOR),
    Rule("setup:copy", "post", args=cohort, data=lambda w: {"step": "look"}, allow=COORDINATOR),
    Rule(
        "setup:copy",
        "post",
        args=cohort,
        data=typed_copy,
        allow={**COORDINATOR, "coordinator": 302},
    ),
    Rule("setup:change-cohort", args=cohort, allow=arrangers(200), **STAFF_ONLY),
    Rule(
        "setup:change-cohort",
        "post",
        args=cohort,
        data=lambda w: OTHER_DAYS,
        allow=arrangers(302),
        **STAFF_ONLY,
    ),
    Rule("setup:cohort-act", "post", args=away(empty), allow={**COORDINATOR, "coordinator": 302}),
    Rule("setup:new-track", allow=arrangers(200), others=403),
    Rule(
        "setup:new-track",
        "post",
        data=lambda w: {**PAPER, "name": "Nieuw"},
        allow=arrangers(302),
        others=403,
    ),
    Rule("setup:track", args=track, allow=arrangers(200)),
    Rule("setup:change-track", args=track, allow=arrangers(200)),
    Rule(
        "setup:change-track",
        "post",
        args=track,
        data=lambda w: {"name": "Anders"},
        allow=arrangers(302),
    ),
    Rule("setup:track-norms", args=track, allow=arrangers(200)),
    Rule("setup:track-norms", "post", args=track, allow=arrangers(200)),
    Rule("setup:new-cohort", args=track, allow=starters(200)),
    Rule("setup:new-cohort", "post", args=track, data=lambda w: NEW_DAYS, allow=starters(302)),
    Rule("setup:track-act", "post", args=away(track), allow=arrangers(302)),
    Rule("setup:criteria", args=track, allow=arrangers(200)),
    Rule("setup:new-criterion", args=track, allow=arrangers(200)),
    Rule(
        "setup:new-criterion",
        "post",
        args=track,
        data=lambda w: {"title": "Samenwerken"},
        allow=arrangers(302),
    ),
    Rule("setup:criterion", args=criterion, allow=arrangers(200)),
    Rule(
        "setup:criterion",
        "post",
        args=criterion,
        data=lambda w: {"title": "Samenwerken"},
        allow=arrangers(302),
    ),
    Rule("setup:criterion-act", "post", args=away(criterion), allow=arrangers(302)),
    Rule("setup:checklist", args=track, allow=arrangers(200)),
    Rule("setup:checklist", "post", args=track, data=lambda w: TEXT, allow=arrangers(302)),
    Rule("setup:item", args=item, allow=arrangers(200)),
    Rule("setup:item", "post", args=item, data=lambda w: TEXT, allow=arrangers(302)),
    Rule("setup:item-act", "post", args=away(item), allow=arrangers(302)),
    Rule("setup:trainings", allow=arrangers(200), others=403),
    Rule("setup:new-training", allow=arrangers(200), others=403),
    Rule("setup:new-training", "post", data=lambda w: TRAINING, allow=arrangers(302), others=403),
    Rule("setup:training", args=training, allow=arrangers(200)),
    Rule("setup:training", "post", args=training, data=lambda w: TRAINING, allow=arrangers(302)),
    Rule(
        "setup:add-date",
        "post",
        args=training,
        data=lambda w: {"date": "2025-06-03"},
        allow=arrangers(302),
    ),
    Rule("setup:remove-date", "post", args=day, allow=arrangers(302)),
    Rule("setup:training-act", "post", args=away(training), allow=arrangers(302)),
    # The same by the API
    Rule("api:tracks-list", allow=everybody(200)),
    Rule("api:tracks-detail", args=track, allow=arrangers(200)),
    Rule(
        "api:tracks-list",
        "post",
        data=lambda w: {**PAPER, "name": "Nieuw"},
        content_type=JSON,
        allow=arrangers(201),
        others=403,
    ),
    Rule(
        "api:tracks-detail",
        "patch",
        args=track,
        data=lambda w: {"name": "Anders"},
        content_type=JSON,
        allow=arrangers(200),
    ),
    Rule(
        "api:tracks-norms",
        "post",
        args=track,
        data=lambda w: {"work_minutes": 3000, "reason": "De funder vraagt 50 uur"},
        content_type=JSON,
        allow=arrangers(200),
    ),
    Rule("api:tracks-archive", "post", args=track, allow=arrangers(200)),
    Rule("api:tracks-restore", "post", args=archived_track, allow=arrangers(200)),
    Rule("api:criteria-list", allow=everybody(200)),
    Rule("api:criteria-detail", args=criterion, allow=arrangers(200)),
    # A track that is not yours to arrange does not exist: 400, as for any unknown id.
    Rule(
        "api:criteria-list",
        "post",
        data=of_track({"title": "Samenwerken"}),
        content_type=JSON,
        allow=arrangers(201),
        others=400,
    ),
    Rule(
        "api:criteria-detail",
        "patch",
        args=criterion,
        data=lambda w: {"title": "Samenwerken"},
        content_type=JSON,
        allow=arrangers(200),
    ),
    Rule("api:criteria-up", "post", args=second_criterion, allow=arrangers(200)),
    Rule("api:criteria-down", "post", args=first_criterion, allow=arrangers(200)),
    Rule("api:criteria-archive", "post", args=criterion, allow=arrangers(200)),
    Rule("api:criteria-restore", "post", args=archived_criterion, allow=arrangers(200)),
    Rule(
        "api:cohorts-list",
        "post",
        data=of_track(NEW_DAYS),
        content_type=JSON,
        allow=starters(201),
        others=400,
    ),
    Rule(
        "api:cohorts-detail",
        "patch",
        args=cohort,
        data=lambda w: {"name": "Anders"},
        content_type=JSON,
        allow={**SEE_THE_COHORT, **arrangers(200)},
    ),
    Rule(
        "api:cohorts-copy",
        "post",
        args=cohort,
        data=copied,
        content_type=JSON,
        allow={**SEE_THE_COHORT, "coordinator": 201},
    ),
    Rule(
        "api:cohorts-norms-preview",
        "post",
        args=cohort,
        data=lambda w: {"work_minutes": 3000},
        content_type=JSON,
        allow=SEE_THE_COHORT,
    ),
    Rule(
        "api:cohorts-norms",
        "post",
        args=cohort,
        data=seen_norms,
        content_type=JSON,
        allow=SEE_THE_COHORT,
    ),
    Rule("api:cohorts-breaks", args=cohort, allow=dict.fromkeys(SEE_THE_COHORT, 200)),
    Rule(
        "api:cohorts-breaks",
        "post",
        args=cohort,
        data=lambda w: {"name": "Vrij", "starts_on": "2025-05-01", "ends_on": "2025-05-02"},
        content_type=JSON,
        allow={**SEE_THE_COHORT, "coordinator": 201},
    ),
    Rule(
        "api:cohorts-break",
        "delete",
        args=a_break,
        allow={**SEE_THE_COHORT, "coordinator": 204},
    ),
    Rule(
        "api:cohorts-archive",
        "post",
        args=empty,
        allow={**COORDINATOR, "administrator": 403},
    ),
    Rule("api:cohorts-restore", "post", args=archived, allow=COORDINATOR),
    Rule("api:checklist-items-list", allow=everybody(200)),
    Rule("api:checklist-items-detail", args=item, allow=arrangers(200)),
    Rule(
        "api:checklist-items-list",
        "post",
        data=of_track(TEXT),
        content_type=JSON,
        allow=arrangers(201),
        others=400,
    ),
    Rule(
        "api:checklist-items-detail",
        "patch",
        args=item,
        data=lambda w: TEXT,
        content_type=JSON,
        allow=arrangers(200),
    ),
    Rule("api:checklist-items-archive", "post", args=item, allow=arrangers(200)),
    Rule("api:checklist-items-restore", "post", args=archived_item, allow=arrangers(200)),
    Rule(
        "api:trainings-list",
        "post",
        data=of_track({"title": "Grenzen stellen", "minutes": 180}),
        content_type=JSON,
        allow=arrangers(201),
        others=400,
    ),
    Rule(
        "api:trainings-detail",
        "patch",
        args=training,
        data=of_track({"minutes": 120}),
        content_type=JSON,
        allow={**dict.fromkeys(SEE_THE_TRAINING, 400), **arrangers(200)},
    ),
    Rule("api:trainings-archive", "post", args=training, allow=SEE_THE_TRAINING),
    Rule("api:trainings-restore", "post", args=archived_training, allow=SEE_THE_TRAINING),
    Rule(
        "api:trainings-dates",
        "post",
        args=training,
        data=lambda w: {"date": "2025-06-03"},
        content_type=JSON,
        allow={actor: 201 if said == 200 else said for actor, said in SEE_THE_TRAINING.items()},
    ),
    Rule(
        "api:trainings-date",
        "delete",
        args=day_of_training,
        allow={actor: 204 if said == 200 else said for actor, said in SEE_THE_TRAINING.items()},
    ),
]
