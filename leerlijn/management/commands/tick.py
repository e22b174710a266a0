from leerlijn.later import LaterCommand


class Command(LaterCommand):
    promise = "There is no periodic work yet."
