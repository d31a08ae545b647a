#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Secrets that are put through every flow of the console are found nowhere but in the daemons' sealed store: files,
databases, logs, journals, answers, audit lists, argument lists and environments are searched for them."""
import base64
import importlib.util
import json
import os
import sys
import urllib.parse

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "lib"))
spec = importlib.util.spec_from_file_location("faults", os.path.join(HERE, "test-faults.py"))
faults = importlib.util.module_from_spec(spec)
spec.loader.exec_module(faults)

CANARY = "Канарейка \"\\7"  # what has to be escaped in JSON, in a query and in a header


class Canaries:
    def __init__(self):
        self.secrets = []

    def make(self, what):
        self.secrets.append(f"{CANARY} {what} {len(self.secrets)}")
        return self.secrets[-1]

    def keep(self, secret):
        self.secrets.append(secret)
        return secret

    def forms(self):
        """{a secret: as it might be written somewhere}"""
        for secret in self.secrets:
            raw = secret.encode()
            yield secret, {raw, secret.encode("utf-16-le"), json.dumps(secret)[1:-1].encode(),
                           json.dumps(secret, ensure_ascii=False)[1:-1].encode(),
                           urllib.parse.quote(secret).encode(), urllib.parse.quote_plus(secret).encode(),
                           base64.b64encode(raw)[:-4], base64.b64encode(b"EX:" + raw)[:-4],
                           base64.b64encode(b"admin:" + raw)[:-4], raw.hex().encode()}


def flows(world, canaries):
    """Everything that a secret goes through; the right one at the end, so that the exchange works."""
    seen = []

    def ask(side, method, path, body=None):
        status, answer = world.admins[side].ask(method, "/api/v1" + path, body)
        seen.append((f"{method} {path} at the {side}", json.dumps(answer, ensure_ascii=False)
                     if isinstance(answer, (dict, list)) else repr(answer)))
        return status, answer

    for side in faults.SIDES:
        names = ("exchange.password", "mail.password") if side == "portal" else ("exchange.client-secret", "mail.password")
        for name in names:
            assert ask(side, "PUT", "/exchange/settings", {name: canaries.make(name)})[0] == 200
            # Refused together with something else that is wrong.
            assert ask(side, "PUT", "/exchange/settings", {name: canaries.make(name), "exchange.attempts": "many"})[0] == 400
            assert ask(side, "PUT", "/exchange/settings", {name: canaries.make(name) + "\x01"})[0] == 400
            world.programs[side].run("settings", "set", name, secret=canaries.make(name))
            world.programs[side].run("settings", "set", name, secret=canaries.make(name) + "\n\n" + "two lines", check=False)
        ask(side, "POST", "/exchange/check")
        world.run(side)  # with what is wrong
        user = ask(side, "POST", "/users", {"login": "second", "name": "Second", "role": "manager"})[1]
        assert ask(side, "PUT", f"/users/{user['id']}/password", {"password": canaries.make("password")})[0] == 204
        assert ask(side, "PUT", f"/users/{user['id']}/password", {"password": canaries.make("p") * 15})[0] == 400
        status, _ = world.admins[side].ask("POST", "/api/v1/session", {"login": "second", "password": canaries.make("wrong")})
        assert status == 401, status
        status, answer = world.admins[side].ask("POST", "/api/v1/session",
                                                {"login": "second", "password": canaries.secrets[-3]})
        assert status == 200, answer
        canaries.keep(answer["token"])
        world.admins[side].ask("GET", "/api/v1/me", None, {"Authorization": "Bearer " + canaries.keep("canary-token-1234567890")})
        world.admins[side].ask("GET", "/exchange/v1/ping", None, {"Authorization": "Basic " + base64.b64encode(
            f"EX:{canaries.make('basic')}".encode()).decode()})
        exchange, = (u for u in ask(side, "GET", "/users")[1]["items"] if u["login"] == "EX")
        status, key = world.admins[side].ask("POST", f"/api/v1/users/{exchange['id']}/keys")
        assert status == 200, key
        canaries.keep(key["client_secret"])
        # A code of a letter, and a message that somebody pastes a secret into and that is refused.
        ask(side, "POST", "/code", {"code": canaries.make("code"), "password": canaries.make("new password")})
    return key, seen


def mend(world, canaries):
    """What is right again is used, by a run of each end."""
    canaries.keep(world.key["client_secret"])
    canaries.keep(faults.PASSWORD)
    world.base.run("settings", "set", "exchange.client-secret", secret=world.key["client_secret"])
    world.portal.run("settings", "set", "exchange.password", secret=faults.PASSWORD)
    world.import_goods()
    for side in faults.SIDES:
        assert world.check(side)["available"]
        world.run(side)


def pages(world, side, path):
    after = ""
    while after is not None:
        page = world.ask(side, "GET", path + ("&" if "?" in path else "?") + "limit=500" + after)
        yield from page["items"]
        after = "&after=" + urllib.parse.quote(page["next"]) if "next" in page else None


def answers(world):
    """What an administrator can ask for afterwards."""
    for side in faults.SIDES:
        for path in ("/exchange/settings", "/exchange", "/keys", "/users", "/exchange/queue/causes"):
            yield f"{path} at the {side}", json.dumps(world.ask(side, "GET", path), ensure_ascii=False)
        for path in ("/audit", "/exchange/journal"):
            for item in pages(world, side, path):
                yield f"{path} at the {side}", json.dumps(item, ensure_ascii=False)
                if path.endswith("journal"):
                    whole = world.ask(side, "GET", f"{path}/{item['id']}")
                    yield f"{path}/{item['id']} at the {side}", json.dumps(whole, ensure_ascii=False)


def files(world):
    for place, _, names in os.walk(world.folder):
        for name in names:
            path = os.path.join(place, name)
            if os.path.isfile(path):
                with open(path, "rb") as file:
                    yield path, file.read()


def processes(world):
    for program in world.programs.values():
        for what in ("cmdline", "environ"):
            path = f"/proc/{program.process.pid}/{what}"
            with open(path, "rb") as file:
                yield path, file.read()


def test_canary(world):
    canaries = Canaries()
    _, seen = flows(world, canaries)
    mend(world, canaries)
    places = [(what, text.encode()) for what, text in [*seen, *answers(world)]]
    places += [*processes(world), *files(world)]
    found = {(what, secret) for secret, forms in canaries.forms() for form in forms for what, data in places if form in data}
    print(f"# {len(canaries.secrets)} secrets, {len(places)} places", flush=True)
    assert not found, found


def test_search_finds(world):
    """The search would find what it looks for, in each kind of place."""
    canaries = Canaries()
    secret = canaries.make("planted")
    (_, forms), = canaries.forms()
    with open(world.path("planted"), "w", encoding="utf-8") as file:
        json.dump({"secret": secret}, file)
    assert any(form in data for form in forms for _, data in files(world))
    world.change("base", "INSERT INTO setting (name, value) VALUES ('planted', ?) RETURNING name", secret)
    assert any(form in data for form in forms for path, data in files(world) if "base.db" in path)


CASES = (test_canary, test_search_finds)

if __name__ == "__main__":
    faults.CASES = CASES
    faults.main()
