# Targets for users (setup, ingest, test) and for people who change the code.

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= python3
STAMP := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help setup ingest app check test bench fuzz format clean docs lock samples pictures weights weights-marks weights-remarks weights-legends weights-prose

help:  ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: $(STAMP)  ## make .venv and install the locked dependencies

$(STAMP): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make $(MAKECMDGOALS) PYTHON=python3.11"; exit 2; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --quiet --no-deps --no-build-isolation --editable .
	@touch $(STAMP)

ingest: $(STAMP)  ## read data/raw, write data/parquet, print the summary
	$(BIN)/checksheet ingest

app: $(VENV)/.app-installed  ## the screens in the browser: drop sheets in, check, compare, ask back, judge
	$(BIN)/checksheet app

$(VENV)/.app-installed: $(STAMP) requirements-app.lock
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements-app.lock
	@touch $@

check: $(STAMP)  ## ruff, mypy, import-linter, stale files, fast tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/checksheet describe --markdown | diff -q - docs/columns.md || { echo "docs/columns.md is stale: run make docs"; exit 1; }
	$(BIN)/pytest -m "not slow" -n auto

test: check  ## everything
	$(BIN)/pytest -m slow -n auto

bench: $(STAMP)  ## this reader against pdfplumber, PyMuPDF and openpyxl on the same files in one run
	$(BIN)/python -m benchmarks.readers
	$(BIN)/python -m benchmarks.workbooks
	$(BIN)/python -m benchmarks.alignment
	$(BIN)/python -m benchmarks.exports
	$(BIN)/python -m benchmarks.answers

MINUTES ?= 10
SEED ?= 0

fuzz: $(STAMP)  ## read broken sheets for MINUTES (10) from SEED (0) on; findings are kept in build/fuzz
	$(BIN)/python -m tests.fuzz.run --minutes $(MINUTES) --seed $(SEED)

format: $(STAMP)  ## put the code in shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: $(STAMP)  ## write docs/columns.md from the schema, and the results in docs/recipes.md
	$(BIN)/checksheet describe --markdown > docs/columns.md
	$(BIN)/python -m tests.recipes

samples: $(STAMP)  ## make the shipped sheets and what they must give again
	$(BIN)/python -m tests.golden.make_samples

weights: $(STAMP)  ## learn the layouts anew from benchmarks/forms and print figures of writers set aside
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m benchmarks.layouts

weights-remarks: $(STAMP)  ## learn the classifier of remarks anew from benchmarks/remarks and print held-out figures
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m benchmarks.remarks --held-out

weights-legends: $(STAMP)  ## learn the classifier of legends anew from benchmarks/legends and print held-out figures
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m benchmarks.legends

weights-marks: $(STAMP)  ## learn the classifier of marks anew from benchmarks/marks and print held-out figures
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m benchmarks.marks

weights-prose: $(STAMP)  ## learn the reader of prose answers anew from benchmarks/prose and print held-out figures
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m benchmarks.prose --held-out

pictures: $(STAMP)  ## photograph the comparison and the report for docs (needs chromium and soffice)
	$(BIN)/python -m docs.make_pictures
	$(BIN)/python -m docs.make_app_pictures

lock: $(STAMP)  ## write requirements.lock and requirements-app.lock anew from pyproject.toml
	$(BIN)/pip-compile --quiet --extra dev --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header --no-annotate --output-file requirements.lock pyproject.toml
	$(BIN)/pip-compile --quiet --extra dev --extra app --constraint requirements.lock --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header --no-annotate --output-file requirements-app.lock pyproject.toml

clean:  ## remove .venv, caches, the dataset and the pictures
	rm -rf $(VENV) data/parquet data/explain build *.egg-info .mypy_cache .ruff_cache .pytest_cache
