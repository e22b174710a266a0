"""The interview file through the API: part of the resource of interviews."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.response import Response

from leerlijn.shapes import A_FILE, Key, Number
from participants.interviews import actions, filing, reports
from participants.interviews.evidence import EvidenceItem
from participants.interviews.file_views import chosen_of
from participants.interviews.items import InterviewItem
from participants.plans.goal import LearningGoal
from participants.receipts import made_once

KINDS = ("goal", "version", "text")


class GoalShownSerializer(serializers.Serializer):
    what = serializers.CharField()
    why = serializers.CharField(allow_blank=True)
    actions = serializers.CharField(allow_blank=True)
    until = serializers.DateField(allow_null=True)
    how_seen = serializers.CharField(allow_blank=True)
    state = serializers.ChoiceField(LearningGoal.State.choices)


class EvidenceSerializer(serializers.ModelSerializer):
    """One piece; ``criterion`` is the id of a criterion of this interview, or null."""

    goal = serializers.SerializerMethodField()
    criterion = serializers.SerializerMethodField()

    class Meta:
        model = EvidenceItem
        fields = ["id", "goal", "version", "page", "text", "criterion", "added_at"]
        read_only_fields = fields

    @extend_schema_field(GoalShownSerializer(allow_null=True))
    def get_goal(self, item):
        return GoalShownSerializer(item.shown_goal).data if item.goal else None

    def get_criterion(self, item) -> int | None:
        return self.context["items"].get(item.criterion_id)


class NewEvidenceSerializer(serializers.Serializer):
    """One of ``goal`` (an id), ``version`` (an id, with ``pages`` of a PDF) or ``text``."""

    goal = Key(required=False)
    version = Key(required=False)
    pages = serializers.ListField(
        child=Number(min_value=1), required=False, default=list, max_length=500
    )
    text = serializers.CharField(required=False)
    criterion = Key(required=False, allow_null=True, default=None)

    def validate(self, sent):
        if len([kind for kind in KINDS if kind in sent]) != 1:
            raise serializers.ValidationError("Stuur een leerdoel, een versie of een tekst.")
        return sent


class FileActs:
    """``evidence/`` of one interview: what is in the file, add, take out, and the pages."""

    @extend_schema(responses=EvidenceSerializer(many=True))
    @action(detail=True, pagination_class=None, filter_backends=[])
    def evidence(self, request, pk):
        """What the participant put in the interview file; that staff read it is noted."""
        interview = self.get_object()
        items = list(reports.file_of(interview, request.user))
        reports.file_opened(items, by=request.user)
        return self._pieces(interview, items)

    @extend_schema(request=NewEvidenceSerializer, responses={201: EvidenceSerializer(many=True)})
    @evidence.mapping.post
    @made_once
    def add_evidence(self, request, pk):
        """The participant puts a goal, pages of a plan or a text in the interview file."""
        interview, sent = self.get_object(), self._sent(NewEvidenceSerializer)
        enrolment, facts = interview.enrolment, {"by": request.user}
        filing.for_participant(enrolment, by=request.user)
        if sent["criterion"] is not None:
            items = interview.items.select_related("criterion")
            facts["criterion"] = get_object_or_404(items, pk=sent["criterion"]).criterion
        if "goal" in sent:
            goal = filing.goal_named(enrolment, sent["goal"])
            added = [actions.file_goal(enrolment, goal, **facts)]
        elif "version" in sent:
            version = filing.upload_named(enrolment, sent["version"])
            added = actions.file_pages(enrolment, version, sent["pages"], **facts)
        else:
            added = [actions.file_text(enrolment, sent["text"], **facts)]
        return self._pieces(interview, added, status.HTTP_201_CREATED)

    @extend_schema(request=None, responses={204: None})
    @action(
        detail=True,
        methods=["delete"],
        url_path="evidence/(?P<item_pk>[0-9]+)",
        url_name="evidence-item",
    )
    def take_out(self, request, pk, item_pk):
        """The participant takes a piece out of the interview file."""
        mine = reports.file_of(self.get_object(), request.user)
        actions.take_out(get_object_or_404(mine, pk=item_pk), by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(responses=A_FILE)
    @action(
        detail=True,
        url_path="evidence/files/(?P<version_pk>[0-9]+)",
        url_name="evidence-file",
    )
    def evidence_file(self, request, pk, version_pk):
        """The pages of an uploaded plan that are in the interview file."""
        self.get_object()
        return chosen_of(request.user, version_pk)

    def _pieces(self, interview, items, code=status.HTTP_200_OK):
        asked = InterviewItem.objects.filter(interview=interview)
        context = {"items": dict(asked.values_list("criterion", "pk"))}
        return Response(EvidenceSerializer(items, many=True, context=context).data, code)
