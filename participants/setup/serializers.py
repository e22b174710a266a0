"""What tracks, criteria, norms and cohorts look like through the API."""

from rest_framework import serializers

from leerlijn.shapes import Key, LightSerializer, Number, VisibleField
from participants.setup.cohorts import FACTS
from participants.setup.criteria import WORDS
from participants.setup.track_forms import PAPER
from participants.setup.wording import LABELS
from participants.tracks.models import Cohort, CohortBreak, InterviewCriterion, LearningTrack

LONGEST = 2000  # characters of a text
SMALLEST_COLUMN = 2**15 - 1


class Count(Number):
    """A norm that is a number of things, not of minutes."""

    def __init__(self, **options):
        super().__init__(max_value=SMALLEST_COLUMN, required=False, **options)


class NormsSerializer(serializers.Serializer):
    """Norms, in minutes where their name says so; what is left out stays as it is."""

    study_minutes = Number(min_value=1, required=False)
    work_minutes = Number(min_value=1, required=False)
    study_required = serializers.BooleanField(required=False)
    may_miss_one_in = Count(help_text="0: nothing may be missed.")
    late_entry_days = Count()
    assessors_required = Count(min_value=1)
    resits_allowed = Count()
    objection_days = Count()
    talk_behind_minutes = Number(required=False, help_text="0: never.")
    talk_first_days = Count()
    quiet_days = Count(help_text="0: never.")


class NormsChangeSerializer(NormsSerializer):
    reason = serializers.CharField(max_length=1000)


class SeenNormsChangeSerializer(NormsChangeSerializer):
    """``seen`` is that of the preview that was looked at."""

    seen = serializers.CharField(max_length=64)


class TurnSerializer(serializers.Serializer):
    """One person for whom criteria turn, by their keys."""

    enrolment = serializers.IntegerField(source="enrolment.pk")
    gained = serializers.ListField(child=serializers.CharField())
    lost = serializers.ListField(child=serializers.CharField())
    met_before = serializers.BooleanField()
    met_after = serializers.BooleanField()


class PreviewSerializer(serializers.Serializer):
    """Who gains and who loses; ``seen`` goes along with the change itself."""

    before = NormsSerializer()
    after = NormsSerializer()
    seen = serializers.CharField()
    turns = TurnSerializer(many=True)


class TrackSerializer(serializers.ModelSerializer):
    """A track with the norms of cohorts that have yet to begin."""

    class Meta:
        model = LearningTrack
        fields = [
            *("id", "name", "description", *PAPER),
            *("revoking_takes_two", "is_active", *LABELS),
        ]


class NewTrackSerializer(serializers.ModelSerializer):
    description = serializers.CharField(max_length=LONGEST, allow_blank=True, required=False)

    class Meta:
        model = LearningTrack
        fields = ["name", "description", *PAPER]
        extra_kwargs = {"name": {"validators": []}}  # the action asks


class TrackChangeSerializer(NewTrackSerializer):
    class Meta(NewTrackSerializer.Meta):
        fields = ["name", "description", "revoking_takes_two"]


class CriterionSerializer(serializers.ModelSerializer):
    """One thing to show in the final interview; ``replaced_by`` has it in other words."""

    class Meta:
        model = InterviewCriterion
        fields = ["id", "track", "position", *WORDS, "is_active", "replaced_by"]


class CriterionWordsSerializer(serializers.ModelSerializer):
    explanation = serializers.CharField(max_length=LONGEST, allow_blank=True, required=False)
    example_question = serializers.CharField(max_length=LONGEST, allow_blank=True, required=False)
    hint = serializers.CharField(max_length=LONGEST, allow_blank=True, required=False)

    class Meta:
        model = InterviewCriterion
        fields = WORDS
        validators = []  # the action asks


class NewCriterionSerializer(CriterionWordsSerializer):
    track = VisibleField(queryset=LearningTrack.objects.all())

    class Meta(CriterionWordsSerializer.Meta):
        fields = ["track", *WORDS]


class CohortSerializer(LightSerializer):
    track = serializers.CharField(source="track.name")

    class Meta:
        model = Cohort
        fields = ["id", "name", "track", "starts_on", "ends_on", "study_minutes", "work_minutes"]


class BreakSerializer(serializers.ModelSerializer):
    """From the first day up to and with the last."""

    class Meta:
        model = CohortBreak
        fields = ["id", "name", "starts_on", "ends_on"]
        validators = []  # the action asks, with a code


class DaysSerializer(serializers.Serializer):
    name = serializers.CharField(max_length=Cohort._meta.get_field("name").max_length)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()


class CohortFactsSerializer(serializers.ModelSerializer):
    """Other facts; what is left out stays. A cohort that has begun keeps its first day."""

    class Meta:
        model = Cohort
        fields = FACTS
        validators = []  # the action asks


class NewCohortSerializer(DaysSerializer):
    track = VisibleField(queryset=LearningTrack.objects.all())


class CopySerializer(DaysSerializer):
    """``without`` are the meetings of the example that stay behind."""

    with_team = serializers.BooleanField(required=False, default=True)
    without = serializers.ListField(child=Key(), required=False, max_length=200)
