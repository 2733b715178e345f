# Two commands for a stranger: `make demo` and `make test`. Every target is idempotent and quick the second time.
.DEFAULT_GOAL := help
.PHONY: help setup demo test lint format typecheck bench attack package qgis clean
.DELETE_ON_ERROR:

export QGIS_PYTHON
STAMPS := build/stamps
PYTHON := .venv/bin/python
TESTS ?=
JOB ?=
ONLY ?=
MINUTES ?= 40

# An environment that was removed is filled anew, with what was put into it later.
ifeq ($(wildcard $(PYTHON)),)
$(shell rm -f $(addprefix $(STAMPS)/,venv rivals browser postgis))
endif

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
	@test $(STAMPS)/rivals -nt requirements-rivals.txt || \
	  if tools/setup_venv.sh "$$(cat $(STAMPS)/python)" --optional requirements-rivals.txt; then touch $(STAMPS)/rivals; fi

# A browser, and what drives it: the tests that open a page are skipped, with a word, where they are absent.
.PHONY: browser
browser: setup
	@test $(STAMPS)/browser -nt requirements-browser.txt || \
	  if tools/setup_browser.sh && tools/setup_venv.sh "$$(cat $(STAMPS)/python)" --optional requirements-browser.txt; then touch $(STAMPS)/browser; fi

# A PostgreSQL with PostGIS, and what talks to it: the tests of the shared store are skipped, with a word, where they are absent.
.PHONY: postgis
postgis: setup
	@test $(STAMPS)/postgis -nt requirements-postgis.txt || \
	  if tools/setup_postgis.sh && tools/setup_venv.sh "$$(cat $(STAMPS)/python)" --optional requirements-postgis.txt; then touch $(STAMPS)/postgis; fi

# A Java and pyspark, in an environment of their own: the tests of the cluster are skipped, with a word, where they are absent.
.PHONY: spark
spark: setup
	@test $(STAMPS)/spark -nt requirements-spark.txt || \
	  if tools/setup_spark.sh "$$(cat $(STAMPS)/python)"; then touch $(STAMPS)/spark; fi

.PHONY: clusterenv
clusterenv: package ## what a Spark cluster is given: the plugin's zip and a packed Python (PYTHON_OF_CLUSTER=… for its Python)
	@tools/cluster_env.sh "$(or $(PYTHON_OF_CLUSTER),python3)"

demo: setup ## invented areas, simulated officers: from fixes to a table of hours per km²
	@$(PYTHON) tools/demo.py

test: rivals browser postgis spark ## the tests but the long ones, under two time zones of the machine (TESTS=… for some of them)
	@$(PYTHON) tools/run_tests.py $(TESTS)

.PHONY: testall
testall: rivals browser postgis spark ## all tests, those marked long too, under three time zones: what CI runs
	@$(PYTHON) tools/run_tests.py --all $(TESTS)

.PHONY: golden
golden: setup ## expect of the golden layers what the algorithms give now, and list what changed
	@QT_QPA_PLATFORM=offscreen OMP_NUM_THREADS=1 PYTHONNOUSERSITE=1 \
	  $(PYTHON) -m pytest -q -p pytest_qgis --qgis_disable_exit tests/golden --accept-golden
	@git status --short tests/golden

.PHONY: testqt
testqt: $(STAMPS)/python ## the widgets on real Qt 6, in an environment of its own (TESTS=… for some of them)
	@"$$(cat $(STAMPS)/python)" tools/platforms/qt6_widgets.py $(TESTS)

.PHONY: translations
translations: setup ## the texts that can be translated, gathered anew into resources/i18n
	@$(PYTHON) tools/translations.py

lint: setup ## ruff: rules and layout
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m ruff format --check --quiet . || { $(PYTHON) -m ruff format --check . | grep 'reformatted'; echo "make format lays these files out"; exit 1; }

format: setup ## mend what ruff can mend
	@$(PYTHON) -m ruff check --fix .
	@$(PYTHON) -m ruff format .

typecheck: setup ## mypy, strict on the core, the store and its files
	@$(PYTHON) -m mypy

attack: rivals postgis spark ## try to break what the project promises, into docs/attack.md (MINUTES=… ONLY="names")
	@QT_QPA_PLATFORM=offscreen OMP_NUM_THREADS=1 PYTHONNOUSERSITE=1 \
	  $(PYTHON) -m tools.attack.campaign --minutes $(MINUTES) --only "$(ONLY)"

bench: rivals postgis spark ## speed against today's choices (JOB=… for one)
	@$(PYTHON) -m tools.bench $(JOB)

.PHONY: doors
doors: setup ## the same figure through every door, on 200 random worlds (the tests try 40)
	@WORLDS=200 $(PYTHON) -m pytest -q tests/core/test_doors.py

.PHONY: matrix platforms
matrix: setup ## both commands, core and widgets on every platform promised (ONLY=… for some), into docs/platforms.md
	@$(PYTHON) -m tools.platforms.matrix $(ONLY) $(if $(ONLY),,--write docs/platforms.md)

platforms: setup ## the quick part of the matrix: today's libraries, Qt 6, and as on Windows
	@$(PYTHON) -m tools.platforms.matrix newest windows-oldest qt6 same

package: setup ## dist/ia_plugin-<version>.zip, for QGIS's "Install from ZIP"
	@$(PYTHON) tools/package_plugin.py

qgis: setup ## QGIS with the plugin and the demo's project, the dock open on the demo's store
	@$(PYTHON) tools/qgis_env.py qgis --noversioncheck --code tools/show_dock.py $(wildcard build/demo/demo.qgz)

clean: ## remove what was made, the environment included
	@for tree in build/debian/*/; do tools/platforms/debian_tree.sh leave "$$tree"; done
	rm -rf --one-file-system build dist .venv .qgis-settings .pytest_cache .ruff_cache .mypy_cache .hypothesis
	find ia_plugin tests tools -name __pycache__ -type d -prune -exec rm -rf {} +
