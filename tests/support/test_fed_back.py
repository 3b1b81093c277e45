"""Metadata of each provider, fed back through --metadata, leads to the same verdict for what it covers: over the pairs
of the cases of the rules.

Needs OIDCGEN, RUN_MANY (see program.py) and SOURCE (the source folder) in the environment.
"""

import os
import shutil
import tempfile
import unittest
from pathlib import Path

import program
from fed_back import differences

CASES = Path(os.environ["SOURCE"]) / "tests" / "cases" / "lint"
PROVIDERS = ("authelia.yml", "configuration.yml", "blueprint.yaml", "client_secret.json")


def pairs():
    """Folder, provider's file and application's file of each case that has one of each."""
    for folder in sorted(CASES.glob("*/*")):
        if not folder.is_dir():
            continue
        files = [it.name for it in folder.iterdir() if it.name not in ("report", "flags")]
        provider = [it for it in files if it in PROVIDERS]
        app = [it for it in files if it.startswith("immich.")]
        if len(files) == 2 and len(provider) == 1 and len(app) == 1:
            yield folder, provider[0], app[0]


def flags_of(folder):
    """Those of lint that both runs take, and those that choose a release of the provider."""
    path = folder / "flags"
    words = path.read_text().split() if path.exists() else []
    flags, versions = [], []
    for name, value in zip(words, words[1:]):
        if name in ("--address", "--provider-url", "--immich-version"):
            flags += [name, value]
        elif name in ("--authelia-version", "--authentik-version"):
            versions += [name, value]
    return flags, versions


class FedBack(unittest.TestCase):
    def test_pairs_of_the_cases(self):
        compared = 0
        with tempfile.TemporaryDirectory(prefix="oidcgen-test-") as home:
            for folder, provider, app in pairs():
                here = Path(home) / "case"
                shutil.copytree(folder, here)
                flags, versions = flags_of(folder)
                if "--address" in flags:
                    found = differences(lambda *arguments: program.run(Path(home), *arguments).stdout, here / provider,
                                        here / app, flags, versions)
                    with self.subTest(case=folder.relative_to(CASES).as_posix()):
                        self.assertFalse(found)
                    compared += found is not None
                shutil.rmtree(here)
        self.assertGreater(compared, 40)


if __name__ == "__main__":
    unittest.main()
