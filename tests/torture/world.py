# SPDX-License-Identifier: GPL-3.0-or-later
"""Two ends of the exchange as processes, and people who order and change: what the tortures share."""
import http.client
import json
import os
import random
import sqlite3
import sys
import threading
import time
import uuid
from decimal import Decimal

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from judge import Judge  # noqa: E402
from services import Program, Service, wait  # noqa: E402

PASSWORD = "torture-password"
LOGINS = ("kiselnikov", "beregova")
OVER = ("closed", "cancelled")


def contents(order):
    """Lines and total of an order that a service told, in thousandths and minor units as the ends store them."""
    lines = tuple((x["product_id"], int(Decimal(x["ordered"]) * 1000), int(Decimal(x["quantity"]) * 1000),
                   int(Decimal(x["price"]) * 100), int(Decimal(x["sum"]) * 100)) for x in order["lines"])
    return lines, int(Decimal(order["total"]) * 100)


class Ledger:
    """What the people were told: nothing of it may be lost."""

    def __init__(self):
        self.lock = threading.Lock()
        self.orders = {}     # id: contents as they were acknowledged
        self.first_seen = {}  # id: contents as the manager saw them before any change
        self.decisions = {}  # id: {(decision, revision)} that the portal acknowledged
        self.n_changes = 0   # decisions and changes that were acknowledged
        self.changes = {}    # id: (version, contents) of the newest change that the base acknowledged
        self.tried = {}      # id: [contents] of changes that may have been made
        self.wrong = []      # what the people saw that cannot be, in words; begins with an order's id and a colon

    def complain(self, text):
        with self.lock:
            self.wrong.append(text)


class Person:
    """Somebody who is signed in. What one person sees, one after the other, never goes back."""

    def __init__(self, end, login, ledger, seed):
        self.service = Service(end.socket)
        self.login = login
        self.ledger = ledger
        self.chance = random.Random(seed)
        self.seen = {}

    def ask(self, method, path, body=None, headers=None):
        if self.service.token is None:
            self.service.sign_in(self.login, PASSWORD)
        status, answer = self.service.ask(method, path, body, headers)
        if status == 401:
            self.service.token = None
        if status == 500:
            self.ledger.complain(f"{method} {path}: 500, {answer}")
        return status, answer

    def get(self, path):
        status, answer = self.ask("GET", path)
        assert status == 200, f"GET {path}: {answer}"
        return answer

    def saw(self, order):
        now = order["version"], order.get("revision", 0), order.get("client_status")
        before = self.seen.get(order["id"], now)
        self.seen[order["id"]] = now
        if now[0] < before[0] or now[1] < before[1] or (before[2] in OVER and now[2] != before[2]):
            self.ledger.complain(f"{order['id']}: {self.login} saw {now} after {before}")
        return order


class Buyer(Person):
    """Orders and decides. What fails is pressed again with the same key; now and then so is what went well."""

    def __init__(self, end, login, ledger, seed):
        super().__init__(end, login, ledger, seed)
        self.products = []
        self.wish = {}
        self.missing = set()
        self.key = None

    def step(self):
        if self.key is None and self.chance.random() < 0.4:
            self.decide()
        else:
            self.place()

    def place(self):
        """The order as the portal acknowledged it."""
        if not self.products:
            self.products = [p["id"] for p in self.get("/api/v1/products?limit=200")["items"] if "price" in p]
        if not self.wish:
            self.wish = {p: self.chance.randint(1, 20) for p in self.chance.sample(self.products, 3)}
            self.missing = set(self.wish)
        for product in sorted(self.missing):
            status, answer = self.ask("PUT", f"/api/v1/basket/{product}", {"quantity": str(self.wish[product])})
            assert status == 200, answer
            self.missing.discard(product)
        if self.key is None:
            self.key = str(uuid.UUID(int=self.chance.getrandbits(128)))
        order = self.submit()
        if self.chance.random() < 0.1:
            again = self.submit()["id"]
            if again != order["id"]:
                self.ledger.complain(f"{again}: pressed twice, made twice; the first is {order['id']}")
        if {x[0]: x[2] for x in contents(order)[0]} != {p: q * 1000 for p, q in self.wish.items()}:
            self.ledger.complain(f"{order['id']}: acknowledged with other lines than were in the basket")
        with self.ledger.lock:
            self.ledger.orders[order["id"]] = contents(order)
        self.wish, self.key = {}, None
        return self.saw(order)

    def submit(self):
        status, answer = self.ask("POST", "/api/v1/orders", {"place": True}, {"Idempotency-Key": self.key})
        assert status == 200, answer
        return answer

    def decide(self, order_id=None, decision=None):
        """Confirms or refuses an order that was offered; seldom refuses one in another status."""
        status = "awaiting-partner" if self.chance.random() < 0.9 else \
            self.chance.choice(("new", "awaiting-manager", "in-progress"))
        if order_id is None:
            heads = self.get(f"/api/v1/orders?status={status}&limit=20")["items"]
            if not heads:
                return
            order_id = self.chance.choice(heads)["id"]
        order = self.saw(self.get(f"/api/v1/orders/{order_id}"))
        if decision is None:
            decision = "confirm" if status == "awaiting-partner" and self.chance.random() < 0.75 else "refuse"
        wish = {"decision": decision, "revision": order["revision"], "reason": "torture"}
        for _ in range(2 if self.chance.random() < 0.1 else 1):
            code, answer = self.ask("POST", f"/api/v1/orders/{order_id}/decision", wish)
            if code == 200:
                self.saw(answer)
                with self.ledger.lock:
                    self.ledger.decisions.setdefault(order_id, set()).add((decision, order["revision"]))
                    self.ledger.n_changes += 1

    def finish(self):
        """What was pressed may have been made: it is pressed until it is acknowledged."""
        if self.key is not None:
            self.place()


