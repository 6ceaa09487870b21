# SPDX-License-Identifier: MIT
# libsecrets: `make help` lists the targets.

GO ?= go
PYTHON ?= python3
CMAKE ?= cmake
CXX ?= g++
CFLAGS ?= -O2
BUILD ?= build
# CROSS=aarch64-linux-gnu- with GOARCH=arm64 builds for another machine.
CROSS ?=
ifneq ($(CROSS),)
CC = $(CROSS)gcc
AR = $(CROSS)ar
LD = $(CROSS)ld
endif
OBJCOPY ?= $(CROSS)objcopy
NM ?= $(CROSS)nm
# Where to install, by GNU's names; DESTDIR stands before all of them.
PREFIX ?= /usr/local
LIBDIR ?= $(PREFIX)/lib
INCLUDEDIR ?= $(PREFIX)/include
MANDIR ?= $(PREFIX)/share/man
DOCDIR ?= $(PREFIX)/share/doc/libsecrets
DESTDIR ?=
# Tags for a build that a check looks into, as valgrind or race, and the option that leaves
# symbols off, which such a build may want to keep.
TAGS ?=
STRIP ?= -s

# FIPS=1 takes the release of Go's cryptographic module that is certified for FIPS 140-3,
# and has its mode on.
FIPS ?=

ifneq ($(or $(GOOS),linux) $(shell uname -s),linux Linux)
$(error libsecrets is built for Linux and on it: README, "Platforms", has what was tried)
endif

ifneq ($(words $(BUILD)),1)
$(error BUILD is '$(BUILD)': make cannot build into a folder with a space in its name)
endif

# The header is the one place that says the version.
VERSION := $(shell sed -n 's/^.define SECRETS_VERSION "\(.*\)"/\1/p' include/secrets.h)
SONAME := libsecrets.so.$(firstword $(subst ., ,$(VERSION)))

SHARED := $(BUILD)/libsecrets.so
STATIC := $(BUILD)/libsecrets.a
OBJECT := $(BUILD)/libsecrets.so.$(VERSION)

