# `make` alone lists what there is. Needs Python 3.11 or newer; everything else is installed here.
#
# Each stamp is written when its step is complete: a step that was killed is simply done again.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run serve editor check format test test-sqlite test-postgresql screenshots pictures soak golden bench audit sbom archive lock welsh spelling catalogue openapi clean ready database

# Steps that install or build wait for each other; only the two test runs go side by side.
ifeq ($(filter test-sqlite test-postgresql,$(MAKECMDGOALS)),)
.NOTPARALLEL:
endif

PYTHON ?= python3
PORT ?= 8000
VENV := .venv/bin/python
MANAGE := $(VENV) manage.py
READY := .venv/.run-stamp build/.static-stamp build/.catalogue-stamp

help: ## list these targets
	@sed -n 's/^\([a-z]*\):[^#]*## /\1\t/p' Makefile | while read -r name does; do printf 'make %-10s %s\n' "$$name" "$$does"; done


# Installing and building

# A virtual environment whose Python was upgraded or moved away is made again.
$(shell test -x $(VENV) || rm -f .venv/.made)

.venv/.made:
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is needed, and there is no $(PYTHON) here." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; for another one: make PYTHON=python3.13 run" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "This Python cannot make virtual environments yet. On Debian or Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv --clear .venv
	@touch $@

# A pip killed half-way leaves packages that look installed and are not: all are then put in anew.
.venv/.%-stamp: requirements/%.txt .venv/.made
	@echo "Installing requirements/$*.txt"
	@again=$$(test ! -e .venv/.$*-unfinished || echo --ignore-installed); touch .venv/.$*-unfinished; \
	$(VENV) -m pip install --quiet --disable-pip-version-check --require-hashes $$again -r $<
	@rm .venv/.$*-unfinished
	@touch $@

.venv/.test-stamp: .venv/.run-stamp
.venv/.clients-stamp: .venv/.test-stamp

# The machine's own Node.js where sass can run on it, else one from PyPI inside .venv.
NPM := PATH="$(CURDIR)/.venv/bin:$$PATH" npm --no-update-notifier
NODE_SUITS := command -v npm >/dev/null && node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || a == 20 && b >= 19 ? 0 : 1)' 2>/dev/null

node_modules/.stamp: package.json package-lock.json .npmrc | .venv/.run-stamp
	@$(NODE_SUITS) || $(MAKE) --no-print-directory .venv/.node-stamp
	$(NPM) ci --loglevel=error
	@touch $@

# The checker of HTML weighs more than all the rest, and only the long battery has use for it.
node_modules/.nu-stamp: node_modules/.stamp
	$(NPM) ci --include=optional --loglevel=error
	@touch node_modules/.stamp $@

