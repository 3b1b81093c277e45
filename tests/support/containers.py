"""Puts settings into the files of other tools, and says where each of their characters is then.

`CONTAINERS` has a function for each kind of file. It takes the text of the settings, whether they are an application's
(else a provider's), and returns `Wrapped`, or nothing where such a file cannot hold that text.
"""

import base64
import json
from dataclasses import dataclass


@dataclass(frozen=True)
class Wrapped:
    text: str
    at: list[int] | None  # where each character of the settings is in the text; nothing where that is not known
    whole: tuple[int, int]  # the value that holds the settings

    def span(self, start, end):
        """Where a part of the settings is in the text."""
        if self.at is None:
            return self.whole
        if end > start:
            return self.at[start], self.at[end - 1] + 1
        there = self.at[start] if start < len(self.at) else self.at[-1] + 1
        return there, there

    def with_dos_line_breaks(self):
        def moved(offset):
            return offset + self.text.count("\n", 0, offset)

        at = None if self.at is None else [moved(offset) for offset in self.at]
        return Wrapped(self.text.replace("\n", "\r\n"), at, tuple(map(moved, self.whole)))


class Writer:
    """Collects a text, and for each character of a part of it where that is."""

    def __init__(self):
        self.text = ""
        self.at = []

    def add(self, text, of_settings=False):
        if of_settings:
            self.at += range(len(self.text), len(self.text) + len(text))
        self.text += text

    def escaped(self, text):
        """One character, of which this is the escape; it is where its last character is."""
        self.text += text
        self.at.append(len(self.text) - 1)

    def done(self):
        return Wrapped(self.text, self.at, (0, len(self.text)))


def is_printable(text):
    return all(it in "\n\t" or (it.isprintable() or it == "\xa0") for it in text) and not text.startswith("\ufeff")


def chomping(text):
    if not text.endswith("\n"):
        return "-"
    return "+" if text.endswith("\n\n") or not text.strip("\n") else ""


def header(text, indent):
    """What a block scalar needs behind its first character."""
    first = next((line for line in text.split("\n") if line), "")
    return (str(indent) if first.startswith(" ") or text.startswith("\n") else "") + chomping(text)


def literal(text, indent=2):
    if not is_printable(text) or not text.strip():
        return None
    out = Writer()
    out.add("|" + header(text, indent) + "\n")
    for line in text.splitlines(keepends=True):
        out.add(" " * indent if line != "\n" else "")
        out.add(line, True)
    return out.done()


def folded(text, indent=2):
    if not is_printable(text) or not text.strip():
        return None
    out = Writer()
    out.add(">" + header(text, indent) + "\n")
    lines = text.split("\n")
    for number, line in enumerate(lines):
        is_last = number + 1 == len(lines)
        if line:
            out.add(" " * indent)
            out.add(line, True)
        if is_last:
            break
        out.add("\n", True)
        follower = next((it for it in lines[number + 1:] if it), None)
        if line and follower is not None and not line[0] in " \t" and not follower[0] in " \t":
            out.add("\n")
    return out.done()


def quoted(text, ensure_ascii=False):
    """As JSON writes it, which YAML reads too."""
    if not is_printable(text):
        return None
    out = Writer()
    out.add('"')
    for letter in text:
        written = json.dumps(letter, ensure_ascii=ensure_ascii)[1:-1]
        out.add(letter, True) if written == letter else out.escaped(written)
    out.add('"')
    return out.done()


def encoded(text):
    value = base64.b64encode(text.encode()).decode()
    return Wrapped(value, None, (0, len(value)))


