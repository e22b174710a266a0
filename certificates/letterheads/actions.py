"""Setting what the papers of a track show. What was issued keeps what it had."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from certificates.letterheads.images import sha256_of
from certificates.letterheads.models import Letterhead, PaperImage
from participants.events.actions import decided
from participants.paper import names
from participants.tracks.models import LearningTrack

OF_TRACK = (
    *("provider", "partners", "place"),
    *("first_signatory", "first_signatory_role", "second_signatory", "second_signatory_role"),
)
OF_LETTERHEAD = ("opening", "achievement", "conditions")
WORDS = OF_TRACK + OF_LETTERHEAD
# A certificate is none of these, and promises no level (domain: certificate).
NEVER = ("diploma", "getuigschrift", "mbo-certificaat", "nlqf", "ects")


@transaction.atomic
def change(track, words, pictures, *, by, revision):
    """Let the papers of ``track`` say ``words`` and show ``pictures`` from now on.

    ``words`` are texts by their field in OF_TRACK or OF_LETTERHEAD. ``pictures`` are PNG bytes by
    their field in Letterhead.PICTURES, None where one is taken away; what is not named stays.
    ``revision`` is that of the Letterhead that was looked at. Raises PermissionDenied unless ``by``
    may set the paper of this track, and ValidationError: ``changed`` when somebody else was first,
    ``word_not_printable``, ``word_not_allowed``.
    """
    if not LearningTrack.objects.set_up_by(by).filter(pk=track.pk).exists():
        raise PermissionDenied
    for field, text in words.items():
        refuse_word(field, text)
    track = LearningTrack.objects.select_for_update().get(pk=track.pk)
    letterhead, _made = Letterhead.objects.get_or_create(track=track)
    if letterhead.revision != revision:
        raise ValidationError(
            _("Iemand anders heeft dit net veranderd. Kijk eerst wat er nu staat."),
            code="changed",
        )
    before = _shown_by(letterhead)
    kept = {slot: png and _kept(png, by) for slot, png in pictures.items()}
    put_in(track, letterhead, words, kept)
    letterhead.revision += 1
    track.save(update_fields=OF_TRACK)
    letterhead.save()
    _let_go(before - _shown_by(letterhead))
    decided("paper_changed", track, by=by)
    return letterhead


def put_in(track, letterhead, words, pictures):
    """Set the fields of both; the caller saves, or shows a preview."""
    for field, text in words.items():
        setattr(track if field in OF_TRACK else letterhead, field, names.clean(text))
    for slot, picture in pictures.items():
        setattr(letterhead, slot, picture)


def refuse_word(field, text):
    """Raises ValidationError when ``text`` cannot or may not stand on the paper."""
    if refused := names.unprintable(text):
        raise ValidationError(
            _("Dit kunnen we niet drukken: %s. Schrijf het anders.")
            % ", ".join(map(names.described, refused)),
            code="word_not_printable",
        )
    said = [word for word in NEVER if word in text.lower()]
    if field in OF_LETTERHEAD and said:
        raise ValidationError(
            _('Het woord "%s" mag niet op een certificaat staan. Schrijf het anders.') % said[0],
            code="word_not_allowed",
        )


def _shown_by(letterhead):
    return {getattr(letterhead, f"{slot}_id") for slot in Letterhead.PICTURES} - {None}


def _kept(png, by):
    """The row of these bytes; the same picture twice is one."""
    known = {"png": png, "added_by": by}
    image, made = PaperImage.objects.get_or_create(sha256=sha256_of(png), defaults=known)
    if not made:
        PaperImage.objects.filter(pk=image.pk).update(let_go_at=None)
    return image


def _let_go(keys):
    """Of pictures that no letterhead shows any more, the day is written down; see sweeping."""
    slots = [Letterhead.objects.filter(**{f"{slot}__in": keys}) for slot in Letterhead.PICTURES]
    used = {key for rows in slots for head in rows for key in _shown_by(head)}
    PaperImage.objects.filter(pk__in=keys - used).update(let_go_at=timezone.now())
