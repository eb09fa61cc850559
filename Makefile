# Two commands on a fresh machine: `make run` and `make test`. Python 3.11 or later, git and make are enough.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

ELASTICSEARCH_9 := 9.5.2

.PHONY: run test test-long test-hard test-scale test-elasticsearch-9 soak audit check setup lint types imports bench bench-check bench-setup scale-setup clean

run: setup            ## set up and run the main job on the demo web (no network after the install)
	$(BIN)/yuqing demo

test: setup check     ## set up, check style and types, run the tests
	$(BIN)/pytest -n 2 --dist loadgroup

test-elasticsearch-9: setup  ## what speaks to Elasticsearch once more, on a node of 9.x (needs Java 21 or later)
	ELASTICSEARCH_VERSION=$(ELASTICSEARCH_9) $(BIN)/pytest -n 2 --dist loadgroup -m elasticsearch \
		tests/store/test_elastic.py tests/store/test_store_contract.py tests/store/test_store_search.py \
		tests/store/test_reindex.py tests/kibana

test-long: setup      ## nodes that stop, several machines, kills, sites that change, a month in the browser, the API fuzzed (minutes)
	$(BIN)/pytest -n 2 --dist loadgroup -m long

test-scale: scale-setup  ## a rebuild on a Dask cluster, from a folder and from an S3 server, workers killed meanwhile
	$(BIN)/pytest -m hard tests/monitor/test_rebuild_dask.py

test-hard: setup      ## every fault and the long fuzz runs (some minutes); shows the fault table
	$(BIN)/pytest -m "hard or fault"

soak: setup           ## rehearse a month of the scheduler (a quarter of an hour) and print the figures
	$(BIN)/python -m tests.operate.soak 30

audit:                ## look the pinned packages up in the database of known faults (fails where that cannot be reached)
	$(PYTHON) -m venv $(VENV)/audit
	$(VENV)/audit/bin/pip install --quiet --disable-pip-version-check pip-audit
	$(VENV)/audit/bin/pip-audit --strict --no-deps --disable-pip --requirement constraints.txt

check: lint types imports

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup
	$(BIN)/mypy

imports: setup        ## who may import whom: the contracts in pyproject.toml
	$(BIN)/lint-imports --no-cache

setup: $(VENV)/.installed

$(VENV)/.installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --upgrade pip
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[all,dev]'
	touch $@

bench: bench-setup    ## run the benchmarks: one table, benchmarks/results.json and docs/performance.md
	$(BIN)/python -m benchmarks
	$(BIN)/python -m benchmarks --docs

bench-check: bench-setup  ## name each ratio that fell by more than a fifth since the record
	$(BIN)/python -m benchmarks --check

bench-setup: setup $(VENV)/newsplease/.installed
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[bench]'

# A venv of its own: news-please's boto3 needs an older python-dateutil than constraints.txt pins.
$(VENV)/newsplease/.installed: benchmarks/newsplease-constraints.txt
	$(PYTHON) -m venv $(VENV)/newsplease
	$(VENV)/newsplease/bin/pip install --quiet --disable-pip-version-check --constraint $< news-please
	touch $@

scale-setup: setup $(VENV)/moto/.installed
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[scale]'

# A venv of its own for the same reason.
$(VENV)/moto/.installed: tests/monitor/moto-constraints.txt
	$(PYTHON) -m venv $(VENV)/moto
	$(VENV)/moto/bin/pip install --quiet --disable-pip-version-check --constraint $< 'moto[server]'
	touch $@

clean:                ## remove what make made; the archive, items and reports of a real folder stay
	rm -rf $(VENV) build data/demo *.egg-info
