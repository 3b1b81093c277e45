#!/usr/bin/env python3
"""Takes both configurations as oidcgen writes them, changes one setting, and compares the report with a table.

A row says what a setting is changed to, on which side, for which versions, where each device then stops, by which rule,
and at which settings the finding points (its place first, then its notes). No stage means that every login still works
and nothing above a note is said. The table was written by hand from the public documents named in its rows.
"""

import base64
import copy
import hashlib
import json
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

import yaml

OIDCGEN = os.environ["OIDCGEN"]
SECRET = "made-up-secret-of-the-mutations-0123456789abcdef"
WEB, LINK, MOBILE = "web", "link", "mobile"
ALL = (WEB, LINK, MOBILE)
DROP = object()  # the setting is removed

# Authelia, Immich
OLD = ("4.38", "1.112.1")
BASIC = ("4.39", "1.131.3")
POST = ("4.39", "1.132.3")
CHOICE_38 = ("4.38", "2.7.5")
CHOICE = ("4.39", "2.7.5")
NEWEST = ("4.39", "3.2.2")
EVERY = (OLD, BASIC, POST, CHOICE_38, CHOICE, NEWEST)
WITH_PKCE = (CHOICE_38, CHOICE, NEWEST)

CLIENT = "/identity_providers/oidc/clients/0"
WEB_URI = "https://photos.example.com/auth/login"
LINK_URI = "https://photos.example.com/user-settings"

