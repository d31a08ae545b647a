# SPDX-License-Identifier: GPL-3.0-or-later
"""The cases of test-openapi.py about what goes beside orders: limits, drafts, comments, documents, tasks."""
import uuid

from contract import NOBODY, PASSWORD

PARTNER = "0002001137"
PDF = b"%PDF-1.7\nof the test"
NAME_SPACE = uuid.UUID("5b1e37c4-906d-4f2a-8f13-e67a02bd4c99")


def find_id(*about):
    """The id of a document, as the contract says to make it."""
    return str(uuid.uuid5(NAME_SPACE, "document\0" + " ".join(about)))


class Desk:
    """A world with a buyer, a head and a sales manager at work, and what they ask."""

    def __init__(self, world):
        self.world = world
        world.import_goods()
        world.run("base", "contact", "publish", "n.beregova@kisel-montazh.example", "--login", "beregova", "--role",
                  "buyer")
        world.run("base", "partner", "limits", PARTNER, "--credit-limit", "1000000", "--debt", "12500")
        world.connect()
        world.add_user("base", "admin", "administrator")
        world.exchange()
        for login in ("kiselnikov", "beregova"):
            world.run("portal", "user", "password", login, secret=PASSWORD)
        products = self.buyer("GET", "/products?limit=200")["items"]
        self.goods = [p["id"] for p in products if "price" in p]

    def buyer(self, method, path, body=None, expect=200, **more):
        return self.world.ask("portal", method, "/api/v1" + path, body, "beregova", expect, **more)

    def head(self, method, path, body=None, expect=200):
        return self.world.ask("portal", method, "/api/v1" + path, body, "kiselnikov", expect)

    def manager(self, method, path, body=None, expect=200):
        return self.world.ask("base", method, "/api/v1" + path, body, "admin", expect)

    def submit(self, quantity="2", expect=200, **details):
        for product in self.goods[:2]:
            self.buyer("PUT", f"/basket/{product}", {"quantity": quantity})
        return self.buyer("POST", "/orders", {"place": True, **details}, expect,
                          headers={"Idempotency-Key": str(uuid.uuid4())})

    def change(self, order_id, **changes):
        order = self.manager("GET", f"/client-orders/{order_id}")
        return self.manager("PUT", f"/client-orders/{order_id}", {**order, **changes})

    def task(self, ask, expect="new"):
        """The newest task that somebody sees."""
        task = ask("GET", "/tasks?limit=1")["items"][0]
        assert task["state"] == expect, task
        return task


def test_limits_and_drafts(document, world):
    desk = Desk(world)
    limits = desk.buyer("GET", "/limits")["limits"]
    assert (limits["credit_limit"], limits["debt"], limits["overdue"]) == ("1000000.00", "12500.00", "0.00"), limits
    warehouse = desk.buyer("GET", "/warehouses")["items"][0]
    draft = desk.submit("1", place=False, wished_date="2126-02-28", warehouse_id=warehouse["id"])
    assert draft["warehouse_name"] == warehouse["name"] and draft["wished_date"] == "2126-02-28", draft
    desk.buyer("POST", "/documents", {"kind": "invoice", "order_id": draft["id"]}, 409)
    desk.buyer("PUT", f"/comments/{draft['id']}/{uuid.uuid4()}", {"text": "?"}, 409)
    path = f"/orders/{draft['id']}"
    wish = {"version": draft["version"], "lines": [{"product_id": desk.goods[2], "quantity": "3"},
                                                   {"product_id": desk.goods[0], "quantity": "0"}]}
    edited = desk.buyer("PUT", path, wish)
    assert [(x["product_id"], x["quantity"]) for x in edited["lines"]] == [(desk.goods[2], "3")], edited
    assert "warehouse_id" not in edited and "wished_date" not in edited, edited
    desk.buyer("PUT", path, wish, 409)
    wish["version"] = edited["version"]
    for wrong in ({"wished_date": "2026-02-30"}, {"warehouse_id": NOBODY}, {"surprise": 1},
                  {"lines": [{"product_id": desk.goods[2], "quantity": "-1"}]}):
        desk.buyer("PUT", path, {**wish, **wrong}, 400)
    # What exceeds the limits is refused, or marked.
    world.run("base", "partner", "limits", PARTNER, "--credit-limit", "12500.01")
    world.exchange()
    assert desk.buyer("POST", path + "/place", expect=409)["code"] == "state"
    assert desk.submit(expect=409)["code"] == "state"
    world.run("portal", "settings", "set", "orders.limits", "warn")
    assert desk.buyer("POST", path + "/place")["over_limit"]
    assert desk.buyer("GET", "/limits")["limits"]["open"] == edited["total"]
    world.exchange()


