from leerlijn.later import LaterCommand


class Command(LaterCommand):
    promise = "A backup in one command comes later. Until then: stop, copy database and media."
