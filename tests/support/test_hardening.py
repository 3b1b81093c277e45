"""What makes a fault hard to exploit is in the program: looked for by its effects, not by the names of flags.

The program of this build is read as it is. Optimised builds have more; so the release preset is configured (not built)
in a scratch folder, and a small source with what each flag acts on is compiled and linked just as the program would be.
Needs CMAKE and CXX in the environment, and OIDCGEN_PLAIN, the program, when it is built without sanitizers.
"""

import json
import os
import platform
import re
import shlex
import subprocess
import tempfile
import unittest
from pathlib import Path

OIDCGEN = os.environ["OIDCGEN"]
OIDCGEN_PLAIN = os.environ.get("OIDCGEN_PLAIN", "")
SOURCE = Path(os.environ["SOURCE"]).resolve()
PROBE = """
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>
void use(void*);
/* -fstack-protector-strong: a local variable whose address is taken; the weaker kinds guard only arrays. */
int guarded() { int number = 0; use(&number); return number; }
/* -fstack-clash-protection: a frame of many pages. */
void large() { char bytes[100000]; use(bytes); }
/* _FORTIFY_SOURCE=3: a size known only when it runs; 2 knows constants. */
void checked(std::size_t size, const char* from, std::size_t count) {
    void* to = std::malloc(size);
    if (to != nullptr) { std::memcpy(to, from, count); }
    use(to);
}
[[gnu::noinline]] void use(void* it) { *static_cast<volatile char*>(it) = 1; asm volatile("" : : "r"(it) : "memory"); }
int main(int count, char** words) {
    large();
    checked(static_cast<std::size_t>(count), words[0], 1);
#line 1 "SOURCE/src/place.cpp"
    std::puts(__FILE__);
    return guarded() == 1 ? 0 : 1;
}
"""


def output(*command, **options):
    return subprocess.run(command, check=True, capture_output=True, text=True, errors="replace", **options).stdout


class Hardening(unittest.TestCase):
    def check_linked(self, program):
        """Addresses differ from run to run, and what is loaded can be written or run, not both."""
        header, segments = output("readelf", "-hW", program), output("readelf", "-lW", program)
        dynamic = output("readelf", "-dW", program)
        self.assertRegex(header, r"Type: +DYN")
        self.assertRegex(dynamic, r"\(FLAGS_1\).*\bPIE\b")
        self.assertRegex(dynamic, r"\(FLAGS_1\).*\bNOW\b")
        self.assertIn("GNU_RELRO", segments)
        self.assertRegex(segments, r"GNU_STACK .* RW +0x")
        self.assertNotRegex(segments, r"LOAD .* RWE +0x")
        for tag in ("TEXTREL", "RPATH", "RUNPATH"):
            self.assertNotIn(tag, dynamic)

    def test_program_of_this_build(self):
        self.check_linked(OIDCGEN)
        self.assertIn("__stack_chk_fail", output("nm", "-Du", OIDCGEN))

    @unittest.skipUnless(OIDCGEN_PLAIN, "sanitizers put names of files into the program")
    def test_no_path_of_the_machine_that_built_it(self):
        with tempfile.TemporaryDirectory(prefix="oidcgen-hardening-") as folder:
            stripped = Path(folder) / "oidcgen"
            output("strip", "-g", "-o", str(stripped), OIDCGEN_PLAIN)  # dev builds tell debuggers where the sources are
            self.assertNotIn(str(SOURCE).encode(), stripped.read_bytes())

    def test_release(self):
        with tempfile.TemporaryDirectory(prefix="oidcgen-hardening-") as name:
            folder = Path(name)
            build = folder / "build"
            output(os.environ["CMAKE"], "--preset", "release", "-B", str(build),
                   f"-DCMAKE_CXX_COMPILER={os.environ['CXX']}", cwd=SOURCE)
            commands = {Path(entry["file"]): shlex.split(entry["command"])
                        for entry in json.loads((build / "compile_commands.json").read_text())}
            flags = {path: tuple(word for word in words if word.startswith(("-f", "-O")) or "FORTIFY" in word)
                     for path, words in commands.items()}
            main = SOURCE / "src" / "main.cpp"
            self.assertGreater(len(flags), 20)  # groups of sources
            self.assertEqual({path for path in flags if flags[path] != flags[main]}, set())

            probe, thing, program = folder / "probe.cpp", folder / "probe.o", folder / "probe"
            probe.write_text(PROBE.replace("SOURCE", str(SOURCE)))
            compiler = commands[main][0] if Path(commands[main][0]).name != "ccache" else commands[main][1]
            output(compiler, *flags[main], "-Wno-all", "-c", str(probe), "-o", str(thing))
            link = re.search(r"^build oidcgen: .*?^  LINK_FLAGS = ([^\n]*)", (build / "build.ninja").read_text(), re.M | re.S)
            # The toolchain here does some of these by itself, which another one may not.
            # CMake hands words to the linker as -Wl,A,B or as -Xlinker A -Xlinker B.
            linker = link[1].replace("-Xlinker ", "").replace("-Wl,", "").replace(",", " ")
            for flag in ("-pie", "-z relro", "-z now", "-z noexecstack"):
                self.assertIn(flag, linker)
            self.assertIn("-fPIE", flags[main])
            output(compiler, *shlex.split(link[1]), str(thing), "-o", str(program))
            self.check_linked(str(program))
            self.assertEqual(output(str(program)), "src/place.cpp\n")
            self.check_compiled(thing)

    def check_compiled(self, thing):
        imported = output("nm", "-u", str(thing)).split()
        self.assertIn("__memcpy_chk", imported)
        code = output("objdump", "-d", str(thing))
        functions = dict(re.findall(r"^[0-9a-f]+ <_Z\d+(\w+?)(?:v|m\w*|Pv)>:\n(.*?)(?:\n\n|\Z)", code, re.M | re.S))
        if platform.machine() == "x86_64":
            self.assertIn("%fs:0x28", functions["guarded"])
            self.assertRegex(functions["large"], r"(or|mov)q +\$0x0,\(%rsp\)")
            for name, body in functions.items():
                self.assertIn("endbr64", body.split("\n")[0], name)
            self.assertRegex(output("readelf", "-nW", str(thing)), r"IBT, SHSTK")
        self.assertIn("__stack_chk_fail", imported)
        self.assertNotIn(str(SOURCE).encode(), thing.read_bytes())


if __name__ == "__main__":
    unittest.main()
