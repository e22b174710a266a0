from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.filters import OrderingFilter
from rest_framework.response import Response

from leerlijn.acts import Acts
from leerlijn.api import Filters
from leerlijn.shapes import Number, VisibleField
from participants.enrolments.models import Enrolment
from participants.receipts import made_once
from participants.tracks.models import LearningTrack
from participants.trainings import actions, catalogue
from participants.trainings.filters import TrainingChoiceFilter, TrainingFilter
from participants.trainings.models import Training, TrainingChoice, TrainingDate


class TrainingDateSerializer(serializers.ModelSerializer):
    class Meta:
        model = TrainingDate
        fields = ["id", "date", "starts_at", "place", "note"]


class TrainingSerializer(serializers.ModelSerializer):
    dates = TrainingDateSerializer(
        many=True, read_only=True, source="coming_dates", help_text="From today on."
    )

    class Meta:
        model = Training
        fields = [
            "id",
            "title",
            "minutes",
            "description",
            "track",
            "provider",
            "where_and_when",
            "has_register",
            "dates",
        ]


class TrainingFactsSerializer(serializers.ModelSerializer):
    """Without ``track`` it is for all tracks; that is for who arranges the whole organisation."""

    track = VisibleField(queryset=LearningTrack.objects.all(), allow_null=True, required=False)
    description = serializers.CharField(max_length=2000, allow_blank=True, required=False)
    minutes = Number(min_value=1)

    class Meta:
        model = Training
        fields = [
            "title",
            "description",
            "track",
            "minutes",
            "provider",
            "where_and_when",
            "has_register",
        ]


class TrainingChoiceSerializer(serializers.ModelSerializer):
    """On POST ``training`` from the catalogue, or an ``own_title``: a proposal."""

    enrolment = VisibleField(queryset=Enrolment.objects.all())
    training = VisibleField(queryset=Training.objects.all(), allow_null=True, required=False)
    own_title = serializers.CharField(max_length=120, allow_blank=True, required=False)
    reason = serializers.CharField(max_length=2000, allow_blank=True, required=False)

    class Meta:
        model = TrainingChoice
        fields = ["id", "enrolment", "training", "own_title", "reason", "status", "answer"]
        read_only_fields = ["status", "answer"]
        validators = []  # the action asks, with a code

    def create(self, facts):
        by = self.context["request"].user
        training, title = facts.get("training"), facts.get("own_title", "")
        if training and title:
            raise ValidationError(
                _("Kies een training of schrijf een eigen titel op, niet allebei."),
                code="one_of_two",
            )
        if training:
            return actions.choose(facts["enrolment"], training, by=by)
        return actions.propose(facts["enrolment"], title, facts.get("reason", ""), by=by)


class AnswerSerializer(serializers.Serializer):
    answer = serializers.CharField(max_length=2000, allow_blank=True, required=False, default="")


class TrainingViewSet(Acts, viewsets.ReadOnlyModelViewSet):
    """The catalogue from which participants choose, and that whoever arranges a track fills."""

    queryset = Training.objects.none()  # for the schema; see get_queryset
    serializer_class = TrainingSerializer
    filterset_class = TrainingFilter
    filter_backends = [Filters, OrderingFilter]
    ordering_fields = ["title", "minutes"]
    ordering = ("title", "pk")

    def get_queryset(self):
        seen = Training.objects.visible_to(self.request.user).with_coming_dates()
        return seen if self.action == "restore" else seen.on_offer()

    @extend_schema(request=TrainingFactsSerializer, responses={201: TrainingSerializer})
    @made_once
    def create(self, request):
        """Put a training in the catalogue."""
        sent = self.sent(TrainingFactsSerializer)
        return self._as_seen(catalogue.add(by=request.user, **sent), status=201)

    @extend_schema(request=TrainingFactsSerializer, responses=TrainingSerializer)
    def partial_update(self, request, pk):
        """Other facts; who chose it keeps the choice."""
        training, sent = self.get_object(), self.sent(TrainingFactsSerializer, partial=True)
        return self._as_seen(catalogue.change(training, by=request.user, **sent))

    @extend_schema(request=None, responses=TrainingSerializer)
    @action(detail=True, methods=["post"])
    def archive(self, request, pk):
        """Nobody can choose it any more."""
        return self._as_seen(catalogue.archive(self.get_object(), by=request.user))

    @extend_schema(request=None, responses=TrainingSerializer)
    @action(detail=True, methods=["post"])
    def restore(self, request, pk):
        """It can be chosen again."""
        return self._as_seen(catalogue.restore(self.get_object(), by=request.user))

    @extend_schema(request=TrainingDateSerializer, responses={201: TrainingDateSerializer})
    @action(detail=True, methods=["post"])
    @made_once
    def dates(self, request, pk):
        """A day on which it is given."""
        training, sent = self.get_object(), self.sent(TrainingDateSerializer)
        day = catalogue.add_date(training, by=request.user, **sent)
        return Response(TrainingDateSerializer(day).data, status=201)

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["delete"], url_path=r"dates/(?P<date>\d{1,18})", url_name="date")
    def date(self, request, pk, date):
        """It is not given on that day after all."""
        day = get_object_or_404(self.get_object().dates.select_related("training"), pk=date)
        catalogue.remove_date(day, by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _as_seen(self, training, status=200):
        every = Training.objects.with_coming_dates()
        return self.answer(every.get(pk=training.pk), status=status)


class TrainingChoiceViewSet(
    mixins.CreateModelMixin,
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    viewsets.GenericViewSet,
):
    """What participants chose or proposed. Nobody chooses for somebody else."""

    queryset = TrainingChoice.objects.none()  # for the schema; see get_queryset
    serializer_class = TrainingChoiceSerializer
    filterset_class = TrainingChoiceFilter
    filter_backends = [Filters, OrderingFilter]
    ordering_fields = ["created_at"]
    ordering = ("pk",)

    def get_queryset(self):
        return TrainingChoice.objects.visible_to(self.request.user)

    @made_once
    def create(self, request):
        """Choose a training of the catalogue, or propose one of your own."""
        return super().create(request)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def drop(self, request, pk):
        """The participant lets go of it."""
        return self._answer(actions.drop(self.get_object(), by=request.user))

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def restore(self, request, pk):
        """The participant takes back that it was dropped."""
        return self._answer(actions.restore(self.get_object(), by=request.user))

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def complete(self, request, pk):
        """The participant followed it; hours are written down apart."""
        return self._answer(actions.complete(self.get_object(), by=request.user))

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def reopen(self, request, pk):
        """The participant takes back that it was followed."""
        return self._answer(actions.reopen(self.get_object(), by=request.user))

    @extend_schema(request=AnswerSerializer)
    @action(detail=True, methods=["post"])
    def accept(self, request, pk):
        """Staff say yes to a proposal."""
        return self._answered(accept=True)

    @extend_schema(request=AnswerSerializer)
    @action(detail=True, methods=["post"])
    def decline(self, request, pk):
        """Staff say no to a proposal, and why."""
        return self._answered(accept=False)

    def _answered(self, *, accept):
        choice = self.get_object()
        sent = AnswerSerializer(data=self.request.data)
        sent.is_valid(raise_exception=True)
        answer = sent.validated_data["answer"]
        return self._answer(
            actions.answer(choice, by=self.request.user, accept=accept, answer=answer)
        )

    def _answer(self, choice):
        return Response(self.get_serializer(choice).data, status=status.HTTP_200_OK)
