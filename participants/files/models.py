from django.conf import settings
from django.db import models
from django.db.models import F, Q, Sum
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _


def scan_at_first():
    """Without a virus scanner there is nothing to wait for."""
    waits = bool(settings.CLAMD_SOCKET)
    return StoredFile.Scan.WAITING if waits else StoredFile.Scan.CLEAN


class StoredFileQuerySet(models.QuerySet):
    def downloadable(self):
        return self.filter(scan=StoredFile.Scan.CLEAN)

    def on_disk(self):
        """Of what has a virus only the row is kept."""
        return self.exclude(scan=StoredFile.Scan.INFECTED)

    def damaged(self):
        """Of which the bytes were not what was stored when they were last read."""
        return self.filter(damaged_at__isnull=False)

    def to_reread(self, before):
        """Those on the disk that were not read since ``before``, the longest ago first."""
        turn = self.on_disk().filter(Q(reread_at=None) | Q(reread_at__lt=before))
        return turn.order_by(F("reread_at").asc(nulls_first=True), "pk")

    def awaiting_scan(self):
        return self.filter(scan=StoredFile.Scan.WAITING)

    def visible_to(self, user):
        """Your own. Who else may read a file is said by what the file hangs on."""
        return self.filter(owner=user)

    def total_bytes(self):
        return self.aggregate(total=Sum("size", default=0))["total"]


class StoredFile(models.Model):
    """An uploaded file that was judged; the bytes stand under MEDIA_ROOT at ``path``."""

    class Kind(models.TextChoices):
        PDF = "pdf", _("PDF")
        DOCX = "docx", _("Word (.docx)")
        ODT = "odt", _("ODT")
        JPEG = "jpeg", _("foto (JPEG)")
        PNG = "png", _("foto (PNG)")

    class Scan(models.TextChoices):
        CLEAN = "clean", _("in orde")
        WAITING = "waiting", _("wordt gecontroleerd")
        INFECTED = "infected", _("bevat een virus")

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="stored_files",
        verbose_name=_("van"),
    )
    name = models.CharField(_("naam"), max_length=100, help_text=_("Zoals de eigenaar hem ziet."))
    kind = models.CharField(_("soort"), max_length=4, choices=Kind)
    size = models.PositiveIntegerField(_("grootte in bytes"))
    pages = models.PositiveIntegerField(
        _("bladzijden"), null=True, blank=True, help_text=_("Alleen van een PDF.")
    )
    sha256 = models.CharField(max_length=64, editable=False)
    path = models.CharField(max_length=80, editable=False)
    scan = models.CharField(_("viruscontrole"), max_length=8, choices=Scan, default=scan_at_first)
    uploaded_at = models.DateTimeField(_("toegevoegd op"), auto_now_add=True)
    # See participants.files.rereading.
    reread_at = models.DateTimeField(null=True, blank=True, editable=False)
    damaged_at = models.DateTimeField(_("beschadigd sinds"), null=True, blank=True, editable=False)

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("bestand")
        verbose_name_plural = _("bestanden")
        constraints = [
            models.UniqueConstraint(fields=["path"], name="two_files_never_share_a_path"),
            models.CheckConstraint(condition=Q(size__gt=0), name="a_stored_file_is_not_empty"),
            models.CheckConstraint(
                condition=Q(pages=None) | Q(kind="pdf", pages__gt=0),
                name="only_a_pdf_counts_its_pages",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="a_stored_file_has_a_name"),
            models.CheckConstraint(
                condition=Q(kind__in=["pdf", "docx", "odt", "jpeg", "png"]),
                name="a_stored_file_is_of_a_kind_that_we_judge",
            ),
            models.CheckConstraint(
                condition=Q(scan__in=["clean", "waiting", "infected"]),
                name="a_stored_file_is_clean_waiting_or_infected",
            ),
            models.CheckConstraint(
                condition=Exact(Length("sha256"), 64), name="a_stored_file_keeps_its_whole_sha256"
            ),
        ]

    def __str__(self):
        return self.name
