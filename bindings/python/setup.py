# SPDX-License-Identifier: MIT
"""What pyproject.toml cannot say: version, shared library, and platform of the wheel."""

import os
import re
import subprocess
import sys

from setuptools import Distribution, setup
from setuptools.command.build_py import build_py
from setuptools.errors import ExecError

try:
    from setuptools.command.bdist_wheel import bdist_wheel
except ImportError:  # before setuptools 70.1
    from wheel.bdist_wheel import bdist_wheel

HEADER = os.path.join("include", "secrets.h")
# The processors, by their numbers in ELF files (e_machine).
MACHINES = {62: "x86_64", 183: "aarch64"}
GLIBC = r"(lib(c|dl|pthread)|ld-linux-.+)\.so\.\d"


def version():
    if not os.path.exists(HEADER):
        raise SystemExit("libsecrets: only `make wheel` builds this in a checkout")
    with open(HEADER, encoding="utf-8") as file:
        return re.search(r'define SECRETS_VERSION "(.+)"', file.read()).group(1)


VERSION = version()
MAJOR = VERSION.split(".")[0]
NAMES = {
    "linux": "libsecrets.so." + MAJOR,
    "darwin": "libsecrets.%s.dylib" % MAJOR,
    "win32": "secrets.dll",
}


def name():
    """Return the name of the library that `make wheel` has put here, or else of this system's."""
    here = [name for name in NAMES.values() if os.path.exists(os.path.join("libsecrets", name))]
    return here[0] if here else NAMES.get(sys.platform, NAMES["linux"])


NAME = name()
LIBRARY = os.path.join("libsecrets", NAME)


class BuildWithLibrary(build_py):
    """Takes the library in the package's folder, or builds it there."""

    def run(self):
        if not os.path.exists(LIBRARY):
            self.make()
        super().run()

    def make(self):
        built = os.path.join("build", NAME)
        try:
            subprocess.run(["make", "-s", built, "BUILD=build"], check=True)
        except OSError as reason:
            raise ExecError("libsecrets is built by make: %s" % reason) from None
        except subprocess.CalledProcessError:
            raise ExecError("libsecrets cannot be built, as make says") from None
        self.copy_file(built, LIBRARY)


def platform_tag(fallback):
    """Return the tag of the library's platform, where fallback is the build machine's.

    On Linux it promises which glibc is enough: manylinux2014 says 2.17, manylinux_2_N says 2.N
    (PEP 599 and 600).
    """
    if NAME == NAMES["win32"]:
        return "win_amd64"
    if NAME == NAMES["darwin"]:
        return fallback
    with open(LIBRARY, "rb") as file:
        machine = MACHINES.get(int.from_bytes(file.read(20)[18:], sys.byteorder))
    platform = "linux_" + machine if machine else fallback
    newest = newest_glibc()
    if newest is None:
        return platform
    manylinux = "manylinux2014" if newest <= 17 else "manylinux_2_%d" % newest
    return platform.replace("linux", manylinux, 1)


def newest_glibc():
    """Return N if glibc 2.N is all that the library needs, or None if it needs anything else."""
    text = subprocess.run(
        ["readelf", "--dynamic", "--version-info", "--wide", LIBRARY],
        env=dict(os.environ, LC_ALL="C"),
        check=True,
        stdout=subprocess.PIPE,
        universal_newlines=True,
    ).stdout
    files = re.findall(r"\(NEEDED\).*\[(.+)\]", text)
    symbols = re.findall(r" Name: (\S+)  Flags: ", text)
    foreign = [file for file in files if not re.fullmatch(GLIBC, file)]
    versions = [re.fullmatch(r"GLIBC_2\.(\d+)(\.\d+)*", name) for name in symbols]
    if foreign or not versions or not all(versions):
        return None
    return max(int(match.group(1)) for match in versions)


class PlatformWheel(bdist_wheel):
    def get_tag(self):
        # Any Python 3: the package opens the library itself (ctypes).
        return "py3", "none", platform_tag(super().get_tag()[2])


class PlatformDistribution(Distribution):
    def has_ext_modules(self):
        return True


setup(
    version=VERSION,
    license="MIT; the word list inside: CC BY 3.0 US (NOTICE)",
    package_data={"libsecrets": ["*.pyi", "py.typed", NAME]},
    distclass=PlatformDistribution,
    cmdclass={"build_py": BuildWithLibrary, "bdist_wheel": PlatformWheel},
)
