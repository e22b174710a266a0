from django.db.models import F
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.filters import OrderingFilter
from rest_framework.response import Response
from rest_framework.views import APIView

from leerlijn.shapes import LightSerializer
from participants import progress
from participants.accounts.models import Role, User
from participants.enrolments.models import Enrolment
from participants.overview.filters import EnrolmentFilter
from participants.tracks.models import Cohort


class RoleSerializer(serializers.ModelSerializer):
    class Meta:
        model = Role
        fields = ["kind", "cohort"]


class MeSerializer(serializers.ModelSerializer):
    roles = RoleSerializer(many=True)
    enrolments = serializers.SerializerMethodField()

    class Meta:
        model = User
        fields = ["email", "name", "roles", "enrolments"]

    @extend_schema_field(serializers.ListField(child=serializers.IntegerField()))
    def get_enrolments(self, user):
        return list(Enrolment.objects.own(user).order_by("pk").values_list("pk", flat=True))


class MeView(APIView):
    """Who is asking, with roles (``cohort`` null: organisation-wide) and own enrolments."""

    @extend_schema(responses=MeSerializer)
    def get(self, request):
        return Response(MeSerializer(request.user).data)


class CohortSerializer(LightSerializer):
    track = serializers.CharField(source="track.name")

    class Meta:
        model = Cohort
        fields = ["id", "name", "track", "starts_on", "ends_on", "study_minutes", "work_minutes"]


class CohortViewSet(viewsets.ReadOnlyModelViewSet):
    """The cohorts where you have a role or take part; norms in minutes."""

    serializer_class = CohortSerializer
    queryset = Cohort.objects.none()

    def get_queryset(self):
        return Cohort.objects.visible_to(self.request.user).select_related("track")


class EnrolmentSerializer(LightSerializer):
    name = serializers.CharField(source="participant.name")
    status = serializers.ChoiceField(source="state", choices=Enrolment.STATES)
    criteria_met = serializers.BooleanField()

    class Meta:
        model = Enrolment
        fields = ["id", "name", "cohort", "status", "criteria_met"]


class LineSerializer(serializers.Serializer):
    """One criterion: so much achieved (never capped) of so much required."""

    key = serializers.CharField()
    label = serializers.CharField()
    unit = serializers.ChoiceField(choices=["minutes", "meetings", "item"])
    required = serializers.IntegerField()
    achieved = serializers.IntegerField()
    submitted = serializers.IntegerField(help_text="Waiting for an answer; does not count yet.")
    met = serializers.BooleanField()
    exempted = serializers.SerializerMethodField(
        help_text="An exemption stands: the criterion counts as met, or its norm is lowered."
    )
    explanation = serializers.CharField()
    waiting_on = serializers.CharField(allow_null=True, help_text="Who acts next.")

    @extend_schema_field(serializers.BooleanField())
    def get_exempted(self, line):
        return line["exempted"] or bool(line["lowered_by"])


class ProgressSerializer(serializers.Serializer):
    enrolment = serializers.IntegerField(source="pk")
    criteria_met = serializers.BooleanField()
    criteria = serializers.SerializerMethodField()

    @extend_schema_field(LineSerializer(many=True))
    def get_criteria(self, enrolment):
        return LineSerializer(progress.lines(enrolment), many=True).data


class EnrolmentViewSet(viewsets.ReadOnlyModelViewSet):
    """Your own enrolments, and those of the cohorts where you are staff."""

    serializer_class = EnrolmentSerializer
    filterset_class = EnrolmentFilter
    filter_backends = [DjangoFilterBackend, OrderingFilter]
    ordering_fields = ["id", "name", "state"]
    ordering = ["id"]
    queryset = Enrolment.objects.none()

    def get_queryset(self):
        seen = Enrolment.objects.visible_to(self.request.user).with_state()
        # What ``ordering=name`` sorts by; the answer shows the name as it is written.
        seen = seen.annotate(name=F("participant__name_key")).select_related("participant")
        return progress.with_verdict(seen)

    @extend_schema(responses=ProgressSerializer)
    @action(detail=True, pagination_class=None, filterset_class=None)
    def progress(self, request, pk):
        """The seven criteria, each with a sentence that says where it stands."""
        seen = Enrolment.objects.visible_to(request.user).filter(pk=self.get_object().pk)
        return Response(ProgressSerializer(progress.of(seen).get()).data)
