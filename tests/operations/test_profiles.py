"""What stands beside the program for whoever runs it names things that exist."""

import re
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands
from packaging.utils import canonicalize_name

from participants.accounts import throttles
from tests.faults import front
from tests.test_architecture import imports, sources
from tests.test_supply import locked

DOCKER = settings.BASE_DIR / "docker"
SMALL = settings.BASE_DIR / "docs" / "handbook" / "small"


@pytest.fixture
def services():
    return yaml.safe_load((settings.BASE_DIR / "compose.yaml").read_text())["services"]


def read(*files):
    return "\n".join(file.read_text() for file in files)


def settings_named():
    """The variables that the site reads."""
    source = read(settings.BASE_DIR / "leerlijn" / "settings.py")
    return set(re.findall(r'environment\.\w+\(\s*"(\w+)"', source))


def test_a_server_has_threads_for_readers_beside_those_who_log_in_or_wait_to():
    root = settings.BASE_DIR
    started = read(root / "Makefile", root / "Dockerfile", SMALL / "leerlijn-web.service")
    threads = [int(each) for each in re.findall(r"--threads[ =](\d+)", started)]
    least = throttles.MOST_IN_HAND + throttles.MOST_WAITING + 2
    assert len(threads) == 3 and min(threads) >= least


def test_every_variable_that_is_filled_in_is_read_by_the_site(services):
    examples = (SMALL / "leerlijn.env.example", DOCKER / "site.env.example")
    named = set(re.findall(r"^#?([A-Z_]+)=", read(*examples), re.MULTILINE))
    named |= set(services["web"]["environment"]) - {"WEB_CONCURRENCY"}  # of gunicorn
    assert named - settings_named() == set()


def test_every_command_in_the_profiles_exists(services):
    texts = read(*SMALL.glob("*.service"))
    texts += " ".join(" ".join(each.get("command", [])) for each in services.values())
    named = set(re.findall(r"manage\.py (\w+)", texts))
    assert named == {"migrate", "db_worker", "tick", "backup"}
    assert named <= set(get_commands())


def test_no_container_of_the_site_is_root_or_writes_where_it_should_not(services):
    assert "USER 10001" in read(settings.BASE_DIR / "Dockerfile")
    for name in ("web", "worker", "tick", "migrate", "nginx"):
        assert services[name]["read_only"], name
        assert services[name]["cap_drop"] == ["ALL"], name
    assert services["nginx"]["user"] == "10001:10001"


def test_nginx_waits_for_a_web_that_answers(services):
    assert services["nginx"]["depends_on"] == {"web": {"condition": "service_healthy"}}
    assert services["web"]["healthcheck"]["test"] == ["CMD", "python", "docker/alive.py"]
    assert "healthcheck" not in services["worker"]


def test_one_service_makes_the_image_of_all(services):
    """Each that makes it too has an image of its own, and the next ``up`` starts all anew."""
    ours = {name for name, each in services.items() if each["image"] == "leerlijn"}
    assert {name for name, each in services.items() if "build" in each} == {"migrate"} < ours
    assert all("migrate" in services[name]["depends_on"] for name in ours - {"migrate"})


def test_the_database_is_healthy_only_once_others_can_reach_it(services):
    """While its image makes the first database it answers on a socket alone."""
    assert "--host=127.0.0.1" in services["database"]["healthcheck"]["test"]


def test_nginx_finds_a_web_container_that_is_new():
    """Asked for once, its address is that of before: 502 after every upgrade, for ever."""
    nginx = read(DOCKER / "nginx.conf")
    assert "resolver 127.0.0.11 valid=" in nginx
    [block] = re.findall(r"upstream site \{(.*?)\}", nginx, re.DOTALL)
    assert "server web:8000 resolve;" in block
    assert re.search(r"^\s*zone ", block, re.MULTILINE)


def test_the_faults_still_know_the_nginx_that_they_put_in_front(tmp_path):
    """They run seldom: what is written otherwise in nginx.conf is told here already."""
    program = tmp_path / "nginx"
    program.write_text("#!/bin/sh\necho nginx version: nginx/1.22.1 >&2\n")
    program.chmod(0o700)
    site = SimpleNamespace(port=8001, media=tmp_path / "media")
    said = front.configured(site, tmp_path, 8443, str(program))
    assert "server 127.0.0.1:8001;" in said
    assert not re.search(r"web:8000|/data/|/tls/|\[::\]|http2", said)


def test_who_comes_by_ipv6_keeps_their_address():
    networks = yaml.safe_load((settings.BASE_DIR / "compose.yaml").read_text())["networks"]
    assert networks["outside"] == {"enable_ipv6": True}


