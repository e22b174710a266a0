"""Somebody with a row of everything, with one word in all that was written."""

import io
import zipfile

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from participants import kept
from participants.accounts import moving, tokens
from participants.accounts.cards import CardCode, LoginCard
from participants.agenda.models import CalendarFeed
from participants.bounces.models import Bounce
from participants.confirmations.models import ConfirmationLine, ConfirmationRequest
from participants.enrolments.applications import IntakeNote
from participants.events.actions import decided, logged_in, was_read
from participants.files import storing
from participants.hours.proofs import HourProof
from participants.interviews.afterwards import Amendment, InterviewReply, Objection
from participants.interviews.evidence import EvidenceItem
from participants.models import Device, MailChoice
from participants.plans.goal import LearningGoal
from participants.sessions.proofs import SessionProof
from tests.factories import (
    AttendanceFactory,
    DeliveryFactory,
    EndorsementFactory,
    EnrolmentFactory,
    ExemptionFactory,
    FeedbackFactory,
    FinalInterviewFactory,
    GopFactory,
    HourEntryFactory,
    InterviewItemFactory,
    MessageFactory,
    PauseFactory,
    PhoneCallFactory,
    PlacementFactory,
    PlanVersionFactory,
    PopFactory,
    RatingFactory,
    ReminderFactory,
    RoleFactory,
    SeatFactory,
    SupervisorFactory,
    TickFactory,
    TrainingChoiceFactory,
)
from tests.factories.certificates import CertificateFactory, RevocationFactory
from tests.factories.cohorts import MOMENT
from tests.participants.files import corpus


def everything(cohort, word, *, gop=None):
    """An enrolment with a row in every part; ``gop`` is the plan of the group."""
    enrolment = EnrolmentFactory(
        cohort=cohort,
        participant__name=f"{word} Voorbeeld",
        participant__email=f"{word.lower()}@leerlijn.example",
        participant__phone="06 0000 0000",
        did_training_note=word,
        has_experience_note=word,
        decision_reason=word,
        certificate_name=f"{word} Voorbeeld",
    )
    account(enrolment.participant, word)
    taking_part(enrolment, word)
    hours(enrolment, word)
    plans(enrolment, word, gop or GopFactory(cohort=cohort))
    talk(enrolment, word)
    afterwards(enrolment, word)
    heard(enrolment, word)
    return enrolment


def account(person, word):
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    Authenticator.objects.create(
        user=person, type="webauthn", data={"name": word, "credential": f"GEHEIM-{word}"}
    )
    Device.objects.create(
        user=person,
        session_key=f"sessie-{word}",
        label=f"{word} op Android",
        last_used_on=timezone.localdate(),
    )
    card = LoginCard.objects.create(user=person)
    CardCode.objects.create(card=card, digest=f"GEHEIM-{word}")
    RoleFactory(user=person)
    tokens.make(person, name=word, by=person)
    moving.ask_for_email(person, f"nieuw-{word.lower()}@leerlijn.example", by=person)
    feed = CalendarFeed(user=person)
    feed.renew()
    feed.save()
    logged_in(person)
    kept.keep(person, f"plan-{person.pk}", {"text": [word]})


def taking_part(enrolment, word):
    staff = RoleFactory(cohort=enrolment.cohort, coordinator=True, user__name="Ellen Staf").user
    IntakeNote.objects.create(enrolment=enrolment, text=word, written_by=staff)
    place = PlacementFactory(enrolment=enrolment, supervisor__name=f"Begeleider van {word}")
    TickFactory(placement=place)
    Bounce.objects.create(address=enrolment.participant.email, status="5.1.1")
    PauseFactory(enrolment=enrolment, confirmed=True)
    ExemptionFactory(enrolment=enrolment, reason=word, granted_by=staff)
    AttendanceFactory(enrolment=enrolment, caught_up=True, caught_up_what=word)
    TrainingChoiceFactory(enrolment=enrolment, own=True, own_title=word, reason=word, answer=word)


