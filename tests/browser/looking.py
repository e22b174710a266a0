"""What is wrong with a page for who has a small screen, uses keys only, or has it read aloud."""

from axe_playwright_python.base import AXE_SCRIPT

NARROWEST = {"width": 320, "height": 640}
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
# Axe calls these moderate; without them a page cannot be skimmed by its headings and parts.
ALSO = {"heading-order", "landmark-one-main", "page-has-heading-one", "region"}
# With its own letters: those that stand in until they have come are wider.
WIDTHS = "document.fonts.ready.then(() => [document.documentElement.scrollWidth, innerWidth])"
# What one presses with a thumb, by what can be pressed of it: a tick box with its label. A link
# within a sentence is as high as its line, and may be (WCAG 2.2, 2.5.8 Inline).
SMALL_TARGETS = """() => {
  const found = [];
  const inSentence = (link) => {
    if (getComputedStyle(link).display !== "inline") return false;
    const around = link.closest("p, li, dd, dt, td, th, label, figcaption, h1, h2, h3, legend");
    return around !== null && around.textContent.trim().length > link.textContent.trim().length + 3;
  };
  const reach = (element) => {
    const boxes = [element, ...(element.labels ?? [])].map((one) => one.getBoundingClientRect());
    const edge = (side, of) => of(...boxes.filter((box) => box.width).map((box) => box[side]));
    return [
      edge("right", Math.max) - edge("left", Math.min),
      edge("bottom", Math.max) - edge("top", Math.min),
    ];
  };
  for (const element of document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, textarea, summary",
  )) {
    const shown = element.checkVisibility({ visibilityProperty: true, opacityProperty: false });
    const box = element.getBoundingClientRect();
    const aside = box.right <= 0 || box.bottom + scrollY <= 0 || box.width <= 1;
    if (!shown || aside || (element.matches("a") && inSentence(element))) continue;
    const [width, height] = reach(element);
    if (Math.min(width, height) < 43.5) {
      const name = element.innerText?.trim() || element.name || element.id;
      found.push(`${element.localName} "${name}" ${Math.round(width)} x ${Math.round(height)}`);
    }
  }
  return found;
}"""


# Only what is read of it: all that axe found to be well takes longer to hand over than to find.
AXE = """() => axe.run({ resultTypes: ["violations"] }).then((found) =>
  found.violations.map(({ id, impact, nodes }) => [id, impact, nodes[0].target]))"""


def complaints(page, address, *, status=200, desk=True):
    """What is wrong with the page at ``address``, as sentences; [] when nothing is.

    On a phone: what axe finds, errors in the console, targets under 44 px. On the narrowest
    screen: sideways scrolling. With ``desk`` also what axe finds there.
    """
    found = []
    page.on("console", lambda said: said.type == "error" and found.append(said.text))
    page.set_viewport_size(PHONE)
    answer = page.goto(address)
    if answer.status != status:
        return [f"{address} answers {answer.status}"]
    if status != 200:
        found.clear()  # the browser itself reports what did not answer 200
    found += [f"at {PHONE['width']}: {barrier}" for barrier in barriers(page)]
    found += [f"small target: {target}" for target in page.evaluate(SMALL_TARGETS)]
    found += sideways(page)
    page.set_viewport_size(NARROWEST)
    found += sideways(page)
    if desk:
        page.set_viewport_size(DESK)
        found += [f"at {DESK['width']}: {barrier}" for barrier in barriers(page)]
    return found


def sideways(page):
    wide, screen = page.evaluate(WIDTHS)
    return [f"{wide} pixels wide on a screen of {screen}"] if wide > screen else []


def barriers(page):
    """What axe calls serious or critical, and what makes a page hard to skim: rule and place."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return [
        f"{rule} {place}"
        for rule, impact, place in page.evaluate(AXE)
        if impact in ("serious", "critical") or rule in ALSO
    ]
