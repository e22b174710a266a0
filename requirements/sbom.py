"""``python requirements/sbom.py``: writes sbom.json, what a running site is made of.

CycloneDX 1.6, out of the two locks and nothing else: the same locks give the same bytes.
"""

import base64
import json
import re
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent
BILL = HERE / "sbom.json"
PACKAGE = re.compile(r"^([\w.-]+)(?:\[[^]]*\])?==([^ ;\\]+)(.*?)(?=^\S|\Z)", re.M | re.S)


def bill():
    """The whole document."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": project["name"],
                "name": project["name"],
                "version": project["version"],
                "licenses": [{"license": {"id": project["license"]}}],
            }
        },
        "components": [*of_python(), *of_npm()],
    }


def of_python():
    """Each package of base.txt, with the hashes of the files that may be installed as it."""
    for name, version, rest in PACKAGE.findall((HERE / "base.txt").read_text()):
        hashes = re.findall(r"sha256:([0-9a-f]{64})", rest)
        yield component("pypi", name, version, [("SHA-256", each) for each in hashes])


def of_npm():
    """Each package whose files we serve or read."""
    packages = json.loads((PROJECT / "package-lock.json").read_text())["packages"]
    for place, facts in sorted(packages.items()):
        if place and not facts.get("dev"):
            digest = base64.b64decode(facts["integrity"].removeprefix("sha512-")).hex()
            name = place.removeprefix("node_modules/")
            licence = [{"expression": facts["license"]}] if "license" in facts else []
            of_one = component("npm", name, facts["version"], [("SHA-512", digest)])
            yield of_one | ({"licenses": licence} if licence else {})


def component(kind, name, version, hashes):
    purl = f"pkg:{kind}/{name.replace('@', '%40')}@{version}"
    group, _, last = name.rpartition("/")
    return {
        "type": "library",
        "bom-ref": purl,
        **({"group": group} if group else {}),
        "name": last,
        "version": version,
        "purl": purl,
        "hashes": [{"alg": algorithm, "content": content} for algorithm, content in hashes],
    }


def text():
    return json.dumps(bill(), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    BILL.write_text(text())
