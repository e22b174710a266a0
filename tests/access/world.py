"""One small scene in which every actor of the matrix stands beside the same things."""

from functools import cached_property

from participants.models import Role
from tests.factories import (
    AttendanceFactory,
    BounceFactory,
    CalendarFeedFactory,
    ChecklistItemFactory,
    CohortBreakFactory,
    CohortFactory,
    DeliveryFactory,
    EnrolmentFactory,
    EvidenceItemFactory,
    ExemptionFactory,
    FinalInterviewFactory,
    GopFactory,
    HourEntryFactory,
    InterviewCriterionFactory,
    InterviewItemFactory,
    ObjectionFactory,
    PauseFactory,
    PlacementFactory,
    PlanVersionFactory,
    PopFactory,
    ReminderFactory,
    RoleFactory,
    SeatFactory,
    SessionFactory,
    SessionProofFactory,
    TickFactory,
    TrainingChoiceFactory,
    TrainingDateFactory,
    TrainingFactory,
    UserFactory,
)
from tests.factories.certificates import CertificateFactory


class World:
    """Things are made when they are first asked for; all belong to ``enrolment``."""

    @cached_property
    def cohort(self):
        return CohortFactory()

    @cached_property
    def other_cohort(self):
        return CohortFactory()

    @cached_property
    def enrolment(self):
        return EnrolmentFactory(cohort=self.cohort)

    @cached_property
    def member_enrolment(self):
        return EnrolmentFactory(cohort=self.cohort)

    # Actors

    @cached_property
    def anonymous(self):
        return None

    @cached_property
    def participant(self):
        return self.enrolment.participant

    @cached_property
    def member(self):
        return self.member_enrolment.participant

    @cached_property
    def outsider(self):
        return EnrolmentFactory(cohort=self.other_cohort).participant

    @cached_property
    def trainer(self):
        return RoleFactory(cohort=self.cohort).user

    @cached_property
    def assessor(self):
        return RoleFactory(cohort=self.cohort, assessor=True).user

    @cached_property
    def other_assessor(self):
        return RoleFactory(cohort=self.cohort, assessor=True).user

    @cached_property
    def other_trainer(self):
        return RoleFactory(cohort=self.other_cohort).user

    @cached_property
    def coordinator(self):
        return RoleFactory(coordinator=True).user

    @cached_property
    def administrator(self):
        return RoleFactory(administrator=True).user

    @cached_property
    def halfway(self):
        user = RoleFactory(coordinator=True).user
        RoleFactory(user=user, cohort=self.cohort)
        return RoleFactory(user=user, administrator=True).user

    # Things of ``participant``

    @cached_property
    def placement(self):
        return PlacementFactory(enrolment=self.enrolment)

    @cached_property
    def tick(self):
        return TickFactory(placement=self.placement)

    @cached_property
    def application(self):
        return EnrolmentFactory(cohort=self.cohort, applied=True)

    @cached_property
    def stopped(self):
        return EnrolmentFactory(cohort=self.cohort, stopped=True)

    @cached_property
    def pause(self):
        return PauseFactory(enrolment=self.enrolment)

    @cached_property
    def exemption(self):
        return ExemptionFactory(enrolment=self.enrolment)

    @cached_property
    def entry(self):
        return HourEntryFactory(enrolment=self.enrolment)

    @cached_property
    def draft_entry(self):
        return HourEntryFactory(enrolment=self.enrolment, draft=True)

    @cached_property
    def returned_entry(self):
        return HourEntryFactory(enrolment=self.enrolment, returned=True)

    @cached_property
    def approved_entry(self):
        return HourEntryFactory(enrolment=self.enrolment, approved=True)

    @cached_property
    def withdrawn_entry(self):
        return HourEntryFactory(enrolment=self.enrolment, withdrawn=True)

    @cached_property
    def training(self):
        return TrainingFactory(track=self.cohort.track)

    @cached_property
    def training_date(self):
        return TrainingDateFactory(training=self.training)

    @cached_property
    def criterion(self):
        return InterviewCriterionFactory(track=self.cohort.track)

    @cached_property
    def checklist_item(self):
        return ChecklistItemFactory(track=self.cohort.track)

    @cached_property
    def empty_cohort(self):
        """One that nobody is in, with the team of ``cohort``."""
        empty = CohortFactory(track=self.cohort.track)
        for actor in (self.trainer, self.assessor, self.other_assessor):
            RoleFactory(user=actor, kind=actor.roles.get().kind, cohort=empty)
        return empty

    @cached_property
    def choice(self):
        return TrainingChoiceFactory(enrolment=self.enrolment, training=self.training)

    @cached_property
    def proposal(self):
        return TrainingChoiceFactory(enrolment=self.enrolment, own=True)

    @cached_property
    def session(self):
        return SessionFactory(cohorts=[self.cohort])

    @cached_property
    def proof(self):
        return SessionProofFactory(session=self.session, added_by=self.trainer)

    @cached_property
    def calendar(self):
        return CalendarFeedFactory(user=self.participant)

    @cached_property
    def attendance(self):
        return AttendanceFactory(enrolment=self.enrolment, session=self.session)

    @cached_property
    def pop(self):
        return PopFactory(enrolment=self.enrolment, status="shared")

    @cached_property
    def pop_version(self):
        return PlanVersionFactory(plan=self.pop, shared=True, author=self.participant)

    @cached_property
    def pop_draft(self):
        return PlanVersionFactory(plan=self.pop, author=self.participant)

    @cached_property
    def gop(self):
        return GopFactory(cohort=self.cohort, status="shared")

    @cached_property
    def gop_version(self):
        return PlanVersionFactory(plan=self.gop, shared=True, author=self.participant)

    @cached_property
    def interview(self):
        interview = FinalInterviewFactory(enrolment=self.enrolment)
        InterviewItemFactory(interview=interview)
        SeatFactory(interview=interview, assessor=self.assessor)
        SeatFactory(
            interview=interview,
            assessor=RoleFactory(cohort=self.cohort, kind=Role.Kind.ASSESSOR).user,
        )
        return interview

    @cached_property
    def filed_goal(self):
        return EvidenceItemFactory(enrolment=self.interview.enrolment, goal__plan=self.pop)

    @cached_property
    def final_interview(self):
        interview = FinalInterviewFactory(enrolment=self.enrolment, not_yet=True)
        InterviewItemFactory(interview=interview, joint_value="not_yet")
        SeatFactory(interview=interview, assessor=self.assessor, rated=True)
        return interview

    @cached_property
    def objection(self):
        return ObjectionFactory(interview=self.final_interview)

    @cached_property
    def certificate(self):
        return CertificateFactory(enrolment=self.enrolment)

    @cached_property
    def delivery(self):
        return DeliveryFactory(enrolment=self.enrolment)

    @cached_property
    def held_reminder(self):
        return ReminderFactory(enrolment=self.enrolment, held=True)

    @cached_property
    def days_off(self):
        return CohortBreakFactory(cohort=self.cohort)

    @cached_property
    def bounce(self):
        return BounceFactory(address=self.participant.email)

    @cached_property
    def stranger(self):
        return UserFactory()
