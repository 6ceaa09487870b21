# SPDX-License-Identifier: MIT
# libsecrets: `make help` lists the targets.

GO ?= go
PYTHON ?= python3
CMAKE ?= cmake
CXX ?= g++
CFLAGS ?= -O2
BUILD ?= build
# For another machine: GOARCH=arm64 CROSS=aarch64-linux-gnu-, GOOS=windows CROSS=x86_64-w64-mingw32-.
CROSS ?=
ifneq ($(CROSS),)
CC = $(CROSS)gcc
CXX = $(CROSS)g++
AR = $(CROSS)ar
LD = $(CROSS)ld
endif
OBJCOPY ?= $(CROSS)objcopy
NM ?= $(CROSS)nm
READELF ?= $(CROSS)readelf
OBJDUMP ?= $(CROSS)objdump
WINDRES ?= $(CROSS)windres
# Where to install, by GNU's names; DESTDIR stands before all of them.
PREFIX ?= /usr/local
BINDIR ?= $(PREFIX)/bin
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

# The system that the library is for, by the name Go has for it. On Windows make is MSYS2's.
TARGET := $(or $(GOOS),$(shell uname -s | sed -e 's/^Linux$$/linux/' -e 's/^Darwin$$/darwin/' -e 's/^MSYS.*/windows/' -e 's/^MINGW.*/windows/'))
ifeq ($(filter linux darwin windows,$(TARGET)),)
$(error libsecrets is built for Linux, macOS and Windows, and not for '$(TARGET)': docs/platforms.md has what was tried)
endif
ifneq ($(filter 386 i%86 arm armv% mips mipsle,$(or $(GOARCH),$(shell uname -m))),)
$(error libsecrets is for processors of 64 bits: docs/platforms.md has what was tried)
endif

