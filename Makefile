# make run: everything, on this machine, with sample municipalities. make test: lint, types and every test.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# One more than there are cores: many tests wait for a browser, a database or a clock.
JOBS ?= $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)
export LOTSEN_DEVELOPMENT ?= 1

.PHONY: help install install-dev run rasa tune evaluate test lint format hooks clean

help:
	@echo "make run      install, migrate and start everything at http://127.0.0.1:8000"
	@echo "make rasa     a Rasa server beside it, instead of the embedded interpreter (needs Python 3.10; nlu/rasa/README.md)"
	@echo "make evaluate how well it understands, against the targets of docs/understanding.md"
	@echo "make tune     tune the encoder on data/intents/ (PyTorch; half an hour or more)"
	@echo "make test     install, lint, types and every test"
	@echo "make install  the set-up alone"
	@echo "make lint     ruff (faults and format), import-linter and mypy"
	@echo "make hooks    check faults and format before every commit in this clone"

install: $(VENV)/.installed
	$(BIN)/lotsen train-if-needed

$(VENV)/.installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if (3, 11) <= sys.version_info < (3, 14) else "Lotsen needs Python 3.11, 3.12 or 3.13; set PYTHON=python3.12 or the like")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	touch $@

install-dev: $(VENV)/.installed-dev

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.lock
	touch $@

run: install
	$(BIN)/lotsen migrate
	$(BIN)/lotsen serve

# ARGS="--epochs 20" and the like are handed on.
rasa:
	$(PYTHON) -m tools.run_rasa $(ARGS)

evaluate: install
	$(BIN)/lotsen evaluate --badly-written data/evaluation/development.tsv data/evaluation/languages.tsv

tune: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-tune.txt
	$(BIN)/python -m tools.encoder.tune $(ARGS)
	$(BIN)/lotsen train

lint: install-dev
	$(BIN)/ruff check bot nlu tests benchmarks tools migrations
	$(BIN)/ruff format --check --quiet bot nlu tests benchmarks tools migrations || { echo 'not formatted: run make format'; exit 1; }
	$(BIN)/lint-imports
	$(BIN)/mypy

test: install install-dev lint
	$(BIN)/lotsen check
	$(BIN)/python -m pytest --numprocesses $(JOBS) --dist loadfile --no-loadscope-reorder

format: install-dev
	$(BIN)/ruff format bot nlu tests benchmarks tools migrations
	$(BIN)/ruff check --fix bot nlu tests benchmarks tools migrations

hooks: install-dev
	git config core.hooksPath tools/hooks

clean:
	rm -rf $(VENV) .venv-rasa build *.egg-info .mypy_cache .ruff_cache .pytest_cache
