# SPDX-License-Identifier: GPL-3.0-or-later
"""The people of the tortures, and what they were told."""
import http.client
import os
import random
import sqlite3
import subprocess
import threading
import uuid
from decimal import Decimal

from services import Service

PASSWORD = "torture-password"
LOGINS = ("kiselnikov", "beregova")
HEAD = "lozhkin"
OVER = ("closed", "cancelled")
TASK_OVER = ("finished", "withdrawn")


def scaled(text, scale):
    return int(Decimal(text) * scale)


def contents(order):
    """Lines and total of an order that a service told, in thousandths and minor units as the ends store them: product,
    ordered, quantity, price, sum, ordered price, shipped, paid."""
    lines = tuple((x["product_id"], scaled(x["ordered"], 1000), scaled(x["quantity"], 1000), scaled(x["price"], 100),
                   scaled(x["sum"], 100), scaled(x["ordered_price"], 100), scaled(x.get("shipped", "0"), 1000),
                   scaled(x.get("paid", "0"), 100)) for x in order["lines"])
    return lines, scaled(order["total"], 100)


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
        self.comments = {}   # id: (order, by the base, text) that were acknowledged
        self.written = {}    # the same, of those that may have been made
        self.tasks = {}      # id: {variant} that was acknowledged
        self.documents = set()  # ids of those that were asked for
        self.attached = {}   # id of a document: [file] that may have been attached
        self.wrong = []      # what the people saw that cannot be, in words; begins with an order's id and a colon

    def complain(self, text):
        with self.lock:
            self.wrong.append(text)


class Person:
    """Somebody who is signed in. What one person sees, one after the other, never goes back."""

    def __init__(self, end, login, ledger, seed):
        self.service = Service(end.socket)
        self.by_base = end.name == "base"
        self.login = login
        self.ledger = ledger
        self.chance = random.Random(seed)
        self.seen = {}
        self.seen_tasks = {}
        self.comment = None  # (order, id, text) that was written and not acknowledged

    def ask(self, method, path, body=None, headers=None):
        if self.service.token is None:
            self.service.sign_in(self.login, PASSWORD)
        status, answer = self.service.ask(method, path, body, headers)
        if status == 401:
            self.service.token = None
        if status in (400, 500):
            self.ledger.complain(f"{method} {path}: {status}, {answer}")
        return status, answer

    def get(self, path):
        status, answer = self.ask("GET", path)
        assert status == 200, f"GET {path}: {answer}"
        return answer

    def presses(self):
        """Now and then somebody presses twice."""
        return range(2 if self.chance.random() < 0.1 else 1)

    def make_id(self):
        return str(uuid.UUID(int=self.chance.getrandbits(128)))

    def saw(self, order):
        now = order["version"], order.get("revision", 0), order.get("client_status")
        before = self.seen.get(order["id"], now)
        self.seen[order["id"]] = now
        if now[0] < before[0] or now[1] < before[1] or (before[2] in OVER and now[2] != before[2]):
            self.ledger.complain(f"{order['id']}: {self.login} saw {now} after {before}")
        return order

    def write(self, order_id):
        """A comment beside an order; one that was not acknowledged is written again, with the same id."""
        if self.comment is None:
            self.comment = order_id, self.make_id(), f"Вопрос {self.chance.randrange(10**9)}"
        order_id, comment_id, text = self.comment
        told = order_id, self.by_base, text
        with self.ledger.lock:
            self.ledger.written[comment_id] = told
        for _ in self.presses():
            status, answer = self.ask("PUT", f"/api/v1/comments/{order_id}/{comment_id}", {"text": text})
            assert status == 200, answer
            if [x["text"] for x in answer["items"] if x["id"] == comment_id] != [text]:
                self.ledger.complain(f"{order_id}: the comment {comment_id} does not stand there once")
        with self.ledger.lock:
            self.ledger.comments[comment_id] = told
        self.comment = None

    def decide_tasks(self):
        """Decides some of the tasks of the own role."""
        tasks = self.get("/api/v1/tasks?state=new&limit=20")["items"]
        for task in self.chance.sample(tasks, min(3, len(tasks))):
            variant = self.chance.choices(("approve", "remark", "refuse"), (14, 3, 1))[0]
            wish = {"variant": variant} if variant == "approve" else {"variant": variant, "comment": "Замечание"}
            for _ in self.presses():
                status, answer = self.ask("POST", f"/api/v1/tasks/{task['id']}/decision", wish)
                if status == 200:
                    self.saw_task(answer)
                    with self.ledger.lock:
                        self.ledger.tasks.setdefault(task["id"], set()).add(variant)
                        self.ledger.n_changes += 1

    def saw_task(self, task):
        before = self.seen_tasks.get(task["id"])
        self.seen_tasks[task["id"]] = task["state"]
        if before in TASK_OVER and task["state"] != before:
            self.ledger.complain(f"{task['order_id']}: {self.login} saw a task {task['state']} after {before}")

    def finish(self):
        """What was pressed may have been made: it is pressed until it is acknowledged."""
        if self.comment is not None:
            self.write(None)


