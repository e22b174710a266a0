from leerlijn.later import LaterCommand


class Command(LaterCommand):
    promise = "Resetting a second factor comes later; until then remove it in the admin."
