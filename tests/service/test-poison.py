#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is wrong and what is big on its way between the real programs: a message that cannot be taken or sent stops no
other and says why, a batch that nobody could read is refused by whom it was sent to, and the memory that an exchange
needs does not grow with the queue. --goods N: how many goods the long queue has, three messages each. --any-memory
says of memory only how much it was.
"""
import argparse
import base64
import functools
import http.client
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import traceback
import uuid

HERE = os.path.dirname(os.path.abspath(__file__))
for room in ("lib", "torture", "bench"):
    sys.path.insert(0, os.path.join(HERE, "..", room))
from goods import write_exchange  # noqa: E402
from people import PASSWORD, contents  # noqa: E402
from services import Service, UnixConnection  # noqa: E402
from world import World  # noqa: E402

MIB = 2**20
MESSAGES = 10000
ORDER_LINES = 10000     # the most that an order may have
BATCH_BYTES = MIB       # where a batch ends
REQUEST_BYTES = 16 * MIB  # of the biggest batch that an end accepts
SMALL_VALUES = 2 * MIB  # bytes of a request that has nothing but small values
REFERENCE = 21000       # messages of the run to which the long one is compared: they fill the database's cache
GROWTH = 1.12           # so many times its memory the long one may need
REFUSING = 100          # MiB that an end may need that refuses what it is sent
RECEIVING = 150         # MiB that an end may need that takes the biggest message
SENDING_HUGE = 700      # MiB that a run may need which meets an object of 100 MiB
LONG_ORDER = 200        # MiB that each end may need for the longest order


class Test:
    """The options, and the folders and worlds that the cases make."""

    def __init__(self, options):
        self.goods = options.goods
        self.any_memory = options.any_memory
        self.programs = os.path.dirname(os.path.abspath(options.portal))
        self.demo_files = os.path.abspath(options.demo_files)
        self.folders = []
        self.worlds = []

    def new_folder(self):
        # A short path: a Unix socket's has 107 bytes.
        self.folders.append(tempfile.mkdtemp(prefix="kab-", dir="/tmp"))
        return self.folders[-1]

    def new_world(self):
        """Both ends with the demo's goods and people, the portal serving."""
        world = World(self.programs, self.demo_files, self.new_folder(), 1)
        self.worlds.append(world)
        world.set_up()
        world.portal.start()
        assert world.base.json("run")["rejected"] == 0
        return world

    def end(self):
        for world in self.worlds:
            world.stop()
        for folder in self.folders:
            shutil.rmtree(folder)

    def bound(self, what, most, bound):
        """That something needed less than so many MiB."""
        say(f"{what}: {most:.1f} MiB of {bound:.1f}")
        assert self.any_memory or most < bound, f"{what} needed {most:.1f} MiB, and {bound:.1f} are the bound"

    def import_goods(self, world, goods, what=("import0_1.xml", "offers0_1.xml"), stock=5):
        folder = self.new_folder()
        write_exchange(folder, goods, stock)
        world.base.run("import", *(os.path.join(folder, name) for name in what))

    @functools.cached_property
    def big_world(self):
        """A world whose base has yet to send all the goods."""
        world = self.new_world()
        self.import_goods(world, self.goods)
        return world


def peak(pid):
    """MiB of the most that a process has had in memory."""
    with open(f"/proc/{pid}/status", encoding="utf-8") as file:
        return next((int(line.split()[1]) / 1024 for line in file if line.startswith("VmHWM:")), 0)


def run(end):
    """(what a run by hand answers, the most MiB that it needed): its memory is watched while it runs."""
    process = subprocess.Popen([end.path, "--data", end.data, "run", "--json"], stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, env={**os.environ, "LC_ALL": "C.UTF-8"})
    most = 0
    while process.poll() is None:
        most = max(most, peak(process.pid))
        time.sleep(0.005)
    answer, errors = process.communicate()
    assert process.returncode == 0 and errors == b"", (process.returncode, errors)
    return json.loads(answer), most


