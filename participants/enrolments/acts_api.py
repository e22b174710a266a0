"""What happens to somebody's part in a cohort, through the API: from the first day to the last."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action

from leerlijn.shapes import VisibleField
from participants.accounts import names
from participants.enrolments import actions
from participants.receipts import made_once
from participants.tracks.models import Cohort


class NewPersonSerializer(serializers.Serializer):
    """A known e-mail address is that person, whose name then stays as it is."""

    cohort = VisibleField(queryset=Cohort.objects.all())
    name = serializers.CharField(max_length=120)
    email = serializers.EmailField()
    phone = serializers.CharField(max_length=30, required=False, allow_blank=True, default="")
    admitted = serializers.BooleanField(
        default=True, help_text="false: on the list of applicants, to decide about later."
    )
    starts_on = serializers.DateField(
        required=False, allow_null=True, help_text="Default the first day of the cohort."
    )

    def validate_name(self, name):
        return names.cleaned(name)


class StopSerializer(serializers.Serializer):
    last_day = serializers.DateField(required=False, help_text="Default today.")


class EntriesUntilSerializer(serializers.Serializer):
    until = serializers.DateField(allow_null=True, help_text="null: as the cohort has it.")


class PrintedNameSerializer(serializers.Serializer):
    name = serializers.CharField(max_length=120, help_text="As the certificate prints it.")


class ToldNameSerializer(PrintedNameSerializer):
    how = serializers.CharField(max_length=120, help_text="How you know: by telephone.")


class EnrolmentActs:
    """Acts on one enrolment, for the viewset of enrolments."""

    @made_once
    def create(self, request):
        """Somebody new in a cohort: let in at once with a mail, or on the list of applicants."""
        made = actions.add_person(by=request.user, **self.sent(NewPersonSerializer))
        return self.answer(self.get_queryset().get(pk=made.pk), status=201)

    @extend_schema(request=StopSerializer)
    @action(detail=True, methods=["post"])
    def stop(self, request, pk):
        """Their part ends; no reason is asked."""
        return self._done(actions.stop, **self.sent(StopSerializer))

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def resume(self, request, pk):
        """Who stopped takes part again."""
        return self._done(actions.resume)

    @extend_schema(request=EntriesUntilSerializer)
    @action(detail=True, methods=["post"], url_path="entries-until")
    def entries_until(self, request, pk):
        """A day of their own until which hours may be dated."""
        sent = self.sent(EntriesUntilSerializer)
        return self._done(actions.set_entries_until, sent["until"])

    @extend_schema(request=PrintedNameSerializer)
    @action(detail=True, methods=["post"], url_path="confirm-name")
    def confirm_name(self, request, pk):
        """The participant says how the certificate prints the name."""
        return self._done(actions.confirm_name, **self.sent(PrintedNameSerializer))

    @extend_schema(request=ToldNameSerializer)
    @action(detail=True, methods=["post"], url_path="record-name")
    def record_name(self, request, pk):
        """A coordinator notes that the participant confirmed it otherwise."""
        return self._done(actions.record_name_confirmation, **self.sent(ToldNameSerializer))

    def _done(self, deed, *things, **facts):
        deed(self.get_object(), *things, by=self.request.user, **facts)
        return self.answer(self.get_object())
