# SPDX-License-Identifier: GPL-3.0-or-later
"""Compares what goes beside orders at both ends, and with what people were told: comments, tasks, documents, debts."""
import collections
import os

COMMENT = ("order_id", "by_base", "author", "at", "text")
TASK = ("order_id", "order_number", "currency", "order_total", "revision", "partner_id", "author_id", "condition",
        "measure", "threshold", "role", "own_allowed", "state", "created_at", "variants", "variant", "comment",
        "decided_by", "decided_name", "decided_at", "attempt", "note")
DOCUMENT = ("kind", "partner_id", "order_id", "from_date", "to_date", "state", "error")
READY = ("revision", "issued_at", "file_name", "media_type")
FULFILLED = ("to-fulfil", "closed")
SAMPLE = 10  # invoices that are drawn once more


class PaperJudge:
    """The queues have to be empty: then nothing is on its way."""

    def __init__(self, world):
        self.world = world
        self.lost = set()
        self.doubled = set()

    def totals(self):
        ledger = self.world.ledger
        return f"{len(ledger.comments)} comments, {len(ledger.tasks)} tasks decided, {len(ledger.documents)} documents " \
            f"asked for: {len(self.lost)} lost, {len(self.doubled)} doubled"

    def compare(self, everything=False):
        wrong = [*self.compare_comments(), *self.compare_tasks(), *self.compare_documents(), *self.compare_debts()]
        return wrong + (self.draw_again() if everything else [])

    def load(self, table, columns, more=("", "")):
        """[{id: {column: value}}] of both ends."""
        found = []
        for end, condition in zip(self.world.ends, more):
            rows = end.look(f"SELECT id, {', '.join(columns)} FROM {table} {condition}")
            found.append({row[0]: dict(zip(columns, row[1:])) for row in rows})
        return found

    def match(self, what, portal, base, told):
        """What is at one end only, what of the told is nowhere, and what differs."""
        wrong = []
        for end, there, other in ((self.world.portal, portal, base), (self.world.base, base, portal)):
            missing = (set(other) | set(told)) - set(there)
            wrong += [f"lost: the {what} {x} is not at the {end.name}" for x in missing - self.lost]
            self.lost |= missing
        for one in set(portal) & set(base):
            differs = {name: (value, base[one][name]) for name, value in portal[one].items() if value != base[one][name]}
            if differs:
                wrong.append(f"{what} {one}: (portal, base) {differs}")
        return wrong

    def compare_comments(self):
        ledger = self.world.ledger
        portal, base = self.load("order_comment", COMMENT)
        with ledger.lock:
            acknowledged, written = dict(ledger.comments), dict(ledger.written)
        wrong = self.match("comment", portal, base, acknowledged)
        for one, row in base.items():
            told = written.get(one, (row["order_id"], row["by_base"], row["text"]))
            if (row["order_id"], bool(row["by_base"]), row["text"]) != (told[0], bool(told[1]), told[2]):
                wrong.append(f"the comment {one} is {row}, written as {told}")
        # What nobody wrote are the remarks of approvals by the partner: one each. The company's are its own.
        remarks = collections.Counter(row["order_id"] for one, row in base.items() if one not in written)
        # So is a refusal that comes when goods are on their way: it cannot cancel the order.
        finished = dict(self.world.base.look(
            "SELECT t.order_id, count(*) FROM task t JOIN orders o ON o.id = t.order_id WHERE t.state = 'finished'"
            " AND t.role = 'head' AND (t.variant = 'remark' OR (t.variant = 'refuse' AND o.shipped > 0))"
            " GROUP BY t.order_id"))
        for order_id in set(remarks) | set(finished):
            if remarks[order_id] != finished.get(order_id, 0):
                self.doubled.add(order_id)
                wrong.append(f"{order_id}: {remarks[order_id]} remarks of {finished.get(order_id, 0)} approvals")
        return wrong

    def compare_tasks(self):
        ledger = self.world.ledger
        portal, base = self.load("task", TASK, ("", "WHERE role = 'head'"))
        wrong = self.match("task", portal, base, ())
        all_tasks, = self.load("task", TASK)[1:]
        with ledger.lock:
            decided = {x: set(variants) for x, variants in ledger.tasks.items()}
        for one, variants in decided.items():
            task = all_tasks.get(one)
            if task is None:
                self.lost.add(one)
                wrong.append(f"lost: the task {one} that was decided is not at the base")
            elif task["state"] != "withdrawn" and (task["state"] != "finished" or task["variant"] not in variants):
                self.lost.add(one)
                wrong.append(f"{task['order_id']}: the task {one} was decided as {variants}, but is {task['state']}, "
                             f"{task['variant']}, {task['note']}")
        twice = self.world.base.look("SELECT order_id, group_concat(id) FROM task WHERE state = 'new' GROUP BY order_id"
                                     " HAVING count(*) > 1")
        self.doubled |= {row[0] for row in twice}
        wrong += [f"doubled: {order_id} has the open tasks {ids}" for order_id, ids in twice]
        return wrong + self.find_unapproved()

    def find_unapproved(self):
        """What the approval process means to orders."""
        look = self.world.base.look
        wrong = [f"{x}: waits for an approval, but is {status}" for x, status in look(
            "SELECT o.id, o.client_status FROM task t JOIN orders o ON o.id = t.order_id"
            " WHERE t.state = 'new' AND o.client_status <> 'on-approval'")]
        wrong += [f"{x}: an approval was refused, but it is {status}" for x, status in look(
            "SELECT o.id, o.client_status FROM task t JOIN orders o ON o.id = t.order_id"
            " WHERE t.state = 'finished' AND t.variant = 'refuse' AND o.client_status <> 'cancelled'"
            " AND NOT (o.shipped > 0 AND (o.client_status = 'on-approval' OR o.revision > t.revision))")]
        for role, above in self.world.approvals.items():
            wrong += [f"{x}: {total} to be fulfilled without an approval by the {role}" for x, total in look(
                "SELECT id, total FROM orders o WHERE client_status = 'to-fulfil' AND shipped = 0 AND total > ?"
                " AND placed_at >= ? AND NOT EXISTS (SELECT 1 FROM task WHERE order_id = o.id AND state = 'finished'"
                " AND variant <> 'refuse' AND condition = 'total' AND role = ? AND measure >= o.total)",
                above * 100, self.world.approved_since, role)]
        return wrong

    def compare_documents(self):
        ledger = self.world.ledger
        portal, base = self.load("document", (*DOCUMENT, *READY))
        statuses = dict(self.world.base.look("SELECT id, client_status FROM orders"))
        for rows in (portal, base):
            for row in rows.values():
                # An invoice counts only while its order is to be fulfilled; what is not ready has no file.
                if row["state"] != "ready" or (row["kind"] == "invoice" and
                                               statuses.get(row["order_id"]) not in FULFILLED):
                    row.update(dict.fromkeys(READY))
        with ledger.lock:
            asked, attached = set(ledger.documents), dict(ledger.attached)
        wrong = self.match("document", portal, base, asked)
        files = [dict(end.look("SELECT id, file FROM document WHERE state = 'ready' AND kind IN ('waybill', 'upd')"))
                 for end in self.world.ends]
        for one, file in files[1].items():
            if file not in attached.get(one, ()) or files[0].get(one) != file:
                self.lost.add(one)
                wrong.append(f"the document {one} was attached as {attached.get(one)}, is {file} at the base and "
                             f"{files[0].get(one)} at the portal")
        wrong += [f"the document {x} at the portal is no PDF of {size} bytes" for x, size in self.world.portal.look(
            "SELECT id, size FROM document WHERE state = 'ready' AND kind IN ('invoice', 'reconciliation')"
            " AND (file IS NULL OR size <> length(file) OR substr(file, 1, 5) <> CAST('%PDF-' AS BLOB))")]
        return wrong

    def compare_debts(self):
        portal, base = self.load("partner", ("currency", "credit_limit", "debt", "overdue"))
        wrong = self.match("partner", portal, base, ())
        wrong += [f"{x}: {what} is noted as shipped and paid, not {stands}" for x, what, stands in self.world.base.look(
            "SELECT o.id, coalesce(s.shipped, 0) || ', ' || coalesce(s.paid, 0), o.shipped || ', ' || o.paid"
            " FROM orders o LEFT JOIN (SELECT order_id, sum(CASE kind WHEN 'shipment' THEN minor ELSE 0 END) AS shipped,"
            " sum(CASE kind WHEN 'payment' THEN minor ELSE 0 END) AS paid FROM settlement GROUP BY order_id) s"
            " ON s.order_id = o.id WHERE coalesce(s.shipped, 0) <> o.shipped OR coalesce(s.paid, 0) <> o.paid")]
        owed = dict(self.world.base.look("SELECT partner_id, sum(shipped - paid) FROM orders GROUP BY partner_id"))
        wrong += [f"partner {x}: the debt is {row['debt']}, not {owed[x]}" for x, row in base.items()
                  if row["debt"] != owed.get(x, 0)]
        return wrong

    def draw_again(self):
        """The same order makes the same invoice, to the byte."""
        wrong = []
        path = os.path.join(os.path.dirname(self.world.base.data), "invoice.pdf")
        for number, file in self.world.portal.look(
                "SELECT o.number, d.file FROM document d JOIN orders o ON o.id = d.order_id AND o.revision = d.revision"
                " WHERE d.kind = 'invoice' AND d.state = 'ready' AND o.client_status IN ('to-fulfil', 'closed')"
                " ORDER BY d.issued_at DESC LIMIT ?", SAMPLE):
            self.world.base.run("order", "invoice", number, path)
            with open(path, "rb") as drawn:
                if drawn.read() != file:
                    wrong.append(f"the invoice of {number} is another one when it is drawn again")
        return wrong
