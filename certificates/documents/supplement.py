"""The supplement: what was shown, in words. One function per part."""

from certificates.documents import columns, wording
from certificates.documents.columns import Section
from certificates.documents.page import RIGHT
from participants.hours.wording import in_words
from participants.paper import fonts

LEFT, MIDDLE, GUTTER = 96, 472, 44
BOTTOM = 552
MOST_LISTED = 8  # more trainings than this read better as a sentence than as a list


def draw(page, facts):
    study, work = (wording.whole_hours(facts[f"{kind}_minutes"]) for kind in ("study", "work"))
    page.weave(study // 4, work // 4, centre=40, swing=15, band=11)  # four hours a line
    top = heading(page, facts) + 32
    left, right = told(shown(facts)), told(done(facts))
    if not left:
        left, right = right, []
    widths = MIDDLE - GUTTER - LEFT, RIGHT - MIDDLE
    rhythms = columns.largest_rhythm(list(zip(widths, (left, right), strict=True)), BOTTOM - top)
    columns.draw(page, LEFT, top, left, rhythms[0])
    columns.draw(page, MIDDLE, top, right, rhythms[1])
    check(page, facts)


def heading(page, facts):
    """Whose it is and which; returns the last baseline."""
    title = "Bijlage bij het certificaat van"
    with page.marked("H2", actual=f"{title} {fonts.printable(facts['name'])}"):
        page.text(LEFT, 62, title, size=13, colour="soft")
        y = page.fitted(LEFT, 90, facts["name"], RIGHT - LEFT, (26, 18), fonts.BOLD)
    which = f"{facts['track']}. {facts['cohort']}. Nummer {facts['number']}."
    if facts["replaces"]:
        which += f" Dit certificaat vervangt nummer {facts['replaces']}."
    return page.paragraph(LEFT, y + 20, which, RIGHT - LEFT, 12, most=2)


def shown(facts):
    """The criteria with the joint rating in words, and how they were rated."""
    rows = tuple((row["criterion"], row["rating"]) for row in facts["ratings"])
    return [
        Section("Laten zien in het eindgesprek", rows),
        Section(text=facts["method"], colour="soft"),
    ]


def done(facts):
    """Hours per kind, attendance, trainings."""
    hours = tuple((row["label"], in_words(row["minutes"])) for row in facts["hours"])
    attendance = tuple(
        (row["label"], wording.attended(row["achieved"], row["required"]))
        for row in facts["attendance"]
    )
    return [
        Section("Uren", hours),
        Section("Erbij geweest", attendance),
        trainings(facts["trainings"]),
    ]


def told(sections):
    """Those of ``sections`` that say something."""
    return [section for section in sections if section.rows or section.text]


def trainings(titles):
    if len(titles) > MOST_LISTED:
        return Section("Gekozen trainingen", text="; ".join(titles) + ".")
    return Section("Gekozen trainingen", tuple((title, "") for title in titles))


def check(page, facts):
    code = wording.in_groups(facts["hand_code"])
    how = f"Controleer dit papier op {facts['check_host']} met nummer {facts['number']}"
    page.fitted(LEFT, 573, f"{how} en code {code}.", RIGHT - LEFT - 60, (9.5, 6))
    page.text(RIGHT, 573, "2 van 2", size=9.5, colour="soft", align="right", kind=None)
