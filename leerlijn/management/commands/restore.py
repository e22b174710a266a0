from leerlijn.later import LaterCommand


class Command(LaterCommand):
    promise = "Restoring in one command comes later. Until then: stop, put back the copies."
