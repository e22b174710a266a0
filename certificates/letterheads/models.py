"""What a track puts on paper besides its name: words, a logo, scanned signatures."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from certificates.documents import wording
from participants.tracks.models import LearningTrack


class PaperImageQuerySet(models.QuerySet):
    def update(self, **changes):
        """Only whether it is still in use; raises TypeError for anything else."""
        if set(changes) != {"let_go_at"}:
            raise TypeError("A picture on paper is frozen.")
        return super().update(**changes)

    def delete(self):
        raise TypeError("Frozen papers may show this; forget what none of them does.")

    def forget(self):
        """Take these away. For ``sweeping``, which looks whether a paper shows them."""
        return super().delete()


class PaperImage(models.Model):
    """The bytes of a picture, by their hash: so the facts of a certificate name it for good."""

    sha256 = models.CharField(primary_key=True, max_length=64, editable=False)
    png = models.BinaryField()
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # Since when no letterhead shows it; papers that were issued may go on doing so.
    let_go_at = models.DateTimeField(null=True, blank=True)

    objects = PaperImageQuerySet.as_manager()

    class Meta:
        verbose_name = _("beeld op papier")
        verbose_name_plural = _("beelden op papier")
        constraints = [
            models.CheckConstraint(
                condition=Exact(Length("sha256"), 64), name="a_picture_goes_by_its_whole_sha256"
            ),
        ]

    def __str__(self):
        return self.sha256[:12]

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise TypeError("A picture on paper is frozen.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("Frozen papers may show this; forget what none of them does.")


class Letterhead(models.Model):
    """Of one track; without a row, or where a text is empty, the paper says what it always did.

    The provider, its partners, the place and the names of who signs stand with the track.
    """

    PICTURES = ("logo", "first_signature", "second_signature")

    track = models.OneToOneField(LearningTrack, models.PROTECT, related_name="letterhead")
    opening = models.CharField(_("boven de naam"), max_length=120, blank=True)
    achievement = models.CharField(_("boven de leerlijn"), max_length=120, blank=True)
    conditions = models.CharField(_("wat ervoor nodig was"), max_length=300, blank=True)
    logo = models.ForeignKey(PaperImage, models.PROTECT, null=True, blank=True, related_name="+")
    first_signature = models.ForeignKey(
        PaperImage, models.PROTECT, null=True, blank=True, related_name="+"
    )
    second_signature = models.ForeignKey(
        PaperImage, models.PROTECT, null=True, blank=True, related_name="+"
    )
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("briefhoofd")
        verbose_name_plural = _("briefhoofden")

    def __str__(self):
        return f"{self.track_id}"

    @property
    def words(self):
        """The three texts as the paper says them."""
        return {name: getattr(self, name) or said for name, said in wording.USUAL.items()}
