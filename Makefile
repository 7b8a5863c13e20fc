# Needs Python 3.11 or newer with pip, and nothing else. docs/running.md says more.
PYTHON ?= python3
environment = $(PYTHON) portal/embedded/environment.py
python = .venv/bin/python

# With it set, every process would compile all it imports anew: 3 s of CPU a start instead of 1.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help .venv demo centre demo-reset test lint bench messages pictures lock

help:
	@echo "make demo        Safar on http://localhost:8000/ (PORT and SAFAR_DATA can be set)"
	@echo "make centre      Safar for a classroom without internet: SAFAR_CENTRE names it, docs/running.md says more"
	@echo "make demo-reset  deletes the demo's data"
	@echo "make test        all tests, with servers and a browser of their own"
	@echo "make lint        style, types, layers, migrations"
	@echo "make bench       measures the scoring engine and the pages, with servers of its own: forty minutes"
	@echo "make pictures    takes the pictures of README.md and docs/tour.md anew"
	@echo "make messages    gathers the texts to translate into locale/"
	@echo "make lock        updates the lock files from requirements*.in"

.venv:
	@$(environment) requirements-dev.txt

demo:
	@$(environment) requirements.txt
	@exec $(python) -m portal.embedded.demo

# The environment is as `make demo` left it: there is no internet to make it from.
centre: export SAFAR_DATA ?= .centre
centre: export SAFAR_CENTRE ?= $(shell hostname)
centre:
	@$(environment) requirements.txt
	@exec $(python) -m portal.embedded.demo

demo-reset:
	@$(environment) requirements.txt
	@$(python) -m portal.embedded.data_folder

test: .venv
	$(python) -m pytest -n 2 --dist loadgroup

# Neither asks a server: they need settings, not data.
lint messages: export SECRET_KEY = not-for-serving
lint messages: export DATABASE_URL = postgres://127.0.0.1:9/none
lint: .venv
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	find . -path ./.venv -prune -o -name '*.html' -print0 | xargs -0 .venv/bin/djade --target-version 5.2 --check
	.venv/bin/mypy
	.venv/bin/lint-imports --no-cache
	$(python) -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run

bench:
	@$(environment) requirements-bench.txt
	$(python) -m bench.all

messages: .venv
	$(python) manage.py messages

pictures: .venv
	PICTURES=yes $(python) -m pytest tests/browser/test_whole_story.py
	cp test-results/tour-*.png docs/pictures/

compile = $(environment) uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--custom-compile-command "make lock"
lock:
	$(compile) requirements.in -o requirements.txt
	$(compile) requirements-dev.in -o requirements-dev.txt
	$(compile) requirements-bench.in -o requirements-bench.txt
	echo uv | $(compile) - -o portal/embedded/uv.txt
