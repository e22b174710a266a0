from django.utils import timezone

from participants.models import EvidenceItem, InterviewItem, LearningGoal
from tests.access import Rule, everybody
from tests.factories import (
    FinalInterviewFactory,
    InterviewItemFactory,
    LearningGoalFactory,
    SeatFactory,
)
from tests.participants.plans.scene import give_file


def the_interview(world):
    return {"pk": world.interview.pk}


def the_seat(world):
    seat = world.interview.seats.get(assessor=world.assessor)
    return {"pk": world.interview.pk, "seat_pk": seat.pk}


def the_enrolment(world):
    return {"enrolment_pk": world.enrolment.pk}


def the_final(world):
    return {"pk": world.final_interview.pk}


def the_objection(world):
    world.objection.items.set([the_final_item(world)])
    return {"pk": world.final_interview.pk, "objection_pk": world.objection.pk}


def own_file(world):
    return {"enrolment_pk": world.enrolment.pk}


def the_goal(world):
    return {"enrolment_pk": world.enrolment.pk, "goal_pk": world.filed_goal.goal.pk}


def the_upload(world):
    give_file(world.pop_version)
    return {"enrolment_pk": world.enrolment.pk, "version_pk": world.pop_version.pk}


def the_item(world):
    return world.interview.items.get()


def the_final_item(world):
    return world.final_interview.items.get()


def one_page(world):
    return {
        f"bestand-{world.pop_version.pk}-pages": ["1"],
        f"bestand-{world.pop_version.pk}-criterion": the_item(world).criterion_id,
    }


def one_goal(world):
    return {f"doel-{world.filed_goal.goal.pk}-criterion": the_item(world).criterion_id}


def a_text(world):
    return {"tekst-text": "Mijn spreekuur", "tekst-criterion": the_item(world).criterion_id}


def a_filed_upload(world):
    """The first page of it, which the participant chose for the assessors."""
    version = the_upload(world)["version_pk"]
    EvidenceItem.objects.create(enrolment=world.interview.enrolment, version_id=version, page=1)
    return {"version_pk": version}


def the_piece(world):
    return {"enrolment_pk": world.enrolment.pk, "item_pk": world.filed_goal.pk}


def the_piece_of_the_interview(world):
    return {"pk": world.interview.pk, "item_pk": world.filed_goal.pk}


def a_file_of_the_interview(world):
    return {"pk": world.interview.pk, **a_filed_upload(world)}


def a_decision(world):
    return {"outcome": "upheld", "motivation": "Dit zagen we over het hoofd"}


def typed_decision(world):
    return a_decision(world) | {f"value_{the_final_item(world).pk}": "good"}


def sent_decision(world):
    return a_decision(world) | {
        "values": [{"criterion": the_final_item(world).pk, "value": "good"}]
    }


def typed_amendment(world):
    return {f"value_{the_final_item(world).pk}": "good", "reason": "Verkeerd overgenomen"}


def sent_amendment(world):
    return {
        "values": [{"criterion": the_final_item(world).pk, "value": "good"}],
        "reason": "Verkeerd overgenomen",
    }


def the_fresh_final(world):
    """One of today, to which one may still object."""
    fresh = vars(world).get("fresh_final")
    if fresh is None:
        fresh = FinalInterviewFactory(
            enrolment=world.enrolment, not_yet=True, finalised_at=timezone.now()
        )
        InterviewItemFactory(interview=fresh, joint_value="not_yet")
        SeatFactory(interview=fresh, assessor=world.assessor, rated=True)
        vars(world)["fresh_final"] = fresh
    return {"pk": fresh.pk}


def objected(field):
    """What a participant sends who does not agree with the one criterion of it."""

    def sent(world):
        item = InterviewItem.objects.get(interview=the_fresh_final(world)["pk"])
        return {field: [item.pk], "text": "Ik liet het zien"}

    return sent


def a_goal(world):
    goal = LearningGoal.objects.filter(plan=world.pop).first() or LearningGoalFactory(
        plan=world.pop
    )
    return {"goal": goal.pk}


