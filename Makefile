# Two commands for a stranger: `make demo` and `make test`. Every target is idempotent and quick the second time.
.DEFAULT_GOAL := help
.PHONY: help setup demo test lint format typecheck bench package qgis clean
.DELETE_ON_ERROR:

export QGIS_PYTHON
STAMPS := build/stamps
PYTHON := .venv/bin/python
PYTEST := OMP_NUM_THREADS=1 QT_QPA_PLATFORM=offscreen PYTHONNOUSERSITE=1 $(PYTHON) -m pytest
TESTS ?=
JOB ?=

help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1|/' | awk -F'|' '{printf "  make %-10s %s\n", $$1, $$2}'

setup: $(STAMPS)/enabled ## install what is missing: QGIS, the environment, the folder QGIS loads the plugin from
	@$(PYTHON) tools/link_plugin.py

$(STAMPS)/python: tools/setup_system.sh
	@tools/setup_system.sh $@

$(STAMPS)/venv: $(STAMPS)/python tools/setup_venv.sh requirements-dev.txt constraints.txt
	@echo "setup: filling .venv (a few minutes the first time)"
	@tools/setup_venv.sh "$$(cat $(STAMPS)/python)" requirements-dev.txt
	@touch $@

$(STAMPS)/enabled: $(STAMPS)/venv tools/link_plugin.py tools/qgis_env.py
	@$(PYTHON) tools/link_plugin.py
	@$(PYTHON) tools/qgis_env.py --enable
	@touch $@

# Other people's libraries that the tests compare with: those tests are skipped, with a word, where they are absent.
.PHONY: rivals
rivals: setup
	@test $(STAMPS)/rivals -nt requirements-rivals.txt || { \
	  tools/setup_venv.sh "$$(cat $(STAMPS)/python)" --optional requirements-rivals.txt && touch $(STAMPS)/rivals; }

demo: setup ## invented areas, simulated officers: from fixes to a table of hours per km²
	@$(PYTHON) tools/demo.py

# One pass under a time zone of the machine, in two runs: without QGIS, and inside one that pytest-qgis starts (see
# tests/conftest.py). It does not take QGIS down: on what a failed test leaves QGIS may crash, before the report is out.
# Of TESTS there may be none in one of the runs.
define pass
@TZ=$(1) $(PYTEST) $(2) $(TESTS) $(if $(TESTS),|| [ $$? -eq 5 ])
@TZ=$(1) $(PYTEST) -p pytest_qgis --qgis_disable_exit $(2) $(TESTS) $(if $(TESTS),|| [ $$? -eq 5 ])
endef

test: rivals ## the tests, under three time zones of the machine (TESTS=… for some of them)
	$(call pass,UTC,-q -m clocks)
	$(call pass,America/New_York,-q -m clocks)
	$(call pass,Europe/London)

lint: setup ## ruff: rules and layout
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m ruff format --check --quiet . || { $(PYTHON) -m ruff format --check . | grep 'reformatted'; echo "make format lays these files out"; exit 1; }

format: setup ## mend what ruff can mend
	@$(PYTHON) -m ruff check --fix .
	@$(PYTHON) -m ruff format .

typecheck: setup ## mypy, strict on the core
	@$(PYTHON) -m mypy

bench: rivals ## speed against today's choices (JOB=… for one)
	@$(PYTHON) -m tools.bench $(JOB)

package: setup ## dist/ia_plugin-<version>.zip, for QGIS's "Install from ZIP"
	@$(PYTHON) tools/package_plugin.py

qgis: setup ## QGIS with the plugin and the demo's project
	@$(PYTHON) tools/qgis_env.py qgis $(wildcard build/demo/demo.qgz)

clean: ## remove what was made, the environment included
	rm -rf build dist .venv .qgis-settings .pytest_cache .ruff_cache .mypy_cache .hypothesis
	find ia_plugin tests tools -name __pycache__ -type d -prune -exec rm -rf {} +
