# One-word chores. `make help` lists them.

DRAGOMAN = .build/release/dragoman
SWIFT_FILES = Package.swift Sources Tests data/generator
DEMO = configs/phrasebook.json

.PHONY: help build demo test lint format bench data schema docs clean

help:  ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build:  ## build in release: .build/release/dragoman
	swift build -c release

demo: build  ## train the phrasebook, translate five new phrases, look into the checkpoint
	$(DRAGOMAN) train --config $(DEMO) --restart
	@echo
	$(DRAGOMAN) translate --model runs/phrasebook/best.safetensors --attention \
	  $(DEMO_PHRASES)
	$(DRAGOMAN) inspect runs/phrasebook/best.safetensors

test:  ## run all tests, in release
	swift test -c release

lint:  ## check format and file sizes, and that the project names nothing of one machine
	swift format lint --strict --recursive $(SWIFT_FILES)
	@sh .ci/limits

format:  ## put all Swift sources into the project's format
	swift format --in-place --recursive $(SWIFT_FILES)

bench: build  ## time training steps and decoding on this machine
	$(DRAGOMAN) benchmark

data:  ## make the corpora in data/ anew
	mkdir -p .build
	swiftc -O -whole-module-optimization data/generator/*.swift -o .build/generate-data
	.build/generate-data data
	.build/generate-data --check data

schema: build  ## write the JSON Schema and the table of keys from the definitions
	$(DRAGOMAN) schema > configs/schema.json
	$(DRAGOMAN) schema --markdown > docs/configuration.md

docs:  ## build the reference of the library with docc into .build/docs
	sh .ci/docs

clean:  ## remove what was built (runs/ stays)
	rm -rf .build
