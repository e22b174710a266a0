from django import template
from django.db.models import Case, When

from certificates.models import Certificate

register = template.Library()


@register.simple_tag
def last_certificate(enrolment):
    """The last word, from the award date on: valid, or else revoked; None without. One query.

    For the holder's own pages: whoever draws it has asked whose enrolment it is.
    """
    made = Certificate.objects.valid_or_revoked().awarded().defer("evidence")
    made = made.with_paper().filter(enrolment=enrolment)
    valid_first = Case(When(status=Certificate.Status.VALID, then=0), default=1)
    return made.order_by(valid_first, "-ended_at").first()
