# SPDX-License-Identifier: GPL-3.0-or-later
"""Cases of the contract about the console: settings, checks, users and keys, what is queued and sent by hand."""
import json
import urllib.parse
import uuid

from contract import NOBODY, PASSWORD, SIDES
from services import wait


WORDS = {"portal": [{"kind": "state", "text": "У директора", "meaning": "Ожидается согласование"}],
         "base": [{"kind": "unit", "text": "9999", "meaning": "796"}, {"kind": "vat", "text": "17", "meaning": "none"},
                  {"kind": "currency", "text": "у.е.", "meaning": "USD"}]}


def test_kinds(ask):
    kinds = ask("GET", "/kinds")["items"]
    kind = kinds[-1]["kind"]
    assert all(k["enabled"] and k["queued"] >= 0 for k in kinds), kinds
    for _ in range(2):
        kinds = ask("PUT", "/kinds", {"kind": kind, "enabled": False})["items"]
        assert [k["kind"] for k in kinds if not k["enabled"]] == [kind], kinds
    ask("PUT", "/kinds", {"kind": "nonsense", "enabled": False}, 404)
    ask("PUT", "/kinds", {"kind": kind}, 400)
    assert all(k["enabled"] for k in ask("PUT", "/kinds", {"kind": kind, "enabled": True})["items"])


def test_settings(document, world):
    world.connect()
    for side in SIDES:
        world.add_user(side, "admin", "administrator")

        def ask(method, path, body=None, expect=200, side=side):
            return world.ask(side, method, "/api/v1/exchange" + path, body, "admin", expect)

        settings = {s["name"]: s for s in ask("GET", "/settings")["items"]}
        secret, = (s for s in settings.values() if s["type"] == "secret" and s["name"].startswith("exchange."))
        assert secret["is_set"] and "value" not in secret, secret
        answer = ask("PUT", "/settings", {"exchange.schedule": " 05:00", "exchange.attempts": "4"})
        settings = {s["name"]: s for s in answer["items"]}
        assert settings["exchange.schedule"]["value"] == "300" and "exchange.schedule" in answer["notice"], answer
        # All or nothing.
        ask("PUT", "/settings", {"exchange.attempts": "5", "exchange.schedule": "soon"}, 400)
        ask("PUT", "/settings", {"exchange.attempts": "5", "exchange.nonsense": "1"}, 404)
        ask("PUT", "/settings", {"exchange.attempts": 5}, 400)
        settings = {s["name"]: s for s in ask("GET", "/settings")["items"]}
        assert settings["exchange.attempts"]["value"] == "4", settings["exchange.attempts"]
        test_kinds(ask)
        for word in WORDS[side]:
            assert ask("PUT", "/words", word)["items"] == [{**word, "count": 0}]
            assert world.programs[side].json("word", "list") == ask("GET", "/words")["items"]
            world.run(side, "word", "clear", word["kind"], word["text"])
            assert ask("GET", "/words")["items"] == []
            world.run(side, "word", "set", word["kind"], word["text"], word["meaning"])
            assert "meaning" in ask("GET", "/words")["items"][0]
            assert ask("PUT", "/words", {"kind": word["kind"], "text": word["text"]})["items"] == []
            ask("PUT", "/words", {**word, "meaning": "lost"}, 400)
        check = ask("POST", "/check")
        assert check["available"] and "problem" not in check, check
        ask("PUT", "/settings", {secret["name"]: "something else"})
        check = ask("POST", "/check")
        assert not check["available"] and check["problem"], check
        wait("a minute of the history", lambda: ask("GET", "/history")["items"])


