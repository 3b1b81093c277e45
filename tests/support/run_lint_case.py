#!/usr/bin/env python3
"""Runs one lint case: a file or folder `bad-…` or `good-…` below the folder that is named like its rule.

usage: run_lint_case.py OIDCGEN CASE

A bad case says itself what is found in it: a YAML line that ends with `# expect: RULE` has a finding of that rule on it,
and beside a JSON file (or a YAML file that cannot say it) stands FILE.expect with lines `LINE:COLUMN RULE` (`LINE RULE`
where the column does not matter). Nothing else may be found, notes of other rules apart; in a good case nothing at all.
The first line of a YAML file, or of FILE.expect, may be `# lint: FLAGS`. A folder is linted as a whole.
"""

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

EXPECT = re.compile(r"#\s*expect:\s*(\S+)\s*$")
FLAGS = re.compile(r"^#\s*lint:\s*(.*)$")
SETTINGS = (".yml", ".yaml", ".json")


def read_expectations(file):
    """Return (flags, [(line, column or None, rule)])."""
    flags, found = [], []
    beside = file.with_name(file.name + ".expect")
    if beside.exists():
        for line in beside.read_text(encoding="utf-8").splitlines():
            if match := FLAGS.match(line):
                flags += shlex.split(match[1])
            elif line.strip():
                place, rule = line.split()
                at = [int(number) for number in place.split(":")]
                found.append((at[0], at[1] if len(at) > 1 else None, rule))
    if file.suffix != ".json":
        text = file.read_bytes().decode("utf-8", errors="replace")
        for number, line in enumerate(text.split("\n"), 1):
            if number == 1 and (match := FLAGS.match(line)):
                flags += shlex.split(match[1])
            if match := EXPECT.search(line.rstrip("\r")):
                found.append((number, None, match[1]))
    return flags, found


def main():
    program, case = sys.argv[1], Path(sys.argv[2])
    rule = case.parent.name
    is_bad = case.name.startswith("bad-")
    files = sorted(case.iterdir()) if case.is_dir() else [case]
    files = [file for file in files if file.suffix in SETTINGS]
    flags, expected = [], []
    for file in files:
        more, found = read_expectations(file)
        flags += more
        expected += [(file.name, *place) for place in found]
    if is_bad and not any(name == rule for *_, name in expected):
        sys.exit(f"{case}: does not say where {rule} is expected")
    command = [program, "lint", "--format", "json", *flags, *[file.name for file in files]]
    done = subprocess.run(command, cwd=files[0].parent, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=100,
                          env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": "1767225600"})
    try:
        report = json.loads(done.stdout)
    except ValueError:
        sys.exit(f"{case}: exit {done.returncode}, no report: {done.stderr.decode(errors='replace')}")
    if "failure" in report or any(file["kind"] is None for file in report["files"]):
        sys.exit(f"{case}: a file is not recognised")
    found = []
    for finding in report["findings"]:
        start = finding["start"] or {"line": 0, "column": 0}
        found.append((finding["path"], start["line"], start["column"], finding["name"], finding["severity"]))
    missed = [it for it in expected
              if not any(f[0] == it[0] and f[1] == it[1] and it[2] in (None, f[2]) and f[3] == it[3] for f in found)]
    extra = [f for f in found
             if not any(f[0] == it[0] and f[1] == it[1] and it[2] in (None, f[2]) and f[3] == it[3] for it in expected)]
    extra = [f for f in extra if f[4] != "note" or f[3] == rule]
    for path, line, column, name in missed:
        print(f"{case}: nothing says {name} at {path}:{line}:{column or ''}")
    for path, line, column, name, severity in extra:
        print(f"{case}: unexpected {severity} {name} at {path}:{line}:{column}")
    sys.exit(1 if missed or extra else 0)


main()
