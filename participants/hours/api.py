"""Hours through the API: the same rows, filters and actions as the pages."""

from django.shortcuts import get_object_or_404
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.filters import OrderingFilter
from rest_framework.response import Response

from participants.enrolments.models import Enrolment
from participants.files import serving, storing
from participants.hours import actions, proofs
from participants.hours.fields import MinutesField
from participants.hours.filters import HourEntryFilter
from participants.hours.models import HourEntry
from participants.hours.proofs import HourProof
from participants.hours.why import why_not_counted
from participants.placements.models import Placement
from participants.trainings.models import Training, TrainingChoice


@extend_schema_field(serializers.IntegerField())
class Own(serializers.PrimaryKeyRelatedField):
    """A key of something of one's own; what is somebody else's does not exist."""

    default_error_messages = {"does_not_exist": "Dit bestaat niet, of het is niet van jou."}

    def __init__(self, rows=None, **options):
        self.rows = rows
        super().__init__(**options)

    def get_queryset(self):
        return self.rows(self.context["request"].user)


@extend_schema_field(serializers.IntegerField())
class Minutes(MinutesField):
    """Whole minutes; text such as "1,5" or "1:30" is read as well."""


class HourEntrySerializer(serializers.ModelSerializer):
    """An entry as anyone who may see it reads it; the private note only as its owner."""

    minutes = serializers.IntegerField(read_only=True)
    training = serializers.IntegerField(
        source="training_choice.training_id", read_only=True, allow_null=True
    )
    # The supervisor at the learning place who gave the verdict, by name; None when staff did.
    confirmed_by = serializers.CharField(
        source="confirmed_by.name", read_only=True, allow_null=True, default=None
    )
    # Who of staff wrote it down for the participant, by name; None when they did so themselves.
    written_by = serializers.CharField(
        source="written_by.name", read_only=True, allow_null=True, default=None
    )
    why_not_counted = serializers.SerializerMethodField()
    return_reason = serializers.SerializerMethodField()

    class Meta:
        model = HourEntry
        fields = [
            "id",
            "enrolment",
            "kind",
            "date",
            "minutes",
            "starts_at",
            "ends_at",
            "description",
            "private_note",
            "placement",
            "training",
            "training_choice",
            "status",
            "why_not_counted",
            "return_reason",
            "corrects",
            "submitted_at",
            "reviewed_at",
            "confirmed_by",
            "written_by",
            "changed_at",
        ]
        read_only_fields = fields

    def to_representation(self, entry):
        shown = super().to_representation(entry)
        if entry.enrolment.participant_id != self.context["request"].user.pk:
            del shown["private_note"]
        return shown

    def get_why_not_counted(self, entry) -> str:
        return why_not_counted(entry)

    def get_return_reason(self, entry) -> str:
        return entry.return_reason if entry.status == HourEntry.Status.RETURNED else ""


class ChangeSerializer(serializers.Serializer):
    """What the owner may fill in. ``training`` is a training of the catalogue that was chosen."""

    kind = serializers.ChoiceField(HourEntry.Kind.choices)
    date = serializers.DateField()
    minutes = Minutes()
    starts_at = serializers.TimeField(required=False, allow_null=True)
    ends_at = serializers.TimeField(required=False, allow_null=True)
    description = serializers.CharField(max_length=500)
    private_note = serializers.CharField(required=False, allow_blank=True)
    placement = Own(
        rows=lambda user: Placement.objects.filter(enrolment__participant=user),
        required=False,
        allow_null=True,
    )
    training = Own(
        rows=lambda user: Training.objects.filter(
            choices__in=TrainingChoice.objects.owned_by(user)
        ).distinct(),
        required=False,
        allow_null=True,
    )
    training_choice = Own(rows=TrainingChoice.objects.owned_by, required=False, allow_null=True)

    def validate(self, known):
        """Turn a training of the catalogue into what was chosen of it in this enrolment."""
        if "training" in known:
            training = known.pop("training")
            known.setdefault("training_choice", training and self._choice_of(training, known))
        return known

    def _choice_of(self, training, known):
        enrolment = known.get("enrolment") or self.context["entry"].enrolment
        chosen = training.choices.open().filter(enrolment=enrolment).select_related("training")
        if choice := chosen.first():
            return choice
        raise serializers.ValidationError(
            {"training": [Own.default_error_messages["does_not_exist"]]}
        )


class NewSerializer(ChangeSerializer):
    """New hours; ``client_id`` sent twice makes one entry."""

    enrolment = Own(rows=lambda user: Enrolment.objects.filter(participant=user))
    client_id = serializers.UUIDField(required=False, allow_null=True)


class ApprovalSerializer(serializers.Serializer):
    """``seen``: the ``changed_at`` that the reviewer looked at; refused when it has changed."""

    note = serializers.CharField(required=False, allow_blank=True, max_length=240)
    seen = serializers.DateTimeField(required=False)


class ReturnSerializer(serializers.Serializer):
    reason = serializers.CharField(default="", allow_blank=True, max_length=1000)
    seen = serializers.DateTimeField(required=False)


