# SPDX-License-Identifier: GPL-3.0-or-later
"""Two ends of the exchange as processes, and everybody who works with them: what the tortures share."""
import json
import os
import sqlite3
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from judge import Judge  # noqa: E402
from people import HEAD, LOGINS, PASSWORD, Buyer, Clerk, Head, Ledger, Manager, work_until  # noqa: E402, F401
from services import Program, wait  # noqa: E402

LARGE = 50000
VERY_LARGE = 150000
DISCOUNT = 5


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
        self.head = Head(self.portal, HEAD, self.ledger, f"{seed} head")
        self.manager = Manager(self.base, "manager", self.ledger, f"{seed} manager")
        self.clerk = Clerk(self.base, self.ledger, folder, f"{seed} clerk")
        self.people = [*self.buyers, self.head, self.manager, self.clerk]
        self.approvals = {}  # role: what a total may not exceed without it
        self.approved_since = 0
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
            if login["login"] in (*LOGINS, HEAD):
                role = "head" if login["login"] == HEAD else login["role"]
                base.run("contact", "publish", login["email"], "--login", login["login"], "--role", role)
        for end in self.ends:
            address = (addresses or {}).get(end, self.other(end).socket)
            end.run("settings", "set", "exchange.address", f"unix:{address}")

    def set(self, name, value):
        for end in self.ends:
            end.run("settings", "set", name, str(value))

    def admit_partners(self):
        """They came with the first exchange."""
        for login in (*LOGINS, HEAD):
            self.portal.run("user", "password", login, secret=PASSWORD)

    def require_approval(self):
        """Large orders have to be approved by the partner's head, very large ones and discounts by the manager."""
        for condition, above, role in (("total", LARGE, "head"), ("total", VERY_LARGE, "manager"),
                                       ("discount", DISCOUNT, "manager")):
            self.base.run("approval", "add", condition, str(above), "--role", role)
        self.approvals = {"head": LARGE, "manager": VERY_LARGE}
        self.approved_since = now_ms()

    def finish(self):
        """What was pressed and not acknowledged is pressed again."""
        for person in (*self.buyers, self.manager):
            person.finish()

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


def now_ms():
    return int(time.time() * 1000)
