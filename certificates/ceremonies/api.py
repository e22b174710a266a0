"""The ceremony through the API: who is ready, a batch for all of them, and one large file."""

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.filters import OrderingFilter
from rest_framework.response import Response

from certificates.ceremonies import actions, bundling
from certificates.ceremonies.downloads import downloaded
from certificates.ceremonies.models import Batch, BatchLine, Bundle
from certificates.offices import cohorts_of, handled_by
from certificates.readiness import preview
from leerlijn.acts import Acts
from leerlijn.shapes import Key
from participants.accounts import stepup
from participants.exports.models import Told, Why
from participants.models import Enrolment
from participants.receipts import made_once

FIELDS_OF_WORK = ["id", "cohort", "asked_at", "finished_at", "refusal"]


class BatchSerializer(serializers.ModelSerializer):
    """How far it is: of ``total`` people ``made`` have theirs, ``passed`` were passed over."""

    total = serializers.IntegerField()
    made = serializers.IntegerField()
    passed = serializers.IntegerField()

    class Meta:
        model = Batch
        fields = [*FIELDS_OF_WORK, "award_date", "total", "made", "passed"]


class NewBatchSerializer(serializers.Serializer):
    """Who gets a certificate; each that is not ready is passed over, with the reason."""

    cohort = Key()
    enrolments = serializers.ListField(child=Key(), allow_empty=False, max_length=500)
    award_date = serializers.DateField(required=False, help_text="Default today.")


class BatchLineSerializer(serializers.ModelSerializer):
    certificate = serializers.CharField(
        source="certificate.number", allow_null=True, default=None, help_text="Its number."
    )

    class Meta:
        model = BatchLine
        fields = ["enrolment", "state", "certificate", "why"]


class WhichCohortSerializer(serializers.Serializer):
    cohort = Key()


class CandidateSerializer(serializers.Serializer):
    """One person; ``missing`` are the criteria that are not met, by their keys."""

    enrolment = serializers.IntegerField(source="enrolment.pk")
    name = serializers.CharField(source="enrolment.printed_name", help_text="As printed.")
    name_confirmed = serializers.BooleanField(source="is_confirmed")
    can_be_made = serializers.BooleanField(help_text="Ready, and the name can be printed.")
    missing = serializers.SerializerMethodField()

    def get_missing(self, candidate) -> list[str]:
        return [line["key"] for line in candidate.missing]


class ReadinessSerializer(serializers.Serializer):
    ready = CandidateSerializer(many=True)
    not_ready = CandidateSerializer(many=True)


class BundleSerializer(serializers.ModelSerializer):
    """How far the file is; ``is_there`` once it can be fetched, until ``expires_at``."""

    is_there = serializers.SerializerMethodField()

    class Meta:
        model = Bundle
        fields = [*FIELDS_OF_WORK, "kind", "total", "done", "expires_at", "is_there"]

    def get_is_there(self, bundle) -> bool:
        return bool(bundle.path)


class NewBundleSerializer(serializers.Serializer):
    cohort = Key()
    kind = serializers.ChoiceField(Bundle.Kind.choices)
    why = serializers.ChoiceField(Why.choices, help_text="What it is for; this is noted.")
    reason = serializers.CharField(max_length=240, required=False, allow_blank=True, default="")

    def validate(self, sent):
        if sent["why"] == Why.OTHER and not sent["reason"]:
            raise serializers.ValidationError({"reason": "Schrijf kort op waar het voor is."})
        return sent


class WorkViewSet(Acts, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """Work for a whole cohort that is done in the background."""

    filter_backends = [OrderingFilter]
    ordering_fields = ["id"]
    ordering = ("-pk",)

    def _gone_on(self):
        found = self.get_object()
        actions.go_on(found, by=self.request.user)
        return self.answer(found)

    def _cohort(self, key):
        return get_object_or_404(cohorts_of(self.request.user).select_related("track"), pk=key)

    def _begun(self, work):
        return self.answer(self.get_queryset().get(pk=work.pk), status=201)


class BatchViewSet(WorkViewSet):
    """Certificates for many at once, of the cohorts where that is your work."""

    queryset = Batch.objects.none()  # for the schema; see get_queryset
    serializer_class = BatchSerializer

    def get_queryset(self):
        return Batch.objects.visible_to(self.request.user).with_counts()

    @extend_schema(request=NewBatchSerializer, responses={201: BatchSerializer})
    @stepup.required_in_api
    @made_once
    def create(self, request):
        """Have certificates made for these people; ask how far it is at its own address."""
        sent = self.sent(NewBatchSerializer)
        cohort, keys = self._cohort(sent["cohort"]), set(sent["enrolments"])
        people = Enrolment.objects.filter(cohort=cohort, pk__in=keys)
        if people.filter(pk__in=handled_by(request.user).values("pk")).count() < len(keys):
            raise Http404
        day = sent.get("award_date")
        return self._begun(actions.begin(cohort, people, by=request.user, award_date=day))

    @extend_schema(request=None, responses=BatchSerializer)
    @action(detail=True, methods=["post"], url_path="go-on")
    def go_on(self, request, pk):
        """Have the batch taken up again, where nobody is at it any more."""
        return self._gone_on()

    @extend_schema(responses=BatchLineSerializer(many=True))
    @action(detail=True, pagination_class=None, filter_backends=[])
    def lines(self, request, pk):
        """Each person, and what came of it."""
        mine = handled_by(request.user).values("pk")
        rows = self.get_object().lines.filter(enrolment__in=mine).select_related("certificate")
        rows = rows.defer("certificate__facts", "certificate__evidence")
        return Response(BatchLineSerializer(rows, many=True).data)

    @extend_schema(parameters=[WhichCohortSerializer], responses=ReadinessSerializer)
    @action(detail=False, pagination_class=None, filter_backends=[])
    def preview(self, request):
        """Who of a cohort can get a certificate now, and who cannot yet and why."""
        asked = WhichCohortSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        seen = preview(self._cohort(asked.validated_data["cohort"]), by=request.user)
        return Response(ReadinessSerializer(seen).data)


class BundleViewSet(WorkViewSet):
    """Large files of certificates, for who asked for them; gone after a day."""

    queryset = Bundle.objects.none()  # for the schema; see get_queryset
    serializer_class = BundleSerializer

    def get_queryset(self):
        mine = Bundle.objects.visible_to(self.request.user)
        return mine.filter(asked_by=self.request.user)

    @extend_schema(request=NewBundleSerializer, responses={201: BundleSerializer})
    @stepup.required_in_api
    @made_once
    def create(self, request):
        """Have all valid certificates of a cohort put in one file."""
        sent = self.sent(NewBundleSerializer)
        told = Told(sent["why"], sent["reason"])
        cohort = self._cohort(sent["cohort"])
        return self._begun(actions.bundle(cohort, sent["kind"], by=request.user, told=told))

    @extend_schema(request=None, responses=BundleSerializer)
    @action(detail=True, methods=["post"], url_path="go-on")
    def go_on(self, request, pk):
        """Have the files taken up again, where nobody is at it any more."""
        return self._gone_on()

    @extend_schema(
        responses={
            (200, "application/zip"): OpenApiTypes.BINARY,
            (200, "application/pdf"): OpenApiTypes.BINARY,
        }
    )
    @action(detail=True)
    @stepup.required_in_api
    def file(self, request, pk):
        """The file; 404 while it is being made, and once it is gone."""
        found = self.get_object()
        file = bundling.opened(found)
        if file is None:
            raise Http404
        return downloaded(FileResponse(file), found.kind)
