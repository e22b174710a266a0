"""What came in for who takes part."""

from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce

from participants.messages.models import Delivery


def with_unread(enrolments):
    """``enrolments`` with ``unread``: how many messages this person did not open, of any cohort."""
    own = Delivery.objects.unread().filter(enrolment__participant=OuterRef("participant"))
    many = own.order_by().values("enrolment__participant").annotate(many=Count("pk"))
    return enrolments.annotate(
        unread=Coalesce(Subquery(many.values("many"), output_field=IntegerField()), 0)
    )
