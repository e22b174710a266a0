from rest_framework import serializers

from certificates.models import Certificate, EndCategory, Revocation
from certificates.revocations import REVOKED_FOR
from leerlijn.shapes import Key, LightSerializer


class CertificateSerializer(LightSerializer):
    cohort = serializers.IntegerField(source="enrolment.cohort_id", read_only=True)
    check_url = serializers.CharField(read_only=True)
    replaces = serializers.CharField(
        source="replaces_number", allow_null=True, help_text="The number of the old."
    )
    replaced_by = serializers.CharField(
        source="replaced_by_number", allow_null=True, help_text="The number of the new."
    )
    end_category = serializers.ChoiceField(
        choices=EndCategory.choices, allow_blank=True, help_text="Empty while it is valid."
    )
    awaits_second_person = serializers.BooleanField(
        source="awaits_second", help_text="Somebody asked to revoke it; it is valid until answered."
    )

    class Meta:
        model = Certificate
        fields = [
            "number",
            "enrolment",
            "cohort",
            "name",
            "status",
            "issued_at",
            "award_date",
            "check_url",
            "sha256",
            "ended_at",
            "end_category",
            "replaces",
            "replaced_by",
            "awaits_second_person",
        ]
        read_only_fields = fields


class IssueSerializer(serializers.Serializer):
    enrolment = Key()
    award_date = serializers.DateField(required=False, help_text="Default today.")


class ReasonSerializer(serializers.Serializer):
    reason = serializers.CharField()


class RevokeSerializer(ReasonSerializer):
    category = serializers.ChoiceField(
        choices=[(kind.value, kind.label) for kind in REVOKED_FOR], default=EndCategory.OTHER
    )


class RevocationSerializer(LightSerializer):
    certificate = serializers.CharField(source="certificate.number", help_text="Its number.")
    asked_by = serializers.CharField(source="asked_by.name")
    answered_by = serializers.CharField(source="answered_by.name", allow_null=True, default=None)
    answer = serializers.ChoiceField(
        choices=Revocation.Answer.choices, allow_blank=True, help_text="Empty while it waits."
    )

    class Meta:
        model = Revocation
        fields = [
            "id",
            "certificate",
            "category",
            "reason",
            "asked_by",
            "asked_at",
            "answer",
            "answered_by",
            "answered_at",
            "note",
        ]
        read_only_fields = fields


class NoteSerializer(serializers.Serializer):
    note = serializers.CharField()


class CorrectSerializer(serializers.Serializer):
    name = serializers.CharField(max_length=120)


class ShownSerializer(serializers.Serializer):
    shown = serializers.ChoiceField(choices=Certificate.Shown.choices)


class PeriodSerializer(serializers.Serializer):
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()


class MetCriterionSerializer(serializers.Serializer):
    key = serializers.CharField()
    label = serializers.CharField()


class CheckSerializer(serializers.Serializer):
    """What was earned is null once a certificate is replaced or revoked.

    While it is valid the holder chooses: ``short`` tells name, track and date, and the rest is
    null; ``full`` tells all of it.
    """

    status = serializers.ChoiceField(choices=Certificate.Status.choices)
    number = serializers.CharField()
    shown = serializers.ChoiceField(choices=Certificate.Shown.choices, allow_null=True)
    name = serializers.CharField(allow_null=True)
    track = serializers.CharField(allow_null=True)
    cohort = serializers.CharField(allow_null=True)
    period = PeriodSerializer(allow_null=True)
    study_minutes = serializers.IntegerField(allow_null=True)
    work_minutes = serializers.IntegerField(allow_null=True)
    criteria = MetCriterionSerializer(many=True, allow_null=True)
    provider = serializers.CharField(allow_null=True)
    issued_on = serializers.DateField(allow_null=True)
    ended_on = serializers.DateField(allow_null=True)
    replaced_by = serializers.CharField(allow_null=True, help_text="The number of the new one.")
