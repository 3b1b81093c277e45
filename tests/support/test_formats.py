"""All forms of a report tell the same findings, each as the programs that read it want it: with findings, without, with
suppressed ones, and with a thousand.

Needs OIDCGEN (the program) and RUN_MANY (the one that runs its commands in one process) in the environment.
"""

import collections
import json
import re
import tempfile
import unittest
import urllib.parse
import xml.etree.ElementTree
from pathlib import Path

import program
from marks import RANDOM, betrayed

FORMATS = ("text", "concise", "json", "sarif", "github", "gitlab", "junit")
BUDGET = 10  # annotations of one level that GitHub shows
PROVIDER = """\
identity_providers:
  oidc:
    clients:
      - client_id: immich
        client_secret: '$plaintext$insecure_secret_for_tests'
        redirect_uris:
          - https://photos.example.com/auth/login
          - https://photos.example.com/user-settings
        token_endpoint_auth_method: client_secret_post
session:
  cookies: [{domain: example.com, authelia_url: https://auth.example.com}]
"""
APPLICATION = """\
oauth:
  enabled: true
  issuerUrl: https://auth.example.com
  clientId: immich
  clientSecret: insecure_secret_for_tests
  scope: openid email profile
  mobileOverrideEnabled: true
  mobileRedirectUri: https://photos.example.com/api/oauth/mobile-redirect
server: {externalDomain: https://photos.example.com}
"""
UNREGISTERED = "redirect-uri-unregistered"
GOOD = "oauth:\n  enabled: false\n"


def many(clients):
    """A file with a fault in each client."""
    return "identity_providers:\n  oidc:\n    clients:\n" + "".join(
        f"      - client_id: c{number}\n        public: true\n        consent_mode: maybe\n"
        f"        redirect_uris: ['https://photos.example.com/']\n" for number in range(clients))


Told = collections.namedtuple("Told", "name path line severity")
LEVELS = {"error": "error", "warning": "warning", "note": "note", "notice": "note", "major": "error",
          "minor": "warning", "info": "note"}
HEADLINE = re.compile(r"^(?P<path>[^ \n][^\n]*?):(?P<line>\d+):\d+: (?P<level>error|warning|note): "
                      r".*\[(?P<name>[a-z0-9-]+)(?: OG\d{4})?\]$", re.M)
COMMAND = re.compile(r"^::(?P<level>error|warning|notice) (?P<properties>[^\n]*?)::(?P<message>[^\n]*)$", re.M)


def unescaped(text):
    return re.sub("%([0-9A-F]{2})", lambda match: chr(int(match[1], 16)), text)


def annotations(text):
    """What a runner of GitHub Actions reads: level, properties and message of each command."""
    for match in COMMAND.finditer(text):
        pairs = [pair.partition("=") for pair in match["properties"].split(",")]
        yield match["level"], {name: unescaped(value) for name, _, value in pairs}, unescaped(match["message"])


def told_by(form, text):
    """What a report tells: findings that count, and suppressed ones."""
    told, suppressed = [], []
    if form in ("text", "concise"):
        told = [Told(m["name"], m["path"], int(m["line"]), m["level"]) for m in HEADLINE.finditer(text)]
    elif form == "json":
        for it in json.loads(text)["findings"]:
            (suppressed if it["suppressed"] else told).append(
                Told(it["name"], it["path"], it["start"]["line"], it["severity"]))
    elif form == "sarif":
        run = json.loads(text)["runs"][0]
        for it in run["results"]:
            rule = run["tool"]["driver"]["rules"][it["ruleIndex"]]
            assert rule["id"] == it["ruleId"]
            name = re.sub("([A-Z])", r"-\1", rule["name"]).lower().removeprefix("-")
            place = it["locations"][0]["physicalLocation"]
            (suppressed if it["suppressions"] else told).append(
                Told(name, urllib.parse.unquote(place["artifactLocation"]["uri"]), place["region"]["startLine"],
                     it["level"]))
    elif form == "github":
        for level, properties, _ in annotations(text):
            name = re.fullmatch(r"oidcgen \(OG\d{4} ([a-z0-9-]+)\)", properties["title"])[1]
            told.append(Told(name, properties["file"], int(properties["line"]), LEVELS[level]))
    elif form == "gitlab":
        for it in json.loads(text):
            told.append(Told(it["check_name"], it["location"]["path"], it["location"]["lines"]["begin"],
                             LEVELS[it["severity"]]))
    else:
        for case in xml.etree.ElementTree.fromstring(text.encode()).iter("testcase"):
            failure = case.find("failure")
            if len(case) == 0:
                continue
            level = "note" if failure is None else failure.get("type")
            (told if case.find("skipped") is None else suppressed).append(
                Told(case.get("name").split()[0], case.get("file"), int(case.get("line")), level))
    return collections.Counter(told), collections.Counter(suppressed)


