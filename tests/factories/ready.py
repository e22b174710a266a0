from tests.factories.cohorts import EnrolmentFactory
from tests.factories.interviews import FinalInterviewFactory
from tests.factories.plans import EndorsementFactory, GopFactory, PopFactory
from tests.factories.work import AttendanceFactory, HourEntryFactory, SessionFactory

NORM = 3600
HALF = NORM // 2 // 2


def ready_enrolment(enrolment=None, *, without=(), work=NORM, study=NORM, **facts):
    """An enrolment that meets every criterion exactly, but for the keys in ``without``.

    ``work`` and ``study`` are the approved minutes typed by hand; one lesson and one
    intervision of 1 minute each stand in a closed register and are part of ``study``.
    """
    enrolment = enrolment or EnrolmentFactory(**facts)
    if "work" not in without:
        log(enrolment, "work", work)
    meetings = {"lessons": "lesson", "intervision": "intervision"}
    attended = [attend(enrolment, kind) for key, kind in meetings.items() if key not in without]
    if "study" not in without:
        log(enrolment, "study", study - len(attended))
    if "pop" not in without:
        PopFactory(enrolment=enrolment, complete=True)
    if "gop" not in without:
        endorse(enrolment)
    if "interview" not in without:
        FinalInterviewFactory(enrolment=enrolment, passed=True)
    return enrolment


def log(enrolment, kind, minutes):
    """Approved entries that add up to ``minutes``, none longer than fifteen hours."""
    while minutes > 0:
        part = min(minutes, HALF)
        HourEntryFactory(enrolment=enrolment, kind=kind, minutes=part, approved=True)
        minutes -= part


def attend(enrolment, kind):
    """One meeting of one minute, attended; shared by the whole cohort."""
    cohort = enrolment.cohort
    session = cohort.sessions.filter(kind=kind).first() or SessionFactory(
        kind=kind, cohorts=[cohort], closed=True, minutes=1
    )
    return AttendanceFactory(session=session, enrolment=enrolment, minutes=1)


def endorse(enrolment):
    """The complete GOP of the cohort, endorsed by this member."""
    gop = getattr(enrolment.cohort, "gop", None) or GopFactory(
        cohort=enrolment.cohort, complete=True
    )
    return EndorsementFactory(version=gop.completed_version, enrolment=enrolment)
