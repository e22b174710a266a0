"""What the pages of setting up share: who they are for, and a deed that is one press away."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect

from participants.tracks.programme import SETTERS


def refuse_others(user):
    """Raises PermissionDenied unless ``user`` coordinates or administers anything."""
    if not user.role_kinds & set(SETTERS):
        raise PermissionDenied


def named(deeds, act):
    """What ``deeds`` has for the word in the address; raises Http404 for any other."""
    if act not in deeds:
        raise Http404
    return deeds[act]


def acted(request, deed, thing, told, back, *args):
    """Do ``deed`` to ``thing``; ``told`` is the sentence when it is done. Then ``back``."""
    try:
        deed(thing, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, told)
    return redirect(back, *args)


def made(form, deed, *things, **facts):
    """What ``deed`` makes of what ``form`` says; None when something was in the way.

    That stands on the form.
    """
    if not form.is_valid():
        return None
    try:
        return deed(*things, **facts, **form.cleaned_data)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return None
