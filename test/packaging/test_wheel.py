# SPDX-License-Identifier: MIT
"""What `make wheel` leaves: a wheel and an sdist that pip installs without a network."""

import base64
import csv
import email
import glob
import hashlib
import os
import re
import secrets
import shutil
import subprocess
import sys
import tarfile
import tempfile
import unittest
import zipfile

from libsecrets import _library

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PYTHON_ROOT = os.path.join(ROOT, "bindings", "python")
PACKAGE = os.path.join(PYTHON_ROOT, "libsecrets")
BUILD = os.path.join(ROOT, os.environ.get("BUILD", "build"))
NAME = _library._file_names()[0]
# Nothing of the caller's may help: no path, no setting, no module.
BARE = {"PATH": "/usr/bin:/bin", "HOME": "/nonexistent"}
USE = """
import sys, libsecrets as secrets
lines = open("/proc/self/maps").read().splitlines()
mapped = {line.split(None, 5)[5] for line in lines if "libsecrets.so" in line}
print(secrets.token_hex(), secrets.__version__, *mapped)
"""


def read(*path):
    with open(os.path.join(*path), "rb") as file:
        return file.read()


def run(command, status=0, **options):
    """Run a command and return what it printed on either output."""
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        universal_newlines=True,
        timeout=300,
        **options
    )
    if done.returncode != status:
        raise AssertionError("%s: %d\n%s" % (command, done.returncode, done.stdout))
    return done.stdout


def make(*arguments, folder=ROOT, **options):
    command = ["make", "-s", "--no-print-directory", "PYTHON=" + sys.executable]
    return run(command + list(arguments), cwd=folder, **options)


def products(build):
    """Return the paths of the one wheel and the one sdist."""
    [wheel] = glob.glob(os.path.join(glob.escape(build), "wheel", "*.whl"))
    [sdist] = glob.glob(os.path.join(glob.escape(build), "wheel", "*.tar.gz"))
    return wheel, sdist


def files_in(folder):
    """Return the paths of all files and folders there but those of compiled code."""
    paths = set()
    for top, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name != "__pycache__"]
        paths.update(os.path.join(top, name) for name in folders + files)
    return paths


def setUpModule():
    global WHEEL, SDIST, PACKER, VERSION, VENV
    make("wheel")
    WHEEL, SDIST = products(BUILD)
    environment = dict(os.environ, PYTHON=sys.executable)
    PACKER = run(["sh", "packaging/packer.sh"], cwd=ROOT, env=environment).strip()
    header = read(ROOT, "include", "secrets.h").decode("utf-8")
    VERSION = re.search('define SECRETS_VERSION "(.+)"', header).group(1)
    folder = tempfile.TemporaryDirectory()
    unittest.addModuleCleanup(folder.cleanup)
    VENV = os.path.realpath(folder.name)
    run([sys.executable, "-m", "venv", VENV], env=BARE)


