"""Runs the built oidcgen for the Python tests, which find it in the environment variable OIDCGEN."""

import os
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

OIDCGEN = Path(os.environ["OIDCGEN"]).resolve(strict=True)

# The secret and the digest of Authelia's own documentation: a pair that fits, made by another program.
SAMPLE_SECRET = "insecure_secret"
SAMPLE_DIGEST = (
    "$pbkdf2-sha512$310000$c8p78n7pUMln0jzvd4aK4Q"
    "$JNRBzwAo0ek5qKn50cFzzvE9RXV88h1wJn5KGiHrD0YKtZaR/nCb2CJPOsKaPK0hjf.9yHxzQGZziziccp6Yng"
)


@dataclass(frozen=True)
class Result:
    stdout: str
    stderr: str
    status: int


def environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name.endswith("SAN_OPTIONS")}
    return kept | {"PATH": f"{OIDCGEN.parent}:/usr/bin:/bin", "HOME": str(home), "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def run(folder: Path, *arguments: str, stdin: str = "") -> Result:
    """Runs oidcgen in a folder, without a terminal."""
    done = subprocess.run(
        [str(OIDCGEN), *arguments], cwd=folder, env=environment(folder), input=stdin.encode(),
        capture_output=True, timeout=60, start_new_session=True, check=False,
    )
    return Result(done.stdout.decode(), done.stderr.decode(), done.returncode)


def folder_with_secret() -> tempfile.TemporaryDirectory:
    """A temporary folder that holds `sample.secret` and `sample.digest`."""
    folder = tempfile.TemporaryDirectory(prefix="oidcgen-test-")
    secret = Path(folder.name) / "sample.secret"
    secret.touch(mode=0o600)
    secret.write_text(SAMPLE_SECRET + "\n")
    (Path(folder.name) / "sample.digest").write_text(SAMPLE_DIGEST + "\n")
    return folder