def change(end, statement, *rows):
    db = sqlite3.connect(os.path.join(end.data, f"{end.name}.db"), timeout=30)
    with db:
        db.executemany(statement, rows)
    db.close()


def say(text):
    print(f"# {text}", flush=True)


# What is wrong with a product of the base, and the words in which its entry says so.
WRONG = [("name", "я" * 1001, "Name (“name”) is longer than 1000 characters")] * 4 + \
    [("name", "", "Name (“name”) is missing")] * 3 + \
    [("article", "7" * 1001, "Article (“article”) is longer than 1000 characters")] * 3
MONSTERS = {
    "100 MiB": ("x" * 100 * MIB, "The object has 100 MiB, more than the 16 MiB that the exchange carries"),
    "17 MiB": ("x" * 17 * MIB, "The object has 17 MiB, more than the 16 MiB that the exchange carries"),
    "as big as a request may be": ("x" * (REQUEST_BYTES - 2048), "“description” is longer than 100000 characters"),
    "not UTF-8": (b"caf\xe9", "UTF-8"),
}


def test_rejected_and_monstrous(test):
    """Of 10,000 messages ten are rejected and one is a monster: the others arrive in the run."""
    world = test.new_world()
    before = {x for x, in world.portal.look("SELECT id FROM product")}
    test.import_goods(world, MESSAGES, ["import0_1.xml"])
    assert len(world.base.json("queue", "--limit", "100000")) == MESSAGES
    world.portal.stop()
    saved = test.new_folder()
    for end in world.ends:
        shutil.copytree(end.data, os.path.join(saved, end.name))
    for name, (monster, why) in MONSTERS.items():
        for end in world.ends:
            shutil.rmtree(end.data)
            shutil.copytree(os.path.join(saved, end.name), end.data)
        world.portal.start()
        ids = [x for x, in world.base.look("SELECT object_id FROM queue ORDER BY rank, id")]
        expected = {}
        for i, (column, value, words) in enumerate(WRONG):
            change(world.base, f"UPDATE product SET {column} = ? WHERE id = ?", (value, ids[i * 1000 + 500]))
            expected[ids[i * 1000 + 500]] = words
        change(world.base, "UPDATE product SET description = CAST(? AS TEXT) WHERE id = ?", (monster, ids[4321]))
        expected[ids[4321]] = why
        poisoned(test, world, name, expected, set(ids), before)
        world.portal.stop()


def poisoned(test, world, name, expected, ids, before):
    """A run with what is in the way, and another when a person has mended it."""
    result, most = run(world.base)
    assert (result["sent"], result["rejected"], result["failed"]) == (MESSAGES - 11, 11, 0), (name, result)
    assert not result.get("error"), result
    arrived = {x for x, in world.portal.look("SELECT id FROM product")} - before
    assert arrived == ids - set(expected), (name, len(arrived))
    entries = world.base.json("queue")
    assert {(x["kind"], x["state"]) for x in entries} == {("product", "failed")}, (name, entries)
    assert {x["object_id"] for x in entries} == set(expected), (name, entries)
    for entry in entries:
        assert expected[entry["object_id"]] in entry["error"], (name, entry)
        story = world.base.json("journal", "--object", entry["object_id"])
        assert expected[entry["object_id"]] in story[-1]["error"], (name, story)
    test.bound(f"{name}, the base", most, SENDING_HUGE)
    test.bound(f"{name}, the portal", peak(world.portal.process.pid), RECEIVING)
    assert run(world.base)[0]["sent"] == 0
    change(world.base, "UPDATE product SET name = 'Товар', article = NULL, description = NULL WHERE id = ?",
           *((x,) for x in expected))
    assert world.base.json("queue", "retry", "--all")["count"] == 11
    assert run(world.base)[0]["sent"] == 11 and world.base.json("queue") == []


