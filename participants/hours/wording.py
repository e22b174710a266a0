"""Minutes as people read them. Exact: nothing here rounds up, so 3599 is never "60"."""

QUARTERS = {0: "", 15: ",25", 30: ",5", 45: ",75"}


def in_words(minutes):
    """Minutes in words: "1,5 uur" for whole quarters, else "1 uur en 20 minuten"."""
    sign, whole, rest = _split(minutes)
    if rest in QUARTERS:
        return f"{sign}{whole}{QUARTERS[rest]} uur"
    minutes_in_words = f"{rest} {'minuut' if rest == 1 else 'minuten'}"
    return f"{sign}{whole} uur en {minutes_in_words}" if whole else f"{sign}{minutes_in_words}"


def as_figure(minutes):
    """Minutes as a figure in hours: "4,5", else "59 u 59" or "50 min"."""
    sign, whole, rest = _split(minutes)
    if rest in QUARTERS:
        return f"{sign}{whole}{QUARTERS[rest]}"
    return f"{sign}{whole} u {rest:02}" if whole else f"{sign}{rest} min"


def _split(minutes):
    whole, rest = divmod(abs(minutes), 60)
    return "-" if minutes < 0 else "", whole, rest
