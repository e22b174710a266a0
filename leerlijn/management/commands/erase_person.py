from leerlijn.later import LaterCommand


class Command(LaterCommand):
    promise = "Erasing a person comes later; until then switch off the account in the admin."
