# SPDX-License-Identifier: MIT
# libsecrets: `make help` lists the targets.

GO ?= go
PYTHON ?= python3
CMAKE ?= cmake
CXX ?= g++
CFLAGS ?= -O2
BUILD ?= build

ifneq ($(words $(BUILD)),1)
$(error BUILD is '$(BUILD)': make cannot build into a folder with a space in its name)
endif

# The header is the one place that says the version.
VERSION := $(shell sed -n 's/^.define SECRETS_VERSION "\(.*\)"/\1/p' include/secrets.h)
SONAME := libsecrets.so.$(firstword $(subst ., ,$(VERSION)))

SHARED := $(BUILD)/libsecrets.so
STATIC := $(BUILD)/libsecrets.a
OBJECT := $(BUILD)/libsecrets.so.$(VERSION)

SOURCES := go.mod Makefile include/secrets.h capi/secrets.map \
	$(filter-out %_test.go,$(wildcard capi/*.go capi/*.c capi/*.h secrets/*.go))

# Quotes within quotes, so that a path may have spaces: -ldflags and then
# -extldflags each take one layer off.
GO_LDFLAGS := -s -w -buildid=
EXTLDFLAGS := -Wl,-soname,$(SONAME) '-Wl,--version-script=$(CURDIR)/capi/secrets.map' \
	-Wl,-z,relro,-z,now,-z,noexecstack $(LDFLAGS)
# -trimpath and no stamp of the checkout: the same bytes from every folder.
GO_BUILD = CGO_ENABLED=1 CC='$(CC)' CGO_CFLAGS='$(CFLAGS)' CGO_LDFLAGS= \
	$(GO) build -trimpath -buildvcs=false

.DELETE_ON_ERROR:
.PHONY: all demo test bench clean help examples FORCE go cc cxx python cmake binutils

all: $(SHARED) $(STATIC) ## build the shared and the static library (default)

$(SHARED): $(BUILD)/$(SONAME)
	ln -sf $(SONAME) $@

$(BUILD)/$(SONAME): $(OBJECT)
	ln -sf $(notdir $<) $@

# go build leaves a header of its own beside the library: build where that can
# be thrown away.
$(OBJECT): $(SOURCES) $(BUILD)/.flags | go cc
	mkdir -p $(BUILD)/shared
	$(GO_BUILD) -buildmode=c-shared -ldflags "$(GO_LDFLAGS) \"-extldflags=$(EXTLDFLAGS)\"" -o $(BUILD)/shared/$(@F) ./capi
	mv -f $(BUILD)/shared/$(@F) $@
	rm -r $(BUILD)/shared

$(STATIC): $(SOURCES) $(BUILD)/.flags | go cc
	mkdir -p $(BUILD)/static
	$(GO_BUILD) -buildmode=c-archive -ldflags "$(GO_LDFLAGS)" -o $(BUILD)/static/$(@F) ./capi
	mv -f $(BUILD)/static/$(@F) $@
	rm -r $(BUILD)/static

# Changes only when a setting does, so that what was built with others is not
# taken for fresh.
$(BUILD)/.flags: FORCE
	@mkdir -p $(BUILD)
	@echo '$(CC)|$(CFLAGS)|$(LDFLAGS)|'"$$($(GO) version 2>&1)" | cmp -s - $@ || \
		echo '$(CC)|$(CFLAGS)|$(LDFLAGS)|'"$$($(GO) version 2>&1)" > $@

EXAMPLES := $(patsubst bindings/c/%.c,$(BUILD)/%,$(wildcard bindings/c/*.c)) $(BUILD)/password_reset_cpp
WARNINGS := -Wall -Wextra -Wpedantic -Werror
LINK := '-Wl,-rpath,$$ORIGIN' $(SHARED)

examples: $(EXAMPLES) ## build the C and C++ examples

$(BUILD)/%: bindings/c/%.c include/secrets.h $(SHARED) | cc
	$(CC) -std=c99 $(WARNINGS) $(CFLAGS) -Iinclude $< -o $@ $(LINK)

# The same program as C++: the header is for both.
$(BUILD)/%_cpp: bindings/c/%.c include/secrets.h $(SHARED) | cxx
	$(CXX) -x c++ -std=c++17 $(WARNINGS) $(CFLAGS) -Iinclude $< -x none -o $@ $(LINK)

$(BUILD)/bench: capi/testdata/bench.c include/secrets.h $(SHARED) | cc
	$(CC) -std=c99 $(WARNINGS) $(CFLAGS) -Iinclude $< -o $@ $(LINK)

demo: examples $(SHARED) | python ## make tokens and a password-reset link, from C and from Python
	@echo '== C: bindings/c/token.c'
	@$(BUILD)/token
	@echo '== C: bindings/c/password_reset.c'
	@$(BUILD)/password_reset
	@echo '== Python: bindings/python/examples/password_reset.py'
	@PYTHONPATH=bindings/python $(PYTHON) bindings/python/examples/password_reset.py

test: all examples | go cc cxx python cmake binutils ## run every test
	cd bindings/python && $(PYTHON) -m unittest discover -s tests -t .
	CC='$(CC)' CXX='$(CXX)' CMAKE='$(CMAKE)' $(GO) vet ./...
	CC='$(CC)' CXX='$(CXX)' CMAKE='$(CMAKE)' $(GO) test -count=1 ./...

bench: $(BUILD)/bench $(SHARED) | go ## time the library beside getrandom(2)
	$(GO) test -run '^$$' -bench . -benchmem ./secrets
	$(BUILD)/bench

clean: ## remove everything that was built
	rm -rf $(BUILD)

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile
	@echo 'Settings: CC CXX CFLAGS LDFLAGS GO PYTHON CMAKE BUILD'

# $(call need,command,package): make sure that the command is there. With root on
# a Debian-like system it is installed, elsewhere it is named.
define need
	@command -v $(firstword $(1)) >/dev/null && exit; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo 'make: installing $(2), for the command $(firstword $(1))' >&2; \
		{ apt-get -q update && apt-get -q -y install $(2); } >&2 && exit; \
	fi; \
	echo 'make: the command $(firstword $(1)) is missing: install it (package $(2) on Debian)' >&2; exit 1
endef

cc: ; $(call need,$(CC),gcc libc6-dev)
cxx: ; $(call need,$(CXX),g++)
python: ; $(call need,$(PYTHON),python3)
cmake: ; $(call need,$(CMAKE),cmake)
binutils: ; $(call need,readelf,binutils)

GO_NEEDED := 1.26
go:
	@case "$$($(GO) env GOVERSION 2>/dev/null)" in \
	go1.2[6-9]*|go1.[3-9][0-9]*|go[2-9]*) ;; \
	*) echo "make: libsecrets needs Go $(GO_NEEDED) or newer (https://go.dev/dl); '$(GO)' is $$($(GO) version 2>/dev/null | cut -d' ' -f3 | grep . || echo missing)" >&2; exit 1;; \
	esac