class Buyer(Person):
    """Orders, decides, writes, asks for documents. What fails is pressed again with the same key; now and then so is
    what went well."""

    def __init__(self, end, login, ledger, seed):
        super().__init__(end, login, ledger, seed)
        self.products = []
        self.wish = {}
        self.missing = set()
        self.key = None

    def step(self):
        if self.comment is not None:
            self.finish()
        what = self.chance.choices(("place", "decide", "write", "document"), (10, 7, 2, 2))[0]
        if self.key is not None or what == "place":
            self.place()
        elif what == "decide":
            self.decide()
        else:
            status = "in-progress" if what == "document" else self.chance.choice(("awaiting-manager", "in-progress"))
            heads = self.get(f"/api/v1/orders?limit=40&status={status}")["items"]
            if heads:
                (self.write if what == "write" else self.ask_document)(self.chance.choice(heads)["id"])

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
            self.key = self.make_id()
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
        for _ in self.presses():
            code, answer = self.ask("POST", f"/api/v1/orders/{order_id}/decision", wish)
            if code == 200:
                self.saw(answer)
                with self.ledger.lock:
                    self.ledger.decisions.setdefault(order_id, set()).add((decision, order["revision"]))
                    self.ledger.n_changes += 1

    def ask_document(self, order_id, kind=None):
        """Whether there can be such a document now. Acts are of years long past: they stay short."""
        kind = kind or self.chance.choice(("invoice", "waybill", "upd", "reconciliation"))
        wish = {"kind": kind, "order_id": order_id}
        if kind == "reconciliation":
            year = 2001 + self.chance.randrange(10)
            wish = {"kind": kind, "from": f"{year}-01-01", "to": f"{year}-12-31"}
        for _ in self.presses():
            status, answer = self.ask("POST", "/api/v1/documents", wish)
            if status == 409:
                return False
            assert status == 200, answer
            with self.ledger.lock:
                self.ledger.documents.add(answer["id"])
        return True

    def finish(self):
        super().finish()
        if self.key is not None:
            self.place()


class Head(Person):
    """Decides what has to be approved."""

    def step(self):
        self.decide_tasks()