def test_users_and_keys(document, world):
    for side in SIDES:
        world.serve(side)
        world.add_user(side, "admin", "administrator")

        def ask(method, path, body=None, expect=200, side=side, who="admin"):
            return world.ask(side, method, "/api/v1" + path, body, who, expect)

        admin, = (u for u in ask("GET", "/users")["items"] if u["login"] == "admin")
        user = ask("POST", "/users", {"login": "KEY", "name": "Exchange", "role": "exchange"})
        ask("POST", "/users", {"login": "key", "role": "manager"}, 409)
        ask("POST", "/users", {"login": "buyer", "role": "buyer"}, 400)
        path = f"/users/{user['id']}"
        key = ask("POST", path + "/keys")
        ask("POST", f"/users/{admin['id']}/keys", None, 403)
        listed, = (k for k in ask("GET", "/keys")["items"] if k["client_id"] == key["client_id"])
        assert listed["login"] == "KEY" and "used_at" not in listed and key["client_secret"] not in str(listed), listed
        ask("DELETE", "/keys/" + urllib.parse.quote(key["client_id"]), None, 204)
        ask("DELETE", "/keys/nonsense", None, 404)
        listed, = (k for k in ask("GET", "/keys")["items"] if k["client_id"] == key["client_id"])
        assert listed["revoked_at"], listed
        assert ask("PUT", path, {"role": "manager", "email": "manager@example.com"})["role"] == "manager"
        ask("PUT", path, {"role": "head"}, 409)
        ask("PUT", path, {"role": "king"}, 400)
        assert ask("GET", path)["email"] == "manager@example.com"
        ask("GET", f"/users/{NOBODY}", None, 404)
        for found, query in ((["KEY"], "text=EXCH%20manager@"), ([], "text=exchange%20nobody"), ([], "role=exchange"),
                             (["KEY"], "text=key&role=manager&active=true"), ([], "text=key&active=false")):
            assert [u["login"] for u in ask("GET", "/users?" + query)["items"] if u["login"] != "EX"] == found, query
        ask("GET", "/users?role=king", None, 400)
        ask("GET", "/users?active=perhaps", None, 400)
        assert ask("PUT", path, {"email": ""}).get("email") is None
        ask("PUT", path, {"email": "manager@example.com"})
        assert ask("PUT", path, {"active": False})["state"] == "deactivated"
        assert ask("PUT", path, {"active": True})["active"]
        ask("PUT", path + "/password", {"password": "short"}, 400)
        ask("PUT", path + "/password", {"password": PASSWORD}, 204)
        if side == "portal":
            assert ask("GET", path)["state"] == "active"
            ask("POST", path + "/code", None, 204)
            assert ask("GET", path)["state"] == "registration"
            ask("POST", path + "/code", None, 204)  # an invitation now
            ask("POST", f"/users/{admin['id']}/code", None, 409)
            ask("POST", f"/users/{NOBODY}/code", None, 404)
        # Nobody locks oneself out.
        for change in ({"active": False}, {"role": "manager"}):
            ask("PUT", f"/users/{admin['id']}", change, 409)
        ask("DELETE", f"/users/{admin['id']}", None, 409)
        ask("DELETE", path, None, 204)
        ask("DELETE", path, None, 404)
        ask("PUT", f"/users/{NOBODY}", {}, 404)
        ask("PUT", f"/users/{NOBODY}/password", {"password": PASSWORD}, 404)


