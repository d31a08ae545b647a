#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long the window lets people wait.

From exec to the first frame with content, beside an empty window of libadwaita, one after the other in the same run: the
sign-in; Home of who stays signed in, with the portal in a process of its own; the demo with its portal inside.
Then a million products in the catalogue: frame times of scrolling through all of them, memory, and how long the main
loop answered nobody; the same of a queue and a journal of a hundred thousand entries that failed. Then every page of
the real program, and how long the main loop answered nobody there.
"""
import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
from desktop import Desktop, make_home, wait  # noqa: E402
from showcase import ADMINISTRATOR, HEAD, PASSWORD, Showcase  # noqa: E402

AIM_RATIO = 1.5
AIM_FRAME_MS = 16.7
AIM_MIB = 200
AIM_STALL_MS = 50


class Start:
    """A program that is started again and again."""

    def __init__(self, name, argv, text=None, environment=None):
        self.name = name
        self.argv = argv
        self.text = text
        self.environment = environment or {}
        self.times = []
        self.busy = []

    def measure(self, probe, folder):
        """Milliseconds from exec to the first frame with content."""
        told = os.path.join(folder, "told")
        if os.path.exists(told):
            os.unlink(told)
        environment = {**os.environ, **self.environment, "LD_PRELOAD": probe, "KABINET_PROBE": told}
        if self.text:
            environment["KABINET_PROBE_TEXT"] = self.text
        with open(os.path.join(folder, "log"), "ab") as log:
            began = time.monotonic()
            process = subprocess.Popen(self.argv, env=environment, stdout=log, stderr=log)
            try:
                frame, busy = wait(f"a frame of {self.name}", lambda: self.find(told, process))
            finally:
                process.terminate()
                process.wait(30)
        self.times.append((frame - began) * 1000)
        self.busy.append(busy * 1000)

    @staticmethod
    def find(told, process):
        assert process.poll() is None, f"it ended with {process.returncode}"
        for line in read_lines(told):
            if line.startswith("frame "):
                return float(line.split()[1]), float(line.split()[3])
        return None

    def describe(self):
        low, median, high = statistics.quantiles(self.times, n=4)
        return {"median_ms": round(median), "quartiles_ms": [round(low), round(high)],
                "cpu_ms": round(statistics.median(self.busy))}


def read_lines(path):
    if not os.path.exists(path):
        return []
    with open(path, encoding="utf-8") as file:
        return [line for line in file.read().splitlines() if line]


def stay_signed_in(kabinet, home, folder):
    """Signs in as people do it, and says that the session shall be kept."""
    desktop = Desktop(kabinet, os.path.join(folder, "log"), home)
    try:
        desktop.type("Login, phone or e-mail", HEAD)
        desktop.click("Next")
        desktop.type("Password", PASSWORD)
        desktop.click("Stay signed in", "check box")
        desktop.click("Sign in")
        desktop.wait_for("Recent orders")
        wait("the kept session", lambda: os.path.exists(home["SECRET_FILE_TEST_PATH"]))
    finally:
        desktop.close()


def starts(options, showcase, folder):
    kabinet = [os.path.join(options.programs, "kabinet")]
    at_portal = [*kabinet, "--portal", showcase.address("portal")]
    home = make_home(os.path.join(folder, "home"))
    stay_signed_in(at_portal, home, folder)
    programs = [
        Start("empty window", [os.path.join(options.tests, "bench", "empty-window")]),
        Start("sign-in", at_portal, "Sign in to Kabinet", make_home(os.path.join(folder, "stranger"))),
        Start("home", at_portal, "0000-000006", home),
        Start("demo", [*kabinet, "--demo", "--demo-files", options.demo_files, "--data", os.path.join(folder, "demo")],
              "Welcome", make_home(os.path.join(folder, "visitor"))),
    ]
    probe = os.path.join(options.tests, "bench", "frame-probe.so")
    for program in programs:  # what was never started before is not what is measured
        program.measure(probe, folder)
        program.times.clear()
        program.busy.clear()
    for _ in range(options.pairs):
        for program in programs:
            program.measure(probe, folder)
    result = {program.name: program.describe() for program in programs}
    for program in programs[1:]:
        # Each beside the empty window that was started just before.
        result[program.name]["cpu_ratio"] = round(result[program.name]["cpu_ms"] / result["empty window"]["cpu_ms"], 2)
        result[program.name]["ratio"] = round(statistics.median(
            own / empty for own, empty in zip(program.times, programs[0].times)), 2)
    return result


def scroll(options, view, rows):
    """Scrolling through a real page, whose objects are made up."""
    result = subprocess.run([os.path.join(options.tests, "ui", "bench-scroll"), view, str(rows)], check=True,
                            stdout=subprocess.PIPE, text=True, env={**os.environ, "GTK_A11Y": "none"})
    # The test library speaks too.
    return json.loads(next(line for line in result.stdout.splitlines() if line.startswith("{")))


def pages(options, showcase, folder):
    """The worst stalls of the real program while somebody looks at everything."""
    told = os.path.join(folder, "stalls")
    environment = {**make_home(os.path.join(folder, "reader")), "KABINET_PROBE": told, "KABINET_PROBE_STALLS": "1",
                   "GSETTINGS_BACKEND": "memory",  # as little at files as the desktop's own
                   "LD_PRELOAD": os.path.join(options.tests, "bench", "frame-probe.so")}
    desktop = Desktop([os.path.join(options.programs, "kabinet"), "--portal", showcase.address("portal"), "--base",
                       showcase.address("base")], os.path.join(folder, "log"), environment)
    opened = 0
    try:
        for login, names in ((HEAD, (("home", "Recent orders"), ("catalogue", "AVT-1052"), ("basket", "Contacts and delivery"),
                                     ("orders", "All statuses"), ("tasks", "All tasks"), ("settlements", "Credit limit"))),
                             (ADMINISTRATOR, (("portal-queue", "Waiting"), ("base-queue", "Waiting"),
                                              ("client-orders", "0000-000004")))):
            desktop.type("Login, phone or e-mail", login)
            desktop.click("Next")
            desktop.type("Password", PASSWORD)
            desktop.click("Sign in")
            desktop.wait_for("Orders" if login == HEAD else "Portal queue")
            for name, text in names * 2:
                desktop.act(f"win.show-{name}")
                desktop.wait_for(text)
                opened += 1
            desktop.act("win.sign-out")
            desktop.find_entry("Login, phone or e-mail")
    finally:
        desktop.close()
    stalls = [float(line.split()[1]) for line in read_lines(told) if line.startswith("stall ")]
    files = [line.split(maxsplit=2) for line in read_lines(told) if line.startswith("io ")]
    return {"pages_opened": opened, "files": sum(int(line[1]) for line in files), "files_told": [line[2] for line in files],
            "stalls_over_50_ms": len(stalls), "worst_ms": max(stalls, default=0),
            "told": [line for line in read_lines(told) if line.startswith("stall ")]}


def show(r):
    for name, start in r["starts"].items():
        beside = f", {start['ratio']} of the empty window's (aim: under {AIM_RATIO})" if "ratio" in start else ""
        print(f"exec to first frame, {name}: median {start['median_ms']} ms, quartiles {start['quartiles_ms'][0]} and "
              f"{start['quartiles_ms'][1]}{beside}; processor time {start['cpu_ms']} ms")
    for view, m in r["scrolled"].items():
        print(f"{view} of {m['rows']} rows, of which {m['loaded']} came: memory {m['rss_mib']} MiB (aim: under {AIM_MIB})")
        for how in ("wheel", "jumps"):
            f = m[how]
            print(f"  {how}: frames p50 {f['frame_ms_p50']} ms, p99 {f['frame_ms_p99']} ms (aim: under {AIM_FRAME_MS}), worst "
                  f"{f['frame_ms_max']} ms of {f['frames']}; processor time {f['cpu_ms_p50']} and {f['cpu_ms_p99']} ms; "
                  f"main loop away {f['stall_ms_max']} ms at most, over {AIM_STALL_MS} ms {f['stalls']} times of {f['turns']}")
    p = r["pages"]
    if p:
        print(f"the real program, {p['pages_opened']} pages opened: {p['stalls_over_50_ms']} stalls over {AIM_STALL_MS} ms, the worst "
              f"{p['worst_ms']} ms; at files or waiting for sockets {p['files']} times"
              + "".join(f"; {what}" for what in sorted(set(p["files_told"]))[:5]))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("programs")
    parser.add_argument("--tests", help="the folder of the built tests")
    parser.add_argument("--demo-files", default="data/demo")
    parser.add_argument("--pairs", type=int, default=15)
    parser.add_argument("--rows", type=int, default=1000000)
    parser.add_argument("--failed", type=int, default=100000)
    parser.add_argument("--only", choices=("starts", "million", "console", "pages"))
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    options.programs = os.path.abspath(options.programs)
    options.tests = os.path.abspath(options.tests or os.path.join(options.programs, "..", "..", "tests"))
    r = {"starts": {}, "scrolled": {}, "pages": {}}
    with tempfile.TemporaryDirectory(prefix="kabinet-bench-") as folder:
        if options.only in (None, "million"):
            r["scrolled"] |= {view: scroll(options, view, options.rows) for view in ("list", "grid")}
        if options.only in (None, "console"):
            r["scrolled"] |= {view: scroll(options, view, options.failed) for view in ("queue", "journal")}
        if options.only in (None, "starts", "pages"):
            showcase = Showcase(options.programs, options.demo_files, os.path.join(folder, "showcase"))
            try:
                showcase.play()
                if options.only in (None, "starts"):
                    r["starts"] = starts(options, showcase, folder)
                if options.only in (None, "pages"):
                    r["pages"] = pages(options, showcase, folder)
            finally:
                showcase.stop()
    if options.json:
        print(json.dumps(r))
    else:
        show(r)


if __name__ == "__main__":
    main()
