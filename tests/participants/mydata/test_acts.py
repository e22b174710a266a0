"""Every decision has words for the person it is about."""

import ast
from pathlib import Path

import pytest

from participants.mydata import acts

ROOT = Path(__file__).resolve().parents[3]


def written_acts():
    """The acts that the code writes down under a fixed name."""
    for folder in ("leerlijn", "participants", "certificates"):
        for source in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(source.read_text())):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "decided":
                    for found in ast.walk(node.args[0]):
                        if isinstance(found, ast.Constant) and isinstance(found.value, str):
                            yield found.value


def whole_names():
    return {act for act in written_acts() if not act.startswith("_") and not act.endswith("_")}


def test_every_act_has_words():
    assert whole_names() - set(acts.ACTS) - acts.BETWEEN_ASSESSORS == set()


@pytest.mark.parametrize("act", ["hours_approved", "name_changed"])
def test_words_are_dutch(act):
    assert "_" not in acts.in_words(act)


def test_an_act_without_words_is_still_told():
    assert acts.in_words("something_new") == "something new"
    assert acts.thing("finalinterview:3") == "je eindgesprek"
    assert acts.thing("unheard:3") == "iets van jou"
