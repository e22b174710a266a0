# One image for web, worker and tick; compose.yaml says which is which. See docs/handbook/runbook.md.

FROM node:22-bookworm-slim AS styles
WORKDIR /site
COPY package.json package-lock.json .npmrc ./
RUN npm ci --silent

FROM python:3.12-slim-bookworm AS packages
WORKDIR /site
RUN python -m venv .venv
COPY requirements/base.txt requirements/base.txt
RUN .venv/bin/pip install --quiet --no-cache-dir --require-hashes -r requirements/base.txt

FROM packages AS whole
COPY --from=styles /site/node_modules node_modules
COPY manage.py ./
COPY leerlijn leerlijn
COPY participants participants
COPY certificates certificates
COPY templates templates
# No setting of a real site is known while the image is built, and none gets into it. node_modules
# stays (9 MB): the typeface of certificates is read from there.
RUN DEBUG=yes SECRET_KEY=of-no-site .venv/bin/python manage.py collectstatic --noinput --verbosity 0 \
    && .venv/bin/python -m compileall -q leerlijn participants certificates

FROM python:3.12-slim-bookworm
# pg_dump for the backup, of the same version as the database in compose.yaml. Debian keeps one
# version of it per release and mends that one, so a pinned number would only go missing.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends postgresql-client \
    && rm -rf /var/lib/apt/lists/* \
    && install --directory --owner=10001 --group=10001 --mode=700 /data /backups
WORKDIR /site
COPY --from=whole /site /site
COPY docker/alive.py docker/alive.py
ENV PATH=/site/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    MEDIA_ROOT=/data/media \
    ERASED_LEDGER=/data/erased.jsonl
# Nobody on the machine; the files of people are readable for this number only.
USER 10001:10001
VOLUME ["/data", "/backups"]
EXPOSE 8000
# WEB_CONCURRENCY says how many processes; /dev/shm because a slow disk looks like a dead process.
CMD ["gunicorn", "leerlijn.wsgi", "--bind=0.0.0.0:8000", "--threads=10", "--timeout=60", \
    "--worker-tmp-dir=/dev/shm", "--no-control-socket"]
