"""The cost of what the program does grows like its input: twice as much takes at most 2.3 times as many instructions.
What does not depend on the input is taken off in a second look, lest it hide what grows; that tells a square, which
gives 4, from the steps of tables and limits.

usage: test_growth.py PART/PARTS

Needs GROWTH (the program that runs the cases) and VALGRIND in the environment. Instructions are counted by callgrind, in
the libraries too; so neither the machine nor what else runs on it matters.
"""

import os
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

MOST = 2.3  # how much more doubled input may cost
MOST_BY_STEP = 2.6  # how much more the second doubling may add than the first one
NOISE = 2_000_000  # instructions that say nothing


def run(which, folder):
    """The instructions of each case for n, 2n and 4n."""
    command = [os.environ["VALGRIND"], "--quiet", "--tool=callgrind", f"--callgrind-out-file={folder}/counters", "--dump-line=no",
               os.environ["GROWTH"], which, folder]
    subprocess.run(command, check=True, stdout=None if "VERBOSE" in os.environ else subprocess.DEVNULL)
    costs = {}
    for dump in Path(folder).glob("counters*"):
        trigger = None
        with dump.open(encoding="utf-8", errors="replace") as lines:
            for line in lines:
                if found := re.match(r"desc: Trigger: Client Request: (.*) (\d+)$", line):
                    trigger = found
                elif line.startswith("summary:") or line.startswith("totals:"):
                    if trigger:
                        costs.setdefault(trigger[1], {})[int(trigger[2])] = int(line.split()[1])
                    break
    return costs


def growth(costs):
    """How much more doubled input costs, and how much more the second doubling adds than the first one."""
    one, two, four = (costs[count] for count in sorted(costs))
    # Where less came out at double the size, something was refused for its size, and the ratio alone can be judged.
    step = (four - two) / (two - one) if two > one and four - two > NOISE else 1
    return max(two / one, four / two), step


def is_linear(costs):
    doubling, step = growth(costs)
    return doubling <= MOST and step <= MOST_BY_STEP


class Growth(unittest.TestCase):
    def test_of_the_test(self):
        with tempfile.TemporaryDirectory() as folder:
            costs = run("--self-check", folder)
        self.assertEqual(costs.keys(), {"linear", "quadratic"})
        self.assertTrue(is_linear(costs["linear"]))
        self.assertFalse(is_linear(costs["quadratic"]))
        # The same behind a cost that does not grow.
        much = 100 * costs["quadratic"][1000]
        self.assertTrue(is_linear({count: cost + much for count, cost in costs["linear"].items()}))
        self.assertFalse(is_linear({count: cost + much for count, cost in costs["quadratic"].items()}))

    def test_cases(self):
        with tempfile.TemporaryDirectory() as folder:
            cases = run(PART, folder)
        self.assertTrue(cases)
        for name, costs in cases.items():
            with self.subTest(name):
                self.assertEqual(len(costs), 3)
                if "VERBOSE" in os.environ:
                    doubling, step = growth(costs)
                    print(f"{doubling:5.2f} {step:5.2f} {costs[max(costs)] / 1e6:7.1f} M  {name}", flush=True)
                self.assertTrue(is_linear(costs), costs)


if __name__ == "__main__":
    PART = sys.argv.pop()
    unittest.main()
