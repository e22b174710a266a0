"""The shapes of the API; they decide nothing."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from leerlijn.shapes import Key, Number, VisibleField
from participants.enrolments.models import Enrolment
from participants.plans import reading
from participants.plans.goal import LearningGoal
from participants.plans.goals import LONGEST, LONGEST_WHAT
from participants.plans.models import TAKING_PART, DevelopmentPlan, Feedback, PlanVersion
from participants.plans.remarks import LONGEST_FEEDBACK
from participants.tracks.models import Cohort


class VersionSerializer(serializers.ModelSerializer):
    """A version without what was written in it, as lists show it."""

    author = serializers.CharField(source="author.name", read_only=True)
    shared = serializers.BooleanField(source="is_shared", read_only=True)
    file = serializers.CharField(
        source="file.name", read_only=True, allow_null=True, default=None, help_text="Its name."
    )

    pages = serializers.IntegerField(
        read_only=True, allow_null=True, help_text="Of a file, as far as they can be counted."
    )

    class Meta:
        model = PlanVersion
        fields = ["id", "number", "created_at", "shared_at", "author", "shared", "file", "pages"]
        read_only_fields = fields


class GoalSerializer(serializers.ModelSerializer):
    """A goal as its owner has it now. Staff read what was shared of it, in the versions."""

    what = serializers.CharField(max_length=LONGEST_WHAT)
    why, actions, how_seen = (
        serializers.CharField(max_length=LONGEST, allow_blank=True, required=False)
        for _field in range(3)
    )

    class Meta:
        model = LearningGoal
        fields = ["id", "position", "what", "why", "actions", "until", "how_seen", "state"]
        read_only_fields = ["id", "position"]


class SharedGoalSerializer(serializers.Serializer):
    """A goal as it was when the version was shared."""

    goal = serializers.IntegerField()
    what = serializers.CharField()
    why = serializers.CharField()
    actions = serializers.CharField()
    until = serializers.DateField(allow_null=True)
    how_seen = serializers.CharField()
    state = serializers.ChoiceField(LearningGoal.State.choices)


class WrittenVersionSerializer(VersionSerializer):
    """``sections``: what was written on screen, by name; null for a file.

    ``goals``: as they were when it was shared. ``revision``: send it along when you change the
    draft again, to hear when somebody typed on in it meanwhile.
    """

    sections = serializers.DictField(child=serializers.CharField(), allow_null=True, read_only=True)
    goals = SharedGoalSerializer(many=True, read_only=True)

    class Meta(VersionSerializer.Meta):
        fields = [*VersionSerializer.Meta.fields, "sections", "goals", "revision"]
        read_only_fields = fields


class FeedbackSerializer(serializers.ModelSerializer):
    author = serializers.CharField(source="author.name", read_only=True)
    version = serializers.IntegerField(source="version.number", read_only=True)

    class Meta:
        model = Feedback
        fields = [
            "id",
            "version",
            "author",
            "text",
            "asks_for_more",
            "page",
            "section",
            "answers",
            "created_at",
        ]
        read_only_fields = fields


class ReaderSerializer(serializers.Serializer):
    """Somebody of staff who opened a POP, for its owner to see."""

    name = serializers.CharField()
    role = serializers.CharField()
    read_at = serializers.DateTimeField(help_text="The last time.")
    versions = serializers.ListField(child=serializers.IntegerField(), source="numbers")


class EndorsementsSerializer(serializers.Serializer):
    """Figures about the GOP that was completed; never names."""

    endorsed = serializers.IntegerField()
    members = serializers.IntegerField(source="member_count")
    endorsed_by_me = serializers.BooleanField()


class PlanSerializer(serializers.ModelSerializer):
    """A plan of ``reading.as_seen_by``. Of somebody else's POP only what was shared."""

    versions = VersionSerializer(source="seen_versions", many=True, read_only=True)
    completed_version = serializers.IntegerField(
        source="completed_version.number", read_only=True, allow_null=True, default=None
    )
    endorsements = serializers.SerializerMethodField(help_text="Null for a POP.")

    class Meta:
        model = DevelopmentPlan
        fields = [
            "id",
            "kind",
            "enrolment",
            "cohort",
            "status",
            "completed_version",
            "completed_at",
            "endorsements",
            "versions",
        ]
        read_only_fields = fields

    @extend_schema_field(EndorsementsSerializer(allow_null=True))
    def get_endorsements(self, plan):
        return EndorsementsSerializer(plan).data if plan.is_group else None


