# One-word chores. `make help` lists them.

DRAGOMAN = .build/release/dragoman
SWIFT_FILES = Package.swift Sources Tests data/generator
DEMO = configs/phrasebook.json
# From data/phrasebook/test.en-fr.tsv: none of them is in the training set.
DEMO_PHRASES = "My father doesn't know how to play chess." \
  "How do I get to the station?" "My daughter has never been to Hanoi." \
  "This knife isn't light." "My brother booked a big room for five nights."

# Options of `swift build`, and where what needs no Swift lies.
SWIFT_FLAGS =
STATIC = .build/static
LIBRARY = libdragoman-c.$(if $(filter Darwin,$(shell uname -s)),dylib,so)
# Links the objects of a product again, with Swift's libraries and that of C++ inside. SwiftPM does so for programs alone and
# leaves libstdc++ out, which an empty root does not have; the archive is found first since its folder comes first.
LINK = swiftc -static-stdlib -L $(STATIC) -Xclang-linker -static-libgcc -lm \
  -Xlinker --as-needed -Xlinker --gc-sections -Xlinker -s
VERSION = $(shell sed -n 's/.*version = "\(.*\)"/\1/p' Sources/Translation/Translator+Version.swift)
BUILD = .build/release

# Where `make install` puts things: bin, lib, include and share below it; DESTDIR goes before all of them.
PREFIX = /usr/local
DESTDIR =
ROOT = $(DESTDIR)$(PREFIX)

.PHONY: help build demo demo-images tour test test-mpi test-c test-wheel test-pages torture fuzz mutate sanitize lint format bench bench-peers data schema docs clean \
  static static-c wheel install uninstall dist

help:  ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build:  ## build in release: .build/release/dragoman
	swift build -c release

demo: build  ## train the phrasebook, translate five new phrases, look into the checkpoint
	$(DRAGOMAN) train --config $(DEMO) --set name=demo --restart
	@echo
	$(DRAGOMAN) translate --model runs/demo/best.safetensors --attention \
	  $(DEMO_PHRASES)
	$(DRAGOMAN) translate --model runs/demo/best.safetensors "good morning" "i love you"
	@echo
	$(DRAGOMAN) evaluate --model runs/demo/best.safetensors
	@echo
	$(DRAGOMAN) inspect runs/demo/best.safetensors
	@echo
	@echo "report: runs/demo/report.html"
	@echo "next: $(DRAGOMAN) translate --model runs/demo/best.safetensors          # asks for phrases"
	@echo "next: $(DRAGOMAN) explain --model runs/demo/best.safetensors --html walk.html \"good morning\""
	@echo "next: $(DRAGOMAN) new --corpus PAIRS.tsv                                # a model of your own pairs"

demo-images: build  ## learn from small pictures which shape stands where, tell it in a class and in a caption, see where the models looked
	$(DRAGOMAN) train --config configs/scenes-squeeze.json --restart
	@echo
	$(DRAGOMAN) classify --model runs/scenes-squeeze/best.safetensors --attention \
	  --html runs/scenes-squeeze/classes.html data/scenes/test/000[0-4].png
	$(DRAGOMAN) evaluate --model runs/scenes-squeeze/best.safetensors \
	  --html runs/scenes-squeeze/confusion.html
	@echo
	$(DRAGOMAN) train --config configs/scenes-caption.json --restart
	@echo
	$(DRAGOMAN) caption --model runs/scenes-caption/best.safetensors --attention \
	  --html runs/scenes-caption/captions.html data/scenes/captions/test/000[0-4].png
	$(DRAGOMAN) evaluate --model runs/scenes-caption/best.safetensors --metrics bleu4,cider,exact

test:  ## run all tests, in release
	swift test -c release

test-mpi: .build-mpi/mpi  ## build with MPI, installing it if need be, and compare 1, 2 and 4 processes, to the byte (minutes)
	swift build -c release --traits MPI --scratch-path .build-mpi --product dragoman
	python3 Tests/MPI/test_mpi.py --dragoman .build-mpi/release/dragoman $(OPTIONS)

