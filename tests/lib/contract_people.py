# SPDX-License-Identifier: GPL-3.0-or-later
"""Cases of the contract about people: codes, passwords, sessions, several partners, the audit log."""
import json

from contract import NOBODY, PASSWORD
from services import Service

OTHER = "four words of somebody"


def test_people(document, world):
    world.import_goods()
    world.connect()
    world.exchange()
    for side in ("portal", "base"):
        world.add_user(side, "admin", "administrator")
    tokens = {}

    def ask(method, path, body=None, expect=200, who=None):
        headers = {"Authorization": "Bearer " + tokens[who]} if who in tokens else None
        return world.ask("portal", method, "/api/v1" + path, body, None if headers else who, expect,
                         **({"headers": headers} if headers else {}))

    def code(command="invite"):
        return json.loads(world.run("portal", "user", command, "kiselnikov", "--print", "--json").stdout)["code"]

    first = code()
    for typed, expected in ((first, 200), (first.lower().replace("-", " "), 200), ("0" * 26, 404), ("nonsense", 404)):
        ask("POST", "/code", {"code": typed}, expected)
    ask("POST", "/code", {"surprise": 1}, 400)
    assert ask("POST", "/code", {"code": first})["purpose"] == "invitation"
    ask("POST", "/code/renew", {"code": first}, 204)
    ask("POST", "/code/renew", {"code": "0" * 26}, 404)
    ask("POST", "/password", {"code": first, "password": "12345678"}, 400)
    answer = ask("POST", "/password", {"code": first, "password": PASSWORD})
    tokens["buyer"] = answer["token"]
    ask("POST", "/password", {"code": first, "password": PASSWORD}, 404)
    assert answer["user"]["state"] == "active", answer
    for login in ("kiselnikov", "nobody"):
        ask("POST", "/password/reset", {"login": login}, 204)
    ask("POST", "/password/reset", {}, 400)
    # Own access.
    partner, = ask("GET", "/me", who="buyer")["partners"]
    assert partner["current"], partner
    ask("PUT", "/session", {"partner_id": partner["id"]}, who="buyer")
    ask("PUT", "/session", {"partner_id": NOBODY}, 404, who="buyer")
    ask("PUT", "/session", {"partner_id": "nonsense"}, 400, who="buyer")
    assert ask("PUT", "/me", {"language": "en"}, who="buyer")["user"]["state"] == "active"
    ask("PUT", "/me", {"language": "la"}, 400, who="buyer")
    ask("PUT", "/me", {"language": "en", "role": "administrator"}, 400, who="buyer")
    tokens["second"] = ask("POST", "/session", {"login": "kiselnikov", "password": PASSWORD})["token"]
    sessions = ask("GET", "/sessions", who="buyer")["items"]
    assert len(sessions) == 2 and sum(s["current"] for s in sessions) == 1, sessions
    other, = (s["id"] for s in sessions if not s["current"])
    ask("DELETE", f"/sessions/{other}", None, 204, who="buyer")
    ask("DELETE", f"/sessions/{other}", None, 404, who="buyer")
    ask("GET", "/me", None, 401, who="second")
    ask("PUT", "/me/password", {"before": "wrong one", "password": OTHER}, 403, who="buyer")
    answer = ask("PUT", "/me/password", {"before": PASSWORD, "password": OTHER}, who="buyer")
    ask("GET", "/me", None, 401, who="buyer")
    tokens["buyer"] = answer["token"]
    # What an administrator sees and ends.
    page = ask("GET", "/users?limit=1", who="admin")
    users = page["items"] + ask("GET", "/users?limit=500&after=" + page["next"], who="admin")["items"]
    user, = (u for u in users if u["login"] == "kiselnikov")
    session, = ask("GET", f"/users/{user['id']}/sessions", who="admin")["items"]
    ask("DELETE", f"/users/{user['id']}/sessions/{session['id']}", None, 204, who="admin")
    ask("DELETE", f"/users/{user['id']}/sessions/{session['id']}", None, 404, who="admin")
    ask("DELETE", f"/users/{user['id']}/sessions", None, 204, who="admin")
    ask("GET", f"/users/{NOBODY}/sessions", None, 404, who="admin")
    ask("GET", "/me", None, 401, who="buyer")
    page = ask("GET", "/audit?limit=2", who="admin")
    assert ask("GET", "/audit?limit=500&who=kiselnikov&after=" + page["next"], who="admin")["items"], page
    assert {e["action"] for e in ask("GET", "/audit?action=password", who="admin")["items"]} == {"password"}
    ask("GET", "/audit?after=nonsense", None, 400, who="admin")
    assert "whole" in world.run("portal", "audit", "verify").stdout
    # Too many attempts are told when to come again, the right password or not.
    service = Service(world.path("portal.sock"))
    for _ in range(5):
        assert service.ask("POST", "/api/v1/session", {"login": "somebody", "password": "wrong"})[0] == 401
    ask("POST", "/session", {"login": "somebody", "password": "wrong"}, 429)
    # The base hears how far its users are.
    world.exchange()
    states = {p.get("login"): p["state"] for p in world.programs["base"].json("publication", "list")}
    assert states["kiselnikov"] == "active", states
