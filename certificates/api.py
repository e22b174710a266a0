from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import Throttled
from rest_framework.filters import OrderingFilter
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.permissions import AllowAny
from rest_framework.response import Response
from rest_framework.views import APIView

from certificates import actions, checking, discretion, ending, holding, limits, lookups, offices
from certificates.filters import CertificateFilter
from certificates.models import Certificate, Revocation
from certificates.papers import pdf_response
from certificates.serializers import (
    CertificateSerializer,
    CheckSerializer,
    CorrectSerializer,
    IssueSerializer,
    NoteSerializer,
    ReasonSerializer,
    RevocationSerializer,
    RevokeSerializer,
    ShownSerializer,
)
from leerlijn.api import Filters
from participants.accounts import stepup
from participants.events.actions import was_read
from participants.receipts import made_once


class WhateverIsAsked(DefaultContentNegotiation):
    """A PDF answers a PDF, also to who asks for JSON or for application/pdf; refusals are JSON."""

    def select_renderer(self, request, renderers, format_suffix=None):
        return renderers[0], renderers[0].media_type


class CertificateViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """Your own from the award date on, and those of the cohorts you coordinate."""

    queryset = Certificate.objects.none()
    serializer_class = CertificateSerializer
    filterset_class = CertificateFilter
    filter_backends = [Filters, OrderingFilter]
    ordering_fields = ["number", "award_date", "issued_at"]
    ordering = ("-issued_at",)
    lookup_field = "number"
    lookup_value_regex = "[A-Z0-9-]+"

    def get_queryset(self):
        rows = Certificate.objects.visible_to(self.request.user).light()
        return rows.with_links().select_related("enrolment")

    @extend_schema(request=IssueSerializer, responses={201: CertificateSerializer})
    @stepup.required_in_api
    @made_once
    def create(self, request):
        """Issue to who meets all criteria: once, and from then on its facts are frozen."""
        sent = self._sent(IssueSerializer)
        enrolment = get_object_or_404(offices.open_to(request.user), pk=sent["enrolment"])
        issued = actions.issue(enrolment, by=request.user, award_date=sent.get("award_date"))
        return self._answer(issued.number, status.HTTP_201_CREATED)

    @extend_schema(responses={(200, "application/pdf"): OpenApiTypes.BINARY})
    @action(detail=True, content_negotiation_class=WhateverIsAsked)
    def pdf(self, request, number):
        """The certificate itself: the bytes that were stored when it was issued."""
        certificate = self.get_object()
        self._was_opened(certificate)
        return pdf_response(certificate, as_attachment=True)

    def retrieve(self, request, *args, **kwargs):
        """One certificate; that staff opened it is noted for its holder to see."""
        certificate = self.get_object()
        self._was_opened(certificate)
        return Response(self.get_serializer(certificate).data)

    def _was_opened(self, certificate):
        if certificate.enrolment.participant_id != self.request.user.pk:
            was_read(certificate, by=self.request.user)

    @extend_schema(
        request=RevokeSerializer, responses={200: CertificateSerializer, 202: CertificateSerializer}
    )
    @action(detail=True, methods=["post"])
    @stepup.required_in_api
    def revoke(self, request, number):
        """It ends at once: 200. Where a second person decides, it waits: 202."""
        sent = self._sent(RevokeSerializer)
        waits = ending.revoke(self.get_object(), by=request.user, **sent)
        return self._answer(number, status.HTTP_202_ACCEPTED if waits else status.HTTP_200_OK)

    @extend_schema(request=ReasonSerializer)
    @action(detail=True, methods=["post"])
    @stepup.required_in_api
    def withdraw(self, request, number):
        """Before the award date: as if it never was."""
        sent = self._sent(ReasonSerializer)
        ending.withdraw(self.get_object(), by=request.user, reason=sent["reason"])
        return self._answer(number)

    @extend_schema(request=CorrectSerializer, responses={201: CertificateSerializer})
    @action(detail=True, methods=["post"])
    @stepup.required_in_api
    @made_once
    def correct(self, request, number):
        """Print the name anew: a new number takes the place of this one."""
        sent = self._sent(CorrectSerializer)
        new = actions.correct(self.get_object(), by=request.user, name=sent["name"])
        return self._answer(new.number, status.HTTP_201_CREATED)

    @extend_schema(request=ShownSerializer)
    @action(detail=True, methods=["post"])
    def show(self, request, number):
        """The holder chooses how much the check page tells."""
        sent = self._sent(ShownSerializer)
        holding.show(self.get_object(), sent["shown"], by=request.user)
        return self._answer(number)

    def _answer(self, number, status=status.HTTP_200_OK):
        row = get_object_or_404(self.get_queryset(), number=number)
        return Response(self.get_serializer(row).data, status=status)

    def _sent(self, serializer_class):
        return sent_to(self, serializer_class)


class RevocationViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """Wishes to revoke where the track asks two people: on your certificates, or for you."""

    queryset = Revocation.objects.none()
    serializer_class = RevocationSerializer
    ordering = ("-asked_at",)

    def get_queryset(self):
        rows = Revocation.objects.visible_to(self.request.user)
        return rows.select_related("certificate", "asked_by", "answered_by")

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    @stepup.required_in_api
    def confirm(self, request, pk):
        """A second person agrees: the certificate ends now."""
        return self._answered(ending.confirm)

    @extend_schema(request=NoteSerializer)
    @action(detail=True, methods=["post"])
    def reject(self, request, pk):
        """A second person does not agree: the certificate stays valid."""
        return self._answered(ending.reject, **sent_to(self, NoteSerializer))

    @extend_schema(request=None)
    @action(detail=True, methods=["post"], url_path="take-back")
    def take_back(self, request, pk):
        """Who asked for it does so no longer."""
        return self._answered(ending.take_back)

    def _answered(self, act, **sent):
        asked = self.get_object()
        act(asked, by=self.request.user, **sent)
        asked.refresh_from_db()
        return Response(self.get_serializer(asked).data)


def sent_to(view, serializer_class):
    """What was sent, as ``serializer_class`` reads it; a refusal names the field."""
    serializer = serializer_class(data=view.request.data)
    serializer.is_valid(raise_exception=True)
    return serializer.validated_data


class CheckView(APIView):
    """What a certificate says was earned, and its state today; for anyone who has its code."""

    authentication_classes = []
    permission_classes = [AllowAny]
    throttle_classes = []  # a whole party scans at once; unknown codes are counted below

    @extend_schema(responses=CheckSerializer, auth=[])
    def get(self, request, code):
        certificate = checking.by_code(code)
        if certificate is None:
            if limits.one_unknown_too_many(request):
                raise Throttled(wait=limits.seconds_left())
            raise Http404
        answer = Response(CheckSerializer(checking.answer(certificate)).data)
        return lookups.counted_after(answer, certificate)

    def finalize_response(self, *args, **kwargs):
        """Discreet whatever the answer is, a refusal too."""
        return discretion.quiet(super().finalize_response(*args, **kwargs))
