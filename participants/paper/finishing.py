"""What ReportLab does not put in a file: the structure, and what an archive asks of it."""

import zlib
from functools import cache
from pathlib import Path

from pikepdf import Array, AttachedFileSpec, Dictionary, Name, ObjectStreamMode, String

from participants.paper import metadata
from participants.paper.tagging import Annotation, Element

# The profile of sRGB that littleCMS makes, with a fixed date in its head.
SRGB = Path(__file__).parent / "srgb.icc"
# What the metadata would have to repeat, and would make the same facts give other bytes.
UNTOLD = "/CreationDate", "/ModDate", "/Keywords", "/Trapped"


def tell(pdf, told, language):
    """Say what this is, in which language, and which standards it keeps."""
    for key in UNTOLD:
        del pdf.docinfo[key]
    root = pdf.Root
    packet = metadata.packet(**told, language=language)
    root.Metadata = pdf.make_stream(packet, Type=Name.Metadata, Subtype=Name.XML)
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    root.OutputIntents = Array([intent(pdf)])


def intent(pdf):
    """The colours of the file are those of sRGB."""
    name = String("sRGB IEC61966-2.1")
    profile = pdf.make_stream(packed_srgb(), N=3, Alternate=Name.DeviceRGB, Filter=Name.FlateDecode)
    return Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=name,
        Info=name,
        DestOutputProfile=profile,
    )


@cache
def srgb():
    return SRGB.read_bytes()


@cache
def packed_srgb():
    return zlib.compress(srgb(), 9)


def attach(pdf, name, data, *, kind, description, date):
    """Put ``data`` in the file as source of what the pages say; ``date`` is an ISO date."""
    specification = AttachedFileSpec(
        pdf,
        data,
        filename=name,
        description=description,
        mime_type=kind,
        mod_date=f"D:{date.replace('-', '')}000000Z",
        relationship=Name.Data,
    )
    pdf.attachments[name] = specification
    pdf.Root.AF = Array([specification.obj])


def add_field(pdf, page, key, name, description):
    """A field for a signature, not seen on paper, on the page with this number."""
    sheet = pdf.pages[page].obj
    field = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Sig,
            T=String(name),
            TU=String(description),
            Rect=Array([0, 0, 0, 0]),
            F=132,  # printed and locked
            P=sheet,
            StructParent=key,
        )
    )
    sheet.Annots = Array([*sheet.get("/Annots", ()), field])
    pdf.Root.AcroForm = Dictionary(SigFlags=3, Fields=Array([field]))


class Tree:
    """Writes a Structure in ``pdf``; ``keys`` are those of the pages, in their order."""

    def __init__(self, pdf, keys):
        self.pdf = pdf
        self.sheets = [page.obj for page in pdf.pages]
        self.annotations = {}
        self.made = {}
        for sheet, key in zip(self.sheets, keys, strict=True):
            sheet.StructParents, sheet.Tabs = key, Name.S
            for annotation in sheet.get("/Annots", ()):
                self.annotations[int(annotation.StructParent)] = annotation

    def write(self, structure):
        top = self.element(structure.top)
        pairs = Array()
        for key, owner in enumerate(structure.owners):
            pairs.append(key)
            pairs.append(self.owner(owner))
        root = self.pdf.make_indirect(
            Dictionary(
                Type=Name.StructTreeRoot,
                K=Array([top]),
                ParentTree=self.pdf.make_indirect(Dictionary(Nums=pairs)),
                ParentTreeNextKey=len(structure.owners),
            )
        )
        top.P = root
        self.pdf.Root.StructTreeRoot = root
        self.pdf.Root.MarkInfo = Dictionary(Marked=True)

    def owner(self, owner):
        if isinstance(owner, Element):
            return self.made[owner]
        return self.pdf.make_indirect(Array([self.made[element] for element in owner]))

    def element(self, element):
        """The object of ``element``, in which only its parent is not filled in yet."""
        page = next((kid.page for kid in element.kids if not isinstance(kid, Element)), None)
        kids = [self.kid(kid, page) for kid in element.kids]
        entries = {"/Type": Name.StructElem, "/S": Name(f"/{element.kind}"), "/K": Array(kids)}
        if page is not None:
            entries["/Pg"] = self.sheets[page]
        entries |= attributes(element)
        self.made[element] = made = self.pdf.make_indirect(Dictionary(entries))
        for kid, of_kid in zip(element.kids, kids, strict=True):
            if isinstance(kid, Element):
                of_kid.P = made
        return made

    def kid(self, kid, page):
        """What stands for ``kid`` in an element whose marks are on ``page``, unless they say so."""
        if isinstance(kid, Element):
            return self.element(kid)
        if isinstance(kid, Annotation):
            annotation = self.annotations[kid.key]
            return Dictionary(Type=Name.OBJR, Obj=annotation, Pg=self.sheets[kid.page])
        if kid.page == page:
            return kid.place
        return Dictionary(Type=Name.MCR, Pg=self.sheets[kid.page], MCID=kid.place)


def attributes(element):
    """What ``element`` tells besides its kind, as entries."""
    entries = {}
    if element.alt:
        entries["/Alt"] = String(element.alt)
    if element.actual:
        entries["/ActualText"] = String(element.actual)
    if element.box:
        box = Array([round(edge, 2) for edge in element.box])
        entries["/A"] = Dictionary(O=Name.Layout, Placement=Name.Block, BBox=box)
    if element.scope:
        entries["/A"] = Dictionary(O=Name.Table, Scope=Name(f"/{element.scope}"))
    return entries


def save(pdf, out):
    """The same content gives the same bytes and the same identifier, and other content another."""
    del pdf.trailer.ID  # that of ReportLab is made of the title alone
    pdf.save(
        out,
        object_stream_mode=ObjectStreamMode.generate,
        deterministic_id=True,
        fix_metadata_version=False,
    )
