# One image for every Airflow service; `demo` adds the source simulator to it.
# The base is pinned by tag; add its digest when you mirror it (docs/deployment.md).

FROM python:3.11.15-slim-bookworm AS packages

ENV UV_COMPILE_BYTECODE=1 \
    UV_LINK_MODE=copy \
    UV_NO_CACHE=1 \
    UV_PYTHON_DOWNLOADS=never \
    VIRTUAL_ENV=/opt/venv

WORKDIR /opt/customer-value

# The installer is the one package outside requirements.lock: wheels for x86-64 and ARM.
RUN printf '%s ' \
        'uv==0.13.9' \
        '--hash=sha256:d7f459fe4fd247d830351c75686d3996ace3c6f3f728eb0e85a30b7ada0cef19' \
        '--hash=sha256:ecb6028d79dc96fbeafffe5c8af62a7099487ebc05a701e76714eebcffd06375' \
        '--hash=sha256:5435c5ce14a56431208ca0996416d310f1598e8c2c8ba707688985a16bb82dbe' \
        > /tmp/uv.txt \
    && pip install --no-cache-dir --only-binary :all: --require-hashes -r /tmp/uv.txt \
    && uv venv /opt/venv

# Only what runs is installed, without the development tools that the lock also pins. A package
# that the lock does not name, or whose hash differs, stops the build.
COPY pyproject.toml requirements.lock ./
RUN uv pip install --require-hashes --only-binary :all: \
        --requirements pyproject.toml --constraints requirements.lock

# Editable, so that there is one copy of the package: the folder that Airflow scans for plugins.
COPY LICENSE README.md ./
COPY plugins plugins
RUN uv pip install --preview-features build-dependency-hashes --no-deps \
        --require-build-hashes --build-constraints requirements.lock \
        --editable . \
    && /opt/venv/bin/python -m compileall -q plugins


FROM packages AS demo-packages

RUN uv pip install --require-hashes --only-binary :all: \
        --requirements pyproject.toml --group demo --constraints requirements.lock


FROM python:3.11.15-slim-bookworm AS base

# Volumes take their owner from these folders when they are first mounted.
RUN groupadd --gid 50000 airflow \
    && useradd --uid 50000 --gid airflow --home-dir /opt/airflow --no-log-init airflow \
    && install -d -o airflow -g airflow -m 0700 \
        /opt/airflow /srv/deliveries /var/lib/customer-value /var/log/airflow

ENV AIRFLOW_HOME=/opt/airflow \
    CUSTOMER_VALUE_HOME=/var/lib/customer-value \
    DBT_SEND_ANONYMOUS_USAGE_STATS=false \
    DO_NOT_TRACK=1 \
    GX_ANALYTICS_ENABLED=false \
    PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1

WORKDIR /opt/customer-value

COPY --from=packages /opt/venv /opt/venv
COPY --from=packages /opt/customer-value ./
COPY dags dags
COPY dbt_project dbt_project
COPY expectations expectations

USER 50000:50000


FROM base AS demo

COPY --from=demo-packages /opt/venv /opt/venv
COPY demo demo


# What `docker build` makes unless told otherwise.
FROM base AS production
