"""Plans: a POP is of its owner, shared with trainers and coordinators; a GOP is of the group."""

from tests.access import Rule, everybody
from tests.factories.plans import FeedbackFactory, LearningGoalFactory, completed
from tests.participants.plans.scene import give_file

JSON = {"content_type": "application/json"}
SECTIONS = {"sections": {"terugblik": "Ik ben gegroeid."}}

# Who sees the enrolment or the plan of somebody else, and may not act as that person.
STAFF = ("trainer", "assessor", "other_assessor", "coordinator")
MEMBERS = ("participant", "member")
REVIEWERS = ("trainer", "coordinator")


def each(actors, status):
    return dict.fromkeys(actors, status)


def pop_only(status, **own):
    """What readers of a shared POP get; nobody else sees it."""
    return {**each(REVIEWERS, status), **own}


def gop_only(status, **others):
    """What members get; who reads along may not, if it is not named."""
    return {**each(STAFF, 403), **each(MEMBERS, status), **others}


def of_pop(world):
    """The shared POP, read before it is complete."""
    return {"pk": world.pop_version.plan_id}


def of_draft(world):
    """A shared POP with a newer version that is private."""
    assert world.pop_version.number < world.pop_draft.number
    return of_pop(world)


def of_complete_pop(world):
    return {"pk": completed(world.pop).pk}


def of_gop(world):
    return {"pk": world.gop_version.plan_id}


def of_complete_gop(world):
    # A member exists before the World logs one in: the group counts more than one.
    assert world.member
    return {"pk": completed(world.gop).pk}


def of_endorsed_gop(world):
    pk = of_complete_gop(world)
    for enrolment in (world.enrolment, world.member_enrolment):
        world.gop.completed_version.endorsements.create(
            enrolment=enrolment, recorded_by=enrolment.participant
        )
    return pk


def place(kind):
    return lambda world: {"kind": kind, "enrolment": world.enrolment.pk}


def member_enrolment(world):
    return {"enrolment": world.member_enrolment.pk}


def file_of(version):
    def args(world):
        found = getattr(world, version)
        give_file(found)
        return {"pk": found.pk}

    return args


def number_of(version):
    def args(world):
        found = getattr(world, version)
        give_file(found)
        return {"pk": found.plan_id, "number": found.number}

    return args


def section(world):
    return {"enrolment": world.enrolment.pk, "section": "doel"}


def own(world):
    return {"enrolment": world.enrolment.pk}


def goal(world):
    return {"pk": LearningGoalFactory(plan=world.pop).pk}


def gone_goal(world):
    return {"pk": LearningGoalFactory(plan=world.pop, gone=True).pk}


def goal_in_api(world):
    found = LearningGoalFactory(plan=world.pop_version.plan)
    return {"pk": found.plan_id, "goal": found.pk}


def on_paper(world):
    """A GOP with one endorsement that was noted from paper."""
    pk = of_complete_gop(world)
    world.gop.completed_version.endorsements.create(
        enrolment=world.member_enrolment, recorded_by=world.trainer, on_paper=True
    )
    return pk


def of_paper(world):
    return {**on_paper(world), "enrolment": world.member_enrolment.pk}


def version_of(name):
    return lambda world: {"pk": getattr(world, name).pk}


def written_number_of(name):
    return lambda world: {
        "pk": getattr(world, name).plan_id,
        "number": getattr(world, name).number,
    }


def remark(world):
    return {"version": 1, "text": "Mooi."}


def reply(world):
    """To what the trainer said about the POP."""
    version = world.pop_version
    said = version.feedback.first() or FeedbackFactory(version=version, author=world.trainer)
    return remark(world) | {"answers": said.pk}


def new_pop(world):
    return {"kind": "personal", "enrolment": world.enrolment.pk}


def new_gop(world):
    return {"kind": "group", "cohort": world.cohort.pk}


