# Two commands, each of which sets up what it needs:  make demo  ·  make test
# Another Python:  make test PYTHON=python3.12

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready
PINS := packaging/constraints.txt
WORDS := $(patsubst %.ts,%.qm,$(wildcard resources/i18n/*.ts))
EXTRAS := window,cluster,dev
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input

.PHONY: demo test check tests format bench package screenshots translations pins clean

demo: $(READY) $(WORDS)
	@packaging/linux/demo

test: check tests

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

tests: $(READY) $(WORDS)
	$(BIN)/pytest

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Kills, power cuts and full disks in their full numbers; takes minutes.
faults: $(READY)
	LOADLINE_FAULTS=1 $(BIN)/pytest tests/integration/test_faults_*.py

# Measures the promises about speed and memory; takes minutes.
bench: $(READY)
	$(PIP) install --quiet -c $(PINS) -e '.[bench]'
	LOADLINE_BENCHMARKS=1 $(BIN)/pytest tests/benchmarks

# Everything to install, tried as a person who installed it would; takes minutes.
package:
	@PYTHON=$(PYTHON) PINS=$(PINS) packaging/linux/package

# The manual's pictures, taken from the real window.
screenshots: $(READY)
	$(BIN)/python packaging/screenshots.py

# Worker processes import much: without compiled files each would start four times slower.
$(READY): pyproject.toml $(PINS)
	@PYTHON=$(PYTHON) packaging/linux/system-libraries
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11")'
	@test -x $(BIN)/python || { echo "Setting up .venv"; $(PYTHON) -m venv .venv; }
	$(PIP) install --quiet -c $(PINS) -e '.[$(EXTRAS)]'
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -m compileall -q app
	@touch $@

# Brings the files of translators up to date with the sources, and compiles what they wrote.
translations: $(READY)
	$(BIN)/python packaging/translations.py collect
	$(BIN)/python packaging/translations.py compile

resources/i18n/%.qm: resources/i18n/%.ts | $(READY)
	@$(BIN)/python packaging/translations.py compile

# Renews the exact versions, in an environment of their own.
pins:
	$(PYTHON) -m venv .venv-pins
	.venv-pins/bin/python -m pip install --quiet --upgrade -e '.[window,cluster,dev,bench,package]'
	{ head -n 1 $(PINS); .venv-pins/bin/python -m pip freeze --exclude-editable; } > $(PINS).new
	mv $(PINS).new $(PINS)
	rm -rf .venv-pins

clean:
	rm -rf .venv .venv-package demo.png build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find app tests packaging -name __pycache__ -type d -prune -exec rm -rf {} +
