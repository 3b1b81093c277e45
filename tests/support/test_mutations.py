#!/usr/bin/env python3
"""What oidcgen writes are the pairs of mutations.json, which are changed one setting at a time by a unit test, and each
works as it was written."""

import json
import unittest
from pathlib import Path

import yaml

import program

TABLE = json.loads(Path(__file__).with_name("mutations.json").read_text(encoding="utf-8"))


class Mutations(unittest.TestCase):
    def setUp(self):
        folder = program.folder_with_secret()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        (self.folder / "secret").write_text(TABLE["secret"])

    def test_the_pairs_are_what_is_written_and_work(self):
        for pair in TABLE["pairs"]:
            with self.subTest(pair=pair["name"]):
                versions = ["--authelia-version", pair["authelia"], "--immich-version", pair["immich"]]
                site = ["--domain", "example.com", "--subdomain", "photos", "--client-id", "immich", *versions]
                authelia = program.run(self.folder, "authelia", *site, "--digest", pair["client"]["client_secret"])
                immich = program.run(self.folder, "immich", *site, "--secret-file", "secret")
                self.assertEqual((authelia.status, immich.status), (0, 0), authelia.stderr + immich.stderr)
                self.assertEqual(yaml.safe_load(authelia.stdout),
                                 {"identity_providers": {"oidc": {"clients": [
                                     pair["client"] | {"pre_configured_consent_duration": "1 year"}]}}})
                self.assertEqual(json.loads(immich.stdout), {"oauth": pair["oauth"]})

                (self.folder / "authelia.yml").write_text(authelia.stdout)
                (self.folder / "immich.json").write_text(immich.stdout)
                done = program.run(self.folder, "lint", "--format", "json", *versions,
                                   "--provider-url", "https://auth.example.com", "--address", "https://photos.example.com",
                                   "authelia.yml", "immich.json")
                report = json.loads(done.stdout)
                self.assertEqual([f for f in report["findings"] if f["severity"] != "note"], [])
                self.assertEqual({login["device"]: login["outcome"] for login in report["logins"]},
                                 dict.fromkeys(("web", "link", "mobile"), "works"))


if __name__ == "__main__":
    unittest.main()
