"""How a program says in whose name it comes."""

from django.utils.translation import gettext as _
from rest_framework.authentication import TokenAuthentication
from rest_framework.exceptions import AuthenticationFailed

from participants.accounts import tokens


class ApiTokenAuthentication(TokenAuthentication):
    """``Authorization: Token ...``, with a token of ``accounts.tokens``."""

    def authenticate_credentials(self, key):
        token = tokens.used(key)
        if token is None:
            raise AuthenticationFailed(_("Dit token werkt niet (meer). Maak een nieuw."))
        return token.user, token
