# The front door: `make demo` shows the dashboard with the demo network, `make test` runs all tests.
# Both set everything up themselves. Without make: see README.md, "Ohne make".

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
HOST   ?= 127.0.0.1
PORT   ?= 8501

.PHONY: demo run test test-all check bench setup chromium screenshots clean

demo: $(READY)
	@$(BIN)/rundertisch demo --host $(HOST) --port $(PORT)

run: $(READY)
	@$(BIN)/rundertisch serve --host $(HOST) --port $(PORT)

test: $(READY) chromium
	$(BIN)/python -m pytest -n 2 --dist loadgroup -m "not slow"

test-all: $(READY) chromium
	$(BIN)/python -m pytest -n 2 --dist loadgroup

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(READY) chromium
	$(BIN)/python -m bench

screenshots: $(READY) chromium
	$(BIN)/python docs/screenshots/take.py

setup: $(READY)

# A virtual environment without the system's ensurepip (Debian without python3-venv) is told how to go on.
$(READY): pyproject.toml constraints.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "Es fehlt python3-venv. Bitte: sudo apt-get install python3-venv  (python3-venv is missing)"; exit 1; }
	@$(BIN)/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 oder neuer wird gebraucht (needed)"; exit 1; }
	@echo "Einrichten: Pakete werden geladen (einmalig, etwa eine Minute) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[dev]"
	@$(BIN)/python -m etl.wording.build
	@touch $@

# The browser tests drive Debian's Chromium; without it and without the right to install it they skip loudly.
chromium:
	@command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || { \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
			apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null; \
		elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then \
			sudo apt-get update -qq && sudo DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null; \
		else false; fi; } || echo "OHNE BROWSER: die Browsertests werden übersprungen. Bitte: sudo apt-get install chromium"

clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
