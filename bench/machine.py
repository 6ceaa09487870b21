# SPDX-License-Identifier: MIT
"""What the figures were measured on."""

import os
import platform


def first(path, key, separator):
    """Return the value of the first line of a file that begins with key."""
    try:
        with open(path) as file:
            for line in file:
                name, found, value = line.partition(separator)
                if found and name.strip() == key:
                    return value.strip().strip('"')
    except OSError:
        pass
    return "unknown"


def machine():
    return {
        "processor": first("/proc/cpuinfo", "model name", ":"),
        "processors": os.cpu_count(),
        "kernel": "%s %s" % (platform.system(), platform.release().split("-")[0]),
        "system": first("/etc/os-release", "PRETTY_NAME", "="),
        "libc": " ".join(platform.libc_ver()),
    }
