"""The README and the manual tell the truth: the console blocks of the README print what they show, digests and secrets
apart, and each field of the site description goes to just the settings that oidcgen-site(5) names. With
OIDCGEN_UPDATE_CASES=1 the blocks are rewritten instead, for review.

The blocks are run one after the other in a folder that is empty at first. One below a comment `<!-- sample: COMMAND -->`
is run in a folder of its own, which holds both sides of a sample site, changed by that command.

Needs OIDCGEN (the program), DESCRIBE_PARSER and DESCRIBE_SYSTEMS (the programs that print what the parser accepts and what
systems there are) and SOURCE (the source folder) in the environment.
"""

import json
import os
import re
import subprocess
import tempfile
import unittest
from pathlib import Path

import yaml

import program

README = Path(os.environ["SOURCE"]) / "README.md"
MANUAL = Path(os.environ["SOURCE"]) / "man" / "oidcgen-site.5"

# These differ on every run, because the secret and the salt do.
RANDOM = (
    (re.compile(r"\$pbkdf2-sha512\$310000\$[A-Za-z0-9./]{22}\$[A-Za-z0-9./]{86}"), "DIGEST"),
    (re.compile(r"[A-Za-z0-9._~-]{72}"), "SECRET"),
)


# What is wrong with the sample in the picture, and how wide its terminal is.
PICTURE = "sed -i '/app.immich/d; s/client_secret_basic/client_secret_post/' authelia.yml"
PICTURE_COLUMNS = 100
BLOCK = re.compile(r"^(?P<before><!-- sample: (?P<sample>.*) -->\n)?```console\n(?P<block>.*?)^```$", re.DOTALL | re.MULTILINE)
SAMPLE = ("oidcgen init --domain example.com --subdomain photos --client-id immich && "
          "oidcgen authelia --output authelia.yml && oidcgen immich --output immich.json && ")


def steps(block: str) -> list[tuple[str, str]]:
    """Each command of a console block, with what the README shows below it."""
    found: list[tuple[str, str]] = []
    for line in block.splitlines(keepends=True):
        if line.startswith("$ "):
            found.append((line[2:].rstrip("\n"), ""))
        else:
            command, output = found.pop()
            found.append((command, output + line))
    return found


def without_random(text: str) -> str:
    for pattern, name in RANDOM:
        text = pattern.sub(name, text)
    return text


class Readme(unittest.TestCase):
    maxDiff = None

    def run_command(self, command: str, folder: Path) -> subprocess.CompletedProcess:
        return subprocess.run(
            ["/bin/sh", "-c", command], cwd=folder, env=program.environment(folder),
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, timeout=60, start_new_session=True, check=False,
        )

    def run_block(self, block: str, folder: Path) -> str:
        """The block as it should be. What differs by chance alone stays."""
        lines = []
        for command, shown in steps(block):
            printed = self.run_command(command, folder).stdout
            lines.append(f"$ {command}\n" + (shown if without_random(printed) == without_random(shown) else printed))
        return "".join(lines)

    def run_sample(self, change: str, block: str) -> str:
        with tempfile.TemporaryDirectory(prefix="oidcgen-test-") as folder:
            prepared = self.run_command(SAMPLE + change, Path(folder))
            self.assertEqual(prepared.returncode, 0, prepared.stdout)
            return self.run_block(block, Path(folder))

    def test_console_blocks(self):
        text = README.read_text()
        self.assertGreaterEqual(len(BLOCK.findall(text)), 2)
        with tempfile.TemporaryDirectory(prefix="oidcgen-test-") as folder:
            def run(found: re.Match) -> str:
                sample, block = found["sample"], found["block"]
                printed = self.run_block(block, Path(folder)) if sample is None else self.run_sample(sample, block)
                return f"{found['before'] or ''}```console\n{printed}```"

            true = BLOCK.sub(run, text)
        if os.environ.get("OIDCGEN_UPDATE_CASES") == "1":
            README.write_text(true)
        else:
            self.assertEqual(text, true)

    def test_the_picture_is_what_is_printed(self):
        """man/report.svg, which shows the first lines of README a report as a terminal has it."""
        path = README.parent / "man" / "report.svg"
        with tempfile.TemporaryDirectory(prefix="oidcgen-test-") as folder:
            prepared = self.run_command(SAMPLE + PICTURE, Path(folder))
            self.assertEqual(prepared.returncode, 0, prepared.stdout)
            status, shown = program.shown_at(PICTURE_COLUMNS, Path(folder), "lint", "authelia.yml", "immich.json")
        self.assertEqual(status, 1)
        drawn = subprocess.run([README.parent / "tools" / "picture"], input=shown.encode(), capture_output=True, check=True).stdout
        if os.environ.get("OIDCGEN_UPDATE_CASES") == "1":
            path.write_bytes(drawn)
        else:
            self.assertEqual(path.read_bytes().decode(), drawn.decode())
        self.assertIn("](man/report.svg)", README.read_text())

    def test_releases_are_those_of_the_tables(self):
        text = README.read_text()
        systems = json.loads(subprocess.run([os.environ["DESCRIBE_SYSTEMS"]], capture_output=True, check=True).stdout)
        for system in systems:
            if not system["lines"]:
                continue
            with self.subTest(system=system["name"]):
                first, last = re.escape(system["lines"][0]), re.escape(system["lines"][-1])
                self.assertRegex(text, rf"(?m)^\| {system['title']} \| [^|]* \| {first}\.\d+ to {last}\.\d+ \|$")


