# Two commands matter: `make run` and `make test`. Everything is installed into this folder.
SHELL := /bin/bash
.DELETE_ON_ERROR:
.PHONY: run test install install-dev lint types contracts unit platform-sqlite platform-postgres journeys bench lock clean help

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export LOCALACTION_DATA_DIR ?= $(CURDIR)/var
RUN_STAMP := $(VENV)/.installed
DEV_STAMP := $(VENV)/.installed-dev

help:
	@echo "make run    install, prepare the database, load the demo network, start on http://localhost:8000"
	@echo "make test   install what tests need and run everything: lint, types, contracts, unit, platform, journeys"
	@echo "make bench  run the benchmarks and print their ratios"

run: $(RUN_STAMP)
	@LOCALACTION_DEMO=$${LOCALACTION_DEMO:-1} $(BIN)/localaction start

install: $(RUN_STAMP)
install-dev: $(DEV_STAMP)

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; $(PYTHON) is $$($(PYTHON) --version). Name another one: make run PYTHON=python3.11"; exit 1; }
	@echo "[1/4] Making a Python environment in $(VENV)"
	@$(PYTHON) -m venv $(VENV)

$(RUN_STAMP): requirements.lock package-lock.json pyproject.toml | $(VENV)/bin/python
	@echo "[2/4] Installing the libraries (about a minute the first time)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@echo "[3/4] Installing Local Action itself"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@echo "[4/4] Fetching typefaces"
	@scripts/install-assets $(BIN) --omit=dev
	@touch $@

$(DEV_STAMP): requirements-dev.lock $(RUN_STAMP)
	@echo "Installing what the tests need"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@scripts/install-assets $(BIN)
	@touch $@

test: $(DEV_STAMP)
	@$(BIN)/python scripts/test.py

lint types contracts unit platform-sqlite platform-postgres journeys: $(DEV_STAMP)
	@$(BIN)/python scripts/test.py $@

bench: $(DEV_STAMP)
	@$(BIN)/python -m benchmarks

# Locks carry hashes and no index addresses. Needs uv (`pip install uv`).
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --allow-unsafe
lock:
	$(LOCK) --extra build pyproject.toml -o requirements.lock
	$(LOCK) --extra build --extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock

clean:
	rm -rf $(VENV) node_modules var build src/*.egg-info
