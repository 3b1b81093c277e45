#!/usr/bin/env python3
"""The settings of a project (.oidcgen.yaml): the program, its manual and the JSON schema know the same keys and take the
same files, and the file is found where the manual says."""

import json
import os
import re
import tempfile
import unittest
from pathlib import Path

import jsonschema
import program
import yaml

SOURCE = Path(os.environ["SOURCE"])
SCHEMA = json.loads((SOURCE / "templates" / "oidcgen-project.schema.json").read_text())
MANUAL = (SOURCE / "man" / "oidcgen-project.5").read_text()
SETTINGS = "oauth:\n  enabled: false\n"

# A file, and whether it is one.
FILES = [
    ("", None),  # nothing is no object, and says nothing
    ("versions: {immich: 2.1.0, authelia: '4.38'}", True),
    ("versions: [immich]", False),
    ("versions: {immich: {}}", False),
    ("address: https://photos.example.com", True),
    ("address: [https://photos.example.com, https://photos.example.org]", True),
    ("address: {}", False),
    ("address: [[]]", False),
    ("provider_url: https://auth.example.com", True),
    ("provider_url: auth.example.com", False),
    ("provider_url: [https://auth.example.com]", False),
    ("sites: [{files: home}]", True),
    ("sites: [{files: [home, office], address: https://photos.example.com, provider_url: https://auth.example.com}]", True),
    ("sites: [{address: https://photos.example.com}]", False),
    ("sites: {files: home}", False),
    ("sites: [home]", False),
    ("sites: [{files: home, versions: {}}]", False),
    ("files: [home]", False),
    ("placeholders: [DOMAIN, HOST]", True),
    ("placeholders: DOMAIN", True),
    ("placeholders: {DOMAIN: x}", False),
    ("env_files: [/etc/hosts]", False),
    ("values: /etc/hosts", False),
    ("ignore: [{rules: OG3, path: home/immich.json, pointer: /oauth/scope, reason: as agreed}]", True),
    ("ignore: [{rules: [redirect-uri-unregistered, og3001]}]", True),
    ("ignore: [{path: home}]", False),
    ("ignore: [{rules: OG3, path: /etc}]", False),
    ("ignore: [{rules: OG3, path: [home, office]}]", False),
    ("ignore: [{rules: OG3, pointer: oauth/scope}]", False),
    ("ignore: [{rules: OG3, reason: [as, agreed]}]", False),
    ("ignore: [{rules: OG3, line: 7}]", False),
    ("ignore: {rules: OG3}", False),
    ("ignore: [redirect-uri-unregistered]", False),
    ("colour: red", False),
    ("- versions", False),
    ("text", False),
]


class Project(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="oidcgen-test-")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def lint(self, folder: Path):
        return program.run(folder, "lint", "--format", "json", ".")

    def put(self, path: str, text: str) -> Path:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        return file

    def test_same_files_as_the_schema(self):
        self.put("immich.yaml", SETTINGS)
        for text, is_one in FILES:
            with self.subTest(text):
                self.put(".oidcgen.yaml", text)
                done = self.lint(self.folder)
                self.assertEqual(done.status == 2, is_one is False, done.stderr)
                if is_one is not None:
                    valid = jsonschema.Draft7Validator(SCHEMA).is_valid(yaml.safe_load(text))
                    self.assertEqual(valid, is_one)

    def test_same_keys_in_program_manual_and_schema(self):
        self.put("immich.yaml", SETTINGS)
        known = set()
        for text in ("unheard_of: 1", "sites: [{unheard_of: 1}]", "ignore: [{unheard_of: 1}]"):
            self.put(".oidcgen.yaml", text)
            help_line = re.search(r"the keys (?:of a site |of an entry of ignore )?are (.*)", self.lint(self.folder).stderr)
            known |= set(re.split(r", | or ", help_line[1]))
        in_schema = set(SCHEMA["properties"])
        for key in ("sites", "ignore"):
            in_schema |= set(SCHEMA["properties"][key]["items"]["properties"])
        in_manual = set(re.findall(r"^\.It Cm (\w+)$", MANUAL, re.M))
        self.assertEqual(known, in_schema)
        self.assertEqual(known, in_manual)

    def used(self, folder: str):
        return json.loads(self.lint(self.folder / folder).stdout).get("settings_file")

    def test_found_upwards_to_the_root_of_the_repository(self):
        self.put("outer/.oidcgen.yaml", "placeholders: A")
        self.put("outer/repo/a/b/immich.yaml", SETTINGS)
        self.assertIsNone(self.used("outer/repo/a/b"))  # no repository: nothing above counts
        (self.folder / "outer/repo/.git").mkdir()
        self.assertIsNone(self.used("outer/repo/a/b"))  # above its root nothing counts
        self.put("outer/repo/.oidcgen.yaml", "placeholders: A")
        self.assertEqual(self.used("outer/repo/a/b"), "../../.oidcgen.yaml")
        self.put("outer/repo/a/.oidcgen.yaml", "placeholders: A")
        self.assertEqual(self.used("outer/repo/a/b"), "../.oidcgen.yaml")

    def test_opens_nothing_outside_its_folder(self):
        self.put("outside.env", "HOST=photos.example.com\n")
        self.put("repo/immich.yaml", SETTINGS)
        (self.folder / "repo/link.env").symlink_to("../outside.env")
        (self.folder / "repo/folder").symlink_to("..")
        self.put("repo/inside.env", "HOST=photos.example.com\n")
        (self.folder / "repo/inner.env").symlink_to("inside.env")
        for name, opens in (("link.env", False), ("folder/outside.env", False), ("inside.env", True), ("inner.env", True)):
            self.put("repo/.oidcgen.yaml", f"env_files: {name}")
            self.assertEqual(self.lint(self.folder / "repo").status != 2, opens, name)


if __name__ == "__main__":
    unittest.main()
