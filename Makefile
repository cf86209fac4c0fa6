# Offer Screening. `make help` lists the targets. Needs Python 3.12 or newer and make; everything else goes into .venv.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

# The newest suitable interpreter; functions run on 3.13, so that one comes first.
PYTHON ?= $(shell for p in python3.13 /usr/bin/python3.13 python3.14 python3.12 python3 /usr/bin/python3; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 12))' >/dev/null 2>&1 && echo $$p && break; done)
VENV := .venv
EMULATOR := .venv-emulator
RUN := $(VENV)/bin/python
PYTEST := $(RUN) -m pytest
ARGS ?=
AWS ?=
LINKS ?=
REVIEWING ?=

.PHONY: help setup demo test unit lint format build bench evaluate lock clean

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

$(VENV)/.ready: requirements-dev.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "No Python 3.12 or newer with venv was found: install one, or say 'make PYTHON=/path/to/python3.13 ...'." >&2; exit 2; }
	@echo "Setting up $(VENV) with $(PYTHON) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@$(RUN) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(EMULATOR)/.ready: requirements-emulator.lock
	@echo "Setting up $(EMULATOR) (the local AWS emulator) ..."
	@$(PYTHON) -m venv $(EMULATOR)
	@$(EMULATOR)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-emulator.lock
	@touch $@

setup: $(VENV)/.ready $(EMULATOR)/.ready ## Set up .venv and the local emulator

demo: setup ## Deploy template.yaml to the local emulator and watch posts go through (ARGS="--exit --json FILE")
	@$(RUN) -m screening.cli.main demo $(ARGS)

test: setup lint ## Set everything up and run all checks and tests
	@scripts/ensure_browser.sh
	$(PYTEST) -n 2 --dist loadfile tests/unit tests/contract tests/component tests/robustness tests/data tests/browser tests/docs
	$(PYTEST) -n 2 --dist loadfile tests/e2e

unit: $(VENV)/.ready ## The fast tests alone
	$(PYTEST) -n 2 tests/unit tests/robustness $(ARGS)

lint: $(VENV)/.ready ## ruff, mypy strict, import contracts, rule packs
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(RUN) -m screening.cli.main rules check

format: $(VENV)/.ready ## Format the code
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .

build: $(VENV)/.ready ## Fill build/{function}/ with what is deployed (ARGS="--architecture arm64")
	$(RUN) scripts/build_functions.py $(ARGS)

bench: setup ## Speed against a stock pipeline, loading, stages, growth, AWS calls and dollars, linking, reviewing (docs/speed-and-cost.md)
	$(RUN) -m benchmarks.throughput $(ARGS)
	$(RUN) -m benchmarks.loading
	$(RUN) -m benchmarks.stages
	$(RUN) -m benchmarks.growth
	$(RUN) -m benchmarks.aws_calls $(AWS)
	$(RUN) -m benchmarks.linking $(LINKS)
	$(RUN) -m benchmarks.reviewing $(REVIEWING)

evaluate: $(VENV)/.ready ## Score the evaluation data and write the report (needs ../shared/data or SCREENING_DATA)
	$(RUN) scripts/evaluate.py $(ARGS)

lock: $(VENV)/.ready ## Renew the lock files (hashes, no addresses)
	$(RUN) -m pip install --quiet uv
	$(VENV)/bin/uv pip compile -q pyproject.toml --extra aws --extra training --group dev --generate-hashes --no-emit-index-url --no-header --universal --python-version 3.12 -o requirements-dev.lock
	$(VENV)/bin/uv pip compile -q pyproject.toml --extra aws -c requirements-dev.lock --generate-hashes --no-emit-index-url --no-header --universal --python-version 3.12 -o requirements.lock
	echo 'ministack[full]==1.5.33' | $(VENV)/bin/uv pip compile -q - --generate-hashes --no-emit-index-url --no-header --universal --python-version 3.12 -o requirements-emulator.lock

clean: ## Remove what was built and set up
	rm -rf build .demo $(VENV) $(EMULATOR) .pytest_cache .mypy_cache .ruff_cache .hypothesis
