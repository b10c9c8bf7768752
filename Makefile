# Every target does its own set-up: on a fresh clone, 'make serve' and 'make test' need nothing before them.
# Needed on the machine: Python 3.11 or newer with venv, and make. Node.js is used where it is there.

PYTHON ?= python3
PORT ?= 8000
# each module is compiled once, not by each of the many processes of the tests
export PYTHONDONTWRITEBYTECODE :=
VENV := .venv
BIN := $(VENV)/bin
BUNDLE := browser/build/bundles/checklist.js
BROWSER_SOURCES := $(shell find browser schemas -name node_modules -prune -o -type f -print) generator/tebiki/model/shared_constants.json
MIN_NODE := 20

.DEFAULT_GOAL := help
# what an interrupted or refused step has written is not taken for its result
.DELETE_ON_ERROR:
.PHONY: help serve site offline results sources summary confirm package check lint lint-texts lint-python lint-browser test test-unit test-browser-units soak bench clean lock docs pictures deploy

# Around the commands of a target: prints how many seconds they took.
STARTED = @started=$$(date +%s); {
TOOK = ; } && echo "make $@: $$(($$(date +%s) - started)) s"

help: ## Show this list
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

serve: $(VENV)/site.stamp $(BUNDLE) ## Build the handbook, serve it on this computer, build again after each change (PORT=8000)
	$(BIN)/tebiki serve --port $(PORT)

site: $(VENV)/site.stamp $(BUNDLE) ## Build the handbook into site/
	$(BIN)/tebiki build

results: $(VENV)/results.stamp ## Install what 'tebiki result aggregate' and workbooks (XLSX) need

offline: site ## Pack the whole site into build/offline/: a ZIP that works from disk, without a network
	$(BIN)/tebiki offline

sources: $(VENV)/site.stamp ## Compare the sources with what is published now (uses the network)
	$(BIN)/tebiki sources check --format markdown

summary: $(VENV)/site.stamp ## Write what changed since a commit for those who review it (BASE=origin/main; PREVIEW=the address of the built site)
	$(BIN)/tebiki summary "$${BASE:-origin/main}" $${PREVIEW:+--preview "$$PREVIEW"}

confirm: $(VENV)/site.stamp ## Confirm that translations are current (IDS="loan home")
	set -f; $(BIN)/tebiki translations confirm -- $$IDS

check: lint ## Lint, types, language, the form of YAML, and every rule on the content
	$(BIN)/tebiki format --check
	$(BIN)/tebiki check $(if $(GITHUB_ACTIONS),--format github)

lint: lint-texts lint-python lint-browser ## Lint, types and language

lint-texts: $(VENV)/test.stamp browser/node_modules/.stamp
	$(BIN)/pytest tests/style

lint-python: $(VENV)/test.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

lint-browser: $(VENV)/test.stamp browser/node_modules/.stamp
	cd browser && PATH="$(CURDIR)/$(BIN):$$PATH" npm run --silent lint

test: $(VENV)/test.stamp browser/node_modules/.stamp $(BUNDLE) $(VENV)/chromium $(VENV)/firefox $(VENV)/soffice ## Run everything that can fail: check, unit, example, property and browser tests
	$(STARTED) $(MAKE) --no-print-directory --jobs=2 --output-sync check test-browser-units && \
	CHROMIUM="$$(cat $(VENV)/chromium)" FIREFOX="$$(cat $(VENV)/firefox 2>/dev/null)" SOFFICE="$$(cat $(VENV)/soffice 2>/dev/null)" $(BIN)/pytest --numprocesses auto --dist worksteal --ignore tests/style $(TOOK)

test-unit: $(VENV)/test.stamp browser/node_modules/.stamp $(BUNDLE) ## Run the quick tests: the units of Python and of the scripts, without Chromium and MkDocs
	$(STARTED) $(MAKE) --no-print-directory test-browser-units && \
	$(BIN)/pytest --numprocesses auto --dist worksteal tests/unit $(TOOK)

test-browser-units: browser/node_modules/.stamp
	cd browser && PATH="$(CURDIR)/$(BIN):$$PATH" npm test --silent

# What a workflow runs on a tag, and anybody by hand. PAGES_URL is where the host would serve the branch: it counts
# where neither SITE_URL nor mkdocs.yml says it.
deploy: $(VENV)/site.stamp $(BUNDLE) ## Publish VERSION=1.2.0 beside the earlier versions, and send it (SITE_URL=https://…)
	url="$(SITE_URL)"; test -n "$$url" || grep -Eq '^site_url: *["'\'']?http' mkdocs.yml || url="$(PAGES_URL)"; \
	$(BIN)/tebiki publish "$(VERSION)" --send origin $${url:+--site-url "$$url"}

soak: $(VENV)/test.stamp $(VENV)/spark.stamp browser/node_modules/.stamp $(BUNDLE) $(VENV)/chromium $(VENV)/firefox $(VENV)/webkit $(VENV)/soffice ## The property tests with 66 times as many examples; twenty versions; publishing and packing killed 100 times; every browser test in both languages, three long lists and 500 random sequences in two tabs that are killed; every form in LibreOffice; the queries of a lake in Spark (needs Java 17)
	SOFFICE="$$(cat $(VENV)/soffice 2>/dev/null)" TEBIKI_SOAK=1 PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/pytest tests/commands/test_forms_in_libreoffice.py tests/built_site/test_zensical.py
	TEBIKI_SOAK=1 $(BIN)/pytest tests/commands/test_engines.py
	TEBIKI_EXAMPLES=10000 PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/pytest tests/property
	CHROMIUM="$$(cat $(VENV)/chromium)" FIREFOX="$$(cat $(VENV)/firefox 2>/dev/null)" TEBIKI_SOAK=1 TEBIKI_SEQUENCES=500 PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/pytest tests/browser
	TEBIKI_KILLS=100 TEBIKI_VERSIONS=20 PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/pytest -s tests/commands/test_interrupted.py tests/commands/test_publishing_branch.py tests/commands/test_diff.py tests/commands/test_lake.py
	test ! -s $(VENV)/webkit || WEBKIT="$$(cat $(VENV)/webkit)" PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/pytest tests/browser/webkit

