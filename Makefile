# make run      replay the sample book with the default definition, print what came of it, and write its report
# make test     build and run all tests
# make test-browser  SHOTS=   the explorer's pages in headless Chromium (installs it, and Selenium from PyPI); pictures
#               of each page into the folder SHOTS
# make test-exports  exports read back by pyarrow, DuckDB, psycopg (from PyPI) and Python, cell by cell, a PostgreSQL
#               server among them (Debian's)
# make lint     check the formatting, as CI does
# make build    the release binary: .build/release/scorebook
# make install  PREFIX=/usr/local DESTDIR=   the binary, manual pages, completions, pipelines
# make sample   write the sample book's log anew from its generator
# make torture  NIGHTS=60 KILLS=300 PUBLISHES=50 FLIPS=400 SEED=… READING=120   what takes minutes: nights, kills,
#               failing disks, damage, readers (READING seconds), many forgets
# make fuzz     SEEDS='1000..<3000' SECONDS=60   other random books against the reference; libFuzzer on what reads
#               lines, gzip, YAML and the chain
# make bench    ROUNDS=5  Scorebook beside DuckDB, chDB, Polars and Spark (from PyPI, into Benchmarks/.venv)
# make bench-linear  ROUNDS=3  ten times the events beside the usual ones
# make deps     install the C libraries that are missing (the rules above do so by themselves)
# make clean
# With ISAL=no everything is built without ISA-L and what else is only there for speed: zlib inflates, at less than half
# the speed. With EXPLORER=no it is built without the explorer, and SwiftNIO is neither fetched nor built; with
# POSTGRES=no without the export that needs libpq.

PREFIX ?= /usr/local
DESTDIR ?=
BOOK ?= demo-book
SEEDS ?= 1000..<3000
ROUNDS ?= 5
NIGHTS ?= 60
KILLS ?= 300
PUBLISHES ?= 50
SECONDS ?= 60
READING ?= 120
ISAL ?= yes
EXPLORER ?= yes
POSTGRES ?= yes
WITHOUT = $(filter no,$(ISAL) $(EXPLORER) $(POSTGRES))
comma := ,
space := $(subst ,, )
WANTED = $(strip $(if $(filter no,$(ISAL)),,ISAL Primitives) $(if $(filter no,$(EXPLORER)),,Explorer) \
  $(if $(filter no,$(POSTGRES)),,Postgres))
TRAITS = $(if $(WITHOUT),$(if $(WANTED),--traits $(subst $(space),$(comma),$(WANTED)),--disable-default-traits))
SHARE = $(DESTDIR)$(PREFIX)/share
AS_OF = 2026-11-01T00:00:00Z
WEEK_BEFORE = 2026-10-25T00:00:00Z

.PHONY: run test test-browser test-exports lint build install sample fuzz torture bench bench-linear deps clean

run: build
	@mkdir -p $(BOOK)
	@.build/release/scorebook run --book $(BOOK) --log sample-data/log -p pipelines/b2b.yaml --as-of $(WEEK_BEFORE) -q
	@.build/release/scorebook run --book $(BOOK) --log sample-data/log -p pipelines/b2b.yaml --as-of $(AS_OF) --details
	@.build/release/scorebook report --book $(BOOK) --log sample-data/log -o $(BOOK)/report.html
	@echo "report    $(BOOK)/report.html"
ifneq ($(EXPLORER),no)
	@echo "explorer  .build/release/scorebook explore --book $(BOOK) --log sample-data/log"
endif

build: deps
	swift build $(TRAITS) -c release --product scorebook

test: deps
	swift build $(TRAITS) --build-tests
	swift test $(TRAITS) --skip-build

test-browser: build
	sh tools/browser-tests.sh .build/release/scorebook $(SHOTS)

test-exports: build
	sh tools/export-tests.sh .build/release/scorebook

lint:
	swift format lint --strict --recursive Package.swift Sources Tests

install: build
	install -D -m 755 .build/release/scorebook $(DESTDIR)$(PREFIX)/bin/scorebook
	install -d $(SHARE)/scorebook/pipelines/crm $(SHARE)/scorebook/operating $(SHARE)/man/man1
	install -m 644 pipelines/*.yaml $(SHARE)/scorebook/pipelines
	install -m 644 pipelines/crm/* $(SHARE)/scorebook/pipelines/crm
	install -m 644 operating/* $(SHARE)/scorebook/operating
	.build/release/scorebook --experimental-dump-help | python3 tools/manual.py $(SHARE)/man/man1
	install -d $(SHARE)/bash-completion/completions $(SHARE)/zsh/site-functions
	install -d $(SHARE)/fish/vendor_completions.d
	.build/release/scorebook --generate-completion-script bash > $(SHARE)/bash-completion/completions/scorebook
	.build/release/scorebook --generate-completion-script zsh > $(SHARE)/zsh/site-functions/_scorebook
	.build/release/scorebook --generate-completion-script fish > $(SHARE)/fish/vendor_completions.d/scorebook.fish

sample: deps
	swift build $(TRAITS) -c release --product samplebook
	.build/release/samplebook sample sample-data

fuzz: deps
	SCOREBOOK_SEEDS='$(SEEDS)' swift test $(TRAITS) --filter DifferentialTests
	sh tools/fuzz.sh $(SECONDS)

torture: build
	for script in tools/torture/*.py; do \
	  NIGHTS=$(NIGHTS) KILLS=$(KILLS) PUBLISHES=$(PUBLISHES) \
	    python3 $$script .build/release/scorebook || exit 1; \
	done
	SCOREBOOK_EVERY_BIT=1 swift test $(TRAITS) --filter EveryDamageTests
	SCOREBOOK_MANY_FORGETS=100000 swift test $(TRAITS) --filter ManyForgetsTests
	SCOREBOOK_READERS_SECONDS=$(READING) swift test $(TRAITS) --filter ReadersTests

bench: deps
	swift build $(TRAITS) -c release
	python3 Benchmarks/bench.py --rounds $(ROUNDS)

bench-linear: deps
	swift build $(TRAITS) -c release
	python3 Benchmarks/bench.py --linear --no-peers --rounds $(ROUNDS)

deps:
	@ISAL=$(ISAL) POSTGRES=$(POSTGRES) sh tools/install-dependencies.sh

clean:
	rm -rf .build $(BOOK)
