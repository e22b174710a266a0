"""A plan (POP or GOP) on paper: one heading and text for each part.

The keys of ``facts``:

- title, name (whose it is), version (a number; None for a draft), date (ISO), provider
- sections: {heading, text}; a line break in a text begins a paragraph
"""

from io import BytesIO

from participants.paper.archival import Document
from participants.paper.flow import Flow
from participants.paper.wording import long_date


def plan_pdf(facts):
    """The plan as PDF bytes, over as many sheets as it takes."""
    paper = BytesIO()
    title = f"{facts['title']} van {facts['name']}"
    number = facts["version"]
    word = f"versie {number}" if number else "concept"
    version = f"{word.capitalize()} van {long_date(facts['date'])}"
    with Document(paper, title=title, author=facts["provider"], subject=version) as document:
        flow = Flow(document, f"{title}, {word}")
        flow.title(title, version)
        for section in facts["sections"]:
            flow.heading(section["heading"])
            for line in filter(str.strip, section["text"].splitlines()):
                flow.paragraph(line)
        flow.close()
    return paper.getvalue()
