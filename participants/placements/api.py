"""Learning places and who works there, through the API; and the list of what to arrange."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.filters import OrderingFilter
from rest_framework.response import Response

from leerlijn.acts import Acts
from leerlijn.shapes import Key, VisibleField
from participants.enrolments.api import LastDaySerializer, OfEnrolmentViewSet
from participants.enrolments.models import Enrolment
from participants.placements import actions, checklist, ticking
from participants.placements.checklist import ChecklistItem
from participants.placements.models import LearningPlace, Placement
from participants.receipts import made_once
from participants.tracks.models import LearningTrack


class LearningPlaceSerializer(serializers.ModelSerializer):
    class Meta:
        model = LearningPlace
        fields = ["id", "organisation", "team", "team_kind", "district"]
        validators = []  # the action asks


class PlacementSerializer(serializers.ModelSerializer):
    """``arranged`` of the ``to_arrange`` points of its list are ticked."""

    supervisor = serializers.CharField(source="supervisor.name")
    arranged = serializers.IntegerField()
    to_arrange = serializers.IntegerField()

    class Meta:
        model = Placement
        fields = [
            "id",
            "enrolment",
            "place",
            "supervisor",
            "form",
            "starts_on",
            "ends_on",
            "arranged",
            "to_arrange",
        ]


class SupervisorSerializer(serializers.Serializer):
    """Without an address no hours can be confirmed by mail."""

    name = serializers.CharField(max_length=120)
    email = serializers.EmailField(required=False, allow_blank=True)
    phone = serializers.CharField(max_length=30, required=False, allow_blank=True)


class NewPlacementSerializer(serializers.ModelSerializer):
    enrolment = VisibleField(queryset=Enrolment.objects.all())
    place = VisibleField(queryset=LearningPlace.objects.all())
    supervisor_name = serializers.CharField(max_length=120)
    supervisor_email = serializers.EmailField(required=False, allow_blank=True)
    supervisor_phone = serializers.CharField(max_length=30, required=False, allow_blank=True)

    class Meta:
        model = Placement
        fields = [
            "enrolment",
            "place",
            "supervisor_name",
            "supervisor_email",
            "supervisor_phone",
            "form",
            "starts_on",
            "ends_on",
        ]
        validators = []  # the action asks


class PointSerializer(serializers.Serializer):
    """A point of the list of a placement; ``ticked_at`` and ``ticked_by`` once it is arranged."""

    item = serializers.IntegerField()
    text = serializers.CharField()
    ticked_at = serializers.DateTimeField(allow_null=True)
    ticked_by = serializers.CharField(allow_null=True)


class WhichPointSerializer(serializers.Serializer):
    item = Key()


class ChecklistItemSerializer(serializers.ModelSerializer):
    class Meta:
        model = ChecklistItem
        fields = ["id", "track", "text", "is_active"]


class ItemWordsSerializer(serializers.Serializer):
    text = serializers.CharField(max_length=120)


class NewItemSerializer(serializers.ModelSerializer):
    track = VisibleField(queryset=LearningTrack.objects.all())

    class Meta:
        model = ChecklistItem
        fields = ["track", "text"]
        validators = []  # the action asks


class Listed(Acts, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """A list without filters, in the order of adding."""

    filter_backends = [OrderingFilter]
    ordering_fields = ["id"]
    ordering = ("pk",)


class LearningPlaceViewSet(Listed):
    """The teams where people learn by working."""

    queryset = LearningPlace.objects.none()  # for the schema; see get_queryset
    serializer_class = LearningPlaceSerializer

    def get_queryset(self):
        if self.action == "open":
            return LearningPlace.objects.listed_for(self.request.user)
        return LearningPlace.objects.visible_to(self.request.user)

    @extend_schema(request=LearningPlaceSerializer, responses={201: LearningPlaceSerializer})
    @made_once
    def create(self, request):
        """A team where people can work from now on."""
        sent = self.sent(LearningPlaceSerializer)
        return self.answer(actions.add_place(by=request.user, **sent), status=201)

    @extend_schema(request=LearningPlaceSerializer, responses=LearningPlaceSerializer)
    def partial_update(self, request, pk):
        """How it is called and where it is; who works there stays."""
        place, sent = self.get_object(), self.sent(LearningPlaceSerializer, partial=True)
        return self.answer(actions.change_place(place, by=request.user, **sent))

    @extend_schema(request=None, responses=LearningPlaceSerializer)
    @action(detail=True, methods=["post"])
    def close(self, request, pk):
        """Nobody is placed there any more; refused while somebody works there."""
        return self.answer(actions.close_place(self.get_object(), by=request.user))

    @extend_schema(request=None, responses=LearningPlaceSerializer)
    @action(detail=True, methods=["post"])
    def open(self, request, pk):
        """People can be placed there again."""
        return self.answer(actions.open_place(self.get_object(), by=request.user))


class PlacementViewSet(OfEnrolmentViewSet):
    """Who works where, of yourself and of the people whose staff you are."""

    queryset = Placement.objects.none()  # for the schema; see get_queryset
    serializer_class = PlacementSerializer

    def get_queryset(self):
        seen = Placement.objects.visible_to(self.request.user).with_names()
        return checklist.with_counts(seen).select_related("enrolment__cohort")

    @extend_schema(request=NewPlacementSerializer, responses={201: PlacementSerializer})
    @made_once
    def create(self, request):
        """Place somebody."""
        sent = self.sent(NewPlacementSerializer)
        return self._as_seen(actions.place(by=request.user, **sent), status=201)

    @extend_schema(request=LastDaySerializer, responses=PlacementSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request, pk):
        """Its last day."""
        placement, sent = self.get_object(), self.sent(LastDaySerializer)
        return self._as_seen(actions.end(placement, by=request.user, **sent))

    @extend_schema(request=SupervisorSerializer, responses=PlacementSerializer)
    @action(detail=True, methods=["post"])
    def supervise(self, request, pk):
        """Somebody else guides there from now on."""
        placement, sent = self.get_object(), self.sent(SupervisorSerializer)
        return self._as_seen(actions.supervise(placement, by=request.user, **sent))

    @extend_schema(responses=PointSerializer(many=True))
    @action(detail=True, pagination_class=None, filter_backends=[])
    def checklist(self, request, pk):
        """What has to be arranged, and what is."""
        return self._points(self.get_object())

    @extend_schema(request=WhichPointSerializer, responses=PointSerializer(many=True))
    @action(detail=True, methods=["post"], pagination_class=None, filter_backends=[])
    def tick(self, request, pk):
        """This point is arranged; answers the whole list."""
        return self._ticked(ticking.tick)

    @extend_schema(request=WhichPointSerializer, responses=PointSerializer(many=True))
    @action(detail=True, methods=["post"], pagination_class=None, filter_backends=[])
    def untick(self, request, pk):
        """This point is not arranged after all; answers the whole list."""
        return self._ticked(ticking.untick)

    def _ticked(self, deed):
        placement, sent = self.get_object(), self.sent(WhichPointSerializer)
        items = ChecklistItem.objects.filter(track=placement.enrolment.cohort.track_id)
        deed(placement, get_object_or_404(items, pk=sent["item"]), by=self.request.user)
        return self._points(placement)

    def _points(self, placement):
        lines = [
            {
                "item": item.pk,
                "text": tick.text if tick else item.text,
                "ticked_at": tick and tick.ticked_at,
                "ticked_by": tick and tick.ticked_by.name,
            }
            for item, tick in checklist.lines_of(placement)
        ]
        return Response(PointSerializer(lines, many=True).data)

    def _as_seen(self, placement, status=200):
        return self.answer(self.get_queryset().get(pk=placement.pk), status=status)


class ChecklistItemViewSet(Listed):
    """What has to be arranged at every learning place, of the tracks that are yours to arrange."""

    queryset = ChecklistItem.objects.none()  # for the schema; see get_queryset
    serializer_class = ChecklistItemSerializer

    def get_queryset(self):
        return ChecklistItem.objects.set_up_by(self.request.user)

    @extend_schema(request=NewItemSerializer, responses={201: ChecklistItemSerializer})
    @made_once
    def create(self, request):
        """A point for every learning place of a track."""
        sent = self.sent(NewItemSerializer)
        return self.answer(ticking.add_item(by=request.user, **sent), status=201)

    @extend_schema(request=ItemWordsSerializer, responses=ChecklistItemSerializer)
    def partial_update(self, request, pk):
        """Other words; what was ticked keeps those with which it was ticked."""
        item, sent = self.get_object(), self.sent(ItemWordsSerializer)
        return self.answer(ticking.reword_item(item, by=request.user, **sent))

    @extend_schema(request=None, responses=ChecklistItemSerializer)
    @action(detail=True, methods=["post"])
    def archive(self, request, pk):
        """The point is asked nowhere any more."""
        return self.answer(ticking.archive_item(self.get_object(), by=request.user))

    @extend_schema(request=None, responses=ChecklistItemSerializer)
    @action(detail=True, methods=["post"])
    def restore(self, request, pk):
        """The point is asked again."""
        return self.answer(ticking.restore_item(self.get_object(), by=request.user))
