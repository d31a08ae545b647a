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

OFFERS = 20000


def write_exchange(folder):
    """An exchange as 1C writes it: products, and offers with three prices and two warehouses each."""
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<КоммерческаяИнформация ВерсияСхемы="2.07">'
    ids = [str(uuid.uuid5(uuid.NAMESPACE_OID, str(i))) for i in range(OFFERS)]
    with open(os.path.join(folder, "import0_1.xml"), "w", encoding="utf-8") as out:
        out.write(f"{head}<Каталог СодержитТолькоИзменения=\"true\"><Ид>c</Ид><Наименование>c</Наименование><Товары>\n")
        for i, product in enumerate(ids):
            out.write(f"<Товар><Ид>{product}</Ид><Артикул>A{i}</Артикул><Наименование>Товар {i}</Наименование>"
                      '<БазоваяЕдиница Код="796">шт</БазоваяЕдиница></Товар>\n')
        out.write("</Товары></Каталог></КоммерческаяИнформация>\n")
    with open(os.path.join(folder, "offers0_1.xml"), "w", encoding="utf-8") as out:
        out.write(f"{head}<ПакетПредложений СодержитТолькоИзменения=\"true\"><Ид>c#</Ид><ТипыЦен>")
        for t in "abc":
            out.write(f"<ТипЦены><Ид>{t}</Ид><Наименование>{t}</Наименование><Валюта>RUB</Валюта></ТипЦены>")
        out.write("</ТипыЦен><Склады><Склад><Ид>x</Ид><Наименование>x</Наименование></Склад>"
                  "<Склад><Ид>y</Ид><Наименование>y</Наименование></Склад></Склады><Предложения>\n")
        for i, product in enumerate(ids):
            prices = "".join(f"<Цена><ИдТипаЦены>{t}</ИдТипаЦены><ЦенаЗаЕдиницу>{i % 900 + 1}.50</ЦенаЗаЕдиницу>"
                             "<Валюта>RUB</Валюта></Цена>" for t in "abc")
            out.write(f'<Предложение><Ид>{product}</Ид><Цены>{prices}</Цены><Склад ИдСклада="x" КоличествоНаСкладе="5"/>'
                      '<Склад ИдСклада="y" КоличествоНаСкладе="7"/></Предложение>\n')
        out.write("</Предложения></ПакетПредложений></КоммерческаяИнформация>\n")
    return OFFERS * (1 + 1 + 3 + 2)


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
        rows = write_exchange(source)
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