.build-mpi/mpi:
	command -v mpirun > /dev/null && pkg-config --exists ompi-c || sh .ci/install-mpi
	mkdir -p .build-mpi && touch $@

test-c: $(if $(filter .build/release,$(BUILD)),build)  ## call the C interface from Python and from C
	python3 Tests/CInterface/test_ctypes.py --build $(BUILD)

static: $(STATIC)/libstdc++.a  ## build the program as one file that needs no Swift: .build/static/dragoman
	swift build -c release $(SWIFT_FLAGS) --product dragoman
ifeq ($(shell uname -s),Darwin)
	strip -o $(STATIC)/dragoman .build/release/dragoman
else
	$(LINK) -emit-executable -module-name DragomanCommand -o $(STATIC)/dragoman @.build/release/dragoman.product/Objects.LinkFileList \
	  -Xlinker --defsym=main=DragomanCommand_main
endif

# Of all its names the library shows those of the header alone, so that it can stand beside other Swift in one process.
static-c: $(STATIC)/libstdc++.a  ## build the C library with all that it needs of Swift inside: .build/static
	swift build -c release $(SWIFT_FLAGS) --product dragoman-c
ifeq ($(shell uname -s),Darwin)
	strip -x -o $(STATIC)/$(LIBRARY) .build/release/$(LIBRARY)
else
	echo '{ global: dragoman_*; local: *; };' > $(STATIC)/exports.map
	$(LINK) -emit-library -module-name DragomanC -o $(STATIC)/$(LIBRARY) @.build/release/dragoman-c.product/Objects.LinkFileList \
	  -Xlinker --version-script=$(STATIC)/exports.map
endif

# On macOS the libraries of Swift and C++ are part of the system, and nothing is done.
$(STATIC)/libstdc++.a:
	mkdir -p $(STATIC)
	[ "$$(uname -s)" = Darwin ] || ln -sf "$$(clang -print-file-name=libstdc++.a)" $@

wheel: static-c  ## make a wheel of the Python module and the library, without network: .build/wheel
	python3 Sources/CInterface/python/make_wheel.py --library $(STATIC)/$(LIBRARY) --output .build/wheel

test-wheel:  ## install the wheel in an environment of its own and translate with it
	python3 Tests/CInterface/test_wheel.py --wheels .build/wheel

install: static static-c  ## install program, library, header, manual and completions: PREFIX=/usr/local DESTDIR=
	install -d $(ROOT)/bin $(ROOT)/lib $(ROOT)/include $(ROOT)/share/man/man1 $(ROOT)/share/bash-completion/completions \
	  $(ROOT)/share/zsh/site-functions $(ROOT)/share/fish/vendor_completions.d
	install -m 755 $(STATIC)/dragoman $(ROOT)/bin/dragoman
	install -m 755 $(STATIC)/$(LIBRARY) $(ROOT)/lib/$(LIBRARY)
	install -m 644 Sources/CInterface/include/dragoman.h $(ROOT)/include/dragoman.h
	$(STATIC)/dragoman manual > $(ROOT)/share/man/man1/dragoman.1
	$(STATIC)/dragoman completions bash > $(ROOT)/share/bash-completion/completions/dragoman
	$(STATIC)/dragoman completions zsh > $(ROOT)/share/zsh/site-functions/_dragoman
	$(STATIC)/dragoman completions fish > $(ROOT)/share/fish/vendor_completions.d/dragoman.fish

uninstall:  ## remove what `make install` installed
	rm -f $(ROOT)/bin/dragoman $(ROOT)/lib/$(LIBRARY) $(ROOT)/include/dragoman.h $(ROOT)/share/man/man1/dragoman.1 \
	  $(ROOT)/share/bash-completion/completions/dragoman $(ROOT)/share/zsh/site-functions/_dragoman \
	  $(ROOT)/share/fish/vendor_completions.d/dragoman.fish