def hours(enrolment, word):
    entry = HourEntryFactory(
        enrolment=enrolment, draft=True, description=word, private_note=f"Alleen voor mij: {word}"
    )
    stored = storing.store(photo(f"{word}.jpg"), by=enrolment.participant)
    HourProof.objects.create(entry=entry, file=stored, added_by=enrolment.participant)
    request = ConfirmationRequest.objects.create(
        supervisor=SupervisorFactory(introduced=True),
        shown_by=enrolment.participant,
        expires_at=timezone.now() + timezone.timedelta(days=1),
    )
    ConfirmationLine.objects.create(request=request, entry=entry, seen=entry.changed_at)
    # A signed list of a meeting, and a slip for somebody else: with names of others on them.
    for name in (f"lijst-{word}.jpg", f"slip-{word}.jpg"):
        storing.store(photo(name), by=enrolment.participant)
    signed, slip = enrolment.participant.stored_files.order_by("-pk")[:2]
    attendance = enrolment.attendances.first()
    SessionProof.objects.create(
        session=attendance.session, file=signed, added_by=enrolment.participant
    )
    HourProof.objects.create(
        entry=HourEntryFactory(), file=slip, kind="slip", added_by=enrolment.participant
    )


def plans(enrolment, word, gop):
    person = enrolment.participant
    pop = PopFactory(enrolment=enrolment)
    version = PlanVersionFactory(plan=pop, author=person, sections={"goed": word})
    FeedbackFactory(version=version, text=f"Reactie aan {word}")
    LearningGoal.objects.create(plan=pop, position=1, what=word, why=word, actions=word)
    group = PlanVersionFactory(plan=gop, author=person, shared=True, sections={"doel": word})
    FeedbackFactory(version=group, author=person, text=word)
    EndorsementFactory(version=group, enrolment=enrolment)


def talk(enrolment, word):
    person = enrolment.participant
    interview = FinalInterviewFactory(
        enrolment=enrolment,
        passed=True,
        strengths=word,
        advice=word,
        online_link="https://vergadering.example/geheim",
    )
    item = InterviewItemFactory(interview=interview, joint_value="sufficient", motivation=word)
    seat = SeatFactory(interview=interview, rated=True, assessor__name="Bea Beoordelaar")
    RatingFactory(seat=seat, item=item, notes=f"Blind over {word}")
    InterviewReply.objects.create(interview=interview, author=person, text=word)
    objection = Objection.objects.create(interview=interview, text=word, made_by=person)
    objection.items.set([item])
    Amendment.objects.create(
        item=item,
        old_value="not_yet",
        new_value="sufficient",
        reason=word,
        decided_by=interview.finalised_by,
    )
    EvidenceItem.objects.create(enrolment=enrolment, text=word)


def afterwards(enrolment, word):
    staff = RoleFactory(cohort=enrolment.cohort, user__name="Tijn Trainer").user
    was_read(enrolment, by=staff)
    decided("pause_confirmed", enrolment, by=staff, reason=word)
    from_us = CertificateFactory(enrolment=enrolment, name=f"{word} Voorbeeld")
    from_us.lookups.create(day=MOMENT.date(), count=2)
    RevocationFactory(
        certificate=from_us,
        reason=word,
        asked_by=staff,
        answer="rejected",
        answered_by=RoleFactory(coordinator=True).user,
        answered_at=MOMENT,
    )


def heard(enrolment, word):
    """What we let this person hear, and what somebody who is staff elsewhere wrote."""
    MailChoice.objects.create(user=enrolment.participant, reminders_off_at=MOMENT)
    ReminderFactory(enrolment=enrolment)
    PhoneCallFactory(enrolment=enrolment)
    DeliveryFactory(enrolment=enrolment, message__text=word)
    MessageFactory(author=enrolment.participant, text=word)


def photo(name):
    return SimpleUploadedFile(name, corpus.photo_taken_sideways())


def unpacked(pieces):
    """What is in a ZIP, by name."""
    with zipfile.ZipFile(io.BytesIO(b"".join(pieces))) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}
