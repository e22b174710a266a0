from django.db.models import F
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.filters import OrderingFilter
from rest_framework.response import Response
from rest_framework.views import APIView

from leerlijn.acts import Acts
from leerlijn.shapes import LightSerializer
from participants import progress
from participants.accounts.models import Role, User
from participants.enrolments import actions as admitting
from participants.enrolments.acts_api import EnrolmentActs, NewPersonSerializer
from participants.enrolments.api import AdmissionSerializer, WhySerializer
from participants.enrolments.models import Enrolment
from participants.events.actions import was_read
from participants.overview.filters import EnrolmentFilter
from participants.overview.judging import JudgedFilters


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


@extend_schema_view(
    create=extend_schema(request=NewPersonSerializer, responses={201: EnrolmentSerializer})
)
class EnrolmentViewSet(EnrolmentActs, Acts, viewsets.ReadOnlyModelViewSet):
    """Your own enrolments, and those of the cohorts where you are staff."""

    serializer_class = EnrolmentSerializer
    filterset_class = EnrolmentFilter
    filter_backends = [JudgedFilters, OrderingFilter]
    ordering_fields = ["id", "name", "state"]
    ordering = ["id"]
    queryset = Enrolment.objects.none()

    def get_queryset(self):
        seen = Enrolment.objects.visible_to(self.request.user).with_state()
        # What ``ordering=name`` sorts by; the answer shows the name as it is written.
        seen = seen.annotate(name=F("participant__name_key")).select_related("participant")
        return progress.with_verdict(seen)

    def retrieve(self, request, *args, **kwargs):
        """One enrolment; that staff opened it is noted for its owner to see."""
        enrolment = self.get_object()
        self._was_opened(enrolment)
        return Response(self.get_serializer(enrolment).data)

    def _was_opened(self, enrolment):
        if enrolment.participant_id != self.request.user.pk:
            was_read(enrolment, by=self.request.user)

    @extend_schema(responses=ProgressSerializer)
    @action(detail=True, pagination_class=None, filterset_class=None)
    def progress(self, request, pk):
        """The seven criteria, each with a sentence that says where it stands."""
        enrolment = self.get_object()
        self._was_opened(enrolment)
        seen = Enrolment.objects.visible_to(request.user).filter(pk=enrolment.pk)
        return Response(ProgressSerializer(progress.of(seen).get()).data)

    @extend_schema(request=AdmissionSerializer, responses=EnrolmentSerializer)
    @action(detail=True, methods=["post"])
    def admit(self, request, pk):
        """Let an applicant take part; a mail says how to log in."""
        enrolment, sent = self.get_object(), self.sent(AdmissionSerializer)
        admitting.admit(enrolment, by=request.user, **sent)
        return self.answer(self.get_object())

    @extend_schema(request=WhySerializer, responses=EnrolmentSerializer)
    @action(detail=True, methods=["post"])
    def decline(self, request, pk):
        """Tell an applicant no, and why; a mail says that there is a decision."""
        enrolment, sent = self.get_object(), self.sent(WhySerializer)
        admitting.decline(enrolment, by=request.user, **sent)
        return self.answer(self.get_object())
