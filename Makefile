# make demo: set up and run the main job on the documents in the repository.
# make test: set up and pass the tests (lint, types, tests, accuracy floors).
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: demo test lint evaluate figures columns bench bench-times bench-merge bench-store bench-register bench-kills fuzz notebooks clean

$(BIN)/tenmatsu: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip setuptools
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	@touch $@

demo: $(BIN)/tenmatsu
	$(BIN)/tenmatsu extract corpus/documents --out out --format jsonl,csv,parquet

# pytest comes last, so that the last line is its count
test: $(BIN)/tenmatsu lint
	$(BIN)/tenmatsu evaluate --brief --check-floors corpus/floors.json
	$(BIN)/python -m pytest --quiet -n 2 --durations=15

lint: $(BIN)/tenmatsu
	$(BIN)/ruff check pipeline tests
	$(BIN)/ruff format --check pipeline tests
	$(BIN)/mypy

evaluate: $(BIN)/tenmatsu
	$(BIN)/tenmatsu evaluate

# what stands between <!-- figures --> and <!-- /figures --> in README.md
figures: $(BIN)/tenmatsu
	@$(BIN)/tenmatsu evaluate --markdown

columns: $(BIN)/tenmatsu
	$(BIN)/tenmatsu columns --markdown > corpus/COLUMNS.md

# minutes; `--sizes --largest 100` goes to 100 MB and takes an hour
bench: $(BIN)/tenmatsu .venv-peer/bin/python
	$(BIN)/python tests/benchmarks/speed.py --ginza --cores --sizes --largest 1

# ja-timex and dateparser pin versions that clash with ours: they get an environment of their own
.venv-peer/bin/python:
	$(PYTHON) -m venv .venv-peer
	.venv-peer/bin/python -m pip install --quiet ja-timex dateparser || { rm -rf .venv-peer; exit 1; }

bench-times: $(BIN)/tenmatsu .venv-peer/bin/python
	$(BIN)/python tests/benchmarks/times.py
	$(BIN)/python tests/benchmarks/times.py --linear

bench-merge: $(BIN)/tenmatsu
	$(BIN)/python tests/benchmarks/merge.py

bench-store: $(BIN)/tenmatsu
	$(BIN)/python tests/benchmarks/store.py

# five million made-up rows: a gigabyte in the temporary folder, some minutes
bench-register: $(BIN)/tenmatsu
	$(BIN)/python tests/benchmarks/register.py

# 10,000 made-up disclosures, extracted while the run is killed 100 times; an hour or so
bench-kills: $(BIN)/tenmatsu
	$(BIN)/python tests/benchmarks/kills.py --documents 10000 --kills 100 --seed 1
	$(BIN)/python tests/benchmarks/kills.py --documents 10000 --kills 100 --seed 1 --to sqlite --no-memory

# a million hostile inputs over the readers
fuzz: $(BIN)/tenmatsu
	$(BIN)/python tests/fuzz/long.py --count 1000000 --seed 1

notebooks: $(BIN)/tenmatsu
	$(BIN)/python -m pytest --quiet tests/test_notebooks.py

clean:
	rm -rf $(VENV) build dist out *.egg-info
