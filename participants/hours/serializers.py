"""The shapes of hours in the API; they decide nothing."""

from django.db import models
from django.db.models import OuterRef, Subquery
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from leerlijn.shapes import Key, LightSerializer
from participants.accounts.models import User
from participants.enrolments.models import Enrolment
from participants.hours.durations import LONGEST_MINUTES, LONGEST_TEXT
from participants.hours.fields import MinutesField
from participants.hours.models import HourEntry
from participants.hours.proofs import HourProof
from participants.hours.why import why_not_counted
from participants.once import Once
from participants.placements.models import Placement, Supervisor
from participants.trainings.models import Training, TrainingChoice


@extend_schema_field(Key())
class Own(serializers.PrimaryKeyRelatedField):
    """A key of something of one's own; what is somebody else's does not exist."""

    default_error_messages = {"does_not_exist": "Dit bestaat niet, of het is niet van jou."}

    def __init__(self, rows=None, **options):
        self.rows = rows
        super().__init__(**options)

    def get_queryset(self):
        return self.rows(self.context["request"].user)


@extend_schema_field(
    {
        "oneOf": [
            {"type": "integer", "minimum": 1, "maximum": LONGEST_MINUTES},
            {"type": "string", "maxLength": LONGEST_TEXT},
        ]
    }
)
class Minutes(MinutesField):
    """Whole minutes; text such as "1,5" or "1:30" is read as well."""


class HourEntrySerializer(LightSerializer):
    """An entry as anyone who may see it reads it; the private note only as its owner."""

    minutes = serializers.IntegerField(read_only=True)
    # Not `read_only`, which would promise it in every answer.
    private_note = serializers.CharField(
        required=False, help_text="Only in what its owner reads; left out for all others."
    )
    training = serializers.IntegerField(source="training_id", read_only=True, allow_null=True)
    # The supervisor at the learning place who gave the verdict, by name; None when staff did.
    confirmed_by = serializers.CharField(
        source="confirmed_by_name", read_only=True, allow_null=True, default=None
    )
    # Who of staff wrote it down for the participant, by name; None when they did so themselves.
    written_by = serializers.CharField(
        source="written_by_name", read_only=True, allow_null=True, default=None
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
        if entry.participant_id != self.context["request"].user.pk:
            del shown["private_note"]
        return shown

    def get_why_not_counted(self, entry) -> str:
        is_returned = entry.status == HourEntry.Status.RETURNED
        return why_not_counted(entry, _judge(entry) if is_returned else None)

    def get_return_reason(self, entry) -> str:
        return entry.return_reason if entry.status == HourEntry.Status.RETURNED else ""


def _judge(entry):
    """Who gave the verdict, as far as a sentence names them: no more came along with the row."""
    if entry.confirmed_by_name:
        return Supervisor(name=entry.confirmed_by_name)
    return User(name=entry.reviewed_by_name)


def beside(path, model, column):
    """What ``column`` says of the row to which ``path`` of an outer entry leads."""
    field = model._meta.get_field(column)
    kind = models.BigIntegerField() if field.is_relation else models.CharField()
    rows = model.objects.filter(pk=OuterRef(path)).order_by().values(column)
    return Once(f"{column} of {path}", Subquery(rows), kind, HourEntry, [path])


# Of the rows beside an entry an answer tells one thing each. Not by joins: to plan five of those
# took PostgreSQL longer than to find a page of entries.
BESIDE = {
    "participant_id": beside("enrolment", Enrolment, "participant"),
    "training_id": beside("training_choice", TrainingChoice, "training"),
    "reviewed_by_name": beside("reviewed_by", User, "name"),
    "confirmed_by_name": beside("confirmed_by", Supervisor, "name"),
    "written_by_name": beside("written_by", User, "name"),
}
# What an answer reads of the entry itself; the rest stays in the database.
READ = {*HourEntrySerializer.Meta.fields, "replaced_at"}
READ -= {"training", "why_not_counted", "confirmed_by", "written_by"}


def shown(entries):
    """``entries`` with what their answers say, in one query."""
    return entries.only(*READ).annotate(**BESIDE)


OPTIONAL = {"required": False, "allow_null": True}


def chosen(choices):
    """The trainings of the catalogue behind ``choices``."""
    return Training.objects.filter(choices__in=choices).distinct()


def of_people(model, user):
    """The rows of ``model`` of the people whose hours ``user`` may write down."""
    return model.objects.filter(enrolment__in=Enrolment.objects.staffed_by(user))


class ContentSerializer(serializers.Serializer):
    """What the owner may fill in. ``training`` is a training of the catalogue that was chosen."""

    kind = serializers.ChoiceField(HourEntry.Kind.choices)
    date = serializers.DateField()
    minutes = Minutes()
    starts_at = serializers.TimeField(required=False, allow_null=True)
    ends_at = serializers.TimeField(required=False, allow_null=True)
    description = serializers.CharField(max_length=500)
    private_note = serializers.CharField(required=False, allow_blank=True)
    placement = Own(
        rows=lambda user: Placement.objects.filter(enrolment__participant=user), **OPTIONAL
    )
    training = Own(rows=lambda user: chosen(TrainingChoice.objects.owned_by(user)), **OPTIONAL)
    training_choice = Own(rows=TrainingChoice.objects.owned_by, **OPTIONAL)

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


class SentOnceSerializer(ContentSerializer):
    """``client_id``: a UUID of your own making; sent twice makes one entry."""

    client_id = serializers.UUIDField(required=False, allow_null=True)


class NewSerializer(SentOnceSerializer):
    """New hours of one's own."""

    enrolment = Own(rows=lambda user: Enrolment.objects.filter(participant=user))


class ForSomebodySerializer(SentOnceSerializer):
    """New hours of a person of one's cohorts; ``note`` says how you know, and they read it."""

    enrolment = Own(rows=Enrolment.objects.visible_to)
    note = serializers.CharField(max_length=240)
    placement = Own(rows=lambda user: of_people(Placement, user), **OPTIONAL)
    training = Own(rows=lambda user: chosen(of_people(TrainingChoice, user)), **OPTIONAL)
    training_choice = Own(rows=lambda user: of_people(TrainingChoice, user), **OPTIONAL)
    private_note = None


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


class SlipSerializer(serializers.Serializer):
    """One signed paper, a scan or a photo, and the hours that stand on it."""

    entries = serializers.ListField(child=Key(), allow_empty=False, max_length=100)
    file = serializers.FileField()
    note = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")


class SlipRefusalSerializer(serializers.Serializer):
    entry = serializers.IntegerField()
    code = serializers.CharField()
    detail = serializers.CharField()


class SlipAnswerSerializer(serializers.Serializer):
    """Which hours were approved; one that could not be leaves the others approved."""

    approved = serializers.ListField(child=serializers.IntegerField())
    refused = SlipRefusalSerializer(many=True)
