# SPDX-License-Identifier: GPL-3.0-or-later
"""Compares what people were told with what the ends hold, and the ends with each other."""
import json

from judge_papers import PaperJudge

HEAD = ("number", "revision", "client_status", "client_status_text", "state", "status", "decision", "decided_revision",
        "decision_result", "reason", "manager", "user_id", "warehouse_id", "wished_date", "ship_date", "total", "paid",
        "shipped")
LINE = "product_id, ordered, quantity, price, sum, ordered_price, shipped, paid"
# The status that a partner may see of a client order.
SHOWN = {"on-approval": {"awaiting-manager"}, "to-fulfil": {"awaiting-partner", "in-progress"},
         "closed": {"completed"}, "cancelled": {"refused"}}
DELIVERED = ("applied", "duplicate", "stale")


class Judge:
    """Compares what changed since the last time. Counts each order once for each thing that can be wrong with it."""

    def __init__(self, world):
        self.world = world
        self.lost, self.doubled, self.disordered = set(), set(), set()
        self.compared = {}   # id: versions at both ends when they were last compared
        self.read_to = {end: 0 for end in world.ends}
        self.applied = {}    # (kind, id): version applied last
        self.delivered = {}  # (kind, id): the newest version that the sender knows to be delivered
        self.papers = PaperJudge(world)

    def totals(self):
        ledger = self.world.ledger
        return f"{ledger.n_changes} changes of them\n# {len(ledger.orders)} orders, {len(self.lost)} lost, " \
            f"{len(self.doubled)} doubled, {len(self.disordered)} out of order\n# {self.papers.totals()}"

    def compare(self, everything=False):
        """What is wrong, in words; the queues have to be empty."""
        wrong = self.compare_stories()
        portal, base = self.world.ends
        versions = [dict(end.look("SELECT id, version FROM orders")) for end in self.world.ends]
        with self.world.ledger.lock:
            acknowledged = set(self.world.ledger.orders)
            seen, self.world.ledger.wrong = self.world.ledger.wrong, []
        wrong += seen
        self.disordered |= {text.partition(":")[0] for text in seen}
        for end, there in zip(self.world.ends, versions):
            wrong += [f"lost: {x} is not at the {end.name}" for x in acknowledged - set(there) - self.lost]
            wrong += [f"doubled: nobody was told of {x} at the {end.name}" for x in
                      set(there) - acknowledged - self.doubled]
            self.lost |= acknowledged - set(there)
            self.doubled |= set(there) - acknowledged
        twice = base.look("SELECT number, group_concat(id) FROM orders GROUP BY number HAVING count(*) > 1")
        wrong += [f"doubled: {number} is the number of {ids}" for number, ids in twice]
        both = {x: (v, versions[1][x]) for x, v in versions[0].items() if x in versions[1]}
        changed = sorted(x for x in both if x in acknowledged and (everything or self.compared.get(x) != both[x]))
        self.compared = both
        stored = [self.load(end, changed) for end in self.world.ends]
        for order_id in changed:
            wrong += self.compare_order(order_id, stored[0][order_id], stored[1][order_id])
        return wrong + self.papers.compare(everything)

    @staticmethod
    def load(end, ids):
        """{id: (head, lines, history)}"""
        ids = json.dumps(ids)
        found = {}
        for row in end.look(f"SELECT id, {', '.join(HEAD)} FROM orders"
                            " WHERE id IN (SELECT value FROM json_each(?))", ids):
            found[row[0]] = dict(zip(HEAD, row[1:])), [], []
        for row in end.look(f"SELECT order_id, {LINE} FROM order_line WHERE order_id"
                            " IN (SELECT value FROM json_each(?)) ORDER BY order_id, position", ids):
            found[row[0]][1].append(row[1:])
        for row in end.look("SELECT order_id, who, what FROM order_history WHERE order_id"
                            " IN (SELECT value FROM json_each(?)) ORDER BY id", ids):
            found[row[0]][2].append(row[1:])
        return found

    def compare_order(self, order_id, portal, base):
        wrong = [f"{name} is {portal[0][name]} at the portal, {base[0][name]} at the base"
                 for name in HEAD if portal[0][name] != base[0][name]]
        if portal[1] != base[1]:
            wrong.append("the lines differ")
        wrong += self.compare_with_ledger(order_id, portal, base)
        disorder = self.find_disorder(portal[2], base[2])
        if disorder:
            self.disordered.add(order_id)
            wrong.append(disorder)
        return [f"{base[0]['number']} {order_id}: {text}" for text in wrong]

    def compare_with_ledger(self, order_id, portal, base):
        ledger = self.world.ledger
        wrong = []
        with ledger.lock:
            acknowledged = ledger.orders[order_id]
            first = ledger.first_seen.get(order_id)
            version, newest = ledger.changes.get(order_id, (0, None))
            tried = list(ledger.tried.get(order_id, ()))
            decisions = set(ledger.decisions.get(order_id, ()))
        stands = tuple(base[1]), base[0]["total"]
        if base[0]["revision"] == 1 and self.bare(stands) != self.bare(acknowledged):
            wrong.append(f"acknowledged as {acknowledged}, stands as {stands}")
        if first is not None and self.bare(first) != self.bare(acknowledged):
            wrong.append(f"acknowledged as {acknowledged}, came as {first}")
        ordered = {x[0]: (x[1], x[5]) for x in acknowledged[0]}
        if {x[0]: (x[1], x[5]) for x in base[1] if x[1] > 0} != ordered:
            wrong.append("the base holds another order than was acknowledged")
        if stands not in (acknowledged, newest, *tried):
            wrong.append(f"{stands} is what nobody asked for")
        if version > self.compared.get(order_id, (0, 0))[1]:
            wrong.append(f"the base acknowledged version {version}, but holds an older one")
        made = [what for who, what in portal[2] if what in ("confirmed", "refused") and who != "base"]
        if len(made) < len(decisions):
            wrong.append(f"the portal acknowledged {sorted(decisions)}, but its history knows {made}")
        if decisions and (portal[0]["decision"] == "none" or
                          portal[0]["decided_revision"] < max(revision for _, revision in decisions)):
            wrong.append(f"the portal acknowledged {sorted(decisions)}, but forgot")
        return wrong

    @staticmethod
    def bare(stands):
        """Without what is shipped and paid."""
        return [x[:6] for x in stands[0]], stands[1]

    @staticmethod
    def find_disorder(portal, base):
        """What the base told came to the portal in the order in which it happened: each of the portal's changes that
        came from the base shows a status that the base had after the one before. Nothing if so."""
        may_be = set()
        shown = []
        for _, what in base:
            if what in ("placed", "refused"):
                may_be = {"on-approval" if what == "placed" else "cancelled"}
            elif what == "approved":
                may_be = {"on-approval", "to-fulfil"}  # the next step, or the last one
            elif what in ("confirm", "refuse") and "to-fulfil" in may_be:
                may_be = may_be | {"on-approval"}  # a step of the approval process that is new since
            elif what in SHOWN:
                may_be = {what}
            shown.append(set().union(*(SHOWN[x] for x in may_be)))
        at = 0
        for who, what in portal:
            if who != "base":
                continue
            while at < len(shown) and what != "changed" and what not in shown[at]:
                at += 1
            if at == len(shown):
                return f"the portal's history {portal} does not follow the base's {base}"
            at += 1
        return None

    def compare_stories(self):
        """The journals since the last look: versions grow, nothing comes twice, what was delivered was applied."""
        wrong = []
        touched = set()
        for end in self.world.ends:
            for row in end.look("SELECT o.rowid, o.kind, o.object_id, o.version, o.outcome, coalesce(o.error, j.error),"
                                " j.direction FROM journal_object o JOIN journal j ON j.id = o.journal_id"
                                " WHERE o.rowid > ? ORDER BY o.rowid", self.read_to[end]):
                self.read_to[end] = row[0]
                kind, object_id, version, outcome, error, direction = row[1:]
                receives = direction == "incoming"
                touched.add((kind, object_id))
                if receives and outcome == "applied":
                    if version <= self.applied.get((kind, object_id), 0):
                        self.disordered.add(object_id)
                        wrong.append(f"{kind} {object_id}: version {version} applied after "
                                     f"{self.applied[kind, object_id]} at the {end.name}")
                    self.applied[kind, object_id] = version
                elif not receives and outcome in DELIVERED:
                    self.delivered[kind, object_id] = max(version, self.delivered.get((kind, object_id), 0))
                if outcome == "rejected":
                    wrong.append(f"{kind} {object_id}: rejected by the {end.name}: {error}")
        for key in touched:
            if self.applied.get(key) != self.delivered.get(key):
                wrong.append(f"{' '.join(key)}: version {self.delivered.get(key)} was delivered, "
                             f"{self.applied.get(key)} applied")
        return wrong

    def check_journals(self, order_ids):
        """The same story as the command tells it: one object's in one query, in order."""
        wrong = []
        for order_id in order_ids:
            for end, kind in ((self.world.portal, "client-order"), (self.world.base, "order")):
                story = end.json("journal", "--object", order_id, "--limit", "10000")
                versions = [x["version"] for x in story if x["kind"] == kind and x["outcome"] == "applied"]
                if not versions or versions != sorted(set(versions)):
                    self.disordered.add(order_id)
                    wrong.append(f"{order_id}: applied at the {end.name} as {versions}")
        return wrong
