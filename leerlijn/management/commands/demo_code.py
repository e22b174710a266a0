from leerlijn.later import LaterCommand


class Command(LaterCommand):
    promise = "One-time codes for the demo come later; its accounts log in with their password."