# Names of files of a release: dragoman-0.1.0-Linux-x86_64.tar.gz, and the wheel's own.
DIST = dragoman-$(VERSION)-$(shell uname -s)-$(shell uname -m)
dist: wheel  ## make the files of a release: .build/dist
	rm -rf .build/dist && mkdir -p .build/dist
	$(MAKE) install DESTDIR=.build/dist/$(DIST) PREFIX= SWIFT_FLAGS="$(SWIFT_FLAGS)"
	cp LICENSE .build/dist/$(DIST)
	tar -C .build/dist -czf .build/dist/$(DIST).tar.gz $(DIST)
	python3 .ci/sbom $(VERSION) .build/dist/$(DIST) > .build/dist/$(DIST).spdx.json
	rm -rf .build/dist/$(DIST)
	cp .build/wheel/dragoman-$(VERSION)-*.whl .build/dist

test-pages: build  ## make the pages of tiny runs and look at them in a headless Chromium
	python3 Tests/Browser/test_pages.py --dragoman $(DRAGOMAN)

torture: build  ## kill, stop and damage trainings, and compare what they end with, to the byte (minutes)
	python3 Tests/Torture/torture.py --dragoman $(DRAGOMAN) $(OPTIONS)

# SECONDS for each target; OPTIONS="--targets tmx,png" takes some of them.
SECONDS = 60
fuzz: build  ## read damaged and hostile input of every kind, SECONDS=60 for each, and train random configurations
	python3 Tests/Fuzz/fuzz.py --seconds $(SECONDS) --dragoman $(DRAGOMAN) $(OPTIONS)

mutate:  ## put faults into a copy of the sources, one at a time, and see that a test fails for each
	python3 Tests/Mutation/mutate.py $(OPTIONS)

# What KIND of fault is looked for: address, with undefined behaviour of the C target, or thread. OPTIONS="--filter Layers"
# takes some of the tests.
KIND = address
SANITIZE_address = --sanitize=address -Xcc -fsanitize=undefined -Xcc -fsanitize-trap=undefined
SANITIZE_thread = --sanitize=thread
sanitize:  ## run the tests under a sanitizer: KIND=address or thread
	ASAN_OPTIONS=detect_leaks=0 TSAN_OPTIONS=halt_on_error=1 swift test -c release $(SANITIZE_$(KIND)) \
	  --scratch-path .build-$(KIND) $(OPTIONS)

lint:  ## check format, file sizes and links
	swift format lint --strict --recursive $(SWIFT_FILES)
	@sh .ci/limits
	@sh .ci/links

format:  ## put all Swift sources into the project's format
	swift format --in-place --recursive $(SWIFT_FILES)

tour:  ## run the tour of the README, line by line, in a copy
	sh .ci/tour

bench: build  ## time training and decoding beside what this machine can do at most
	$(DRAGOMAN) benchmark --threads 1
	$(DRAGOMAN) benchmark

# What bench-peers times; benchmarks/README.md has all of it. OPTIONS takes any further option of benchmarks/peers/run.py.
MODELS = tiny small bigru lstm
MODES = train decode1 decode64 text gemm
ROUNDS = 5
STEPS = 12
THREADS = 2
OPTIONS =

bench-peers: build  ## time training and decoding beside PyTorch, JAX and two toolkits (benchmarks/README.md)
	python3 benchmarks/peers/run.py --models "$(MODELS)" --modes "$(MODES)" --rounds $(ROUNDS) \
	  --steps $(STEPS) --threads $(THREADS) --dragoman $(DRAGOMAN) $(OPTIONS)

data:  ## make the corpora in data/ anew
	mkdir -p .build
	swiftc -O -whole-module-optimization data/generator/*.swift -o .build/generate-data
	.build/generate-data data
	.build/generate-data --check data

schema: build  ## write the JSON Schemas and the table of keys from the definitions
	$(DRAGOMAN) schema > configs/schema.json
	$(DRAGOMAN) schema --markdown > docs/configuration.md
	for schema in docs/schemas/*.json; do \
	  $(DRAGOMAN) schema --command $$(basename $$schema .json) > $$schema || exit 1; done

docs:  ## build the reference and the pages of docs/ with docc into .build/docs
	sh .ci/docs

clean:  ## remove what was built (runs/ stays)
	rm -rf .build
