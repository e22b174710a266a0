# Needs python3 3.11 or newer and make. Everything else comes into .venv/ and node_modules/.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
# Node comes from the system, else from a Python package in the same .venv.
NPM := $(or $(shell command -v npm),$(BIN)/npm)
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --no-annotate $(UPGRADE)
# As it would stand on the internet.
PRODUCTION := DEBUG=no ALLOWED_HOSTS=leerlijn.example SITE_URL=https://leerlijn.example \
	EMAIL_URL=submission://mail.example SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))')
export PIP_DISABLE_PIP_VERSION_CHECK = 1
export PATH := $(CURDIR)/$(BIN):$(PATH)

.PHONY: run faults production test check semgrep format lock sbom bench handbook install clean
.DEFAULT_GOAL := run

install: .venv/.stamp node_modules/.stamp .env

.venv/.stamp: requirements/dev.txt requirements/node.txt
	@$(PYTHON) -c 'import sys; sys.exit(0 if (3, 11) <= sys.version_info[:2] < (3, 14) else "Python 3.11, 3.12 or 3.13 is needed; this is " + sys.version.split()[0])'
	@$(PYTHON) -c 'import ensurepip, venv' || { echo "The venv of Python is missing; on Debian: apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --require-hashes -r requirements/dev.txt
	@case "$(NPM)" in $(BIN)/*) $(BIN)/pip install --quiet --require-hashes -r requirements/node.txt;; esac
	@touch $@

node_modules/.stamp: package.json package-lock.json .npmrc .venv/.stamp
	$(NPM) ci --silent
	@touch $@

# What a server needs and nothing more: no tools of developers, no .env. See the runbook.
production:
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --require-hashes -r requirements/base.txt
	@case "$(NPM)" in $(BIN)/*) $(BIN)/pip install --quiet --require-hashes -r requirements/node.txt;; esac
	$(NPM) ci --silent
	@DEBUG=yes SECRET_KEY=of-no-site $(MANAGE) collectstatic --noinput --verbosity 0

# For development, and for plain `.venv/bin/python manage.py ...` beside a running demo.
.env:
	@printf 'DEBUG=yes\nALLOWED_HOSTS=127.0.0.1,localhost\nEMAIL_URL=console:\nSECRET_KEY=%s\n' \
		"$$($(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(50))')" > $@

# DEBUG is off for whoever visits: compressed files, no tracebacks, JSON in the log.
# Ctrl-C stops the worker and the server.
run: export SITE_URL ?= http://127.0.0.1:$(PORT)
run: install
	@$(MANAGE) collectstatic --noinput --verbosity 0
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) demo
	@export DEBUG=no PYTHONUNBUFFERED=1; \
	trap 'kill $$worker $$server 2>/dev/null; wait' EXIT; trap 'exit 130' INT; trap 'exit 143' TERM; \
	$(MANAGE) db_worker & worker=$$!; \
	$(BIN)/gunicorn leerlijn.wsgi --bind 127.0.0.1:$(PORT) --workers 2 --threads 10 \
		--no-control-socket & server=$$!; \
	echo "Leerlijn: $(SITE_URL) (Ctrl-C stops it)"; \
	wait $$server

test: install
	$(BIN)/python -m pytest -n 2 $(TESTS)

check: install
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/djangofmt --check templates
	$(BIN)/mypy
	@# Medium and up; rules of our own: make semgrep.
	$(BIN)/bandit --quiet --recursive -ll -ii --configfile pyproject.toml leerlijn participants certificates
	$(MANAGE) makemigrations --check --dry-run
	@$(MANAGE) collectstatic --noinput --verbosity 0
	@$(PRODUCTION) $(MANAGE) check --deploy --fail-level WARNING
	@# Translations: the source strings are Dutch, so there is nothing to compile or to miss.

# Rules of our own over the source, each tried first on what it must see. It asks nobody anything.
SEMGREP := SEMGREP_SETTINGS_FILE=.venv-semgrep/settings.yml SEMGREP_LOG_FILE=.venv-semgrep/semgrep.log \
	.venv-semgrep/bin/semgrep scan --metrics=off --disable-version-check --quiet --jobs=1 --config .semgrep/house.yml

semgrep: .venv/.stamp .venv-semgrep/.stamp
	$(SEMGREP) --test .semgrep/house.py
	$(SEMGREP) --error --sarif-output .venv-semgrep/found.sarif leerlijn participants certificates
	$(BIN)/python .semgrep/excuses.py .venv-semgrep/found.sarif

.venv-semgrep/.stamp: requirements/semgrep.txt
	$(PYTHON) -m venv .venv-semgrep
	.venv-semgrep/bin/pip install --quiet --no-compile --require-hashes -r requirements/semgrep.txt
	@touch $@

# What `make check` would say about layout, mended.
format: install
	$(BIN)/ruff check --fix-only --quiet
	$(BIN)/ruff format --quiet
	$(BIN)/djangofmt --quiet templates

# Keeps what is locked, as far as pyproject.toml still allows it; UPGRADE=--upgrade looks for newer.
lock: .venv/.stamp
	$(COMPILE) pyproject.toml --extra dev --output-file requirements/dev.txt
	$(COMPILE) pyproject.toml --constraint requirements/dev.txt --output-file requirements/base.txt
	$(COMPILE) --group node --output-file requirements/node.txt
	$(COMPILE) --group semgrep --output-file requirements/semgrep.txt
	$(NPM) install --package-lock-only --silent
	$(BIN)/python requirements/sbom.py

# What the locks hold, as CycloneDX, for who has to answer what is in the house.
sbom:
	$(BIN)/python requirements/sbom.py

bench: install
	$(BIN)/python -m tests.bench

# The pictures in docs/, anew from the demo; needs Chromium.
handbook: install
	$(BIN)/python -m tests.handbook

# What the site survives: minutes of killing and breaking, on databases of its own. FAULTS= chooses.
faults: install
	$(BIN)/python -m tests.faults $(FAULTS)

# Keeps what people made: the database, media/ and .env.
clean:
	rm -rf .venv .venv-semgrep node_modules staticfiles .mypy_cache .pytest_cache .ruff_cache
