# Noroshi: `make demo` and `make test` are all a newcomer types.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
GRAMMAR := .cache/grammar

.DEFAULT_GOAL := help
.PHONY: help demo install test check format bench pictures manifest template lock clean

help:  ## What can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

demo: $(VENV)/.demo  ## The embedded world: Slack page, AWS, one incident
	@$(BIN)/noroshi demo $(ARGS)

install: $(VENV)/.demo  ## What the demo needs, into .venv

test: $(VENV)/.test $(GRAMMAR)/.installed  ## All tests
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -q -n auto --dist loadfile --no-loadscope-reorder $(ARGS)

check: $(VENV)/.test  ## Lint, types, import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.test  ## Format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/.test  ## Measure: each prints a ratio against something in the same run
	@for bench in tests/bench/*.py; do echo "== $$bench"; $(BIN)/python $$bench || exit 1; done

pictures: $(VENV)/.test  ## The README's pictures, from the browser test (wants a colour emoji font)
	@NOROSHI_PICTURES=$(CURDIR)/.pictures $(BIN)/python -m pytest -q tests/browser

manifest: $(VENV)/.demo  ## manifest.yaml from the commands
	$(BIN)/noroshi setup slack > manifest.yaml

template: $(VENV)/.demo  ## bot/deploy/noroshi.yaml from the sources
	$(BIN)/noroshi setup template > bot/deploy/noroshi.yaml

lock:  ## Both lock files anew (needs uv)
	uv pip compile pyproject.toml --extra embedded --generate-hashes --universal --quiet --no-header \
	  tests/lock-tools.in -o requirements.lock
	uv pip compile pyproject.toml --extra embedded --group dev --generate-hashes --universal --quiet --no-header \
	  --constraint requirements.lock tests/lock-tools.in -o tests/requirements.lock

clean:  ## Forget everything that was built
	rm -rf $(VENV) .cache build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Noroshi needs Python 3.11 or newer; say make PYTHON=python3.12 …")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.demo: $(VENV)/bin/python requirements.lock pyproject.toml
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.test: $(VENV)/.demo tests/requirements.lock
	$(PIP) install --require-hashes -r tests/requirements.lock
	@touch $@

# Node.js is CI's and the curious's; nobody else needs it.
$(GRAMMAR)/.installed: tests/trail/grammar/package.json tests/trail/grammar/package-lock.json
	@mkdir -p $(@D) && cp $^ $(@D)
	@command -v npm >/dev/null && npm ci --prefix $(@D) --ignore-scripts --legacy-peer-deps --no-audit --no-fund \
	  --fetch-retries=1 --loglevel=error && touch $@ \
	  || echo "The check of our SQL by Trino's grammar is skipped: npm is not here, or could not install it."
