# make run      replay the sample book with the default definition and print what came of it
# make test     build and run all tests
# make lint     check the formatting, as CI does
# make build    the release binary: .build/release/scorebook
# make install  PREFIX=/usr/local DESTDIR=   the binary and the pipelines
# make sample   write the sample book's log anew from its generator
# make fuzz     SEEDS=1000..<3000   the engine against the reference on other random books
# make bench    ROUNDS=5  Scorebook beside DuckDB, chDB and Polars (from PyPI, into Benchmarks/.venv)
# make bench-linear  ROUNDS=3  ten times the events beside the usual ones
# make deps     install the C libraries that are missing (the rules above do so by themselves)
# make clean
# With ISAL=no everything is built without ISA-L: zlib inflates, at less than half the speed.

PREFIX ?= /usr/local
DESTDIR ?=
BOOK ?= demo-book
SEEDS ?= 1000..<3000
ROUNDS ?= 5
ISAL ?= yes
TRAITS = $(if $(filter no,$(ISAL)),--disable-default-traits)
AS_OF = 2026-11-01T00:00:00Z

.PHONY: run test lint build install sample fuzz bench bench-linear deps clean

run: build
	@mkdir -p $(BOOK)
	@.build/release/scorebook run --book $(BOOK) --log sample-data/log -p pipelines/b2b.yaml --as-of $(AS_OF)

build: deps
	swift build $(TRAITS) -c release --product scorebook

test: deps
	swift build $(TRAITS) --build-tests
	swift test $(TRAITS) --skip-build

lint:
	swift format lint --strict --recursive Package.swift Sources Tests

install: build
	install -D -m 755 .build/release/scorebook $(DESTDIR)$(PREFIX)/bin/scorebook
	install -d $(DESTDIR)$(PREFIX)/share/scorebook/pipelines
	install -m 644 pipelines/*.yaml $(DESTDIR)$(PREFIX)/share/scorebook/pipelines

sample: deps
	swift build $(TRAITS) -c release --product samplebook
	.build/release/samplebook sample sample-data

fuzz: deps
	SCOREBOOK_SEEDS='$(SEEDS)' swift test $(TRAITS) --filter DifferentialTests

bench: deps
	swift build $(TRAITS) -c release
	python3 Benchmarks/bench.py --rounds $(ROUNDS)

bench-linear: deps
	swift build $(TRAITS) -c release
	python3 Benchmarks/bench.py --linear --no-peers --rounds $(ROUNDS)

deps:
	@ISAL=$(ISAL) sh tools/install-dependencies.sh

clean:
	rm -rf .build $(BOOK)
