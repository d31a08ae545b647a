#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether the time of an answer tells who is there, and what a hundred people who sign in at once do to the catalogue.

Unknown logins, wrong passwords, deactivated users and users who have no password yet are tried in random order in one
run, each with a login and an address of its own, so that nobody has to wait; then resets of a password. Two kinds are
held against each other by Mann and Whitney's test: "tells" is how often the longer of two answers is the one of the
second kind, and 0.5 says nothing.
"""
import argparse
import json
import math
import multiprocessing
import os
import random
import shutil
import statistics
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "torture"))
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
from crowd import (AT_A_TIME, HASH_KIB, PASSWORD, SOME_KIB, Client, add_crowd, memory, storm)  # noqa: E402
from world import World  # noqa: E402

KINDS = ("wrong password", "unknown login", "deactivated", "no password yet")
CROWD = 100
# Beyond it, chance is not the reason: one in 2,600 pairs.
NOISE = 3.5


def mann_whitney(one, other):
    """(z, share of pairs in which the second is longer)"""
    ranked = sorted([(value, 0) for value in one] + [(value, 1) for value in other])
    rank_sum = sum(rank for rank, (_, which) in enumerate(ranked, 1) if which == 1)
    n, m = len(one), len(other)
    u = rank_sum - m * (m + 1) / 2
    return (u - n * m / 2) / math.sqrt(n * m * (n + m + 1) / 12), u / (n * m)


def describe(values):
    low, median, high = statistics.quantiles(values, n=4)
    return {"median_ms": round(median, 3), "quartiles_ms": [round(low, 3), round(high, 3)]}


def compare(times, against):
    """Each kind beside the one it must not be told from."""
    result = {}
    for kind, values in times.items():
        z, share = mann_whitney(times[against], values) if kind != against else (0, 0.5)
        result[kind] = {**describe(values), "ratio": round(statistics.median(values) /
                                                          statistics.median(times[against]), 4),
                        "z": round(z, 2), "tells": round(share, 3),
                        "within_noise": abs(z) < NOISE}
    return result


def address(number):
    return f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"


def logins(kind, tries):
    return [f"{kind.split()[0]}-{i:05}" for i in range(tries)]


def failed_sign_ins(path, tries, chance):
    plan = [(kind, login) for kind in KINDS for login in logins(kind, tries)]
    chance.shuffle(plan)
    client = Client(path)
    times = {kind: [] for kind in KINDS}
    for number, (kind, login) in enumerate(plan):
        password = "another password" if kind == "wrong password" else PASSWORD
        status, taken, answer = client.sign_in(login, password, address(number))
        assert status == 401, (kind, status, answer)
        times[kind].append(taken)
    return compare(times, KINDS[0])


def resets(path, tries, chance):
    names = {"known": logins("wrong password", tries), "unknown": logins("stranger", tries),
             "deactivated": logins("deactivated", tries)}
    plan = [(kind, login) for kind, all_of_it in names.items() for login in all_of_it]
    chance.shuffle(plan)
    times = {kind: [] for kind in names}
    for number, (kind, login) in enumerate(plan):
        client = Client(path)  # the service ends a connection with 204
        client.connection.connect()
        status, taken, answer = client.ask("POST", "/api/v1/password/reset", {"login": login},
                                           address(1000000 + number))
        client.connection.close()
        assert status == 204, (kind, status, answer)
        times[kind].append(taken)
    return compare(times, "known")


def read_catalogue(path, token, stop, out):
    """A process of its own, so that the crowd's threads do not hold it up."""
    client = Client(path)
    times = []
    while not stop.is_set():
        status, taken, _ = client.ask("GET", "/api/v1/products?limit=50", token=token)
        assert status == 200, status
        times.append(taken)
        time.sleep(0.002)
    out.put(times)


def while_reading(path, token, act):
    """(what act gives, seconds, milliseconds of each page of the catalogue meanwhile)"""
    stop, out = multiprocessing.Event(), multiprocessing.Queue()
    reader = multiprocessing.Process(target=read_catalogue, args=(path, token, stop, out))
    reader.start()
    time.sleep(0.3)
    began = time.monotonic()
    result = act()
    seconds = time.monotonic() - began
    stop.set()
    times = out.get(timeout=60)
    reader.join()
    return result, seconds, times


def percentile(values, share):
    return round(sorted(values)[min(len(values) - 1, int(len(values) * share))], 2)


