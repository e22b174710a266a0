"""The supervisor's door in its states, and what participants and staff see of it."""

from participants.confirmations import asking
from participants.models import ConfirmationRequest, Supervisor
from tests.browser.states import State
from tests.factories import SupervisorFactory
from tests.participants.confirmations.scene import Scene, address

LONG = "Meegelopen op het spreekuur, daarna koffieochtend en brieven uitgezocht. " * 5


def open_request():
    scene = Scene()
    scene.hours(scene.sam, minutes=50, description=LONG)
    return None, address(scene.ask())


def answered():
    scene = Scene()
    request = scene.ask()
    request.lines.update(answer="yes", answered_at=request.created_at)
    return None, address(request)


def expired():
    request = Scene().ask()
    ConfirmationRequest.objects.update(
        created_at="2025-03-10T10:00Z", expires_at="2025-04-09T10:00Z"
    )
    return None, address(request)


def locked():
    request = Scene().ask()
    ConfirmationRequest.objects.update(wrong_codes=5)
    return None, address(request)


def unknown():
    return None, "/bevestigen/bestaat-niet/"


def stopping():
    return None, address(Scene().ask(), "stop/")


def shown_on_a_phone():
    scene = Scene()
    return None, address(asking.show(scene.supervisor, by=scene.noor.enrolment.participant))


def qr_code():
    scene = Scene()
    user = scene.noor.enrolment.participant
    asking.show(scene.supervisor, by=user)
    return user, f"/uren/begeleider/{scene.supervisor.pk}/qr/"


def week_not_sent():
    return Scene().noor.enrolment.participant, "/uren/week/2025-W10/"


def week_sent():
    scene = Scene()
    scene.ask()
    return scene.noor.enrolment.participant, "/uren/week/2025-W10/"


def stuck():
    scene = Scene()
    scene.ask()
    for name, email in (("Hester Prins", "hester@buurtteam.example"), ("Lidia Costa", "")):
        placement = scene.person("Ziggy Elders", SupervisorFactory(name=name, email=email))
        scene.hours(placement)
    return scene.coordinator, "/leerplekken/wacht/"


def supervisor_who_stopped():
    scene = Scene()
    scene.ask()
    Supervisor.objects.update(
        stopped_at="2025-03-10T10:00Z",
        successor_name="Lidia Costa",
        successor_email="lidia@buurtteam.example",
    )
    return scene.coordinator, f"/leerplekken/begeleider/{scene.supervisor.pk}/"


def supervisor_with_history():
    scene = Scene()
    scene.ask()
    return scene.trainer, f"/leerplekken/begeleider/{scene.supervisor.pk}/"


def placement():
    scene = Scene()
    return scene.coordinator, f"/leerplekken/plaatsing/{scene.noor.enrolment_id}/"


STATES = [
    State("supervisor: hours to confirm", open_request),
    State("supervisor: all answered", answered),
    State("supervisor: expired link", expired),
    State("supervisor: locked link", locked),
    State("supervisor: unknown link", unknown, status=404),
    State("supervisor: guides nobody any more", stopping),
    State("supervisor: from a QR code", shown_on_a_phone),
    State("confirmations: QR code on the phone", qr_code),
    State("confirmations: week that was not sent", week_not_sent),
    State("confirmations: week that was sent", week_sent),
    State("confirmations: what is stuck", stuck),
    State("confirmations: supervisor who stopped", supervisor_who_stopped),
    State("confirmations: supervisor with a history", supervisor_with_history),
    State("confirmations: placement with its supervisor", placement),
]