class WholePlanSerializer(PlanSerializer):
    """One plan with what was written in it, and all that was said about it.

    ``goals`` and ``read_by`` are for the owner of a POP; empty for anyone else.
    """

    versions = WrittenVersionSerializer(source="seen_versions", many=True, read_only=True)
    goals = GoalSerializer(source="own_goals", many=True, read_only=True)
    feedback = serializers.SerializerMethodField()
    read_by = serializers.SerializerMethodField()

    class Meta(PlanSerializer.Meta):
        fields = [*PlanSerializer.Meta.fields, "goals", "feedback", "read_by"]
        read_only_fields = fields

    @extend_schema_field(ReaderSerializer(many=True))
    def get_read_by(self, plan):
        if plan.is_group or not plan.owned:
            return []
        return ReaderSerializer(reading.readers([plan]).get(plan.pk, []), many=True).data

    @extend_schema_field(FeedbackSerializer(many=True))
    def get_feedback(self, plan):
        said = [one for version in plan.seen_versions for one in version.feedback.all()]
        return FeedbackSerializer(sorted(said, key=lambda one: one.pk), many=True).data


class BeginningSerializer(serializers.Serializer):
    """Of which plan: ``enrolment`` for a POP, ``cohort`` for a GOP."""

    kind = serializers.ChoiceField(DevelopmentPlan.Kind.choices)
    enrolment = VisibleField(queryset=Enrolment.objects.all(), required=False)
    cohort = VisibleField(queryset=Cohort.objects.all(), required=False)

    def validate(self, known):
        name = "cohort" if known["kind"] == DevelopmentPlan.Kind.GROUP else "enrolment"
        if name not in known:
            raise serializers.ValidationError({name: ["Stuur mee van wie dit plan is."]})
        return {"owner": known[name]}


class NewFileSerializer(serializers.Serializer):
    """One file, or several photos under the same name, which become one PDF."""

    file = serializers.ListField(child=serializers.FileField(allow_empty_file=True), min_length=1)
    share = serializers.BooleanField(default=False, help_text="A POP only; a GOP always is.")


class NewSectionsSerializer(serializers.Serializer):
    """``based_on``: the number of the version you began from; 409 ``changed`` if it is older.

    ``revision``: that of the draft you began from; 409 ``changed`` if it was typed on since.
    """

    sections = serializers.DictField(
        child=serializers.CharField(allow_blank=True, trim_whitespace=False)
    )
    based_on = Number(required=False)
    revision = Number(required=False)
    share = serializers.BooleanField(default=False, help_text="A POP only; a GOP always is.")


class SectionSerializer(serializers.Serializer):
    """One section of a GOP; 409 ``changed`` when it says something else since ``based_on``."""

    text = serializers.CharField(allow_blank=True, trim_whitespace=False)
    based_on = Number(required=False)


class PositionSerializer(serializers.Serializer):
    """``position``: 1 is first."""

    position = Number()


class NumberSerializer(serializers.Serializer):
    """``version``: the number that you read; 409 ``changed`` when it is another by now."""

    version = Number(required=False)


class ReopeningSerializer(serializers.Serializer):
    """``endorsements``: how many you saw; 409 ``changed`` when it is another number by now."""

    endorsements = Number(required=False)


class RemarkSerializer(serializers.Serializer):
    """About the latest shared version, or the one with the number ``version``."""

    text = serializers.CharField(max_length=LONGEST_FEEDBACK)
    asks_for_more = serializers.BooleanField(default=False)
    version = Number(required=False)
    page = Number(required=False, allow_null=True, help_text="Of a file.")
    section = serializers.CharField(
        required=False, allow_blank=True, max_length=20, help_text="Of what was written."
    )
    answers = Key(
        required=False, allow_null=True, help_text="The id of the remark that this replies to."
    )


class PaperSerializer(serializers.Serializer):
    enrolment = VisibleField(queryset=Enrolment.objects.filter(status__in=TAKING_PART))
