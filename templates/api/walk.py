import datetime
import json
import os
import urllib.request
import uuid

SITE = os.environ["SITE"]


def ask(path, token, send=None):
    """Wat de API antwoordt; met send wordt het een POST."""
    request = urllib.request.Request(
        SITE + "/api/v1/" + path,
        data=None if send is None else json.dumps(send).encode(),
        headers={"Authorization": "Token " + token, "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


mine, staff = os.environ["TOKEN"], os.environ["STAFF_TOKEN"]
enrolment = ask("me/", mine)["enrolments"][0]
entry = ask(
    "hours/",
    mine,
    {
        "enrolment": enrolment,
        "kind": "work",
        "date": datetime.date.today().isoformat(),
        "minutes": 90,
        "description": "Meegelopen op het spreekuur",
        "client_id": str(uuid.uuid4()),
    },
)
ask(f"hours/{entry['id']}/approve/", staff, {"note": "Was erbij"})
for line in ask(f"enrolments/{enrolment}/progress/", mine)["criteria"]:
    print(line["key"], line["achieved"], "van", line["required"], line["unit"])