def crowds(portal, token):
    path, pid = portal.socket, portal.process.pid
    _, _, quiet = while_reading(path, token, lambda: time.sleep(3))
    with open(f"/proc/{pid}/clear_refs", "w", encoding="ascii") as file:
        file.write("5")  # the peak is what it is now
    idle = memory(pid, "VmRSS")
    right = [(login, PASSWORD) for login in logins("crowd", CROWD)]
    answers, seconds, busy = while_reading(path, token, lambda: storm(path, right))
    peak = memory(pid, "VmHWM")
    one = [(right[0][0], "another password")] * CROWD
    one_account = storm(path, one)
    many = storm(path, [(f"nobody-{i}", "another password") for i in range(3 * CROWD)])
    return {"people": CROWD, "answers": answers, "sign_ins_per_s": round(CROWD / seconds, 1), "idle_kib": idle,
            "peak_kib": peak, "bound_kib": idle + AT_A_TIME * HASH_KIB + SOME_KIB,
            "pages": len(busy), "page_ms_p50": percentile(busy, 0.5), "page_ms_p99": percentile(busy, 0.99),
            "quiet_page_ms_p50": percentile(quiet, 0.5), "quiet_page_ms_p99": percentile(quiet, 0.99),
            "ratio_p50": round(percentile(busy, 0.5) / percentile(quiet, 0.5), 2),
            "ratio_p99": round(percentile(busy, 0.99) / percentile(quiet, 0.99), 2),
            "one_account_answers": one_account, "three_hundred_answers": many}


def measure(programs, demo_files, folder, options):
    chance = random.Random(options.seed)
    world = World(programs, demo_files, folder, 1)
    world.set_up()
    world.portal.start()
    try:
        world.base.run("run")  # the demo's goods and people
        world.portal.stop()
        partner_id = world.portal.look("SELECT id FROM partner WHERE price_type_id IS NOT NULL")[0][0]
        add_crowd(world.portal, logins("wrong password", options.tries))
        add_crowd(world.portal, logins("deactivated", options.tries), active=False)
        add_crowd(world.portal, logins("no password yet", options.tries), password=False)
        add_crowd(world.portal, ["reader", *logins("crowd", CROWD)], partner_id=partner_id)
        world.portal.serve(f"unix:{world.portal.socket}", world.portal.log_path, "--behind-proxy")
        _, _, answer = Client(world.portal.socket).sign_in("reader", PASSWORD, "10.255.0.1")
        result = {"tries": options.tries, "crowd": crowds(world.portal, json.loads(answer)["token"]),
                  "resets": resets(world.portal.socket, options.tries, chance),
                  "sign_ins": failed_sign_ins(world.portal.socket, options.tries, chance)}
    finally:
        world.stop()
    return result


def show(what, kinds):
    print(f"{what}:")
    for kind, r in kinds.items():
        print(f"  {kind:16} median {r['median_ms']} ms, quartiles {r['quartiles_ms'][0]} and {r['quartiles_ms'][1]}, "
              f"ratio {r['ratio']}, z {r['z']}, tells {r['tells']}"
              f"{'' if r['within_noise'] else ': more than noise'}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("programs")
    parser.add_argument("--demo-files", default="data/demo")
    parser.add_argument("--tries", type=int, default=1000, help="of each kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="kabinet-bench-")
    try:
        r = measure(os.path.abspath(options.programs), os.path.abspath(options.demo_files), folder, options)
    finally:
        shutil.rmtree(folder)
    if options.json:
        print(json.dumps(r))
        return
    show(f"sign-ins that fail, {r['tries']} of each", r["sign_ins"])
    show(f"passwords asked for, {r['tries']} of each", r["resets"])
    c = r["crowd"]
    print(f"{c['people']} sign in at once: {c['answers']}, {c['sign_ins_per_s']}/s; memory {c['idle_kib']} KiB before, "
          f"{c['peak_kib']} at most, bound {c['bound_kib']}")
    print(f"a page of the catalogue meanwhile: p50 {c['page_ms_p50']} ms, p99 {c['page_ms_p99']} ms; without the crowd "
          f"{c['quiet_page_ms_p50']} and {c['quiet_page_ms_p99']}; ratios {c['ratio_p50']} and {c['ratio_p99']}")
    print(f"{c['people']} wrong passwords for one account at once: {c['one_account_answers']}; "
          f"{3 * c['people']} unknown logins from one address: {c['three_hundred_answers']}")


if __name__ == "__main__":
    main()