def test_baskets_and_lists(document, world):
    desk = Desk(world)
    order = desk.submit("3")
    world.exchange()
    desk.change(order["id"], client_status="to-fulfil")
    world.exchange()
    for _ in range(2):
        repeated = desk.buyer("POST", f"/orders/{order['id']}/repeat", headers={"Idempotency-Key": "again"})
        assert [line["quantity"] for line in repeated["basket"]["lines"]] == ["3", "3"], repeated
        assert repeated["skipped"] == [], repeated
    desk.buyer("POST", f"/orders/{NOBODY}/repeat", expect=404, headers={"Idempotency-Key": "k"})
    basket = desk.buyer("POST", "/basket/prices")
    assert all(line["seen_price"] == line["price"] for line in basket["lines"]), basket
    wishes = {"lines": [{"product_id": desk.goods[0], "quantity": "2"}, {"product_id": NOBODY, "quantity": "1"}]}
    replaced = desk.buyer("PUT", "/basket", wishes)
    assert [line["quantity"] for line in replaced["basket"]["lines"]] == ["2"], replaced
    assert replaced["skipped"] == [{"product_id": NOBODY, "reason": "not-sold"}], replaced
    desk.buyer("PUT", "/basket", {"lines": [{"product_id": NOBODY}]}, 400)
    draft = desk.buyer("POST", "/orders", {"name": "Запас"}, headers={"Idempotency-Key": "draft"})
    assert draft["name"] == "Запас", draft
    wish = {"name": "Запас", "lines": [{"product_id": desk.goods[0], "quantity": "2"}]}
    copies = [desk.buyer("POST", "/drafts", wish, headers={"Idempotency-Key": "copy"}) for _ in range(2)]
    assert copies[0] == copies[1] and copies[0]["status"] == "draft", copies
    desk.buyer("POST", "/drafts", {"lines": []}, 400, headers={"Idempotency-Key": "other"})
    desk.buyer("DELETE", f"/orders/{copies[0]['id']}", expect=204)
    history = desk.buyer("GET", f"/orders/{order['id']}/history")["items"]
    assert [entry["what"] for entry in history[-2:]] == ["awaiting-manager", "placed"], history
    desk.buyer("GET", f"/orders/{NOBODY}/history", expect=404)
    both, one = {draft["id"], order["id"]}, {draft["id"]}
    for query, ids in (("text=%D0%B7%D0%B0%D0%BF%D0%B0%D1%81", one), ("status=draft", one), ("from=2000-01-01", both),
                       ("to=2000-01-01", set())):
        found = desk.buyer("GET", f"/orders?{query}")["items"]
        totals = desk.buyer("GET", f"/orders/totals?{query}")
        assert {item["id"] for item in found} == ids and totals["count"] == len(ids), (query, found, totals)
    for path in ("/orders", "/orders/totals"):
        desk.buyer("GET", f"{path}?from=yesterday", expect=400)