# (side, versions, setting, value, {device: stage}, rule, first place)
ROWS = [
    # RFC 6749 section 2.2 and Authelia's clients documentation: the id is compared letter by letter.
    ("immich", EVERY, "clientId", "Immich", dict.fromkeys(ALL, "authorize"), "client-id-unknown", "/oauth/clientId"),
    ("authelia", EVERY, "client_id", "other", dict.fromkeys(ALL, "authorize"), "client-id-unknown", "/oauth/clientId"),
    # RFC 6749 section 3.1.2.3: redirect URIs are compared as strings; Immich's documentation lists the three of them.
    ("authelia", EVERY, "redirect_uris/0", WEB_URI + "/", {WEB: "authorize"}, "redirect-uri-unregistered", CLIENT + "/redirect_uris/0"),
    ("authelia", EVERY, "redirect_uris/0", WEB_URI.replace("https", "http"), {WEB: "authorize"}, "redirect-uri-unregistered", CLIENT + "/redirect_uris/0"),
    ("authelia", EVERY, "redirect_uris/0", WEB_URI.replace("photos.", "photos2."), {WEB: "authorize"}, "redirect-uri-unregistered", CLIENT + "/redirect_uris/0"),
    ("authelia", EVERY, "redirect_uris/0", DROP, {WEB: "authorize"}, "redirect-uri-unregistered", CLIENT + "/redirect_uris"),
    ("authelia", EVERY, "redirect_uris/1", DROP, {LINK: "authorize"}, "redirect-uri-unregistered", CLIENT + "/redirect_uris"),
    ("authelia", EVERY, "redirect_uris/2", DROP, {MOBILE: "authorize"}, "redirect-uri-unregistered", CLIENT + "/redirect_uris"),
    # https://github.com/immich-app/immich/pull/10832: the app's address changed in 1.113.0.
    ("authelia", (OLD,), "redirect_uris/2", "app.immich:///oauth-callback", {MOBILE: "authorize"}, "redirect-uri-unregistered", CLIENT + "/redirect_uris/2"),
    ("authelia", (BASIC, NEWEST), "redirect_uris/2", "app.immich:/", {MOBILE: "authorize"}, "redirect-uri-unregistered", CLIENT + "/redirect_uris/2"),
    # https://github.com/immich-app/immich/pull/17968 and issue 17825: one method, fixed before 1.133.0.
    ("authelia", (OLD, BASIC), "token_endpoint_auth_method", "client_secret_post", dict.fromkeys(ALL, "token"), "auth-method-mismatch", CLIENT + "/token_endpoint_auth_method"),
    ("authelia", (POST,), "token_endpoint_auth_method", "client_secret_basic", dict.fromkeys(ALL, "token"), "auth-method-mismatch", CLIENT + "/token_endpoint_auth_method"),
    ("authelia", (POST,), "token_endpoint_auth_method", DROP, dict.fromkeys(ALL, "token"), "auth-method-mismatch", CLIENT + "/token_endpoint_auth_method"),
    ("authelia", (OLD, BASIC, CHOICE, NEWEST), "token_endpoint_auth_method", DROP, {}, None, None),
    ("immich", WITH_PKCE, "tokenEndpointAuthMethod", "client_secret_post", dict.fromkeys(ALL, "token"), "auth-method-mismatch", "/oauth/tokenEndpointAuthMethod"),
    # RFC 7636; Immich sends a code challenge from 1.132.0 on.
    ("authelia", (OLD, BASIC), "require_pkce", True, dict.fromkeys(ALL, "authorize"), "pkce-demanded", CLIENT + "/require_pkce"),
    ("authelia", (OLD, BASIC), "pkce_challenge_method", "S256", dict.fromkeys(ALL, "authorize"), "pkce-demanded", CLIENT + "/pkce_challenge_method"),
    ("authelia", (POST, CHOICE, NEWEST), "require_pkce", True, {}, None, None),
    ("authelia", WITH_PKCE, "require_pkce", False, {}, None, None),
    ("authelia", (POST, CHOICE, NEWEST), "pkce_challenge_method", "plain", dict.fromkeys(ALL, "authorize"), "code-challenge-method-unusable", CLIENT + "/pkce_challenge_method"),
    # RFC 6749 section 3.3: a scope that is not registered is refused.
    ("immich", EVERY, "scope", "openid email profile groups", dict.fromkeys(ALL, "authorize"), "scope-unregistered", CLIENT + "/scopes"),
    ("authelia", EVERY, "scopes/2", DROP, dict.fromkeys(ALL, "authorize"), "scope-unregistered", CLIENT + "/scopes"),
    ("authelia", EVERY, "scopes", DROP, {}, None, None),
    # https://openid.net/specs/openid-connect-core-1_0.html: without openid there is no ID token.
    ("immich", (OLD, BASIC), "scope", "email profile", dict.fromkeys(ALL, "id_token"), "openid-scope-missing", "/oauth/scope"),
    ("immich", (POST, CHOICE, NEWEST), "scope", "email profile", dict.fromkeys(ALL, "userinfo"), "openid-scope-missing", "/oauth/scope"),
    ("immich", (CHOICE_38,), "scope", "email profile", {}, None, None),
    # Immich makes accounts by their mail address; linking needs none.
    ("immich", EVERY, "scope", "openid profile", {WEB: "account", MOBILE: "account"}, "email-not-sent", "/oauth/scope"),
    # The secret and its digest.
    ("immich", EVERY, "clientSecret", "another-made-up-secret-of-the-mutations-98765", dict.fromkeys(ALL, "token"), "secret-mismatch", "/oauth/clientSecret"),
    # Authelia's response object algorithms against signingAlgorithm and profileSigningAlgorithm.
    ("immich", EVERY, "signingAlgorithm", "rs256", dict.fromkeys(ALL, "id_token"), "id-token-alg-mismatch", "/oauth/signingAlgorithm"),
    ("immich", (OLD, BASIC, POST, CHOICE, NEWEST), "profileSigningAlgorithm", "RS256", dict.fromkeys(ALL, "userinfo"), "userinfo-alg-mismatch", "/oauth/profileSigningAlgorithm"),
    # https://github.com/immich-app/immich/pull/26717: 4.38 puts the mail address into the ID token, so 2.6 asks no further.
    ("immich", (CHOICE_38,), "profileSigningAlgorithm", "RS256", {}, None, None),
    ("authelia", (OLD, BASIC), "userinfo_signed_response_alg", "RS256", dict.fromkeys(ALL, "userinfo"), "userinfo-alg-mismatch", CLIENT + "/userinfo_signed_response_alg"),
    ("authelia", (POST, CHOICE, NEWEST), "userinfo_signed_response_alg", "RS256", {}, None, None),
    # Response and grant types of the authorization code flow.
    ("authelia", EVERY, "response_types", DROP, {}, None, None),
    ("authelia", EVERY, "grant_types", DROP, {}, None, None),
    # https://openid.net/specs/openid-connect-discovery-1_0.html: where the metadata stand.
    ("immich", EVERY, "issuerUrl", "https://auth.example.com/.well-known/openid-configuration", {}, None, None),
    ("immich", EVERY, "issuerUrl", "https://auth.example.com/", {}, None, None),
    ("immich", EVERY, "issuerUrl", "https://auth.example.com/api/oidc", dict.fromkeys(ALL, "discovery"), "issuer-path-wrong", "/oauth/issuerUrl"),
    # What does not take part in a login.
    ("authelia", EVERY, "client_name", "Fotos", {}, None, None),
    ("immich", EVERY, "buttonText", "", {}, None, None),
    ("immich", EVERY, "autoLaunch", True, {}, None, None),
]


