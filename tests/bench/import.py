#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How fast the base imports goods, beside bare SQLite inserting as many rows on the same disk in the same run."""
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
import uuid

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from goods import write_exchange  # noqa: E402

OFFERS = 20000


def bare_sqlite(path, rows):
    """Seconds for as many rows with a text key in one transaction."""
    db = sqlite3.connect(path)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    db.execute("CREATE TABLE t (id TEXT PRIMARY KEY, name TEXT, n INTEGER)")
    ids = [str(uuid.uuid5(uuid.NAMESPACE_OID, f"row {i}")) for i in range(rows)]
    began = time.monotonic()
    with db:
        db.executemany("INSERT INTO t VALUES (?, ?, ?)", ((i, "Товар", 5) for i in ids))
    return time.monotonic() - began


def main():
    programs = sys.argv[1]
    with tempfile.TemporaryDirectory(prefix="kabinet-bench-") as folder:
        source, data = os.path.join(folder, "exchange"), os.path.join(folder, "base")
        os.mkdir(source)
        os.mkdir(data)
        rows = write_exchange(source, OFFERS)
        base = [os.path.join(programs, "kabinet-base"), "--data", data]
        subprocess.run(base + ["settings", "get", "orders.prefix"], check=True, stdout=subprocess.DEVNULL)
        began = time.monotonic()
        subprocess.run(base + ["import", source, "--json"], check=True, stdout=subprocess.DEVNULL)
        first = time.monotonic() - began
        began = time.monotonic()
        subprocess.run(base + ["import", source, "--json"], check=True, stdout=subprocess.DEVNULL)
        again = time.monotonic() - began
        bare = bare_sqlite(os.path.join(folder, "bare.db"), rows)
    result = {"rows": rows, "import_rows_per_s": round(rows / first), "again_rows_per_s": round(rows / again),
              "bare_rows_per_s": round(rows / bare), "ratio": round(bare / first, 3)}
    if "--json" in sys.argv:
        print(json.dumps(result))
    else:
        print(f"{rows} rows: import {result['import_rows_per_s']} rows/s, again {result['again_rows_per_s']} rows/s, "
              f"bare SQLite inserts {result['bare_rows_per_s']} rows/s, ratio {result['ratio']}")


if __name__ == "__main__":
    main()
