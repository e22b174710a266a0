from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.filters import OrderingFilter
from rest_framework.response import Response

from leerlijn.acts import Acts
from leerlijn.api import Filters
from leerlijn.shapes import Key, LightSerializer, Number, VisibleField
from participants.enrolments.models import Enrolment
from participants.receipts import made_once
from participants.sessions import actions, register
from participants.sessions.filters import SessionFilter
from participants.sessions.models import Attendance, Session
from participants.sessions.proofs import SessionProof
from participants.sessions.register import CaughtUp, Mark
from participants.tracks.models import Cohort


class SessionSerializer(LightSerializer):
    cohorts = serializers.SerializerMethodField(help_text="Ids; only of cohorts you can see.")
    cancelled = serializers.SerializerMethodField()
    online_link = serializers.SerializerMethodField(
        help_text="Only for who takes part and for staff; null for all others."
    )

    class Meta:
        model = Session
        fields = [
            "id",
            "cohorts",
            "kind",
            "title",
            "date",
            "starts_at",
            "minutes",
            "place",
            "online_link",
            "cancelled",
            "was_on",
        ]
        extra_kwargs = {
            "was_on": {"help_text": "The day before it was moved; null when it was not."}
        }

    def get_cohorts(self, session) -> list[int]:
        return [cohort.pk for cohort in session.shown_cohorts]

    def get_cancelled(self, session) -> bool:
        return session.cancelled_at is not None

    def get_online_link(self, session) -> str | None:
        return session.online_link if session.is_joinable else None


class FactsSerializer(serializers.ModelSerializer):
    """What a meeting is; ``minutes`` is how long it lasts."""

    cohorts = VisibleField(queryset=Cohort.objects.all(), many=True, allow_empty=False)
    minutes = Number(min_value=1, max_value=24 * 60)

    class Meta:
        model = Session
        fields = [
            *("cohorts", "kind", "title", "date"),
            *("starts_at", "minutes", "place", "online_link"),
        ]
        validators = []  # the action asks


class SeriesSerializer(FactsSerializer):
    """Alike but for the day."""

    dates = serializers.ListField(
        child=serializers.DateField(), allow_empty=False, max_length=actions.MOST_IN_A_SERIES
    )

    class Meta(FactsSerializer.Meta):
        fields = ["dates", *(name for name in FactsSerializer.Meta.fields if name != "date")]


class CaughtUpSerializer(serializers.Serializer):
    what = serializers.CharField(max_length=240)
    on = serializers.DateField()


class RowSerializer(serializers.Serializer):
    """One person. On PUT a missing ``active`` or ``minutes`` means: as the status presets."""

    enrolment = Key()
    name = serializers.CharField(read_only=True)
    status = serializers.ChoiceField(choices=Attendance.Status.choices, allow_null=True)
    active = serializers.BooleanField(allow_null=True, required=False)
    minutes = Number(allow_null=True, required=False)
    caught_up = CaughtUpSerializer(allow_null=True, required=False)

    def to_mark(self, facts):
        caught_up = facts.get("caught_up")
        return Mark(
            enrolment=facts["enrolment"],
            status=facts["status"],
            active=facts.get("active"),
            minutes=facts.get("minutes"),
            caught_up=CaughtUp(**caught_up) if caught_up else None,
        )


class RegisterSerializer(serializers.Serializer):
    version = Number(help_text="Of the register that you looked at.")
    closed = serializers.BooleanField(read_only=True, help_text="Whether presence counts.")
    close = serializers.BooleanField(
        write_only=True, default=True, help_text="false: not everybody has to be on it yet."
    )
    rows = RowSerializer(many=True)

    def marks(self):
        row = self.fields["rows"].child
        return [row.to_mark(facts) for facts in self.validated_data["rows"]]


class CatchUpSerializer(serializers.Serializer):
    """Meetings that one person missed and caught up."""

    enrolment = Key()
    sessions = serializers.ListField(child=Key(), allow_empty=False)
    what = serializers.CharField(max_length=240)
    on = serializers.DateField()


class ProofSerializer(serializers.ModelSerializer):
    name = serializers.CharField(source="file.name")
    size = serializers.IntegerField(source="file.size", help_text="In bytes.")
    sha256 = serializers.CharField(source="file.sha256")

    class Meta:
        model = SessionProof
        fields = ["id", "name", "size", "sha256", "added_at"]


class ProofUploadSerializer(serializers.Serializer):
    file = serializers.ListField(
        child=serializers.FileField(allow_empty_file=True), help_text="One PDF, or photos."
    )


