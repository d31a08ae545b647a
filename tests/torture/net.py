#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Spoils the network between portal and base in each direction, in every way a network has, while orders are placed,
changed and written about, and documents asked for. Each time the run says what happened and ends in time, an end that
cannot be reached costs no attempts, and when the network is whole again every acknowledged order stands at the base
exactly once, alike at both ends, with all that goes beside it.

Speaks TAP: a case per fault and direction. --every 1 cuts an exchange at each of its bytes; --every N, for those in a
hurry, at each Nth and where a line ends, and leaves out some of what the portal could answer to the base.
"""
import argparse
import json
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from faults import Budget, Fault, faults  # noqa: E402
from judge import DELIVERED  # noqa: E402
from proxy import Proxy  # noqa: E402
from world import World, now_ms, work_until  # noqa: E402

TIMEOUT = 1         # the setting exchange.timeout
BOUND = 8           # seconds in which every run ends, whatever the other end does
BACKOFF_FIRST = 10  # seconds that the first backoff lasts at most
STORM = 3           # seconds of it
MEMORY = 300        # MiB that a run may need, whatever it is sent
OPTIONS = {"attempts": 3, "timeout": TIMEOUT, "push": "false"}


class Wrong(Exception):
    """A case's claim does not hold."""


def claim(truth, text):
    if not truth:
        raise Wrong(text)


class Run:
    """A run by hand: what it said, and what it took."""

    def __init__(self, end):
        began = time.monotonic()
        process = subprocess.Popen([end.path, "--data", end.data, "run"], stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, env={**os.environ, "LC_ALL": "C.UTF-8"})
        if "ASAN_OPTIONS" not in os.environ:  # a sanitizer maps far more than it uses
            resource.prlimit(process.pid, resource.RLIMIT_DATA, (2**30, 2**30))
        try:
            output, errors = process.communicate(timeout=BOUND)
        except subprocess.TimeoutExpired:
            raise Wrong(f"the run of the {end.name} does not end within {BOUND} s") from None
        finally:
            process.kill()
            process.wait()
        self.status = process.returncode
        self.output = output.decode()
        self.errors = errors.decode().strip()
        self.seconds = time.monotonic() - began
        claim(self.status in (0, 1), f"the run of the {end.name} ended with {self.status}: {self.errors}")
        claim("CRITICAL" not in self.errors and "WARNING" not in self.errors, self.errors)
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
        claim(peak < MEMORY, f"the run of the {end.name} needed {peak} MiB")

    def expect_success(self):
        claim(self.status == 0, f"the run failed: {self.errors}")

    def expect_failure(self, words):
        claim(self.status == 1, f"the run should have failed; it said: {self.output.strip()}")
        claim(len(self.errors) > 20 and "\n" not in self.errors, f"this is not a sentence: “{self.errors}”")
        claim(re.search(words, self.errors), f"“{self.errors}” does not name what happened ({words})")


