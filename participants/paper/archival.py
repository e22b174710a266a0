"""A document that is PDF/A-3a and PDF/UA-1: can be read in fifty years, and by everybody.

ReportLab draws it; pikepdf finishes it. Same content, same bytes: no clock and no chance goes in.
"""

from io import BytesIO
from types import MappingProxyType

import pikepdf
from reportlab.pdfgen.canvas import Canvas

from participants.paper import finishing, fonts
from participants.paper.metadata import MAKER
from participants.paper.tagging import Structure

LANGUAGE = "nl-NL"
NO_IMAGES = MappingProxyType({})


class Document:
    """Pages drawn on one canvas, with their structure; written to ``out``, a binary file.

    ``images`` gives the PNG bytes of each picture by the hash under which the pages ask for it.
    Used as ``with Document(...) as document``; leaving it without an error makes the file.
    """

    def __init__(self, out, *, title, author, subject, images=NO_IMAGES):
        fonts.register()
        self.out = out
        self.images = images
        self.told = {"title": title, "author": author, "subject": subject}
        self.structure = Structure()
        self.pages = []
        self.attachments = []
        self.fields = []
        self.drawn = BytesIO()
        self.canvas = self._canvas()

    def __enter__(self):
        return self

    def __exit__(self, kind, error, traceback):
        if not error:
            self.finish(self.draw())

    def attach(self, name, data, **about):
        """Put ``data`` in the file as source of what the pages say; see ``finishing.attach``."""
        self.attachments.append((name, data, about))

    def draw(self):
        """The bytes of ReportLab: all that is seen, and nothing of what finishes it."""
        self.canvas.save()
        return self.drawn.getvalue()

    def finish(self, drawn):
        with pikepdf.open(BytesIO(drawn)) as pdf:
            finishing.tell(pdf, self.told, LANGUAGE)
            for name, data, about in self.attachments:
                finishing.attach(pdf, name, data, **about)
            for field in self.fields:
                finishing.add_field(pdf, *field)
            finishing.Tree(pdf, [page.key for page in self.pages]).write(self.structure)
            finishing.save(pdf, self.out)

    def _canvas(self):
        canvas = Canvas(
            self.drawn,
            initialFontName=fonts.REGULAR,  # otherwise every page begins with Helvetica
            invariant=1,
            lang=LANGUAGE,
            pdfVersion=(1, 7),
            pageCompression=0,  # once is enough: at the end, by pikepdf
        )
        canvas.setTitle(self.told["title"])
        canvas.setAuthor(self.told["author"])
        canvas.setSubject(self.told["subject"])
        canvas.setCreator(MAKER)
        canvas.setProducer(MAKER)
        return canvas
