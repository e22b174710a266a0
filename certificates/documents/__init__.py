"""Draws the certificate from its frozen facts. Knows paper: no rules, no database, no web.

The keys of ``facts`` (all JSON, frozen at issue):

- name, track, cohort, provider, partners (may be empty), place, conditions and method (a sentence
  each), number, replaces (a number or empty), check_url, check_host, hand_code (12 characters)
- period_start, period_end, award_date: ISO dates
- study_minutes, work_minutes: whole minutes
- signatories: two of {name, role, signature}; ratings: {criterion, rating};
  hours: {label, minutes}; attendance: {label, achieved, required}; trainings: titles
- may be left out: opening and achievement (the words around the name), logo, signature, and
  preview (true for a page with VOORBEELD across it)

A logo and a signature are hashes, or empty; ``images`` gives the PNG bytes of each. The same facts
always give the same bytes. The stored bytes are the certificate. They hold the facts too, as
``feiten.json``; not the hand code, which is on the paper for whoever holds that.
"""

import json
from io import BytesIO

from certificates.documents import front, supplement
from certificates.documents.page import Page
from certificates.documents.participation import participation_pdf
from participants.paper import names
from participants.paper.archival import NO_IMAGES, Document

__all__ = ["certificate_pdf", "participation_pdf", "preview", "print_file", "write_print_file"]

SIGNATURE = "Handtekening"  # the field by its name


def certificate_pdf(facts, *, images=NO_IMAGES, to_sign=False):
    """Front and supplement as PDF bytes; raises ValueError when the name cannot be printed.

    With ``to_sign`` there is an empty field for the signature of the provider, which keeps the
    structure whole: a field that is added by signing would not be in it.
    """
    paper = BytesIO()
    title = f"Certificaat {facts['track']}: {facts['name']}"
    subject = f"Nummer {facts['number']}"
    told = {"title": title, "author": facts["provider"], "subject": subject}
    with Document(paper, images=images, **told) as document:
        draw(document, facts, to_sign=to_sign)
        document.attach(
            "feiten.json",
            source(facts),
            kind="application/json",
            description="De gegevens van dit certificaat",
            date=facts["award_date"],
        )
    return paper.getvalue()


def preview(facts, *, images=NO_IMAGES):
    """The same pages with VOORBEELD across them."""
    return certificate_pdf({**facts, "preview": True}, images=images)


def print_file(many_facts, *, images=NO_IMAGES, fronts_only=False):
    """All of ``many_facts`` in one file for the printer: two pages each, or only the front.

    Fonts, drawings and pictures are in it once. Raises ValueError when there is nobody to print.
    """
    paper = BytesIO()
    write_print_file(paper, many_facts, images=images, fronts_only=fronts_only)
    return paper.getvalue()


def write_print_file(paper, many_facts, *, images=NO_IMAGES, fronts_only=False):
    """As ``print_file``, to a binary file; ``many_facts`` may come from a generator.

    The pages are in memory until all are drawn: some 300 kB for each person.
    """
    told = {"title": "Certificaten", "author": "Leerlijn", "subject": "Afdrukken"}
    with Document(paper, images=images, **told) as document:
        for facts in many_facts:
            draw(document, facts, fronts_only=fronts_only)
        if not document.pages:
            raise ValueError("no certificate to print")


def draw(document, facts, *, fronts_only=False, to_sign=False):
    if refusal := names.refusal(facts["name"]):
        raise ValueError(refusal)
    with document.structure.element("Part"):
        for part in (front,) if fronts_only else (front, supplement):
            page = Page(document)
            if facts.get("preview"):
                page.mark("VOORBEELD")
            part.draw(page, facts)
            if to_sign and part is front:
                page.signature_field(SIGNATURE, f"Digitale handtekening van {facts['provider']}")
            page.close()


def source(facts):
    """The facts as JSON, without the code that only the paper may tell."""
    told = {key: value for key, value in facts.items() if key != "hand_code"}
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