class Network:
    """The ends with a proxy before each."""

    def __init__(self, world, folder, chance):
        self.world = world
        self.chance = chance
        self.proxies = {end: Proxy(os.path.join(folder, f"to-{end.name}.sock"), end.socket) for end in world.ends}
        self.every = 1
        self.attempts = {end: OPTIONS["attempts"] for end in world.ends}

    def set_attempts(self, end, attempts):
        if self.attempts[end] != attempts:
            end.run("settings", "set", "exchange.attempts", str(attempts))
            self.attempts[end] = attempts

    def set_up(self):
        world = self.world
        world.set_up({end: self.to(world.other(end)).path for end in world.ends})
        for name, value in OPTIONS.items():
            world.set(f"exchange.{name}", value)
        for end in world.ends:
            end.start()
        self.exchange_until_quiet()
        world.admit_partners()
        placed = [world.buyers[0].place()["id"] for _ in range(20)]
        self.exchange_until_quiet()
        for order_id in placed[:10]:
            world.manager.change(order_id, "offer")
        self.exchange_until_quiet()
        for order_id in placed[:5]:
            world.buyers[0].decide(order_id, "confirm")
        self.exchange_until_quiet()
        for order_id in placed[:3]:
            world.manager.change(order_id, "ship")
        self.exchange_until_quiet()
        self.compare()

    def to(self, end):
        return self.proxies[end]

    def exchange_until_quiet(self):
        """Runs by hand; entries that have to wait are waited for."""
        until = time.monotonic() + 60
        while True:
            for end in self.world.ends:
                if end.queue():
                    Run(end).expect_success()
            if self.world.is_quiet():
                return
            claim(time.monotonic() < until, "the queues do not become empty")
            due = min((x[5] for end in self.world.ends for x in end.queue()), default=0)
            time.sleep(max(0, min(due - now_ms(), 2 * BACKOFF_FIRST * 1000)) / 1000)

    def compare(self):
        failures = [proxy.failure for proxy in self.proxies.values() if proxy.failure]
        claim(not failures, f"the proxy itself failed: {failures}")
        wrong = self.world.judge.compare()
        claim(not wrong, "; ".join(wrong))

    def pick(self, *statuses):
        """A client order that can be changed."""
        found = self.world.base.look("SELECT id FROM orders WHERE status IN (SELECT value FROM json_each(?))"
                                     " ORDER BY id", json.dumps(statuses))
        return self.chance.choice(found)[0] if found else None

    def change(self, sender):
        """Somebody places, decides and asks at the portal, or changes at the base, and writes: something has to be
        sent."""
        world = self.world
        buyer = self.chance.choice(world.buyers)
        if sender is world.base:
            world.manager.change(self.pick("awaiting-manager"), "offer")
            order_id = self.pick("awaiting-partner", "in-progress")
            if order_id is not None:
                world.manager.change(order_id, self.chance.choice(("pay", "cut", "ship", "add")))
                world.manager.write(order_id)
            return
        buyer.place()
        order_id = self.pick("awaiting-partner")
        if order_id is not None:
            buyer.decide(order_id, self.chance.choice(("confirm", "refuse")))
            buyer.write(order_id)
        order_id = self.pick("in-progress")
        if order_id is not None:
            buyer.ask_document(order_id, self.chance.choice(("invoice", "waybill", "upd", "reconciliation")))

    def versions_applied(self, sender):
        """What of the sender's waiting entries has come to the other end."""
        keys = {x[:2] for x in sender.queue()}
        inbox = self.world.other(sender).look("SELECT kind, object_id, version FROM inbox")
        return {x for x in inbox if x[:2] in keys}

    # The cases

    def check_fault(self, sender, fault):
        """Spoil, run, look what is said and kept; change more meanwhile; make whole again."""
        proxy = self.to(self.world.other(sender))
        # With one attempt, entries can be given back what they lost, instead of waiting for a backoff.
        self.set_attempts(sender, OPTIONS["attempts"] if fault.costs == 0 else 1)
        self.change(sender)
        for _ in range(fault.runs):
            before = {x[:2]: x for x in sender.queue()}
            applied = self.versions_applied(sender)
            with fault.on(proxy):
                run = Run(sender)
            run.expect_failure(fault.words)
            self.check_kept(sender, before, fault)
            if not fault.applies:
                claim(applied == self.versions_applied(sender), "something was applied all the same")
            if fault.costs == 0:
                self.change(sender)
        if fault.costs != 0:
            sender.run("queue", "retry", "--all")
        self.exchange_until_quiet()
        self.compare()
        return f"“{run.errors}”"

    @staticmethod
    def check_kept(sender, before, fault):
        """No entry is lost, and only an end that is there and talks nonsense costs attempts: of the few that were
        sent alone, until it was clear that none of them is to blame."""
        after = {x[:2]: x for x in sender.queue()}
        claim(set(before) <= set(after), f"entries were lost: {set(before) - set(after)}")
        if fault.costs:
            claim(1 <= sum(x[3] == "failed" for x in after.values()) <= 3, f"these have failed: {after}")
        for key, entry in after.items():
            _, _, _, state, attempts, _, error = entry
            if fault.costs is not None:
                costs = fault.costs if state == "failed" else 0
                claim(state == "waiting" or costs, f"{key} is {state}")
                claim(attempts == costs, f"{key} has {attempts} attempts, not {costs}")
            claim(error is None or len(error) > 20, f"{key}: “{error}” is not a sentence")
        claim(any(x[6] for x in after.values()), "no entry tells why it waits")

    def check_backoff(self, sender):
        """An attempt that failed at a talking end is tried again later by itself, and not at once."""
        proxy = self.to(self.world.other(sender))
        self.set_attempts(sender, OPTIONS["attempts"])
        self.change(sender)
        with Fault.status(500).on(proxy):
            Run(sender).expect_failure("500")
        heard = len(proxy.requests)
        entries = sender.queue()
        latest = now_ms() + BACKOFF_FIRST * 1000
        claim(all(x[3] == "waiting" and x[4] == 1 and x[5] <= latest for x in entries), f"afterwards: {entries}")
        if min(x[5] for x in entries) > now_ms() + 2000:
            Run(sender).expect_success()
            claim(not any("messages" in x.path for x in proxy.requests[heard:]), "sent again before its time")
        self.exchange_until_quiet()
        self.compare()

    def check_cut(self, sender, part):
        """One exchange, cut at every byte of its request or of its answer."""
        proxy = self.to(self.world.other(sender))
        size = 0
        cuts = 0
        if sender is self.world.base:
            # Without an invoice, which would be most of the bytes.
            self.world.manager.change(self.pick("in-progress"), "pay")
        else:
            self.world.buyers[0].place()
        applied = self.versions_applied(sender)
        while True:
            budget = Budget(part, size)
            entries = [x[:5] for x in sender.queue()]
            with budget.on(proxy):
                run = Run(sender)
            if budget.enough:
                break
            cuts += 1
            text = f"{part} cut after {size} bytes"
            claim(run.status == 1, f"{text}: the run went well: {run.output}")
            claim(re.search("connection ended|ended|closed|cut", run.errors), f"{text}: “{run.errors}”")
            claim([x[:5] for x in sender.queue()] == entries, f"{text}: {entries} became {sender.queue()}")
            # Cuts without an end would be looked into: here each is one that comes now and then.
            sender.forget_failures()
            if part == "request":
                claim(applied == self.versions_applied(sender), f"{text}: something was applied all the same")
            size = min([size + self.every, *(x for x in budget.marks if x > size)])
        run.expect_success()
        self.exchange_until_quiet()
        self.compare()
        return f"{cuts} cuts, {size} bytes"

    def check_twice(self, sender, at_once):
        """The network delivers each request twice and passes one answer on."""
        proxy = self.to(self.world.other(sender))

        def twice(_, wire, request):
            answers = []
            threads = [threading.Thread(target=lambda: answers.append(proxy.deliver(request))) for _ in range(2)]
            for thread in threads:
                thread.start()
                if not at_once:
                    thread.join()
            for thread in threads:
                thread.join()
            wire.send(answers[-1].raw)
        for _ in range(3):
            self.change(sender)
            proxy.fault = twice
            run = Run(sender)
            proxy.fault = None
            run.expect_success()
        self.exchange_until_quiet()
        self.compare()

    @staticmethod
    def look_at_all(end):
        return [end.look(f"SELECT * FROM {table} ORDER BY 1, 2")
                for table in ("orders", "order_line", "order_comment", "document", "task", "partner")]

    def check_late(self, sender):
        """Old requests come again after newer ones; one that was held back comes after a newer one for the first
        time. Nothing goes back."""
        proxy = self.to(self.world.other(sender))
        receiver = self.world.other(sender)
        held = []

        def hold(_, wire, request):
            if "messages" in request.path:
                held.append(request)
                wire.close()
            else:
                wire.send(proxy.deliver(request).raw)
        if sender is self.world.base:
            order_id = self.pick("awaiting-manager")
            changes = [lambda: self.world.manager.change(order_id, "offer"),
                       lambda: self.world.manager.change(order_id, "cut"),
                       lambda: self.world.manager.change(order_id, "pay")]
        else:
            order_id = self.world.buyers[0].place()["id"]
            changes = [lambda: None, lambda: self.world.buyers[0].decide(order_id, "refuse")]
        for number, change in enumerate(changes):
            change()
            if number < len(changes) - 1:
                proxy.fault = hold
                Run(sender).expect_failure("ended")
                proxy.fault = None
        self.exchange_until_quiet()
        before = self.look_at_all(receiver)
        claim(len(held) == len(changes) - 1, "nothing was held back")
        for request in held + [x for x in proxy.passed if "messages" in x.path][-20:]:
            answer = proxy.deliver(request)
            claim(answer.status == 200, f"{answer.first} for a late request")
            outcomes = {x["outcome"] for x in json.loads(answer.body)["answers"]}
            claim(outcomes <= set(DELIVERED) - {"applied"}, f"a late request was {outcomes}")
        claim(before == self.look_at_all(receiver), f"late requests changed something at the {receiver.name}")
        self.exchange_until_quiet()
        self.compare()

    def check_unauthorized(self, sender):
        """One 401: the base gets a new token and goes on in the same run; the portal says whose password it is."""
        proxy = self.to(self.world.other(sender))
        self.change(sender)
        before = len(proxy.requests)
        entries = {x[:2]: x for x in sender.queue()}
        fault = Fault.status(401, words="401|login and password|Sign in|accept", times=1)
        with fault.on(proxy):
            run = Run(sender)
        paths = [x.path for x in proxy.requests[before:]]
        if sender is self.world.base:
            run.expect_success()
            claim(len([x for x in paths if x.endswith("/sys/token")]) == 2, f"asked for {paths}")
        else:
            run.expect_failure(fault.words)
            self.check_kept(sender, entries, fault)
        self.exchange_until_quiet()
        self.compare()

    def check_nobody(self, sender):
        """Nobody listens, for more runs than there are attempts."""
        proxy = self.to(self.world.other(sender))
        fault = Fault("", None, "listen|refused|reached")
        self.set_attempts(sender, OPTIONS["attempts"])
        self.change(sender)
        proxy.refuse()
        try:
            for _ in range(5):
                before = {x[:2]: x for x in sender.queue()}
                Run(sender).expect_failure(fault.words)
                self.check_kept(sender, before, fault)
                self.change(sender)
            os.unlink(proxy.path)
            Run(sender).expect_failure(fault.words)
            self.check_kept(sender, before, fault)
        finally:
            proxy.listen()
        self.exchange_until_quiet()
        self.compare()

    def check_storm(self):
        """Everybody works at full speed, both ends push, and each request has its own fate."""
        world = self.world
        world.require_approval()
        stop = threading.Event()
        lock = threading.Lock()
        fates = [x for x in faults(TIMEOUT) if x.costs == 0 and not x.only_tokens and "time-out" not in x.name]

        def storm(proxy, wire, request):
            with lock:
                fate = self.chance.choice(fates) if self.chance.random() < 0.2 else None
                twice = self.chance.random() < 0.2
            if fate is not None:
                fate.act(fate, proxy, wire, request)
                return
            if twice:
                proxy.deliver(request)
            wire.send(proxy.deliver(request).raw)
        for proxy in self.proxies.values():
            proxy.fault = storm
        heard = sum(len(x.requests) for x in self.proxies.values())
        threads = [threading.Thread(target=work_until, args=(stop, x)) for x in world.people]
        for thread in threads:
            thread.start()
        try:
            world.set("exchange.push", "true")
            stop.wait(STORM)
        finally:
            stop.set()
            for thread in threads:
                thread.join()
            for proxy in self.proxies.values():
                proxy.fault = None
        world.finish()
        world.wait_until_quiet()
        world.set("exchange.push", "false")
        self.compare()
        return f"{sum(len(x.requests) for x in self.proxies.values()) - heard} requests"

    def is_due(self, sender, fault, number):
        """Both ends read answers alike: in a hurry, the base is spared half of the strange ones."""
        if sender is self.world.portal:
            return not fault.only_tokens
        return self.every == 1 or fault.costs == 0 or number % 2 == 0

    def cases(self):
        """[(name, function)]"""
        found = []
        for sender in self.world.ends:
            to = f"{sender.name} to {self.world.other(sender).name}"
            found.append((f"{to}: nobody listens", lambda s=sender: self.check_nobody(s)))
            found += [(f"{to}: {fault.name}", lambda s=sender, f=fault: self.check_fault(s, f))
                      for number, fault in enumerate(faults(TIMEOUT)) if self.is_due(sender, fault, number)]
            found.append((f"{to}: one 401", lambda s=sender: self.check_unauthorized(s)))
            found.append((f"{to}: each request twice", lambda s=sender: self.check_twice(s, False)))
            found.append((f"{to}: each request twice at once", lambda s=sender: self.check_twice(s, True)))
            found.append((f"{to}: old requests after newer ones", lambda s=sender: self.check_late(s)))
            for part in ("request", "answer"):
                found.append((f"{to}: the {part} cut at every byte", lambda s=sender, p=part: self.check_cut(s, p)))
        found.append(("a later attempt by itself", lambda: self.check_backoff(self.world.portal)))
        found.append(("both ends push, both networks fail at random", self.check_storm))
        return found

    def recover(self):
        """After a case that failed: the next begins with a whole network and empty queues."""
        for proxy in self.proxies.values():
            proxy.fault = None
        for end in self.world.ends:
            end.run("queue", "retry", "--all")
        self.exchange_until_quiet()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--programs", required=True)
    parser.add_argument("--demo-files", required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--every", type=int, default=1, metavar="N", help="be quick: cut at every Nth byte only")
    parser.add_argument("--only", default="", metavar="TEXT", help="only the cases whose name has TEXT")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    folder = tempfile.mkdtemp(prefix="kabinet-net-")
    world = World(os.path.abspath(options.programs), os.path.abspath(options.demo_files), folder, options.seed)
    network = Network(world, folder, random.Random(options.seed))
    network.every = options.every
    cases = [(name, function) for name, function in network.cases() if options.only in name]
    status = 0
    print(f"1..{len(cases)}", flush=True)
    try:
        network.set_up()
        for number, (name, function) in enumerate(cases, 1):
            began = time.monotonic()
            try:
                told = function()
                seconds = time.monotonic() - began
                print(f"ok {number} {name}\n# {seconds:.1f} s{', ' + told if told else ''}", flush=True)
            except Wrong as wrong:
                status = 1
                print(f"not ok {number} {name}\n# {wrong}", flush=True)
                network.recover()
    except Exception as error:  # whatever it is, the ends are stopped and the folder is told
        print(f"Bail out! {type(error).__name__}: {error}", flush=True)
        status = 1
    finally:
        world.stop()
    print(f"# {world.judge.totals()}", flush=True)
    if status == 0:
        shutil.rmtree(folder)
    else:
        print(f"# what the ends hold is in {folder}; seed {options.seed}", flush=True)
    sys.exit(status)


if __name__ == "__main__":
    main()
