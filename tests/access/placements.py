"""Placements: participants see their own, staff those of their cohorts, coordinators decide."""

from tests.access import Rule, everybody
from tests.factories import LearningPlaceFactory

# Who sees the enrolment, but does not place anybody (nor themselves).
MAY_NOT = dict.fromkeys(["participant", "trainer", "assessor", "other_assessor"], 403)


# Who sees the supervisor, whose address the participant does not.
STAFF_MAY_NOT = {actor: status for actor, status in MAY_NOT.items() if actor != "participant"}


def enrolment(world):
    return {"enrolment_pk": world.enrolment.pk}


def placement(world):
    return {"pk": world.placement.pk}


def supervisor(world):
    return {"pk": world.placement.supervisor_id}


def place(world):
    return {"pk": world.placement.place_id}


def empty_place(world):
    return {"pk": LearningPlaceFactory().pk}


def closed_place(world):
    return {"pk": LearningPlaceFactory(is_active=False).pk}


def a_placement(world):
    return {
        "place": LearningPlaceFactory().pk,
        "supervisor_name": "Karim Zonneveld",
        "form": "volunteer",
        "starts_on": "2025-02-03",
    }


def a_new_placement(world):
    return {**a_placement(world), "enrolment": world.enrolment.pk}


def open_point(world):
    return {"pk": world.placement.pk, "item_pk": world.checklist_item.pk}


def ticked_point(world):
    return {"pk": world.placement.pk, "item_pk": world.tick.item_id}


# Staff see every place that is in use, whose ever; a participant where they work.
STAFF_SEE_IT = {**STAFF_MAY_NOT, "other_trainer": 403, "coordinator": 200}
SEE_THE_PLACE = {**STAFF_SEE_IT, "participant": 403}
STAFF = {**dict.fromkeys(STAFF_MAY_NOT, 200), "coordinator": 200}
JSON = "application/json"

RULES = [
    Rule("placements:list", allow=everybody(200)),
    Rule("placements:new", allow={"coordinator": 200}, others=403),
    Rule(
        "placements:new",
        "post",
        data=lambda w: {"organisation": "Buurtwerk De Brug", "team": "Buurtteam Oosterhoek"},
        allow={"coordinator": 302},
        others=403,
    ),
    Rule("placements:change", args=place, allow=SEE_THE_PLACE),
    Rule(
        "placements:change",
        "post",
        args=place,
        data=lambda w: {"organisation": "Buurtwerk De Brug", "team": "Buurtteam Parkwijk"},
        allow={**SEE_THE_PLACE, "coordinator": 302},
    ),
    Rule(
        "placements:place-act",
        "post",
        args=lambda w: {**empty_place(w), "act": "weg"},
        allow={**STAFF_SEE_IT, "coordinator": 302},
    ),
    Rule("placements:place", args=enrolment, allow={**MAY_NOT, "coordinator": 200}),
    Rule(
        "placements:place",
        "post",
        args=enrolment,
        data=a_placement,
        allow={**MAY_NOT, "coordinator": 302},
    ),
    Rule("placements:end", args=placement, allow={**MAY_NOT, "coordinator": 200}),
    Rule(
        "placements:end",
        "post",
        args=placement,
        data=lambda w: {"on": "2025-05-30"},
        allow={**MAY_NOT, "coordinator": 302},
    ),
    Rule("placements:other-supervisor", args=placement, allow={**MAY_NOT, "coordinator": 200}),
    Rule(
        "placements:other-supervisor",
        "post",
        args=placement,
        data=lambda w: {"name": "Lidia Costa", "email": "lidia@buurtteam.example"},
        allow={**MAY_NOT, "coordinator": 302},
    ),
    Rule("placements:supervisor", args=supervisor, allow={**STAFF_MAY_NOT, "coordinator": 200}),
    Rule(
        "placements:supervisor",
        "post",
        args=supervisor,
        data=lambda w: {"name": "Lidia Costa", "email": "lidia@buurtteam.example"},
        allow={**STAFF_MAY_NOT, "coordinator": 302},
    ),
    Rule("placements:tick", "post", args=open_point, allow={**MAY_NOT, "coordinator": 302}),
    Rule("placements:untick", "post", args=ticked_point, allow={**MAY_NOT, "coordinator": 302}),
    Rule("api:learning-places-list", allow=everybody(200)),
    Rule(
        "api:learning-places-detail",
        args=lambda w: {"pk": w.placement.place_id},
        allow={**STAFF, "participant": 200, "other_trainer": 200},
    ),
    Rule(
        "api:learning-places-list",
        "post",
        data=lambda w: {"organisation": "Buurtwerk De Brug", "team": "Buurtteam Oosterhoek"},
        content_type=JSON,
        allow={"coordinator": 201},
        others=403,
    ),
    Rule(
        "api:learning-places-detail",
        "patch",
        args=place,
        data=lambda w: {"team": "Buurtteam Parkwijk"},
        content_type=JSON,
        allow=SEE_THE_PLACE,
    ),
    Rule("api:learning-places-close", "post", args=empty_place, allow=STAFF_SEE_IT),
    Rule("api:learning-places-open", "post", args=closed_place, allow={"coordinator": 200}),
    Rule("api:placements-list", allow=everybody(200)),
    Rule("api:placements-detail", args=placement, allow={**STAFF, "participant": 200}),
    Rule("api:placements-checklist", args=placement, allow={**STAFF, "participant": 200}),
    # An enrolment or a place that you cannot see does not exist: 400, as for any unknown id.
    Rule(
        "api:placements-list",
        "post",
        data=a_new_placement,
        content_type=JSON,
        allow={**STAFF_MAY_NOT, "coordinator": 201},
        others=400,
    ),
    Rule(
        "api:placements-end",
        "post",
        args=placement,
        data=lambda w: {"on": "2025-05-30"},
        content_type=JSON,
        allow={**MAY_NOT, "coordinator": 200},
    ),
    Rule(
        "api:placements-supervise",
        "post",
        args=placement,
        data=lambda w: {"name": "Lidia Costa", "email": "lidia@buurtteam.example"},
        content_type=JSON,
        allow={**MAY_NOT, "coordinator": 200},
    ),
    Rule(
        "api:placements-tick",
        "post",
        args=placement,
        data=lambda w: {"item": w.checklist_item.pk},
        content_type=JSON,
        allow={**MAY_NOT, "coordinator": 200},
    ),
    Rule(
        "api:placements-untick",
        "post",
        args=placement,
        data=lambda w: {"item": w.tick.item_id},
        content_type=JSON,
        allow={**MAY_NOT, "coordinator": 200},
    ),
]