def put(form, inner, mark="<x>"):
    """The form with the text at its mark, indented like the line of the mark."""
    if inner is None:
        return None
    start = form.index(mark)
    line = form[form.rfind("\n", 0, start) + 1:start]
    indent = len(line) - len(line.lstrip(" "))
    while line[indent:].startswith("- "):  # what an item holds is indented further
        indent += 2
    text, moved = form[:start], []
    for part in inner.text.splitlines(keepends=True):
        if moved and part.strip("\r\n"):
            text += " " * indent
        moved += range(len(text), len(text) + len(part))
        text += part
    moved.append(len(text))
    at = None if inner.at is None else [moved[offset] for offset in inner.at]
    whole = moved[inner.whole[0]], moved[inner.whole[1]]
    rest = form[start + len(mark):]
    return Wrapped(text + (rest[1:] if text.endswith("\n") else rest), at, whole)


def within(outer, inner):
    """A text that was put into another one: `outer` holds the text of `inner`."""
    if outer is None or inner is None:
        return None
    if outer.at is None:
        return outer
    at = None if inner.at is None else [outer.at[offset] for offset in inner.at]
    return Wrapped(outer.text, at, outer.span(*inner.whole))


CONFIG_MAP = """\
# Made by hand.
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  labels: {app: login}
data:
  other.conf: |
    listen 80
  settings.yml: <x>
  last.txt: end
"""
SECRET = """\
apiVersion: v1
kind: Secret
metadata: {name: settings}
stringData:
  password: another-one
  settings.yaml: <x>
"""
ENCODED_SECRET = """\
apiVersion: v1
data:
  password: YW5vdGhlci1vbmU=
  settings.yaml: <x>
kind: Secret
metadata: {name: settings}
"""
JSON_PATCH = """\
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [base]
patches:
  - target: {kind: ConfigMap, name: settings}
    patch: <x>
"""
JSON_PATCH_INSIDE = """\
- op: add
  path: /metadata/labels/x
  value: y
- op: replace
  path: /data/settings.yml
  value: <x>
"""
MERGE_PATCH_INSIDE = """\
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  settings.yml: <x>
"""
GENERATOR = """\
configMapGenerator:
- name: settings
  literals:
  - LEVEL=debug
  - <x>
"""
EXTERNAL_SECRET = """\
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: settings}
spec:
  target:
    name: settings
    template:
      engineVersion: v2
      data:
        settings.yaml: <x>
  data: []
"""
HELM_RELEASE = """\
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: login}
spec:
  chart: {spec: {chart: app-template, version: 3.7.3}}
  values:
    configMaps:
      config:
        data:
          settings.yaml: <x>
    service: {main: {ports: {http: {port: 9091}}}}
"""
ARGO = """\
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: login}
spec:
  source:
    chart: login
    helm:
      values: <x>
  destination: {namespace: login}
"""
ARGO_INSIDE = """\
replicas: 1
extraManifests:
  - apiVersion: v1
    kind: ConfigMap
    data:
      settings.yml: <x>
"""
COMPOSE = """\
services:
  login:
    image: example.com/login:1
    configs: [settings]
configs:
  settings:
    content: <x>
"""
LIST = """\
apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: Service
  metadata: {name: login}
- apiVersion: v1
  kind: ConfigMap
  metadata: {name: settings}
  data:
    settings.yml: <x>
"""
STREAM = """\
---
apiVersion: v1
kind: Service
metadata:
  name: login
---
# The second one.
apiVersion: v1
kind: ConfigMap
data:
  settings.yml: <x>
---
apiVersion: v1
kind: Namespace
metadata: {name: login}
"""
CHART = """\
image: {tag: release}
immich:
  metrics: {enabled: false}
  configuration:<x>
redis:
  enabled: true
"""
JSON_MANIFEST = """\
{
  "apiVersion": "v1",
  "kind": "ConfigMap",
  "data": {
    "other": "x",
    "settings.yaml": <x>
  }
}
"""


def generator(text):
    inner = literal(text)
    if inner is None or header(text, 2)[:1].isdigit():
        return None
    begin = inner.text.index("\n") + 3
    name = "settings.yml="
    at = [offset + len(name) if offset >= begin else offset for offset in inner.at]
    written = inner.text[:begin] + name + inner.text[begin:]
    return put(GENERATOR, Wrapped(written, at, (0, len(written))))


