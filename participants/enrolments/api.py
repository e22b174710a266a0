"""Pauses and exemptions through the API, and the decision on an application."""

import django_filters as filters
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.filters import OrderingFilter
from rest_framework.response import Response

from leerlijn.acts import Acts
from leerlijn.shapes import KeyFilter, Number, VisibleField
from participants.enrolments import actions
from participants.enrolments.models import CriterionKey, Enrolment, Exemption, Pause
from participants.receipts import made_once

LONGEST = 2000  # characters of a reason


class OfEnrolmentFilter(filters.FilterSet):
    """For whatever hangs on an enrolment."""

    enrolment = KeyFilter(field_name="enrolment_id")
    cohort = KeyFilter(field_name="enrolment__cohort_id")


class PauseSerializer(serializers.ModelSerializer):
    """Dates, never a reason. It counts once it is confirmed; without ``ends_on`` it is open."""

    enrolment = VisibleField(queryset=Enrolment.objects.all())

    class Meta:
        model = Pause
        fields = ["id", "enrolment", "starts_on", "ends_on", "requested_at", "confirmed_at"]
        read_only_fields = ["requested_at", "confirmed_at"]
        validators = []  # the action asks, with a code


class LastDaySerializer(serializers.Serializer):
    on = serializers.DateField()


class ExemptionSerializer(serializers.ModelSerializer):
    """With ``minutes`` the norm is lowered by so many; without, the criterion counts as met."""

    enrolment = VisibleField(queryset=Enrolment.objects.all())
    criterion = serializers.ChoiceField(choices=CriterionKey.choices)
    minutes = Number(min_value=1, allow_null=True, required=False)
    reason = serializers.CharField(max_length=LONGEST, help_text="Nothing about health.")

    class Meta:
        model = Exemption
        fields = [
            "id",
            "enrolment",
            "criterion",
            "minutes",
            "reason",
            "granted_at",
            "withdrawn_at",
        ]
        read_only_fields = ["granted_at", "withdrawn_at"]
        validators = []  # the action asks, with a code


class WhySerializer(serializers.Serializer):
    reason = serializers.CharField(max_length=LONGEST)


class AdmissionSerializer(WhySerializer):
    """Without ``starts_on`` from today, or from the first day of a cohort that has to begin."""

    starts_on = serializers.DateField(required=False, allow_null=True)


class OfEnrolmentViewSet(
    Acts,
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    viewsets.GenericViewSet,
):
    """What hangs on the enrolments that one can see."""

    filterset_class = OfEnrolmentFilter
    filter_backends = [DjangoFilterBackend, OrderingFilter]
    ordering_fields = ["id"]
    ordering = ("pk",)


class PauseViewSet(OfEnrolmentViewSet):
    """Times away from the track, of yourself and of the people whose staff you are."""

    queryset = Pause.objects.none()  # for the schema; see get_queryset
    serializer_class = PauseSerializer

    def get_queryset(self):
        return Pause.objects.visible_to(self.request.user).select_related("enrolment")

    @extend_schema(request=PauseSerializer, responses={201: PauseSerializer})
    @made_once
    def create(self, request):
        """Ask for a pause, for yourself or one of your people; a coordinator's stands at once."""
        sent = self.sent(PauseSerializer)
        return self.answer(actions.request_pause(**sent, by=request.user), status=201)

    def destroy(self, request, pk):
        """Take a pause away: your own request, or as coordinator any."""
        actions.drop_pause(self.get_object(), by=request.user)
        return Response(status=204)

    @extend_schema(request=None, responses=PauseSerializer)
    @action(detail=True, methods=["post"])
    def confirm(self, request, pk):
        """Let a requested pause count."""
        actions.confirm_pause(self.get_object(), by=request.user)
        return self.answer(self.get_object())

    @extend_schema(request=LastDaySerializer, responses=PauseSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request, pk):
        """Another last day; who it is about can only come back sooner."""
        pause, sent = self.get_object(), self.sent(LastDaySerializer)
        actions.end_pause(pause, sent["on"], by=request.user)
        return self.answer(self.get_object())


class ExemptionViewSet(OfEnrolmentViewSet):
    """Criteria that count as met, and norms that were lowered; for the person and for staff."""

    queryset = Exemption.objects.none()  # for the schema; see get_queryset
    serializer_class = ExemptionSerializer

    def get_queryset(self):
        return Exemption.objects.visible_to(self.request.user).select_related("enrolment")

    @extend_schema(request=ExemptionSerializer, responses={201: ExemptionSerializer})
    @made_once
    def create(self, request):
        """Give an exemption, with a reason."""
        sent = self.sent(ExemptionSerializer)
        return self.answer(actions.exempt(**sent, by=request.user), status=201)

    @extend_schema(request=None, responses=ExemptionSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request, pk):
        """Let the criterion count again as it is."""
        actions.withdraw_exemption(self.get_object(), by=request.user)
        return self.answer(self.get_object())
