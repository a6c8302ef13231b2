# One command for each thing that a person does with this repository. `make help` lists them.
# A fresh machine needs make and Python 3.11 or newer; all else goes into .venv from the locked lists in requirements/.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= $(shell command -v python3.11 >/dev/null 2>&1 && python3.11 -c '' >/dev/null 2>&1 && echo python3.11 || echo python3)
VENV   ?= .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet
LEDGER ?= out/demo.ledger
JOBS   ?= 2

.PHONY: help demo test check soak evals bench docs train lock clean

help: ## List the commands.
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 16

demo: $(VENV)/.run-installed ## Install, run the main job on examples/reports, print the incidents.
	@mkdir -p $(dir $(LEDGER))
	@rm -f $(LEDGER) $(LEDGER)-wal $(LEDGER)-shm $(LEDGER)-journal
	$(BIN)/crossbearing run examples/reports --ledger $(LEDGER)
	@# A log has no width of its own; the table needs more than the 80 columns that are then assumed.
	@[ -t 1 ] || export COLUMNS=140; $(BIN)/crossbearing incidents --ledger $(LEDGER)
	@echo
	@echo "The ledger is $(LEDGER). Next: $(BIN)/crossbearing serve --ledger $(LEDGER), or docs/tutorial.md."

test: $(VENV)/.dev-installed check ## Install and run everything that CI runs.
	$(BIN)/pytest -q -n $(JOBS) -m "not soak"

check: $(VENV)/.dev-installed ## Style, types, and whether the derived tables are what their scripts make.
	$(BIN)/ruff check .
	$(BIN)/mypy --strict
	@for script in $$(grep -ls -e "--check" scripts/*.py || true); do \
		small=$$(grep -qe "--small" "$$script" && echo --small || true); \
		echo "$$script --check $$small"; $(BIN)/python "$$script" --check $$small; done

soak: $(VENV)/.dev-installed ## The long trials: kills at random moments, mutated inputs.
	$(BIN)/pytest -q -m soak

evals: $(VENV)/.dev-installed ## Measure against annotated corpora, where they lie beside the checkout.
	@if [ ! -d "$${CROSSBEARING_CORPORA:-../shared/corpora}" ]; then \
		echo "make evals: no corpora: set CROSSBEARING_CORPORA to the folder that holds them; nothing was measured."; exit 0; fi; \
	for script in $$(ls evals/*.py 2>/dev/null || true); do \
		case "$$script" in */_*|*/fit_*) continue;; esac; echo "$$script"; $(BIN)/python "$$script"; done

bench: $(VENV)/.dev-installed ## Measure speed: articles a second, with the profile's top entries.
	@for script in $$(ls benchmarks/*.py 2>/dev/null || true); do echo "$$script"; $(BIN)/python "$$script"; done

# Training has a folder of its own: torch is large, and nothing else needs it.
TRAIN := out/train
CORPORA ?= $(or $(CROSSBEARING_CORPORA),../shared/corpora)

train: $(VENV)-train/.installed ## Train the network reader from the corpora; two or three hours, and it goes on where it was cut off.
	mkdir -p $(TRAIN)/labelled
	$(VENV)-train/bin/python -m training.corpora --corpora $(CORPORA) --out $(TRAIN)/labelled
	$(VENV)-train/bin/python -m training.generate --seed 7 --count 10000 --out $(TRAIN)/labelled/generated.jsonl
	$(VENV)-train/bin/python -m training.generate --seed 11 --count 10000 --out $(TRAIN)/labelled/generated2.jsonl
	$(VENV)-train/bin/python -m training.generate --seed 31 --count 10000 --out $(TRAIN)/labelled/generated3.jsonl
	$(VENV)-train/bin/python -m training.generate --seed 37 --count 10000 --out $(TRAIN)/labelled/generated4.jsonl
	$(VENV)-train/bin/python -m training.generate --seed 41 --count 10000 --out $(TRAIN)/labelled/generated5.jsonl
	$(VENV)-train/bin/python -m training.written --folder training/written/first --out $(TRAIN)/labelled/written.jsonl
	$(VENV)-train/bin/python -m training.written --folder training/written/second --out $(TRAIN)/labelled/written2.jsonl
	$(VENV)-train/bin/python -m training.written --folder training/written/third --out $(TRAIN)/labelled/written3.jsonl
	$(VENV)-train/bin/python -m training.train --labelled $(TRAIN)/labelled --out $(TRAIN)/run
	$(VENV)-train/bin/python -m training.export --weights $(TRAIN)/run/weights.pt --out $(TRAIN)/bundle
	$(VENV)-train/bin/python -m training.calibrate --bundle $(TRAIN)/bundle --corpora $(CORPORA)
	$(VENV)-train/bin/python -m training.edges --bundle $(TRAIN)/bundle --corpora $(CORPORA)

docs: $(VENV)/.dev-installed ## Write docs/reference from the code.
	$(BIN)/python scripts/build_reference.py

lock: $(VENV)/.dev-installed ## Lock the dependencies anew, with the hashes of the public files.
	$(PIP) install 'uv>=0.9,<1'
	$(BIN)/uv pip compile pyproject.toml requirements/build.in $(LOCKING) -o requirements/run.txt
	$(BIN)/uv pip compile pyproject.toml requirements/build.in --extra dev --extra build -c requirements/run.txt $(LOCKING) -o requirements/dev.txt

# No address of an index is written: the lists hold for any mirror that serves the public files.
LOCKING := --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-config --no-emit-index-url --no-emit-find-links \
	--custom-compile-command "make lock"

clean: ## Take away what was installed and made.
	rm -rf $(VENV) $(VENV)-train out build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Crossbearing needs Python 3.11 or newer, and $(PYTHON) is $$($(PYTHON) --version 2>&1). Install it, or say where it is: make PYTHON=/path/to/python3.11" >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run-installed: requirements/run.txt pyproject.toml | $(BIN)/python
	$(PIP) install --require-hashes -r requirements/run.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)-train/.installed: training/requirements.txt pyproject.toml | $(BIN)/python
	$(BIN)/python -m venv $(VENV)-train
	$(VENV)-train/bin/python -m pip --disable-pip-version-check --quiet install -r training/requirements.txt --editable .
	@touch $@

$(VENV)/.dev-installed: requirements/dev.txt pyproject.toml | $(BIN)/python
	$(PIP) install --require-hashes -r requirements/dev.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@ $(VENV)/.run-installed
