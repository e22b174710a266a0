"""Doing once what a program may send twice."""

import base64
import hashlib
import json
from functools import wraps

from cryptography.fernet import Fernet
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response

from participants.receipts.models import Receipt


class SentAsSerializer(serializers.Serializer):
    """What any request that makes something may carry."""

    client_id = serializers.UUIDField(
        required=False,
        allow_null=True,
        write_only=True,
        help_text="A random UUID of your own making: sent twice, made once.",
    )


def takes_client_id(act):
    """Marks a method of an API view that calls ``answered`` itself; the schema tells."""
    act.takes_client_id = True
    return act


def made_once(act):
    """Decorates a method of an API view that makes something; see ``answered``."""

    @takes_client_id
    @wraps(act)
    def once(view, request, *args, **kwargs):
        return answered(request, lambda: act(view, request, *args, **kwargs))

    return once


def answered(request, make):
    """What ``make`` answers; for a ``client_id`` that came before, what was answered then.

    Of two at once, one makes it and the other waits for the answer. A refusal leaves nothing
    behind: the same ``client_id`` may be sent again, with other words. Raises ValidationError
    (``sent_before``) when something else was sent with it.
    """
    client_id = _client_id(request)
    if client_id is None:
        return make()
    name = _digest(client_id, b"name")
    asked = _digest(client_id, _asked(request))
    with transaction.atomic():
        receipt = _claimed(request.user, name, asked)
        if receipt is not None:
            response = make()
            receipt.answer = _sealed(client_id, response)
            receipt.save(update_fields=["answer"])
            return response
    first = Receipt.objects.own(request.user).get(name=name)
    if first.asked != asked:
        raise ValidationError(
            _("Met deze client_id stuurde je al iets anders. Maak een nieuwe."), code="sent_before"
        )
    return _opened(client_id, first.answer)


def _client_id(request):
    """The UUID that came along, or None. Raises what is no UUID."""
    if not hasattr(request.data, "get"):
        return None  # not an object: whoever reads it says so
    read = SentAsSerializer(data=request.data)
    read.is_valid(raise_exception=True)
    return read.validated_data.get("client_id")


def _claimed(user, name, asked):
    """A new Receipt, held until the transaction ends; None when there is one.

    The unique constraint lets a second one wait for the first, and go on if that is refused.
    """
    try:
        with transaction.atomic():
            return Receipt.objects.create(user=user, name=name, asked=asked)
    except IntegrityError:
        return None


def _asked(request):
    """All that was sent, and where to, as bytes that are the same for the same."""
    lists = request.data.lists() if hasattr(request.data, "lists") else request.data.items()
    sent = {name: value for name, value in lists if name != "client_id"}
    where = [request.method, request.path]
    return json.dumps([where, sent], sort_keys=True, default=_in_short).encode()


def _in_short(value):
    """A file by the digest of its bytes; it is left as it was found."""
    if not isinstance(value, UploadedFile):
        return str(value)
    digest = hashlib.sha256()
    value.seek(0)
    for piece in value.chunks():
        digest.update(piece)
    value.seek(0)
    return [value.name, digest.hexdigest()]


def _digest(client_id, what):
    return hashlib.sha256(client_id.bytes + what).hexdigest()


def _cipher(client_id):
    """Only who has the ``client_id`` reads the answer again: we keep a digest of it."""
    key = hashlib.sha256(client_id.bytes + b"answer").digest()
    return Fernet(base64.urlsafe_b64encode(key))


def _sealed(client_id, response):
    told = JSONRenderer().render({"status": response.status_code, "data": response.data})
    return _cipher(client_id).encrypt(told).decode()


def _opened(client_id, answer):
    told = json.loads(_cipher(client_id).decrypt(answer.encode()))
    return Response(told["data"], status=told["status"])
