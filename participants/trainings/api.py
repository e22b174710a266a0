from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.filters import OrderingFilter
from rest_framework.response import Response

from leerlijn.shapes import VisibleField
from participants.enrolments.models import Enrolment
from participants.trainings import actions
from participants.trainings.filters import TrainingChoiceFilter, TrainingFilter
from participants.trainings.models import Training, TrainingChoice, TrainingDate


class TrainingDateSerializer(serializers.ModelSerializer):
    class Meta:
        model = TrainingDate
        fields = ["date", "starts_at", "place", "note"]


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
            "where_and_when",
            "has_register",
            "dates",
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


class TrainingViewSet(viewsets.ReadOnlyModelViewSet):
    """The catalogue from which participants choose."""

    queryset = Training.objects.none()  # for the schema; see get_queryset
    serializer_class = TrainingSerializer
    filterset_class = TrainingFilter
    filter_backends = [DjangoFilterBackend, OrderingFilter]
    ordering_fields = ["title", "minutes"]
    ordering = ("title", "pk")

    def get_queryset(self):
        return Training.objects.visible_to(self.request.user).on_offer().with_coming_dates()


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
    filter_backends = [DjangoFilterBackend, OrderingFilter]
    ordering_fields = ["created_at"]
    ordering = ("pk",)

    def get_queryset(self):
        return TrainingChoice.objects.visible_to(self.request.user)

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
