#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills portal or base at a random moment while orders are placed and changed, starts it again, waits until both
queues are empty, and looks whether every acknowledged order stands at the base exactly once, the same at both ends.

Speaks TAP: a case per run. A run's moments come from the seed, so a failure can be looked for again.
"""
import argparse
import json
import os
import random
import shutil
import sys
import tempfile
import threading
import uuid

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
from services import Program, Service, wait  # noqa: E402

PASSWORD = "torture-password"
LOGINS = ("kiselnikov", "beregova")


class World:
    """Two daemons that push to each other, and people who order."""

    def __init__(self, programs, demo_files, folder):
        self.folder = folder
        for name in ("portal", "base"):
            os.mkdir(os.path.join(folder, name))
        self.portal = Program(os.path.join(programs, "kabinet-portal"), os.path.join(folder, "portal"))
        self.base = Program(os.path.join(programs, "kabinet-base"), os.path.join(folder, "base"))
        self.sockets = {p: os.path.join(folder, f"{n}.sock") for p, n in ((self.portal, "p"), (self.base, "b"))}
        self.acknowledged = set()
        self.lock = threading.Lock()
        self.set_up(demo_files)

    def set_up(self, demo_files):
        with open(os.path.join(demo_files, "people.json"), encoding="utf-8") as file:
            people = json.load(file)
        portal, base = self.portal, self.base
        base.run("import", os.path.join(demo_files, "commerceml"))
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
            base.run("contact", "publish", login["email"], "--login", login["login"], "--role", login["role"])
        for one, other in ((portal, base), (base, portal)):
            one.run("settings", "set", "exchange.address", f"unix:{self.sockets[other]}")
            one.run("settings", "set", "exchange.attempts", "100")
            one.run("settings", "set", "exchange.push", "true")
        self.start(portal)
        self.start(base)
        self.wait_until_quiet()
        for login in LOGINS:
            portal.run("user", "password", login, secret=PASSWORD)

    def start(self, program):
        program.serve(f"unix:{self.sockets[program]}", os.path.join(self.folder, "log"))

    def kill(self, program):
        program.process.kill()
        program.stop()

    def queues(self):
        return [entry for program in (self.portal, self.base) for entry in program.json("queue")]

    def wait_until_quiet(self):
        # Quiet twice in a row: what one end has just taken may have become an answer in its queue.
        wait("both queues empty", lambda: not self.queues() and not self.queues(), 120)

    def order_until(self, stop, login, seed):
        """A buyer who orders without a pause; what fails is pressed again with the same key."""
        chance = random.Random(seed)
        service = Service(self.sockets[self.portal])
        key = None
        while not stop.is_set():
            try:
                if service.token is None:
                    service.sign_in(login, PASSWORD)
                    products = service.ask("GET", "/api/v1/products?limit=200")[1]["items"]
                    products = [p["id"] for p in products if "price" in p]
                if key is None:
                    for product in chance.sample(products, 3):
                        service.ask("PUT", f"/api/v1/basket/{product}", {"quantity": str(chance.randint(1, 20))})
                    key = str(uuid.UUID(int=chance.getrandbits(128)))
                status, answer = service.ask("POST", "/api/v1/orders", {"place": True}, {"Idempotency-Key": key})
                if status == 200:
                    with self.lock:
                        self.acknowledged.add(answer["id"])
                if status in (200, 409):
                    key = None
            except (OSError, AssertionError, ValueError, KeyError):
                stop.wait(0.02)  # the portal is away: a person would press again

    def manage_until(self, stop, seed):
        """A manager who offers what comes in, cutting a line now and then."""
        chance = random.Random(seed)
        service = Service(self.sockets[self.base])
        while not stop.is_set():
            try:
                if service.token is None:
                    service.sign_in("manager", PASSWORD)
                page = service.ask("GET", "/api/v1/client-orders?limit=20")[1]["items"]
                for head in page:
                    if head["client_status"] != "on-approval" or stop.is_set():
                        continue
                    order = service.ask("GET", f"/api/v1/client-orders/{head['id']}")[1]
                    order["client_status"] = "to-fulfil"
                    if chance.random() < 0.5 and len(order["lines"]) > 1:
                        dropped = order["lines"].pop()
                        total = round(float(order["total"]) * 100) - round(float(dropped["sum"]) * 100)
                        dropped.update(quantity="0", sum="0.00")
                        order["lines"].append(dropped)
                        order["total"] = f"{total // 100}.{total % 100:02d}"
                    service.ask("PUT", f"/api/v1/client-orders/{head['id']}", order)
            except (OSError, AssertionError, ValueError, KeyError):
                service.token = None
                stop.wait(0.02)

    def run(self, chance):
        stop = threading.Event()
        people = [threading.Thread(target=self.order_until, args=(stop, login, chance.random())) for login in LOGINS]
        people.append(threading.Thread(target=self.manage_until, args=(stop, chance.random())))
        for person in people:
            person.start()
        victim = chance.choice((self.portal, self.base))
        stop.wait(chance.uniform(0.05, 1.5))
        self.kill(victim)
        stop.wait(chance.uniform(0.0, 0.3))
        self.start(victim)
        stop.wait(chance.uniform(0.0, 0.5))
        stop.set()
        for person in people:
            person.join()
        self.wait_until_quiet()

    def compare(self):
        """What is wrong now, in words; nothing if all is well."""
        wrong = []
        with self.lock:
            acknowledged = set(self.acknowledged)
        numbers = {}
        base_orders = self.base.json("order", "list", "--limit", "100000")
        for order in base_orders:
            numbers.setdefault(order["number"], []).append(order["id"])
        ids = [order["id"] for order in base_orders]
        wrong += [f"lost: {i}" for i in acknowledged if i not in ids]
        wrong += [f"doubled: {i}" for i in set(ids) if ids.count(i) > 1]
        wrong += [f"one number for {len(i)} orders: {n}" for n, i in numbers.items() if len(i) > 1]
        service = Service(self.sockets[self.portal])
        service.sign_in(LOGINS[0], PASSWORD)
        for order in base_orders:
            status, at_portal = service.ask("GET", f"/api/v1/orders/{order['id']}")
            if status != 200:
                wrong.append(f"not at the portal: {order['id']}")
                continue
            at_base = self.base.json("order", "show", order["id"])
            for name in ("number", "revision", "client_status", "state", "total"):
                if at_portal.get(name) != at_base.get(name):
                    wrong.append(f"{order['number']}: {name} is {at_portal.get(name)} at the portal, "
                                 f"{at_base.get(name)} at the base")
            lines = [[(x["product_id"], x["quantity"], x["price"], x["sum"]) for x in end["lines"]]
                     for end in (at_portal, at_base)]
            if lines[0] != lines[1]:
                wrong.append(f"{order['number']}: the lines differ")
            expected = {"on-approval": "awaiting-manager", "to-fulfil": "awaiting-partner"}[order["client_status"]]
            if at_portal["status"] != expected:
                wrong.append(f"{order['number']}: {at_portal['status']} at the portal, {order['client_status']} at the base")
        return wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--programs", required=True)
    parser.add_argument("--demo-files", required=True)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    folder = tempfile.mkdtemp(prefix="kabinet-torture-")
    world = None
    status = 0
    print(f"1..{options.runs}", flush=True)
    try:
        world = World(os.path.abspath(options.programs), os.path.abspath(options.demo_files), folder)
        for run in range(1, options.runs + 1):
            world.run(chance)
            wrong = world.compare()
            print(f"{'not ok' if wrong else 'ok'} {run} {len(world.acknowledged)} orders acknowledged so far", flush=True)
            for text in wrong:
                print(f"# {text}", flush=True)
            if wrong:
                status = 1
    except Exception as error:
        print(f"Bail out! {type(error).__name__}: {error}; see {folder}", flush=True)
        status = 1
    for program in (world.portal, world.base) if world else ():
        program.stop()
    if status == 0:
        shutil.rmtree(folder)
    sys.exit(status)


if __name__ == "__main__":
    main()
