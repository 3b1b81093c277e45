#!/usr/bin/env python3
"""Both outputs, read back by lint for the same releases, have no fault, and every login is predicted to work.

In every line of Immich's releases, with every way to authenticate that it has, through the app's own address and an
override, with Authelia 4.38 and 4.39; Immich's settings both as a configuration file and as an import.
"""

import json
import unittest
from pathlib import Path

import program

AUTHELIA = ("4.38", "4.39")
# https://github.com/immich-app/immich/tags, from the oldest that a configuration is written for
IMMICH = (
    [f"1.{minor}" for minor in range(95, 145)] + [f"2.{minor}" for minor in range(8)] + [f"3.{minor}" for minor in range(3)]
)
BASIC, POST = "client_secret_basic", "client_secret_post"
SECRET = "made-up-secret-of-the-read-back-test-0123456789"


def methods(immich):
    """https://github.com/immich-app/immich/pull/17968 and issue 17825: no choice before 1.133."""
    line = tuple(map(int, immich.split(".")))
    return (BASIC,) if line < (1, 132) else (POST,) if line < (1, 133) else (BASIC, POST)


class ReadBack(unittest.TestCase):
    def setUp(self):
        folder = program.folder_with_secret()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        (self.folder / "made.secret").write_text(SECRET)
        made = program.run(self.folder, "hash", "--iterations=100000", "made.secret")
        (self.folder / "made.digest").write_text(made.stdout)

    def write(self, side, name, *arguments):
        key = "--digest-file=made.digest" if side == "authelia" else "--secret-file=made.secret"
        done = program.run(
            self.folder, side, "--domain=example.com", "--subdomain=photos", "--client-id=immich", key,
            f"--output={name}", "--force", *arguments,
        )
        self.assertEqual(done.status, 0, done.stderr)

    def report(self, *arguments):
        done = program.run(self.folder, "lint", "--format=json", *arguments)
        return json.loads(done.stdout)

    def assert_works(self, report, logins=3):
        self.assertEqual([it["name"] for it in report["findings"] if it["severity"] != "note"], [])
        self.assertEqual([it["outcome"] for it in report["logins"]], ["works"] * logins)
        self.assertEqual([it["lost"] for it in report["logins"]], [[]] * logins)

    def test_every_release_line(self):
        for at, immich in enumerate(IMMICH):
            for method in methods(immich):
                for mobile in ("direct", "override"):
                    authelia = AUTHELIA[at % 2]
                    with self.subTest(authelia=authelia, immich=immich, method=method, mobile=mobile):
                        versions = (f"--authelia-version={authelia}", f"--immich-version={immich}")
                        how = (*versions, f"--auth-method={method}", f"--mobile={mobile}")
                        self.write("authelia", "authelia.yml", *how)
                        self.write("immich", "immich.json", *how)
                        self.assert_works(self.report(*versions, "authelia.yml", "immich.json"))

    def test_every_release_line_as_import(self):
        for immich in IMMICH:
            with self.subTest(immich=immich):
                self.write("immich", "immich.json", f"--immich-version={immich}")
                report = self.report(f"--immich-version={immich}", "--use=import", "immich.json")
                self.assert_works(report)

    def test_the_provider_alone(self):
        """Whatever the method is that this release has by default, nothing is said to fail."""
        for at, immich in enumerate(IMMICH):
            with self.subTest(immich=immich):
                versions = (f"--authelia-version={AUTHELIA[at % 2]}", f"--immich-version={immich}")
                self.write("authelia", "authelia.yml", *versions)
                report = self.report(*versions, "authelia.yml")
                self.assertEqual([it["name"] for it in report["findings"] if it["severity"] != "note"], [])
                self.assertEqual([it["outcome"] for it in report["logins"] if it["outcome"] == "fails"], [])
                self.assertEqual([it["assumes"][0] for it in report["logins"]], ["application"] * 3)

    def test_every_style_and_format(self):
        for authelia in AUTHELIA:
            for immich in ("1.99", "1.131", "1.132", "1.134", "2.7", "3.2"):
                for style in ("client", "snippet", "full"):
                    with self.subTest(authelia=authelia, immich=immich, style=style):
                        versions = (f"--authelia-version={authelia}", f"--immich-version={immich}")
                        claims = ("--quota-claim=immich_quota",) if (authelia, style) == ("4.39", "full") else ()
                        self.write("authelia", "authelia.yml", *versions, *claims, f"--style={style}")
                        self.write("immich", "immich.yml", *versions, *claims, "--format=yaml")
                        self.assert_works(self.report(*versions, "authelia.yml", "immich.yml"))


if __name__ == "__main__":
    unittest.main()