def test_publication(document, world):
    world.import_goods()
    world.connect()
    world.exchange()
    world.add_user("base", "admin", "administrator")

    def ask(method, path, body=None, expect=200):
        return world.ask("base", method, "/api/v1" + path, body, "admin", expect)

    def row(name):
        found, = ask("GET", "/publication?text=" + urllib.parse.quote(name))["items"]
        return found

    def act(action, *ids, expect=204):
        ask("POST", "/publication/actions", {"action": action, "ids": list(ids)}, expect)

    assert row("kiselnikov")["state"] == "registration"
    everybody = ask("GET", "/publication?limit=500")["items"]
    page = ask("GET", "/publication?limit=1")
    rest = ask("GET", "/publication?limit=500&after=" + urllib.parse.quote(page["next"]))["items"]
    assert [r["id"] for r in page["items"] + rest] == [r["id"] for r in everybody], page
    ask("GET", "/publication?after=nonsense", None, 400)
    ask("GET", "/publication?state=nonsense", None, 400)
    # A partner and its people are added; sent twice, it is one.
    partner = ask("POST", "/partners", {"name": "Новый партнёр"})
    assert partner in ask("GET", "/partners")["items"]
    ask("POST", "/partners", {"name": "Без ИНН", "inn": "1"}, 400)
    first, second = str(uuid.uuid4()), str(uuid.uuid4())
    for _ in range(2):
        ask("PUT", f"/contacts/{first}", {"partner_id": partner["id"], "name": "Ольга Первая",
                                          "email": "Olga.First@new.example"})
    added = ask("PUT", f"/contacts/{second}", {"partner_id": partner["id"], "name": "Олег Второй"})
    assert added["state"] == "none" and added["problem"], added
    ask("PUT", f"/contacts/{NOBODY}", {"name": "Nobody"}, 404)
    ask("PUT", f"/contacts/{NOBODY}", {"partner_id": NOBODY, "name": "Nobody"}, 404)
    ask("PUT", "/contacts/nonsense", {"name": "Nobody"}, 400)
    ask("PUT", f"/contacts/{second}", {"name": ""}, 400)
    # Without an e-mail, nobody is published.
    ask("PUT", f"/publication/{second}", {}, 400)
    assert ask("PUT", f"/contacts/{second}", {"email": "olga.first@second.example"}).get("problem") is None
    published = ask("PUT", f"/publication/{first}", {})
    assert (published["login"], published["role"], published["state"]) == ("olga.first", "buyer", "registration")
    assert published["pending"] and published["active"], published
    assert ask("PUT", f"/publication/{second}", {"role": "viewer"})["login"] == "olga.first2"
    ask("PUT", f"/publication/{second}", {"login": "olga.first"}, 409)
    ask("PUT", f"/publication/{second}", {"role": "manager"}, 400)
    ask("PUT", f"/publication/{NOBODY}", {}, 404)
    assert ask("PUT", f"/publication/{first}", {"role": "head"})["login"] == "olga.first"
    ask("PUT", f"/contacts/{second}", {"phone": "+7 900 000-00-01"})
    assert ask("PUT", f"/contacts/{second}", {"name": "Олег Третий"})["phone"]
    assert "phone" not in ask("PUT", f"/contacts/{second}", {"phone": ""})
    own, = (r for r in everybody if r["kind"] == "user")
    ask("PUT", f"/contacts/{own['id']}", {"name": "Nobody"}, 404)
    world.exchange()
    assert "pending" not in row("olga.first2")
    # One or many, all or none.
    act("deactivate", first, second)
    assert row("olga.first2")["state"] == "deactivated" and not row("olga.first2")["active"]
    act("invite", first, NOBODY, expect=404)
    act("activate", first, second)
    act("activate", first)
    world.exchange()
    for action in ("invite", "reset"):
        act(action, first)
    act("dance", first, expect=400)
    act("delete", first, second)
    act("delete", first, expect=404)
    world.exchange()
    assert row("olga.first@new")["state"] == "none"
    assert [r["login"] for r in ask("GET", "/publication?state=registration&kind=contact")["items"]] == ["kiselnikov"]
    # A partner is as far as the furthest of its people; publishing many is all or none, and leaves alone who is published.
    ask("GET", "/publication?kind=nonsense", None, 400)
    shown, = ask("GET", "/publication?kind=partner&text=" + urllib.parse.quote("Новый партнёр"))["items"]
    assert shown["id"] == partner["id"] and shown["state"] == "none" and "login" not in shown, shown
    assert sorted(p["id"] for p in shown["people"]) == sorted((first, second)), shown
    act("publish", first, NOBODY, expect=404)
    act("publish", first, second)
    act("publish", first)
    shown, = ask("GET", "/publication?kind=partner&state=registration&text=" + urllib.parse.quote("Новый партнёр"))["items"]
    assert shown["active"] and {p["login"] for p in shown["people"]} == {"olga.first", "olga.first2"}, shown
    act("deactivate", first)
    shown, = ask("GET", "/publication?kind=partner&text=" + urllib.parse.quote("Новый партнёр"))["items"]
    assert shown["state"] == "registration", shown
    act("deactivate", second)
    shown, = ask("GET", "/publication?kind=partner&text=" + urllib.parse.quote("Новый партнёр"))["items"]
    assert shown["state"] == "deactivated" and not shown["active"], shown
    act("delete", first, second)
    alone = ask("POST", "/partners", {"name": "Без людей"})
    shown, = ask("GET", "/publication?kind=partner&text=" + urllib.parse.quote("Без людей"))["items"]
    assert shown["id"] == alone["id"] and shown["problem"] and shown["people"] == [], shown