# Folders count too: their time changes when a file in them goes.
build/.assets-stamp: node_modules/.stamp $(shell find assets)
	@rm -rf build/assets
	@mkdir -p build/assets
	cp -R $(filter-out assets/scss assets/js,$(wildcard assets/*)) build/assets/
	@# One small file for all pages, which a browser fetches once; each script keeps its names to itself.
	@for script in assets/js/*.js; do echo '{'; cat $$script; echo '}'; done > build/assets/main.js
	$(NPM) run --silent build
	@touch $@

# What an earlier page links to stays until `make clean`: names carry a hash of their content.
build/.static-stamp: build/.assets-stamp .venv/.run-stamp
	$(MANAGE) collectstatic --noinput --verbosity 0
	@touch $@

build/.catalogue-stamp: tools/catalogue.py $(wildcard locale/*/LC_MESSAGES/*.po) .venv/.run-stamp
	$(VENV) -m tools.catalogue compile
	@mkdir -p build
	@touch $@

ready: $(READY)


# Using it

database: ready
	@mkdir -p var
	@$(MANAGE) migrate --noinput --verbosity 0
	@$(MANAGE) seed

run editor: export SITE_URL ?= http://127.0.0.1:$(PORT)
run: database ## install, build and serve the site on this machine (PORT=8000)
	@# Granian would share a port with another granian, and each would answer some of the time.
	@$(VENV) -c 'import socket; socket.create_server(("127.0.0.1", $(PORT)))' 2>/dev/null || { echo "Port $(PORT) is taken or not allowed; for another one: make run PORT=8001" >&2; exit 1; }
	@echo "The directory is at $(SITE_URL)/ until you press Ctrl-C; 'make editor' adds someone who may edit."
	@$(SERVE)

APPLICATION := config.wsgi:application

# The tests serve the site with this too, each time on a port and database of their own.
SERVE = THREADS=64 exec $(VENV) -m granian --interface wsgi --host 127.0.0.1 --port $(PORT) --http 1 --no-ws \
	--workers 1 --blocking-threads 64 --blocking-threads-idle-timeout 600 --workers-kill-timeout 5 --log-level warning $(APPLICATION)

serve:
	@$(SERVE)

editor: database ## add someone who may edit
	@$(MANAGE) createsuperuser
	@echo "Sign in at $(SITE_URL)/admin/ while 'make run' serves the site."
	@echo "$(if $(filter 1,$(DEBUG)),With DEBUG=1 it asks for no authenticator app.,The first time it asks for an authenticator app; with 'make run DEBUG=1' it asks for none.)"


# Working on it

TEMPLATES = find templates -name '*.html' -print0 | xargs -0 -r .venv/bin/djade --target-version 5.2

check: .venv/.test-stamp ## the quick checks: style, types, migrations, catalogue
	@mkdir -p var
	.venv/bin/ruff check --quiet
	.venv/bin/ruff format --quiet --check
	$(TEMPLATES) --check
	.venv/bin/mypy --no-error-summary accounts bench config core forces programmes tests tools
	.venv/bin/lint-imports --no-logo
	$(MANAGE) check
	$(MANAGE) makemigrations --check --dry-run --verbosity 1
	$(VENV) -m tools.catalogue check
	$(VENV) -m pytest -q -k long_lines tests/test_repository.py

format: .venv/.test-stamp ## put code and templates into the house style
	.venv/bin/ruff check --quiet --fix
	.venv/bin/ruff format --quiet
	-$(TEMPLATES)

# Settings come from the environment: a developer's own must not reach the tests.
CLEANLY := env -u DATABASE_URL -u SITE_URL -u SECRET_KEY -u DEBUG $(VENV)

ON_POSTGRESQL := $(CLEANLY) -m tests.throwaway_postgres $(VENV) -m pytest

test: .venv/.test-stamp ready ## everything: the checks, and all tests on SQLite and on PostgreSQL
	@rm -f var/test-*.xml
	$(CLEANLY) -m tests.machine
	@$(MAKE) --no-print-directory --jobs=3 --output-sync=target check test-sqlite test-postgresql

# Side by side, since each waits for its browser some of the time. What looks the same whatever holds
# the data is tried in English with one database or in Welsh with the other. What asks no database is
# tried once; so are pages made of rows that are tried with both, and the admin. `soak` has the rest.
NO_DATABASE := tests/domain tests/forces tests/tools tests/test_repository.py tests/core/test_visible_text.py \
	tests/config/test_claims.py tests/config/test_environment.py tests/config/test_units.py
WITH_SQLITE := tests/accounts tests/areas tests/config/test_cost_of_pages.py tests/config/test_pages.py tests/confirmations \
	tests/core/test_drawn_page.py tests/core/test_page_cache.py tests/core/test_request_validation.py tests/corrections \
	tests/downloads tests/entries tests/changes tests/listing/test_authority.py tests/open_referral tests/overviews tests/pages \
	tests/presentation tests/publishing/test_translations.py tests/referral_check tests/seeding/test_renewal.py
WITH_POSTGRESQL := tests/admin tests/seeding/test_letter.py tests/seeding/test_further_document.py

test-sqlite:
	$(CLEANLY) -m pytest --ignore tests/faults $(WITH_POSTGRESQL:%=--ignore %) -m "not welsh_sweep" --junitxml var/test-sqlite.xml

test-postgresql:
	$(ON_POSTGRESQL) $(patsubst %,--ignore %,$(NO_DATABASE) $(WITH_SQLITE)) --ignore tests/faults -m "not english_sweep" \
		--junitxml var/test-postgresql.xml

screenshots: .venv/.test-stamp ready ## pictures of every page, in both languages and at both widths
	$(CLEANLY) -m tests.contact_sheet

pictures: .venv/.test-stamp ready ## those of README.md and docs/editing.md, taken anew
	$(CLEANLY) -m tests.pictures

soak: .venv/.test-stamp .venv/.clients-stamp node_modules/.nu-stamp ready ## the long battery of faults
	$(CLEANLY) -m pytest tests/faults
	$(ON_POSTGRESQL) tests/faults/test_hostile_requests.py tests/faults/test_crowd.py tests/faults/test_check_under_attack.py \
		tests/faults/test_killed_while_saving.py tests/faults/test_no_page_is_stale.py
	$(CLEANLY) -m pytest -m "welsh_sweep or hypothesis" --hypothesis-profile long
	$(ON_POSTGRESQL) -m english_sweep
	$(CLEANLY) -m pytest $(WITH_POSTGRESQL)
	$(ON_POSTGRESQL) $(WITH_SQLITE) -m "not english_sweep"

AGAINST := HEAD^

golden: .venv/.test-stamp ready ## what pages, downloads and admin answer differently from a commit (AGAINST=HEAD^)
	$(CLEANLY) -m tools.golden --against $(AGAINST)

# A folder of its own, so that what looks is not installed among what is looked at.
build/.audit-stamp: requirements/audit.txt .venv/.made
	$(PYTHON) -m venv --clear build/audit
	build/audit/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

audit: build/.audit-stamp ## known weaknesses of what is locked; needs the network (docs/deploying.md: without)
	$(VENV) -m tests.audit

sbom: .venv/.run-stamp ## what the product is made of, as CycloneDX, into build/sbom.json
	@mkdir -p build
	$(VENV) -m tools.sbom

archive: ## a release to install on any number of servers, into build/
	deploy/archive build

# Datasette and the plot have an environment of their own: nothing in ours is to depend on them.
BENCH_VENV := var/bench/venv
SIZES := 18 1000 10000 100000
ROUNDS := 3
DURATION := 2

$(BENCH_VENV)/.stamp: requirements/bench.txt
	$(PYTHON) -m venv --clear $(BENCH_VENV)
	$(BENCH_VENV)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

bench: .venv/.test-stamp ready $(BENCH_VENV)/.stamp ## how fast it is, into docs/performance.md (SIZES="18 1000" ROUNDS=1: quicker)
	$(CLEANLY) -m bench --sizes $(SIZES) --rounds $(ROUNDS) --seconds $(DURATION)

LOCK = .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-config --custom-compile-command "make lock" $(UPGRADE)

lock: .venv/.test-stamp ## pin what pyproject.toml and package.json ask for (UPGRADE=--upgrade: the newest)
	$(LOCK) pyproject.toml --group dev -o requirements/test.txt
	$(LOCK) pyproject.toml --constraints requirements/test.txt -o requirements/run.txt
	$(LOCK) --group spelling -o requirements/spelling.txt
	$(LOCK) --group bench -o requirements/bench.txt
	$(LOCK) --group node -o requirements/node.txt
	$(LOCK) --group clients --constraints requirements/test.txt -o requirements/clients.txt
	$(LOCK) --group audit --constraints requirements/test.txt -o requirements/audit.txt
	$(NPM) install --package-lock-only --loglevel=error

welsh: .venv/.run-stamp ## write what awaits a Welsh reader: docs/welsh-review.md, and all of it into build/
	$(VENV) -m tools.welsh_review

spelling: .venv/.run-stamp .venv/.spelling-stamp node_modules/.stamp ## Welsh words that the dictionary does not know: advice
	-$(VENV) -m tools.spelling

catalogue: .venv/.run-stamp ## bring the Welsh catalogue up to date with the sources
	$(VENV) -m tools.catalogue update

openapi: .venv/.run-stamp ## write the feed's description anew, after a change of its fields or terms
	$(MANAGE) shell --no-imports --command "from tools.openapi import write; write()"

clean: ## remove all that was installed or built; never the data in var/
	rm -rf .venv node_modules build
