"""Reads XML of strangers: no DTD, so no entities, whatever the encoding."""

from xml.parsers import expat

from participants.files.refusals import refusal

ENCODINGS = {None, "UTF-8", "UTF-16", "US-ASCII", "ISO-8859-1"}
MOST_ELEMENTS = 1_500_000
DTD_MARKS = tuple(
    mark.encode(code)
    for mark in ("<!DOCTYPE", "<!ENTITY")
    for code in ("utf-8", "utf-16-le", "utf-16-be")
)


class XmlReader:
    """Calls ``on_element(name, attributes)`` and ``on_text(name, text)`` for all parts it reads.

    Names are "namespace local". Raises ValidationError: ``active_content`` for a DTD,
    ``damaged`` for what is no XML, ``too_much_inside`` for too many elements in all.
    """

    def __init__(self):
        self._elements = 0

    def read(self, content, on_element, on_text=None):
        upper = content.upper()
        if any(mark in upper for mark in DTD_MARKS):
            raise refusal("active_content")
        open_elements = []
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True

        def start(name, attributes):
            self._count()
            open_elements.append(name)
            on_element(name, attributes)

        parser.StartDoctypeDeclHandler = _refuse_dtd
        parser.ProcessingInstructionHandler = _judge_instruction
        parser.XmlDeclHandler = _judge_encoding
        parser.StartElementHandler = start
        parser.EndElementHandler = lambda name: open_elements.pop()
        if on_text:
            parser.CharacterDataHandler = lambda text: on_text(open_elements[-1], text)
        _parse(parser, content)

    def _count(self):
        self._elements += 1
        if self._elements > MOST_ELEMENTS:
            raise refusal("too_much_inside")


def _parse(parser, content):
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError, LookupError):
        raise refusal("damaged") from None


def _refuse_dtd(*declaration):
    raise refusal("active_content")


def _judge_instruction(target, _text):
    if target == "xml-stylesheet":  # from wherever it says; word processors write none
        raise refusal("external_target")


def _judge_encoding(version, encoding, standalone):
    if encoding is not None and encoding.upper() not in ENCODINGS:
        raise refusal("damaged")
