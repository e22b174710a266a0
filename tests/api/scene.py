"""Something of everything, so that a request made up by a machine finds what it asks about."""

from tests.access.world import World
from tests.factories import (
    EnrolmentFactory,
    EvidenceItemFactory,
    FinalInterviewFactory,
    HourEntryFactory,
    InterviewItemFactory,
    LearningGoalFactory,
    ObjectionFactory,
    SeatFactory,
    SessionFactory,
    TrainingFactory,
)
from tests.factories.ceremonies import BatchFactory, BatchLineFactory, BundleFactory
from tests.factories.certificates import CertificateFactory, RevocationFactory
from tests.participants.hours.scene import attached

NOON = "2025-04-01 12:00 +0200"  # a day in the cohort of the factories


class Scene(World):
    """``in_addresses`` and ``in_bodies`` are values that exist, by the name of what takes them.

    Of an address also by its resource: ``("hours", "id")``.
    """

    def __init__(self):
        self.attendance, self.tick, self.coordinator  # noqa: B018
        past = FinalInterviewFactory(
            enrolment=EnrolmentFactory(participant=self.participant), not_yet=True
        )
        InterviewItemFactory(interview=past, joint_value="not_yet")
        SeatFactory(interview=past, assessor=self.assessor, rated=True)
        goal = LearningGoalFactory(plan=self.pop)
        of_member = HourEntryFactory(enrolment=self.member_enrolment)
        states = ["entry", "draft_entry", "returned_entry", "approved_entry", "withdrawn_entry"]
        entries = [of_member, *(getattr(self, state) for state in states)]
        certificate = CertificateFactory(enrolment=past.enrolment)
        revocation = RevocationFactory(certificate=certificate)
        more = SessionFactory(cohorts=[self.cohort]), TrainingFactory(track=self.cohort.track)
        asked = {"cohort": self.cohort, "asked_by": self.coordinator}
        batch, bundle = BatchFactory(**asked), BundleFactory(**asked)
        BatchLineFactory(batch=batch, enrolment=self.enrolment)
        versions = [self.pop_version, self.pop_draft, self.gop_version]
        enrolments = [self.enrolment, self.member_enrolment, past.enrolment, self.application]
        interviews = [self.interview, past]
        self.in_addresses = {
            ("batches", "id"): [batch.pk],
            ("bundles", "id"): [bundle.pk],
            ("certificates", "number"): [certificate.number],
            ("checklist-items", "id"): keys([self.checklist_item, self.tick.item]),
            ("check", "code"): [certificate.code],
            ("cohorts", "id"): keys([self.cohort, past.enrolment.cohort]),
            ("criteria", "id"): [self.criterion.pk],
            ("enrolments", "id"): keys(enrolments),
            ("exemptions", "id"): [self.exemption.pk],
            ("hours", "id"): keys(entries),
            ("hours", "proof"): [attached(self.entry).pk],
            ("interviews", "id"): keys(interviews),
            ("interviews", "item_pk"): [
                EvidenceItemFactory(enrolment=self.enrolment, goal=goal).pk
            ],
            ("interviews", "objection_pk"): [ObjectionFactory(interview=past).pk],
            ("interviews", "seat_pk"): keys(self.interview.seats.all()),
            ("interviews", "version_pk"): keys(versions),
            ("learning-places", "id"): [self.placement.place_id],
            ("pauses", "id"): [self.pause.pk],
            ("placements", "id"): [self.placement.pk],
            ("plans", "goal"): [goal.pk],
            ("plans", "id"): keys([self.pop, self.gop]),
            ("plans", "number"): [1, 2],
            ("plans", "section"): ["gezamenlijk_doel", "terugblik"],
            ("revocations", "id"): [revocation.pk],
            ("sessions", "id"): keys([self.session, more[0]]),
            ("tracks", "id"): [self.cohort.track_id],
            ("trainings", "date"): [self.training_date.pk],
            ("training-choices", "id"): keys([self.choice, self.proposal]),
            ("trainings", "id"): keys([self.training, more[1]]),
        }
        self.in_bodies = self._values_of_bodies(past, enrolments)

    def _values_of_bodies(self, past, enrolments):
        assessors = keys([self.assessor, self.other_assessor])
        return {
            "assessor": assessors,
            "assessors": [assessors],
            "cohort": [self.cohort.pk],
            "criteria": [keys(past.items.all())],
            "criterion": keys(self.interview.items.all()),
            "date": ["2025-03-04"],
            "enrolment": keys(enrolments),
            "item": keys([self.checklist_item, self.tick.item]),
            "minutes": [90, "1:30"],
            "place": [self.placement.place_id],
            "placement": [self.placement.pk],
            "sessions": [[self.session.pk]],
            "track": [self.cohort.track_id],
            "training": [self.training.pk],
            "training_choice": [self.choice.pk],
            "version": [0, 1],
        }


def keys(rows):
    return [row.pk for row in rows]
