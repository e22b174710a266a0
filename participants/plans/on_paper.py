"""A version that was written on screen, as a PDF to take along."""

from participants.paper.plan import plan_pdf
from participants.plans.goal import LearningGoal
from participants.plans.sections import parts

TITLES = {
    "personal": "Persoonlijk ontwikkelingsplan (POP)",
    "group": "Groepsontwikkelingsplan (GOP)",
}


def pdf(version):
    """The bytes; of a draft with the goals as they are now."""
    return plan_pdf(facts(version))


def facts(version):
    plan = version.plan
    cohort = plan.in_cohort
    return {
        "title": TITLES[plan.kind],
        "name": cohort.name if plan.is_group else plan.enrolment.participant.name,
        "version": version.number if version.is_shared else None,
        "date": (version.shared_at or version.saved_at).date().isoformat(),
        "provider": cohort.track.provider,
        "sections": [
            {"heading": part.label, "text": part.text}
            for part in parts(plan.kind, version.sections, goals(version))
        ],
    }


def goals(version):
    if version.is_shared or version.plan.is_group:
        return version.goals
    standing = LearningGoal.objects.standing().filter(plan=version.plan_id)
    return [goal.as_shared for goal in standing]


def file_name(version):
    """Says nothing about who: it may be seen on a shared computer."""
    kind = "GOP" if version.plan.is_group else "POP"
    return f"{kind}-versie-{version.number}.pdf" if version.is_shared else f"{kind}-concept.pdf"
