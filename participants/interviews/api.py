from django.db import transaction
from django.db.models import Prefetch
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.filters import OrderingFilter
from rest_framework.response import Response

from leerlijn.api import Filters
from participants.interviews import actions, planning, reports, seating
from participants.interviews.after_api import AfterActs
from participants.interviews.file_api import FileActs
from participants.interviews.filters import InterviewFilter
from participants.interviews.items import InterviewItem, Rating
from participants.interviews.models import FinalInterview, Seat
from participants.interviews.planning_api import PlanningActs
from participants.interviews.serializers import (
    FinaliseSerializer,
    InterviewSerializer,
    JointSerializer,
    PlannedSerializer,
    PlanSerializer,
    RatingsSerializer,
    SeenRatingsSerializer,
)
from participants.receipts import made_once


class InterviewViewSet(
    PlanningActs,
    FileActs,
    AfterActs,
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    viewsets.GenericViewSet,
):
    """Final interviews: your own, where you sit, and those of the cohorts you coordinate."""

    queryset = FinalInterview.objects.none()
    serializer_class = InterviewSerializer
    filterset_class = InterviewFilter
    filter_backends = [Filters, OrderingFilter]
    ordering_fields = ["planned_at", "id"]
    lookup_value_regex = "[0-9]+"

    def get_queryset(self):
        user = self.request.user
        seats = Seat.objects.taken().select_related("assessor")
        items = InterviewItem.objects.order_by("position").select_related("criterion")
        return (
            FinalInterview.objects.visible_to(user)
            .as_seen_by(user)
            .select_related("enrolment")
            .prefetch_related(
                Prefetch("seats", seats, to_attr="taken_seats"), Prefetch("items", items)
            )
        )

    def paginate_queryset(self, queryset):
        page = super().paginate_queryset(queryset)
        final = [interview for interview in page if interview.is_final]
        reports.opened(final, by=self.request.user)
        return page

    def retrieve(self, request, *args, **kwargs):
        reports.opened([self.get_object()], by=request.user)
        return super().retrieve(request, *args, **kwargs)

    @extend_schema(request=PlanSerializer, responses={201: PlannedSerializer})
    @made_once
    def create(self, request):
        """Plan a talk; what is odd about the moment is told, and does not stop you."""
        sent = self._sent(PlanSerializer)
        enrolment, keys = sent.pop("enrolment"), set(sent.pop("assessors"))
        assessors = list(seating.candidates(enrolment).filter(pk__in=keys))
        planned = actions.plan(enrolment, by=request.user, assessors=assessors, **sent)
        fresh = self.get_queryset().get(pk=planned.pk)
        fresh.warnings = planning.warnings(enrolment, planned.planned_at)
        return Response(PlannedSerializer(fresh).data, status.HTTP_201_CREATED)

    @extend_schema(responses=SeenRatingsSerializer)
    @action(detail=True, pagination_class=None, filter_backends=[])
    def ratings(self, request, pk):
        """Your own ratings; those of all once everyone has handed in."""
        return self._ratings()

    @extend_schema(request=RatingsSerializer, responses=SeenRatingsSerializer)
    @ratings.mapping.put
    def rate(self, request, pk):
        """Write your own ratings, and hand them in: after that they stay as they are."""
        interview, sent = self.get_object(), self._sent(RatingsSerializer)
        ratings = {one["criterion"]: (one["value"], one["notes"]) for one in sent["ratings"]}
        with transaction.atomic():
            if sent["independent"]:
                actions.declare_independent(interview, by=request.user)
            actions.rate(interview, by=request.user, ratings=ratings, hand_in=sent["hand_in"])
        return self._ratings()

    @extend_schema(request=JointSerializer, responses=InterviewSerializer)
    @action(detail=True, methods=["put"])
    def joint(self, request, pk):
        """What the assessors agree on for each criterion, once all have handed in."""
        interview, sent = self.get_object(), self._sent(JointSerializer)
        joint = {one["criterion"]: (one["value"], one["motivation"]) for one in sent.pop("joint")}
        actions.agree(interview, by=request.user, joint=joint, **sent)
        return self._answer(interview)

    @extend_schema(request=FinaliseSerializer, responses=InterviewSerializer)
    @action(detail=True, methods=["post"])
    def finalise(self, request, pk):
        """Make the result final; from then on the participant reads the report."""
        interview, sent = self.get_object(), self._sent(FinaliseSerializer)
        actions.finalise(interview, by=request.user, **sent)
        return self._answer(interview)

    def _sent(self, serializer_class):
        serializer = serializer_class(data=self.request.data, context=self.get_serializer_context())
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)

    def _answer(self, interview):
        fresh = self.get_queryset().get(pk=interview.pk)
        return Response(InterviewSerializer(fresh).data)

    def _ratings(self):
        interview = self.get_object()
        seat = seating.seat_of(interview, by=self.request.user)
        rows = Rating.objects.visible_to(self.request.user).filter(seat__interview=interview)
        answer = {
            "ratings": rows.select_related("seat"),
            "hand_in": bool(seat.rated_at),
            "independent": bool(seat.independent_at),
            "everyone_rated": interview.everyone_rated,
        }
        return Response(SeenRatingsSerializer(answer).data)