class Folder(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = os.path.realpath(folder.name)

    def at(self, *path):
        return os.path.join(self.folder, *path)

    def unpack_sdist(self):
        with tarfile.open(SDIST) as archive:
            archive.extractall(self.folder)
        return self.at("libsecrets-" + VERSION)


class Wheel(unittest.TestCase):
    def setUp(self):
        self.archive = zipfile.ZipFile(WHEEL)
        self.addCleanup(self.archive.close)
        self.info = "libsecrets-%s.dist-info/" % VERSION

    def metadata(self, name):
        return email.message_from_bytes(self.archive.read(self.info + name))

    def test_files(self):
        package = [name for name in os.listdir(PACKAGE) if "py" in name.split(".")[-1]]
        about = "METADATA WHEEL RECORD LICENSE NOTICE top_level.txt".split()
        expected = ["libsecrets/" + name for name in package + [NAME, "py.typed"]]
        expected += [self.info + name for name in about]
        self.assertEqual(sorted(self.archive.namelist()), sorted(set(expected)))
        for file in self.archive.infolist()[:-1]:  # the last is RECORD, 0664 always
            mode = 0o100755 if file.filename.endswith(NAME) else 0o100644
            self.assertEqual(oct(file.external_attr >> 16), oct(mode), file.filename)

    def test_contents(self):
        for name in ("__init__.py", "__init__.pyi", "py.typed"):
            self.assertEqual(self.archive.read("libsecrets/" + name), read(PACKAGE, name))
        for name in ("LICENSE", "NOTICE"):
            self.assertEqual(self.archive.read(self.info + name), read(ROOT, name))
        self.assertEqual(self.archive.read("libsecrets/" + NAME), read(BUILD, NAME))

    def test_record(self):
        text = self.archive.read(self.info + "RECORD").decode("utf-8")
        rows = {path: (digest, size) for path, digest, size in csv.reader(text.split())}
        self.assertEqual(rows.pop(self.info + "RECORD"), ("", ""))
        for name in set(self.archive.namelist()) - {self.info + "RECORD"}:
            data = self.archive.read(name)
            digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest())
            expected = "sha256=" + digest.decode("ascii").rstrip("="), str(len(data))
            self.assertEqual(rows.pop(name), expected, name)
        self.assertEqual(rows, {})

    def test_metadata(self):
        metadata = self.metadata("METADATA")
        self.assertEqual(
            [metadata[key] for key in ("Name", "Version", "Requires-Python")],
            ["libsecrets", VERSION, ">=3.8"],
        )
        self.assertEqual(metadata.get_all("License-File"), ["LICENSE", "NOTICE"])
        self.assertRegex(metadata["License"], "^MIT; .*CC BY 3.0 US")
        self.assertIsNone(metadata["Requires-Dist"])
        self.assertIn("Typing :: Typed", metadata.get_all("Classifier"))
        self.assertEqual(metadata["Description-Content-Type"], "text/markdown")
        description = metadata.get_payload(decode=True)
        self.assertEqual(description.strip(), read(PYTHON_ROOT, "README.md").strip())

    def test_stripped(self):
        path = os.path.join(BUILD, NAME)
        sections = run(["readelf", "--sections", "--wide", path])
        self.assertIn(" .dynsym ", sections)
        self.assertNotRegex(sections, r" \.(symtab|debug_\w+) ")


class Description(unittest.TestCase):
    TEXT = read(PYTHON_ROOT, "README.md").decode("utf-8")

    # Where the description is shown, there is no file beside it to link to.
    def test_links(self):
        links = re.findall(r"\]\(([^)]*)\)|\]: *(\S+)|(?:src|href)=(\S+)", self.TEXT)
        links = ["".join(groups) for groups in links]
        self.assertTrue(links)
        for link in links:
            self.assertTrue(link.startswith("https://"), link)

    def test_example(self):
        [example] = re.findall("```python\n(.*?)```", self.TEXT, re.DOTALL)
        source = read(PYTHON_ROOT, "examples", "reset_link.py").decode("utf-8")
        self.assertEqual(example, source.split("\n", 1)[1])

    def test_names(self):
        import libsecrets

        cells = re.findall(r"^\| (`.*?) \|", self.TEXT, re.MULTILINE)
        names = re.findall(r"`(\w+)", " ".join(cells))
        self.assertIn("password", names)
        for name in names:
            self.assertTrue(hasattr(libsecrets, name), name)


def needs(library):
    """Return the libraries it needs, and the newest glibc that its symbols are of.

    None stands for a glibc that cannot be told.
    """
    text = run(["objdump", "-T", "-p", library], env=dict(os.environ, LC_ALL="C"))
    files = set(re.findall(r"NEEDED +(\S+)", text))
    versions = re.findall(r"\*UND\*.*\(([A-Z][\w.]+)\)", text)
    numbers = [re.fullmatch(r"GLIBC_2\.(\d+)[.\d]*", version) for version in versions]
    newest = max(int(number.group(1)) for number in numbers) if all(numbers) else None
    return files, newest