class Manager(Person):
    """Offers what comes in, changes what was offered, notes payment and shipment line by line, closes, cancels, writes,
    and approves what is the company's own to approve."""

    def step(self):
        self.finish()
        heads = self.get("/api/v1/client-orders?limit=40")["items"]
        heads = [x for x in heads if x["client_status"] not in OVER]
        for head in self.chance.sample(heads, min(3, len(heads))):
            self.change(head["id"])
        if heads and self.chance.random() < 0.2:
            self.write(self.chance.choice(heads)["id"])
        self.decide_tasks()

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
            order["reason"] = "torture"
        elif what in ("pay", "ship"):
            self.note(order, what)
        elif what == "date":
            order["ship_date"] = f"2126-{self.chance.randint(1, 12):02}-01"
        elif what == "add":
            self.add(order)
        elif what == "wait":
            return None
        if what == "cut" or (what == "offer" and self.chance.random() < 0.5):
            self.cut(order)
        return self.put(order)

    def note(self, order, what):
        """Some of the lines are paid or shipped a bit further."""
        for line in self.chance.sample(order["lines"], self.chance.randint(1, len(order["lines"]))):
            if what == "pay":
                paid = Decimal(line.get("paid", "0.00"))
                line["paid"] = f"{max(paid, min(Decimal(line['sum']), paid + self.chance.randint(1, 50000))):.2f}"
            else:
                shipped = Decimal(line.get("shipped", "0"))
                line["shipped"] = str(min(Decimal(line["quantity"]), shipped + self.chance.randint(1, 20)))

    def cut(self, order):
        """Another quantity, a discount, or a line cancelled; never less than is shipped."""
        line = self.chance.choice(order["lines"])
        standing = [x for x in order["lines"] if Decimal(x["quantity"]) > 0]
        what = self.chance.choice(("cancel", "price", "quantity"))
        if what == "cancel" and len(standing) > 1 and line in standing and "shipped" not in line:
            line["quantity"] = "0"
        elif what == "price":
            line["price"] = f"{Decimal(line['price']) * self.chance.randint(80, 99) / 100 + Decimal('0.01'):.2f}"
        else:
            line["quantity"] = str(max(Decimal(line.get("shipped", "0")), self.chance.randint(21, 40)))

    def add(self, order):
        """What the partner never ordered, of what others did."""
        there = {x["product_id"] for x in order["lines"]}
        with self.ledger.lock:
            some = [x for lines, _ in list(self.ledger.orders.values())[-20:] for x in lines if x[0] not in there]
        if some and len(order["lines"]) < 10:
            product = self.chance.choice(some)
            order["lines"].append({"product_id": product[0], "name": "?", "ordered": "0", "quantity": "1.5",
                                   "ordered_price": f"{Decimal(product[3]) / 100:.2f}",
                                   "price": f"{Decimal(product[3]) / 100:.2f}"})

    def put(self, order):
        total = Decimal(0)
        for line in order["lines"]:
            amount = (Decimal(line["quantity"]) * Decimal(line["price"])).quantize(Decimal("0.01"), "ROUND_HALF_UP")
            line["sum"] = f"{amount:.2f}"
            total += amount
        order["total"] = f"{total:.2f}"
        for name in ("paid", "shipped", "paid_percent", "shipped_percent"):
            order.pop(name)  # counted from the lines
        lines, minor = contents(order)
        with self.ledger.lock:
            tried = tuple(x for x in lines if x[1] > 0 or x[2] > 0), minor
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
            return self.chance.choices(("offer", "wait", "cancel"), (12, 7, 1))[0]
        if order["status"] != "in-progress":
            return self.chance.choices(("wait", "cut", "date", "add", "ship", "cancel"), (12, 5, 1, 1, 1, 1))[0]
        if order["shipped_percent"] == 100 and order["paid_percent"] == 100:
            return "close"
        return self.chance.choices(("pay", "ship", "cut", "add", "cancel"), (8, 8, 1, 1, 1))[0]


class Clerk:
    """Makes the papers on shipping that partners wait for, or says that there are none."""

    def __init__(self, end, ledger, folder, seed):
        self.end = end
        self.ledger = ledger
        self.path = os.path.join(folder, "paper.xml")
        self.chance = random.Random(seed)

    def step(self):
        waiting = self.end.look("SELECT d.id, d.kind, o.number FROM document d JOIN orders o ON o.id = d.order_id"
                                " WHERE d.state = 'preparing'")
        assert waiting, "nobody waits for a document"
        document_id, kind, number = self.chance.choice(waiting)
        arguments = ["document", "decline", document_id, "Позже"]
        if self.chance.random() < 0.7:
            file = f"<torture>{self.chance.getrandbits(64)}</torture>".encode()
            with open(self.path, "wb") as out:
                out.write(file)
            with self.ledger.lock:
                self.ledger.attached.setdefault(document_id, []).append(file)
            arguments = ["document", "attach", number, kind, self.path]
        # Somebody else may have been faster, or the order has changed.
        result = self.end.run(*arguments, check=False)
        if result.returncode not in (0, 1) or "CRITICAL" in result.stderr:
            self.ledger.complain(f"{document_id}: {arguments}: {result.returncode}, {result.stderr}")


def work_until(stop, person):
    """Works at full speed; what fails because an end is away is tried again, as a person would."""
    while not stop.is_set():
        try:
            person.step()
        except (OSError, http.client.HTTPException, sqlite3.Error, subprocess.SubprocessError, AssertionError, ValueError,
                KeyError):
            stop.wait(0.02)