class Formats(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        holder = tempfile.TemporaryDirectory(prefix="oidcgen-test-")
        self.addCleanup(holder.cleanup)
        self.folder = Path(holder.name)

    def put(self, **files):
        for name, text in files.items():
            (self.folder / name.replace("_", ".")).write_text(text)

    def lint(self, *arguments, more=None):
        done = program.run_bytes(self.folder, "lint", *arguments, more=more, seconds=120)
        self.assertIn(done.returncode, (0, 1, 2), done.stderr)
        return program.Result(done.stdout.decode(), done.stderr.decode(), done.returncode)

    def reports(self, *arguments):
        """Every form of one run."""
        asked = [word for form in FORMATS for word in ("--report", f"{form}=out.{form}")]
        done = self.lint(*arguments, *asked)
        self.assertIn(done.status, (0, 1), done.stderr)
        return {form: (self.folder / f"out.{form}").read_text() for form in FORMATS}

    def json(self, *arguments):
        return json.loads(self.lint(*arguments, "--format", "json").stdout)

    def names(self, *arguments):
        return {it["name"] for it in self.json(*arguments)["findings"] if not it["suppressed"]}

    # The four states of a run.

    def states(self):
        """The files of each state, and whether there are findings and suppressed ones."""
        self.put(provider_yml=PROVIDER, application_yml=APPLICATION, good_yml=GOOD)
        comment = f"  # oidcgen: ignore[{UNREGISTERED}] nobody uses the app\n"
        self.put(suppressed_yml=APPLICATION.replace("  mobileRedirectUri", comment + "  mobileRedirectUri"))
        thousand = [f"{number}.yml" for number in range(5)]
        for name in thousand:
            (self.folder / name).write_text(many(200))
        return {"findings": (["provider.yml", "application.yml"], True, False),
                "none": (["good.yml"], False, False),
                "suppressed": (["provider.yml", "suppressed.yml"], True, True),
                "a thousand": (thousand, True, False)}

    def test_all_forms_tell_the_same_findings(self):
        for state, (files, has_findings, has_suppressed) in self.states().items():
            reports = self.reports(*files)
            wanted, suppressed = told_by("json", reports["json"])
            self.assertEqual(bool(wanted), has_findings, state)
            self.assertEqual(bool(suppressed), has_suppressed, state)
            if state == "a thousand":
                self.assertGreaterEqual(wanted.total(), 1000)
            for form, text in reports.items():
                with self.subTest(state=state, form=form):
                    told, also = told_by(form, text)
                    if form == "github":
                        self.check_budget(told, wanted, text)
                    elif form == "text":
                        self.assertEqual(told, wanted)  # notes have no name in brackets
                    else:
                        self.assertEqual(told, wanted)
                    if form in ("sarif", "junit"):
                        places = [{it[:3] for it in some} for some in (also, suppressed)]  # junit: skipped, no level
                        self.assertEqual(places[0], places[1])
                    elif form != "json":
                        self.assertFalse(also)

    def check_budget(self, told, wanted, text):
        self.assertLessEqual(told, wanted)
        levels = [level for level, _, _ in annotations(text)]
        self.assertEqual(levels, sorted(levels, key=["error", "warning", "notice"].index))
        for level in ("error", "warning", "note"):
            count = sum(number for it, number in wanted.items() if it.severity == level)
            self.assertEqual(sum(LEVELS[it] == level for it in levels), min(count, BUDGET))
        left_out = wanted.total() - told.total()
        last = text.splitlines()[-1]
        self.assertEqual(last.startswith(f"{left_out} finding"), left_out > 0, last)

    # Each form.

    def test_sarif_has_its_fields(self):
        """style: what GitHub, editors and the schema want of SARIF 2.1.0."""
        for state, (files, _, _) in self.states().items():
            with self.subTest(state=state):
                document = json.loads(self.reports(*files)["sarif"])
                self.assertEqual(list(document), ["version", "$schema", "runs"])
                self.assertEqual(document["version"], "2.1.0")
                (run,) = document["runs"]
                self.assertEqual(set(run), {"tool", "automationDetails", "invocations", "columnKind", "results"})
                self.assertEqual(run["columnKind"], "unicodeCodePoints")
                self.assertEqual(run["automationDetails"], {"id": "oidcgen/"})
                self.assertEqual(set(run["invocations"][0]), {"executionSuccessful", "exitCode"})
                driver = run["tool"]["driver"]
                self.assertEqual(set(driver), {"name", "semanticVersion", "rules"})
                for rule in driver["rules"]:
                    self.check_sarif_rule(rule)
                self.assertEqual(len({rule["id"] for rule in driver["rules"]}), len(driver["rules"]))
                for result in run["results"]:
                    self.check_sarif_result(result)
                marks = [it["partialFingerprints"]["oidcgen/v1"] for it in run["results"]]
                self.assertEqual(len(set(marks)), len(marks))

    def check_sarif_rule(self, rule):
        self.assertRegex(rule["id"], r"^OG\d{4}$")
        self.assertRegex(rule["name"], r"^([A-Z][a-z0-9]*)+$")
        for part in ("shortDescription", "fullDescription"):
            self.assertTrue(0 < len(rule[part]["text"]) <= 1024)
        self.assertTrue(rule["help"]["text"])
        self.assertIn("When to ignore: ", rule["help"]["markdown"])
        self.assertRegex(rule["helpUri"], "^https://")
        self.assertIn(rule["defaultConfiguration"]["level"], ("error", "warning", "note"))
        properties = rule["properties"]
        self.assertTrue(0 < len(properties["tags"]) <= 10)
        self.assertEqual("security" in properties["tags"], rule["id"].startswith("OG4"))
        self.assertEqual("security-severity" in properties, rule["id"].startswith("OG4"))
        self.assertEqual(properties["precision"], "high")
        self.assertIn(properties["problem.severity"], ("error", "warning", "recommendation"))

    def check_sarif_place(self, place):
        uri = place["physicalLocation"]["artifactLocation"]["uri"]
        self.assertRegex(uri, r"^[A-Za-z0-9._~/%-]+$")
        region = place["physicalLocation"]["region"]
        self.assertEqual(list(region), ["startLine", "startColumn", "endLine", "endColumn"])
        self.assertGreaterEqual(min(region.values()), 1)
        self.assertGreaterEqual((region["endLine"], region["endColumn"]), (region["startLine"], region["startColumn"]))

    def check_sarif_result(self, result):
        self.assertIn(result["level"], ("error", "warning", "note"))
        self.assertTrue(result["message"]["text"])
        for place in (*result["locations"], *result.get("relatedLocations", [])):
            self.check_sarif_place(place)
        links = re.findall(r"\]\((\d+)\)", result["message"]["text"])
        self.assertEqual([int(it) for it in links], [it["id"] for it in result.get("relatedLocations", [])])
        for it in result["suppressions"]:
            self.assertIn(it["kind"], ("inSource", "external"))
            self.assertEqual(it["justification"], "nobody uses the app")

    def test_sarif_tells_the_other_end(self):
        self.put(provider_yml=PROVIDER, application_yml=APPLICATION)
        run = json.loads(self.reports("provider.yml", "application.yml")["sarif"])["runs"][0]
        result = next(it for it in run["results"] if it["ruleId"] == "OG3001")
        ends = {place["physicalLocation"]["artifactLocation"]["uri"]
                for place in (*result["locations"], *result["relatedLocations"])}
        self.assertEqual(ends, {"provider.yml", "application.yml"})

    def test_sarif_tells_how_the_run_ended(self):
        self.put(provider_yml=PROVIDER, application_yml=APPLICATION, list_yml="- bread\n")
        for arguments, successful, status in ((["provider.yml", "application.yml"], True, 1),
                                              (["provider.yml", "--fail-on", "never"], True, 0),
                                              (["list.yml"], False, 2), (["missing.yml"], False, 2)):
            done = self.lint(*arguments, "--format", "sarif")
            invocation = json.loads(done.stdout)["runs"][0]["invocations"][0]
            self.assertEqual((invocation["executionSuccessful"], invocation["exitCode"], done.status),
                             (successful, status, status), arguments)
            self.assertEqual("toolExecutionNotifications" in invocation, not successful)

    def fingerprints(self, *files):
        run = json.loads(self.lint(*files, "--format", "sarif").stdout)["runs"][0]
        return {(it["ruleId"], it["message"]["text"].split(". [")[0]): it["partialFingerprints"]["oidcgen/v1"]
                for it in run["results"]}

    def test_fingerprints_survive_moved_lines(self):
        self.put(provider_yml=PROVIDER, application_yml=APPLICATION)
        before = self.fingerprints("provider.yml", "application.yml")
        other = "      - client_id: other\n        public: true\n        redirect_uris: ['https://x.example.com/']\n"
        self.put(provider_yml="# one more line\n" + PROVIDER.replace("    clients:\n", "    clients:\n" + other),
                 application_yml="\n\n" + APPLICATION)
        after = self.fingerprints("provider.yml", "application.yml")
        self.assertTrue(before)
        self.assertLessEqual(before.items(), after.items())
        self.put(application_yml=APPLICATION.replace("mobile-redirect", "another"))
        changed = self.fingerprints("provider.yml", "application.yml")
        self.assertFalse({value for (rule, _), value in changed.items() if rule == "OG3001"} & set(before.values()))

    def test_gitlab_has_its_fields(self):
        for state, (files, has_findings, _) in self.states().items():
            with self.subTest(state=state):
                entries = json.loads(self.reports(*files)["gitlab"])
                self.assertEqual(bool(entries), has_findings)
                for it in entries:
                    self.assertEqual(list(it), ["description", "check_name", "fingerprint", "severity", "location"])
                    self.assertTrue(it["description"].startswith(it["check_name"] + ": "))
                    self.assertIn(it["severity"], ("major", "minor", "info"))
                    self.assertIsInstance(it["location"]["lines"]["begin"], int)
                    self.assertFalse(it["location"]["path"].startswith(("./", "/")))
                marks = [it["fingerprint"] for it in entries]
                self.assertEqual(len(set(marks)), len(marks))

    def test_paths_are_relative(self):
        self.put(many_yml=many(1))
        (self.folder / "x").mkdir()
        for path in ("./many.yml", str(self.folder.resolve() / "many.yml"), "x/../many.yml"):
            for form in ("sarif", "github", "gitlab"):
                told, _ = told_by(form, self.lint(path, "--format", form).stdout)
                self.assertEqual({it.path for it in told}, {"many.yml"}, (path, form))

    def test_junit_counts(self):
        for state, (files, has_findings, has_suppressed) in self.states().items():
            with self.subTest(state=state):
                root = xml.etree.ElementTree.fromstring(self.reports(*files)["junit"].encode())
                self.assertEqual((root.tag, root.get("name"), root.get("time")), ("testsuites", "oidcgen", "0"))
                sums = collections.Counter()
                for suite in root:
                    cases = suite.findall("testcase")
                    counts = {"tests": len(cases), "failures": len(suite.findall("testcase/failure")), "errors": 0,
                              "skipped": len(suite.findall("testcase/skipped"))}
                    self.assertEqual({name: int(suite.get(name)) for name in counts}, counts)
                    sums.update(counts)
                    self.assertEqual({case.get("classname") for case in cases}, {suite.get("name")})
                    names = [case.get("name") for case in cases]
                    self.assertEqual(len(set(names)), len(names))
                    self.assertTrue(any(len(case) == 0 for case in cases), "no rule passes")
                for name in ("tests", "failures", "errors"):
                    self.assertEqual(int(root.get(name)), sums[name])
                self.assertEqual(sums["failures"] > 0, has_findings)
                self.assertEqual(sums["skipped"] > 0, has_suppressed)

    def test_junit_tells_a_failure(self):
        root = xml.etree.ElementTree.fromstring(self.lint("missing.yml", "--format", "junit").stdout)
        self.assertEqual(root.get("errors"), "1")
        self.assertIn("missing.yml", root.find("testsuite/testcase/error").get("message"))

    def test_github_escapes_every_special_character(self):
        for name in ("50%.yml", "a,b.yml", "a:b.yml", "a\nb.yml", "a\rb.yml", "%0A%2C.yml", "::error::x.yml"):
            (self.folder / name).write_text(APPLICATION.replace("enabled: true", "enabled: '50%: 1, 2'"))
            text = self.lint(f"./{name}", "--format", "github").stdout
            self.assertEqual(len([line for line in text.split("\n") if line.startswith("::")]), len([*annotations(text)]))
            wanted = [it for it in json.loads(self.lint(f"./{name}", "--format", "json").stdout)["findings"]]
            self.assertTrue(any("50%: 1, 2" in it["message"] for it in wanted))
            messages = {message.split("\n")[0] for _, _, message in annotations(text)}
            self.assertEqual(messages, {it["message"] for it in wanted})
            self.assertEqual({properties["file"] for _, properties, _ in annotations(text)}, {name})
            for _, properties, _ in annotations(text):
                self.assertEqual("col" in properties, properties["line"] == properties["endLine"])

    def test_form_by_default(self):
        self.put(application_yml=APPLICATION)
        for value, form in (("true", "github"), ("false", "text"), ("", "text")):
            done = self.lint("application.yml", more={"GITHUB_ACTIONS": value})
            self.assertEqual(done.stdout, self.lint("application.yml", "--format", form).stdout)
        for option in ("--trace", "--statistics"):
            done = self.lint("application.yml", option, more={"GITHUB_ACTIONS": "true"})
            self.assertEqual(done.stdout, self.lint("application.yml", option, "--format", "text").stdout)

    # Several at once.

    def test_files_are_what_standard_output_gets(self):
        self.put(provider_yml=PROVIDER, application_yml=APPLICATION)
        for form, text in self.reports("provider.yml", "application.yml").items():
            self.assertEqual(text, self.lint("provider.yml", "application.yml", "--format", form).stdout, form)

    def test_a_file_is_whole_or_not_there(self):
        self.put(application_yml=APPLICATION, old_json="old")
        done = self.lint("application.yml", "--report", "sarif=missing/x", "--report", "json=old.json")
        self.assertEqual(done.status, 2)
        self.assertIn("missing/x", done.stderr)
        self.assertEqual(told_by("json", (self.folder / "old.json").read_text())[0],
                         told_by("json", self.lint("application.yml", "--format", "json").stdout)[0])
        self.assertEqual({path.name for path in self.folder.iterdir()}, {"application.yml", "old.json"})

    def test_a_run_that_cannot_begin_tells_it_where_it_can(self):
        done = self.lint("missing.yml", *(word for form in FORMATS for word in ("--report", f"{form}=out.{form}")))
        self.assertEqual(done.status, 2)
        self.assertEqual({path.name for path in self.folder.iterdir()}, {"out.json", "out.sarif", "out.junit"})

    def test_report_refuses(self):
        self.put(application_yml=APPLICATION)
        for value, message in (("sarif", "FORMAT=PATH"), ("sarif=", "FORMAT=PATH"), ("saref=x", 'did you mean "sarif"?'),
                               ("json=-", "--format json")):
            done = self.lint("application.yml", "--report", value)
            self.assertEqual((done.status, done.stdout), (2, ""))
            self.assertIn(message, done.stderr)
        done = self.lint("application.yml", "--report", "json=x", "--report", "sarif=./x")
        self.assertIn("two reports", done.stderr)

    # Which findings.

    def test_select_ignore_and_severity(self):
        self.put(provider_yml=PROVIDER, application_yml=APPLICATION)
        files = ("provider.yml", "application.yml")
        everything = self.names(*files)
        self.assertIn(UNREGISTERED, everything)
        codes = {it["name"]: it["code"] for it in self.json(*files)["findings"]}
        for text in (UNREGISTERED, "OG3001", "og3001", "OG300", UNREGISTERED.upper()):
            self.assertIn(UNREGISTERED, self.names(*files, "--select", text))
            self.assertNotIn(UNREGISTERED, self.names(*files, "--ignore", text))
        self.assertEqual(self.names(*files, "--select", "OG3"),
                         {name for name in everything if codes[name].startswith("OG3")})
        self.assertEqual(self.names(*files, "--select", "OG3", "--ignore", f"OG4, {UNREGISTERED}"),
                         {name for name in everything if codes[name].startswith("OG3")} - {UNREGISTERED})
        self.assertEqual(self.names(*files, "--ignore", "OG"), set())
        report = self.json(*files, "--ignore", UNREGISTERED)
        self.assertTrue(any(UNREGISTERED in login["because"] for login in report["logins"]))
        self.assertEqual({it["outcome"] for it in report["logins"]},
                         {it["outcome"] for it in self.json(*files)["logins"]})
        report = self.json(*files, "--severity", "OG3=error", "--severity", f"{UNREGISTERED}=note")
        for it in report["findings"]:
            if it["code"].startswith("OG3"):
                self.assertEqual(it["severity"], "note" if it["name"] == UNREGISTERED else "error")
        self.assertEqual(self.lint(*files, "--select", UNREGISTERED).status, 1)
        self.assertEqual(self.lint(*files, "--select", UNREGISTERED, "--severity", "OG3001=note").status, 0)

    def test_unknown_rules_are_refused(self):
        self.put(application_yml=APPLICATION)
        near = 'did you mean "redirect-uri-unregistered"?'
        for arguments in (["--select", "redirect-uri-unregistred"], ["--ignore", "OG3, redirect-uri-unregistred"],
                          ["--severity", "redirect-uri-unregistred=note"]):
            done = self.lint("application.yml", *arguments)
            self.assertEqual((done.status, near in done.stderr), (2, True), done.stderr)
        for arguments in (["--select", "OG8"], ["--ignore", ""], ["--severity", "OG3=loud"], ["--severity", "OG3"]):
            self.assertEqual(self.lint("application.yml", *arguments).status, 2, arguments)

    def test_quiet_and_statistics(self):
        self.put(provider_yml=PROVIDER, application_yml=APPLICATION, good_yml=GOOD)
        files = ("provider.yml", "application.yml")
        whole, quiet = self.lint(*files).stdout, self.lint(*files, "--quiet").stdout
        self.assertTrue(whole.startswith(quiet))
        self.assertNotRegex(quiet, r"\d+ errors?,|works|fails")
        self.assertEqual(self.lint("good.yml", "--quiet").stdout, "")
        counts = collections.Counter((it["severity"], it["code"], it["name"]) for it in self.json(*files)["findings"])
        rows = [line.split() for line in self.lint(*files, "--quiet", "--statistics").stdout.splitlines()]
        self.assertEqual({tuple(row[1:]): int(row[0]) for row in rows}, counts)
        listed = self.json(*files, "--statistics")["statistics"]
        self.assertEqual({(it["severity"], it["code"], it["name"]): it["count"] for it in listed}, counts)

    # Suppressions.

    def suppressed(self, *files):
        return [it for it in self.json(*files)["findings"] if it["suppressed"]]

    def test_comment_at_either_end(self):
        ends = {"provider.yml": (PROVIDER, "        redirect_uris:"),
                "application.yml": (APPLICATION, "  mobileRedirectUri: https://photos.example.com/api/oauth/mobile-redirect")}
        for name, (text, line) in ends.items():
            for how in (f"{line}  # oidcgen: ignore[OG3001] as agreed",
                        f"# oidcgen: ignore[{UNREGISTERED}] as agreed\n{line}",
                        f"# oidcgen:ignore [ OG4 , og300 ]: as agreed\n# another comment\n{line}"):
                self.put(provider_yml=PROVIDER, application_yml=APPLICATION)
                (self.folder / name).write_text(text.replace(line, how))
                with self.subTest(how=how):
                    found = self.suppressed("provider.yml", "application.yml")
                    self.assertEqual({it["name"] for it in found}, {UNREGISTERED})
                    self.assertEqual({it["suppressed"]["reason"] for it in found}, {"as agreed"})
                    self.assertEqual({(it["suppressed"]["by"], it["suppressed"]["path"]) for it in found},
                                     {("comment", name)})
                    report = self.json("provider.yml", "application.yml")
                    mobile = next(it for it in report["logins"] if it["device"] == "mobile")
                    self.assertEqual((mobile["outcome"], mobile["because"]), ("fails", [UNREGISTERED]))
                    counted = [it for it in report["findings"] if not it["suppressed"]]
                    self.assertEqual(sum(report["summary"].values()), len(counted))

    def test_comment_elsewhere_does_not_count(self):
        line = "  mobileRedirectUri: https://photos.example.com/api/oauth/mobile-redirect"
        comment = "# oidcgen: ignore[OG3001] as agreed"
        self.put(provider_yml=PROVIDER)
        for how in (f"{comment}\n\n{line}", f"{comment}\n  autoLaunch: true\n{line}", f"{line}\n{comment}",
                    f"  autoLaunch: true  {comment}\n{line}", f"  buttonText: 'x {comment}'\n{line}",
                    f"  buttonText: |\n    {comment}\n{line}", f"  buttonText: x{comment}\n{line}"):
            self.put(application_yml=APPLICATION.replace(line, how))
            with self.subTest(how=how):
                self.assertEqual(self.suppressed("provider.yml", "application.yml"), [])

    def test_comment_in_embedded_documents(self):
        comment = "  # oidcgen: ignore[OG3001] as agreed\n"
        inner = APPLICATION.replace("  mobileRedirectUri", comment + "  mobileRedirectUri")
        self.put(provider_yml=PROVIDER)
        embedded = "".join("    " + line + "\n" for line in inner.splitlines())
        config_map = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata:\n  immich.yml: |\n" + embedded
        for text in (config_map, "a: b\n---\n" + config_map):
            self.put(map_yaml=text)
            with self.subTest(text=text):
                self.assertEqual([it["name"] for it in self.suppressed("provider.yml", "map.yaml")], [UNREGISTERED])
                self.assertNotIn("unused-suppression", self.names("provider.yml", "map.yaml"))
        self.put(map_yaml=config_map.replace("immich.yml: |", "immich.yml: |  # oidcgen: ignore[OG3001] as agreed")
                 .replace(comment, ""))
        self.assertEqual(self.suppressed("provider.yml", "map.yaml"), [])

    def test_entry_of_the_project(self):
        (self.folder / "home").mkdir()
        self.put(provider_yml=PROVIDER)
        # JSON has no comments.
        settings = {"oauth": {"enabled": True, "issuerUrl": "https://auth.example.com", "clientId": "immich",
                              "clientSecret": "insecure_secret_for_tests", "mobileOverrideEnabled": True,
                              "mobileRedirectUri": "https://photos.example.com/api/oauth/mobile-redirect"},
                    "server": {"externalDomain": "https://photos.example.com"}}
        (self.folder / "home/immich.json").write_text(json.dumps(settings, indent=2))
        for entry, serves in (
                ("rules: OG3001, path: home/immich.json, pointer: /oauth/mobileRedirectUri", True),
                ("rules: [OG3001], path: home, pointer: /oauth", True), ("rules: OG3", True),
                ("rules: OG3001, path: provider.yml", True), ("rules: OG3001, path: homes", False),
                ("rules: OG3001, pointer: /oauth/mobile", False), ("rules: OG4, path: home", False)):
            (self.folder / ".oidcgen.yaml").write_text(f"ignore: [{{{entry}, reason: as agreed}}]\n")
            with self.subTest(entry=entry):
                found = self.suppressed("provider.yml", "home/immich.json")
                self.assertEqual(UNREGISTERED in {it["name"] for it in found}, serves)
                for it in found:
                    self.assertEqual((it["suppressed"]["by"], it["suppressed"]["path"], it["suppressed"]["reason"]),
                                     ("project", ".oidcgen.yaml", "as agreed"))
                unused = "unused-suppression" in self.names("provider.yml", "home/immich.json")
                self.assertEqual(unused, not serves and "homes" not in entry)  # no file of that folder was looked at

    def test_unused_and_unexplained_suppressions(self):
        line = "  mobileRedirectUri"
        self.put(provider_yml=PROVIDER)
        for comment, wanted in (("ignore[OG3001]", {"suppression-without-reason"}),
                                ("ignore[OG3001] as agreed", set()),
                                ("ignore[OG2101, OG3001] as agreed", {"unused-suppression"}),
                                ("ignore[OG9] as agreed", {"unused-suppression"})):
            self.put(application_yml=APPLICATION.replace(line, f"  # oidcgen: {comment}\n{line}"))
            with self.subTest(comment=comment):
                ours = {"unused-suppression", "suppression-without-reason"}
                self.assertEqual(self.names("provider.yml", "application.yml") & ours, wanted)
        # Nobody knows without the other side.
        self.put(application_yml=APPLICATION.replace(line, f"  # oidcgen: ignore[OG3001] as agreed\n{line}"))
        self.assertNotIn("unused-suppression", self.names("application.yml"))

    def test_suppressions_that_cannot_be_understood(self):
        line = "  mobileRedirectUri"
        for comment, message in (("ignore[redirect-uri-unregistred] x", 'did you mean "redirect-uri-unregistered"?'),
                                 ("ignore[] x", "does not exist"), ("ignore x", "needs rules in brackets"),
                                 ("ignore[OG3001 x", "needs rules in brackets"), ("ignroe[OG3001] x", "is not known")):
            self.put(application_yml=APPLICATION.replace(line, f"  # oidcgen: {comment}\n{line}"))
            done = self.lint("application.yml")
            with self.subTest(comment=comment):
                self.assertEqual(done.status, 2)
                self.assertIn("application.yml:8:3: ", done.stderr)
                self.assertIn(message, done.stderr)
        self.put(application_yml=APPLICATION.replace(line, f"  # oidcgen: made with it\n{line}"))
        self.assertNotEqual(self.lint("application.yml").status, 2)
        (self.folder / ".oidcgen.yaml").write_text("ignore: [{rules: redirect-uri-unregistred}]\n")
        done = self.lint("application.yml")
        self.assertEqual(done.status, 2)
        self.assertIn('did you mean "redirect-uri-unregistered"?', done.stderr)

    def test_a_thousand_dropped_findings_can_be_suppressed(self):
        text = many(300).replace("consent_mode: maybe", "consent_mode: maybe  # oidcgen: ignore[OG11] as agreed")
        self.put(many_yml=text)
        report = self.json("many.yml")
        self.assertEqual(report["summary"]["error"], 0)
        self.assertNotIn("unused-suppression", {it["name"] for it in report["findings"]})

    def test_no_secret_in_any_form(self):
        """Reasons are shown, but nothing in them that looks like a secret."""
        line = "  mobileRedirectUri"
        comment = f"  # oidcgen: ignore[OG3001] {RANDOM.text}\n  # {RANDOM.text}\n"
        self.put(provider_yml=PROVIDER.replace("insecure_secret_for_tests", RANDOM.text),
                 application_yml=APPLICATION.replace("insecure_secret_for_tests", RANDOM.text)
                 .replace(line, comment + line))
        self.assertEqual(len(self.suppressed("provider.yml", "application.yml")), 1)
        for form, text in self.reports("provider.yml", "application.yml").items():
            self.assertIsNone(betrayed(text, RANDOM), form)


if __name__ == "__main__":
    unittest.main()