# Each word after 'bench' names a script in bench/: 'make bench aggregate' or 'make bench search' runs that one only.
BENCH := start generator_share page_weight diff publish aggregate conditions
BENCH_ON_SITE := generator_share page_weight search
CHOSEN := $(if $(filter bench,$(MAKECMDGOALS)),$(foreach word,$(filter-out bench,$(MAKECMDGOALS)),$(if $(wildcard bench/$(word).py),$(word))))
ifneq ($(CHOSEN),)
.PHONY: $(CHOSEN)
$(CHOSEN):
	@:
endif

bench: $(VENV)/test.stamp $(BUNDLE) $(if $(filter $(BENCH_ON_SITE),$(or $(CHOSEN),$(BENCH))),site) $(if $(filter search forms,$(CHOSEN)),$(VENV)/chromium) $(if $(filter forms,$(CHOSEN)),bench/forms/node_modules/.stamp) ## Measure, and print ratios against named peers; 'make bench aggregate', 'make bench search', 'make bench forms': only that
	for script in $(or $(CHOSEN),$(BENCH)); do \
	  CHROMIUM="$$(cat $(VENV)/chromium 2>/dev/null)" PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python bench/$$script.py || exit 1; \
	done

clean: ## Remove everything that was built or installed here
	rm -rf $(VENV) build dist site .site-next-* .site-old browser/node_modules browser/build bench/forms/node_modules
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

docs: $(VENV)/site.stamp ## Renew the pages of docs/ that follow from the code
	$(BIN)/python docs/generate.py

pictures: site $(VENV)/chromium ## Take the pictures of the README, and one of each kind of page for review into build/pictures/
	CHROMIUM="$$(cat $(VENV)/chromium)" $(BIN)/python docs/pictures.py
	CHROMIUM="$$(cat $(VENV)/chromium)" TEBIKI_PICTURES=1 $(BIN)/pytest tests/browser/test_pages.py -k test_every_page

package: $(VENV)/site.stamp $(BUNDLE) ## Build the package of the generator and its sources into dist/ (VERSION=0.2.0: refuse another version)
	@test -z "$(VERSION)" || test "$$($(BIN)/tebiki --version)" = "tebiki $(VERSION)" || { echo '__version__ in generator/tebiki/__init__.py is not $(VERSION)'; exit 1; }
	rm -rf dist
	$(BIN)/hatchling build --directory dist

lock: $(VENV)/test.stamp ## Renew the lock files of the Python dependencies
	for part in site:install node:node results:results test:test spark:spark; do \
	  extra=$${part#*:}; file=requirements/$${part%:*}.txt; \
	  $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	    --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
	    --extra install --extra $$extra --output-file $$file || exit 1; \
	done

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo 'Tebiki needs Python 3.11 or newer: make PYTHON=/path/to/python3.11'; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/site.stamp: requirements/site.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/site.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/results.stamp: requirements/results.txt $(VENV)/site.stamp
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/results.txt
	@touch $@

$(VENV)/test.stamp: requirements/test.txt $(VENV)/results.stamp
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/test.txt
	@touch $@

# Only for 'make soak': 460 MB
$(VENV)/spark.stamp: requirements/spark.txt $(VENV)/test.stamp
	@java -version >/dev/null 2>&1 || { echo "'make soak' needs Java 17 for Spark, and there is no 'java' here: install a JDK or a JRE"; exit 1; }
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/spark.txt
	@touch $@

# Node.js: the machine's when it is new enough, otherwise the one that PyPI packages
$(VENV)/node.stamp: requirements/node.txt | $(VENV)/bin/python
	@if node -e 'process.exit(parseInt(process.versions.node) < $(MIN_NODE) ? 1 : 0)' 2>/dev/null && npm --version >/dev/null 2>&1; then :; else \
	  echo 'No Node.js $(MIN_NODE) or newer here: taking it from PyPI'; \
	  $(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/node.txt && $(BIN)/python browser/link_node.py; \
	fi
	@touch $@

browser/node_modules/.stamp: browser/package-lock.json $(VENV)/node.stamp
	cd browser && PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --silent --ignore-scripts
	@touch $@

# Only for 'make bench forms': the survey that our form is measured beside
bench/forms/node_modules/.stamp: bench/forms/package-lock.json $(VENV)/node.stamp
	cd bench/forms && PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --silent --ignore-scripts
	@touch $@

$(BUNDLE): $(BROWSER_SOURCES) browser/node_modules/.stamp
	cd browser && PATH="$(CURDIR)/$(BIN):$$PATH" npm run --silent build
	@touch $@

$(VENV)/chromium: tests/find-chromium.sh tests/apt-install.sh $(VENV)/test.stamp
	sh tests/find-chromium.sh $(BIN)/playwright > $@.tmp && mv $@.tmp $@

# Where it is not there and cannot be installed, no file is made: its tests are skipped, and the next run tries again.
$(VENV)/firefox $(VENV)/webkit $(VENV)/soffice: $(VENV)/%: tests/find-%.sh tests/apt-install.sh $(VENV)/test.stamp
	@if sh $< > $@.tmp; then mv $@.tmp $@; else rm $@.tmp; fi
