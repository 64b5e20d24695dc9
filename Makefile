# Two commands do everything on a fresh Debian or Ubuntu machine: `make run` and `make test`.
SHELL := /bin/bash
BIN := .venv/bin
.DEFAULT_GOAL := help

.PHONY: help setup setup-test run test test-quick check bench screenshots lock clean

help: ## Say what there is
	@grep -hE '^[a-z-]+:.*## ' Makefile | awk -F':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

setup: ## Install what running needs; start nothing
	@tools/setup.sh run

setup-test: ## Install what the suite needs: Chromium, PostgreSQL, fonts, Python tools
	@tools/setup.sh test

run: setup ## Build the demo district and serve it on http://127.0.0.1:8000
	@tools/run.sh

test: setup-test ## Run the whole suite on SQLite and on PostgreSQL, browser journeys included
	@tools/test.sh

test-quick: ## Run the suite on SQLite without the browser
	@$(BIN)/pytest -q -n 2 -m "not journey"

check: setup-test ## Style, types, layers, migrations, templates
	@tools/check.sh

bench: setup-test ## Run the benchmarks (NAME=search for one)
	@$(BIN)/gongkai bench $(NAME)

screenshots: setup-test ## Picture every page at phone and desktop width into build/screenshots
	@$(BIN)/python tools/screenshots.py

lock: ## Resolve requirements/*.in into requirements/*.txt with hashes (needs uv)
	@for name in base dev; do uv pip compile --quiet --generate-hashes --no-emit-index-url \
	  --no-emit-find-links --no-annotate --no-header --python-version 3.11 \
	  requirements/$$name.in -o requirements/$$name.txt; done

clean: ## Remove what was built (the data folder var/ stays)
	@rm -rf build .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info