SOURCES := go.mod Makefile include/secrets.h capi/secrets.map capi/started.go.txt secrets/eff_large.txt \
	$(filter-out %_test.go,$(wildcard capi/*.go capi/fipsinfo/*.go capi/*.c capi/*.h secrets/*.go))

# How the runtime is a better guest: no signals to preempt (SIGURG), stacks that
# stay as large as a host's signal handler may need, no descriptor kept open to
# watch the limits of a control group.
comma := ,
GODEBUG_DEFAULT := asyncpreemptoff=1,gcshrinkstackoff=1,containermaxprocs=0,updatemaxprocs=0$(if $(FIPS),$(comma)fips140=on)
GO_LDFLAGS := -s -w -checklinkname=0 -buildid= -X runtime.godebugDefault=$(GODEBUG_DEFAULT)
SHARED_LDFLAGS := -Wl,-soname,$(SONAME) -Wl,--version-script=capi/secrets.map -Wl,-Bsymbolic \
	-Wl,-z,relro,-z,now,-z,noexecstack,-z,nodelete $(STRIP) $(LDFLAGS)
# -trimpath and no stamp of the checkout: the same bytes from every folder.
GO_BUILD = $(if $(FIPS),GOFIPS140=certified) CGO_ENABLED=1 CC='$(CC)' CGO_CFLAGS='$(CFLAGS)' CGO_LDFLAGS= \
	$(GO) build -trimpath -buildvcs=false -overlay=$(BUILD)/overlay.json

.DELETE_ON_ERROR:
.PHONY: all demo test check stress bench install uninstall dist sbom clean help examples FORCE go cc cxx python suites cmake gunicorn binutils counters manual abigail platforms packaging languages peers instruments

all: $(SHARED) $(STATIC) ## build the shared and the static library (default)

$(SHARED): $(BUILD)/$(SONAME)
	ln -sf $(SONAME) $@

$(BUILD)/$(SONAME): $(OBJECT)
	ln -sf $(notdir $<) $@

# The places in the Go runtime that capi/guest.c takes, by the names it has for
# them; and the runtime's constructor after ours and before a program's.
GUEST := --redefine-sym runtime.sigtable=guest_signals --globalize-symbol=guest_signals \
	--redefine-sym runtime.tlsg=guest_g --globalize-symbol=guest_g \
	--redefine-sym x_cgo_sys_thread_create=guest_thread_create \
	--rename-section .init_array=.init_array.00102

# $(call go_object,folder,tags): all of the library as folder/secrets.o, with
# nothing global in it but the public functions.
define go_object
	rm -rf $(1) && mkdir -p $(1)
	$(GO_BUILD) -tags $(2) -buildmode=c-archive -ldflags "$(GO_LDFLAGS)" -o $(1)/go.a ./capi
	cd $(1) && $(AR) x go.a && $(OBJCOPY) $(GUEST) go.o
	@test "$$($(NM) $(1)/go.o | grep -c ' guest_')" = 3 || \
		{ echo 'make: this release of Go has moved what capi/guest.c takes' >&2; exit 1; }
	cd $(1) && $(LD) -r -d -o all.o go.o 0*.o && \
		$(OBJCOPY) --wildcard --keep-global-symbol='secrets_*' all.o secrets.o
endef

# Go's runtime but for one line (capi/started.go.txt). A release that has other words
# there is taken as it is, and is slower (proofs/costs_test.go).
$(BUILD)/overlay.json: Makefile $(BUILD)/.flags | go
	root=$$($(GO) env GOROOT)/src/runtime && \
	sed 's/^\t\t<-main_init_done$$/\t\tawaitInit()/' "$$root/cgocall.go" > $(BUILD)/cgocall.txt && \
	printf '{"Replace": {"%s": "%s", "%s": "%s"}}\n' "$$root/cgocall.go" $(BUILD)/cgocall.txt \
		"$$root/started.go" capi/started.go.txt > $@

$(OBJECT): $(SOURCES) $(BUILD)/.flags $(BUILD)/overlay.json | go cc binutils
	$(call go_object,$(BUILD)/shared,library$(comma)shared$(TAGS:%=$(comma)%))
	$(CC) -shared $(SHARED_LDFLAGS) -o $@ $(BUILD)/shared/secrets.o -pthread
	GOOS= GOARCH= CGO_ENABLED=0 GOFLAGS= $(GO) run ./capi/fipsinfo $@
	rm -r $(BUILD)/shared

$(STATIC): $(SOURCES) $(BUILD)/.flags $(BUILD)/overlay.json | go cc binutils
	$(call go_object,$(BUILD)/static,library$(TAGS:%=$(comma)%))
	rm -f $@
	$(AR) rcsD $@ $(BUILD)/static/secrets.o
	rm -r $(BUILD)/static

# Changes only when a setting does, so that what was built with others is not
# taken for fresh.
$(BUILD)/.flags: FORCE
	@mkdir -p $(BUILD)
	@echo '$(CC)|$(CFLAGS)|$(LDFLAGS)|$(TAGS)|$(STRIP)|$(FIPS)|$(GOARCH)|'"$$($(GO) version 2>&1)" | cmp -s - $@ || \
		echo '$(CC)|$(CFLAGS)|$(LDFLAGS)|$(TAGS)|$(STRIP)|$(FIPS)|$(GOARCH)|'"$$($(GO) version 2>&1)" > $@

EXAMPLES := $(patsubst bindings/c/%.c,$(BUILD)/%,$(wildcard bindings/c/*.c)) $(BUILD)/password_reset_cpp
WARNINGS := -Wall -Wextra -Wpedantic -Werror
LINK := '-Wl,-rpath,$$ORIGIN' $(SHARED)

examples: $(EXAMPLES) ## build the C and C++ examples

$(BUILD)/%: bindings/c/%.c include/secrets.h $(SHARED) | cc
	$(CC) -std=c99 $(WARNINGS) $(CFLAGS) -Iinclude $< -o $@ $(LINK)

# The same program as C++: the header is for both.
$(BUILD)/%_cpp: bindings/c/%.c include/secrets.h $(SHARED) | cxx
	$(CXX) -x c++ -std=c++17 $(WARNINGS) $(CFLAGS) -Iinclude $< -x none -o $@ $(LINK)

# Which Python makes the wheel is all the same to it: PYTHON, or else the system's.
PACKS := -c 'import wheel, setuptools.config.pyprojecttoml'
PACKER ?= $(firstword $(foreach python,$(PYTHON) /usr/bin/python3,$(shell \
	$(python) $(PACKS) 2>/dev/null && echo $(python))) /usr/bin/python3)
WHEEL := $(BUILD)/wheel
SDIST := $(WHEEL)/libsecrets-$(VERSION)

# The sdist has all that the library and the package are made of. The wheel is made
# from it, around the library that is built already.
.PHONY: wheel packer venv
wheel: export SOURCE_DATE_EPOCH ?= 315532800 # the first second that a zip file can hold
wheel: $(OBJECT) | packer ## make the Python wheel and sdist
	rm -rf $(WHEEL) && mkdir -p $(SDIST)/libsecrets
	cp --parents $(SOURCES) LICENSE NOTICE $(SDIST)
	cp $(addprefix bindings/python/,pyproject.toml setup.py README.md) $(SDIST)
	cp $(wildcard $(addprefix bindings/python/libsecrets/,*.py *.pyi py.typed)) $(SDIST)/libsecrets
	cd $(SDIST) && $(PACKER) -W ignore setup.py -q egg_info -e .. && mv ../libsecrets.egg-info/PKG-INFO .
	chmod -R u=rwX,go=rX $(SDIST)
	tar --sort=name --mtime=@$$SOURCE_DATE_EPOCH --owner=0 --group=0 --numeric-owner \
		-I 'gzip -n9' -C $(WHEEL) -cf $(SDIST).tar.gz $(notdir $(SDIST))
	install -m 755 $(OBJECT) $(SDIST)/libsecrets/$(SONAME)
	cd $(SDIST) && umask 022 && $(PACKER) -W ignore setup.py -q bdist_wheel -d ..
	rm -r $(SDIST) $(WHEEL)/libsecrets.egg-info

test: | venv
packer: ; $(call install,$(PACKER) $(PACKS),setuptools with wheel,python3-setuptools python3-wheel)
venv: ; $(call install,$(PYTHON) -c 'import ensurepip',venv with pip,python3-venv)

demo: examples $(SHARED) | python ## make tokens, passwords and keys, from C and from Python
	@echo '== C: bindings/c/token.c'
	@$(BUILD)/token
	@echo '== C: bindings/c/password_reset.c'
	@$(BUILD)/password_reset
	@echo '== C: bindings/c/passwords.c'
	@$(BUILD)/passwords
	@echo '== C: bindings/c/session_cookie.c'
	@$(BUILD)/session_cookie
	@echo '== C: bindings/c/api_keys.c'
	@$(BUILD)/api_keys
	@echo '== C: bindings/c/raffle.c'
	@$(BUILD)/raffle
	@echo '== C: bindings/c/prefork_server.c'
	@$(BUILD)/prefork_server
	@echo '== Python: bindings/python/examples/password_reset.py'
	@PYTHONPATH=bindings/python $(PYTHON) bindings/python/examples/password_reset.py
	@echo '== Python: bindings/python/examples/passwords.py'
	@PYTHONPATH=bindings/python $(PYTHON) bindings/python/examples/passwords.py

test: all examples | go cc cxx python suites cmake binutils gunicorn counters manual abigail platforms packaging languages ## run every test
	cd bindings/python && $(PYTHON) -m unittest discover -s tests -t .
	$(PYTHON) -m unittest discover -s bench
	$(PYTHON) bindings/python/tests/cpython_suite.py
	CC='$(CC)' CXX='$(CXX)' CMAKE='$(CMAKE)' $(GO) vet ./...
	CC='$(CC)' CXX='$(CXX)' CMAKE='$(CMAKE)' $(GO) test -count=1 -timeout 30m ./...

stress: all | go cc ## fork more than 10,000 processes, and children of children to the end
	STRESS=1 CC='$(CC)' $(GO) test -count=1 -timeout 60m -v -run 'TestFork|TestRefus|TestLoading' ./capi

# CLAIM is all, or names of claims; LONG=1 takes hours where a claim has a long form.
CLAIM ?= all
check: all | go cc instruments ## hold every claim of SECURITY.md to its proof
	$(GO) test -c -o $(BUILD)/proofs ./proofs
	cd proofs && CC='$(CC)' $(abspath $(BUILD))/proofs -test.timeout 0 -test.run '^TestClaims$$' -claims '$(CLAIM)' $(if $(LONG),-long)

# PEERS is all, or names of peers with commas between; QUICK=1 takes few rounds.
PEERS ?=
bench: all | go cc python peers ## time the library beside its peers, in C, Go and Python
	GO='$(GO)' CC='$(CC)' PYTHON='$(PYTHON)' $(PYTHON) bench/run.py --build $(BUILD) --peers '$(PEERS)' $(if $(QUICK),--quick)

# Through the environment, where no character of a path means anything to a shell.
$(foreach name,PREFIX LIBDIR INCLUDEDIR MANDIR DOCDIR DESTDIR BUILD VERSION,\
	$(eval install uninstall dist: export $(name) := $$($(name))))

# No prerequisites: root, who installs, need not have Go and should not build.
install: ## install what is built: PREFIX, DESTDIR, LIBDIR, INCLUDEDIR, MANDIR, DOCDIR
	@newer=$$(find $(SOURCES) -newer $(OBJECT) -o -newer $(STATIC)) 2>/dev/null && test -n "$$newer" || exit 0; \
	echo "libsecrets: what is built is older than" $$newer: run make first >&2; exit 1
	@sh packaging/install.sh install

uninstall: ## remove what install has put there
	@sh packaging/install.sh uninstall

dist: ## pack the tracked files: $(BUILD)/libsecrets-VERSION.tar.gz
	@sh packaging/dist.sh

sbom: all | python ## list what is inside, for tools: $(BUILD)/libsecrets.spdx.json
	$(PYTHON) packaging/sbom.py --version $(VERSION) --go "$$($(GO) env GOVERSION)" $(OBJECT) $(STATIC) > $(BUILD)/libsecrets.spdx.json

clean: ## remove everything that was built
	rm -rf $(BUILD)

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile
	@echo 'Settings: CC CXX CFLAGS LDFLAGS GO PYTHON CMAKE BUILD FIPS CROSS PREFIX DESTDIR LIBDIR INCLUDEDIR MANDIR DOCDIR'

# $(call need,command,package): make sure that the command is there.
need = $(call install,command -v $(firstword $(1)),the command $(firstword $(1)),$(2))

# $(call install,test,what,package): make sure that the test succeeds. With root
# on a Debian-like system the package is installed, elsewhere it is named.
define install
	@{ $(1); } >/dev/null 2>&1 && exit; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo 'make: installing $(3), for $(2)' >&2; \
		{ apt-get -q update && apt-get -q -y install $(3); } >&2 && exit; \
	fi; \
	echo 'make: $(2) is missing: install it (package $(3) on Debian)' >&2; exit 1
endef

# What proofs/costs_test.go counts with, and many a claim is shown with.
counters:
	$(call need,valgrind,valgrind)
	$(call need,strace,strace)

languages:
	$(call need,ruby,ruby)
	$(call need,luajit,luajit)
	$(call install,php -m | grep -q FFI,PHP with FFI,php-cli)
	$(call install,perl -e 'use FFI::Platypus 1.00',FFI::Platypus for Perl,libffi-platypus-perl)
	$(call need,node,nodejs)
	$(call need,npm,npm)
	@test -e $(BUILD)/node/node_modules/koffi || npm install --silent --no-audit --no-fund --prefix $(BUILD)/node koffi@3.3.4
packaging:
	$(call need,pkg-config,pkg-config)
	$(call need,clang,clang)
	$(call need,unshare,util-linux)
platforms:
	$(call need,aarch64-linux-gnu-gcc,gcc-aarch64-linux-gnu)
	$(call need,qemu-aarch64,qemu-user)
	$(call need,musl-gcc,musl-tools)
abigail: ; $(call need,abidiff,abigail-tools)
manual:
	$(call need,mandoc,mandoc)
	$(call install,groff -mdoc -z -Tutf8 man/secrets.7,groff with its macros,groff)

# What the claims of proofs/list_test.go need.
instruments: counters
	$(call install,command -v clang && echo 'int LLVMFuzzerTestOneInput(void) { return 0; }' | clang -x c -fsanitize=fuzzer -o /dev/null -,clang with libFuzzer,clang libclang-rt-dev)
	$(call need,ent,ent)
	$(call need,rngtest,rng-tools5)
	$(call need,dieharder,dieharder)
	$(call need,gcov,gcc)

cc: ; $(call need,$(CC),gcc libc6-dev)
cxx: ; $(call need,$(CXX),g++)
python: ; $(call need,$(PYTHON),python3)
suites: ; $(call install,! test -x /usr/bin/python3 || /usr/bin/python3 -c 'import test.test_random',the tests of CPython,libpython3-testsuite)
gunicorn: ; $(call need,gunicorn,gunicorn)
cmake: ; $(call need,$(CMAKE),cmake)
binutils: ; $(call need,$(OBJCOPY),binutils)
# Where these cannot be installed, the benchmark names who is missing and goes on.
PEER_HEADERS := sodium.h bsd/stdlib.h openssl/rand.h gcrypt.h gnutls/crypto.h
peers: ; -$(call install,printf '\043include <%s>\n' $(PEER_HEADERS) | $(CC) -E - && command -v gnuplot && /usr/bin/python3 -c 'import nacl',a peer of the benchmark or gnuplot,libsodium-dev libbsd-dev libssl-dev libgcrypt20-dev libgnutls28-dev python3-nacl gnuplot-nox)

GO_NEEDED := 1.26
go:
	@case "$$($(GO) env GOVERSION 2>/dev/null)" in \
	go1.2[6-9]*|go1.[3-9][0-9]*|go[2-9]*) ;; \
	*) echo "make: libsecrets needs Go $(GO_NEEDED) or newer (https://go.dev/dl); '$(GO)' is $$($(GO) version 2>/dev/null | cut -d' ' -f3 | grep . || echo missing)" >&2; exit 1;; \
	esac
