#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A hundred people sign in at once: the portal's memory stays bounded, and its catalogue answers meanwhile.

What it costs in time is measured by tests/bench/sign-in.py.
"""
import argparse
import json
import os
import shutil
import sys
import tempfile
import threading
import traceback

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
from crowd import AT_A_TIME, HASH_KIB, PASSWORD, SOME_KIB, Client, add_crowd, memory, storm  # noqa: E402
from services import Program  # noqa: E402

PAGES = 20


def test_crowd(program, path, options):
    people = [f"crowd-{i:03}" for i in range(50)]
    tries = [*((login, PASSWORD) for login in people), *((login, "another password") for login in people[:20]),
             *((f"nobody-{i}", PASSWORD) for i in range(20)), *([(people[-1], "another password")] * 10)]
    _, _, answer = Client(path).sign_in("reader", PASSWORD)
    token = json.loads(answer)["token"]
    reader = Client(path)
    read = lambda: reader.ask("GET", "/api/v1/products", token=token)[0]  # noqa: E731
    counts = {}
    assert read() == 200
    idle = memory(program.process.pid, "VmRSS")
    # Who has got an answer, in their order; those of the catalogue from when the crowd has set off.
    events = []
    set_off = threading.Event()
    crowd = threading.Thread(target=lambda: counts.update(storm(path, tries, set_off.set, events.append)))
    crowd.start()
    assert set_off.wait(60)
    for _ in range(PAGES):
        assert read() == 200
        events.append("catalogue")
    crowd.join()
    assert sum(counts.values()) == len(tries) and set(counts) <= {200, 401, 429, 503}, counts
    assert counts.get(200, 0) > 0 and counts.get(401, 0) > 0, counts
    assert events[-1] != "catalogue", f"the catalogue had to wait for all of {counts}"
    peak = memory(program.process.pid, "VmHWM")
    assert options.any_memory or peak < idle + AT_A_TIME * HASH_KIB + SOME_KIB, f"{idle} KiB, then {peak} KiB"
    # However many have failed from this address, who has signed in from there before is let in.
    status, _, answer = Client(path).sign_in("reader", PASSWORD)
    assert status == 200, answer
    print(f"# {counts}; {idle} KiB, at most {peak} KiB", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--portal", required=True)
    parser.add_argument("--any-memory", action="store_true", help="sanitizers need memory of their own")
    options = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="kabinet-crowd-")
    program = Program(os.path.abspath(options.portal), os.path.join(folder, "portal"))
    path = os.path.join(folder, "portal.sock")
    print("1..1", flush=True)
    try:
        os.mkdir(program.data)
        add_crowd(program, ["reader", *(f"crowd-{i:03}" for i in range(50))])
        program.serve(f"unix:{path}", os.path.join(folder, "log"))
        test_crowd(program, path, options)
        print("ok 1 crowd", flush=True)
        return 0
    except Exception:
        print("not ok 1 crowd", flush=True)
        print("".join("# " + line + "\n" for line in traceback.format_exc().splitlines()), end="", flush=True)
        return 1
    finally:
        program.stop()
        shutil.rmtree(folder)


if __name__ == "__main__":
    sys.exit(main())