class Tag(Folder):
    """A tag of manylinux_2_N says: nothing but a glibc of 2.N or newer is needed.

    manylinux2014 says so of 2.17.
    """

    SOURCE = "#include <string.h>\nvoid *f(void *a, void *b) { return memcpy(a, b, 99); }"

    def compile(self, path, *options, source=SOURCE):
        compiler = os.environ.get("CC", "cc").split()
        options = ["-O0", "-shared", "-fPIC", "-xc", "-", "-xnone", *options]
        subprocess.run(
            compiler + options + ["-o", path], input=source.encode("ascii"), check=True
        )

    def tag(self, library):
        """Return the platform of a wheel with another library inside."""
        tree = self.unpack_sdist()
        shutil.copy(library, os.path.join(tree, "libsecrets", NAME))
        command = [PACKER, "-W", "ignore", "setup.py", "-q", "bdist_wheel"]
        run(command, cwd=tree)
        [wheel] = os.listdir(os.path.join(tree, "dist"))
        return wheel.split("-")[4][: -len(".whl")]

    def test_of_the_wheel(self):
        files, newest = needs(os.path.join(BUILD, NAME))
        self.assertEqual(files, {"libc.so.6", "libpthread.so.0"})
        self.assertLessEqual(newest, 17)
        tag = "py3-none-manylinux2014_" + os.uname().machine
        self.assertEqual(os.path.basename(WHEEL), "libsecrets-%s-%s.whl" % (VERSION, tag))
        with zipfile.ZipFile(WHEEL) as archive:
            text = archive.read("libsecrets-%s.dist-info/WHEEL" % VERSION)
        wheel = email.message_from_bytes(text)
        self.assertEqual(wheel.get_all("Tag"), [tag])
        self.assertEqual(wheel["Root-Is-Purelib"], "false")

    # The number is the library's, and not that of the machine that builds: getentropy is of 2.25.
    def test_of_a_library_that_needs_more(self):
        library = self.at("library.so")
        source = "int getentropy(void *, unsigned long); int f(void) { return getentropy(0, 0); }"
        self.compile(library, source=source)
        self.assertEqual(needs(library), ({"libc.so.6"}, 25))
        self.assertEqual(self.tag(library), "manylinux_2_25_" + os.uname().machine)

    # So is the processor: another number of it, 183 or 62, makes another tag.
    def test_of_a_library_for_another_processor(self):
        library = self.at("library.so")
        self.compile(library)
        number, machine = (62, "x86_64") if os.uname().machine == "aarch64" else (183, "aarch64")
        with open(library, "r+b") as file:
            file.seek(18)
            file.write(number.to_bytes(2, sys.byteorder))
        self.assertEqual(self.tag(library), "manylinux2014_" + machine)

    def test_of_a_library_that_needs_another(self):
        library, other = self.at("library.so"), self.at("libother.so")
        self.compile(other, "-Wl,-soname,libother.so", source="int other(void) { return 0; }")
        source = self.SOURCE + "int other(void); int g(void) { return other(); }"
        self.compile(library, other, source=source)
        self.assertIn("libother.so", needs(library)[0])
        self.assertEqual(self.tag(library), "linux_" + os.uname().machine)


class Installation(Folder):
    """What pip does, in virtual environments."""

    def python(self, venv, *arguments):
        """Run a Python in an empty folder, with nothing of the caller's to help it."""
        return run([os.path.join(venv, "bin", "python"), *arguments], cwd=self.folder, env=BARE)

    def pip(self, *arguments, **options):
        return run([os.path.join(VENV, "bin", "pip"), "--isolated", *arguments], **options)

    def assertWorks(self, venv):
        """The package makes a token, with the library that was installed."""
        token, version, *mapped = self.python(venv, "-c", USE).split()
        self.assertRegex(token, r"\A[0-9a-f]{64}\Z")
        self.assertEqual(version, VERSION)
        [path] = mapped
        self.assertTrue(path.startswith(venv + os.sep), path)
        self.assertTrue(path.endswith("/site-packages/libsecrets/" + NAME), path)
        self.assertEqual(read(path), read(BUILD, NAME))

    def test_wheel(self):
        before = files_in(VENV)
        self.pip("install", "--no-index", WHEEL, env=BARE)
        self.assertWorks(VENV)
        names = self.python(VENV, "-c", "from libsecrets import *; print(*dir())").split()
        self.assertLessEqual(set(secrets.__all__), set(names))
        shown = email.message_from_string(self.pip("show", "libsecrets"))
        self.assertEqual((shown["Version"], shown["Requires"]), (VERSION, ""))
        self.assertIn("No broken requirements", self.pip("check"))
        self.assertNotEqual(files_in(VENV), before)
        self.pip("uninstall", "-y", "libsecrets")
        self.assertEqual(files_in(VENV), before)

    def test_wheel_without_the_library(self):
        with zipfile.ZipFile(WHEEL) as archive:
            archive.extractall(self.at("site", "below", "below"))
        package = self.at("site", "below", "below", "libsecrets")
        os.remove(os.path.join(package, NAME))
        command = [sys.executable, "-c", "import libsecrets"]
        text = run(command, status=1, cwd=os.path.dirname(package), env=BARE)
        self.assertIn("ImportError: libsecrets cannot be loaded. Tried:\n", text)
        tried = [os.path.join(package, name) for name in _library._file_names()]
        tried += [self.at("site", "build", name) for name in _library._file_names()]
        for place in tried + [NAME]:
            self.assertIn("\n  %s: " % place, text)

    def test_sdist(self):
        venv = self.at("venv")
        run([PACKER, "-m", "venv", "--system-site-packages", "--without-pip", venv])
        options = ["--no-index", "--no-build-isolation", "--no-cache-dir"]
        # The core needs no module but Go's own, and there is none to be had here.
        kept = {"PATH": os.environ["PATH"], "HOME": os.environ["HOME"]}
        environment = dict(kept, GOPROXY="off", GOMODCACHE=self.at("none"))
        self.pip("--python", venv, "install", *options, SDIST, env=environment)
        self.assertWorks(venv)

    def test_sdist_without_go(self):
        command = [PACKER, "setup.py", "-q", "bdist_wheel"]
        environment = dict(os.environ, GO="/nowhere/go")
        text = run(command, status=1, cwd=self.unpack_sdist(), env=environment)
        self.assertEqual(text.count("libsecrets needs Go 1.26 or newer"), 1, text)
        self.assertNotIn("Traceback", text)


