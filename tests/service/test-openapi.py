#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""data/openapi.yaml against itself, against the routes of both programs, and against what they really say.

Between the two programs stands a relay, so that every request and every answer of the exchange is held against the
document; a field that a program sends and the document does not know is a failure, and so is one the other way round.
"""
import argparse
import copy
import itertools
import json
import os
import subprocess
import sys
import traceback
import urllib.parse
import uuid

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
from contract import (NOBODY, PASSWORD, PREFIX, ROLES, SIDES, Document, World, basic, example, fields,  # noqa: E402
                      plain, reach)
from contract_document import (test_every_kind_has_an_example, test_examples, test_main_structure,  # noqa: E402
                               test_operations, test_references, test_schemas_refuse)
from contract_papers import (test_baskets_and_lists, test_comments_and_documents, test_limits_and_drafts,  # noqa: E402
                             test_manager_at_the_command_line, test_tasks, test_words_that_are_not_known)
from contract_console import (test_by_hand, test_publication, test_roles, test_segments, test_settings,  # noqa: E402
                              test_users_and_keys)
from contract_live import test_live  # noqa: E402
from contract_people import test_people  # noqa: E402
from services import Service, wait  # noqa: E402


def test_routes(document, world):
    result = subprocess.run([OPTIONS.list_routes], capture_output=True, text=True, check=True, timeout=60)
    real = sorted(plain(line) for line in result.stdout.splitlines())
    written = sorted(operation.name for operation in document.operations)
    assert len(real) == len(set(real)) and len(real) > 30, real
    assert written == real, f"only in the document: {sorted(set(written) - set(real))}; " \
                            f"only in the programs: {sorted(set(real) - set(written))}"


def test_portal_takes_the_examples(document, world):
    world.serve("portal")
    taken = []
    for kind, messages in world.portal_messages():
        outcomes = [("applied", None)] * len(messages)
        assert world.deliver("portal", messages) == outcomes, (kind, world.deliver("portal", messages))
        taken += messages
    assert {o for o, _ in world.deliver("portal", taken)} == {"duplicate"}
    assert {o for o, _ in world.deliver("portal", [{**m, "version": m["version"] - 1000} for m in taken])} == {"stale"}
    assert world.ask("portal", "GET", "/api/v1/me", None, "kiselnikov", 200)["user"]["role"] == "head"
    order = world.ask("portal", "GET", f"/api/v1/orders/{world.order}", None, "kiselnikov", 200)
    body = example(document, "client-order")[0]["body"]
    assert {name: order[name] for name in body} == body, order
    assert order["status"] == "awaiting-partner" and order["has_invoice"], order
    world.ask("portal", "GET", f"/api/v1/documents/{world.order}/file", None, "kiselnikov", 200)
    for path, told in ((f"comments/{world.order}", "comment"), ("documents", "document"), ("tasks", "task")):
        item, = world.ask("portal", "GET", f"/api/v1/{path}", None, "kiselnikov", 200)["items"]
        message = example(document, told)[-1]
        body = {**message["body"], **({"order_id": world.order} if "order_id" in message["body"] else {})}
        assert item["id"] == message["id"] and {name: item[name] for name in body} == body, item
    deletion = example(document, "deletion")
    assert {o for o, _ in world.deliver("portal", deletion)} == {"applied"}
    assert {o for o, _ in world.deliver("portal", deletion)} == {"duplicate"}
    world.ask("portal", "GET", f"/api/v1/products/{deletion[1]['id']}", None, "kiselnikov", 404)
    # Whatever may be taken away, is; in no order, since that may be asked at any time.
    version = 1788250001000
    for message in taken:
        version += 1
        deletion = {"kind": message["kind"], "id": message["id"], "version": version}
        wrong = document.errors_of_messages({"messages": [deletion]})
        (outcome, detail), = world.deliver_wrongly("portal", [deletion])
        assert outcome == ("rejected" if wrong else "applied"), (message["kind"], outcome, detail)


def test_what_a_message_waits_for(document, world):
    world.serve("portal")
    user, = example(document, "user")
    answer = world.ask("portal", "POST", "/exchange/v1/messages", {"messages": [user]}, "EX", 200)["answers"][0]
    partner = {"kind": "partner", "id": user["body"]["partner_id"]}
    assert answer["outcome"] == "waits" and answer["waits_for"] == partner, answer
    assert world.deliver("portal", [*example(document, "partner"), user]) == [("applied", None)] * 2


def test_base_takes_the_examples(document, world):
    world.import_goods()
    world.serve("base")
    messages = example(document, "order")
    assert world.deliver("base", messages) == [("applied", None)], world.deliver("base", messages)
    assert world.deliver("base", messages) == [("duplicate", None)]
    assert world.deliver("base", [{**messages[0], "version": 1}])[0][0] == "stale"
    world.add_user("base", "manager", "manager")
    order = world.ask("base", "GET", f"/api/v1/client-orders/{messages[0]['id']}", None, "manager", 200)
    body = messages[0]["body"]
    assert {name: order[name] for name in body} == body, order
    deletion = {"kind": "order", "id": messages[0]["id"], "version": messages[0]["version"] + 1}
    assert world.deliver_wrongly("base", [deletion])[0][0] == "rejected"
    for kind in ("group", "client-order", "document", "task", "task-decision"):
        assert world.deliver("base", example(document, kind))[0][0] == "rejected", kind
    for kind in ("comment", "document-request"):
        one = example(document, kind)
        assert [world.deliver("base", one) for _ in range(2)] == [[("applied", None)], [("duplicate", None)]], kind
        newer = one[0]["version"] + 1
        assert world.deliver("base", [{"kind": kind, "id": one[0]["id"], "version": newer}])[0][0] == "applied", kind
        if kind == "comment":
            lost = {**one[0], "id": NOBODY, "body": {**one[0]["body"], "order_id": NOBODY}}
            assert world.deliver("base", [lost])[0][0] == "waits"
            lost["body"]["order_id"] = "nonsense"
            assert world.deliver_wrongly("base", [lost])[0][0] == "rejected"
    comments = world.ask("base", "GET", f"/api/v1/comments/{messages[0]['id']}", None, "manager", 200)["items"]
    assert [c["text"] for c in comments] == [example(document, "comment")[0]["body"]["text"]], comments


def test_what_is_required_is_asked_for(document, world):
    """What the document requires of a base the portal does not do without, and unknown fields it does not take."""
    world.serve("portal")
    forgiven = []
    version = 1788250002000
    for kind, messages in world.portal_messages():
        world.deliver("portal", messages)
        pointer = document.find("#/components/schemas/Message")["discriminator"]["mapping"][kind]
        schema = document.find(pointer)["properties"]["body"]
        for place, required in fields(document, schema, messages[0]["body"]):
            for name in [*required, "surprise"]:
                version += 1
                changed = copy.deepcopy(messages[0])
                changed["version"] = version
                if name == "surprise":
                    reach(changed["body"], place)[name] = 1
                else:
                    del reach(changed["body"], place)[name]
                (outcome, _), = world.deliver_wrongly("portal", [changed])
                if outcome != "rejected":
                    forgiven.append(f"{kind}: {'/'.join(map(str, (*place, name)))}: {outcome}")
                    version += 1
                    world.deliver("portal", [{**messages[0], "version": version}])
    for name in ("kind", "id", "version"):
        changed = {k: v for k, v in example(document, "group")[0].items() if k != name}
        (outcome, _), = world.deliver_wrongly("portal", [{**changed, "id": NOBODY} if name != "id" else changed])
        if outcome != 400:
            forgiven.append(f"a message without {name}: {outcome}")
    assert not forgiven, forgiven


def refuse(world, operation):
    """Nobody, and none of the roles that the document does not name, may do this."""
    side, method, path = operation.side, operation.method, operation.fill()
    body = None if "requestBody" not in operation.value else b"{}"
    if operation.id == "requestToken":
        body = b"grant_type=client_credentials"
    if not operation.is_open:
        assert world.ask(side, method, path, body, expect=401)["code"] == "unauthorized"
        world.ask(side, method, path, body, expect=401, headers={"Authorization": "Bearer nonsense"})
    for role in ROLES if operation.roles else ():
        who = "EX" if role == "exchange" else role
        if role not in operation.roles:
            world.ask(side, method, path, body, who, 403)
        elif operation.method == "GET":
            answer = world.ask(side, method, path, body, who)
            assert not isinstance(answer, dict) or answer.get("code") != "denied", (operation.name, role)


def test_refusals(document, world):
    world.serve("portal")
    world.serve("base")
    for side, role in itertools.product(SIDES, ROLES):
        if role != "exchange":
            world.add_user(side, role, role)
    wrong = []
    for operation in document.operations:
        try:
            refuse(world, operation)
        except AssertionError as error:
            wrong.append(str(error)[:200])
    assert not wrong, wrong
    # Addresses and methods that are not known.
    for side in SIDES:
        for method, path, status in (("GET", "/nowhere", 404), ("DELETE", "/healthz", 400)):
            answer = Service(world.path(side + ".sock")).ask(method, path)
            assert answer[0] == status and not document.errors({"$ref": "#/components/schemas/Problem"}, answer[1]), \
                (method, path, answer)
        # What is no JSON, no object, or too much.
        path = PREFIX[side] + "/exchange/v1/messages"
        for body, status in ((b"nonsense", 400), (b"[]", 400), (b"{}x", 400), (b"", 400), (b"\xff{}", 400),
                             (b'{"messages":[{}]}', 400), (b'{"surprise":[]}', 400),
                             (json.dumps({"messages": [{"kind": "group", "id": NOBODY, "version": 1}] * 1001}).encode(),
                              400)):
            world.ask(side, "POST", path, body, "EX", status)
        world.ask(side, "POST", "/api/v1/session", b" " * 20000, expect=413)
        world.ask(side, "POST", "/sys/token", b"grant_type=password", expect=400,
                  headers={"Authorization": basic("a:b")})
        world.ask(side, "POST", "/api/v1/session", {"login": "nobody", "password": "wrong"}, expect=401)
        for limit in ("0", "501", "many"):
            world.ask(side, "GET", f"/api/v1/exchange/queue?limit={limit}", None, "administrator", 400)


def test_life_of_an_order(document, world):
    """Everything that the two programs say to each other and to desktops while orders live."""
    world.import_goods()
    world.connect()
    assert "available" in world.run("base", "check").stdout and "available" in world.run("portal", "check").stdout
    answer = world.ask("portal", "POST", "/sys/token", b"grant_type=client_credentials", expect=200,
                       headers={"Authorization": basic(world.key)})
    token = {"Authorization": "Bearer " + answer["access_token"]}
    world.ask("portal", "GET", "/ping", expect=200, headers=token)
    for side in SIDES:
        world.ask(side, "GET", PREFIX[side] + "/ping", expect=200, headers={"Authorization": basic(f"EX:{PASSWORD}")})
        world.ask(side, "GET", "/healthz", expect=200)
        world.add_user(side, "admin", "administrator")
        world.ask(side, "POST", "/api/v1/session", {"login": "admin", "password": PASSWORD}, expect=200)
        assert world.ask(side, "GET", "/api/v1/me", None, "admin", 200)["user"]["role"] == "administrator"
    for name, value in (("host", "localhost"), ("port", "1"), ("from", "portal@sklad.example")):
        world.run("base", "settings", "set", "mail." + name, value)
    world.run("base", "settings", "set", "mail.password", secret=PASSWORD)
    world.exchange()
    world.run("portal", "user", "password", "kiselnikov", secret=PASSWORD)
    buyer = "kiselnikov"

    def portal(method, path, body=None, expect=200, **more):
        return world.ask("portal", method, "/api/v1" + path, body, buyer, expect, **more)

    assert portal("GET", "/me")["user"]["partner_name"]
    assert portal("GET", "/groups")["items"]
    page = portal("GET", "/products?limit=2")
    portal("GET", "/products?limit=2&after=" + urllib.parse.quote(page["next"]))
    goods = [p["id"] for p in portal("GET", "/products?limit=500")["items"] if "price" in p]
    assert portal("GET", "/products?text=" + urllib.parse.quote("кабель"))["items"]
    assert portal("GET", f"/products/{goods[0]}")["description"]
    portal("GET", f"/products/{NOBODY}", expect=404)
    page = portal("GET", "/products?limit=500")
    pictured = next(p for p in page["items"] if "pictures" in p)
    assert portal("GET", f"/products/{pictured['id']}/pictures/1").startswith(b"\x89PNG")
    portal("GET", f"/products/{NOBODY}/pictures/1", expect=404)
    card = portal("GET", f"/products/{pictured['id']}")
    assert card["pictures"] == pictured["pictures"] and card["properties"] and card["prices"] and card["stocks"], card
    portal("GET", "/products?after=nonsense", expect=400)
    portal("GET", "/basket")

    def submit(place):
        for product, quantity in zip(goods[:3], ("1", "2.5", "10")):
            portal("PUT", f"/basket/{product}", {"quantity": quantity})
        portal("GET", f"/products/{goods[1]}")
        return portal("POST", "/orders", {"place": place, "comment": "Срочно", "address": "г. Энск"},
                      headers={"Idempotency-Key": str(uuid.uuid4())})

    portal("PUT", f"/basket/{goods[0]}", {"quantity": "-1"}, 400)
    portal("PUT", f"/basket/{NOBODY}", {"quantity": "1"}, 404)
    portal("POST", "/orders", {"place": True}, 400)
    portal("POST", "/orders", {"place": True}, 409, headers={"Idempotency-Key": "empty"})
    draft = submit(False)
    portal("DELETE", f"/orders/{draft['id']}", expect=204)
    portal("GET", f"/orders/{draft['id']}", expect=404)
    placed = submit(True)
    later = submit(False)
    portal("POST", f"/orders/{later['id']}/place")
    portal("DELETE", f"/orders/{later['id']}", expect=409)
    portal("GET", f"/documents/{placed['id']}/file", expect=404)
    world.exchange()

    def base(method, path, body=None, expect=200):
        return world.ask("base", method, "/api/v1" + path, body, "admin", expect)

    assert len(base("GET", "/client-orders")["items"]) == 2
    page = base("GET", "/client-orders?limit=1")
    assert len(base("GET", "/client-orders?limit=1&after=" + page["next"])["items"]) == 1
    order = base("GET", f"/client-orders/{placed['id']}")
    assert base("GET", f"/client-orders/{order['number']}")["id"] == placed["id"]
    order.update(client_status="to-fulfil")
    changed = base("PUT", f"/client-orders/{placed['id']}", order)
    base("PUT", f"/client-orders/{placed['id']}", order, 409)
    base("PUT", f"/client-orders/{placed['id']}", {**changed, "surprise": 1}, 400)
    line = order["lines"][0]
    goods = base("GET", f"/client-orders/{placed['id']}/goods?text={urllib.parse.quote(line['article'])}")["items"]
    assert (goods[0]["id"], goods[0]["price"]) == (line["product_id"], line["price"]), goods
    base("GET", f"/client-orders/{placed['id']}/goods?text=%20", None, 400)
    assert base("GET", f"/client-orders/{placed['id']}/goods?text=nothing-like-it")["items"] == []
    assert base("GET", f"/client-orders/{placed['id']}/invoice").startswith(b"%PDF-")
    world.exchange()
    order = portal("GET", f"/orders/{placed['id']}")
    assert order["status"] == "awaiting-partner" and order["has_invoice"], order
    look_at_the_letters(world)
    assert portal("GET", f"/documents/{placed['id']}/file").startswith(b"%PDF-")
    portal("POST", f"/orders/{placed['id']}/decision", {"decision": "confirm", "revision": order["revision"] + 1}, 409)
    portal("POST", f"/orders/{placed['id']}/decision", {"decision": "confirm", "revision": order["revision"]})
    refusal = {"decision": "refuse", "revision": 1, "reason": "Передумали"}
    assert portal("POST", f"/orders/{later['id']}/decision", refusal)["status"] == "refused"
    world.exchange()
    assert portal("GET", f"/orders/{placed['id']}")["status"] == "in-progress"
    assert base("GET", f"/client-orders/{later['id']}")["client_status"] == "cancelled"
    page = portal("GET", "/orders?limit=1&status=refused")
    assert [o["id"] for o in page["items"]] == [later["id"]], page
    look_at_the_exchange(world)
    world.ask("portal", "DELETE", "/api/v1/session", None, "admin", 204)
    world.ask("base", "DELETE", "/api/v1/session", None, "admin", 204)


def look_at_the_letters(world):
    """The order that waited for its buyer made one, which no mail server takes."""
    letters = world.ask("portal", "GET", "/api/v1/letters?limit=1", None, "admin", 200)
    letter, = letters["items"]
    assert letter["kind"] == "order" and letter["state"] in ("waiting", "sending"), letter
    assert world.ask("portal", "GET", "/api/v1/letters?state=sent&after=" + letters["next"], None, "admin",
                     200) == {"items": []}
    world.ask("portal", "GET", "/api/v1/letters?state=burnt", None, "admin", 400)
    wait("an attempt", lambda: world.ask("portal", "GET", "/api/v1/letters", None, "admin", 200)["items"][0]
         .get("error"))
    path = "/api/v1/letters/%s/retry"
    assert world.ask("portal", "POST", path % letter["id"], None, "admin", 200)["attempts"] == 0
    check = world.ask("portal", "POST", "/api/v1/letters/check", None, "admin", 200)
    assert not check["available"] and check["setting"].startswith("mail."), check
    world.ask("portal", "POST", path % NOBODY, None, "admin", 404)


def look_at_the_exchange(world):
    """Journals as both ends have written them; what they keep of requests is what the document says."""
    for side in SIDES:
        world.ask(side, "GET", "/api/v1/exchange", None, "admin", 200)
        entries = world.ask(side, "GET", "/api/v1/exchange/journal?limit=500", None, "admin", 200)["items"]
        assert {e["direction"] for e in entries} == {"incoming", "outgoing"}, side
    story = world.ask("base", "GET", "/api/v1/exchange/journal?object=1b9207f4-cfbd-50c6-ab13-d7e79e782ff6", None,
                      "admin", 200)["items"]
    assert story and all(e["kind"] == "partner" for e in story), story


def test_administration(document, world):
    """What an administrator sees and does, with a base whose portal is away and comes back."""
    world.import_goods()
    world.connect()
    world.add_user("base", "admin", "administrator")
    world.add_user("portal", "admin", "administrator")

    def base(method, path, body=None, expect=200):
        return world.ask("base", method, "/api/v1/exchange" + path, body, "admin", expect)

    state = base("GET", "")
    assert state["waiting"] > 500 and state["connected"] and not state["running"], state
    page = base("GET", "/queue?limit=2")
    assert len(base("GET", "/queue?limit=500&after=" + page["next"])["items"]) == 500
    assert {e["kind"] for e in base("GET", "/queue?kind=partner")["items"]} == {"partner"}
    assert base("GET", "/queue/count?kind=partner&state=waiting") == {"count": 5}
    base("GET", "/queue?after=nonsense", expect=400)
    base("PUT", "/pause", expect=204)
    assert base("GET", "")["paused_by"] == "admin"
    base("DELETE", "/pause", expect=204)
    assert "paused_at" not in base("GET", "")
    # A run that has to wait for the portal can be looked at and cancelled.
    base("DELETE", "/run", expect=409)
    world.relays["portal"].gate.clear()
    run = base("POST", "/run", expect=202)
    assert run["cause"] == "by hand", run
    wait("a run under way", lambda: base("GET", "").get("run", {}).get("id") == run["id"])
    assert base("GET", "")["running"] and "ended_at" not in base("GET", "/runs/" + run["id"])
    base("DELETE", "/run", expect=204)
    world.relays["portal"].gate.set()
    wait("the run's end", lambda: "ended_at" in base("GET", "/runs/" + run["id"]))
    assert base("GET", "/runs/" + run["id"])["error"]
    # A user whose login is taken at the portal is rejected, and waits for a person.
    world.add_user("portal", "kiselnikov", "manager")
    run = base("POST", "/run", expect=202)
    wait("the run's end", lambda: "ended_at" in base("GET", "/runs/" + run["id"]))
    run = base("GET", "/runs/" + run["id"])
    assert run["rejected"] == 1 and run["sent"] > 500 and run["done"] == run["total"], run
    base("GET", "/runs/" + NOBODY, expect=404)
    user = base("GET", "/object?text=kiselnikov")
    assert user["kind"] == "user" and user == base("GET", "/object?kind=user&text=Kiselnikov"), user
    base("GET", "/object?kind=product&text=kiselnikov", expect=404)
    base("GET", "/object?kind=picture&text=kiselnikov", expect=400)
    entry, = base("GET", "/queue?state=failed")["items"]
    assert user["id"] == entry["object_id"], entry
    assert base("GET", "/queue/count?error=" + urllib.parse.quote(entry["error"])) == {"count": 1}
    assert base("POST", "/queue/retry", {"kind": "user", "object": entry["object_id"], "state": "failed"}) == \
        {"count": 1}
    run = base("POST", "/run", expect=202)
    wait("the run's end", lambda: "ended_at" in base("GET", "/runs/" + run["id"]))
    assert base("POST", "/queue/discard", {"state": "failed"}) == {"count": 1}
    base("POST", "/queue/discard", {"surprise": 1}, 400)
    for side in SIDES:
        page = world.ask(side, "GET", "/api/v1/exchange/journal?limit=1", None, "admin", 200)
        world.ask(side, "GET", f"/api/v1/exchange/journal?limit=500&after={page['next']}", None, "admin", 200)
        for query in ("kind=user", f"object={entry['object_id']}", "direction=incoming", "outcome=error",
                      "since=2026-01-01T00:00:00Z&until=2126-01-01T00:00:00Z"):
            world.ask(side, "GET", "/api/v1/exchange/journal?" + query, None, "admin", 200)
        world.ask(side, "GET", "/api/v1/exchange/journal?outcome=rejected", None, "admin", 400)
        story = world.ask(side, "GET", f"/api/v1/exchange/journal/{page['items'][0]['id']}", None, "admin", 200)
        assert isinstance(story["objects"], list), story
    world.ask("base", "GET", "/api/v1/exchange/journal/999999999", None, "admin", 404)
    # The portal is away: the base says since when.
    world.programs["portal"].stop()
    world.run("base", "partner", "add", "ООО «Ромашка»")
    run = base("POST", "/run", expect=202)
    wait("the run's end", lambda: "ended_at" in base("GET", "/runs/" + run["id"]))
    assert base("GET", "/runs/" + run["id"])["error"] and base("GET", "")["last_error"]


def test_pull(document, world):
    """A base that nobody can reach: it fetches, applies and acknowledges, and loses an acknowledgement."""
    world.serve("portal")
    for kind, messages in world.portal_messages():
        if kind == "client-order":
            break
        world.deliver("portal", messages)
    peer = {"Authorization": basic(f"EX:{PASSWORD}")}

    def fetch(query=""):
        return world.ask("portal", "GET", "/exchange/v1/queue" + query, None, expect=200, headers=peer)["messages"]

    messages = fetch()
    assert [m["kind"] for m in messages] == ["order", "user-state"] and fetch("?limit=1") == messages[:1], messages
    world.ask("portal", "GET", "/exchange/v1/queue?limit=0", None, expect=400, headers=peer)

    def answers(outcome, **more):
        return {"answers": [{"kind": m["kind"], "id": m["id"], "version": m["version"], "outcome": outcome, **more}
                            for m in messages]}

    def acknowledge(body, expect=200):
        return world.ask("portal", "POST", "/exchange/v1/answers", body, expect=expect, headers=peer)

    acknowledge({"answers": [{}]}, 400)
    assert acknowledge(answers("applied")) == {"done": 2}
    assert fetch() == []
    assert acknowledge(answers("duplicate")) == {"done": 0}


def test_base_fetches(document, world):
    """The same by the base itself, through the relay."""
    world.import_goods()
    world.connect()
    world.run("base", "settings", "set", "exchange.pull", "true")
    world.run("base", "run")
    world.add_order()
    before, document.kinds = document.kinds, set()
    world.run("base", "run")
    assert document.kinds == {"order", "user-state"}, document.kinds
    act = {"kind": "reconciliation", "from": "2026-01-01", "to": "2026-12-31"}
    act = world.ask("portal", "POST", "/api/v1/documents", act, "kiselnikov", 200)
    world.ask("portal", "PUT", f"/api/v1/comments/{world.order}/{uuid.uuid4()}", {"text": "?"}, "kiselnikov", 200)
    world.run("base", "run")
    assert {"comment", "document-request"} <= document.kinds, document.kinds
    world.run("base", "run")
    world.ask("portal", "GET", f"/api/v1/documents/{act['id']}/file", None, "kiselnikov", 200)
    document.kinds |= before
    assert world.programs["portal"].json("queue") == []
    assert [order["id"] for order in world.programs["base"].json("order", "list")] == [world.order]


def test_every_kind_went_through(document, world):
    assert document.kinds == set(document.find("#/components/schemas/Kind")["enum"]), document.kinds


def test_every_operation_was_answered(document, world):
    """By itself this finds nothing wrong with the programs: it finds what the cases above do not look at."""
    missing = []
    for operation in document.operations:
        good = [int(code) for code in operation.value["responses"] if code.startswith("2") or code == "101"]
        if not set(good) & document.seen.get(operation.name, set()):
            # The same handler at both ends: once is enough.
            others = [o.name for o in document.operations if o.id == operation.id]
            if not any(set(good) & document.seen.get(name, set()) for name in others):
                missing.append(operation.name)
    assert not missing, missing


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--document", required=True)
    parser.add_argument("--portal", required=True)
    parser.add_argument("--base", required=True)
    parser.add_argument("--list-routes", required=True)
    parser.add_argument("--demo-files", required=True)
    parser.add_argument("only", nargs="*")
    global OPTIONS
    OPTIONS = parser.parse_args()
    cases = [(name[5:], case) for name, case in globals().items()
             if name.startswith("test_") and (not OPTIONS.only or name[5:] in OPTIONS.only)]
    alone = {test_main_structure, test_references, test_operations, test_examples, test_every_kind_has_an_example,
             test_schemas_refuse, test_routes, test_every_kind_went_through, test_every_operation_was_answered}
    failed = 0
    print(f"1..{len(cases)}", flush=True)
    document = Document(OPTIONS.document)
    for i, (name, case) in enumerate(cases, 1):
        world = None
        try:
            world = None if case in alone else World(OPTIONS, document)
            case(document, world)
            assert not document.wrong, f"{len(document.wrong)} requests or answers are not as the document says"
            print(f"ok {i} {name}", flush=True)
        except Exception:
            failed += 1
            print(f"not ok {i} {name}", flush=True)
            # What the relay has found is mostly why the rest went wrong.
            lines = [*document.wrong[:5], *traceback.format_exc().splitlines()]
            print("".join(f"# {line[:2000]}\n" for line in lines), end="", flush=True)
        finally:
            document.wrong.clear()
            if world is not None:
                world.end()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
