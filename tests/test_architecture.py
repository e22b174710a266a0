"""Imports point down this list, never up (docs/adr: the house)."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LAYERS = [
    ["participants.paper", "participants.mailing", "participants.paging", "participants.sheets"],
    ["participants.once"],
    ["participants.statements"],
    ["participants.longwork"],
    ["participants.events"],
    ["participants.accounts", "participants.files", "participants.kept", "participants.receipts"],
    ["participants.agenda"],
    ["participants.tracks"],
    ["participants.exports"],
    ["participants.enrolments"],
    ["participants.trainings", "participants.placements"],
    ["participants.hours", "participants.sessions", "participants.plans"],
    ["participants.confirmations", "participants.interviews"],
    ["participants.explanations"],
    ["participants.layers"],
    ["participants.sources"],
    ["participants.progress"],
    ["participants.pace"],
    ["participants.messages", "participants.bounces"],
    ["participants.setup"],
    ["participants.overview", "participants.mydata"],
    ["participants.erasing"],
    ["participants.outgoing"],
    ["certificates"],
    ["leerlijn.urls", "leerlijn.api_urls"],
]
HEIGHT = {package: height for height, layer in enumerate(LAYERS) for package in layer}
# Whole words for what is nobody's; see the house style.
NAMELESS = {"utils", "helpers", "services", "common"}


def sources():
    for folder in ("leerlijn", "participants", "certificates"):
        yield from (ROOT / folder).rglob("*.py")


def package_of(module):
    return next((p for p in HEIGHT if module == p or module.startswith(p + ".")), None)


def imports():
    for source in sources():
        module = ".".join(source.relative_to(ROOT).with_suffix("").parts)
        for node in ast.walk(ast.parse(source.read_text())):
            if isinstance(node, ast.ImportFrom) and node.module:
                yield module, node.module
                yield from ((module, f"{node.module}.{name.name}") for name in node.names)
            elif isinstance(node, ast.Import):
                yield from ((module, name.name) for name in node.names)


def test_imports_point_down():
    upward = []
    for module, imported in imports():
        here, there = package_of(module), package_of(imported)
        if here and there and here != there and HEIGHT[there] >= HEIGHT[here]:
            upward.append(f"{module} imports {imported}")
    assert upward == []


def test_participants_never_import_certificates():
    upward = [
        f"{module} imports {imported}"
        for module, imported in imports()
        if module.startswith("participants.") and imported.split(".")[0] == "certificates"
    ]
    assert upward == []


def test_no_module_is_called_after_nothing():
    assert [str(path) for path in sources() if path.stem in NAMELESS] == []
