"""Every setting of both sides, for releases on each side of every known change.

The expected values are written out here from the public documents of both projects, not taken from oidcgen:
Immich's settings object as its OpenAPI file describes it at each release, and Authelia's client keys with their guide
for Immich (https://www.authelia.com/integration/openid-connect/clients/immich/).
"""

import json
import unittest
from pathlib import Path

import yaml

import program

ABSENT = object()

AUTHELIA = ("4.38", "4.39")
IMMICH = ("1.95.0", "1.112.1", "1.113.0", "1.131.3", "1.132.3", "1.133.0", "1.135.3", "2.7.5", "3.2.2")

BASIC, POST = "client_secret_basic", "client_secret_post"
WELL_KNOWN = "https://auth.example.com/.well-known/openid-configuration"
ISSUER = "https://auth.example.com"
OLD_APP, APP = "app.immich:/", "app.immich:///oauth-callback"
OVERRIDE = "https://photos.example.com/api/oauth/mobile-redirect"

# fmt: off
# What Immich's `oauth` object holds in each release; "method" and "override" stand for what the login asks for.
METHOD, ON_OVERRIDE, OVERRIDE_URI = object(), object(), object()
IMMICH_SETTINGS = {
    # setting                 1.95.0      1.112.1     1.113.0     1.131.3     1.132.3     1.133.0  1.135.3  2.7.5    3.2.2
    "accountManagementUrl":    (ABSENT,     ABSENT,     ABSENT,     ABSENT,     ABSENT,     ABSENT,  ABSENT,  ABSENT,  ""),
    "allowInsecureRequests":   (ABSENT,     ABSENT,     ABSENT,     ABSENT,     ABSENT,     ABSENT,  ABSENT,  ABSENT,  False),
    "autoLaunch":              (False,      False,      False,      False,      False,      False,   False,   False,   False),
    "autoRegister":            (True,       True,       True,       True,       True,       True,    True,    True,    True),
    "buttonText":              ("Login with Authelia",) * 9,
    "clientId":                ("immich",) * 9,
    "clientSecret":            (program.SAMPLE_SECRET,) * 9,
    "defaultStorageQuota":     (ABSENT,     0,          0,          0,          0,          0,       None,    None,    None),
    "enabled":                 (True,       True,       True,       True,       True,       True,    True,    True,    True),
    "endSessionEndpoint":      (ABSENT,     ABSENT,     ABSENT,     ABSENT,     ABSENT,     ABSENT,  ABSENT,  ABSENT,  ""),
    "issuerUrl":               (WELL_KNOWN, WELL_KNOWN, WELL_KNOWN, WELL_KNOWN, WELL_KNOWN, ISSUER,  ISSUER,  ISSUER,  ISSUER),
    "mobileOverrideEnabled":   (ON_OVERRIDE,) * 9,
    "mobileRedirectUri":       (OVERRIDE_URI,) * 9,
    "profileSigningAlgorithm": (ABSENT,     "none",     "none",     "none",     "none",     "none",  "none",  "none",  "none"),
    "prompt":                  (ABSENT,     ABSENT,     ABSENT,     ABSENT,     ABSENT,     ABSENT,  ABSENT,  ABSENT,  ""),
    "roleClaim":               (ABSENT,     ABSENT,     ABSENT,     ABSENT,     ABSENT,     ABSENT,  ABSENT,  "immich_role", "immich_role"),
    "scope":                   ("openid profile email",) * 9,
    "signingAlgorithm":        ("RS256",) * 9,
    "storageLabelClaim":       ("preferred_username",) * 9,
    "storageQuotaClaim":       (ABSENT,) + ("immich_quota",) * 8,
    "timeout":                 (ABSENT,     ABSENT,     ABSENT,     ABSENT,     ABSENT,     30000,   30000,   30000,   30000),
    "tokenEndpointAuthMethod": (ABSENT,     ABSENT,     ABSENT,     ABSENT,     ABSENT,     METHOD,  METHOD,  METHOD,  METHOD),
}

# What the Authelia client must say for each release of Immich. The method without a choice comes first.
#               1.95.0   1.112.1  1.113.0  1.131.3  1.132.3  1.133.0        1.135.3        2.7.5          3.2.2
METHODS =      ((BASIC,), (BASIC,), (BASIC,), (BASIC,), (POST,), (BASIC, POST), (BASIC, POST), (BASIC, POST), (BASIC, POST))
APP_URI =      (OLD_APP, OLD_APP, APP,     APP,     APP,     APP,           APP,           APP,           APP)
REQUIRE_PKCE = (False,   False,   False,   False,   False,   True,          True,          True,          True)
PKCE_METHOD =  ("",      "",      "",      "",      "",      "S256",        "S256",        "S256",        "S256")
# fmt: on


def immich_settings(immich: str, method: str, mobile: str) -> dict:
    column = IMMICH.index(immich)
    chosen = {
        METHOD: method,
        ON_OVERRIDE: mobile == "override",
        OVERRIDE_URI: OVERRIDE if mobile == "override" else "",
    }
    values = {key: row[column] for key, row in IMMICH_SETTINGS.items() if row[column] is not ABSENT}
    return {key: chosen[value] if type(value) is object else value for key, value in values.items()}


