#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills portal, base or both at a random moment while orders are placed, approved and changed at full speed, starts them
again, waits until both queues are empty, and looks whether every acknowledged order stands at the base exactly once,
with the same lines and sums at both ends, whether every change arrived in order, and whether comments, tasks with their
decisions, documents and debts are alike at both ends, none of them lost or doubled. Once, an end is killed during the first
publication. A run that was killed has to be taken over within 5 s of the next start.

Speaks TAP: a case per run. A run's moments come from the seed, so a failure can be looked for again.
"""
import argparse
import os
import random
import shutil
import signal
import sys
import tempfile
import threading
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from world import World, now_ms, wait, work_until  # noqa: E402

TAKEN_OVER = 5


class Torture:
    def __init__(self, world, chance):
        self.world = world
        self.chance = chance
        self.kills = 0
        self.amid = 0  # of these, with entries claimed
        self.longest = 0.0

    def choose_victims(self):
        both = list(self.world.ends)
        return self.chance.choices(([both[0]], [both[1]], both), (2, 2, 1))[0]

    def wait_for_run(self, victim, patience):
        """Until the victim has claimed entries, so that the kill is amid a run."""
        end = time.monotonic() + patience
        while time.monotonic() < end and not any(x[3] == "processing" for x in victim.queue()):
            time.sleep(0.001)

    def kill(self, victims):
        """Kills and starts again; the entries of the killed run are taken over in time."""
        for victim in victims:
            victim.process.kill()
        for victim in victims:
            victim.stop()
        claimed = {x: [e[:4] for e in x.queue() if e[3] == "processing"] for x in victims}
        time.sleep(self.chance.uniform(0.0, 0.3))
        for victim in victims:
            began, since = time.monotonic(), now_ms()
            victim.start()
            self.kills += 1
            if claimed[victim]:
                self.amid += 1
                wait(f"the {victim.name} takes over the run that was killed",
                     lambda: self.is_taken_over(victim, claimed[victim], since), TAKEN_OVER)
                self.longest = max(self.longest, time.monotonic() - began)

    @staticmethod
    def is_taken_over(victim, claimed, since):
        if victim.look("SELECT count(*) FROM run WHERE started_at >= ?", since)[0][0] > 0:
            return True
        return not set(claimed) & {x[:4] for x in victim.queue()}

    def kill_first_publication(self):
        """Part of the goods are at the portal when one end goes."""
        portal, base = self.world.ends
        wait("the publication is under way", lambda: portal.look("SELECT 1 FROM inbox LIMIT 1"), 30)
        wait("a batch is claimed", lambda: any(x[3] == "processing" for x in base.queue()), 30)
        self.kill(self.choose_victims())
        self.world.wait_until_quiet()
        return self.world.judge.compare()

    def run(self):
        stop = threading.Event()
        threads = [threading.Thread(target=work_until, args=(stop, person)) for person in self.world.people]
        for thread in threads:
            thread.start()
        try:
            victims = self.choose_victims()
            moment = self.chance.uniform(0.05, 1.5)
            amid = self.chance.random() < 0.4
            stop.wait(moment)
            if amid:
                self.wait_for_run(victims[0], 1)
            self.kill(victims)
            stop.wait(self.chance.uniform(0.0, 0.5))
        finally:
            stop.set()
            for thread in threads:
                thread.join()
        self.world.finish()
        self.world.wait_until_quiet()
        return self.world.judge.compare()

    def run_all(self, runs):
        """Yields what is wrong after each run, and at the end after a look at everything."""
        yield "killed during the first publication", self.kill_first_publication()
        self.world.admit_partners()
        self.world.require_approval()
        for _ in range(runs):
            began = time.monotonic()
            wrong = self.run()
            n_orders = len(self.world.ledger.orders)
            yield f"{n_orders} orders acknowledged so far, {time.monotonic() - began:.1f} s", wrong
        orders = sorted(self.world.ledger.orders)
        wrong = self.world.judge.compare(everything=True)
        wrong += self.world.judge.check_journals(self.chance.sample(orders, min(20, len(orders))))
        yield "every order once more", wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--programs", required=True)
    parser.add_argument("--demo-files", required=True)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    folder = tempfile.mkdtemp(prefix="kabinet-kill-")
    world = World(os.path.abspath(options.programs), os.path.abspath(options.demo_files), folder, options.seed)
    torture = Torture(world, random.Random(options.seed))
    status = 0
    print(f"1..{options.runs + 2}", flush=True)
    try:
        world.set_up()
        world.set("exchange.attempts", 100)
        world.set("exchange.push", "true")
        for end in world.ends:
            end.start()
        for number, (what, wrong) in enumerate(torture.run_all(options.runs), 1):
            print(f"{'not ok' if wrong else 'ok'} {number} {what}", flush=True)
            for text in wrong[:50]:
                print(f"# {text}", flush=True)
            if wrong:
                status = 1
    except Exception as error:  # whatever it is, the ends are stopped and the folder is told
        print(f"Bail out! {type(error).__name__}: {error}", flush=True)
        status = 1
    finally:
        world.stop()
    print(f"# {torture.kills} kills, {torture.amid} amid a run; taken over after {torture.longest:.2f} s at most")
    print(f"# {world.judge.totals()}", flush=True)
    if status == 0:
        shutil.rmtree(folder)
    else:
        print(f"# what the ends hold is in {folder}; seed {options.seed}", flush=True)
    sys.exit(status)


if __name__ == "__main__":
    main()
