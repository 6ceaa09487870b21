# SPDX-License-Identifier: MIT
"""Prints what is inside the libraries and the command, as SPDX 2.3
(https://spdx.github.io/spdx-spec/v2.3/).

    sbom.py FILE...

make calls it, with GO and VERSION in the environment. The same files give the same text: it is
dated by SOURCE_DATE_EPOCH, or else by 1970.
"""

import datetime
import hashlib
import json
import os
import subprocess
import sys


def digest(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def package(name, version, licence, owner, home):
    return {
        "SPDXID": "SPDXRef-" + name,
        "name": name,
        "versionInfo": version,
        "supplier": "Organization: " + owner,
        "downloadLocation": home,
        "filesAnalyzed": False,
        "licenseConcluded": licence,
        "licenseDeclared": licence,
        "copyrightText": "NOASSERTION",
    }


def built(path):
    name = os.path.basename(path)
    return {
        "SPDXID": "SPDXRef-file-" + name,
        "fileName": "./" + name,
        "checksums": [{"algorithm": "SHA256", "checksumValue": digest(path)}],
        "licenseConcluded": "MIT AND BSD-3-Clause AND CC-BY-3.0-US",
        "copyrightText": "NOASSERTION",
    }


def related(one, how, other):
    return {
        "spdxElementId": "SPDXRef-" + one,
        "relationshipType": how,
        "relatedSpdxElement": "SPDXRef-" + other,
    }


def document(version, go, paths):
    files = [built(path) for path in paths]
    sums = "".join(file["checksums"][0]["checksumValue"] for file in files)
    together = hashlib.sha256(sums.encode()).hexdigest()
    epoch = int(os.environ.get("SOURCE_DATE_EPOCH", 0))
    date = datetime.datetime.fromtimestamp(epoch, datetime.timezone.utc)
    relations = [related("DOCUMENT", "DESCRIBES", "libsecrets")]
    for name in ("go", "eff-large-wordlist"):
        relations.append(related("libsecrets", "CONTAINS", name))
    for path in paths:
        relations.append(related("file-" + os.path.basename(path), "GENERATED_FROM", "libsecrets"))
    return {
        "spdxVersion": "SPDX-2.3",
        "dataLicense": "CC0-1.0",
        "SPDXID": "SPDXRef-DOCUMENT",
        "name": "libsecrets-" + version,
        "documentNamespace": "urn:libsecrets:%s:%s" % (version, together),
        "creationInfo": {
            "created": date.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "creators": ["Tool: packaging/sbom.py"],
        },
        "packages": [
            package("libsecrets", version, "MIT", "The libsecrets authors", "NOASSERTION"),
            # The runtime and the packages of the standard library.
            package("go", go, "BSD-3-Clause", "The Go Authors", "https://go.dev/dl"),
            package(
                "eff-large-wordlist",
                "2016",
                "CC-BY-3.0-US",
                "Electronic Frontier Foundation",
                "https://www.eff.org/dice",
            ),
        ],
        "files": files,
        "relationships": relations,
    }


def main():
    command = os.environ["GO"].split() + ["env", "GOVERSION"]
    go = subprocess.check_output(command, universal_newlines=True).strip()
    json.dump(document(os.environ["VERSION"], go, sys.argv[1:]), sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
