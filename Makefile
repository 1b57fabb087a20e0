# Every chore of the project. `make help` lists them; each brings up by itself what it needs.
.POSIX:
.SUFFIXES:
.PHONY: help run test coverage lint style windows native-test dist bench foreign pictures soak fuzz mutants translations docs clean real-parts

# Another PYTHON, and the newest dependencies (NEWEST=1, as users get them), have environments of their own.
WHICH != [ -z "$(PYTHON)" ] || basename "$(PYTHON)" | sed 's/^/-/'
VENV = .venv$(WHICH)$(NEWEST:1=-newest)
BIN = $(VENV)/bin
PIP = $(BIN)/python -m pip --quiet --disable-pip-version-check
ARGS =
# Two for each core: many tests wait for a process, a keyring or a browser.
WORKERS != expr 2 \* "$$(getconf _NPROCESSORS_ONLN)"
ROUNDS = 10
EXECUTIONS = 1000000

help: ## Say what each target does
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile

run: $(VENV)/.installed ## Install the program into .venv, once, and open it (ARGS="check FILE" runs a command)
	@$(BIN)/ionapi-tui $(ARGS)

test: $(VENV)/.tools real-parts style ## Check everything (PYTHON=python3.13, NEWEST=1: without constraints.txt)
	@# Types take a minute where nothing is known of them yet; meanwhile tests run, and what is found is told after them.
	@mkdir -p .make
	@{ $(TYPES); } >.make/types 2>&1 & types=$$!; trap 'kill $$types; exit 130' INT TERM; failed=0; \
	$(BIN)/pytest --numprocesses=$(WORKERS) --dist=worksteal || failed=$$?; \
	wait $$types || failed=1; cat .make/types; exit $$failed

coverage: $(VENV)/.tools real-parts ## Say which lines no test reaches (takes nearly twice as long as the tests alone)
	@$(BIN)/pytest --numprocesses=$(WORKERS) --dist=worksteal --cov --cov-report=term:skip-covered

lint: style ## Check style, types and import rules alone
	@$(TYPES)

style: $(VENV)/.tools
	@$(STYLE)

# The newest tools of style have opinions of their own.
STYLE = [ -n "$(NEWEST)" ] || { $(BIN)/ruff check && $(BIN)/ruff format --check; }
TYPES = [ -n "$(NEWEST)" ] || { $(BIN)/mypy && $(BIN)/lint-imports; }

windows: $(VENV)/.tools ## Run the tests in a Windows Python under Wine (on Debian; takes long)
	@rm -rf .make/wheel
	@$(BIN)/python -m hatchling build --target wheel --directory .make/wheel
	@PYTHON=$(BIN)/python tools/windows/python.sh .make/windows
	@PYTHON=$(BIN)/python tools/windows/install.sh .make/windows .make/wheel/*.whl
	@$(BIN)/python -m tools.windows.tests .make/windows $(ARGS)

native-test: ## Run the tests with the Python that is active, and install into it (Windows, macOS)
	@python -m pip install --quiet 'pip>=25.1' && python -m pip install --quiet --editable '.[all]' --group test
	@PYTHONUTF8=1 python -m pytest $(ARGS)

dist: $(VENV)/.tools ## Build wheel, source archive and single-file programs into dist/, and try them
	@PYTHON=$(BIN)/python tools/dist/build.sh

bench: $(VENV)/.tools ## Measure the speed beside that of the plain tools, as ratios, in one run
	@failed=0; for file in tests/benchmarks/bench_*.py; do \
	    $(BIN)/python -m tests.benchmarks.$$(basename $$file .py) || failed=1; echo; \
	done; exit $$failed

pictures: $(VENV)/.tools ## Draw the pictures of the guide and of the README anew
	@tools/packages.sh chromium=chromium
	@for picture in portal screens board languages film; do $(BIN)/python -m tools.pictures.$$picture || exit; done

translations: $(VENV)/.tools ## Bring the catalogues in line with the sentences of the program, and begin those of new languages
	@$(BIN)/python tools/translations.py

docs: $(VENV)/.tools ## Write docs/commands.md and docs/findings.md from what the program says
	@$(BIN)/python -m tools.references

foreign: $(VENV)/.tools real-parts ## Let clients from the package index log in at the practice tenant (needs the network)
	@$(BIN)/pytest -m foreign

soak: $(VENV)/.tools real-parts ## Repeat the tests of crashes, races and hostile input (ROUNDS=10)
	@TEST_KILLS=200 TEST_PROCESSES=40 TEST_EXPIRIES=200 $(BIN)/pytest -m soak
	@for round in $$(seq $(ROUNDS)); do \
	    echo "Round $$round of $(ROUNDS)"; \
	    TEST_KILLS=200 $(BIN)/pytest --exitfirst tests/files tests/profile_store tests/secret_stores \
	        tests/domain/inspection tests/gateway || exit; \
	done

fuzz: $(VENV)/.tools ## Feed what reads foreign bytes with inputs that reach new code (EXECUTIONS=1000000)
	@$(PIP) install --group fuzz
	@$(BIN)/python -m tests.fuzz $(EXECUTIONS) .make/fuzz

mutants: $(VENV)/.tools ## Make small mistakes and count those that tests notice (half an hour; ARGS='ionapi_tui.domain.token.*')
	@$(PIP) install --constraint constraints.txt --group mutants
	@# What was found before says nothing of tests that have changed since.
	@[ -n "$(ARGS)" ] || rm -rf mutants
	@nice $(BIN)/mutmut run --max-children "$$(getconf _NPROCESSORS_ONLN)" $(ARGS)
	@$(BIN)/mutmut results | grep -v ': not checked$$' || true
	@$(BIN)/mutmut export-cicd-stats
	@$(BIN)/python tools/mutants.py mutants/mutmut-cicd-stats.json

clean: ## Remove everything that was made here, the virtual environment included
	@rm -rf $(VENV) .make mutants build dist .coverage .coverage.* htmlcov
	@rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# What the tests talk to besides Python, as PROGRAM=PACKAGE: real keyrings and vaults, real browsers, and Node for an
# authorization server that others wrote. Without them their tests are skipped, except where CI=true says that nothing
# may be.
PARTS = dbus-daemon=dbus-daemon gnome-keyring-daemon=gnome-keyring keepassxc-cli=keepassxc pass=pass gpg=gnupg age=age \
    zsh=zsh fish=fish chromium=chromium firefox-esr=firefox-esr node=nodejs npm=npm

real-parts:
	@tools/packages.sh $(PARTS) || [ "$$CI" != true ]
	@[ -d .make/node/node_modules ] || tools/npm_package.sh .make/node oauth2-mock-server@8.2.3 || [ "$$CI" != true ]

$(VENV)/.installed: pyproject.toml
	@tools/venv.sh $(VENV)
	@$(PIP) install --editable '.[all]'
	@touch $@

$(VENV)/.tools: pyproject.toml constraints.txt
	@tools/venv.sh $(VENV)
	@[ -n "$(NEWEST)" ] || pinned='--constraint constraints.txt'; \
	$(PIP) install $$pinned --upgrade pip && $(PIP) install $$pinned --editable '.[all]' --group test
	@touch $@ $(VENV)/.installed
