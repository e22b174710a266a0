"""Hours, presence and codes as the certificate words them. Always Dutch: it is frozen text."""

# What the paper says around the name, as long as its facts do not say it in other words.
USUAL = {
    "opening": "Wij verklaren met plezier dat",
    "achievement": "alles heeft behaald wat nodig is voor",
    "conditions": (
        "Aan alle voorwaarden is voldaan: de uren, de lessen, de intervisie, het persoonlijk "
        "ontwikkelingsplan (POP), het groepsontwikkelingsplan (GOP) en het eindgesprek."
    ),
}


def whole_hours(minutes):
    """Rounded down: 59 hours and 59 minutes may never look like 60."""
    return minutes // 60


def attended(achieved, required):
    """How often someone was there. The norm only when reached: what replaced it stays private."""
    times = f"{achieved} keer erbij"
    return f"{times}, {required} nodig" if achieved >= required else times


def in_groups(code, size=4):
    """From "7KRM4PXD9HTW": "7KRM 4PXD 9HTW", to read aloud."""
    return " ".join(code[at : at + size] for at in range(0, len(code), size))
