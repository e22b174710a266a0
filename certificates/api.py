from django.http import Http404
from django.shortcuts import get_object_or_404
from django_filters.rest_framework import DjangoFilterBackend
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

from certificates import actions, checking, holding, limits, lookups
from certificates.filters import CertificateFilter
from certificates.models import Certificate
from certificates.papers import pdf_response
from certificates.serializers import (
    CertificateSerializer,
    CheckSerializer,
    CorrectSerializer,
    IssueSerializer,
    RevokeSerializer,
    ShownSerializer,
)
from participants.models import Enrolment


class WhateverIsAsked(DefaultContentNegotiation):
    """A PDF answers a PDF, also to who asks for JSON or for application/pdf; refusals are JSON."""

    def select_renderer(self, request, renderers, format_suffix=None):
        return renderers[0], renderers[0].media_type


class CertificateViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """Your own from the award date on, and those of the cohorts you coordinate."""

    queryset = Certificate.objects.none()
    serializer_class = CertificateSerializer
    filterset_class = CertificateFilter
    filter_backends = [DjangoFilterBackend, OrderingFilter]
    ordering_fields = ["number", "award_date", "issued_at"]
    ordering = ("-issued_at",)
    lookup_field = "number"
    lookup_value_regex = "[A-Z0-9-]+"

    def get_queryset(self):
        rows = Certificate.objects.visible_to(self.request.user).light()
        return rows.select_related("enrolment")

    @extend_schema(request=IssueSerializer, responses={201: CertificateSerializer})
    def create(self, request):
        sent = self._sent(IssueSerializer)
        enrolment = get_object_or_404(
            Enrolment.objects.visible_to(request.user), pk=sent["enrolment"]
        )
        issued = actions.issue(enrolment, by=request.user, award_date=sent.get("award_date"))
        return Response(CertificateSerializer(issued).data, status=status.HTTP_201_CREATED)

    @extend_schema(responses={(200, "application/pdf"): OpenApiTypes.BINARY})
    @action(detail=True, content_negotiation_class=WhateverIsAsked)
    def pdf(self, request, number):
        return pdf_response(self.get_object(), as_attachment=True)

    @extend_schema(request=RevokeSerializer)
    @action(detail=True, methods=["post"])
    def revoke(self, request, number):
        sent = self._sent(RevokeSerializer)
        actions.revoke(self.get_object(), by=request.user, reason=sent["reason"])
        return Response(self.get_serializer(self.get_object()).data)

    @extend_schema(request=CorrectSerializer, responses={201: CertificateSerializer})
    @action(detail=True, methods=["post"])
    def correct(self, request, number):
        sent = self._sent(CorrectSerializer)
        new = actions.correct(self.get_object(), by=request.user, name=sent["name"])
        return Response(CertificateSerializer(new).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=ShownSerializer)
    @action(detail=True, methods=["post"])
    def show(self, request, number):
        """The holder chooses how much the check page tells."""
        sent = self._sent(ShownSerializer)
        holding.show(self.get_object(), sent["shown"], by=request.user)
        return Response(self.get_serializer(self.get_object()).data)

    def _sent(self, serializer_class):
        serializer = serializer_class(data=self.request.data)
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
        lookups.counted(certificate, None)
        answer = CheckSerializer(checking.answer(certificate)).data
        return Response(answer, headers={"Cache-Control": "no-store"})
