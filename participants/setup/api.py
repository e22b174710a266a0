"""Setting up through the API: tracks, what their final interviews ask, and cohorts."""

import django_filters as filters
from django.shortcuts import get_object_or_404
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, viewsets
from rest_framework.decorators import action
from rest_framework.filters import OrderingFilter
from rest_framework.response import Response

from leerlijn.acts import Acts
from leerlijn.shapes import KeyFilter
from participants.accounts.models import Role
from participants.pace import breaks
from participants.receipts import made_once
from participants.setup import cohorts, copying, criteria, norms, tracks
from participants.setup import serializers as shapes
from participants.tracks.models import Cohort, InterviewCriterion, LearningTrack


class TrackViewSet(Acts, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """The learning tracks that are yours to arrange."""

    queryset = LearningTrack.objects.none()  # for the schema; see get_queryset
    serializer_class = shapes.TrackSerializer
    filter_backends = [OrderingFilter]
    ordering_fields = ["id", "name"]
    ordering = ("name", "pk")

    def get_queryset(self):
        return LearningTrack.objects.set_up_by(self.request.user)

    @extend_schema(request=shapes.NewTrackSerializer, responses={201: shapes.TrackSerializer})
    @made_once
    def create(self, request):
        """A new track with the usual norms."""
        sent = self.sent(shapes.NewTrackSerializer)
        return self.answer(tracks.make(by=request.user, **sent), status=201)

    @extend_schema(request=shapes.TrackChangeSerializer, responses=shapes.TrackSerializer)
    def partial_update(self, request, pk):
        """Another name or description."""
        track, sent = self.get_object(), self.sent(shapes.TrackChangeSerializer, partial=True)
        return self.answer(tracks.change(track, by=request.user, **sent))

    @extend_schema(request=shapes.NormsChangeSerializer, responses=shapes.TrackSerializer)
    @action(detail=True, methods=["post"])
    def norms(self, request, pk):
        """Other norms for cohorts that have yet to begin; those under way keep their own."""
        track, sent = self.get_object(), self.sent(shapes.NormsChangeSerializer)
        tracks.set_norms(track, by=request.user, reason=sent.pop("reason"), norms=sent)
        return self.answer(self.get_object())

    @extend_schema(request=None, responses=shapes.TrackSerializer)
    @action(detail=True, methods=["post"])
    def archive(self, request, pk):
        """No new cohort follows it; the old ones stay as they are."""
        return self.answer(tracks.archive(self.get_object(), by=request.user))

    @extend_schema(request=None, responses=shapes.TrackSerializer)
    @action(detail=True, methods=["post"])
    def restore(self, request, pk):
        """New cohorts may follow it again."""
        return self.answer(tracks.restore(self.get_object(), by=request.user))


class CriterionFilter(filters.FilterSet):
    """``cohort``: what its final interview asks, also when the track changed since."""

    track = KeyFilter(field_name="track_id")
    cohort = KeyFilter(method="asked_in")

    def asked_in(self, criteria, name, key):
        seen = Cohort.objects.visible_to(self.request.user)
        return criteria.filter(pk__in=get_object_or_404(seen, pk=key).criteria.values("pk"))


class CriterionViewSet(
    Acts, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet
):
    """What final interviews ask. A cohort that has begun keeps what it had."""

    queryset = InterviewCriterion.objects.none()  # for the schema; see get_queryset
    serializer_class = shapes.CriterionSerializer
    filterset_class = CriterionFilter
    filter_backends = [DjangoFilterBackend, OrderingFilter]
    ordering_fields = ["id", "position"]
    ordering = ("position", "pk")

    def get_queryset(self):
        return InterviewCriterion.objects.set_up_by(self.request.user).select_related("track")

    @extend_schema(
        request=shapes.NewCriterionSerializer, responses={201: shapes.CriterionSerializer}
    )
    @made_once
    def create(self, request):
        """One more, as the last."""
        sent = self.sent(shapes.NewCriterionSerializer)
        return self.answer(criteria.add(by=request.user, **sent), status=201)

    @extend_schema(request=shapes.CriterionWordsSerializer, responses=shapes.CriterionSerializer)
    def partial_update(self, request, pk):
        """Other words: a new criterion where this one has been asked."""
        criterion = self.get_object()
        sent = self.sent(shapes.CriterionWordsSerializer, partial=True)
        return self.answer(criteria.reword(criterion, by=request.user, **sent))

    @extend_schema(request=None, responses=shapes.CriterionSerializer)
    @action(detail=True, methods=["post"])
    def up(self, request, pk):
        """One place sooner."""
        return self.answer(criteria.move(self.get_object(), by=request.user, up=True))

    @extend_schema(request=None, responses=shapes.CriterionSerializer)
    @action(detail=True, methods=["post"])
    def down(self, request, pk):
        """One place later."""
        return self.answer(criteria.move(self.get_object(), by=request.user, up=False))

    @extend_schema(request=None, responses=shapes.CriterionSerializer)
    @action(detail=True, methods=["post"])
    def archive(self, request, pk):
        """It is asked no more of who has yet to begin."""
        return self.answer(criteria.archive(self.get_object(), by=request.user))

    @extend_schema(request=None, responses=shapes.CriterionSerializer)
    @action(detail=True, methods=["post"])
    def restore(self, request, pk):
        """It is asked again, as the last."""
        return self.answer(criteria.restore(self.get_object(), by=request.user))


class CohortViewSet(Acts, viewsets.ReadOnlyModelViewSet):
    """The cohorts where you have a role or take part; norms in minutes."""

    serializer_class = shapes.CohortSerializer
    queryset = Cohort.objects.none()

    def get_queryset(self):
        user = self.request.user
        seen = Cohort.objects.visible_to(user)
        if self.action == "restore":
            seen = Cohort.objects.under(user, *Role.STAFF)
        return seen.select_related("track")

    @extend_schema(request=shapes.NewCohortSerializer, responses={201: shapes.CohortSerializer})
    @made_once
    def create(self, request):
        """A cohort with the norms of its track."""
        sent = self.sent(shapes.NewCohortSerializer)
        return self.answer(cohorts.make(by=request.user, **sent), status=201)

    @extend_schema(request=shapes.CohortFactsSerializer, responses=shapes.CohortSerializer)
    def partial_update(self, request, pk):
        """Its name, its days, and whom people may call."""
        cohort, sent = self.get_object(), self.sent(shapes.CohortFactsSerializer, partial=True)
        return self.answer(cohorts.change(cohort, by=request.user, **sent))

    @extend_schema(request=shapes.CopySerializer, responses={201: shapes.CohortSerializer})
    @action(detail=True, methods=["post"])
    @made_once
    def copy(self, request, pk):
        """A cohort after this example: its norms, meetings, free days and team; no people."""
        example, sent = self.get_object(), self.sent(shapes.CopySerializer)
        return self.answer(copying.copy(example, by=request.user, **sent), status=201)

    @extend_schema(request=shapes.NormsSerializer, responses=shapes.PreviewSerializer)
    @action(detail=True, methods=["post"], url_path="norms-preview")
    def norms_preview(self, request, pk):
        """Who would gain and who would lose; nothing is changed."""
        cohort, sent = self.get_object(), self.sent(shapes.NormsSerializer)
        return self._seen(norms.preview(cohort, sent, by=request.user))

    @extend_schema(request=shapes.SeenNormsChangeSerializer, responses=shapes.PreviewSerializer)
    @action(detail=True, methods=["post"])
    def norms(self, request, pk):
        """Other norms for this cohort, after a look at ``norms-preview/``."""
        cohort, sent = self.get_object(), self.sent(shapes.SeenNormsChangeSerializer)
        told = {"reason": sent.pop("reason"), "seen": sent.pop("seen")}
        return self._seen(norms.change(cohort, sent, by=request.user, **told))

    @extend_schema(request=None, responses=shapes.CohortSerializer)
    @action(detail=True, methods=["post"])
    def archive(self, request, pk):
        """Put away a cohort that nobody is in and that was never held."""
        return self.answer(cohorts.archive(self.get_object(), by=request.user))

    @extend_schema(request=None, responses=shapes.CohortSerializer)
    @action(detail=True, methods=["post"])
    def restore(self, request, pk):
        """Take it back."""
        return self.answer(cohorts.restore(self.get_object(), by=request.user))

    @extend_schema(responses=shapes.BreakSerializer(many=True))
    @action(detail=True, pagination_class=None, filter_backends=[])
    def breaks(self, request, pk):
        """Its days without lessons."""
        return Response(shapes.BreakSerializer(self.get_object().breaks.all(), many=True).data)

    @extend_schema(request=shapes.BreakSerializer, responses={201: shapes.BreakSerializer})
    @breaks.mapping.post
    @made_once
    def add_break(self, request, pk):
        """Days on which nothing is expected."""
        cohort, sent = self.get_object(), self.sent(shapes.BreakSerializer)
        made = breaks.add(cohort, by=request.user, **sent)
        return Response(shapes.BreakSerializer(made).data, status=201)

    @extend_schema(request=None, responses={204: None})
    @action(
        detail=True, methods=["delete"], url_path=r"breaks/(?P<days>[0-9]{1,18})", url_name="break"
    )
    def remove_break(self, request, pk, days):
        """Let these days count again."""
        rows = self.get_object().breaks.select_related("cohort")
        breaks.remove(get_object_or_404(rows, pk=days), by=request.user)
        return Response(status=204)

    def _seen(self, preview):
        return Response(shapes.PreviewSerializer(preview).data)
