#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Messages per second from queue to inbox between the real programs, both ends durable, in batches and one at a time,
beside bare SQLite inserting a row per message at either end with the same batches and the same fsyncs in the same run;
and the time from "placed" to "the base has it", with the schedule off and push on.
"""
import argparse
import json
import os
import shutil
import sqlite3
import sys
import tempfile
import time
import uuid
from datetime import datetime

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "torture"))
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from goods import write_exchange  # noqa: E402
from world import World  # noqa: E402

BATCH = 1000


def bare_sqlite(folder, rows, batch):
    """Seconds for a row per message at either end, in batches, one after the other as messages and answers go."""
    ends = []
    for name in ("one", "other"):
        db = sqlite3.connect(os.path.join(folder, f"bare-{name}-{batch}.db"), isolation_level=None)
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")
        db.execute("CREATE TABLE t (kind TEXT, id TEXT, version INTEGER, PRIMARY KEY (kind, id)) WITHOUT ROWID")
        ends.append(db)
    ids = [str(uuid.uuid5(uuid.NAMESPACE_OID, f"message {i}")) for i in range(rows)]
    began = time.monotonic()
    for start in range(0, rows, batch):
        for db in ends:
            db.execute("BEGIN IMMEDIATE")
            db.executemany("INSERT INTO t VALUES ('stock', ?, 5)", ((i,) for i in ids[start:start + batch]))
            db.execute("COMMIT")
    return time.monotonic() - began


def run(world):
    """(messages, seconds) of a run of the base."""
    result = world.base.json("run")
    assert not result.get("error") and result["rejected"] == 0 and result["failed"] == 0, result
    times = [datetime.fromisoformat(result[name].replace("Z", "+00:00")) for name in ("started_at", "ended_at")]
    return result["sent"], (times[1] - times[0]).total_seconds()


def in_batches(world, folder, offers):
    """{what: (messages, seconds)}: goods that are all new, then the stock of all of them."""
    measured = {}
    for name, stock in (("new goods", 5), ("stock only", 6)):
        source = os.path.join(folder, f"exchange-{stock}")
        os.mkdir(source)
        write_exchange(source, offers, stock)
        world.base.run("import", source)
        measured[name] = run(world)
    return measured


def one_at_a_time(world, orders):
    """Milliseconds from the request "Place order", and from its answer, until the order stands at the base."""
    buyer = world.buyers[0]
    from_request, from_answer = [], []
    buyer.chance.random = lambda: 1.0  # nothing is pressed twice here
    db = sqlite3.connect(f"file:{world.base.data}/base.db?mode=ro", uri=True, isolation_level=None)
    for _ in range(orders):
        products = [p["id"] for p in buyer.get("/api/v1/products?limit=50")["items"] if "price" in p][:3]
        for product in products:
            buyer.ask("PUT", f"/api/v1/basket/{product}", {"quantity": "2"})
        buyer.key = str(uuid.uuid4())
        began = time.monotonic()
        order = buyer.submit()
        answered = time.monotonic()
        while not db.execute("SELECT 1 FROM orders WHERE id = ?", (order["id"],)).fetchone():
            assert time.monotonic() - began < 30, "an order does not arrive"
            time.sleep(0.0002)
        there = time.monotonic()
        from_request.append((there - began) * 1000)
        from_answer.append((there - answered) * 1000)
    db.close()
    return from_request, from_answer


def percentile(values, share):
    return round(sorted(values)[min(len(values) - 1, int(len(values) * share))], 1)


def measure(programs, demo_files, folder, options):
    world = World(programs, demo_files, folder, 1)
    world.set_up()
    world.portal.start()
    try:
        run(world)  # the demo's goods and people
        world.admit_partners()
        world.set("exchange.push", "true")
        world.base.start()
        world.wait_until_quiet()
        from_request, from_answer = one_at_a_time(world, options.orders)
        world.wait_until_quiet()
        single = world.base.look("SELECT count(*) FROM orders")[0][0]
        # Last, for the disk is busy for a while after it.
        world.base.stop()
        batches = in_batches(world, folder, options.offers)
    finally:
        world.stop()
    assert single == options.orders
    result = {}
    for name, (messages, seconds) in batches.items():
        bare = bare_sqlite(folder, messages, BATCH) if name == "stock only" else None
        key = name.replace(" ", "_")
        result[f"{key}_messages"] = messages
        result[f"{key}_per_s"] = round(messages / seconds)
        if bare is not None:
            result["bare_batches_per_s"] = round(messages / bare)
            result["ratio_batches"] = round(bare / seconds, 3)
    bare = bare_sqlite(folder, options.orders, 1)
    seconds = sum(from_request) / 1000
    result.update(orders=options.orders, orders_per_s=round(options.orders / seconds),
                  bare_single_per_s=round(options.orders / bare), ratio_single=round(bare / seconds, 3),
                  placed_to_there_ms_p50=percentile(from_request, 0.5), placed_to_there_ms_p99=percentile(from_request, 0.99),
                  acknowledged_to_there_ms_p50=percentile(from_answer, 0.5),
                  acknowledged_to_there_ms_p99=percentile(from_answer, 0.99))
    return result


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("programs")
    parser.add_argument("--demo-files", default="data/demo")
    parser.add_argument("--offers", type=int, default=20000)
    parser.add_argument("--orders", type=int, default=500)
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
    print(f"in batches of {BATCH}: new goods {r['new_goods_per_s']} messages/s, stock {r['stock_only_per_s']} messages/s; "
          f"bare SQLite at two ends {r['bare_batches_per_s']} rows/s, ratio {r['ratio_batches']}")
    print(f"one at a time: {r['orders_per_s']} orders/s, bare SQLite at two ends {r['bare_single_per_s']} rows/s, "
          f"ratio {r['ratio_single']}")
    print(f"placed to there: p50 {r['placed_to_there_ms_p50']} ms, p99 {r['placed_to_there_ms_p99']} ms "
          f"(from the acknowledgement: {r['acknowledged_to_there_ms_p50']} and {r['acknowledged_to_there_ms_p99']} ms)")


if __name__ == "__main__":
    main()