class Manager(Person):
    """Offers what comes in, changes what was offered, notes payment and shipment, closes, cancels."""

    def step(self):
        heads = self.get("/api/v1/client-orders?limit=40")["items"]
        heads = [x for x in heads if x["client_status"] not in OVER]
        for head in self.chance.sample(heads, min(3, len(heads))):
            self.change(head["id"])

    def change(self, order_id, what=None):
        order = self.saw(self.get(f"/api/v1/client-orders/{order_id}"))
        with self.ledger.lock:
            if order["revision"] == 1:
                self.ledger.first_seen.setdefault(order_id, contents(order))
        what = what or self.choose(order)
        if what == "offer":
            order["client_status"] = "to-fulfil"
        elif what in ("close", "cancel"):
            order["client_status"] = {"close": "closed", "cancel": "cancelled"}[what]
        elif what == "pay":
            order["paid_percent"] = min(100, order["paid_percent"] + 50)
        elif what == "ship":
            order["shipped_percent"] = min(100, order["shipped_percent"] + 50)
        elif what == "wait":
            return None
        left = what == "cut" or (what == "offer" and self.chance.random() < 0.5)
        if left and len(order["lines"]) > 1 and self.chance.random() < 0.5:
            order["lines"][self.chance.randrange(len(order["lines"]))]["quantity"] = "0"
        elif left:
            order["lines"][0]["quantity"] = str(self.chance.randint(21, 40))
        return self.put(order)

    def put(self, order):
        total = Decimal(0)
        for line in order["lines"]:
            amount = (Decimal(line["quantity"]) * Decimal(line["price"])).quantize(Decimal("0.01"))
            line["sum"] = f"{amount:.2f}"
            total += amount
        order["total"] = f"{total:.2f}"
        lines, minor = contents(order)
        with self.ledger.lock:
            tried = tuple(x for x in lines if x[2] > 0), minor
            self.ledger.tried.setdefault(order["id"], []).append(tried)
        status, answer = self.ask("PUT", f"/api/v1/client-orders/{order['id']}", order)
        if status == 409:
            return None
        assert status == 200, answer
        self.saw(answer)
        with self.ledger.lock:
            self.ledger.changes[order["id"]] = answer["version"], contents(answer)
            self.ledger.n_changes += 1
        return answer

    def choose(self, order):
        if order["client_status"] == "on-approval":
            return self.chance.choices(("offer", "cancel"), (19, 1))[0]
        if order["status"] != "in-progress":
            return self.chance.choices(("wait", "cut", "ship", "cancel"), (12, 6, 1, 1))[0]
        if order["shipped_percent"] == 100 and order["paid_percent"] == 100:
            return "close"
        return self.chance.choices(("pay", "ship", "cut", "cancel"), (8, 8, 1, 1))[0]


