"""What comes after a final talk, through the API: part of the resource of interviews."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.response import Response

from leerlijn.shapes import Key
from participants.interviews import actions, filing
from participants.interviews.afterwards import Amendment, InterviewReply, Objection
from participants.interviews.models import Value
from participants.interviews.rating import known
from participants.receipts import made_once


class ReplySerializer(serializers.ModelSerializer):
    class Meta:
        model = InterviewReply
        fields = ["id", "text", "written_at"]
        read_only_fields = ["id", "written_at"]


class ObjectionSerializer(serializers.ModelSerializer):
    """``criteria`` are ids of criteria of this interview; ``outcome`` is empty while it waits."""

    criteria = serializers.PrimaryKeyRelatedField(source="items", many=True, read_only=True)
    outcome = serializers.ChoiceField(
        choices=Objection.Outcome.choices, allow_blank=True, read_only=True
    )

    class Meta:
        model = Objection
        fields = [
            "id",
            "criteria",
            "text",
            "made_at",
            "outcome",
            "motivation",
            "outsider",
            "decided_at",
        ]
        read_only_fields = fields


class AmendmentSerializer(serializers.ModelSerializer):
    criterion = serializers.IntegerField(source="item_id", read_only=True)

    class Meta:
        model = Amendment
        fields = ["id", "criterion", "old_value", "new_value", "reason", "objection", "decided_at"]
        read_only_fields = fields


class NewObjectionSerializer(serializers.Serializer):
    criteria = serializers.ListField(child=Key(), max_length=100)
    text = serializers.CharField()


class NewValueSerializer(serializers.Serializer):
    criterion = Key()
    value = serializers.ChoiceField(choices=Value.choices)


class DecisionSerializer(serializers.Serializer):
    """``values`` are the new joint ratings of named criteria, when the objection is upheld."""

    outcome = serializers.ChoiceField(choices=Objection.Outcome.choices)
    motivation = serializers.CharField()
    outsider = serializers.CharField(required=False, allow_blank=True, max_length=120, default="")
    values = NewValueSerializer(many=True, required=False, default=list)


class AmendSerializer(serializers.Serializer):
    values = NewValueSerializer(many=True)
    reason = serializers.CharField()


def by_key(values):
    return {one["criterion"]: one["value"] for one in values}


class AfterActs:
    """``replies/``, ``objections/`` and ``amendments/`` of one interview."""

    @extend_schema(responses=ReplySerializer(many=True))
    @action(detail=True, pagination_class=None, filter_backends=[])
    def replies(self, request, pk):
        """What the participant answered to the report."""
        rows = InterviewReply.objects.visible_to(request.user).filter(interview=self.get_object())
        return Response(ReplySerializer(rows, many=True).data)

    @extend_schema(request=ReplySerializer, responses={201: ReplySerializer})
    @replies.mapping.post
    @made_once
    def reply(self, request, pk):
        """The participant answers the report."""
        interview, sent = self.get_object(), self._sent(ReplySerializer)
        said = actions.reply(interview, sent["text"], by=request.user)
        return Response(ReplySerializer(said).data, status.HTTP_201_CREATED)

    @extend_schema(responses=ObjectionSerializer(many=True))
    @action(detail=True, pagination_class=None, filter_backends=[])
    def objections(self, request, pk):
        """Objections to the result, and what was decided."""
        rows = Objection.objects.visible_to(request.user).filter(interview=self.get_object())
        return Response(ObjectionSerializer(rows.prefetch_related("items"), many=True).data)

    @extend_schema(request=NewObjectionSerializer, responses={201: ObjectionSerializer})
    @objections.mapping.post
    @made_once
    def object(self, request, pk):
        """The participant objects to named criteria, within the term."""
        interview, sent = self.get_object(), self._sent(NewObjectionSerializer)
        filing.for_participant(interview.enrolment, by=request.user)
        items = known(interview, {key: ("", "") for key in sent["criteria"]})
        made = actions.make_objection(
            interview,
            by=request.user,
            items=[items[key] for key in sent["criteria"]],
            text=sent["text"],
        )
        return Response(ObjectionSerializer(made).data, status.HTTP_201_CREATED)

    @extend_schema(request=DecisionSerializer, responses=ObjectionSerializer)
    @action(
        detail=True,
        methods=["post"],
        url_path="objections/(?P<objection_pk>[0-9]+)/decide",
        url_name="decide",
    )
    def decide(self, request, pk, objection_pk):
        """Somebody who was no assessor decides; or the decision of an outsider is recorded."""
        rows = Objection.objects.visible_to(request.user).filter(interview=self.get_object())
        objection, sent = get_object_or_404(rows, pk=objection_pk), self._sent(DecisionSerializer)
        sent["values"] = by_key(sent["values"])
        decided = actions.decide(objection, by=request.user, **sent)
        return Response(ObjectionSerializer(decided).data)

    @extend_schema(responses=AmendmentSerializer(many=True))
    @action(detail=True, pagination_class=None, filter_backends=[])
    def amendments(self, request, pk):
        """What was changed about a final result, and why."""
        rows = Amendment.objects.filter(item__interview=self.get_object())
        return Response(AmendmentSerializer(rows, many=True).data)

    @extend_schema(request=AmendSerializer, responses={201: AmendmentSerializer(many=True)})
    @amendments.mapping.post
    @made_once
    def amend(self, request, pk):
        """Change a final result: a new decision, with its reason."""
        interview, sent = self.get_object(), self._sent(AmendSerializer)
        values = by_key(sent["values"])
        made = actions.amend(interview, by=request.user, values=values, reason=sent["reason"])
        return Response(AmendmentSerializer(made, many=True).data, status.HTTP_201_CREATED)