def a_page(world):
    return {"version": the_upload(world)["version_pk"], "pages": [1]}


def evidence(piece):
    """It, for the one criterion of the interview."""
    return lambda world: piece(world) | {"criterion": the_item(world).pk}


def typed_ratings(world):
    return {f"value_{the_item(world).pk}": "good"}


def sent_ratings(world):
    return {"ratings": [{"criterion": the_item(world).pk, "value": "good"}]}


def sent_joint(world):
    return {"joint": [{"criterion": the_item(world).pk, "value": "good"}]}


def typed_plan(world):
    assert world.criterion
    assessors = [world.assessor.pk, world.other_assessor.pk]
    return {"planned_at": "2025-06-17T10:00", "assessors": assessors, "sure_of": SURE}


def newcomer(world):
    return {"new": world.other_assessor.pk}


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
OWN = {"participant": 200, "assessor": 403, "coordinator": 403}
OWN_TO = {"participant": 302, "assessor": 403, "coordinator": 403}
STAFF_OF_THE_COHORT = {"trainer": 403, "assessor": 403, "other_assessor": 403, "coordinator": 403}
JSON = "application/json"
SURE = "2025-06-17T10:00:00+02:00"

RULES = [
    Rule("interviews:list", allow=everybody(200)),
    Rule("interviews:choose", allow=everybody(200)),
    Rule("interviews:plan", args=the_enrolment, allow=PLANS | STAFF_SEE),
    Rule(
        "interviews:plan", "post", args=the_enrolment, data=typed_plan, allow=PLANS_TO | STAFF_SEE
    ),
    Rule("interviews:today", allow=everybody(200)),
    Rule("interviews:file", args=own_file, allow=STAFF_OF_THE_COHORT | {"participant": 200}),
    Rule(
        "interviews:add_goal",
        "post",
        args=the_goal,
        data=one_goal,
        allow=STAFF_OF_THE_COHORT | {"participant": 200},  # it is in there already
    ),
    Rule(
        "interviews:add_pages",
        "post",
        args=the_upload,
        data=one_page,
        allow=STAFF_OF_THE_COHORT | {"participant": 302},
    ),
    Rule(
        "interviews:add_text",
        "post",
        args=own_file,
        data=a_text,
        allow=STAFF_OF_THE_COHORT | {"participant": 302},
    ),
    Rule(
        "interviews:take_out",
        "post",
        args=the_piece,
        allow=STAFF_OF_THE_COHORT | {"participant": 302},
    ),
    Rule("interviews:download", args=a_filed_upload, allow={"participant": 200, "assessor": 200}),
    Rule("interviews:reply", "post", args=the_final, data=lambda w: {"text": "x"}, allow=OWN_TO),
    Rule("interviews:objection", args=the_final, allow=OWN_TO),  # the term is over
    Rule("interviews:objection", "post", args=the_final, allow=OWN_TO),
    Rule(
        "interviews:objection",
        "post",
        args=the_fresh_final,
        data=objected("items"),
        allow=OWN_TO,
    ),
    Rule("interviews:decide", args=the_objection, allow=PLANS),
    Rule("interviews:decide", "post", args=the_objection, data=typed_decision, allow=PLANS_TO),
    Rule("interviews:amend", args=the_final, allow=PLANS),
    Rule("interviews:amend", "post", args=the_final, data=typed_amendment, allow=PLANS_TO),
    Rule("interviews:third", args=the_interview, allow=PLANS),
    # The two have not handed in.
    Rule("interviews:third", "post", args=the_interview, data=newcomer, allow=PLANS),
    Rule("interviews:one", args=the_seat, allow=PLANS),
    Rule("interviews:one", "post", args=the_seat, allow=PLANS),
    Rule("interviews:detail", args=the_interview, allow=SEES),
    Rule("interviews:replan", args=the_interview, allow=PLANS),
    Rule("interviews:replan", "post", args=the_interview, allow=PLANS),
    Rule("interviews:not_held", args=the_interview, allow=PLANS),
    Rule("interviews:not_held", "post", args=the_interview, allow=PLANS_TO),
    Rule("interviews:replace", args=the_seat, allow=PLANS),
    Rule("interviews:replace", "post", args=the_seat, data=newcomer, allow=PLANS_TO),
    Rule("interviews:rate", args=the_interview, allow=SITS),
    Rule("interviews:rate", "post", args=the_interview, data=typed_ratings, allow=SITS_TO),
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
    Rule(
        "api:interviews-replan",
        "post",
        args=the_interview,
        data=lambda w: {"planned_at": "2025-06-18T10:00:00+02:00"},
        content_type=JSON,
        allow=PLANS,
    ),
    Rule("api:interviews-not-held", "post", args=the_interview, allow=PLANS),
    Rule(
        "api:interviews-replace",
        "post",
        args=the_interview,
        data=lambda w: {"leaves": w.assessor.pk, "assessor": w.other_assessor.pk},
        content_type=JSON,
        allow=PLANS,
    ),
    Rule(
        "api:interviews-third",
        "post",
        args=the_interview,
        data=lambda w: {"assessor": w.other_assessor.pk},
        content_type=JSON,
        allow=PLANS | {"coordinator": 400},  # the two have not handed in
    ),
    Rule(
        "api:interviews-leave-one",
        "post",
        args=the_interview,
        data=lambda w: {"absent": w.assessor.pk, "reason": "Ziek", "recorded_how": "Op papier"},
        content_type=JSON,
        allow=PLANS,
    ),
    Rule("api:interviews-evidence", args=the_interview, allow=SEES),
    Rule(
        "api:interviews-evidence",
        "post",
        args=the_interview,
        data=evidence(lambda w: {"text": "Mijn spreekuur"}),
        content_type=JSON,
        allow=OWN | {"participant": 201},
    ),
    Rule(
        "api:interviews-evidence",
        "post",
        args=the_interview,
        data=evidence(a_goal),
        content_type=JSON,
        allow=OWN | {"participant": 201},
    ),
    Rule(
        "api:interviews-evidence",
        "post",
        args=the_interview,
        data=evidence(a_page),
        content_type=JSON,
        allow=OWN | {"participant": 201},
    ),
    Rule(
        "api:interviews-evidence-item",
        "delete",
        args=the_piece_of_the_interview,
        content_type=JSON,
        allow={"participant": 204, "assessor": 403},
    ),
    Rule(
        "api:interviews-evidence-file",
        args=a_file_of_the_interview,
        allow={"participant": 200, "assessor": 200},
    ),
    Rule("api:interviews-replies", args=the_final, allow=SEES),
    Rule(
        "api:interviews-replies",
        "post",
        args=the_final,
        data=lambda w: {"text": "Dank"},
        content_type=JSON,
        allow=OWN | {"participant": 201},
    ),
    Rule("api:interviews-objections", args=the_final, allow=SEES),
    Rule(
        "api:interviews-objections",
        "post",
        args=the_final,
        data=lambda w: {"criteria": [the_final_item(w).pk], "text": "Ik liet het zien"},
        content_type=JSON,
        allow=OWN | {"participant": 400},  # the term is over
    ),
    Rule(
        "api:interviews-objections",
        "post",
        args=the_fresh_final,
        data=objected("criteria"),
        content_type=JSON,
        allow=OWN | {"participant": 201},
    ),
    Rule(
        "api:interviews-decide",
        "post",
        args=the_objection,
        data=sent_decision,
        content_type=JSON,
        allow=PLANS,
    ),
    Rule("api:interviews-amendments", args=the_final, allow=SEES),
    Rule(
        "api:interviews-amendments",
        "post",
        args=the_final,
        data=sent_amendment,
        content_type=JSON,
        allow=PLANS | {"coordinator": 201},
    ),
    Rule("api:interviews-ratings", args=the_interview, allow=SITS),
    Rule(
        "api:interviews-ratings",
        "put",
        args=the_interview,
        data=sent_ratings,
        content_type="application/json",
        allow=SITS,
    ),
    Rule(
        "api:interviews-joint",
        "put",
        args=the_interview,
        data=sent_joint,
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
