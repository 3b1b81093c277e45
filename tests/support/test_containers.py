#!/usr/bin/env python3
"""Settings within files of other tools are judged as they are in a file of their own: the same findings at the same
characters, wherever these are in the outer file, and the same logins.

The cases of the rules are put into each kind of container, some into each; CONTAINERS_SHARE=1 takes all of them.
"""

import concurrent.futures
import json
import os
import re
import tempfile
import unittest
from pathlib import Path

import containers
import program
from compare_wrapped import Comparison

CASES = Path(os.environ["SOURCE"]) / "tests/cases/lint"
SHARE = int(os.environ.get("CONTAINERS_SHARE", "60"))
SETTINGS = (".yml", ".yaml", ".json")
# Flags that say what a file is as a whole, and rules about files as a whole.
FLAGS_OF_FILES = ("--kind", "--use", "--follow")
RULES_OF_FILES = ("top-level-not-mapping", "file-without-settings", "unreadable-text", "configuration-empty",
                  "variable-not-read", "blueprint-not-loaded", "digest-expanded", "template-not-filled-in")
# Nothing there says that a text is a file of settings, so one that cannot be read whole may be anything.
WITHOUT_NAMES = ("Compose", "chart")


def is_dear(texts):
    """True when a digest is compared with a secret, which takes longer than everything else."""
    return len(texts) > 1 and re.search(r"\$pbkdf2-\w+\$\d{5}", "".join(texts.values()))


def cases():
    """Folders with several files, and files alone: their names, their texts and the flags of the run."""
    for path in sorted(CASES.glob("*/*")):
        if path.is_dir():
            files, flags = sorted(it for it in path.iterdir() if it.suffix in SETTINGS), path / "flags"
        elif path.suffix in SETTINGS:
            files, flags = [path], path.with_name(path.name + ".flags")
        else:
            continue
        try:
            texts = {it.name: it.read_bytes().decode() for it in files}
        except UnicodeDecodeError:
            continue
        given = flags.read_text() if flags.exists() else ""
        given += " ".join(re.findall(r"^# lint:(.*)", "\n".join(texts.values()), re.MULTILINE))
        is_of_files = path.parent.name in RULES_OF_FILES or any(flag in given for flag in FLAGS_OF_FILES)
        if not is_of_files and (SHARE == 1 or not is_dear(texts)):
            yield path.relative_to(CASES), texts, given.split()


class Containers(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.cases = list(cases())

    def report(self, folder, texts, flags):
        for name, text in texts.items():
            (folder / name).write_bytes(text.encode())
        done = program.run(folder, "lint", *flags, "--format", "json", *sorted(texts))
        return json.loads(done.stdout) if done.stdout else {"failure": done.stderr}

    def faults_of(self, kind, case):
        """What differs when the files of a case are put into that kind of container; nothing when they cannot be."""
        _, texts, flags = case
        stay = {it for it, text in texts.items() if kind in containers.OF_APPLICATIONS and "redirect_uris" in text}
        wrapped = {file: (containers.as_it_is if file in stay else containers.CONTAINERS[kind])(text)
                   for file, text in texts.items()}
        if None in wrapped.values() or len(stay) == len(texts):
            return None
        with tempfile.TemporaryDirectory(prefix="oidcgen-test-") as holder:
            alone = self.report(Path(holder), texts, flags)
            within = self.report(Path(holder), {file: it.text for file, it in wrapped.items()}, flags)
        if kind in WITHOUT_NAMES and any("unread_from" in it for it in alone.get("files", ())):
            return None
        if "failure" in alone or "failure" in within:
            return [f"{alone.get('failure')} became {within.get('failure')}"] if alone != within else []
        return Comparison(texts, wrapped).faults(alone, within)

    def test_same_findings(self):
        self.assertGreater(len(self.cases), 500)
        for number, kind in enumerate(containers.CONTAINERS):
            some = [it for at, it in enumerate(self.cases) if (at * 7919 + number) % SHARE == 0]
            if kind in containers.OF_APPLICATIONS:  # most cases are a provider's
                some = self.cases[number % 2::max(1, SHARE // 8)]
            with self.subTest(kind=kind), concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
                results = list(zip(some, pool.map(lambda case, kind=kind: self.faults_of(kind, case), some)))
                self.assertGreater(sum(found is not None for _, found in results), 3)
                faults = [f"{case[0]}: {fault}" for case, found in results for fault in found or ()]
                self.assertEqual(faults, [], "\n".join(faults[:5]))


if __name__ == "__main__":
    unittest.main()
