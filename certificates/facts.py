"""What the paper says, gathered once on the day of issue and frozen.

The keys are those of certificates.documents; the text is Dutch whoever looks. An exemption is
never named here: what it replaced is neither counted nor missed on paper.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce

from certificates.letterheads.models import Letterhead
from participants.hours.models import HourEntry
from participants.interviews.items import InterviewItem
from participants.interviews.models import PASSING, FinalInterview
from participants.trainings.models import TrainingChoice

METHOD_OF_ONE = (
    "Een beoordelaar hield een criteriumgericht interview en gaf een oordeel per criterium."
)
METHOD = (
    "%s beoordelaars hielden een criteriumgericht interview. Ieder gaf eerst apart een oordeel "
    "per criterium. Daarna bepaalden zij samen het oordeel dat hier staat."
)
NUMBER_WORDS = {2: "Twee", 3: "Drie", 4: "Vier"}


@dataclass(frozen=True)
class Findings:
    """What stands in other tables than the lines of progress, by key of the enrolment."""

    work: dict
    trainings: dict
    ratings: dict
    assessors: dict  # how many sat in the interview that was passed
    letterheads: dict  # by key of the track


def findings(enrolments):
    """What the certificates of ``enrolments`` tell besides their lines; five queries in all."""
    keys = [enrolment.pk for enrolment in enrolments]
    return Findings(
        work=_work(keys),
        trainings=_trainings(keys),
        ratings=_ratings(keys),
        assessors=_assessors(keys),
        letterheads=_letterheads(keys),
    )


def facts_of(certificate, enrolment, lines, found):
    """The facts of a ``certificate`` that is about to be issued, as JSON takes them.

    ``enrolment`` comes from ``progress.of``, ``lines`` are its lines, and ``found`` the Findings
    in which it is. All time in whole minutes.
    """
    line = {each["key"]: each for each in lines}
    cohort, track = enrolment.cohort, enrolment.cohort.track
    ratings = found.ratings.get(enrolment.pk, []) if line["interview"]["achieved"] else []
    return {
        **identity(certificate),
        "track": track.name,
        "cohort": cohort.name,
        "period_start": cohort.starts_on.isoformat(),
        "period_end": cohort.ends_on.isoformat(),
        "study_minutes": line["study"]["achieved"],
        "work_minutes": line["work"]["achieved"],
        **paper_of(track, found.letterheads.get(track.pk) or Letterhead()),
        "ratings": ratings,
        "method": _method(found.assessors.get(enrolment.pk)) if ratings else "",
        "hours": _hours(enrolment, line, found.work.get(enrolment.pk, [])),
        "trainings": found.trainings.get(enrolment.pk, []),
        "attendance": [
            _attended(line[key]) for key in ("lessons", "intervision") if _was_there(line[key])
        ],
    }


def identity(certificate):
    """The facts that are of this paper alone; a correction has others."""
    return {
        "name": certificate.name,
        "number": certificate.number,
        "award_date": certificate.award_date.isoformat(),
        "check_url": certificate.check_url,
        "check_host": f"{settings.SITE_URL.split('://')[-1]}/controle",
        "hand_code": certificate.hand_code,
        "replaces": certificate.replaces.number if certificate.replaces else "",
    }


def paper_of(track, letterhead):
    """The facts that every certificate of a track has; a picture is told by its hash, or ""."""
    return {
        **letterhead.words,
        "provider": track.provider,
        "partners": track.partners,
        "place": track.place,
        "logo": letterhead.logo_id or "",
        "signatories": [_signatory(track, letterhead, turn) for turn in ("first", "second")],
    }


def statement_paper_of(track, letterhead):
    """The same of a statement for who stopped, which the second of them signs."""
    paper = paper_of(track, letterhead)
    told = {key: paper[key] for key in ("provider", "partners", "place", "logo")}
    return told | {"signatory": paper["signatories"][1]}


def _signatory(track, letterhead, turn):
    return {
        "name": getattr(track, f"{turn}_signatory"),
        "role": getattr(track, f"{turn}_signatory_role"),
        "signature": getattr(letterhead, f"{turn}_signature_id") or "",
    }


def _method(assessors):
    """How it was assessed, by who really sat; "" where that was not written down."""
    if not assessors:
        return ""
    if assessors == 1:
        return METHOD_OF_ONE
    return METHOD % NUMBER_WORDS.get(assessors, assessors)


def _hours(enrolment, line, places):
    """Hours per kind; what has no minutes is left out."""
    in_meetings = enrolment.standing["study_in_meetings"]
    rows = [
        ("Studie: bijeenkomsten", in_meetings),
        ("Studie: trainingen en zelfstudie", line["study"]["achieved"] - in_meetings),
        *_per_place(places, line["work"]["achieved"]),
    ]
    return [{"label": label, "minutes": minutes} for label, minutes in rows if minutes]


def _per_place(places, total):
    """Work per learning place. Together it is ``total``, or else it stays one row."""
    named = [(f"Werk: {team or 'elders'}", minutes) for team, minutes in places]
    if sum(minutes for _label, minutes in named) != total:
        # Something was approved between the two questions: the norm read the first answer.
        return [("Werk", total)]
    return named if any(team for team, _minutes in places) else [("Werk", total)]


def _letterheads(keys):
    rows = Letterhead.objects.filter(track__cohorts__enrolments__in=keys).distinct()
    return {letterhead.track_id: letterhead for letterhead in rows}


def _attended(line):
    return {key: line[key] for key in ("label", "achieved", "required")}


def _was_there(line):
    return line["achieved"] > 0


def _work(keys):
    rows = (
        HourEntry.objects.approved()
        .filter(kind=HourEntry.Kind.WORK, enrolment__in=keys)
        .order_by()
        .values_list("enrolment", "placement__place__team")
        .annotate(total=Sum("minutes"))
    )
    found = defaultdict(list)
    for enrolment, team, minutes in rows:
        found[enrolment].append((team or "", minutes))
    # The place with the most hours first, hours without a place last.
    return {
        key: sorted(each, key=lambda row: (not row[0], -row[1], row[0]))
        for key, each in found.items()
    }


def _trainings(keys):
    rows = TrainingChoice.objects.filter(
        enrolment__in=keys, status=TrainingChoice.Status.COMPLETED
    ).select_related("training")
    found = defaultdict(list)
    for choice in rows.order_by("pk"):
        found[choice.enrolment_id].append(choice.title)
    return found


def _assessors(keys):
    """Who sat in the interview that was passed; older ones did not write the number down."""
    seats = Count("seats", filter=Q(seats__left_at=None, seats__rated_at__isnull=False))
    held = FinalInterview.objects.passed().filter(enrolment__in=keys)
    sat = held.annotate(sat=Coalesce("assessor_count", seats))
    return dict(sat.values_list("enrolment", "sat"))


def _ratings(keys):
    """What was shown, with its joint rating. The sheet is titled so: nothing else stands on it."""
    items = InterviewItem.objects.filter(interview__enrolment__in=keys).standing()
    found = defaultdict(list)
    for item in items.select_related("interview").order_by("position", "pk"):
        if item.joint_value in PASSING:
            row = {"criterion": item.title, "rating": str(item.get_joint_value_display())}
            found[item.interview.enrolment_id].append(row)
    return found
