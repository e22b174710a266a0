from django import template
from django.db.models import Case, When

from certificates.models import Certificate

register = template.Library()


@register.simple_tag
def held_certificate(enrolment):
    """The valid certificate of ``enrolment``, from the award date on; else None. One query."""
    held = Certificate.objects.valid().awarded().defer("evidence")
    return held.filter(enrolment=enrolment).first()


@register.simple_tag
def last_certificate(enrolment):
    """The last word, from the award date on: valid, or else revoked; None without. One query."""
    made = Certificate.objects.valid_or_revoked().awarded().defer("evidence")
    made = made.filter(enrolment=enrolment)
    return made.order_by(Case(When(status="valid", then=0), default=1), "-ended_at").first()


@register.inclusion_tag("certificates/my_certificate.html")
def my_certificate(enrolment):
    """The certificate of ``enrolment`` with its picture, from the award date on; else nothing.

    One query. For the holder's own pages: whoever draws it has asked whose enrolment it is.
    """
    return {"certificate": held_certificate(enrolment)}
