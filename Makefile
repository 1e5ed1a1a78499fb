# `make` alone lists the targets. CI runs `make test`.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
UV := .tools/bin/uv
BIN := .venv/bin
READY := .venv/.ready
# A file's tests share its fixtures; files run in the order of collection, the slow ones first.
PYTEST := $(BIN)/python -m pytest --dist loadfile --no-loadscope-reorder

# Our own modules are compiled once, not by each process of a night.
unexport PYTHONDONTWRITEBYTECODE

# No tool may phone home.
export DO_NOT_TRACK := 1
export DBT_SEND_ANONYMOUS_USAGE_STATS := false
export GX_ANALYTICS_ENABLED := false
export AIRFLOW__USAGE_DATA_COLLECTION__ENABLED := false
export SCARF_ANALYTICS := false

.PHONY: help
help: ## List the targets.
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

$(UV):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv .tools
	.tools/bin/python -m pip install --quiet --disable-pip-version-check 'uv==0.13.9'

$(READY): requirements.lock pyproject.toml | $(UV)
	test -x $(BIN)/python || $(UV) venv --quiet --python $(PYTHON) .venv
	VIRTUAL_ENV=.venv $(UV) pip sync --quiet requirements.lock
	VIRTUAL_ENV=.venv $(UV) pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $(READY)

.PHONY: setup
setup: $(READY) ## Install everything into .venv from the hashed lock.

.PHONY: demo
demo: $(READY) ## Three nights of two business units under the real scheduler; prints what came out.
	$(BIN)/python -m tools.demo run

.PHONY: up
up: $(READY) ## Start the source systems and Airflow, and say where they are.
	$(BIN)/python -m tools.demo up

.PHONY: down
down: $(READY) ## End what `make up` started.
	$(BIN)/python -m tools.demo down

.PHONY: test
test: $(READY) ## Everything CI checks: lint, types, all tests.
	$(MAKE) --no-print-directory --jobs 2 --output-sync=line static tests

.PHONY: static
static: lint types

.PHONY: tests
tests: $(READY)
	$(PYTEST) -n 3

.PHONY: lint
lint: $(READY) ## ruff and sqlfluff.
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python -m tools.lint_sql lint --disable-progress-bar dbt_project/models dbt_project/tests

.PHONY: types
types: $(READY) ## mypy --strict on the package.
	$(BIN)/mypy

.PHONY: unit
unit: $(READY) ## Tests that need neither Airflow nor the whole year.
	$(PYTEST) -m 'not slow' -n 2

.PHONY: slow
slow: $(READY) ## Faults, Airflow and the whole year, end to end.
	$(PYTEST) -m slow -n 3

.PHONY: optional
optional: $(READY) ## What needs `make demo` or more than Python (Debian: mariadb-server, chromium, npm).
	$(PYTEST) tests/optional

.PHONY: format
format: $(READY) ## Format Python in place.
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

.PHONY: lock
lock: $(UV) ## Resolve the dependencies of pyproject.toml anew, with hashes.
	$(UV) pip compile --quiet --universal --generate-hashes --python-version 3.11 --group dev pyproject.toml -o requirements.lock
	for file in tests/optional/environments/*.in; do \
		$(UV) pip compile --quiet --universal --generate-hashes --python-version 3.11 \
			$$file -o $${file%.in}.lock || exit; \
	done

.PHONY: docs
docs: $(READY) ## Generate the data dictionary, dbt's exposures and Superset's datasets.
	$(BIN)/python -m tools.data_dictionary
	$(BIN)/python -m tools.exposures
	$(BIN)/python -m tools.superset

.PHONY: dbt-docs
dbt-docs: $(READY) ## dbt's documentation of the published version as one file, var/dbt_docs.
	CUSTOMER_VALUE_HOME=$${CUSTOMER_VALUE_HOME:-$(CURDIR)/var/demo} $(BIN)/dbt docs generate --static \
		--target published --project-dir dbt_project --profiles-dir dbt_project \
		--target-path $(CURDIR)/var/dbt_docs --log-path $(CURDIR)/var/logs/dbt_docs

.PHONY: sql
sql: $(READY) ## DuckDB's shell on the published file, read-only, with docs/queries/ as views.
	@CUSTOMER_VALUE_HOME=$${CUSTOMER_VALUE_HOME:-var/demo} $(BIN)/python -m tools.sql

.PHONY: queries
queries: $(READY) ## Answer docs/queries/ from the published file, for docs/queries.md and README.md.
	CUSTOMER_VALUE_HOME=$${CUSTOMER_VALUE_HOME:-var/demo} $(BIN)/python -m tools.queries

.PHONY: pictures
pictures: $(READY) ## Take README's pictures of what `make demo` published (Debian: chromium).
	CUSTOMER_VALUE_HOME=$${CUSTOMER_VALUE_HOME:-var/demo} $(BIN)/python -m tools.pictures

.PHONY: bench
bench: $(READY) ## Measure nights and extraction, or NAMES="lifetime_value rfm".
	$(BIN)/python -m benchmarks $(NAMES)

.PHONY: clean
clean: ## Remove the environment and everything the warehouse wrote here.
	rm -rf .venv .tools var