class End(Program):
    """An end as a process. Its data are read from the side, by connections that live for one look: one that stayed
    open would keep alive, through a kill, what the next start has to find out from the files alone."""

    def __init__(self, folder, programs, name):
        super().__init__(os.path.join(programs, f"kabinet-{name}"), os.path.join(folder, name))
        os.mkdir(self.data)
        self.name = name
        self.socket = os.path.join(folder, f"{name}.sock")
        self.log_path = os.path.join(folder, "log")

    def start(self):
        self.serve(f"unix:{self.socket}", self.log_path)

    def kill(self):
        if self.process is not None:
            self.process.kill()
            self.stop()

    def look(self, sql, *values):
        db = sqlite3.connect(f"file:{self.data}/{self.name}.db?mode=ro", uri=True, timeout=30)
        try:
            return db.execute(sql, values).fetchall()
        finally:
            db.close()

    def forget_failures(self):
        """As if the runs before had gone well."""
        db = sqlite3.connect(f"file:{self.data}/{self.name}.db?mode=rw", uri=True, timeout=30)
        try:
            with db:
                db.execute("UPDATE exchange_state SET failures = 0, held_until = 0")
        finally:
            db.close()

    def queue(self):
        """[(kind, object, version, state, attempts, next attempt, error)]"""
        return self.look("SELECT kind, object_id, version, state, attempts, next_attempt_at, error FROM queue")


class World:
    """Portal and base in a folder of their own, and everybody who works with them."""

    def __init__(self, programs, demo_files, folder, seed):
        self.portal = End(folder, programs, "portal")
        self.base = End(folder, programs, "base")
        self.ends = (self.portal, self.base)
        self.demo_files = demo_files
        self.ledger = Ledger()
        self.buyers = [Buyer(self.portal, login, self.ledger, f"{seed} {login}") for login in LOGINS]
        self.manager = Manager(self.base, "manager", self.ledger, f"{seed} manager")
        self.judge = Judge(self)

    def other(self, end):
        return self.base if end is self.portal else self.portal

    def set_up(self, addresses=None):
        """Everything but the first exchange. addresses: where each end finds the other, if not directly."""
        with open(os.path.join(self.demo_files, "people.json"), encoding="utf-8") as file:
            people = json.load(file)
        portal, base = self.ends
        base.run("import", os.path.join(self.demo_files, "commerceml"))
        portal.run("user", "add", "EX", "--role", "exchange")
        base.run("user", "add", "EX", "--role", "exchange")
        base.run("user", "add", "manager", "--role", "manager")
        key = json.loads(portal.run("key", "create", "EX", "--json").stdout)
        base.run("settings", "set", "exchange.client-id", key["client_id"])
        base.run("settings", "set", "exchange.client-secret", secret=key["client_secret"])
        portal.run("settings", "set", "exchange.login", "EX")
        portal.run("settings", "set", "exchange.password", secret=PASSWORD)
        for login in ("EX", "manager"):
            base.run("user", "password", login, secret=PASSWORD)
        for name, value in people["organisation"].items():
            base.run("settings", "set", f"organisation.{name.replace('_', '-')}", value)
        for agreement in people["agreements"]:
            base.run("partner", "set", agreement["partner_inn"], "--price-type", agreement["price_type"])
        for login in people["logins"]:
            if login["login"] in LOGINS:
                base.run("contact", "publish", login["email"], "--login", login["login"], "--role", login["role"])
        for end in self.ends:
            address = (addresses or {}).get(end, self.other(end).socket)
            end.run("settings", "set", "exchange.address", f"unix:{address}")

    def set(self, name, value):
        for end in self.ends:
            end.run("settings", "set", name, str(value))

    def admit_buyers(self):
        """They came with the first exchange."""
        for login in LOGINS:
            self.portal.run("user", "password", login, secret=PASSWORD)

    def stop(self):
        for end in self.ends:
            end.stop()

    def is_quiet(self):
        # What an end has taken may have become an entry of its own before the other end forgot it: look twice.
        for end in self.ends * 2:
            entries = end.queue()
            failed = [x for x in entries if x[3] == "failed"]
            assert not failed, f"{end.name} gave up: {failed[0]}"
            if entries:
                return False
        return True

    def wait_until_quiet(self, patience=60):
        wait("both queues empty", self.is_quiet, patience)


def work_until(stop, person):
    """Works at full speed; what fails because an end is away is tried again, as a person would."""
    while not stop.is_set():
        try:
            person.step()
        except (OSError, http.client.HTTPException, AssertionError, ValueError, KeyError):
            stop.wait(0.02)


def now_ms():
    return int(time.time() * 1000)