def test_roles(document, world):
    """By default, by hand and taken back; whoever is published without a role gets what was said."""
    world.import_goods()
    world.connect()
    world.add_user("base", "admin", "administrator")

    def ask(method, path, body=None, expect=200):
        return world.ask("base", method, "/api/v1" + path, body, "admin", expect)

    def listed():
        return world.programs["base"].json("role", "list")

    roles = ask("GET", "/exchange/roles")["items"]
    assert roles == listed() and roles[0]["own"] and all("role" not in r and r["people"] > 0 for r in roles), roles
    filled = ask("POST", "/exchange/roles/fill")["filled"]
    assert sorted((r["own"], r["base_role"]) for r in filled) == sorted((r["own"], r["base_role"]) for r in roles), filled
    assert ask("POST", "/exchange/roles/fill")["filled"] == []
    undone = ask("PUT", "/exchange/roles", {"roles": [{"own": r["own"], "base_role": r["base_role"]} for r in filled]})
    assert undone["items"] == roles, undone
    assert int(world.run("base", "role", "fill").stdout) == len(roles)
    contact = next(r["base_role"] for r in roles if not r["own"])
    world.run("base", "role", "set", contact, "viewer")
    assert {"own": False, "base_role": contact, "role": "viewer"}.items() <= \
        next(r for r in listed() if not r["own"] and r["base_role"] == contact).items()
    for wrong in ({"base_role": contact, "role": "manager"}, {"own": True, "base_role": "manager", "role": "head"},
                  {"base_role": "x" * 201, "role": "head"}, {"base_role": contact, "role": "king"}):
        ask("PUT", "/exchange/roles", {"roles": [wrong]}, 400)
    ask("PUT", "/exchange/roles", {}, 400)


