"""The supervisor's door: open to whoever has the link; staff and participants have pages of it."""

from participants.confirmations import asking
from participants.models import Supervisor
from tests.access import Rule
from tests.factories import HourEntryFactory
from tests.factories.cohorts import MOMENT

STAFF = ["trainer", "assessor", "other_assessor", "coordinator"]
MAY_LOOK = dict.fromkeys(STAFF, 200)
MAY_ACT = dict.fromkeys(STAFF, 302)
DECIDES = {**dict.fromkeys(STAFF, 403), "coordinator": 302}


def guiding(world):
    """The supervisor of the participant, introduced, with an hour that waits."""
    supervisor = world.placement.supervisor
    if not supervisor.introduced_at:
        supervisor.introduced_at, supervisor.introduced_by = MOMENT, world.coordinator
        supervisor.save()
        HourEntryFactory(enrolment=world.enrolment, placement=world.placement)
    return supervisor


def asked(world):
    """The request that went to that supervisor by mail."""
    supervisor = guiding(world)
    return supervisor.requests.first() or asking.send(supervisor, by=world.coordinator)


def supervisor(world):
    return {"pk": guiding(world).pk}


def not_introduced(world):
    return {"pk": world.placement.supervisor_id}


def stopped(world):
    pk = guiding(world).pk
    Supervisor.objects.filter(pk=pk).update(
        stopped_at=MOMENT, successor_name="Lidia Costa", successor_email="lidia@elders.example"
    )
    return {"pk": pk}


def link(world):
    return {"token": asked(world).token}


def request(world):
    return {"pk": asked(world).pk}


RULES = [
    # Whoever has the link, logged in or not; without the code nothing is answered.
    Rule("confirmations:page", args=link, everyone=200),
    Rule(
        "confirmations:page",
        "post",
        args=link,
        data=lambda w: {"all": "yes"},
        everyone=200,
        supervisor=302,
    ),
    Rule("confirmations:opened", "post", args=link, everyone=204),
    Rule("confirmations:code", "post", args=link, everyone=200),
    Rule("confirmations:renew", "post", args=link, everyone=200),
    Rule("confirmations:stop", args=link, everyone=200),
    Rule("confirmations:stop", "post", args=link, everyone=200, supervisor=302),
    # Participants: about their own supervisor.
    Rule("confirmations:send-own", "post", args=supervisor, allow={"participant": 302}),
    Rule("confirmations:qr", args=supervisor, allow={"participant": 200}),
    Rule("confirmations:qr", "post", args=supervisor, allow={"participant": 302}),
    # Staff: about the supervisors of their people.
    Rule("confirmations:waiting", allow=MAY_LOOK | {"other_trainer": 200}, others=403),
    Rule("confirmations:supervisor", args=supervisor, allow=MAY_LOOK),
    Rule("confirmations:introduce", "post", args=not_introduced, allow=MAY_ACT),
    Rule("confirmations:send", "post", args=supervisor, allow=MAY_ACT),
    Rule("confirmations:forget", "post", args=supervisor, allow=MAY_ACT),
    Rule("confirmations:revoke", "post", args=request, allow=MAY_ACT),
    Rule("confirmations:hand-over", "post", args=stopped, allow=DECIDES),
    Rule("confirmations:resume", "post", args=stopped, allow=DECIDES),
]
