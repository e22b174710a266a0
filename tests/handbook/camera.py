"""Takes one picture of one page, with a frame around what the text speaks of."""

import io

from PIL import Image, ImageChops

from tests.browser.looking import DESK, PHONE

COLOURS = 128
NOISE = 10  # pixels: the edge of a rounded corner is not drawn alike every time
# By name: what a browser is told, with the pixels of a picture for each pixel of the screen.
SCREENS = {
    "phone": {"viewport": PHONE, "device_scale_factor": 1.5},
    "desk": {"viewport": DESK, "device_scale_factor": 1},
}
# On top of the page, so that nothing moves; in a colour that the pages do not have.
FRAME = """(element) => {
  const inSentence = getComputedStyle(element).display === "inline";
  element.style.outline = "4px solid #d6336c";
  element.style.outlineOffset = inSentence ? "1px" : "5px";
  element.style.borderRadius = "8px";
}"""
TO_THE_TOP = "(element) => scrollTo(0, element.getBoundingClientRect().top + scrollY - 10)"
# Low on the screen: what comes before it stays in sight.
INTO_SIGHT = """(element) => {
  const box = element.getBoundingClientRect();
  if (box.bottom > innerHeight - 90) scrollBy(0, box.bottom - 0.75 * innerHeight);
}"""
# Debian's Chromium comes without Dutch: a field for a date as it looks in a Dutch browser.
DATES = """() => {
  for (const field of document.querySelectorAll("input[type^=date]")) {
    const [day, time] = (field.value || "jjjj-mm-dd").split("T");
    const hour = field.type === "date" ? "" : ` ${time ?? "--:--"}`;
    field.type = "text";
    field.value = day.split("-").reverse().join("-") + hour;
  }
}"""


def shot(page, picture, address):
    """What the open ``page`` shows of ``address``, as an image; stops when it does not open."""
    answer = page.goto(address)
    if answer.status != 200:
        raise SystemExit(f"{picture.name}: {address} answers {answer.status}")
    if picture.height:
        page.set_viewport_size(page.viewport_size | {"height": picture.height})
    page.evaluate("document.fonts.ready")
    page.evaluate(DATES)
    for label in picture.choose:
        page.get_by_label(label, exact=True).check()
    if picture.top:
        page.get_by_role("heading", name=picture.top).first.evaluate(TO_THE_TOP)
    if picture.mark:
        links = page.get_by_role("link", name=picture.mark)
        marked = page.get_by_role("button", name=picture.mark).or_(links).first
        marked.evaluate(FRAME)
        marked.evaluate(INTO_SIGHT)
    return Image.open(io.BytesIO(page.screenshot(animations="disabled", caret="hide")))


def save(image, path):
    """Keep ``image`` in few colours, small things too; what there is most of stays exact."""
    few = image.convert("RGB").quantize(COLOURS, Image.Quantize.MAXCOVERAGE, kmeans=3)
    if not path.exists() or differing(few, Image.open(path)) > NOISE:
        few.save(path, optimize=True)
    print(f"{path.name} {path.stat().st_size // 1000} kB", flush=True)


def differing(one, other):
    """How many pixels of ``one`` are not those of ``other``; all of them at another size."""
    if one.size != other.size:
        return one.width * one.height
    apart = ImageChops.difference(one.convert("RGB"), other.convert("RGB")).convert("L")
    return one.width * one.height - apart.histogram()[0]
