#!/usr/bin/env python3
"""Runs one case: a folder with a shell script `cmd`, its input files, and what it must print.

usage: run_case.py OIDCGEN FOLDER

`cmd` is run by sh in a copy of the folder, with `oidcgen` on the PATH, an environment that holds nothing of the
caller's, an empty home, no input and no terminal. The files have mode 0600. Standard output, standard error and exit status must be byte for
byte those of the files `stdout`, `stderr` (absent: empty) and `exit` (absent: 0). With OIDCGEN_UPDATE_CASES=1 these
files are rewritten instead, for review.
"""

import difflib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

EXPECTATIONS = ("stdout", "stderr", "exit")
TIME_LIMIT = 100  # seconds


def environment(place: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS")}
    return kept | {
        "PATH": f"{place / 'bin'}:/usr/bin:/bin",
        "HOME": str(place / "home"),
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
    }


def run(oidcgen: Path, folder: Path, place: Path) -> dict[str, bytes]:
    (place / "bin").mkdir()
    (place / "bin" / "oidcgen").symlink_to(oidcgen)
    (place / "home").mkdir()
    work = place / "work"
    shutil.copytree(folder, work, ignore=lambda at, names: {"cmd", *EXPECTATIONS} & set(names) if Path(at) == folder else set())

    # Some hold a secret; the umask when the sources were checked out must make no difference.
    for path in work.rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)

    # A session of its own has no controlling terminal, so nothing can be asked for.
    process = subprocess.Popen(
        ["/bin/sh", "-c", (folder / "cmd").read_text()],
        cwd=work, env=environment(place), umask=0o022, start_new_session=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )
    try:
        stdout, stderr = process.communicate(timeout=TIME_LIMIT)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        sys.exit(f"{folder}: still running after {TIME_LIMIT} seconds")
    return {"stdout": stdout, "stderr": stderr, "exit": b"%d\n" % process.returncode}


def expected(folder: Path) -> dict[str, bytes]:
    found = {}
    for name in EXPECTATIONS:
        file = folder / name
        found[name] = file.read_bytes() if file.exists() else b""
    found["exit"] = found["exit"] or b"0\n"
    return found


def update(folder: Path, actual: dict[str, bytes]) -> None:
    for name, content in actual.items():
        file = folder / name
        if content == (b"0\n" if name == "exit" else b""):
            file.unlink(missing_ok=True)
        elif not file.exists() or file.read_bytes() != content:
            file.write_bytes(content)


def lines(content: bytes) -> list[str]:
    """The lines of a text in a form that shows every byte, a missing last line break included."""
    result = []
    for line in content.decode("utf-8", "backslashreplace").split("\n"):
        result.append("".join(c if c.isprintable() or c == "\t" else c.encode("unicode_escape").decode() for c in line))
    if result[-1] == "":
        result.pop()
    else:
        result.append("\\ no line break at the end")
    return result


def difference(name: str, wanted: bytes, got: bytes) -> str:
    return "\n".join(difflib.unified_diff(lines(wanted), lines(got), f"{name} (expected)", f"{name} (actual)", lineterm=""))


def main() -> int:
    oidcgen, folder = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    if not os.access(oidcgen, os.X_OK):
        sys.exit(f"{oidcgen} is not there or cannot be run")
    with tempfile.TemporaryDirectory(prefix="oidcgen-case-") as name:
        place = Path(name).resolve()
        actual = run(oidcgen, folder, place)

    faults = []
    for path in (place.name, str(oidcgen.parent)):
        for stream in ("stdout", "stderr"):
            if path.encode() in actual[stream]:
                faults.append(f"{stream} holds {path}, which differs from run to run:\n"
                              + "\n".join(lines(actual[stream])))
    if not faults and os.environ.get("OIDCGEN_UPDATE_CASES") == "1":
        update(folder, actual)
    wanted = expected(folder)
    faults += [difference(part, wanted[part], actual[part]) for part in EXPECTATIONS if wanted[part] != actual[part]]
    if faults:
        print(f"{folder}/cmd:\n{(folder / 'cmd').read_text()}")
        print("\n\n".join(faults))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
