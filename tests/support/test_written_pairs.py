"""What is written for Google and for any other provider, in each line of Immich's releases and for each way to log in,
works with a made-up client and made-up metadata.

Needs OIDCGEN, RUN_MANY (see program.py) and DESCRIBE_SYSTEMS (the program that prints the table of systems) in the
environment.
"""

import json
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

import program

ADDRESS = "https://photos.example.com"
CLIENT_ID = "123456789012-madeupmadeupmadeupmadeupmadeup12.apps.googleusercontent.com"
SECRET = "GOCSPX-made-up-secret-0123456789abc"
ISSUER = "https://id.example.com/realms/home"
METADATA = {
    "issuer": ISSUER, "authorization_endpoint": f"{ISSUER}/authorize", "token_endpoint": f"{ISSUER}/token",
    "userinfo_endpoint": f"{ISSUER}/userinfo", "jwks_uri": f"{ISSUER}/keys",
    "scopes_supported": ["openid", "email", "profile"],
    "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
    "id_token_signing_alg_values_supported": ["RS256"], "code_challenge_methods_supported": ["S256"],
}


def lines():
    """The lines of Immich that settings are written for."""
    systems = json.loads(subprocess.run([os.environ["DESCRIBE_SYSTEMS"]], capture_output=True, check=True).stdout)
    (immich,) = (it for it in systems if it["name"] == "immich")
    return [it for it in immich["lines"] if tuple(map(int, it.split("."))) >= (1, 118)]


class WrittenPairs(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="oidcgen-test-")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        (self.folder / "client.secret").write_text(SECRET + "\n")

    def written(self, *options):
        result = program.run(self.folder, "immich", "--domain", "example.com", "--subdomain", "photos",
                             "--secret-file", "client.secret", "--auto-register", "true", *options)
        self.assertEqual(result.status, 0, result.stderr)
        (self.folder / "immich.json").write_text(result.stdout)
        return json.loads(result.stdout)["oauth"]

    def logins(self, *arguments):
        report = json.loads(program.run(self.folder, "lint", "--format", "json", "immich.json", *arguments).stdout)
        return {it["device"]: (it["outcome"], it["assumes"]) for it in report["logins"]}, report

    def test_google(self):
        self.assertGreater(len(lines()), 20)
        for line in lines():
            with self.subTest(immich=line):
                oauth = self.written("--provider", "google", "--client-id", CLIENT_ID, "--immich-version", line)
                listed = json.loads(program.run(self.folder, "google", "--domain", "example.com", "--subdomain", "photos",
                                                "--provider", "google", "--immich-version", line, "--format", "json").stdout)
                (uris,) = (it["values"] for it in listed["items"] if it["name"] == "redirect_uris")
                client = {"web": {"client_id": CLIENT_ID, "client_secret": SECRET, "redirect_uris": uris,
                                  "auth_uri": "https://accounts.google.com/o/oauth2/auth"}}
                (self.folder / "client_secret.json").write_text(json.dumps(client))
                logins, _ = self.logins("client_secret.json", "--address", ADDRESS, "--immich-version", line)
                self.assertEqual(logins, {way: ("works", []) for way in ("web", "link", "mobile")})
                self.assertIn(oauth["mobileRedirectUri"], uris)

    def test_other(self):
        (self.folder / "metadata.json").write_text(json.dumps(METADATA))
        for line in lines():
            with self.subTest(immich=line):
                self.written("--provider", "other", "--client-id", "photos", "--metadata", "metadata.json",
                             "--immich-version", line)
                logins, report = self.logins("--metadata", "metadata.json", "--address", ADDRESS, "--immich-version", line)
                self.assertEqual(logins, {way: ("works", ["provider"]) for way in ("web", "link", "mobile")})
                (to_check,) = report["to_check"]
                listed = json.loads(program.run(self.folder, "checklist", "--domain", "example.com", "--subdomain",
                                                "photos", "--provider", "other", "--client-id", "photos", "--metadata",
                                                "metadata.json", "--immich-version", line, "--format", "json").stdout)
                by_name = [{it["name"]: sorted(it["values"]) for it in items} for items in (to_check["items"], listed["items"])]
                for name in ("redirect_uris", "scope", "token_endpoint_auth_method", "client_id"):
                    self.assertEqual(by_name[0][name], by_name[1][name])


if __name__ == "__main__":
    unittest.main()