def test_comments_and_documents(document, world):
    desk = Desk(world)
    order_id = desk.submit()["id"]
    world.exchange()
    mine, theirs = (f"/comments/{order_id}/{uuid.uuid4()}" for _ in range(2))
    for _ in range(2):
        assert len(desk.buyer("PUT", mine, {"text": "Когда привезёте?"})["items"]) == 1
        assert desk.manager("PUT", theirs, {"text": "Завтра"})["items"][0]["by_base"]
    desk.buyer("PUT", mine, {"text": "Another"}, 409)
    for wrong in ({}, {"text": ""}, {"text": " "}, {"text": "x" * 4001}):
        desk.buyer("PUT", f"/comments/{order_id}/{uuid.uuid4()}", wrong, 400)
    desk.buyer("PUT", f"/comments/{NOBODY}/{uuid.uuid4()}", {"text": "?"}, 404)
    world.exchange()
    comments = [ask("GET", f"/comments/{order_id}")["items"] for ask in (desk.buyer, desk.manager)]
    assert comments[0] == comments[1] and [c["by_base"] for c in comments[0]] == [False, True], comments
    desk.manager("GET", f"/comments/{NOBODY}", expect=404)

    def ask(kind, expect=200, **more):
        return desk.buyer("POST", "/documents", {"kind": kind, **more}, expect)

    def papers():
        return {d["kind"]: d for d in desk.buyer("GET", f"/orders/{order_id}/documents")["items"]}

    assert {d["state"] for d in papers().values()} == {"not-issued"} and len(papers()) == 3, papers()
    ask("invoice", 409, order_id=order_id)
    desk.change(order_id, client_status="to-fulfil", ship_date="2126-01-31")
    world.exchange()
    assert papers()["invoice"]["state"] == ask("invoice", order_id=order_id)["state"] == "ready"
    invoice = desk.buyer("GET", f"/documents/{papers()['invoice']['id']}/file")
    assert invoice.startswith(b"%PDF-") and len(invoice) == papers()["invoice"]["size"]
    desk.head("POST", f"/orders/{order_id}/decision", {"decision": "confirm", "revision": 2})
    world.exchange()
    # The papers on shipping are made by somebody, when goods are on their way.
    ask("waybill", 409, order_id=order_id)
    order = desk.manager("GET", f"/client-orders/{order_id}")
    order["lines"][0].update(shipped="1", paid=order["lines"][0]["price"])
    shipped = desk.manager("PUT", f"/client-orders/{order_id}", {k: v for k, v in order.items() if "percent" not in k})
    assert shipped["paid"] == shipped["shipped"] == order["lines"][0]["price"], shipped
    world.exchange()
    seen = desk.buyer("GET", f"/orders/{order_id}")
    assert seen["lines"] == shipped["lines"] and seen["decision_result"] == "taken", seen
    for kind in ("waybill", "upd"):
        assert ask(kind, order_id=order_id) == ask(kind, order_id=order_id), kind
        assert papers()[kind]["id"] == find_id(kind, order_id), papers()
        desk.buyer("GET", f"/documents/{papers()[kind]['id']}/file", expect=404)
    world.exchange()
    waiting = {d["kind"]: d["id"] for d in world.programs["base"].json("document", "list")}
    assert waiting == {kind: papers()[kind]["id"] for kind in ("waybill", "upd")}, waiting
    with open(world.path("waybill.pdf"), "wb") as file:
        file.write(PDF)
    world.run("base", "document", "attach", order["number"], "waybill", world.path("waybill.pdf"))
    world.run("base", "document", "decline", waiting["upd"], "Бухгалтерия в отпуске")
    world.exchange()
    assert desk.buyer("GET", f"/documents/{waiting['waybill']}/file") == PDF
    assert papers()["upd"]["state"] == "failed" and papers()["upd"]["error"] == "Бухгалтерия в отпуске", papers()
    assert ask("upd", order_id=order_id)["state"] == "preparing"
    # Asked for again, while the answer to the first time is on its way: both ends wait.
    world.run("portal", "run")
    ask("upd", order_id=order_id)
    world.run("base", "document", "decline", waiting["upd"], "Бухгалтерия на обеде")
    world.run("base", "run")
    assert papers()["upd"]["state"] == "failed"
    world.exchange()
    assert papers()["upd"]["state"] == "preparing"
    assert [d["id"] for d in world.programs["base"].json("document", "list")] == [waiting["upd"]]
    # An act is of a period; the base draws it.
    ask("reconciliation", 400, **{"from": "2026-02-01", "to": "2026-01-31"})
    ask("reconciliation", 400)
    ask("reconciliation", 400, **{"from": "2026-01-01", "to": "2126-01-31"})
    act = ask("reconciliation", **{"from": "2026-01-01", "to": "2027-12-31"})
    assert act["id"] == find_id("reconciliation", act["partner_id"], "2026-01-01", "2027-12-31"), act
    world.exchange()
    assert [(d["id"], d["state"]) for d in desk.buyer("GET", "/documents")["items"]] == [(act["id"], "ready")]
    assert desk.buyer("GET", f"/documents/{act['id']}/file").startswith(b"%PDF-")


