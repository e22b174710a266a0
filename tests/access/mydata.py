"""One's own data: everybody sees and changes their own, and nothing of anybody else."""

from participants.accounts.doors import ApiToken, Device, EmailChange
from tests.access import Rule, everybody


def device(world):
    return {
        "pk": Device.objects.create(
            user=world.participant, session_key="x", label="x", last_used_on="2025-01-06"
        ).pk
    }


def token(world):
    facts = {"name": "x", "start": "x", "digest": "x"}
    return {"pk": ApiToken.objects.create(user=world.participant, **facts).pk}


def change(world):
    asked = EmailChange.objects.create(
        user=world.participant, email="nieuw@leerlijn.example", old_email=world.participant.email
    )
    return {"pk": asked.pk, "secret": asked.secret}


OWN = {"participant": 302}
RULES = [
    Rule("mydata:facts", allow=everybody(200)),
    Rule("mydata:subject", args=lambda w: {"key": "uren"}, allow=everybody(200)),
    Rule("mydata:download", "post", allow=everybody(200)),
    Rule("mydata:name", allow=everybody(200)),
    Rule("mydata:name", "post", data=lambda w: {"name": "Noor"}, allow=everybody(302)),
    Rule("mydata:phone", allow=everybody(200)),
    Rule("mydata:phone", "post", data=lambda w: {"phone": ""}, allow=everybody(302)),
    Rule("mydata:email", allow=everybody(200)),
    Rule(
        "mydata:email",
        "post",
        data=lambda w: {"email": "nieuw@leerlijn.example"},
        allow=everybody(302),
    ),
    Rule("mydata:confirm-email", args=change, allow={"participant": 200}),
    Rule("mydata:confirm-email", "post", args=change, allow=OWN),
    Rule("mydata:settings", allow=everybody(200)),
    Rule("mydata:end-device", "post", args=device, allow=OWN),
    Rule("mydata:end-other-devices", "post", allow=everybody(302)),
    Rule("mydata:end-card", "post", allow=everybody(302)),
    Rule("mydata:make-token", "post", data=lambda w: {"name": "x"}, allow=everybody(200)),
    Rule("mydata:revoke-token", "post", args=token, allow=OWN),
]