def test_the_virus_scanner_is_not_root_and_its_image_sees_that_it_started():
    said = read(DOCKER / "clamd.conf").splitlines()
    assert {"LocalSocket /tmp/clamd.sock", "User clamav"} <= set(said)


def test_backups_of_both_profiles_go_after_five_weeks(services):
    gone = "-mindepth 1 -maxdepth 1 -mtime +35 -exec rm -r {} +"
    assert gone in read(SMALL / "leerlijn-backup.service")
    assert gone in " ".join(services["backup"]["command"])


def judged(program, *arguments):
    """What a linter says of a file: nothing when all is well."""
    command = [Path(sys.executable).with_name(program), *arguments]
    done = subprocess.run(command, capture_output=True, text=True)
    return done.stdout + done.stderr if done.returncode else ""


def judged_compose(file):
    return judged("check-jsonschema", "--builtin-schema", "vendor.compose-spec", file)


def test_compose_can_read_the_compose_file(tmp_path):
    file = settings.BASE_DIR / "compose.yaml"
    assert judged_compose(file) == ""
    wrong = tmp_path / "compose.yaml"
    wrong.write_text(file.read_text().replace("restart:", "restrat:"))
    assert "restrat" in judged_compose(wrong)


def test_hadolint_finds_nothing_in_the_dockerfile(tmp_path):
    file = settings.BASE_DIR / "Dockerfile"
    assert judged("hadolint", "--no-color", file) == ""
    wrong = tmp_path / "Dockerfile"
    wrong.write_text(file.read_text().replace("install --yes", "install"))
    assert "DL3014" in judged("hadolint", "--no-color", wrong)


def test_what_need_not_call_out_cannot(services):
    networks = yaml.safe_load((settings.BASE_DIR / "compose.yaml").read_text())["networks"]
    assert networks["inside"] == {"internal": True}
    shut = {name for name, each in services.items() if each["networks"] == ["inside"]}
    assert shut == {"migrate", "web", "backup", "database"}


def test_the_database_keeps_no_log_of_who_is_erased(services):
    assert {"-cwal_recycle=off", "-cwal_keep_size=0"} <= set(services["database"]["command"])


def test_nothing_gets_into_the_image_that_is_not_named():
    lines = read(settings.BASE_DIR / ".dockerignore").splitlines()
    assert "*" in lines
    assert not {"!.env", "!docker", "!docker/site.env"} & set(lines)


def test_every_folder_that_the_program_reads_is_in_the_image():
    read_there = set(re.findall(r'BASE_DIR / "([\w.]+)', read(*sources())))
    made_there = {".env", "media", "staticfiles"}  # never, in a volume, by collectstatic
    recipe = read(settings.BASE_DIR / "Dockerfile")
    copied = set(re.findall(r"^COPY .*?([\w./]+)$", recipe, re.MULTILINE))
    assert "node_modules" in read_there  # the typeface of certificates
    assert read_there - made_there <= copied
    assert "rm -rf node_modules" not in recipe


def test_a_server_installs_whatever_the_program_imports():
    brought_by = packages_distributions()
    ours = {"leerlijn", "participants", "certificates"} | sys.stdlib_module_names
    needed = {imported.split(".")[0] for _, imported in imports()} - ours
    installed = {canonicalize_name(name) for name in locked("requirements/base.txt")}
    assert [
        name
        for name in sorted(needed)
        if not installed & {canonicalize_name(each) for each in brought_by.get(name, ())}
    ] == []


def test_the_user_of_the_site_does_not_own_where_its_program_stands():
    [made] = re.findall(r"adduser .*", read(SMALL.parent / "runbook.md"))
    assert "--no-create-home" in made
    assert "/srv" not in made


def test_proxies_let_through_what_the_site_takes_and_log_no_address():
    nginx, caddy = read(DOCKER / "nginx.conf"), read(SMALL / "Caddyfile")
    [largest] = re.findall(r"client_max_body_size (\d+)m", nginx)
    assert int(largest) * 1024 * 1024 == settings.MAX_REQUEST_BYTES
    [largest] = re.findall(r"max_size (\d+)MB", caddy)
    assert int(largest) * 1000 * 1000 >= settings.MAX_REQUEST_BYTES
    assert "access_log off;" in nginx
    assert not re.search(r"^\s*log\b", caddy, re.MULTILINE)


def test_nginx_sends_files_only_where_the_site_points_and_with_its_headers(services):
    nginx = read(DOCKER / "nginx.conf")
    [block] = re.findall(r"location /intern/uploads/ \{(.*?)\}", nginx, re.DOTALL)
    assert "internal;" in block
    assert "alias /data/media/uploads/;" in block
    assert services["web"]["environment"]["MEDIA_ACCEL"] == "/intern/"
    for header in ("X-Content-Type-Options", "Content-Security-Policy", "Referrer-Policy"):
        assert f"add_header {header}" in block
