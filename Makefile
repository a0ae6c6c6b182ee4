# Every target makes the environment it needs in .venv; nothing else on the machine is touched.
.DEFAULT_GOAL := help
.PHONY: help demo real facts claims practices test slow bench lint docs golden pictures exact study loop coverage advice-coverage contingency changelog constraints clean

MADE := .venv/.made
BIN := .venv/bin
WORKERS ?= 2
DEMO_SCENARIOS ?= silo monthly weekly daily alliance
DEMO_REPLICATIONS ?= 50
FACTS_REPLICATIONS ?= 100
CLAIMS_REPLICATIONS ?= 40
PRACTICES_REPLICATIONS ?= 60
REAL_LOG ?= ../shared/data/olist_leads_2018q1.csv
REAL_SET := leads.replay={file: $(REAL_LOG), created: created, channel: channel, id: lead_id}

# Results of other sources are no results of these: a folder that is older than the sources is made anew.
forget_if_stale = if [ -f $(1)/provenance.json ] && \
    [ -n "$$(find src -type f -newer $(1)/provenance.json ! -path '*/__pycache__/*' ! -name verdicts.json | head -n 1)" ]; then rm -rf $(1); fi

help:  ## list the targets
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(MADE): pyproject.toml constraints.txt tools/environment.sh
	@sh tools/environment.sh

demo: $(MADE)  ## compare shipped scenarios; results and report in results/demo
	@$(call forget_if_stale,results/demo)
	@$(BIN)/smsim compare $(DEMO_SCENARIOS) --replications $(DEMO_REPLICATIONS) --out results/demo

real: $(MADE)  ## play a firm's lead log twice, in a silo and with an alliance; results and report in results/real
	@if [ -f "$(REAL_LOG)" ]; then \
	    echo "playing $(REAL_LOG)"; \
	    $(call forget_if_stale,results/real); \
	    $(BIN)/smsim compare real_silo real_alliance --set "$(REAL_SET)" --leads --out results/real; \
	else \
	    echo "$(REAL_LOG) is not there; playing the synthetic log that comes with smsim"; \
	    $(call forget_if_stale,results/real_synthetic); \
	    $(BIN)/smsim compare real_silo real_alliance --leads --out results/real_synthetic; \
	fi

facts: $(MADE)  ## compute stylised facts of real firms; docs/facts.md and its pictures
	@$(call forget_if_stale,results/facts)
	@$(BIN)/smsim facts --replications $(FACTS_REPLICATIONS) --out results/facts
	@$(BIN)/python tools/facts.py results/facts

claims: $(MADE)  ## ask the model what articles claim (an hour of two cores); verdicts, docs/claims.md and its chart
	@$(call forget_if_stale,results/claims)
	@$(BIN)/smsim claims --replications $(CLAIMS_REPLICATIONS) --out results/claims --quiet
	@$(BIN)/python tools/claims.py results/claims

practices: $(MADE)  ## all practices, each alone, each left out, against the silo; docs/practices.md and its chart
	@$(call forget_if_stale,results/practices)
	@$(BIN)/python -m studies.practices --replications $(PRACTICES_REPLICATIONS) --workers $(WORKERS)

lint: $(MADE)  ## style, types, and which way imports point
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@PYTHONPATH=src $(BIN)/lint-imports --no-cache

test: lint  ## everything but the slow tests
	@$(BIN)/python tools/warm.py
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile

slow: $(MADE)  ## the tests that take minutes
	@$(BIN)/python tools/warm.py
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile -m slow

bench: $(MADE)  ## measure speed and memory; tables in docs/speed.md, every round in benchmarks/latest.json (takes minutes)
	@$(BIN)/python -m benchmarks

docs: $(MADE)  ## write docs/reference and the counts in docs/sources.md from what the code declares
	@$(BIN)/python tools/reference.py

golden: $(MADE)  ## write down the numbers of shipped scenarios anew; say in news/ why they moved
	@PYTHONPATH=src $(BIN)/python tools/golden.py

pictures: demo  ## draw the README's picture again
	@mkdir -p docs/pictures
	@cp results/demo/charts/differences.svg docs/pictures/forest.svg

exact: $(MADE)  ## play the exact cases; tables and pictures of docs/exact.md
	@$(BIN)/python tools/exact.py

study: $(MADE)  ## the emergence study: an hour of two idle cores or more; tables and pictures of docs/findings.md (STUDY="--only rhythm" for less)
	@$(BIN)/python -m studies.emergence --workers $(WORKERS) $(STUDY)

loop: $(MADE)  ## the loop that kills leads: half an hour of one idle core; tables and pictures of docs/loop.md (LOOP="--only links" for less)
	@$(BIN)/python -m studies.loop --workers $(WORKERS) $(LOOP)

contingency: $(MADE)  ## which practice pays where: ten minutes of one idle core; tables and picture of docs/contingency.md
	@$(BIN)/python -m studies.contingency --workers $(WORKERS) --docs docs $(CONTINGENCY)

coverage: $(MADE)  ## how often intervals, --precision and --best are right: a pool of runs (twelve minutes of a core), studies drawn from it
	@$(call forget_if_stale,results/coverage)
	@$(BIN)/python -m studies.coverage --workers $(WORKERS)

advice-coverage: $(MADE)  ## does recommend keep its word, where the answer is known? (ten minutes of a core); docs/advice-coverage.md
	@$(BIN)/python -m studies.recommend_coverage

changelog: $(MADE)  ## say what the next release changes; with VERSION=0.1.0 write it down and delete the fragments
	@if [ -n "$(VERSION)" ]; then $(BIN)/towncrier build --yes --version "$(VERSION)"; \
	else $(BIN)/towncrier build --draft --version "what is coming"; fi

constraints: $(MADE)  ## choose the versions to test with anew (needs uv)
	@sh tools/constraints.sh

clean:  ## remove the environment, results and everything that can be made again
	@rm -rf .venv results build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
