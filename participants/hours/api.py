"""Hours through the API: the same rows, filters and actions as the pages."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import viewsets
from rest_framework.decorators import action
from rest_framework.filters import OrderingFilter
from rest_framework.permissions import SAFE_METHODS
from rest_framework.response import Response

from leerlijn.api import Filters
from leerlijn.shapes import A_FILE
from participants import receipts
from participants.files import serving, storing
from participants.hours import actions, proofs, slips
from participants.hours import serializers as shapes
from participants.hours.filters import HourEntryFilter
from participants.hours.models import HourEntry


class HourEntryViewSet(viewsets.ReadOnlyModelViewSet):
    """Your own hours, and those that the people of your cohorts handed in."""

    queryset = HourEntry.objects.none()  # for the schema
    serializer_class = shapes.HourEntrySerializer
    filterset_class = HourEntryFilter
    filter_backends = [Filters, OrderingFilter]
    ordering_fields = ["id", "date", "minutes"]
    ordering = ["-date", "-pk"]

    def get_queryset(self):
        return shapes.shown(HourEntry.objects.visible_to(self.request.user))

    @extend_schema(request=shapes.NewSerializer, responses={201: shapes.HourEntrySerializer})
    def create(self, request):
        """Hand in hours."""
        sent = self._read(shapes.NewSerializer)
        return self._answer(actions.log(by=request.user, **sent), status=201)

    @extend_schema(request=shapes.ContentSerializer, responses=shapes.HourEntrySerializer)
    def partial_update(self, request, pk):
        """Change your own hours, until they are approved."""
        entry = self.get_object()
        changes = self._read(shapes.ContentSerializer, entry=entry, partial=True)
        return self._answer(actions.edit(entry, by=request.user, **changes))

    @extend_schema(request=None, responses=shapes.HourEntrySerializer)
    @action(detail=True, methods=["post"])
    def submit(self, request, pk):
        """Hand in a draft, or hours that came back."""
        return self._answer(actions.submit(self.get_object(), by=request.user))

    @extend_schema(request=None, responses=shapes.HourEntrySerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request, pk):
        """Take back hours that are not approved."""
        return self._answer(actions.withdraw(self.get_object(), by=request.user))

    @extend_schema(request=None, responses=shapes.HourEntrySerializer)
    @action(detail=True, methods=["post"])
    def restore(self, request, pk):
        """Put withdrawn hours back as a draft."""
        return self._answer(actions.restore(self.get_object(), by=request.user))

    @extend_schema(
        request=shapes.SentOnceSerializer(partial=True),
        responses={201: shapes.HourEntrySerializer},
    )
    @action(detail=True, methods=["post"])
    def correct(self, request, pk):
        """Hand in what approved hours should have been; what is left out stays the same."""
        entry = self.get_object()
        changes = self._read(shapes.SentOnceSerializer, entry=entry, partial=True)
        return self._answer(actions.correct(entry, by=request.user, **changes), status=201)

    @extend_schema(request=shapes.ApprovalSerializer, responses=shapes.HourEntrySerializer)
    @action(detail=True, methods=["post"])
    def approve(self, request, pk):
        """Let the minutes count."""
        entry, known = self.get_object(), self._read(shapes.ApprovalSerializer)
        return self._answer(actions.approve(entry, by=request.user, **known))

    @extend_schema(request=shapes.ReturnSerializer, responses=shapes.HourEntrySerializer)
    @action(detail=True, methods=["post"], url_path="return", url_name="return")
    def send_back(self, request, pk):
        """Return it to its owner, with what has to change."""
        entry, known = self.get_object(), self._read(shapes.ReturnSerializer)
        return self._answer(actions.send_back(entry, by=request.user, **known))

    @extend_schema(request=None, responses=shapes.HourEntrySerializer)
    @action(detail=True, methods=["post"], url_path="take-back")
    def take_back(self, request, pk):
        """Undo an approval that you gave in the last 14 days; it waits for a reviewer again."""
        return self._answer(actions.take_back(self.get_object(), by=request.user))

    @extend_schema(
        request=shapes.ForSomebodySerializer, responses={201: shapes.HourEntrySerializer}
    )
    @action(detail=False, methods=["post"], url_path="for-somebody")
    def for_somebody(self, request):
        """Staff hand in hours for a person, who reads it and may still change them."""
        sent = self._read(shapes.ForSomebodySerializer)
        return self._answer(actions.log_for(by=request.user, **sent), status=201)

    @extend_schema(methods=["get"], responses=shapes.HourProofSerializer(many=True))
    @extend_schema(
        methods=["post"],
        request={"multipart/form-data": shapes.HourProofUploadSerializer},
        responses={201: shapes.HourProofSerializer},
    )
    @action(detail=True, methods=["get", "post"], pagination_class=None, filter_backends=[])
    @receipts.takes_client_id
    def proofs(self, request, pk):
        """The files that go with these hours; POST adds one to hours of your own."""
        entry = self.get_object()
        if request.method in SAFE_METHODS:
            files = entry.proofs.select_related("file")
            return Response(shapes.HourProofSerializer(files, many=True).data)
        with storing.received(self._read(shapes.HourProofUploadSerializer)["file"]) as received:
            # The file was judged by now: nobody waits for that in a transaction.
            return receipts.answered(request, lambda: self._attached(entry, received))

    @extend_schema(methods=["get"], responses=A_FILE)
    @extend_schema(methods=["delete"], responses={204: None})
    @action(detail=True, methods=["get", "delete"], url_path=r"proofs/(?P<proof>\d{1,18})")
    def proof(self, request, pk, proof):
        """One file, to save; DELETE takes away one of your own."""
        found = get_object_or_404(
            self.get_object().proofs.select_related("file", "entry"), pk=proof
        )
        if request.method in SAFE_METHODS:  # HEAD too: it looks, and takes nothing away
            return serving.attachment(found.file)
        proofs.detach(found, by=request.user)
        return Response(status=204)

    @extend_schema(
        request={"multipart/form-data": shapes.SlipSerializer},
        responses={201: shapes.SlipAnswerSerializer},
    )
    @action(detail=False, methods=["post"])
    @receipts.takes_client_id
    def slips(self, request):
        """Staff approve hours of one person by a paper that the supervisor signed."""
        sent = self._read(shapes.SlipSerializer)
        rows = HourEntry.objects.visible_to(request.user).select_related("enrolment__participant")
        seen = list(rows.filter(pk__in=sent["entries"]))
        if len(seen) < len(set(sent["entries"])):
            raise Http404
        with storing.received(sent["file"]) as received:
            facts = {"by": request.user, "note": sent["note"]}
            return receipts.answered(request, lambda: _by_slip(seen, received, **facts))

    def _attached(self, entry, received):
        proof = proofs.attach(entry, received, by=self.request.user)
        return Response(shapes.HourProofSerializer(proof).data, status=201)

    def _read(self, serializer, *, partial=False, entry=None):
        """What was sent, as the actions take it; raises what is not filled in well."""
        context = self.get_serializer_context() | {"entry": entry}
        sent = serializer(data=self.request.data, partial=partial, context=context)
        sent.is_valid(raise_exception=True)
        return sent.validated_data

    def _answer(self, entry, status=200):
        """The entry as it stands now, read anew with all that the answer names."""
        entry = shapes.shown(HourEntry.objects).get(pk=entry.pk)
        return Response(self.get_serializer(entry).data, status=status)


def _by_slip(seen, received, **facts):
    refused = slips.approve_by_slip(seen, received, **facts)
    told = {
        "approved": [entry.pk for entry in seen if entry.pk not in refused],
        "refused": [
            {"entry": key, "code": each.code or "invalid", "detail": " ".join(each.messages)}
            for key, each in refused.items()
        ],
    }
    return Response(shapes.SlipAnswerSerializer(told).data, status=201)
