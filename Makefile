# make run      replay the sample book with the default definition and print what came of it
# make test     build and run all tests
# make lint     check the formatting, as CI does
# make build    the release binary: .build/release/scorebook
# make install  PREFIX=/usr/local DESTDIR=   the binary and the pipelines
# make sample   write the sample book's log anew from its generator
# make fuzz     SEEDS=1000..<3000   the engine against the reference on other random books
# make deps     install the C libraries that are missing (the rules above do so by themselves)
# make clean

PREFIX ?= /usr/local
DESTDIR ?=
BOOK ?= demo-book
SEEDS ?= 1000..<3000
AS_OF = 2026-11-01T00:00:00Z

.PHONY: run test lint build install sample fuzz deps clean

run: build
	@mkdir -p $(BOOK)
	@.build/release/scorebook run --book $(BOOK) --log sample-data/log -p pipelines/b2b.yaml --as-of $(AS_OF)

build: deps
	swift build -c release --product scorebook

test: deps
	swift build --build-tests
	swift test --skip-build

lint:
	swift format lint --strict --recursive Package.swift Sources Tests

install: build
	install -D -m 755 .build/release/scorebook $(DESTDIR)$(PREFIX)/bin/scorebook
	install -d $(DESTDIR)$(PREFIX)/share/scorebook/pipelines
	install -m 644 pipelines/*.yaml $(DESTDIR)$(PREFIX)/share/scorebook/pipelines

sample: deps
	swift build -c release --product samplebook
	.build/release/samplebook sample sample-data

fuzz: deps
	SCOREBOOK_SEEDS='$(SEEDS)' swift test --filter DifferentialTests

deps:
	@sh tools/install-dependencies.sh

clean:
	rm -rf .build $(BOOK)
