"""What a coordinator changes about a planned talk, through the API: part of interviews."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action

from leerlijn.shapes import Key
from participants.interviews import actions, seating
from participants.interviews.serializers import InterviewSerializer, MomentSerializer


class SeatSerializer(serializers.Serializer):
    """``guided_reason``: why who is or was trainer of the participant may sit here after all."""

    assessor = Key()
    guided_reason = serializers.CharField(required=False, allow_blank=True, default="")


class ReplaceSerializer(SeatSerializer):
    """``leaves`` gives the seat to ``assessor``."""

    leaves = Key()


class LeaveOneSerializer(serializers.Serializer):
    """``absent`` was not there; the other assessor held the talk alone."""

    absent = Key()
    reason = serializers.CharField()
    recorded_how = serializers.CharField(max_length=240)


class PlanningActs:
    """``replan/``, ``not-held/``, ``replace/``, ``third/`` and ``leave-one/`` of one interview."""

    @extend_schema(request=MomentSerializer, responses=InterviewSerializer)
    @action(detail=True, methods=["post"])
    def replan(self, request, pk):
        """Another moment or place; participant and assessors get a mail."""
        interview, sent = self.get_object(), self._sent(MomentSerializer)
        actions.replan(interview, by=request.user, **sent)
        return self._answer(interview)

    @extend_schema(request=None, responses=InterviewSerializer)
    @action(detail=True, methods=["post"], url_path="not-held")
    def not_held(self, request, pk):
        """The talk did not happen: it is no attempt, and a new one can be planned."""
        interview = self.get_object()
        actions.not_held(interview, by=request.user)
        return self._answer(interview)

    @extend_schema(request=ReplaceSerializer, responses=InterviewSerializer)
    @action(detail=True, methods=["post"])
    def replace(self, request, pk):
        """Pass a seat on to another assessor, who starts with a clean sheet."""
        interview, sent = self.get_object(), self._sent(ReplaceSerializer)
        seat = self._seat_of(interview, sent.pop("leaves"))
        actions.replace_assessor(seat, by=request.user, **self._named(interview, sent))
        return self._answer(interview)

    @extend_schema(request=SeatSerializer, responses=InterviewSerializer)
    @action(detail=True, methods=["post"])
    def third(self, request, pk):
        """Two assessors do not agree: a third rates too, as blind as they were."""
        interview, sent = self.get_object(), self._sent(SeatSerializer)
        actions.add_third(interview, by=request.user, **self._named(interview, sent))
        return self._answer(interview)

    @extend_schema(request=LeaveOneSerializer, responses=InterviewSerializer)
    @action(detail=True, methods=["post"], url_path="leave-one")
    def leave_one(self, request, pk):
        """One assessor was not there, so the other rates alone."""
        interview, sent = self.get_object(), self._sent(LeaveOneSerializer)
        seat = self._seat_of(interview, sent.pop("absent"))
        actions.leave_one(seat, by=request.user, **sent)
        return self._answer(interview)

    def _seat_of(self, interview, assessor):
        return get_object_or_404(interview.seats.taken(), assessor=assessor)

    def _named(self, interview, sent):
        """``sent`` with the person in place of the key; 404 for who may not assess here."""
        found = get_object_or_404(seating.candidates(interview.enrolment), pk=sent.pop("assessor"))
        return {"new": found, "guided_reason": sent["guided_reason"]}
