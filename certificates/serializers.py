from rest_framework import serializers

from certificates.models import Certificate


class CertificateSerializer(serializers.ModelSerializer):
    cohort = serializers.IntegerField(source="enrolment.cohort_id", read_only=True)
    check_url = serializers.CharField(read_only=True)

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
        ]
        read_only_fields = fields


class IssueSerializer(serializers.Serializer):
    enrolment = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    award_date = serializers.DateField(required=False, help_text="Default today.")


class RevokeSerializer(serializers.Serializer):
    reason = serializers.CharField()


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