def test_by_hand(document, world):
    """A user whose login is taken at the portal: the cause is told, the payload seen, a mended copy is taken."""
    world.import_goods()
    world.connect()
    for side in SIDES:
        world.add_user(side, "admin", "administrator")
    world.add_user("portal", "kiselnikov", "manager")

    def base(method, path, body=None, expect=200):
        return world.ask("base", method, "/api/v1/exchange" + path, body, "admin", expect)

    run = base("POST", "/run", expect=202)
    wait("the run's end", lambda: "ended_at" in base("GET", "/runs/" + run["id"]))
    cause, = base("GET", "/queue/causes")["items"]
    assert cause["kind"] == "user" and cause["count"] == 1, cause
    entry, = base("GET", "/queue?state=failed")["items"]
    assert cause["object"] == entry["object_id"] and cause["newest_at"] == entry["created_at"], cause
    assert base("GET", "/object?text=" + entry["object_id"].upper()) == {"id": entry["object_id"]}
    base("GET", "/object?text=14", expect=404)
    base("GET", "/object", expect=400)
    payload = base("GET", f"/queue/payload?kind=user&object={entry['object_id']}")
    assert payload["body"]["login"] == "kiselnikov", payload
    base("GET", "/queue/payload?kind=user", expect=400)
    story = [e for e in base("GET", f"/journal?object={entry['object_id']}")["items"] if e["direction"] == "outgoing"]
    path = f"/journal/{story[-1]['id']}/resend"
    message = {"kind": "user", "id": entry["object_id"], "version": entry["version"], "body": payload["body"]}
    answer = base("POST", path, {"message": message, "reason": "Once more"})
    assert answer["outcome"] == "rejected" and answer["detail"], answer
    base("POST", path, {"message": message}, 400)
    base("POST", "/journal/999999999/resend", {"message": message, "reason": "Nothing"}, 404)
    # That the other end lets this one in no more ends nobody's session.
    secret = json.loads(world.run("portal", "key", "create", "EX", "--json").stdout)["client_secret"]
    right = world.key.partition(":")[2]
    for wrong, expect in ((secret, 409), (right, 200)):
        base("PUT", "/settings", {"exchange.client-secret": wrong}, 200)
        base("POST", path, {"message": message, "reason": "Once more"}, expect)
    message["body"]["login"] = "kiselnikov-2"
    answer = base("POST", path, {"message": message, "reason": "Логин занят"})
    assert answer == {"outcome": "applied"}, answer
    assert base("GET", "/queue/causes")["items"] == []
    told = base("GET", f"/journal?object={entry['object_id']}")["items"][-1]
    assert base("GET", f"/journal?object={entry['object_id']}&order=newest")["items"][0] == told
    base("GET", "/journal?order=sideways", expect=400)
    assert "Логин занят" in told["what"] and "admin" in told["what"], told
    # A copy of what came in is applied here.
    page = world.ask("portal", "GET", "/api/v1/exchange/journal?direction=incoming&kind=user", None, "admin", 200)
    path = f"/api/v1/exchange/journal/{page['items'][0]['id']}/resend"
    answer = world.ask("portal", "POST", path, {"message": message, "reason": "Once more"}, "admin", 200)
    assert answer["outcome"] == "duplicate", answer
    # Queued by hand.
    base("POST", "/queue", {"kind": "user", "object": entry["object_id"]}, 204)
    base("POST", "/queue", {"kind": "user", "object": NOBODY}, 404)
    base("POST", "/queue", {"kind": "order", "object": entry["object_id"]}, 400)


def test_segments(document, world):
    """The count that is shown is the count that is queued, for each kind of attribute; a group has those below it."""
    world.import_goods()
    world.connect()
    world.exchange()
    world.add_user("base", "admin", "administrator")

    def ask(method, path, body=None, expect=200):
        return world.ask("base", method, "/api/v1" + path, body, "admin", expect)

    attributes = [a["attribute"] for a in ask("GET", "/segments/attributes")["items"]]
    assert attributes[:4] == ["group", "manufacturer", "category", "kind"] and len(attributes) > 4, attributes
    chosen = ["group", "manufacturer", "kind", next(a for a in attributes if a.startswith("property:"))]
    for attribute in chosen:
        path = "/segments/values?limit=500&attribute=" + urllib.parse.quote(attribute)
        values = ask("GET", path)["items"]
        assert values == sorted(values, key=lambda v: -v["count"]), values
        value = values[-1]
        word = value["title"].split()[0]
        assert value in ask("GET", path + "&text=" + urllib.parse.quote(word.upper()))["items"], value
        assert ask("POST", "/segments", {"attribute": attribute, "value": value["value"]})["count"] == value["count"]
        queue = world.programs["base"].json("queue")
        assert sum(e["kind"] == "product" for e in queue) == value["count"], (value, len(queue))
        assert {"product", "price"} <= {e["kind"] for e in queue} <= {"product", "price", "stock"}, value
        world.exchange()
    ask("GET", "/segments/values?attribute=colour", None, 400)
    ask("POST", "/segments", {"attribute": "manufacturer", "value": "Nobody"}, 404)
    ask("POST", "/segments", {"attribute": "manufacturer'; --", "value": "x"}, 400)
    listed = world.programs["base"].json("segment", "list", "kind")
    assert {"value": "Товар", "title": "Товар"}.items() <= listed[0].items(), listed
    assert int(world.run("base", "segment", "form", "kind", "Товар").stdout) == listed[0]["count"]
    # A group may be called by its name.
    group = world.programs["base"].json("segment", "list", "group")[0]
    assert int(world.run("base", "segment", "form", "group", group["title"]).stdout) == group["count"]