RULES = [
    Rule("plans:list", allow=everybody(200)),
    Rule("plans:mine", allow=everybody(200)),
    Rule("plans:upload", "post", args=place("pop"), allow={**each(STAFF, 403), "participant": 200}),
    Rule("plans:upload", "post", args=place("gop"), allow={**each(STAFF, 403), "participant": 200}),
    Rule("plans:upload", args=place("pop"), allow={**each(STAFF, 403), "participant": 302}),
    Rule("plans:write", args=place("pop"), allow={**each(STAFF, 403), "participant": 200}),
    Rule(
        "plans:write",
        "post",
        args=place("pop"),
        data=lambda w: {"revision": 0, "goed": "Veel"},
        allow={**each(STAFF, 403), "participant": 302},
    ),
    Rule("plans:write", args=place("gop"), allow={**each(STAFF, 403), "participant": 200}),
    Rule(
        "plans:draft",
        "post",
        args=own,
        data=lambda w: {"revision": 0, "goed": "Veel"},
        allow={**each(STAFF, 403), "participant": 200},
        anonymous=401,
    ),
    *(
        Rule(
            "plans:section",
            method,
            args=section,
            data=lambda w: {"based_on": 0, "text": "Samen"},
            allow={**each(STAFF, 403), "participant": status},
        )
        for method, status in [("get", 200), ("post", 302)]
    ),
    Rule("plans:goals", args=own, allow={**each(STAFF, 403), "participant": 200}),
    *(
        Rule(
            "plans:goal-add",
            method,
            args=own,
            data=lambda w: {"what": "Nee zeggen", "state": "busy"},
            allow={**each(STAFF, 403), "participant": status},
        )
        for method, status in [("get", 200), ("post", 302)]
    ),
    # A goal as it is now is not there for anyone but its owner.
    *(
        Rule(
            "plans:goal",
            method,
            args=goal,
            data=lambda w: {"what": "Nee zeggen", "state": "busy"},
            allow={"participant": status},
        )
        for method, status in [("get", 200), ("post", 302)]
    ),
    Rule(
        "plans:goal-state",
        "post",
        args=goal,
        data=lambda w: {"state": "done"},
        allow={"participant": 302},
    ),
    Rule(
        "plans:goal-move",
        "post",
        args=goal,
        data=lambda w: {"position": 1},
        allow={"participant": 302},
    ),
    Rule("plans:goal-remove", "post", args=goal, allow={"participant": 302}),
    Rule("plans:goal-restore", "post", args=gone_goal, allow={"participant": 302}),
    *(
        rule
        for name in ("version", "pdf")
        for rule in (
            Rule(
                f"plans:{name}",
                args=version_of("pop_version"),
                allow=pop_only(200, participant=200),
            ),
            Rule(f"plans:{name}", args=version_of("pop_draft"), allow={"participant": 200}),
            Rule(
                f"plans:{name}",
                args=version_of("gop_version"),
                allow=each((*STAFF, *MEMBERS), 200),
            ),
        )
    ),
    Rule("plans:file", args=file_of("pop_version"), allow=pop_only(200, participant=200)),
    Rule("plans:file", args=file_of("pop_draft"), allow={"participant": 200}),
    Rule("plans:file", args=file_of("gop_version"), allow=each((*STAFF, *MEMBERS), 200)),
    Rule("plans:detail", args=of_pop, allow=pop_only(200, participant=302)),
    Rule("plans:detail", args=lambda w: {"pk": w.pop_draft.plan_id}, allow={"participant": 302}),
    Rule("plans:detail", args=of_gop, allow={**each(STAFF, 200), **each(MEMBERS, 302)}),
    Rule("plans:share", "post", args=of_draft, allow=pop_only(403, participant=302)),
    Rule("plans:unshare", "post", args=of_pop, allow=pop_only(403, participant=302)),
    Rule("plans:feedback", args=of_pop, allow=pop_only(302, participant=302)),
    Rule("plans:feedback", "post", args=of_pop, data=remark, allow=pop_only(302, participant=302)),
    Rule(
        "plans:feedback",
        "post",
        args=of_pop,
        data=reply,
        allow=pop_only(302, participant=302),
    ),
    Rule(
        "plans:feedback",
        "post",
        args=of_gop,
        data=remark,
        allow=gop_only(302, trainer=302, coordinator=302),
    ),
    *(
        Rule(
            "plans:complete",
            method,
            args=of_pop,
            data=lambda w: {"version": 1},
            allow=pop_only(status, participant=403),
        )
        for method, status in [("get", 200), ("post", 302)]
    ),
    *(
        Rule(
            "plans:complete",
            method,
            args=of_gop,
            data=lambda w: {"version": 1},
            allow=gop_only(403, trainer=status, coordinator=status),
        )
        for method, status in [("get", 200), ("post", 302)]
    ),
    *(
        Rule(
            "plans:reopen",
            method,
            args=of_complete_pop,
            data=lambda w: {"endorsements": 0},
            allow=pop_only(status, participant=403),
        )
        for method, status in [("get", 200), ("post", 302)]
    ),
    *(
        Rule(
            "plans:reopen",
            method,
            args=of_complete_gop,
            data=lambda w: {"endorsements": 0},
            allow=gop_only(403, coordinator=status),
        )
        for method, status in [("get", 200), ("post", 302)]
    ),
    Rule("plans:endorse", "post", args=of_complete_gop, allow=gop_only(302)),
    Rule("plans:unendorse", args=of_endorsed_gop, allow=gop_only(200)),
    Rule("plans:unendorse", "post", args=of_endorsed_gop, allow=gop_only(302)),
    *(
        Rule(
            "plans:paper",
            method,
            args=of_complete_gop,
            data=member_enrolment,
            allow=gop_only(403, trainer=status, coordinator=status),
        )
        for method, status in [("get", 200), ("post", 302)]
    ),
    *(
        Rule(
            "plans:unpaper",
            method,
            args=of_paper,
            allow=gop_only(403, trainer=status, coordinator=status),
        )
        for method, status in [("get", 200), ("post", 302)]
    ),
    Rule("api:plans-list", allow=everybody(200)),
    # 400: an id that one does not see is no choice, as is one that is not there.
    Rule(
        "api:plans-list",
        "post",
        data=new_pop,
        allow={**each(STAFF, 403), "participant": 201},
        others=400,
        **JSON,
    ),
    Rule(
        "api:plans-list",
        "post",
        data=new_gop,
        allow={**each((*STAFF, "administrator"), 403), **each(MEMBERS, 201)},
        others=400,
        **JSON,
    ),
    Rule("api:plans-detail", args=of_pop, allow=pop_only(200, participant=200)),
    Rule(
        "api:plans-detail", args=lambda w: {"pk": w.pop_draft.plan_id}, allow={"participant": 200}
    ),
    Rule("api:plans-detail", args=of_gop, allow=each((*STAFF, *MEMBERS), 200)),
    Rule(
        "api:plans-versions",
        "post",
        args=of_pop,
        data=lambda w: SECTIONS,
        allow=pop_only(403, participant=201),
        **JSON,
    ),
    Rule(
        "api:plans-versions",
        "post",
        args=of_gop,
        data=lambda w: SECTIONS,
        allow=gop_only(201),
        **JSON,
    ),
    Rule("api:plans-file", args=number_of("pop_version"), allow=pop_only(200, participant=200)),
    Rule("api:plans-file", args=number_of("pop_draft"), allow={"participant": 200}),
    Rule("api:plans-share", "post", args=of_draft, allow=pop_only(403, participant=200), **JSON),
    Rule("api:plans-complete", "post", args=of_pop, allow=pop_only(200, participant=403), **JSON),
    Rule(
        "api:plans-complete",
        "post",
        args=of_gop,
        allow=gop_only(403, trainer=200, coordinator=200),
        **JSON,
    ),
    Rule(
        "api:plans-reopen",
        "post",
        args=of_complete_pop,
        allow=pop_only(200, participant=403),
        **JSON,
    ),
    Rule(
        "api:plans-reopen",
        "post",
        args=of_complete_gop,
        allow=gop_only(403, coordinator=200),
        **JSON,
    ),
    Rule("api:plans-endorse", "post", args=of_complete_gop, allow=gop_only(200), **JSON),
    Rule("api:plans-endorse", "delete", args=of_endorsed_gop, allow=gop_only(200), **JSON),
    Rule(
        "api:plans-paper",
        "post",
        args=of_complete_gop,
        data=member_enrolment,
        allow=gop_only(403, trainer=200, coordinator=200),
        **JSON,
    ),
    Rule(
        "api:plans-feedback",
        "post",
        args=of_pop,
        data=reply,
        allow=pop_only(201, participant=201),
        **JSON,
    ),
    Rule(
        "api:plans-pdf",
        args=written_number_of("pop_version"),
        allow=pop_only(200, participant=200),
    ),
    Rule("api:plans-pdf", args=written_number_of("pop_draft"), allow={"participant": 200}),
    Rule(
        "api:plans-sections",
        "post",
        args=lambda w: {**of_gop(w), "section": "rollen"},
        data=lambda w: {"text": "Om de beurt"},
        allow=gop_only(201),
        **JSON,
    ),
    Rule("api:plans-share", "delete", args=of_pop, allow=pop_only(403, participant=200), **JSON),
    Rule(
        "api:plans-paper",
        "delete",
        args=on_paper,
        data=member_enrolment,
        allow=gop_only(403, trainer=200, coordinator=200),
        **JSON,
    ),
    Rule(
        "api:plans-goals",
        "post",
        args=of_pop,
        data=lambda w: {"what": "Nee zeggen"},
        allow=pop_only(403, participant=201),
        **JSON,
    ),
    *(
        Rule(
            f"api:plans-{name}",
            method,
            args=goal_in_api,
            data=lambda w: {"what": "Nee zeggen", "position": 1},
            allow={"participant": status},
            **JSON,
        )
        for name, method, status in [
            ("goal", "patch", 200),
            ("goal", "delete", 204),
            ("goal-move", "post", 200),
            ("goal-restore", "post", 200),
        ]
    ),
]
