# Two commands: `make demo` and `make test`. Everything lands in .venv and out/; nothing is installed outside this folder.
PYTHON ?= python3
VENV   ?= .venv
BIN     = $(VENV)/bin
STAMP   = $(VENV)/.installed

.PHONY: demo test check gauge bench-read bench-ground lock clean bench-fuse bench-watch

demo: $(STAMP)
	$(BIN)/truceline run --mission missions/syria-2016 --out out

test: $(STAMP)
	$(BIN)/python -m pytest -n 2

check: $(STAMP)
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/lint-imports

gauge: $(STAMP)
	$(BIN)/truceline gauge all ../shared/gold --floors

# Speed, size and growth of reading, as the table of docs/performance.md; one thread of the numeric library a process.
bench-read: $(STAMP)
	OMP_NUM_THREADS=1 $(BIN)/truceline gauge pace ../shared/gold

# What finding out who, where and when costs, and the gazetteer's own figures; NAMES= leaves out the simulation (minutes).
NAMES ?= 12000000
bench-ground: $(STAMP)
	OMP_NUM_THREADS=1 $(BIN)/truceline gauge ground ../shared/gold --simulate $(or $(NAMES),0)

# Speed, size, growth and quality of fusing on simulated claims; Splink beside it where SPLINK_PYTHON names a Python that has
# both (the extra `bench`): make bench-fuse SPLINK_PYTHON=/elsewhere/bin/python LIMIT=100000
bench-fuse: $(STAMP)
	OMP_NUM_THREADS=1 $(BIN)/python -m truceline.gauge.bench_fuse $(if $(SPLINK_PYTHON),--splink-python $(SPLINK_PYTHON)) $(if $(LIMIT),--limit $(LIMIT))

# Judging and watching a hundred thousand simulated incidents.
bench-watch: $(STAMP)
	OMP_NUM_THREADS=1 $(BIN)/python -m truceline.gauge.bench_watch

$(STAMP): requirements.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Truceline needs Python 3.11 or newer; set PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $(STAMP)

# One lock file for every platform, with hashes and without addresses.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra dev --extra build pyproject.toml -o requirements.txt

clean:
	rm -rf $(VENV) out build
