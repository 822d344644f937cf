# Curbstop. `make run` starts everything, `make test` checks everything.
# A machine needs Python 3.11 or newer and make; the rest comes from the lock files.

.DEFAULT_GOAL := help
SHELL := /bin/sh
PYTHON ?= python3
PORT ?= 8000
BIN := $(CURDIR)/.venv/bin
SYSTEM_PATH := $(PATH)
export PATH := $(BIN):$(PATH)
export NODE_USE_SYSTEM_CA ?= 1
export NODE_COMPILE_CACHE := $(CURDIR)/.cache/node

VENV := .venv/.ready
NODE_MODULES := frontend/node_modules/.ready
SPA := frontend/dist/index.html
BROWSER := .cache/chromium-path
SPA_SOURCES := $(shell find frontend/src frontend/public frontend/index.html frontend/vite.config.ts -type f 2>/dev/null)

.PHONY: help
help: ## Show this list
	@echo "Curbstop: billing for water and sewer districts."
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

##### Set-up: each step runs again only when what it depends on has changed.

.PHONY: setup
setup: $(VENV) $(NODE_MODULES) ## Install everything that is locked (Python, Node, packages)

$(VENV): requirements.lock requirements-bootstrap.lock pyproject.toml tools/bootstrap.py
	PATH="$(SYSTEM_PATH)" $(PYTHON) tools/bootstrap.py
	@touch $@

$(NODE_MODULES): frontend/package-lock.json $(VENV)
	cd frontend && npm ci --no-progress </dev/null
	@touch $@

$(SPA): $(SPA_SOURCES) $(NODE_MODULES)
	cd frontend && npm run --silent build -- --logLevel warn

$(BROWSER): $(VENV)
	@mkdir -p $(@D)
	python tools/browser.py > $@.new
	@mv $@.new $@

##### Use

.PHONY: run
run: $(SPA) ## Serve the demo district at http://127.0.0.1:8000 (PORT=…)
	curbstop serve --demo --port $(PORT)

.PHONY: dev
dev: setup ## Work on it: API on 8000, staff app with hot reload on 5173
	python tools/dev.py

.PHONY: migrate
migrate: $(VENV) ## Bring the database to this version's schema
	curbstop migrate

.PHONY: bench
bench: $(SPA) ## Measure the main work beside its yardsticks (ARGS="--json")
	curbstop bench $(ARGS)

##### Check

.PHONY: check
check: setup ## Format, lint, types, contracts, drift: under a minute, before every commit
	python tools/checks.py quick

.PHONY: test
test: setup $(SPA) $(BROWSER) ## Everything: check, Python tests, unit tests, browser journeys
	CHROMIUM="$$(cat $(BROWSER))" python tools/checks.py all

.PHONY: e2e
e2e: $(SPA) $(BROWSER) ## Only the browser journeys
	CHROMIUM="$$(cat $(BROWSER))" python tools/checks.py journeys

.PHONY: fuzz
fuzz: $(VENV) ## Long random runs of the contract and the engine (MINUTES=10)
	python tools/fuzz.py --minutes $(or $(MINUTES),10)

##### Change

.PHONY: fmt
fmt: setup ## Format Python and TypeScript
	ruff format .
	ruff check --fix --quiet . || true
	cd frontend && npm run --silent format

.PHONY: openapi
openapi: setup ## Write the contract and the types the staff app takes from it
	curbstop openapi --output openapi/openapi.json
	cd frontend && npm run --silent types

.PHONY: build
build: $(SPA) ## Build the wheel into dist/
	python -m hatchling build --target wheel

.PHONY: clean
clean: ## Remove what was built and installed here (data stays)
	rm -rf .venv .cache dist build frontend/node_modules frontend/dist tools/browser/node_modules
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