class Receiver:
    """An end as the other end sees it."""

    def __init__(self, end, path, name, secret):
        self.end = end
        self.path = path + "/exchange/v1/messages"
        self.service = Service(end.socket)
        self.authorization = "Basic " + base64.b64encode(f"{name}:{secret}".encode()).decode()
        if end.name == "portal":
            status, answer = self.service.ask("POST", "/sys/token", b"grant_type=client_credentials", {
                "Authorization": self.authorization, "Content-Type": "application/x-www-form-urlencoded"})
            assert status == 200, answer
            self.authorization = "Bearer " + answer["access_token"]

    def post(self, body):
        return self.service.ask("POST", self.path, body, {"Authorization": self.authorization})

    def post_long(self, size, chunked):
        """(status, content type, answer) for a body that is never in memory; None if the end closes before."""
        connection = UnixConnection(self.end.socket)
        headers = {"Authorization": self.authorization, "Content-Type": "application/json"}
        if not chunked:
            headers["Content-Length"] = str(size)
        try:
            connection.request("POST", self.path, (b"x" * 65536 for _ in range(size // 65536)), headers,
                               encode_chunked=chunked)
            answer = connection.getresponse()
            return answer.status, answer.getheader("Content-Type"), json.loads(answer.read())
        except (ConnectionError, http.client.HTTPException):
            return None
        finally:
            connection.close()

    def stored(self):
        """What a message changes."""
        return [self.end.look(f"SELECT count(*) FROM {table}")[0][0] for table in ("inbox", "queue", "orders")]

    def refusals(self):
        return self.end.look("SELECT http_status, error, outcome FROM journal WHERE direction = 'incoming'"
                             " AND what = 'POST messages' AND outcome <> 'ok' ORDER BY id")


def receivers(world):
    key = json.loads(world.portal.run("key", "create", "EX", "--json").stdout)
    world.base.start()
    return [Receiver(world.portal, "", key["client_id"], key["client_secret"]),
            Receiver(world.base, "/trade/hs/ExchangePortal", "EX", PASSWORD)]


def message(body, kind="product", n=1):
    return b'{"kind":"%s","id":"90000000-0000-4000-8000-%012d","version":1,"body":%s}' % (kind.encode(), n, body)


def batch(*messages):
    return b'{"messages":[' + b",".join(messages) + b"]}"


GOOD = message(b'{"name":"good"}')
# Batches of a good message and one that spoils them; the words of the answer.
SPOILT = {
    "nested 10,000 deep": (batch(GOOD, message(b'{"in":' * 10000 + b"1" + b"}" * 10000, n=2)), "nested too deeply"),
    "lists 10,000 deep": (batch(GOOD, message(b"[" * 10000 + b"]" * 10000, n=2)), "nested too deeply"),
    "never closed": (b'{"messages":' + b"[" * MIB, "nested too deeply"),
    "not UTF-8": (batch(GOOD, message(b'{"name":"caf\xe9"}', n=2)), "UTF-8"),
    "a byte of NUL": (batch(GOOD, message(b'{"name":"a\0b"}', n=2)), "JSON"),
    "cut": (batch(GOOD, message(b'{"name":"good"}', n=2))[:-5], "JSON"),
    "too many": (batch(*[GOOD] * 1001), "1000"),
    "empty": (b"", "JSON"),
}

# What was refused is journalled once a second at most: these are waited for.
JOURNALLED = ("nested 10,000 deep", "not UTF-8", "cut")


def refused(name, status, answer, expected, words):
    """A problem answer (RFC 9457) with a sentence."""
    assert status == expected == answer["status"], (name, status, answer)
    assert words in answer["detail"] and len(answer["detail"]) > 15, (name, answer)


def test_refused_batches(test):
    """Nothing of a batch that cannot be read is stored, whoever sent it is told why, and the service lives on."""
    world = test.new_world()
    for receiver in receivers(world):
        stored = receiver.stored()
        for name, (body, words) in SPOILT.items():
            told = len(receiver.refusals())
            if name in JOURNALLED:
                time.sleep(1.02)
            status, answer = receiver.post(body)
            refused(name, status, answer, 400, words)
            if name in JOURNALLED:
                assert receiver.refusals()[told:] == [(400, answer["detail"], "error")], (receiver.end.name, name)
        for size in (REQUEST_BYTES + 65536, 30 * MIB):
            for chunked in (False, True):
                status, content_type, answer = receiver.post_long(size, chunked)
                refused(size, status, answer, 413, "too big")
                assert content_type.startswith("application/problem+json"), content_type
        for chunked in (False, True):
            # Whoever goes on far beyond the limit is cut off.
            answer = receiver.post_long(100 * MIB, chunked)
            assert answer is None or answer[0] == 413, answer
        assert receiver.stored() == stored, receiver.end.name
        test.bound(f"the {receiver.end.name}", peak(receiver.end.process.pid), REFUSING)
        # The same process takes what is right.
        status, answer = receiver.post(batch(GOOD))
        assert status == 200 and len(answer["answers"]) == 1, answer
        assert receiver.end.process.poll() is None
    assert world.portal.look("SELECT name FROM product WHERE id LIKE '90000000-%'") == [("good",)]


def test_lone_surrogate(test):
    """A text that JSON can escape and UTF-8 cannot hold must not get in: nobody could read the page it stands on."""
    world = test.new_world()
    world.admit_partners()
    portal = receivers(world)[0]
    portal.post(batch(message(b'{"name":"a\\ud800b"}')))
    world.buyers[0].service.sign_in(world.buyers[0].login, PASSWORD)
    connection = UnixConnection(world.portal.socket)
    connection.request("GET", "/api/v1/products?limit=200", headers={
        "Authorization": f"Bearer {world.buyers[0].service.token}"})
    page = connection.getresponse().read()
    connection.close()
    assert len(page) > 1000
    page.decode("utf-8")


def test_many_small_values(test):
    """What is accepted must not need a hundred times its size in memory."""
    world = test.new_world()
    portal = receivers(world)[0]
    before = peak(world.portal.process.pid)
    status, answer = portal.post(b'{"messages":[' + b"{}," * (SMALL_VALUES // 3) + b"{}]}")
    refused("many", status, answer, 400, "")
    test.bound("the portal in addition", peak(world.portal.process.pid) - before, 20 * SMALL_VALUES / MIB)


def queue_again(base, ranks):
    """Queues as many messages as the reference has, as if something had changed."""
    change(base, "UPDATE exchange_version SET value = value + ?", (1,))
    for kind, rank in ranks:
        change(base, "INSERT INTO queue (kind, rank, object_id, version, state, created_at, next_attempt_at)"
               " SELECT ?, ?, id, (SELECT value FROM exchange_version), 'waiting', 0, 0 FROM offer ORDER BY id LIMIT ?",
               (kind, rank, REFERENCE // len(ranks)))


def test_long_queue(test):
    """The memory that a run needs at either end does not grow with the messages, three for each of --goods."""
    world = test.big_world
    ranks = world.base.look("SELECT DISTINCT kind, rank FROM queue WHERE kind IN ('product', 'price', 'stock')")
    world.portal.stop()
    world.portal.start()
    result, base_long = run(world.base)
    portal_long = peak(world.portal.process.pid)
    assert result["sent"] >= 3 * test.goods and not result.get("error"), result
    assert world.base.queue() == []
    # Some of the goods once more, so that the database is as big and as many of its pages are touched.
    queue_again(world.base, ranks)
    world.portal.stop()
    world.portal.start()
    reference, base = run(world.base)
    portal = peak(world.portal.process.pid)
    assert reference["sent"] == REFERENCE, reference
    say(f"{result['sent']} messages; the bounds are {GROWTH} of what {reference['sent']} need")
    test.bound("the base", base_long, base * GROWTH)
    test.bound("the portal", portal_long, portal * GROWTH)


def place_longest(test, world):
    """An order with as many lines as there may be; the last ones are put in as a person does."""
    buyer = world.buyers[0]
    products = world.base.look("SELECT offer_id FROM price JOIN price_type t ON t.id = price_type_id"
                               " WHERE t.name = 'a' ORDER BY offer_id LIMIT ?", ORDER_LINES + 1)
    user, partner = world.portal.look("SELECT id, partner_id FROM user WHERE login = ?", buyer.login)[0]
    change(world.portal, "INSERT INTO basket_line (user_id, partner_id, product_id, quantity, added_at)"
           " VALUES (?, ?, ?, ?, ?)",
           *((user, partner, x, (i % 7 + 1) * 1000, i) for i, (x,) in enumerate(products[:ORDER_LINES - 1])))
    for (product,), expected in zip(products[ORDER_LINES - 1:], (200, 413)):
        status, answer = buyer.ask("PUT", f"/api/v1/basket/{product}", {"quantity": "1.5"})
        assert status == expected, (status, answer)
    buyer.key = str(uuid.uuid4())
    return buyer.submit()


def test_longest_order(test):
    """An order with as many lines as there may be, beyond what a batch holds, goes there and back with its sums."""
    world = test.big_world
    run(world.base)
    with open(os.path.join(test.demo_files, "people.json"), encoding="utf-8") as file:
        for agreement in json.load(file)["agreements"]:
            world.base.run("partner", "set", agreement["partner_inn"], "--price-type", "a")
    run(world.base)
    world.admit_partners()
    world.base.start()
    order = place_longest(test, world)
    assert len(order["lines"]) == ORDER_LINES
    assert len(json.dumps(order["lines"], ensure_ascii=False).encode()) > BATCH_BYTES
    peaks = []

    def send(end):
        result, most = run(end)
        assert result["sent"] >= 1 and not result["rejected"] and end.queue() == [], (end.name, result, end.queue())
        peaks.append(most)

    send(world.portal)
    at_base = world.manager.get(f"/api/v1/client-orders/{order['id']}")
    assert contents(at_base) == contents(order)
    at_base["client_status"] = "to-fulfil"
    at_base["lines"][0]["quantity"] = "9"
    offered = world.manager.put(at_base)
    assert offered is not None and contents(offered)[1] != contents(order)[1]
    send(world.base)
    back = world.buyers[0].get(f"/api/v1/orders/{order['id']}")
    assert back["status"] == "awaiting-partner" and contents(back) == contents(offered), back["status"]
    world.buyers[0].decide(order["id"], "confirm")
    send(world.portal)
    send(world.base)
    confirmed = world.buyers[0].get(f"/api/v1/orders/{order['id']}")
    assert confirmed["status"] == "in-progress" and contents(confirmed) == contents(offered), confirmed["status"]
    assert confirmed["has_invoice"]
    test.bound("the four runs", max(peaks), LONG_ORDER)
    for end in world.ends:
        test.bound(f"the {end.name}", peak(end.process.pid), LONG_ORDER)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--portal", required=True)
    parser.add_argument("--base", required=True)
    parser.add_argument("--demo-files", default="data/demo")
    parser.add_argument("--goods", type=int, default=17000)
    parser.add_argument("--any-memory", action="store_true")
    parser.add_argument("only", nargs="*")
    options = parser.parse_args()
    cases = [(name[5:], case) for name, case in globals().items()
             if name.startswith("test_") and (not options.only or name[5:] in options.only)]
    test = Test(options)
    failed = 0
    print(f"1..{len(cases)}", flush=True)
    for i, (name, case) in enumerate(cases, 1):
        began = time.monotonic()
        try:
            case(test)
            print(f"ok {i} {name}", flush=True)
        except Exception:
            failed += 1
            print(f"not ok {i} {name}", flush=True)
            print("".join("# " + line + "\n" for line in traceback.format_exc().splitlines()), end="", flush=True)
        say(f"{time.monotonic() - began:.1f} s")
    test.end()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
