#!/bin/sh
# SPDX-License-Identifier: MIT
# Prints the targets, with what the Makefile says behind ##, and the settings. make calls it.
sed -n 's/^\([a-z-]*\):.*## /make \1\t/p' Makefile | expand -t 16
cat <<END
Settings:
CC CXX CFLAGS LDFLAGS   the compilers (cc, g++) and their options (-O2)
GO PYTHON CMAKE         these commands, where they have other names
PYTHONS                 more Pythons for CPython's suites, with : between (test-all: pypy3)
BUILD                   the folder of what is built (build)
FIPS=1                  take Go's cryptographic module that is certified for FIPS 140-3
GOOS GOARCH CROSS       for another machine, as GOARCH=arm64 CROSS=aarch64-linux-gnu-
AR LD NM OBJCOPY OBJDUMP READELF WINDRES   other binutils than CROSS names
TAGS STRIP SECTIONS     for instruments: TAGS=instrument, STRIP= keeps symbols, SECTIONS=any
PREFIX DESTDIR BINDIR LIBDIR INCLUDEDIR DATADIR MANDIR DOCDIR   where to install (/usr/local)
ARCHES MAINTAINER       for packages: processors (amd64 arm64), and who makes them
SUITES                  the Debians that test-all installs these in (bookworm)
SOURCE_DATE_EPOCH       the date of what dist, wheel, packages and sbom write
CLAIM LONG=1            for check: names of claims (all), and at full length
PEERS QUICK=1           for bench: names of peers with commas between (all), and in few rounds
END
