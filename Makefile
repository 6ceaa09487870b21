# SPDX-License-Identifier: MIT
# libsecrets: `make help` lists targets and settings. What takes more than a few commands is a
# script in packaging/.

GO ?= go
PYTHON ?= python3
CFLAGS ?= -O2
STRIP ?= -s
BUILD ?= build
ifneq ($(CROSS),)
CC = $(CROSS)gcc
CXX = $(CROSS)g++
AR = $(CROSS)ar
endif

# The system that the library is for, by the name Go has for it. On Windows make is MSYS2's.
TARGET := $(or $(GOOS),$(shell uname -s | tr A-Z a-z | sed -E 's/^(msys|mingw).*/windows/'))
# The header is the one place that says the version.
VERSION := $(shell sed -n 's/^.define SECRETS_VERSION "\(.*\)"/\1/p' include/secrets.h)
MAJOR := $(firstword $(subst ., ,$(VERSION)))

# What programs and loaders ask for, the file behind that name, and what a program is linked with.
names.linux := libsecrets.so.$(MAJOR) libsecrets.so.$(VERSION) libsecrets.so
names.darwin := libsecrets.$(MAJOR).dylib libsecrets.$(VERSION).dylib libsecrets.dylib
names.windows := secrets.dll secrets.dll libsecrets.dll.a
SONAME := $(word 1,$(names.$(TARGET)))
OBJECT := $(BUILD)/$(word 2,$(names.$(TARGET)))
SHARED := $(BUILD)/$(word 3,$(names.$(TARGET)))
STATIC := $(BUILD)/libsecrets.a
EXE := $(if $(filter windows,$(TARGET)),.exe)
TOOL := $(BUILD)/libsecrets$(EXE)
export BUILD CC CXX GO PYTHON SHARED SONAME TARGET VERSION

tried := docs/platforms.md has what was tried
$(if $(SONAME),,$(error libsecrets is for Linux, macOS and Windows, not for '$(TARGET)': $(tried)))
$(if $(filter 386 i%86 arm armv% mips mipsle,$(or $(GOARCH),$(shell uname -m))),$(error \
	libsecrets is for processors of 64 bits: $(tried)))
