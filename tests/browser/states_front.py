"""The first screen in every mood, trainings, certificates of their holders, help, what waits."""

import datetime as dt

from django.utils import timezone

from certificates import actions as certifying
from participants.models import TrainingDate
from tests.browser.states import State
from tests.factories import (
    CohortFactory,
    EnrolmentFactory,
    FinalInterviewFactory,
    HourEntryFactory,
    PauseFactory,
    PlanVersionFactory,
    PopFactory,
    RoleFactory,
    SeatFactory,
    SessionFactory,
    TrainingChoiceFactory,
    TrainingFactory,
    ready_enrolment,
)
from tests.factories.certificates import CertificateFactory

LONG = "Maria-Fernanda Wilhelmina van der Grinten-Oyelaran de Bruin"


def cohort():
    """One that is under way today, and in which the days of the factories fall."""
    return CohortFactory(
        ends_on=timezone.localdate() + dt.timedelta(days=90),
        contact_name="Ellen Brouwer",
        contact_phone="06 0000 0000",
        contact_when="op maandag en donderdag",
    )


def enrolled(**facts):
    facts.setdefault("participant__name", "Marisol Martina")
    return EnrolmentFactory(cohort=cohort(), **facts)


def half_way():
    enrolment = enrolled()
    ready_enrolment(enrolment, without=["gop", "interview"], work=1890, study=2040)
    HourEntryFactory(enrolment=enrolment, minutes=360)
    return enrolment


def begins(make):
    """The first screen of the participant of the enrolment that ``make`` gives."""

    def made():
        return make().participant, "/"

    return made


def returned():
    enrolment = half_way()
    HourEntryFactory(enrolment=enrolment, returned=True, minutes=90)
    return enrolment


def complete():
    return ready_enrolment(enrolled())


def certified():
    enrolment = complete()
    enrolment.status = "completed"
    enrolment.save()
    CertificateFactory(enrolment=enrolment)
    return enrolment


def revoked():
    enrolment = complete()
    CertificateFactory(enrolment=enrolment, revoked=True)
    return enrolment


def paused():
    enrolment = half_way()
    PauseFactory(
        enrolment=enrolment,
        confirmed=True,
        starts_on=timezone.localdate(),
        ends_on=timezone.localdate() + dt.timedelta(days=14),
    )
    return enrolment


def stopped():
    enrolment = half_way()
    enrolment.status, enrolment.ends_on = "stopped", timezone.localdate()
    enrolment.save()
    return enrolment


def before_the_start():
    later = timezone.localdate() + dt.timedelta(days=30)
    return EnrolmentFactory(
        cohort=CohortFactory(starts_on=later, ends_on=later + dt.timedelta(days=200))
    )


def trainings():
    enrolment = enrolled()
    day = timezone.localdate() + dt.timedelta(days=9)
    known = TrainingFactory(title="Grenzen stellen", description="Nee zeggen en toch aardig.")
    TrainingDate.objects.create(
        training=known, date=day, starts_at=dt.time(13, 30), place="Huis van de Wijk Zuiderlicht"
    )
    TrainingFactory(title="Verbindend communiceren", has_register=True)
    TrainingChoiceFactory(enrolment=enrolment, training=known)
    TrainingChoiceFactory(enrolment=enrolment, status="completed")
    TrainingChoiceFactory(enrolment=enrolment, status="dropped")
    TrainingChoiceFactory(enrolment=enrolment, own=True)
    return enrolment.participant, "/trainingen/"


def no_trainings():
    return enrolled().participant, "/trainingen/?search=bestaat+niet"


def propose():
    return enrolled().participant, "/trainingen/voorstel/"


def drop():
    choice = TrainingChoiceFactory(enrolment=enrolled())
    return choice.enrolment.participant, f"/trainingen/keuze/{choice.pk}/vervalt/"


def proposals():
    choice = TrainingChoiceFactory(enrolment=enrolled(), own=True)
    return RoleFactory(cohort=choice.enrolment.cohort).user, "/trainingen/voorstellen/"


def name():
    enrolment = enrolled(participant__name=LONG)
    return enrolment.participant, f"/naam/{enrolment.pk}/"


def own_certificate():
    return certified().participant, "/certificaat/"


def own_revoked_certificate():
    return revoked().participant, "/certificaat/"


def own_replaced_certificate():
    enrolment = certified()
    office = RoleFactory(coordinator=True).user
    certifying.correct(enrolment.certificates.get(), by=office, name="Marisol M. Martina")
    return enrolment.participant, "/certificaat/"


def check(**facts):
    def made():
        return None, f"/controle/{CertificateFactory(**facts).code}/"

    return made


def check_replaced():
    user, _address = own_replaced_certificate()
    old = user.enrolments.get().certificates.get(status="replaced")
    return None, f"/controle/{old.code}/"


def queue():
    there = cohort()
    staff = RoleFactory(kind="coordinator", cohort=there).user
    RoleFactory(user=staff, cohort=there, assessor=True)
    for person in ("Samira Aalbers", LONG):
        enrolment = EnrolmentFactory(cohort=there, participant__name=person)
        HourEntryFactory(enrolment=enrolment, minutes=90)
        TrainingChoiceFactory(enrolment=enrolment, own=True)
        PlanVersionFactory(plan=PopFactory(enrolment=enrolment, status="shared"), shared=True)
        PauseFactory(enrolment=enrolment)
        SeatFactory(interview=FinalInterviewFactory(enrolment=enrolment), assessor=staff)
        EnrolmentFactory(cohort=there, applied=True)
    SessionFactory(cohorts=[there])
    return staff, "/wacht/"


STATES = [
    State("first screen at the very beginning", begins(enrolled)),
    State("first screen half-way", begins(half_way)),
    State("first screen with hours that came back", begins(returned)),
    State("first screen with everything met", begins(complete)),
    State("first screen on the day of the certificate", begins(certified)),
    State("first screen after a certificate was revoked", begins(revoked)),
    State("first screen in a pause", begins(paused)),
    State("first screen of who stopped", begins(stopped)),
    State("first screen before the start", begins(before_the_start)),
    State("first screen of an applicant", begins(lambda: enrolled(applied=True))),
    State("trainings with choices and dates", trainings),
    State("trainings where nothing is found", no_trainings),
    State("trainings, one's own proposal", propose),
    State("trainings, letting go", drop),
    State("proposals for staff", proposals),
    State("name on the certificate", name),
    State("certificate of its holder", own_certificate),
    State("certificate of its holder, revoked", own_revoked_certificate),
    State("certificate of its holder, replaced", own_replaced_certificate),
    State("certificate that is not there yet", lambda: (enrolled().participant, "/certificaat/")),
    State("check page, valid in full", check()),
    State("check page, valid in short", check(shown="short")),
    State("check page, revoked", check(revoked=True)),
    State("check page, replaced", check_replaced),
    State("check page, its form", lambda: (None, "/controle/")),
    State("check page, unknown code", lambda: (None, "/controle/bestaat-niet/"), status=404),
    State("help for a participant", lambda: (enrolled().participant, "/hulp/")),
    State("help for anyone", lambda: (None, "/hulp/")),
    State("what waits, full", queue),
    State("what waits, empty", lambda: (RoleFactory().user, "/wacht/")),
]
