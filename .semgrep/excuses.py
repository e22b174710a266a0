"""``python .semgrep/excuses.py FOUND.sarif``: each excuse gives its reason, and is still needed.

An excuse is a comment ``nosemgrep: rule - reason``, on the line of what it excuses or just above.
"""

import json
import re
import sys
from pathlib import Path

FOLDERS = ("leerlijn", "participants", "certificates")
GIVEN = re.compile(r"nosemgrep(?:: (?P<rule>[\w-]+) - \w.*)?")


def excused(sarif):
    """(rule, file, line) of all that a rule saw and a comment excuses."""
    for run in json.loads(sarif)["runs"]:
        for found in run["results"]:
            if found.get("suppressions"):
                place = found["locations"][0]["physicalLocation"]
                rule = found["ruleId"].rpartition(".")[2]
                yield rule, place["artifactLocation"]["uri"], place["region"]["startLine"]


def excuses():
    """(rule, file, line) of each comment; the rule is None when it or its reason is missing."""
    for folder in FOLDERS:
        for path in sorted(Path(folder).rglob("*.py")):
            for line, text in enumerate(path.read_text().splitlines(), 1):
                if given := GIVEN.search(text):
                    yield given["rule"], path.as_posix(), line


def main(sarif):
    needed = set(excused(sarif))
    for rule, path, line in excuses():
        if not needed & {(rule, path, line), (rule, path, line + 1)}:
            yield f"{path}:{line}: excuses nothing, or gives no rule and reason"


if __name__ == "__main__":
    sys.exit("\n".join(main(Path(sys.argv[1]).read_text())) or 0)
