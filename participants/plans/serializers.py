"""The shapes of the API; they decide nothing."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from participants.enrolments.models import Enrolment
from participants.plans.models import TAKING_PART, DevelopmentPlan, Feedback, PlanVersion
from participants.plans.writing import LONGEST_FEEDBACK
from participants.tracks.models import Cohort


class VisibleField(serializers.PrimaryKeyRelatedField):
    """An id of something that the one who asks can see; any other id does not exist."""

    def get_queryset(self):
        return super().get_queryset().visible_to(self.context["request"].user)


class VersionSerializer(serializers.ModelSerializer):
    """A version without what was written in it, as lists show it."""

    author = serializers.CharField(source="author.name", read_only=True)
    shared = serializers.BooleanField(source="is_shared", read_only=True)
    file = serializers.CharField(
        source="file.name", read_only=True, allow_null=True, default=None, help_text="Its name."
    )

    class Meta:
        model = PlanVersion
        fields = ["id", "number", "created_at", "author", "shared", "file"]
        read_only_fields = fields


class WrittenVersionSerializer(VersionSerializer):
    """``sections``: what was written on screen, by name; null for a file."""

    sections = serializers.DictField(child=serializers.CharField(), allow_null=True, read_only=True)

    class Meta(VersionSerializer.Meta):
        fields = [*VersionSerializer.Meta.fields, "sections"]
        read_only_fields = fields


class FeedbackSerializer(serializers.ModelSerializer):
    author = serializers.CharField(source="author.name", read_only=True)
    version = serializers.IntegerField(source="version.number", read_only=True)

    class Meta:
        model = Feedback
        fields = ["id", "version", "author", "text", "asks_for_more", "created_at"]
        read_only_fields = fields


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
    """One plan with what was written in it, and all that was said about it."""

    versions = WrittenVersionSerializer(source="seen_versions", many=True, read_only=True)
    feedback = serializers.SerializerMethodField()

    class Meta(PlanSerializer.Meta):
        fields = [*PlanSerializer.Meta.fields, "feedback"]
        read_only_fields = fields

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
    file = serializers.FileField(allow_empty_file=True)
    share = serializers.BooleanField(default=False, help_text="A POP only; a GOP always is.")


class NewSectionsSerializer(serializers.Serializer):
    """``based_on``: the number of the version you began from; 409 ``changed`` if it is older."""

    sections = serializers.DictField(
        child=serializers.CharField(allow_blank=True, trim_whitespace=False)
    )
    based_on = serializers.IntegerField(required=False, min_value=0)
    share = serializers.BooleanField(default=False, help_text="A POP only; a GOP always is.")


class NumberSerializer(serializers.Serializer):
    """``version``: the number that you read; 409 ``changed`` when it is another by now."""

    version = serializers.IntegerField(required=False)


class ReopeningSerializer(serializers.Serializer):
    """``endorsements``: how many you saw; 409 ``changed`` when it is another number by now."""

    endorsements = serializers.IntegerField(required=False, min_value=0)


class RemarkSerializer(serializers.Serializer):
    """About the latest shared version, or the one with the number ``version``."""

    text = serializers.CharField(max_length=LONGEST_FEEDBACK)
    asks_for_more = serializers.BooleanField(default=False)
    version = serializers.IntegerField(required=False)


class PaperSerializer(serializers.Serializer):
    enrolment = VisibleField(queryset=Enrolment.objects.filter(status__in=TAKING_PART))