def test_tasks(document, world):
    desk = Desk(world)
    for role in ("head", "administrator"):
        world.run("base", "approval", "add", "total", "100", "--role", role)
    order_id = desk.submit()["id"]
    world.exchange()
    task = desk.task(desk.head)
    path = f"/tasks/{task['id']}"
    assert desk.head("GET", path) == task and task["order_id"] == order_id, task
    desk.buyer("GET", path, expect=403)
    for wrong in ({}, {"variant": "nonsense"}, {"variant": "refuse"}, {"variant": "approve", "surprise": 1}):
        desk.head("POST", path + "/decision", wrong, 400)
    decided = desk.head("POST", path + "/decision", {"variant": "remark", "comment": "Только синие"})
    assert decided["state"] == "decided" and decided["attempt"] == 1, decided
    assert desk.head("POST", path + "/decision", {"variant": "remark", "comment": "Только синие"}) == decided
    desk.head("POST", path + "/decision", {"variant": "approve"}, 409)
    world.exchange()
    assert desk.task(desk.head, "finished")["variant"] == "remark"
    assert desk.head("GET", f"/comments/{order_id}")["items"][0]["text"] == "Только синие"
    # The next step is the company's own: it is decided at the base, and the order goes on.
    path = f"/tasks/{desk.task(desk.manager)['id']}"
    assert desk.manager("GET", path)["role"] == "administrator"
    assert desk.manager("POST", path + "/decision", {"variant": "approve"})["state"] == "finished"
    desk.manager("GET", f"/tasks/{NOBODY}", expect=404)
    world.exchange()
    assert desk.buyer("GET", f"/orders/{order_id}")["status"] == "awaiting-partner"
    assert len(desk.head("GET", "/tasks?state=finished")["items"]) == 1
    # A decision that the portal does not know of, since it was set back, and that does not say whose it is by name.
    order_id = desk.submit("3")["id"]
    world.exchange()
    task = desk.task(desk.head)
    decided = {"variant": "remark", "comment": "Только красные", "attempt": 1, "decided_at": "2026-09-01T00:00:00Z",
               "decided_by": desk.head("GET", "/me")["user"]["id"]}
    message = {"kind": "task-decision", "id": task["id"], "version": 1, "body": decided}
    for outcome in ("applied", "duplicate"):
        assert world.deliver("base", [message]) == [(outcome, None)]
        world.exchange()
        assert desk.head("GET", f"/tasks/{task['id']}")["state"] == "finished"
    assert [c["text"] for c in desk.head("GET", f"/comments/{order_id}")["items"]] == ["Только красные"]
    assert len(desk.head("GET", "/tasks?state=finished")["items"]) == 2
    # What the head placed nobody there can approve: both ends say so. The manager's change withdraws the task.
    desk.head("PUT", f"/basket/{desk.goods[0]}", {"quantity": "5"})
    own = world.ask("portal", "POST", "/api/v1/orders", {"place": True}, "kiselnikov", 200,
                    headers={"Idempotency-Key": "own"})
    world.exchange()
    world.add_user("portal", "admin", "administrator")
    for side in ("portal", "base"):
        alarms = world.ask(side, "GET", "/api/v1/exchange", None, "admin", 200)["alarms"]
        assert len(alarms) == 1 and "Nobody can decide" in alarms[0]["text"], alarms
    task = desk.task(desk.head)
    assert "own order" in desk.head("POST", f"/tasks/{task['id']}/decision", {"variant": "approve"}, 409)["detail"]
    desk.change(own["id"], client_status="cancelled", reason="Некому согласовать")
    world.exchange()
    assert desk.task(desk.head, "withdrawn")["note"]
    assert desk.head("GET", f"/orders/{own['id']}")["reason"] == "Некому согласовать"


def test_words_that_are_not_known(document, world):
    """A base may write what it likes for status and state: it is shown as it is, and the administrator is told."""
    desk = Desk(world)
    order_id = desk.submit()["id"]
    world.exchange()
    order = desk.manager("GET", f"/client-orders/{order_id}")
    told = {name: order[name] for name in ("decision", "decision_attempt", "decided_revision", "revision", "number",
                                           "currency", "total", "lines")}
    version = 2000000000000
    for words, status, shown in ((("К  обеспечению", "ожидаетсяОБЕСПЕЧЕНИЕ"), "to-fulfil", "Ожидается обеспечение"),
                                 (("У директора", "Ждём машину"), "other", "Ждём машину")):
        version += 1
        message = {"kind": "client-order", "id": order_id, "version": version,
                   "body": {**told, "client_status": words[0], "state": words[1]}}
        assert world.deliver("portal", [message]) == [("applied", None)]
        seen = desk.buyer("GET", f"/orders/{order_id}")
        assert (seen["client_status"], seen["state"]) == (status, shown), seen
        assert (status == "other") == (seen.get("client_status_text") == words[0]), seen
        assert seen["status"] == "awaiting-partner", seen
    world.add_user("portal", "admin", "administrator")
    alarms = world.ask("portal", "GET", "/api/v1/exchange", None, "admin", 200)["alarms"]
    assert len(alarms) == 2 and all(word in alarms[0]["text"] + alarms[1]["text"] for word in words), alarms