class Sdist(unittest.TestCase):
    def setUp(self):
        self.archive = tarfile.open(SDIST)
        self.addCleanup(self.archive.close)
        self.top = "libsecrets-%s/" % VERSION

    def test_files(self):
        names = ["LICENSE", "NOTICE", "include/secrets.h", "secrets/eff_large.txt"]
        for name in names:
            content = self.archive.extractfile(self.top + name).read()
            self.assertEqual(content, read(ROOT, name), name)
        with zipfile.ZipFile(WHEEL) as wheel:
            metadata = wheel.read("libsecrets-%s.dist-info/METADATA" % VERSION)
        about = self.archive.extractfile(self.top + "PKG-INFO").read()
        self.assertEqual(about, metadata)

    def test_nothing_else(self):
        members = self.archive.getmembers()
        others = r"_test|test_|\.so|\.py[co]|egg-info"
        names = [member.name for member in members]
        self.assertEqual([name for name in names if re.search(others, name)], [])
        for member in members:
            mode = 0o755 if member.isdir() else 0o644
            self.assertEqual((member.uid, member.gid, member.mode), (0, 0, mode))


class Reproducible(Folder):
    def build(self, *command, **settings):
        environment = dict(os.environ, **settings)
        make_wheel = "umask 077; exec make -s wheel BUILD=build PYTHON=" + sys.executable
        run(["sh", "-c", make_wheel], cwd=self.at("copy"), env=environment)
        return [(os.path.basename(p), read(p)) for p in products(self.at("copy", "build"))]

    def copy_checkout(self):
        skip = shutil.ignore_patterns(".git", "build", "__pycache__")
        shutil.copytree(ROOT, self.at("copy"), ignore=skip)
        run(["chmod", "-R", "go-rwx", self.at("copy")])
        os.mkdir(self.at("copy", "build"))
        # What the library's own tests hold to be the same, and takes long to build.
        for name in os.listdir(BUILD):
            if name.startswith(("libsecrets.so", ".flags")):
                path = self.at("copy", "build", name)
                shutil.copy2(os.path.join(BUILD, name), path, follow_symlinks=False)

    def test_same_bytes(self):
        self.copy_checkout()
        here = [(os.path.basename(path), read(path)) for path in (WHEEL, SDIST)]
        again = self.build(TZ="Asia/Tokyo", LC_ALL="C.UTF-8", PYTHONHASHSEED="7")
        self.assertTrue(again == here)
        other = self.build(SOURCE_DATE_EPOCH="1700000000")
        for (name, first), (_, second) in zip(here, other):
            self.assertTrue(first != second, name)


if __name__ == "__main__":
    unittest.main()
