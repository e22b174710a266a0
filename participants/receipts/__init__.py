"""What makes a repeated request harmless: a program that heard nothing may simply send it again.

An act of the API that makes something takes a ``client_id``, a UUID that the program made. Sent
twice by the same person, it is done once, and both are told the same (docs/adr: made once)::

    @made_once
    def create(self, request): ...
"""

from participants.receipts.once import answered, made_once, takes_client_id
from participants.receipts.sweeping import sweep

__all__ = ["answered", "made_once", "sweep", "takes_client_id"]