class SessionViewSet(Acts, viewsets.ReadOnlyModelViewSet):
    """Lessons, intervision and other meetings of the cohorts you can see."""

    queryset = Session.objects.none()  # for the schema; see get_queryset
    serializer_class = SessionSerializer
    filterset_class = SessionFilter
    filter_backends = [Filters, OrderingFilter]
    ordering_fields = ["date", "title"]
    ordering = ("date", "pk")

    def get_queryset(self):
        user = self.request.user
        return Session.objects.visible_to(user).with_cohorts_of(user).with_rights_of(user)

    @extend_schema(request=None, responses=RegisterSerializer, filters=False)
    @action(detail=True, methods=["get"])
    def register(self, request, pk):
        """The people whom you may mark; ``status`` null: nothing known yet."""
        return self._answer(self._fillable())

    @extend_schema(request=RegisterSerializer, responses=RegisterSerializer, filters=False)
    @register.mapping.put
    def save_register(self, request, pk):
        """The whole register at once; 409 ``changed`` when somebody saved since ``version``."""
        session = self._fillable()
        sent = RegisterSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        facts = sent.validated_data
        saved = actions.save_register(
            session, sent.marks(), facts["version"], by=request.user, close=facts["close"]
        )
        return self._answer(saved)

    @extend_schema(request=CatchUpSerializer, responses={204: None}, filters=False)
    @action(detail=False, methods=["post"], url_path="catch-up")
    def catch_up(self, request):
        """Let the named meetings count for one person; all of them or none."""
        sent = CatchUpSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        facts = sent.validated_data
        people = Enrolment.objects.visible_to(request.user)
        enrolment = get_object_or_404(people, pk=facts["enrolment"])
        keys = set(facts["sessions"])
        sessions = Session.objects.visible_to(request.user).filter(pk__in=keys)
        if len(sessions) < len(keys):
            raise Http404
        actions.catch_up(enrolment, sessions, what=facts["what"], on=facts["on"], by=request.user)
        return Response(status=204)

    @extend_schema(responses=ProofSerializer(many=True), filters=False)
    @action(detail=True, methods=["get"], pagination_class=None)
    def proofs(self, request, pk):
        """What was kept of the list that people signed."""
        seen = SessionProof.objects.visible_to(request.user).filter(session=self._fillable())
        return Response(ProofSerializer(seen.select_related("file"), many=True).data)

    @extend_schema(request=ProofUploadSerializer, responses={201: ProofSerializer}, filters=False)
    @proofs.mapping.post
    @made_once
    def add_proof(self, request, pk):
        """One scan, or several photos that become one PDF."""
        session = self._fillable()
        proof = actions.add_proof(session, request.FILES.getlist("file"), by=request.user)
        return Response(ProofSerializer(proof).data, status=201)

    @extend_schema(request=None, responses={204: None}, filters=False)
    @action(
        detail=True, methods=["delete"], url_path=r"proofs/(?P<proof>[0-9]{1,18})", url_name="proof"
    )
    def remove_proof(self, request, pk, proof):
        """Who added a list takes it away."""
        rows = SessionProof.objects.visible_to(request.user).filter(session=self._fillable())
        actions.remove_proof(get_object_or_404(rows, pk=proof), by=request.user)
        return Response(status=204)

    @extend_schema(request=FactsSerializer, responses={201: SessionSerializer})
    @made_once
    def create(self, request):
        """Plan a meeting of your cohorts."""
        made = actions.plan(by=request.user, **self.sent(FactsSerializer))
        return self.answer(self.get_queryset().get(pk=made.pk), status=201)

    @extend_schema(request=SeriesSerializer, responses={201: SessionSerializer(many=True)})
    @action(detail=False, methods=["post"], pagination_class=None, filter_backends=[])
    @made_once
    def series(self, request):
        """The same meeting on several days; all of them or none."""
        made = actions.plan_series(by=request.user, **self.sent(SeriesSerializer))
        rows = self.get_queryset().filter(pk__in=[each.pk for each in made])
        return Response(self.get_serializer(rows, many=True).data, status=201)

    @extend_schema(request=FactsSerializer, responses=SessionSerializer)
    def partial_update(self, request, pk):
        """Other facts; who is expected gets a mail of another day, time or place."""
        session, sent = self.get_object(), self.sent(FactsSerializer, partial=True)
        actions.change(session, by=request.user, **sent)
        return self.answer(self.get_object())

    @extend_schema(request=None, responses=SessionSerializer, filters=False)
    @action(detail=True, methods=["post"])
    def cancel(self, request, pk):
        """It does not go on; who was expected gets a mail."""
        actions.cancel(self.get_object(), by=request.user)
        return self.answer(self.get_object())

    def _fillable(self):
        session = self.get_object()
        if not session.is_fillable:
            raise PermissionDenied
        return session

    def _answer(self, session):
        shown = {
            "version": session.register_version,
            "closed": session.closed_at is not None,
            "rows": [shown_row(row) for row in register.rows(session, self.request.user)],
        }
        return Response(RegisterSerializer(shown).data)


def shown_row(row):
    mark = row.mark
    return {
        "enrolment": mark.enrolment,
        "name": row.name,
        "status": mark.status,
        "active": mark.active,
        "minutes": mark.minutes,
        "caught_up": mark.caught_up,
    }