def quoted_generator(text):
    inner = quoted(text)
    if inner is None:
        return None
    name = "settings.yml="
    return put(GENERATOR, Wrapped('"' + name + inner.text[1:], [it + len(name) for it in inner.at],
                                  (0, len(inner.text) + len(name))))


def chart(text):
    """The settings as a part of the values themselves."""
    lines = text.split("\n")
    if not any(line.startswith(("oauth:", '  "oauth"')) for line in lines):
        return None  # that is how the values are known
    if not is_printable(text) or text.startswith(("[", "---", "%", " ", "- ", "\n")) or "\n---" in text or "\n..." in text:
        return None
    if text.startswith("{"):
        flow = text.rstrip("\n")
        return put(CHART.replace(":<x>", ": <x>"), Wrapped(flow, list(range(len(flow))), (0, len(flow))))
    if any("|" in line or ">" in line.split("#")[0] for line in lines) or "\t" in text:
        return None  # a block scalar at the end reaches further, and one with empty lines is another
    out = Writer()
    for line in text.splitlines(keepends=True):
        out.add("\n    ")
        out.add(line.rstrip("\n"), True)
        if line.endswith("\n"):
            out.at.append(len(out.text))
    done = out.done()
    start = CHART.index("<x>")
    at = [start + it for it in done.at]
    return Wrapped(CHART.replace("<x>", done.text), at, (start, start + len(done.text)))


def as_it_is(text):
    """A file of its own."""
    return Wrapped(text, list(range(len(text))), (0, len(text)))


def nested(form, style, inside, inner_style):
    def wrap(text):
        inner = put(inside, inner_style(text))
        return inner and put(form, within(style(inner.text), inner))

    return wrap


def ordinary(form, style):
    return lambda text: put(form, style(text))


def dos(text):
    done = put(CONFIG_MAP, literal(text))
    return done and done.with_dos_line_breaks()


# What they are called, and the function.
CONTAINERS = {
    "config map": ordinary(CONFIG_MAP, literal),
    "config map, indented by four": ordinary(CONFIG_MAP, lambda text: literal(text, 4)),
    "config map, folded": ordinary(CONFIG_MAP, folded),
    "config map, double-quoted": ordinary(CONFIG_MAP, quoted),
    "config map, DOS line breaks": dos,
    "secret, string data": ordinary(SECRET, literal),
    "secret, base64": ordinary(ENCODED_SECRET, encoded),
    "JSON patch": nested(JSON_PATCH, literal, JSON_PATCH_INSIDE, literal),
    "JSON patch, folded in folded": nested(JSON_PATCH, folded, JSON_PATCH_INSIDE, folded),
    "JSON patch, quoted in folded": nested(JSON_PATCH, folded, JSON_PATCH_INSIDE, quoted),
    "strategic merge patch": nested(JSON_PATCH, literal, MERGE_PATCH_INSIDE, literal),
    "strategic merge patch, base64 within": nested(JSON_PATCH, literal, ENCODED_SECRET, encoded),
    "generator": generator,
    "generator, quoted": quoted_generator,
    "external secret": ordinary(EXTERNAL_SECRET, literal),
    "Helm release": ordinary(HELM_RELEASE, literal),
    "Argo application": nested(ARGO, literal, ARGO_INSIDE, literal),
    "Argo application, quoted in quoted": nested(ARGO, quoted, ARGO_INSIDE, quoted),
    "Compose": ordinary(COMPOSE, literal),
    "list": ordinary(LIST, literal),
    "stream": ordinary(STREAM, literal),
    "chart": chart,
    "JSON manifest": ordinary(JSON_MANIFEST, quoted),
    "JSON manifest, ASCII": ordinary(JSON_MANIFEST, lambda text: quoted(text, True)),
}
OF_APPLICATIONS = ("chart",)  # no chart of a provider takes its settings as they are
