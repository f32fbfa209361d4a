# Targets for users (setup, ingest, wheels) and for people who change the code (develop, check, test …).
# A folder of wheels takes the network's place: make ingest WHEELS=build/wheels

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= python3
STAMP := $(VENV)/.installed
DEVELOP := $(VENV)/.installed-develop
WHEELS ?=
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check $(if $(WHEELS),--no-index --find-links $(WHEELS))

.DEFAULT_GOAL := help
.PHONY: help setup develop ingest app wheels check test bench fuzz format clean docs lock samples pictures weights weights-controls weights-marks weights-remarks weights-legends weights-prose axe

help:  ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: $(STAMP)  ## make .venv and install what reading needs

$(STAMP): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make $(MAKECMDGOALS) PYTHON=python3.11"; exit 2; }
	$(PYTHON) -m venv $(VENV)
	$(PIP) --require-hashes --requirement requirements.lock
	$(PIP) --quiet --no-deps --no-build-isolation --editable .
	@touch $(STAMP)

develop: $(DEVELOP)  ## the same, and what tests, linters and documentation need

$(DEVELOP): $(STAMP) requirements-dev.lock
	$(PIP) --require-hashes --requirement requirements-dev.lock
	@touch $(DEVELOP)

ingest: $(STAMP)  ## read data/raw, write data/parquet, print the summary
	$(BIN)/checksheet ingest

app: $(VENV)/.installed-app  ## the screens in the browser: drop sheets in, check, compare, ask back, judge
	$(BIN)/checksheet app

$(VENV)/.installed-app: $(STAMP) requirements-app.lock
	$(PIP) --require-hashes --requirement requirements-app.lock
	@touch $@

wheels: $(STAMP)  ## gather what setup and app need into build/wheels, for a machine without a network
	$(BIN)/python -m pip download --quiet --require-hashes --requirement requirements-app.lock --dest build/wheels
	$(BIN)/python -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir build/wheels .

check: $(DEVELOP)  ## ruff, mypy, import-linter, stale files, fast tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/checksheet describe --markdown | diff -q - docs/columns.md || { echo "docs/columns.md is stale: run make docs"; exit 1; }
	$(BIN)/pytest -m "not slow" -n auto

test: check  ## everything
	$(BIN)/pytest -m slow -n auto --dist loadfile --durations 20 --durations-min 10

bench: $(DEVELOP)  ## this reader against pdfplumber, PyMuPDF and openpyxl on the same files in one run
	$(BIN)/python -m benchmarks.readers
	$(BIN)/python -m benchmarks.workbooks
	$(BIN)/python -m benchmarks.alignment
	$(BIN)/python -m benchmarks.exports
	$(BIN)/python -m benchmarks.answers
	$(BIN)/python -m benchmarks.cluster

MINUTES ?= 10
SEED ?= 0

fuzz: $(DEVELOP)  ## read broken sheets for MINUTES (10) from SEED (0) on; findings are kept in build/fuzz
	$(BIN)/python -m tests.fuzz.run --minutes $(MINUTES) --seed $(SEED)

axe:  ## what the tests of the screens ask for accessibility, by npm; without it they say that they were skipped
	npm install --no-save --no-package-lock --no-audit --no-fund axe-core@4

format: $(DEVELOP)  ## put the code in shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: $(DEVELOP)  ## write docs/columns.md from the schema, and the results in docs/recipes.md
	$(BIN)/checksheet describe --markdown > docs/columns.md
	$(BIN)/python -m tests.recipes

samples: $(DEVELOP)  ## make the shipped sheets and what they must give again
	$(BIN)/python -m tests.golden.make_samples

weights: $(DEVELOP)  ## learn the layouts anew from benchmarks/forms and print figures of writers set aside
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m benchmarks.layouts

weights-controls: $(DEVELOP)  ## learn how an item takes its control anew from benchmarks/check_items.toml and form_pairs, and print figures of sets held out
	$(BIN)/python -m pipeline.align.training.train_controls benchmarks/check_items.toml benchmarks/form_pairs

weights-remarks: $(DEVELOP)  ## learn the classifier of remarks anew from benchmarks/remarks and print held-out figures
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m benchmarks.remarks --held-out

weights-legends: $(DEVELOP)  ## learn the classifier of legends anew from benchmarks/legends and print held-out figures
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m benchmarks.legends

weights-marks: $(DEVELOP)  ## learn the classifier of marks anew from benchmarks/marks and print held-out figures
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m benchmarks.marks

weights-prose: $(DEVELOP)  ## learn the reader of prose answers anew from benchmarks/prose and print held-out figures
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m benchmarks.prose --held-out

pictures: $(DEVELOP)  ## photograph the comparison and the report for docs (needs chromium and soffice)
	$(BIN)/python -m docs.make_pictures
	$(BIN)/python -m docs.make_app_pictures

LOCK := pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header --no-annotate

lock: $(DEVELOP)  ## write the locks of users, of the screens and of developers (each holds the one before) anew from pyproject.toml
	$(BIN)/$(LOCK) --build-deps-for editable --output-file requirements.lock pyproject.toml
	$(BIN)/$(LOCK) --build-deps-for editable --extra app --constraint requirements.lock --output-file requirements-app.lock pyproject.toml
	$(BIN)/$(LOCK) --extra dev --extra app --extra cluster --extra s3 --constraint requirements-app.lock --output-file requirements-dev.lock pyproject.toml

clean:  ## remove .venv, caches, the dataset and the pictures
	rm -rf $(VENV) data/parquet data/explain build *.egg-info .mypy_cache .ruff_cache .pytest_cache
