"""Plans through the API: the same rows, filter and actions as the pages.

A plan has an id from the moment that it is begun: ``POST plans/`` begins it, or gives the one
that was there. Reading anything never begins a plan.
"""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.filters import OrderingFilter
from rest_framework.response import Response

from leerlijn.api import Filters
from leerlijn.shapes import A_FILE
from participants.files import serving
from participants.plans import actions, reading, version_views
from participants.plans import serializers as shapes
from participants.plans.filters import PlanFilter
from participants.plans.goal import LearningGoal
from participants.plans.models import DevelopmentPlan
from participants.receipts import made_once

NUMBER = OpenApiParameter("number", OpenApiTypes.INT, OpenApiParameter.PATH)
GOAL = OpenApiParameter("goal", OpenApiTypes.INT, OpenApiParameter.PATH)
SECTION = OpenApiParameter("section", OpenApiTypes.STR, OpenApiParameter.PATH)


class PlanViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """Your POP and the GOP of your group; for staff the POPs that were shared, and the GOPs."""

    queryset = DevelopmentPlan.objects.none()  # for the schema; see get_queryset
    serializer_class = shapes.PlanSerializer
    filterset_class = PlanFilter
    filter_backends = [Filters, OrderingFilter]
    ordering_fields = ["id", "created_at"]
    ordering = ("pk",)
    lookup_value_regex = "[0-9]+"

    def get_queryset(self):
        return reading.as_seen_by(self.request.user)

    @extend_schema(responses=shapes.WholePlanSerializer)
    def retrieve(self, request, pk):
        """One plan with its texts; that staff read a POP is noted for its owner to see."""
        plan = self.get_object()
        plan.seen_versions = reading.opened(plan.seen_versions, by=request.user)
        return Response(shapes.WholePlanSerializer(plan).data)

    @extend_schema(
        request=shapes.BeginningSerializer,
        responses={201: shapes.PlanSerializer, 200: shapes.PlanSerializer},
    )
    @made_once
    def create(self, request):
        """Begin your own POP or the GOP of your group; 200 when it was begun already."""
        owner = self._sent(shapes.BeginningSerializer)["owner"]
        was_there = actions.plan_of(owner).pk is not None
        plan = actions.plan_for(owner, by=request.user)
        return self._answer(plan, status.HTTP_200_OK if was_there else status.HTTP_201_CREATED)

    @extend_schema(
        request={
            "multipart/form-data": shapes.NewFileSerializer,
            "application/json": shapes.NewSectionsSerializer,
        },
        responses={201: shapes.WrittenVersionSerializer},
    )
    @action(detail=True, methods=["post"])
    @made_once
    def versions(self, request, pk):
        """A new version: a file, or what was written. A POP stays private until it is shared."""
        plan = self.get_object()
        is_json = (request.content_type or "").startswith("application/json")
        sent = self._sent(shapes.NewSectionsSerializer if is_json else shapes.NewFileSerializer)
        upload = sent.pop("file", None)
        version = actions.add_version(plan, by=request.user, upload=upload, **sent)
        return Response(shapes.WrittenVersionSerializer(version).data, status.HTTP_201_CREATED)

    @extend_schema(parameters=[NUMBER], responses=A_FILE)
    @action(detail=True, url_path="versions/(?P<number>[0-9]+)/file", url_name="file")
    def file(self, request, pk, number):
        """The file of a version; that staff opened a POP is noted for its owner to see."""
        version = seen_version(self.get_object(), int(number))
        if version.file is None:
            raise Http404
        response = serving.attachment(version.file)
        version_views.refuse_taken_back(version, request.user)
        return response

    @extend_schema(parameters=[NUMBER], responses={(200, "application/pdf"): OpenApiTypes.BINARY})
    @action(detail=True, url_path="versions/(?P<number>[0-9]+)/pdf", url_name="pdf")
    def pdf(self, request, pk, number):
        """A version that was written on screen, as a PDF; of an upload take the file."""
        version = seen_version(self.get_object(), int(number))
        if version.file is not None:
            raise Http404
        version_views.refuse_taken_back(version, request.user)
        return version_views.pdf_response(version)

    @extend_schema(
        parameters=[SECTION],
        request=shapes.SectionSerializer,
        responses={201: shapes.WrittenVersionSerializer},
    )
    @action(detail=True, methods=["post"], url_path="sections/(?P<section>[a-z_]+)")
    @made_once
    def sections(self, request, pk, section):
        """Write one section of a GOP; what others changed in other sections stays."""
        plan, sent = self.get_object(), self._sent(shapes.SectionSerializer)
        version = actions.write_section(plan, section, by=request.user, **sent)
        return Response(shapes.WrittenVersionSerializer(version).data, status.HTTP_201_CREATED)

    @extend_schema(request=None, responses=shapes.PlanSerializer)
    @action(detail=True, methods=["post"])
    def share(self, request, pk):
        """Let staff read the latest version of your POP, with your goals as they are now."""
        plan = self.get_object()
        actions.share(plan, by=request.user)
        return self._answer(plan)

    @extend_schema(responses={200: shapes.PlanSerializer})
    @share.mapping.delete
    def unshare(self, request, pk):
        """Take the latest version of your POP back, as long as nobody read it."""
        plan = self.get_object()
        actions.unshare(plan, by=request.user)
        return self._answer(plan)

    @extend_schema(request=shapes.NumberSerializer, responses=shapes.PlanSerializer)
    @action(detail=True, methods=["post"])
    def complete(self, request, pk):
        """Staff confirm that the latest shared version is complete."""
        plan = self.get_object()
        actions.complete(plan, by=request.user, **self._sent(shapes.NumberSerializer))
        return self._answer(plan)

    @extend_schema(request=shapes.ReopeningSerializer, responses=shapes.PlanSerializer)
    @action(detail=True, methods=["post"])
    def reopen(self, request, pk):
        """Staff open a complete plan again; a GOP only a coordinator."""
        plan = self.get_object()
        actions.reopen(plan, by=request.user, **self._sent(shapes.ReopeningSerializer))
        return self._answer(plan)

    @extend_schema(request=shapes.NumberSerializer, responses=shapes.PlanSerializer)
    @action(detail=True, methods=["post"])
    def endorse(self, request, pk):
        """A member stands behind the GOP that was completed."""
        plan = self.get_object()
        actions.endorse(plan, by=request.user, **self._sent(shapes.NumberSerializer))
        return self._answer(plan)

    @extend_schema(responses={200: shapes.PlanSerializer})
    @endorse.mapping.delete
    def unendorse(self, request, pk):
        """A member takes the own endorsement back."""
        plan = self.get_object()
        actions.unendorse(plan, by=request.user)
        return self._answer(plan)

    @extend_schema(request=shapes.PaperSerializer, responses=shapes.PlanSerializer)
    @action(detail=True, methods=["post"], url_path="endorse-on-paper", url_name="paper")
    def endorse_on_paper(self, request, pk):
        """Staff note that a member endorsed the GOP on paper."""
        plan = self.get_object()
        if not plan.reviewable:
            raise PermissionDenied
        sent = self._sent(shapes.PaperSerializer)
        actions.record_paper_endorsement(plan, by=request.user, **sent)
        return self._answer(plan)

    @extend_schema(parameters=[shapes.PaperSerializer], responses={200: shapes.PlanSerializer})
    @endorse_on_paper.mapping.delete
    def withdraw_paper(self, request, pk):
        """Staff take back what was noted from paper; ``enrolment`` in the address or the body."""
        plan = self.get_object()
        if not plan.reviewable:
            raise PermissionDenied
        sent = self._sent(shapes.PaperSerializer, request.data or request.query_params)
        actions.withdraw_paper_endorsement(plan, by=request.user, **sent)
        return self._answer(plan)

    @extend_schema(request=shapes.RemarkSerializer, responses={201: shapes.FeedbackSerializer})
    @action(detail=True, methods=["post"])
    @made_once
    def feedback(self, request, pk):
        """A remark of staff, or of who owns the plan; only staff ask for more.

        It may hang on a page or a section, or reply to another remark.
        """
        plan, sent = self.get_object(), self._sent(shapes.RemarkSerializer)
        version = seen_version(plan, sent.pop("version", None))
        answers = seen_remark(plan, sent.pop("answers", None))
        said = actions.give_feedback(version, by=request.user, answers=answers, **sent)
        return Response(shapes.FeedbackSerializer(said).data, status.HTTP_201_CREATED)

    @extend_schema(request=shapes.GoalSerializer, responses={201: shapes.GoalSerializer})
    @action(detail=True, methods=["post"])
    @made_once
    def goals(self, request, pk):
        """A new last goal in your own POP; at most five."""
        plan, sent = self.get_object(), self._sent(shapes.GoalSerializer)
        goal = actions.add_goal(plan, by=request.user, **sent)
        return Response(shapes.GoalSerializer(goal).data, status.HTTP_201_CREATED)

    @extend_schema(
        parameters=[GOAL],
        request=shapes.GoalSerializer(partial=True),
        responses=shapes.GoalSerializer,
    )
    @action(detail=True, methods=["patch"], url_path="goals/(?P<goal>[0-9]+)", url_name="goal")
    def goal(self, request, pk, goal):
        """Say your goal in other words, or (``state`` alone, always) how far you are."""
        found = self._goal(goal)
        serializer = shapes.GoalSerializer(data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        sent = dict(serializer.validated_data)
        if set(sent) == {"state"}:
            actions.set_goal_state(found, sent["state"], by=request.user)
        else:
            actions.change_goal(found, by=request.user, **sent)
        return Response(shapes.GoalSerializer(found).data)

    @extend_schema(parameters=[GOAL], responses={204: None})
    @goal.mapping.delete
    def remove_goal(self, request, pk, goal):
        """Take a goal away; it can be restored."""
        actions.remove_goal(self._goal(goal), by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(
        parameters=[GOAL], request=shapes.PositionSerializer, responses=shapes.GoalSerializer
    )
    @action(
        detail=True,
        methods=["post"],
        url_path="goals/(?P<goal>[0-9]+)/move",
        url_name="goal-move",
    )
    def move_goal(self, request, pk, goal):
        """Put a goal at another place; the others make room."""
        found, sent = self._goal(goal), self._sent(shapes.PositionSerializer)
        actions.move_goal(found, by=request.user, **sent)
        return Response(shapes.GoalSerializer(found).data)

    @extend_schema(parameters=[GOAL], request=None, responses=shapes.GoalSerializer)
    @action(
        detail=True,
        methods=["post"],
        url_path="goals/(?P<goal>[0-9]+)/restore",
        url_name="goal-restore",
    )
    def restore_goal(self, request, pk, goal):
        """Bring back a goal that was taken away, as the last one."""
        found = actions.restore_goal(self._goal(goal), by=request.user)
        return Response(shapes.GoalSerializer(found).data)

    def _goal(self, pk):
        """A goal in one's own plan; 404 for anyone else's."""
        rows = LearningGoal.objects.owned_by(self.request.user).select_related("plan")
        return get_object_or_404(rows, pk=pk, plan=self.get_object())

    def _sent(self, shape, data=None):
        data = self.request.data if data is None else data
        serializer = shape(data=data, context=self.get_serializer_context())
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)

    def _answer(self, plan, code=status.HTTP_200_OK):
        """The plan as it stands now; without texts, so that no answer is a reading."""
        fresh = self.get_queryset().get(pk=plan.pk)
        return Response(shapes.PlanSerializer(fresh).data, code)


def seen_remark(plan, pk):
    """What is answered; None without, 404 for a remark that is not seen."""
    if pk is None:
        return None
    said = {one.pk: one for version in plan.seen_versions for one in version.feedback.all()}
    if pk not in said:
        raise Http404
    return said[pk]


def seen_version(plan, number):
    """The version with ``number``, else the latest one that was shared; 404 without."""
    found = [
        version
        for version in plan.seen_versions
        if version.number == number or number is None and version.is_shared
    ]
    if not found:
        raise Http404
    return found[0]