# For each field, values that differ from what the site below says or leaves to the default.
OTHER_VALUES = {
    "domain": ["example.org"],
    "subdomain": ["pictures"],
    "client_id": ["other"],
    "provider": ["authelia"],
    "application": ["immich"],
    "auth_subdomain": ["login"],
    "auth_host": ["login.example.net"],
    "authelia_version": ["'4.38'"],
    "immich_version": ["1.95.0", "1.112.1", "1.131.3", "1.132.3", "1.133.0", "2.7.5"],
    "authentik_version": [],  # for a site of another provider
    "address": ["https://photos.example.com:8443"],
    "other_addresses": ["[https://pictures.example.com]"],
    "mobile": ["override"],
    "auth_method": ["client_secret_post"],
    "policy": ["one_factor"],
    "client_name": ["Photos"],
    "button_text": ["Log in"],
    "auto_register": ["false"],
    "auto_launch": ["true"],
    "storage_label_claim": ["my_label"],
    "quota_claim": ["my_quota"],
    "role_claim": ["my_role"],
    "issuer": ["https://login.example.org"],
    "secret_file": ["other.secret"],
    "digest_file": ["other.digest"],
}


def table() -> dict[str, tuple[set[str], set[str]]]:
    """For each site field, the settings on either side that the manual names."""
    fields: dict[str, tuple[set[str], set[str]]] = {}
    side = None
    section = MANUAL.read_text().partition("\n.Sh FIELDS\n")[2].partition("\n.El\n")[0]
    for line in section.splitlines():
        words = line.split()
        if words[:2] == [".It", "Ic"]:
            fields[words[2]] = (set(), set())
            side = None
        elif line in ("Authelia:", "Immich:"):
            side = fields[list(fields)[-1]][line == "Immich:"]
        elif words[0] == ".Ql" and side is not None:
            side.add(words[1])
    return fields


class WhereEachSettingGoes(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        folder = program.folder_with_secret()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        (self.folder / "other.secret").write_text("another secret")
        (self.folder / "other.digest").write_text(program.run(self.folder, "hash", "other.secret").stdout)

    def settings(self, side: str, site: dict[str, str]) -> dict:
        text = "".join(f"{field}: {value}\n" for field, value in site.items())
        result = program.run(self.folder, side, "-", *(("--style", "full") if side == "authelia" else ()), stdin=text)
        self.assertEqual(result.status, 0, result.stderr)
        if side == "immich":
            return json.loads(result.stdout)["oauth"]
        read = yaml.safe_load(result.stdout)["identity_providers"]["oidc"]
        (client,) = read.pop("clients")
        return read | {f"clients[].{key}": value for key, value in client.items()}

    def changed(self, side: str, field: str) -> set[str]:
        """The settings that another value of this field changes, adds or removes; for a version only changes count."""
        found = set()
        for mobile in ("direct", "override"):
            if field == "issuer":
                if side == "authelia":
                    return set()
                other = {"domain": "example.com", "subdomain": "photos", "client_id": "immich", "mobile": mobile,
                         "provider": "other", "secret_file": "sample.secret"}
                before = self.settings(side, other | {"issuer": "https://id.example.com"})
                for value in OTHER_VALUES[field]:
                    after = self.settings(side, other | {field: value})
                    found |= {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
                continue
            file = "digest_file" if side == "authelia" and field != "secret_file" or field == "digest_file" else "secret_file"
            site = {"domain": "example.com", "subdomain": "photos", "client_id": "immich", "mobile": mobile}
            site |= {file: "sample." + file.removesuffix("_file")}
            before = self.settings(side, site)
            for value in OTHER_VALUES[field]:
                after = self.settings(side, site | {field: value})
                either = before.keys() & after.keys() if field.endswith("_version") else before.keys() | after.keys()
                found |= {key for key in either if before.get(key) != after.get(key)}
        return found

    def test_table_has_every_field(self):
        described = json.loads(subprocess.run([os.environ["DESCRIBE_PARSER"]], capture_output=True, check=True).stdout)
        init = next(command for command in described if command["name"] == "init")
        fields = [option["name"].removeprefix("--").replace("-", "_") for option in init["options"]]
        self.assertEqual(list(table()), [field for field in fields if field not in ("help", "version")])

    def test_fields_go_where_the_table_says(self):
        for field, (authelia, immich) in table().items():
            with self.subTest(field=field):
                self.assertEqual((self.changed("authelia", field), self.changed("immich", field)), (authelia, immich))


if __name__ == "__main__":
    unittest.main()
