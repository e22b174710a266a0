"""Hours, presence and codes as the certificate words them. Always Dutch: it is frozen text."""


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
