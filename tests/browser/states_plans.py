"""The pages of plans in their states."""

import datetime as dt

from django.utils import timezone

from participants.models import StoredFile
from participants.plans import actions
from tests.browser.states import State
from tests.participants.plans import scene
from tests.participants.plans.scene import at

LONG = "Ik merk dat ik in een druk gesprek te snel antwoord geef. " * 6


def world():
    """A group that is half-way today, with a trainer and a coordinator."""
    today, some_time = timezone.localdate(), dt.timedelta(days=90)
    return scene.group(starts_on=today - some_time, ends_on=today + some_time)


def pop(found, *, share=True, upload=None):
    """A POP with two goals, written or as a file."""
    by = {"by": found.participant}
    plan = actions.plan_for(found.enrolment, **by)
    goal = {"what": "Nee zeggen als het te veel is", "why": LONG, "state": "busy"}
    actions.add_goal(plan, **goal, **by, until=dt.date(2027, 3, 1))
    actions.add_goal(plan, what="Open vragen stellen", **by)
    content = {"upload": upload} if upload else {"sections": {**scene.POP, "rol": LONG}}
    version = actions.add_version(plan, share=share, **content, **by)
    plan.refresh_from_db()
    return plan, version


def gop(found, *, complete=False):
    plan = actions.plan_for(found.cohort, by=found.participant)
    actions.add_version(plan, by=found.participant, sections=scene.GOP)
    actions.write_section(plan, "afspraken", LONG, by=found.member)
    return actions.complete(plan, by=found.trainer) if complete else plan


def empty():
    return world().participant, at("mine")


def draft():
    found = world()
    pop(found, share=False)
    return found.participant, at("mine")


def writing():
    found = world()
    pop(found, share=False)
    return found.participant, at("write", kind="pop", enrolment=found.enrolment.pk)


def asked():
    found = world()
    _plan, version = pop(found)
    by = {"by": found.trainer}
    actions.give_feedback(version, text="Mooi begin.", section="goed", **by)
    actions.give_feedback(version, text="Wanneer begin je?", asks_for_more=True, **by)
    return found.participant, at("mine")


def complete():
    found = world()
    plan, _version = pop(found)
    actions.complete(plan, by=found.trainer)
    return found.participant, at("mine")


def goals():
    found = world()
    plan, _version = pop(found, share=False)
    actions.remove_goal(plan.goals.standing().last(), by=found.participant)
    return found.participant, at("goals", found.enrolment.pk)


def new_goal():
    found = world()
    return found.participant, at("goal-add", found.enrolment.pk)


def group_empty():
    found = world()
    return found.participant, at("write", kind="gop", enrolment=found.enrolment.pk)


def group_writing():
    found = world()
    gop(found)
    return found.participant, at("section", found.enrolment.pk, "afspraken")


def group_version():
    found = world()
    plan = gop(found)
    return found.participant, at("version", plan.versions.latest().pk)


def group_endorsed():
    found = world()
    plan = gop(found, complete=True)
    actions.endorse(plan, by=found.participant)
    return found.participant, at("mine")


def beside():
    found = world()
    plan, version = pop(found)
    actions.give_feedback(version, by=found.trainer, text=LONG, section="goed")
    sections = {"goed": "Ik luister heel goed.", "rol": LONG + "Soms.", "nodig": "Tijd."}
    actions.add_version(plan, by=found.participant, sections=sections, share=True)
    return found.trainer, at("detail", plan.pk)


def a_file():
    found = world()
    plan, version = pop(found, upload=scene.upload(name="Mijn-heel-lange-bestandsnaam-" * 3))
    actions.give_feedback(version, by=found.trainer, text="Mooi.", page=1)
    return found.trainer, at("detail", plan.pk)


def a_file_with_a_virus():
    found = world()
    pop(found, share=False, upload=scene.upload())
    StoredFile.objects.update(scan="infected")
    return found.participant, at("mine")


def waiting():
    found = world()
    pop(found)
    gop(found)
    return found.trainer, at("list")


def group_of_staff():
    found = world()
    plan = gop(found, complete=True)
    actions.record_paper_endorsement(plan, found.member_enrolment, by=found.trainer)
    return found.coordinator, at("detail", plan.pk)


STATES = [
    State("plans, none yet", empty),
    State("plans, POP in draft", draft),
    State("plans, POP being written", writing),
    State("plans, POP asked for more", asked),
    State("plans, POP complete", complete),
    State("plans, goals", goals),
    State("plans, a new goal", new_goal),
    State("plans, GOP not begun", group_empty),
    State("plans, GOP a section", group_writing),
    State("plans, GOP what changed", group_version),
    State("plans, GOP complete and endorsed", group_endorsed),
    State("plans, staff reading beside", beside),
    State("plans, staff reading a file", a_file),
    State("plans, a file with a virus", a_file_with_a_virus),
    State("plans, staff waiting", waiting),
    State("plans, staff GOP complete", group_of_staff),
]