ifneq ($(and $(FIPS),$(filter-out linux,$(TARGET))),)
$(error FIPS=1 is for Linux: elsewhere Go's cryptographic module would find no checksum of itself, and end the process)
endif

ifneq ($(words $(BUILD)),1)
$(error BUILD is '$(BUILD)': make cannot build into a folder with a space in its name)
endif

# The header is the one place that says the version.
VERSION := $(shell sed -n 's/^.define SECRETS_VERSION "\(.*\)"/\1/p' include/secrets.h)
MAJOR := $(firstword $(subst ., ,$(VERSION)))

# What programs and loaders ask for, the file behind that name, and what a program is linked with.
ifeq ($(TARGET),windows)
SONAME := secrets.dll
OBJECT := $(BUILD)/$(SONAME)
SHARED := $(BUILD)/libsecrets.dll.a
EXE := .exe
else ifeq ($(TARGET),darwin)
SONAME := libsecrets.$(MAJOR).dylib
OBJECT := $(BUILD)/libsecrets.$(VERSION).dylib
SHARED := $(BUILD)/libsecrets.dylib
else
SONAME := libsecrets.so.$(MAJOR)
OBJECT := $(BUILD)/libsecrets.so.$(VERSION)
SHARED := $(BUILD)/libsecrets.so
endif
STATIC := $(BUILD)/libsecrets.a

SOURCES := go.mod Makefile include/secrets.h capi/secrets.map capi/sections.ld capi/secrets.rc secrets/eff_large.txt \
	$(filter-out %_test.go,$(wildcard capi/*.go capi/fipsinfo/*.go capi/*.c capi/*.h internal/scratch/*.go secrets/*.go))

# How the runtime is a better guest: no signals to preempt (SIGURG), stacks that
# stay as large as a host's signal handler may need, no descriptor kept open to
# watch the limits of a control group.
comma := ,
GODEBUG_DEFAULT := asyncpreemptoff=1,gcshrinkstackoff=1,containermaxprocs=0,updatemaxprocs=0$(if $(FIPS),$(comma)fips140=on)
GO_LDFLAGS := -s -w -buildid= -X runtime.godebugDefault=$(GODEBUG_DEFAULT)

# -trimpath and no stamp of the checkout: the same bytes from every folder.
GO_BUILD = $(if $(FIPS),GOFIPS140=certified) CGO_ENABLED=1 CC='$(CC)' CGO_CFLAGS='$(CFLAGS)' CGO_LDFLAGS= \
	$(GO) build -trimpath -buildvcs=false

.DELETE_ON_ERROR:
.PHONY: all demo test test-all releases check stress bench install uninstall dist sbom clean help examples FORCE go cc cxx python suites cmake gunicorn binutils valgrind strace manual abigail platforms packaging languages peers instruments

all: $(SHARED) $(STATIC) ## build the shared and the static library (default)

ifeq ($(TARGET),windows)
$(SHARED): $(OBJECT) ;
else
$(SHARED): $(BUILD)/$(SONAME)
	ln -sf $(SONAME) $@

$(BUILD)/$(SONAME): $(OBJECT)
	ln -sf $(notdir $<) $@
endif

# What capi/runtime.h takes from the Go runtime, as its-name=name-there; the calls of the C
# library that capi/threads.c and capi/heap.c stand before; and the sections that may be
# written to (capi/sections.ld), as a pattern of awk.
ifeq ($(TARGET),linux)
# The variable of a thread that holds its goroutine has another name on amd64 than elsewhere.
PROCESSOR := $(or $(GOARCH),$(shell $(GO) env GOARCH 2>/dev/null))
TAKEN := _rt0_$(PROCESSOR)_linux_lib=go_start runtime.$(if $(filter amd64,$(PROCESSOR)),tlsg,tls_g)=go_thread \
	runtime.sigtable=go_signals crypto/internal/sysrand.firstUse=go_random_used \
	runtime.newmHandoff=go_new_threads syscall..inittask=go_syscall_begins syscall.init.0=go_raise_limit
# How large they are of which more than the first field is taken, in hexadecimal digits.
SIZES := runtime.newmHandoff=28 runtime.sigtable=618
WRAPPED := pthread_create pthread_attr_init pthread_key_create pthread_setspecific x_cgo_getstackbound mmap munmap malloc free
WRITABLE := libsecrets_(data|zero)|[.]keep|[.]bss[.]process|[.]t(data|bss).*|[.]data[.]rel[.]ro|[.]go[.](buildinfo|fipsinfo)|[.](pre)?init_array.*|[.]fini_array.*
CONSTRUCTOR := .init_array .rela.init_array
else ifeq ($(TARGET),windows)
# On Windows also what the runtime imports, to which capi/engine_windows.c has another answer.
INSTEAD := SetErrorMode WerSetFlags SetProcessPriorityBoost SetConsoleCtrlHandler AddVectoredExceptionHandler \
	AddVectoredContinueHandler GetProcAddress GetEnvironmentStringsW FreeEnvironmentStringsW
TAKEN := _rt0_$(or $(GOARCH),amd64)_windows_lib=go_start $(foreach name,$(INSTEAD),$(name)=instead_$(name))
CONSTRUCTOR := .ctors
endif
KNOWN := Go 1.26 and 1.27 are known to work

# All of the library as one object, with nothing global in it but the public functions, and no
# constructor. What cgo tells Windows' linker to export goes with its section.
PARTS := $(BUILD)/parts
$(BUILD)/secrets.o: $(SOURCES) $(BUILD)/.flags | go cc binutils
	rm -rf $(PARTS) && mkdir -p $(PARTS)
	$(GO_BUILD) -tags library$(TAGS:%=$(comma)%) -buildmode=c-archive -ldflags "$(GO_LDFLAGS)" -o $(PARTS)/go.a ./capi
	cd $(PARTS) && $(AR) x go.a
	@for name in $(foreach pair,$(TAKEN),$(firstword $(subst =, ,$(pair)))) runtime.godebugDefault $(filter x_cgo%,$(WRAPPED)); do \
		$(NM) $(PARTS)/go.o | grep -q " $$name$$" || { $(call moved,$$name); }; done
	@for size in $(SIZES); do $(NM) -S $(PARTS)/go.o | grep -q "0$${size#*=} . $${size%=*}$$" || \
		{ $(call moved,fields of $${size%=*}); }; done
	@$(OBJDUMP) -h $(PARTS)/go.o | grep -q ' $(firstword $(CONSTRUCTOR)) ' || { $(call moved,its constructor); }
	cd $(PARTS) && $(OBJCOPY) $(CONSTRUCTOR:%=--remove-section=%) \
		$(foreach pair,$(TAKEN),--redefine-sym $(pair) --globalize-symbol=$(lastword $(subst =, ,$(pair)))) go.o
ifeq ($(TARGET),linux)
	$(LD) -r -d -T capi/sections.ld $(WRAPPED:%=--wrap=%) -o $(PARTS)/all.o $(PARTS)/go.o $(PARTS)/0*.o
	@new=$$($(READELF) -SW $(PARTS)/all.o | sed 's/^ *\[ *[0-9]*\] *//' | awk '$$7 ~ /W/ && $$7 ~ /A/ && \
		$$1 !~ /^($(WRITABLE))$$/ { print $$1; exit }') && test -z "$$new" || { $(call moved,the section $$new); }
else
	$(LD) -r -d -o $(PARTS)/all.o $(PARTS)/go.o $(PARTS)/0*.o
	@! $(OBJDUMP) -h $(PARTS)/all.o | grep -qE ' [.](ctors|init_array|CRT)' || { $(call moved,its constructor); }
endif
	$(OBJCOPY) --wildcard --keep-global-symbol='secrets_*' --remove-section=.drectve $(PARTS)/all.o $@
	rm -r $(PARTS)

# $(call moved,what): a release of Go that has something elsewhere ends the build.
moved = echo "make: $$($(GO) env GOVERSION) has moved $(1), which libsecrets takes from the Go runtime: $(KNOWN)" >&2; exit 1

ifeq ($(TARGET),darwin)
# Apple's tools cannot rename what is inside an object, so here Go's runtime starts as the
# library is loaded, with the host's signals, and other names of the static library can be seen.
$(OBJECT): $(SOURCES) $(BUILD)/.flags | go cc
	$(GO_BUILD) -tags library$(TAGS:%=$(comma)%) -buildmode=c-shared -o $@ -ldflags "$(GO_LDFLAGS) -extldflags '-Wl,-install_name,@rpath/$(SONAME) \
		-Wl,-compatibility_version,$(MAJOR) -Wl,-current_version,$(VERSION) -Wl,-exported_symbol,_secrets_* $(LDFLAGS)'" ./capi

$(STATIC): $(SOURCES) $(BUILD)/.flags | go cc
	$(GO_BUILD) -tags library$(TAGS:%=$(comma)%) -buildmode=c-archive -ldflags "$(GO_LDFLAGS)" -o $@ ./capi
else
ifeq ($(TARGET),windows)
$(OBJECT): $(BUILD)/secrets.o
	{ echo LIBRARY $(SONAME); echo EXPORTS; $(NM) -g --defined-only $< | sed -n 's/.* T \(secrets_.*\)/\t\1/p'; } > $(BUILD)/secrets.def
	$(WINDRES) -D MAJOR=$(MAJOR) -D MINOR=$(word 2,$(subst ., ,$(VERSION))) -D PATCH=$(word 3,$(subst ., ,$(VERSION))) capi/secrets.rc $(BUILD)/version.o
	$(CC) -shared -static-libgcc -Wl,--no-insert-timestamp -Wl,--disable-auto-image-base \
		-Wl,--out-implib=$(SHARED) $(STRIP) $(LDFLAGS) -o $(OBJECT) $< $(BUILD)/version.o $(BUILD)/secrets.def
else
$(OBJECT): $(BUILD)/secrets.o
	$(CC) -shared -Wl,-soname,$(SONAME) -Wl,--version-script=capi/secrets.map -Wl,-Bsymbolic \
		-Wl,-z,relro,-z,now,-z,noexecstack $(STRIP) $(LDFLAGS) -o $@ $< -pthread
	$(if $(FIPS),GOOS= GOARCH= CGO_ENABLED=0 GOFLAGS= $(GO) run ./capi/fipsinfo $@)
endif

$(STATIC): $(BUILD)/secrets.o
	rm -f $@
	$(AR) rcsD $@ $<
endif

# Changes only when a setting does, so that what was built with others is not
# taken for fresh.
$(BUILD)/.flags: FORCE
	@mkdir -p $(BUILD)
	@echo '$(CC)|$(CFLAGS)|$(LDFLAGS)|$(TAGS)|$(STRIP)|$(FIPS)|$(TARGET)|$(GOARCH)|'"$$($(GO) version 2>&1)" | cmp -s - $@ || \
		echo '$(CC)|$(CFLAGS)|$(LDFLAGS)|$(TAGS)|$(STRIP)|$(FIPS)|$(TARGET)|$(GOARCH)|'"$$($(GO) version 2>&1)" > $@

EXAMPLES := token password_reset passwords session_cookie api_keys raffle $(if $(EXE),,prefork_server)
PROGRAMS := $(patsubst %,$(BUILD)/%$(EXE),$(EXAMPLES) secrets password_reset_cpp)
WARNINGS := -Wall -Wextra -Wpedantic -Werror
LINK := $(SHARED)$(if $(EXE),, '-Wl,-rpath,$(if $(filter darwin,$(TARGET)),@loader_path,$$ORIGIN)')

examples: $(PROGRAMS) ## build the C and C++ examples

$(BUILD)/%$(EXE): bindings/c/%.c include/secrets.h $(SHARED) | cc
	$(CC) -std=c99 $(WARNINGS) $(CFLAGS) -Iinclude $< -o $@ $(LINK)

# The same program as C++: the header is for both.
$(BUILD)/%_cpp$(EXE): bindings/c/%.c include/secrets.h $(SHARED) | cxx
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

packer: ; $(call install,$(PACKER) $(PACKS),setuptools with wheel,python3-setuptools python3-wheel)
venv: ; $(call install,$(PYTHON) -c 'import ensurepip',venv with pip,python3-venv)

demo: examples $(SHARED) | python ## make tokens, passwords and keys, from C and from Python
	@for example in $(EXAMPLES); do echo "== C: bindings/c/$$example.c" && $(BUILD)/$$example || exit; done
	@echo '== Python: bindings/python/examples/password_reset.py'
	@PYTHONPATH=bindings/python $(PYTHON) bindings/python/examples/password_reset.py
	@echo '== Python: bindings/python/examples/passwords.py'
	@PYTHONPATH=bindings/python $(PYTHON) bindings/python/examples/passwords.py

GO_TEST = CC='$(CC)' CXX='$(CXX)' CMAKE='$(CMAKE)' $(GO) test -count=1 -timeout 60m

# What needs no more than Go, compilers for C and C++, Python, and some small tools.
test: all examples | go cc cxx python binutils venv gunicorn strace manual ## run what proves the library on this machine
	$(GO) vet ./...
	$(GO_TEST) ./secrets ./capi ./test/abi ./test/hosts
	cd bindings/python && $(PYTHON) -m unittest discover -s tests -t .
	$(PYTHON) bindings/python/tests/cpython_suite.py $(SUITES)

# Here the suites of CPython have to be there, for test to run.
test-all: SUITES = --required
test-all: suites cmake valgrind abigail platforms packaging languages test ## run also what needs other compilers, systems and languages
	$(PYTHON) -m unittest discover -s bench
	$(GO_TEST) ./test/claims ./test/packaging ./test/platforms ./test/languages
	$(MAKE) --no-print-directory releases

# The releases of Go that the tests are run with: this one, and then the others, which the go
# command fetches.
RELEASES := go1.26.8 go1.27.4
ON_RELEASES := Programs.*Statically|Fork|Rewind$$|Signals$$|Loading|Preloading|Refusals|Environment|Audit$$|BuildIsReproducible|Library
releases: | go cc python ## build and test with the other releases of Go
	@for release in $(filter-out $(shell $(GO) env GOVERSION),$(RELEASES)); do echo "== $$release"; \
		GOTOOLCHAIN=$$release BUILD=$(BUILD)/$$release $(GO_TEST) -run '^Test($(ON_RELEASES))' ./test/abi ./test/hosts ./test/packaging && \
		(cd bindings/python && LIBSECRETS_LIBRARY=$(abspath $(BUILD))/$$release/$(SONAME) $(PYTHON) -m unittest discover -s tests -t .) || exit; done

stress: all | go cc ## fork more than 10,000 processes, and 1,000 generations
	STRESS=1 $(GO_TEST) -v -run 'TestFork|TestRewind$$|TestLoading' ./test/hosts

# CLAIM is all, or names of claims; LONG=1 takes hours where a claim has a long form.
CLAIM ?= all
check: all | go cc instruments ## test every claim of SECURITY.md, and that each test can fail
	$(GO) test -c -o $(BUILD)/claims ./test/claims
	cd test/claims && CC='$(CC)' $(abspath $(BUILD))/claims -test.timeout 0 -test.run '^TestClaims$$' -claims '$(CLAIM)' $(if $(LONG),-long)

# PEERS is all, or names of peers with commas between; QUICK=1 takes few rounds.
PEERS ?=
bench: all | go cc python peers ## time the library beside its peers, in C, Go and Python
	GO='$(GO)' CC='$(CC)' PYTHON='$(PYTHON)' $(PYTHON) bench/run.py --build $(BUILD) --peers '$(PEERS)' $(if $(QUICK),--quick)

# Through the environment, where no character of a path means anything to a shell.
$(foreach name,PREFIX BINDIR LIBDIR INCLUDEDIR MANDIR DOCDIR DESTDIR BUILD VERSION TARGET,\
	$(eval install uninstall dist: export $(name) := $$($(name))))

# No prerequisites: root, who installs, need not have Go and should not build.
install: ## install what is built: PREFIX, DESTDIR, BINDIR, LIBDIR, INCLUDEDIR, MANDIR, DOCDIR
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
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile
	@echo 'Settings: CC CXX CFLAGS LDFLAGS GO PYTHON CMAKE BUILD FIPS GOOS GOARCH CROSS PREFIX DESTDIR BINDIR LIBDIR INCLUDEDIR MANDIR DOCDIR'

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

# What costs are counted with, and many a claim is shown with.
valgrind: ; $(call need,valgrind,valgrind)
strace: ; $(call need,strace,strace)

languages:
	$(call need,ruby,ruby)
	$(call need,luajit,luajit)
	$(call install,php -m | grep -q FFI,PHP with FFI,php-cli)
	$(call install,perl -e 'use FFI::Platypus 1.00',FFI::Platypus for Perl,libffi-platypus-perl)
	$(call need,node,nodejs)
	$(call need,npm,npm)
	$(call need,javac,default-jdk-headless)
	$(call install,test -e /usr/share/java/jna.jar,JNA for Java,libjna-java)
	@test -e $(BUILD)/node/node_modules/koffi || npm install --silent --no-audit --no-fund --prefix $(BUILD)/node koffi@3.3.4
packaging:
	$(call need,pkg-config,pkg-config)
	$(call need,clang,clang)
	$(call need,ld.lld,lld)
	$(call need,unshare,util-linux)
platforms: $(BUILD)/windows-python
	$(call need,aarch64-linux-gnu-gcc,gcc-aarch64-linux-gnu)
	$(call need,qemu-aarch64,qemu-user)
	$(call need,musl-gcc,musl-tools)
	$(call need,x86_64-w64-mingw32-g++,g++-mingw-w64-x86-64-win32)
	$(call need,wine,wine)

# A Python for Windows, as a module of Go has it: each file packed, as embed wants them.
WINDOWS_PYTHON := github.com/kluctl/go-embed-python@v0.0.0-3.11.11-20241219-1
WINDOWS_PYTHON_SUM := h1:yVXFTxa6cvhLC6TwkDEHmNaiWlDyaFEGiXd1DQdoeOU=
$(BUILD)/windows-python: | go
	@module=$$(GOOS= GOARCH= $(GO) mod download -json $(WINDOWS_PYTHON)) && \
	echo "$$module" | grep -qF '$(WINDOWS_PYTHON_SUM)' && rm -rf $@.new && mkdir -p $(BUILD) && \
	cp -r "$$(echo "$$module" | sed -n 's/.*"Dir": "\(.*\)",/\1/p')/python/internal/data/windows-amd64" $@.new || \
		{ echo 'make: the Go module $(WINDOWS_PYTHON) is missing' >&2; exit 1; }
	@chmod -R u+w $@.new && rm -r $@.new/tcl && find $@.new -name '*.gz' -exec gunzip {} +
	@mv $@.new $@
abigail: ; $(call need,abidiff,abigail-tools)
manual:
	$(call need,mandoc,mandoc)
	$(call install,groff -mdoc -z -Tutf8 man/secrets.7,groff with its macros,groff)

# What the claims need.
instruments: valgrind strace
	$(call install,command -v clang && echo 'int LLVMFuzzerTestOneInput(void) { return 0; }' | clang -x c -fsanitize=fuzzer -o /dev/null -,clang with libFuzzer,clang libclang-rt-dev)
	$(call need,ent,ent)
	$(call need,rngtest,rng-tools5)
	$(call need,dieharder,dieharder)
	$(call need,gcov,gcc)

cc: ; $(call need,$(CC),gcc libc6-dev)
cxx: ; $(call need,$(CXX),g++)
python: ; $(call need,$(PYTHON),python3)
suites: ; $(call install,! test -x /usr/bin/python3 || /usr/bin/python3 -c 'import test.test_random',the test suite of CPython,libpython$(SUITE)-testsuite)
SUITE = $(shell /usr/bin/python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)
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