class HourProofSerializer(serializers.ModelSerializer):
    """A file that goes with hours; a slip is a paper that was signed, recorded by staff."""

    name = serializers.CharField(source="file.name", read_only=True)
    size = serializers.IntegerField(source="file.size", read_only=True)

    class Meta:
        model = HourProof
        fields = ["id", "kind", "name", "size", "added_at"]
        read_only_fields = fields


class HourProofUploadSerializer(serializers.Serializer):
    file = serializers.FileField(allow_empty_file=True)


class HourEntryViewSet(viewsets.ReadOnlyModelViewSet):
    """Your own hours, and those that the people of your cohorts handed in."""

    queryset = HourEntry.objects.none()  # for the schema
    serializer_class = HourEntrySerializer
    filterset_class = HourEntryFilter
    filter_backends = [DjangoFilterBackend, OrderingFilter]
    ordering_fields = ["id", "date", "minutes"]
    ordering = ["-date", "-pk"]

    def get_queryset(self):
        return HourEntry.objects.visible_to(self.request.user).with_people()

    @extend_schema(request=NewSerializer, responses={201: HourEntrySerializer})
    def create(self, request):
        """Hand in hours."""
        return self._answer(actions.log(by=request.user, **self._read(NewSerializer)), status=201)

    @extend_schema(request=ChangeSerializer, responses=HourEntrySerializer)
    def partial_update(self, request, pk):
        """Change your own hours, until they are approved."""
        entry = self.get_object()
        changes = self._read(ChangeSerializer, entry=entry, partial=True)
        return self._answer(actions.edit(entry, by=request.user, **changes))

    @extend_schema(request=None, responses=HourEntrySerializer)
    @action(detail=True, methods=["post"])
    def submit(self, request, pk):
        """Hand in a draft, or hours that came back."""
        return self._answer(actions.submit(self.get_object(), by=request.user))

    @extend_schema(request=None, responses=HourEntrySerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request, pk):
        """Take back hours that are not approved."""
        return self._answer(actions.withdraw(self.get_object(), by=request.user))

    @extend_schema(request=None, responses=HourEntrySerializer)
    @action(detail=True, methods=["post"])
    def restore(self, request, pk):
        """Put withdrawn hours back as a draft."""
        return self._answer(actions.restore(self.get_object(), by=request.user))

    @extend_schema(request=ChangeSerializer, responses={201: HourEntrySerializer})
    @action(detail=True, methods=["post"])
    def correct(self, request, pk):
        """Hand in what approved hours should have been; what is left out stays the same."""
        entry = self.get_object()
        changes = self._read(ChangeSerializer, entry=entry, partial=True)
        return self._answer(actions.correct(entry, by=request.user, **changes), status=201)

    @extend_schema(request=ApprovalSerializer, responses=HourEntrySerializer)
    @action(detail=True, methods=["post"])
    def approve(self, request, pk):
        """Let the minutes count."""
        entry, known = self.get_object(), self._read(ApprovalSerializer)
        return self._answer(actions.approve(entry, by=request.user, **known))

    @extend_schema(request=ReturnSerializer, responses=HourEntrySerializer)
    @action(detail=True, methods=["post"], url_path="return", url_name="return")
    def send_back(self, request, pk):
        """Return it to its owner, with what has to change."""
        entry, known = self.get_object(), self._read(ReturnSerializer)
        return self._answer(actions.send_back(entry, by=request.user, **known))

    @extend_schema(methods=["get"], responses=HourProofSerializer(many=True))
    @extend_schema(
        methods=["post"],
        request={"multipart/form-data": HourProofUploadSerializer},
        responses={201: HourProofSerializer},
    )
    @action(detail=True, methods=["get", "post"], pagination_class=None, filter_backends=[])
    def proofs(self, request, pk):
        """The files that go with these hours; POST adds one to hours of your own."""
        entry = self.get_object()
        if request.method == "GET":
            files = entry.proofs.select_related("file")
            return Response(HourProofSerializer(files, many=True).data)
        with storing.received(self._read(HourProofUploadSerializer)["file"]) as received:
            proof = proofs.attach(entry, received, by=request.user)
        return Response(HourProofSerializer(proof).data, status=201)

    @extend_schema(methods=["get"], responses={(200, "application/octet-stream"): bytes})
    @extend_schema(methods=["delete"], responses={204: None})
    @action(detail=True, methods=["get", "delete"], url_path=r"proofs/(?P<proof>\d{1,18})")
    def proof(self, request, pk, proof):
        """One file, to save; DELETE takes away one of your own."""
        found = get_object_or_404(
            self.get_object().proofs.select_related("file", "entry"), pk=proof
        )
        if request.method == "GET":
            return serving.attachment(found.file)
        proofs.detach(found, by=request.user)
        return Response(status=204)

    def _read(self, serializer, *, partial=False, entry=None):
        """What was sent, as the actions take it; raises what is not filled in well."""
        context = self.get_serializer_context() | {"entry": entry}
        sent = serializer(data=self.request.data, partial=partial, context=context)
        sent.is_valid(raise_exception=True)
        return sent.validated_data

    def _answer(self, entry, status=200):
        """The entry as it stands now, read anew with all that the answer names."""
        entry = HourEntry.objects.with_people().get(pk=entry.pk)
        return Response(self.get_serializer(entry).data, status=status)