def authelia_client(immich: str, method: str, mobile: str) -> dict:
    column = IMMICH.index(immich)
    return {
        "client_id": "immich",
        "client_name": "Immich",
        "client_secret": program.SAMPLE_DIGEST,
        "public": False,
        "authorization_policy": "two_factor",
        "pre_configured_consent_duration": "1 year",
        "require_pkce": REQUIRE_PKCE[column],
        "pkce_challenge_method": PKCE_METHOD[column],
        "redirect_uris": [
            "https://photos.example.com/auth/login",
            "https://photos.example.com/user-settings",
            OVERRIDE if mobile == "override" else APP_URI[column],
        ],
        "scopes": ["openid", "profile", "email"],
        "response_types": ["code"],
        "grant_types": ["authorization_code"],
        "access_token_signed_response_alg": "none",
        "id_token_signed_response_alg": "RS256",
        "userinfo_signed_response_alg": "none",
        "token_endpoint_auth_method": method,
    }


class SettingsByVersion(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        folder = program.folder_with_secret()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def run_side(self, side: str, *arguments: str) -> program.Result:
        site = ("--domain", "example.com", "--subdomain", "photos", "--client-id", "immich")
        key = ("--digest-file", "sample.digest") if side == "authelia" else ("--secret-file", "sample.secret")
        return program.run(self.folder, side, *site, *key, *arguments)

    def written(self, side: str, *arguments: str):
        result = self.run_side(side, *arguments)
        self.assertEqual(result.status, 0, result.stderr)
        return yaml.safe_load(result.stdout) if side == "authelia" else json.loads(result.stdout)

    def assert_both(self, immich: str, method: str, mobile: str, *arguments: str):
        self.assertEqual(
            self.written("authelia", *arguments),
            {"identity_providers": {"oidc": {"clients": [authelia_client(immich, method, mobile)]}}},
        )
        self.assertEqual(self.written("immich", *arguments), {"oauth": immich_settings(immich, method, mobile)})

    def test_every_setting(self):
        for authelia in AUTHELIA:
            for immich, methods in zip(IMMICH, METHODS):
                for method in methods:
                    for mobile in ("direct", "override"):
                        with self.subTest(authelia=authelia, immich=immich, method=method, mobile=mobile):
                            self.assert_both(
                                immich, method, mobile, "--authelia-version", authelia, "--immich-version", immich,
                                "--auth-method", method, "--mobile", mobile,
                            )

    def test_method_without_a_choice(self):
        for immich, methods in zip(IMMICH, METHODS):
            with self.subTest(immich=immich):
                self.assert_both(immich, methods[0], "direct", "--immich-version", immich)

    def test_newest_without_versions(self):
        self.assert_both("3.2.2", BASIC, "direct")

    def test_method_that_the_release_does_not_have(self):
        for immich, methods in zip(IMMICH, METHODS):
            for method in {BASIC, POST} - set(methods):
                for side in ("authelia", "immich"):
                    with self.subTest(immich=immich, method=method, side=side):
                        result = self.run_side(side, "--immich-version", immich, "--auth-method", method)
                        self.assertEqual((result.status, result.stdout), (2, ""))
                        self.assertIn(method, result.stderr)
                        self.assertIn(methods[0], result.stderr)

    def test_releases_that_are_too_old_or_unknown(self):
        for flag, version in (
            ("--immich-version", "1.94.1"), ("--immich-version", "1.145.0"), ("--immich-version", "2.8"),
            ("--authelia-version", "4.37"), ("--authelia-version", "4.38.0-rc.1"),
        ):
            for side in ("authelia", "immich"):
                with self.subTest(flag=flag, version=version, side=side):
                    result = self.run_side(side, flag, version)
                    self.assertEqual((result.status, result.stdout), (2, ""))
                    self.assertIn(version, result.stderr)

    def test_releases_that_are_newer_than_the_known_ones(self):
        for flag, version, known in (
            ("--immich-version", "9", "3.2.2"), ("--immich-version", "2.7.9", "2.7.5"),
            ("--authelia-version", "4.40", "4.39.20"), ("--authelia-version", "4.39.28", "4.39.20"),
        ):
            for side in ("authelia", "immich"):
                with self.subTest(flag=flag, version=version, side=side):
                    result, as_known = self.run_side(side, flag, version), self.run_side(side, flag, known)
                    self.assertEqual((result.status, as_known.status), (0, 0))
                    self.assertNotIn("newer than", as_known.stderr)
                    self.assertRegex(result.stderr, f"{version} is newer than the releases known here, so it is treated as {known}")
                    self.assertEqual(settings_alone(result.stdout), settings_alone(as_known.stdout))


def settings_alone(text: str) -> list[str]:
    """Without comments, which name the release."""
    return [line for line in text.splitlines() if not line.startswith("#")]


if __name__ == "__main__":
    unittest.main()
