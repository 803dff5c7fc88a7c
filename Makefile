# The front door: `make demo` shows the dashboard with the demo network, `make test` runs all tests.
# Both set everything up themselves. Without make: see README.md, "Ohne make".

# The first Python that is new enough; `make PYTHON=/path/to/python3` chooses another.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python3.14; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
HOST   ?= 127.0.0.1
PORT   ?= 8501
APT    := DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0

.PHONY: demo run test test-all check bench evaluate setup chromium docs screenshots clean

demo: $(READY)
	@$(BIN)/rundertisch demo --host $(HOST) --port $(PORT)

run: $(READY)
	@$(BIN)/rundertisch serve --host $(HOST) --port $(PORT)

# Compiled once for the workers and for every server, command and reader that tests start, whatever the shell says.
test test-all: export PYTHONDONTWRITEBYTECODE =

test: $(READY) chromium
	$(BIN)/python -m pytest -n 3 --dist loadscope --no-loadscope-reorder -m "not slow"

test-all: $(READY) chromium
	$(BIN)/python -m pytest -n 3 --dist loadscope --no-loadscope-reorder

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(READY)
	$(BIN)/python -m bench

evaluate: $(READY)
	$(BIN)/python -m tests.evaluation

docs: $(READY)
	$(BIN)/python docs/generate.py
	$(BIN)/python docs/leaflet/make.py

screenshots: $(READY) chromium
	$(BIN)/python docs/screenshots/take.py

setup: $(READY)

$(READY): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "Es fehlt Python 3.11 oder neuer. (Python 3.11 or newer is needed.)"; exit 1; }
	@test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV) >/dev/null 2>&1 || { rm -rf $(VENV); $(VENV_MODULE); \
		$(PYTHON) -m venv $(VENV) >/dev/null 2>&1; } || { rm -rf $(VENV); \
		echo "Es fehlt das Modul venv. Bitte: sudo apt-get install python3-venv  (python3-venv is missing)"; exit 1; }
	@echo "Einrichten: Pakete werden geladen (einmalig, etwa eine Minute) …"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --retries 2 -c constraints.txt -e ".[dev]" || { \
		echo "Die Pakete ließen sich nicht laden. Ist dieser Rechner im Netz, braucht er einen Proxy (HTTPS_PROXY)?"; \
		echo "(The packages could not be loaded: is there a network, is a proxy needed?) Danach einfach noch einmal aufrufen."; exit 1; }
	@$(BIN)/python -m etl.wording.build
	@touch $@

# Debian ships venv apart from Python; whoever may install packages gets it without being asked.
VENV_MODULE = if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
	$(APT) update >/dev/null 2>&1; $(APT) install -y python3-venv >/dev/null 2>&1; fi

# The browser tests drive Debian's Chromium; without it and without the right to install it they skip loudly.
chromium:
	@command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || test -n "$$CHROMIUM" || { \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
			$(APT) update >/dev/null 2>&1; $(APT) install -y --no-install-recommends chromium >/dev/null 2>&1; \
		elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then \
			sudo env $(APT) update >/dev/null 2>&1; sudo env $(APT) install -y --no-install-recommends chromium >/dev/null 2>&1; \
		else false; fi; } || echo "OHNE BROWSER: die Browsertests werden übersprungen. Bitte: sudo apt-get install chromium"

clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
