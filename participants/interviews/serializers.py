"""The shapes of the API; they decide nothing."""

from django.contrib.auth import get_user_model
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from leerlijn.shapes import Key, VisibleField
from participants.enrolments.models import Enrolment
from participants.interviews.items import InterviewItem, Rating
from participants.interviews.models import FinalInterview, Value


class AssessorSerializer(serializers.ModelSerializer):
    class Meta:
        model = get_user_model()
        fields = ["id", "name"]


class ItemSerializer(serializers.ModelSerializer):
    """One criterion; ``value`` is the joint rating, as far as the reader may see it."""

    explanation = serializers.CharField(source="criterion.explanation", read_only=True)
    value = serializers.SerializerMethodField()

    class Meta:
        model = InterviewItem
        fields = ["id", "title", "explanation", "required", "value"]

    @extend_schema_field(serializers.ChoiceField(Value.choices, allow_null=True))
    def get_value(self, item):
        return item.joint_value if self.context["shows_joint"] else None


class InterviewSerializer(serializers.ModelSerializer):
    """An interview that came from ``as_seen_by``."""

    assessors = serializers.SerializerMethodField()
    criteria = serializers.SerializerMethodField()
    strengths = serializers.SerializerMethodField()
    advice = serializers.SerializerMethodField()
    online_link = serializers.CharField(read_only=True, help_text="Empty when it is not online.")

    class Meta:
        model = FinalInterview
        fields = [
            "id",
            "enrolment",
            "planned_at",
            "place",
            "online_link",
            "status",
            "assessors",
            "criteria",
            "strengths",
            "advice",
            "result",
        ]
        read_only_fields = fields

    @extend_schema_field(AssessorSerializer(many=True))
    def get_assessors(self, interview):
        people = [seat.assessor for seat in interview.taken_seats]
        return AssessorSerializer(people, many=True).data

    @extend_schema_field(ItemSerializer(many=True))
    def get_criteria(self, interview):
        context = {"shows_joint": interview.shows_joint}
        return ItemSerializer(interview.items.all(), many=True, context=context).data

    def get_strengths(self, interview) -> str:
        return interview.strengths if interview.shows_joint else ""

    def get_advice(self, interview) -> str:
        return interview.advice if interview.shows_joint else ""


class WarningSerializer(serializers.Serializer):
    code = serializers.CharField()
    detail = serializers.CharField()


class PlannedSerializer(InterviewSerializer):
    """An interview that was just planned, with what is odd about the moment."""

    warnings = serializers.SerializerMethodField()

    class Meta(InterviewSerializer.Meta):
        fields = [*InterviewSerializer.Meta.fields, "warnings"]
        read_only_fields = fields

    @extend_schema_field(WarningSerializer(many=True))
    def get_warnings(self, interview):
        return [{"code": code, "detail": sentence} for code, sentence in interview.warnings]


class MomentSerializer(serializers.Serializer):
    """When and where; what is left out is empty."""

    planned_at = serializers.DateTimeField()
    place = serializers.CharField(max_length=120, required=False, allow_blank=True)
    online_link = serializers.URLField(max_length=200, required=False, allow_blank=True)


class PlanSerializer(MomentSerializer):
    """What a coordinator sends; ``guided_reasons`` is by id of an assessor."""

    enrolment = VisibleField(queryset=Enrolment.objects.all())
    assessors = serializers.ListField(child=Key(), max_length=20)
    guided_reasons = serializers.DictField(child=serializers.CharField(), required=False)

    def validate_guided_reasons(self, reasons):
        return {int(key): text for key, text in reasons.items() if key.isdecimal()}


class OneRatingSerializer(serializers.Serializer):
    criterion = Key(min_value=0)
    value = serializers.ChoiceField(choices=Value.choices, allow_blank=True, allow_null=True)
    notes = serializers.CharField(required=False, allow_blank=True, default="")


class RatingsSerializer(serializers.Serializer):
    """One's own ratings; ``independent`` declares independence, ``hand_in`` freezes."""

    ratings = OneRatingSerializer(many=True, required=False, default=list)
    hand_in = serializers.BooleanField(required=False, default=False)
    independent = serializers.BooleanField(required=False, default=False)


class OneJointSerializer(serializers.Serializer):
    criterion = Key(min_value=0)
    value = serializers.ChoiceField(choices=Value.choices, allow_null=True)
    motivation = serializers.CharField(required=False, allow_blank=True, default="")


class JointSerializer(serializers.Serializer):
    joint = OneJointSerializer(many=True)
    strengths = serializers.CharField(required=False, allow_blank=True)
    advice = serializers.CharField(required=False, allow_blank=True)


class FinaliseSerializer(serializers.Serializer):
    """Only who sat alone sends something: why, and how the talk was recorded."""

    alone_reason = serializers.CharField(required=False, allow_blank=True, default="")
    recorded_how = serializers.CharField(
        required=False, allow_blank=True, max_length=240, default=""
    )


class SeenRatingSerializer(serializers.ModelSerializer):
    criterion = serializers.IntegerField(source="item_id", read_only=True)
    assessor = serializers.IntegerField(source="seat.assessor_id", read_only=True)

    class Meta:
        model = Rating
        fields = ["criterion", "assessor", "value", "notes"]


class SeenRatingsSerializer(serializers.Serializer):
    """The ratings that the reader may see: the own ones, all once everyone has handed in."""

    ratings = SeenRatingSerializer(many=True)
    hand_in = serializers.BooleanField(help_text="Whether your own are handed in.")
    independent = serializers.BooleanField()
    everyone_rated = serializers.BooleanField()