def test_manager_at_the_command_line(document, world):
    """What the windows of the base can do the commands can, and what they refuse they say why."""
    desk = Desk(world)
    base = world.programs["base"]

    def refused(words, *arguments):
        result = base.run(*arguments, check=False)
        assert result.returncode in (1, 2) and words in result.stderr, (arguments, result)

    step = base.json("approval", "add", "discount", "10", "--role", "manager")["id"]
    base.run("approval", "add", "total", "0.01")
    rules = [(r["condition"], r["above"], r["role"]) for r in base.json("approval", "list")]
    assert rules == [("discount", "10.00", "manager"), ("total", "0.01", "head")], rules
    refused("decides no tasks", "approval", "add", "total", "1", "--role", "buyer")
    refused("not known", "approval", "add", "colour", "1")
    refused("There is no step", "approval", "remove", "99")
    base.run("approval", "remove", str(step))
    order_id = desk.submit()["id"]
    world.exchange()
    task, = base.json("task", "list")
    assert (task["order_id"], task["role"], task["state"]) == (order_id, "head", "new"), task
    desk.head("POST", f"/tasks/{task['id']}/decision", {"variant": "approve"})
    world.exchange()
    number = desk.buyer("GET", f"/orders/{order_id}")["number"]
    warehouse = desk.buyer("GET", "/warehouses")["items"][0]["id"]
    changed = base.json("order", "set", number, "--line", "1=1", "--price", "1=9,5", "--add", f"{desk.goods[5]}=3@0,01",
                        "--date", "2126-01-31", "--warehouse", warehouse, "--manager", "Лукина М. Е.")
    lines = [(x["ordered"], x["quantity"], x["price"], x["sum"]) for x in changed["lines"]]
    assert lines[0] == ("2", "1", "9.50", "9.50") and lines[2] == ("0", "3", "0.01", "0.03"), lines
    assert changed["lines"][2]["name"] != "?" and changed["client_status"] == "to-fulfil", changed
    for words, arguments in (("sells no product", ["--add", f"{NOBODY}=1@1"]), ("no warehouse", ["--warehouse", NOBODY]),
                             ("more is shipped", ["--ship", "1=2"]), ("number of a line", ["--line", "9=1"]),
                             ("Say why", ["--status", "cancelled"]), ("0 to 100", ["--paid", "101"]),
                             ("twice", ["--add", f"{desk.goods[0]}=1@1", "--add", f"{desk.goods[0]}=1@1"])):
        refused(words, "order", "set", number, *arguments)
    base.run("order", "comment", number, "Отгрузим 31 января")
    assert [c["text"] for c in base.json("order", "comment", number)] == ["Отгрузим 31 января"]
    shipped = base.json("order", "set", number, "--paid", "50", "--ship", "1=0,5", "--pay", "3=0,03")
    assert shipped["lines"][0]["shipped"] == "0.5" and shipped["lines"][0]["paid"] == "4.75", shipped
    world.exchange()
    seen = desk.buyer("GET", f"/orders/{order_id}")
    assert seen["lines"] == shipped["lines"] and seen["ship_date"] == "2126-01-31", seen
    refused("is drawn by the base", "document", "attach", number, "invoice", __file__)
    refused("PDF, XML or XLSX", "document", "attach", number, "upd", base.path)
    with open(world.path("upd.xml"), "wb") as file:
        file.write(b"\xef\xbb\xbf<?xml version='1.0'?><upd/>")
    assert base.json("document", "attach", number, "upd", world.path("upd.xml"))[0]["state"] == "ready"
    refused("issued already", "document", "decline", base.json("document", "list", number)[1]["id"], "Нет")
    world.exchange()
    papers = [(d["kind"], d.get("part", 1), d["state"])
              for d in desk.buyer("GET", f"/orders/{order_id}/documents")["items"]]
    assert papers == [("invoice", 1, "ready"), ("waybill", 1, "not-issued"), ("upd", 1, "ready"),
                      ("upd", 2, "not-issued")], papers  # a further shipment may have its own
    for arguments in (["task", "list"], ["approval", "list"], ["document", "list", number], ["order", "comment", number],
                      ["order", "show", number], ["status"]):
        assert base.run(*arguments).stdout.strip(), arguments
