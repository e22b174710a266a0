from tests.access import Rule, everybody


def the_interview(world):
    return {"pk": world.interview.pk}


def the_seat(world):
    seat = world.interview.seats.get(assessor=world.assessor)
    return {"pk": world.interview.pk, "seat_pk": seat.pk}


def the_enrolment(world):
    return {"enrolment_pk": world.enrolment.pk}


def a_plan(world):
    return {
        "enrolment": world.member_enrolment.pk,
        "planned_at": "2025-06-17T10:00:00+02:00",
        "assessors": [world.assessor.pk, world.other_assessor.pk],
    }


def a_planned_track(world):
    """The interview of the world brings the criteria of the track along."""
    assert world.interview
    return a_plan(world)


# Who sits acts; the coordinator plans; the participant reads. Each sees it, so it is 403 there.
SEES = {"participant": 200, "assessor": 200, "coordinator": 200}
SITS = {"participant": 403, "assessor": 200, "coordinator": 403}
SITS_TO = {"participant": 403, "assessor": 302, "coordinator": 403}
PLANS = {"participant": 403, "assessor": 403, "coordinator": 200}
PLANS_TO = {"participant": 403, "assessor": 403, "coordinator": 302}
STAFF_SEE = {"trainer": 403, "other_assessor": 403}

RULES = [
    Rule("interviews:list", allow=everybody(200)),
    Rule("interviews:choose", allow=everybody(200)),
    Rule("interviews:plan", args=the_enrolment, allow=PLANS | STAFF_SEE),
    Rule("interviews:plan", "post", args=the_enrolment, allow=PLANS | STAFF_SEE),
    Rule("interviews:detail", args=the_interview, allow=SEES),
    Rule("interviews:replan", args=the_interview, allow=PLANS),
    Rule("interviews:replan", "post", args=the_interview, allow=PLANS),
    Rule("interviews:not_held", args=the_interview, allow=PLANS),
    Rule("interviews:not_held", "post", args=the_interview, allow=PLANS_TO),
    Rule("interviews:replace", args=the_seat, allow=PLANS),
    Rule("interviews:replace", "post", args=the_seat, allow=PLANS),
    Rule("interviews:rate", args=the_interview, allow=SITS),
    Rule("interviews:rate", "post", args=the_interview, data=lambda w: {"x": ""}, allow=SITS_TO),
    Rule("interviews:hand_in", args=the_interview, allow=SITS_TO),
    Rule("interviews:hand_in", "post", args=the_interview, allow=SITS_TO),
    Rule("interviews:joint", args=the_interview, allow=SITS_TO),
    Rule("interviews:joint", "post", args=the_interview, allow=SITS_TO),
    Rule("interviews:finalise", args=the_interview, allow=SITS_TO),
    Rule("interviews:finalise", "post", args=the_interview, allow=SITS_TO),
    Rule("api:interviews-list", allow=everybody(200)),
    Rule(
        "api:interviews-list",
        "post",
        data=a_planned_track,
        content_type="application/json",
        allow={
            "coordinator": 201,
            "member": 403,
            "trainer": 403,
            "assessor": 403,
            "other_assessor": 403,
        },
        others=400,
    ),
    Rule("api:interviews-detail", args=the_interview, allow=SEES),
    Rule("api:interviews-ratings", args=the_interview, allow=SITS),
    Rule(
        "api:interviews-ratings",
        "put",
        args=the_interview,
        content_type="application/json",
        allow=SITS,
    ),
    Rule(
        "api:interviews-joint",
        "put",
        args=the_interview,
        data=lambda w: {"joint": []},
        content_type="application/json",
        allow=SITS | {"assessor": 400},
    ),
    Rule(
        "api:interviews-finalise",
        "post",
        args=the_interview,
        content_type="application/json",
        allow=SITS | {"assessor": 400},
    ),
]
