# What a newcomer types: `make demo` and `make test`. Both need only Python 3.11 or later, git and make.
# A target that prepares something leaves a stamp in .venv, so that a second run starts at once.

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: demo test lint types imports pytest format docs pictures bench constraints clean help browser java
.DELETE_ON_ERROR:

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
PINNED := --constraint constraints.txt --build-constraint constraints.txt

demo: $(VENV)/.runtime ## Make a synthetic town with planted faults, audit it and name the report to open
	rm -rf demo
	$(BIN)/answerable simulate --rows 5000 --seed 7 --faults demo/logs
	$(BIN)/answerable audit demo/logs --case demo/synthetic-town --policy us-ca --policy good-practice \
		--timezone America/Los_Angeles --as-of 2026-01-15

test: browser java lint types imports pytest ## Run everything that must hold before a change lands

# What the tests need and pip cannot install: a browser to open the report in, and Java for Spark.
browser:
	@sh scripts/prepare browser

java:
	@sh scripts/prepare java

lint: $(VENV)/.dev ## Check style and formatting
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: $(VENV)/.dev ## Check types
	$(BIN)/mypy

imports: $(VENV)/.dev ## Check that imports run one way through the house
	$(BIN)/lint-imports

pytest: $(VENV)/.dev browser java ## Run the tests alone
	$(BIN)/python -m pytest

format: $(VENV)/.dev ## Format the code and mend what can be mended without thought
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

docs: $(VENV)/.runtime ## Write the pages of docs/ that are made from the code
	$(BIN)/python docs/generate.py

pictures: $(VENV)/.dev browser ## Take the pictures of the README and of docs/ anew
	$(BIN)/python docs/pictures.py

bench: $(VENV)/.bench ## Measure the intervals' coverage, and speed and memory beside named peers
	$(BIN)/python bench/coverage.py
	$(BIN)/python bench/run.py

constraints: $(VENV)/.dev ## Pin every dependency anew in constraints.txt
	$(PIP) install uv
	$(BIN)/uv pip compile --quiet --universal --upgrade --no-emit-index-url --no-header --no-annotate \
		--group build --group dev --group bench --extra hdf5 --extra maps --extra spark --extra web pyproject.toml --output-file constraints.txt

clean: ## Remove everything that make has made
	rm -rf $(VENV) build dist demo .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find src tests docs bench -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

help: ## Say what make can do
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

$(VENV)/.runtime: pyproject.toml constraints.txt
	@sh scripts/prepare venv $(VENV)
	@echo 'Installing what pyproject.toml asks for, at the versions in constraints.txt.'
	$(PIP) install 'pip>=25.3'
	$(PIP) install $(PINNED) --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime
	$(PIP) install $(PINNED) --group dev
	@touch $@

$(VENV)/.bench: $(VENV)/.runtime
	$(PIP) install $(PINNED) --group bench
	@touch $@
