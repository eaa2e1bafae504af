# Two commands do everything: `make run` and `make test`. The work is in tools/setup.sh; this file only names it.
SHELL := /bin/bash
PORT ?= 8000
PYTHON := .venv/bin/python

.PHONY: run test check worker reset env messages

run:        ## Everything, then the site at http://127.0.0.1:$(PORT)
	@PORT=$(PORT) tools/setup.sh run

test:       ## All tests, on the embedded PostgreSQL unless DATABASE_URL says otherwise
	@tools/setup.sh env
	@$(PYTHON) -m pytest -n 2 --dist loadfile $(ARGS)

check: env  ## Lint, types, architecture, templates, migrations, messages
	@tools/check.sh

worker:     ## The worker alone, for a second machine or terminal
	@tools/setup.sh worker

reset:      ## Empty the database and the media folder (asks first; YES=1 does not ask)
	@YES=$(YES) tools/setup.sh reset

env:
	@tools/setup.sh env

messages: env ## Compile the French catalogue
	@$(PYTHON) tools/messages.py compile
