"""Who guides at the learning places: one was mailed, one was introduced, one still has to be."""

from participants.confirmations import asking
from participants.models import Supervisor
from participants.placements import supervising


def make(demo):
    by = demo.people["coordinator"]
    mailed = Supervisor.objects.guiding(demo.people["deelnemer"]).first()
    others = Supervisor.objects.exclude(pk=mailed.pk).order_by("pk")
    supervising.introduce(mailed, by=by)
    asking.send(mailed, by=by)
    supervising.introduce(others.last(), by=by)
