"""Compares what is said of settings in files of their own with what is said of them within other files."""

import json
import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """A position as reports have it."""

    line: int
    column: int
    offset: int

    @staticmethod
    def of(text, at):
        before = text[:at]
        return Place(before.count("\n") + 1, at - before.rfind("\n"), len(before.encode()))


def without_places(message, names):
    """A message in which lines have no numbers, as they are others in the outer file."""
    if message is None:
        return None
    for name in names:
        message = re.sub(re.escape(name) + r":\d+(:\d+)?", name, message)
    return re.sub(r"\bline \d+", "line", message)


class Comparison:
    """`texts` are the settings by the names of their files, `wrapped` what holds them in files of the same names."""

    def __init__(self, texts, wrapped):
        self.texts = texts
        self.wrapped = wrapped
        self.offsets = {name: self.characters(text) for name, text in texts.items()}

    @staticmethod
    def characters(text):
        """The number of each character by the offset of its first byte."""
        result, offset = {}, 0
        for number, letter in enumerate(text):
            result[offset] = number
            offset += len(letter.encode())
        result[offset] = len(text)
        return result

    def moved(self, it):
        """Where something is in the outer file."""
        start, end = it["start"], it["end"]
        if start is None:
            return None
        known = self.offsets[it["path"]]
        outer = self.wrapped[it["path"]]
        return tuple(Place.of(outer.text, at) for at in outer.span(known[start["offset"]], known[end["offset"]]))

    @staticmethod
    def there(it):
        return it["start"] and (Place(**it["start"]), Place(**it["end"]))

    def said(self, it, place):
        parts = [it.get(key) for key in ("code", "severity", "consequence", "path", "pointer", "client")]
        message = without_places(it["message"], self.texts)
        notes = sorted(((*self.said(note, place),) for note in it.get("notes", ())), key=str)
        return (*parts, message, place(it), str(notes))

    def findings(self, report, place):
        return sorted((self.said(it, place) for it in report["findings"]), key=str)

    def faults(self, alone, within):
        """What differs between the two reports."""
        result = []
        expected, found = self.findings(alone, self.moved), self.findings(within, self.there)
        result += [f"missing: {it}" for it in expected if it not in found]
        result += [f"not expected: {it}" for it in found if it not in expected]
        for part in ("logins", "targets", "checked_as", "summary"):
            if alone.get(part) != within.get(part):
                result.append(f"{part}: {json.dumps(alone.get(part))} became {json.dumps(within.get(part))}")
        kinds = [[(it["path"], it["kind"]) for it in report["files"]] for report in (alone, within)]
        if kinds[0] != kinds[1]:
            result.append(f"files: {kinds[0]} became {kinds[1]}")
        unchecked = [sorted((it["path"], it["pointer"], it["why"], str(place(it) if "start" in it else None))
                            for it in report.get("not_checked", ()))
                     for report, place in ((alone, self.moved), (within, self.there))]
        if unchecked[0] != unchecked[1]:
            result.append(f"not checked: {unchecked[0]} became {unchecked[1]}")
        return result