def made_digest():
    salt = b"a made-up salt!!"
    key = hashlib.pbkdf2_hmac("sha512", SECRET.encode(), salt, 1000)

    def written(data):
        return base64.b64encode(data).decode().rstrip("=").replace("+", ".")

    return f"$pbkdf2-sha512$1000${written(salt)}${written(key)}"


def changed(settings, path, value):
    *parents, last = [int(part) if part.isdigit() else part for part in path.split("/")]
    result = copy.deepcopy(settings)
    place = result
    for part in parents:
        place = place[part]
    if value is DROP:
        del place[last]
    else:
        place[last] = value
    return result


class Mutations(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.digest = made_digest()
        cls.sides = {}

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def run_oidcgen(self, *arguments):
        return subprocess.run([OIDCGEN, *arguments], cwd=self.folder.name, stdin=subprocess.DEVNULL, capture_output=True,
                              check=False, timeout=100)

    def outputs(self, versions):
        if versions not in self.sides:
            Path(self.folder.name, "secret").write_text(SECRET)
            site = ["--domain", "example.com", "--subdomain", "photos", "--client-id", "immich", "--authelia-version",
                    versions[0], "--immich-version", versions[1]]
            authelia = self.run_oidcgen("authelia", *site, "--digest", self.digest)
            immich = self.run_oidcgen("immich", *site, "--secret-file", "secret")
            self.assertEqual((authelia.returncode, immich.returncode), (0, 0), authelia.stderr + immich.stderr)
            self.sides[versions] = (yaml.safe_load(authelia.stdout), json.loads(immich.stdout))
        return self.sides[versions]

    def lint(self, versions, authelia, immich):
        Path(self.folder.name, "authelia.yml").write_text(yaml.safe_dump(authelia, sort_keys=False))
        Path(self.folder.name, "immich.json").write_text(json.dumps(immich, indent=2))
        done = self.run_oidcgen("lint", "--format", "json", "--authelia-version", versions[0], "--immich-version", versions[1],
                                "--provider-url", "https://auth.example.com", "--address", "https://photos.example.com",
                                "authelia.yml", "immich.json")
        return json.loads(done.stdout)

    def test_what_is_written_reads_back_and_works(self):
        for versions in EVERY:
            with self.subTest(versions=versions):
                report = self.lint(versions, *self.outputs(versions))
                self.assertEqual([f for f in report["findings"] if f["severity"] != "note"], [])
                self.assertEqual({login["device"]: login["outcome"] for login in report["logins"]}, dict.fromkeys(ALL, "works"))

    def test_one_changed_setting_stops_the_devices_of_its_row(self):
        for side, all_versions, setting, value, stages, rule, pointer in ROWS:
            for versions in all_versions:
                authelia, immich = self.outputs(versions)
                if side == "immich" and setting not in immich["oauth"]:
                    continue  # the version does not know it
                with self.subTest(side=side, setting=setting, value="removed" if value is DROP else value, versions=versions):
                    if side == "authelia":
                        client = changed(authelia["identity_providers"]["oidc"]["clients"][0], setting, value)
                        report = self.lint(versions, {"identity_providers": {"oidc": {"clients": [client]}}}, immich)
                    else:
                        report = self.lint(versions, authelia, {"oauth": changed(immich["oauth"], setting, value)})
                    found = {login["device"]: login["stage"] for login in report["logins"] if login["outcome"] == "fails"}
                    self.assertEqual(found, stages)
                    unknown = [login["device"] for login in report["logins"] if login["outcome"] == "unknown"]
                    self.assertEqual(unknown, [])
                    said = [(f["name"], f["pointer"]) for f in report["findings"] if f["severity"] != "note"]
                    self.assertEqual(said, [(rule, pointer)] if rule else [])


if __name__ == "__main__":
    unittest.main()
