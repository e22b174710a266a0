"""What people see of a page, and what they send."""

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.participants.files import corpus


def page(client, user, address="/lessen/"):
    """The text of the page at ``address`` for ``user``, who stays logged in."""
    client.force_login(user)
    return shown(client.get(address))


def shown(answer):
    """The page as text, each white space as one space: as people see it."""
    return " ".join(answer.content.decode().split())


def photo(name="lijst.jpg"):
    """A photo of a signed list, as a browser sends it."""
    return SimpleUploadedFile(name, corpus.photo(), "image/jpeg")