$(if $(and $(FIPS),$(filter-out linux,$(TARGET))),$(error FIPS=1 is for Linux: elsewhere Go's \
	cryptographic module would find no checksum of itself, and end the process))
$(if $(filter-out 1,$(words $(BUILD))),$(error BUILD is '$(BUILD)': make cannot build into a \
	folder with a space in its name))

SOURCES := go.mod Makefile packaging/object.sh packaging/link.sh packaging/glibc.sh \
	include/secrets.h capi/secrets.map capi/sections.ld capi/secrets.rc secrets/eff_large.txt \
	$(filter-out %_test.go,$(wildcard capi/*.[ch] capi/*.go capi/fipsinfo/*.go \
	internal/scratch/*.go secrets/*.go))

# How the runtime is a better guest: no signals to preempt (SIGURG), stacks that stay as large as
# a host's signal handler may need, no descriptor kept open to watch the limits of a control group.
GODEBUG_DEFAULT := asyncpreemptoff=1,gcshrinkstackoff=1,containermaxprocs=0,updatemaxprocs=0
GO_LDFLAGS := -s -w -buildid= -X runtime.godebugDefault=$(GODEBUG_DEFAULT)$(FIPS:%=,fips140=on)
# -trimpath and no stamp of the checkout: the same bytes from every folder.
GO_BUILD = $(FIPS:%=GOFIPS140=certified) CGO_ENABLED=1 CGO_CFLAGS='$(CFLAGS)' CGO_LDFLAGS= \
	$(GO) build -trimpath -buildvcs=false -tags library$(TAGS:%=,%)
NEED := @sh packaging/tools.sh

.DELETE_ON_ERROR:
.PHONY: all examples demo test test-all releases check stress bench lint wheel packages install \
	uninstall dist sbom clean help test-go test-py FORCE
all: $(SHARED) $(STATIC) $(TOOL) ## build both libraries and the command-line tool (default)

ifeq ($(TARGET),darwin)
# Apple's tools cannot rename what is inside an object, so here Go's runtime starts as the
# library is loaded, with the host's signals, and other names of the static library can be seen.
$(OBJECT) $(STATIC): $(SOURCES) $(BUILD)/.flags
	$(NEED) go cc
	$(GO_BUILD) -buildmode=$(if $(filter %.a,$@),c-archive,c-shared) -o $@ -ldflags "$(GO_LDFLAGS) \
		-extar $(AR) -extldflags '-Wl,-install_name,@rpath/$(SONAME) \
		-Wl,-compatibility_version,$(MAJOR) -Wl,-current_version,$(VERSION) \
		-Wl,-exported_symbol,_secrets_* $(LDFLAGS)'" ./capi
else
$(BUILD)/go.a: $(SOURCES) $(BUILD)/.flags
	$(NEED) go cc binutils
	$(GO_BUILD) -buildmode=c-archive -ldflags "$(GO_LDFLAGS)" -o $@ ./capi
# All of the library as one object, in which parts of the Go runtime have names of this library.
$(BUILD)/secrets.o: $(BUILD)/go.a
	sh packaging/object.sh $< $@
$(OBJECT): $(BUILD)/secrets.o
	sh packaging/link.sh $< $@ $(STRIP) $(LDFLAGS)
$(STATIC): $(BUILD)/secrets.o
	rm -f $@
	$(AR) rcsD $@ $<
endif
$(SHARED): $(BUILD)/$(SONAME)
	$(if $(EXE),,ln -sf $(<F) $@)
ifndef EXE
$(BUILD)/$(SONAME): $(OBJECT)
	ln -sf $(<F) $@
endif

# Changes only when a setting does, so that what was built with others is not taken for fresh.
FLAGS = $(CC)|$(CFLAGS)|$(LDFLAGS)|$(TAGS)|$(STRIP)|$(FIPS)|$(TARGET)|$(GOARCH)
$(BUILD)/.flags: FORCE
	@mkdir -p $(BUILD)
	@now='$(FLAGS)|'"$$($(GO) version 2>&1)"; echo "$$now" | cmp -s - $@ || echo "$$now" > $@

WARNINGS := -Wall -Wextra -Wpedantic -Werror
$(TOOL): packaging/tool.sh $(wildcard bindings/c/command/*.[ch]) $(STATIC) $(if $(FIPS),$(SHARED))
	$(NEED) cc
	CFLAGS='$(WARNINGS) $(CFLAGS)' FIPS='$(FIPS)' LDFLAGS='$(LDFLAGS)' STATIC='$(STATIC)' \
		STRIP='$(STRIP)' sh packaging/tool.sh $@

EXAMPLES := token password_reset passwords site_passphrase session_cookie api_keys raffle
EXAMPLES += $(if $(filter linux,$(TARGET)),prefork_server)
LINK := $(SHARED) $(if $(EXE),,'-Wl,-rpath,$(if $(filter darwin,$(TARGET)),@loader_path,$$ORIGIN)')
PROGRAMS := $(patsubst %,$(BUILD)/%$(EXE),$(EXAMPLES) raffle_cpp)
examples: $(PROGRAMS) ## build the C and C++ examples
$(BUILD)/%$(EXE): bindings/c/%.c include/secrets.h $(SHARED)
	$(NEED) cc
	$(CC) -std=c99 $(WARNINGS) $(CFLAGS) -Iinclude $< -o $@ $(LINK)
$(BUILD)/%_cpp$(EXE): bindings/c/%.cc include/secrets.h include/secrets.hpp $(SHARED)
	$(NEED) cxx
	$(CXX) -std=c++17 $(WARNINGS) $(CFLAGS) -Iinclude $< -o $@ $(LINK) $(if $(EXE),-static)

demo: examples ## make tokens, passwords and keys, from C, C++ and Python
	@sh packaging/demo.sh $(EXAMPLES)

# What needs no more than Go, compilers for C and C++, Python, and some small tools.
GO_TEST = $(GO) test -count=1 -parallel 4 -timeout 60m
test: all examples ## run what proves the library on this machine
	$(NEED) go cc cxx python binutils venv gunicorn strace manual $(more)
	@$(MAKE) --no-print-directory -j2 test-go test-py
# The package that takes longest comes first: others run beside it.
test-go: all examples ## run the tests of the library alone
	$(GO_TEST) ./test/hosts ./test/abi ./test/tool ./secrets ./capi
test-py: all ## run the tests of the Python package alone
	@cd bindings/python && out=$$($(PYTHON) -m unittest discover -s tests -t . 2>&1 && \
		$(PYTHON) tests/cpython_suite.py $(suites) 2>&1); status=$$?; echo "$$out"; exit $$status

ON_PYPY = apikeys batches failures fork numbers passphrases passwords styles tokens wordlists
# Here the suites of CPython have to be there, for test to run.
test-all: export suites := --required
test-all: export PYTHONS := $(PYTHONS):pypy3
test-all: more := suites pypy cmake valgrind abigail packaging packages platforms languages
test-all: test ## run also what needs other compilers, systems and languages
	$(PYTHON) -m unittest discover -s bench
	cd bindings/python && pypy3 -m unittest $(addprefix tests.test_,$(ON_PYPY))
	$(GO_TEST) ./test/claims ./test/packaging ./test/platforms ./test/languages \
		./test/scanners
	sh packaging/releases.sh
releases: all ## build and test with the other releases of Go
	$(NEED) go cc python
	sh packaging/releases.sh
lint: ## check the form of all files: Go, C, shell scripts, and 100 columns
	@sh packaging/lint.sh
stress: all ## fork more than 10,000 processes, 1,000 generations, and make a million calls
	STRESS=1 $(GO_TEST) -v -run 'TestFork|TestRewind$$|TestLoading|TestMixed' ./test/hosts

check: all ## test every claim of SECURITY.md, and that each test can fail
	$(NEED) instruments
	$(GO) test -c -o $(BUILD)/claims ./test/claims
	cd test/claims && $(abspath $(BUILD))/claims -test.timeout 0 -test.run '^TestClaims$$' \
		-claims '$(or $(CLAIM),all)' $(if $(LONG),-long)

bench: all ## time the library beside its peers, in C, Go and Python
	$(NEED) python
	-$(NEED) peers # where these cannot be installed, the benchmark names who is missing
	$(PYTHON) bench/run.py --build $(BUILD) --peers '$(PEERS)' $(if $(QUICK),--quick)

wheel: $(OBJECT) ## make the Python wheel and sdist: BUILD/wheel
	sh packaging/wheel.sh $(OBJECT) $(SOURCES) packaging/tools.sh LICENSE NOTICE

packages: all wheel ## make the packages for Debian and RPM, of amd64 and arm64: BUILD/packages
	$(NEED) nfpm
	sh packaging/packages.sh

# No prerequisites: root, who installs, need not have Go and should not build.
install: ## install what is built
	@sh packaging/install.sh install $(SOURCES)
uninstall: ## remove what install has put there
	@sh packaging/install.sh uninstall
dist: ## pack the tracked files: BUILD/libsecrets-VERSION.tar.gz
	@sh packaging/dist.sh
sbom: all ## list what is inside, for tools: BUILD/libsecrets.spdx.json
	$(NEED) python
	$(PYTHON) packaging/sbom.py $(OBJECT) $(STATIC) $(TOOL) > $(BUILD)/libsecrets.spdx.json
clean: ## remove everything that was built
	rm -rf $(BUILD)
help: ## list the targets and settings
	@sh packaging/help.sh
