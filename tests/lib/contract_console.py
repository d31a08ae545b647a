# SPDX-License-Identifier: GPL-3.0-or-later
"""Cases of the contract about the console: settings, checks, users and keys, what is queued and sent by hand."""
import urllib.parse

from contract import NOBODY, PASSWORD, SIDES
from services import wait


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
        assert ask("PUT", path, {"active": False})["state"] == "deactivated"
        assert ask("PUT", path, {"active": True})["active"]
        ask("PUT", path + "/password", {"password": "short"}, 400)
        ask("PUT", path + "/password", {"password": PASSWORD}, 204)
        # Nobody locks oneself out.
        for change in ({"active": False}, {"role": "manager"}):
            ask("PUT", f"/users/{admin['id']}", change, 409)
        ask("DELETE", f"/users/{admin['id']}", None, 409)
        ask("DELETE", path, None, 204)
        ask("DELETE", path, None, 404)
        ask("PUT", f"/users/{NOBODY}", {}, 404)
        ask("PUT", f"/users/{NOBODY}/password", {"password": PASSWORD}, 404)


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
