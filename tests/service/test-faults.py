#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ten prepared faults between a real portal and a real base: what the console is told of each names the cause, and the
setting or the object to mend."""
import argparse
import contextlib
import datetime
import email.utils
import importlib.util
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import traceback

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "lib"))
from mail_server import LOGIN, Authority, MailServer  # noqa: E402
from services import Program, Service, wait  # noqa: E402

spec = importlib.util.spec_from_file_location("check", os.path.join(HERE, "test-check.py"))
check = importlib.util.module_from_spec(spec)
spec.loader.exec_module(check)

PASSWORD = "the administrator's"
SIDES = ("portal", "base")
INN = "0002001137"


class Skipped(Exception):
    """What this machine cannot prepare."""


class World:
    """A portal and a base that are connected and have exchanged everything, and their administrator."""

    def __init__(self, options):
        # A short path: a Unix socket's has 107 bytes.
        self.folder = tempfile.mkdtemp(prefix="kab-", dir="/tmp")
        self.options = options
        self.servers, self.mounts, self.admins, self.programs = [], [], {}, {}
        for side, program in zip(SIDES, (options.portal, options.base)):
            os.mkdir(self.path(side), 0o700)
            end = self.programs[side] = Program(os.path.abspath(program), self.path(side))
            for login, role in (("EX", "exchange"), ("admin", "administrator")):
                end.run("user", "add", login, "--role", role)
                end.run("user", "password", login, secret=PASSWORD)
        self.portal, self.base = self.programs["portal"], self.programs["base"]
        self.connect()

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def connect(self):
        self.key = json.loads(self.portal.run("key", "create", "EX", "--json").stdout)
        self.set("base", "exchange.client-id", self.key["client_id"])
        self.base.run("settings", "set", "exchange.client-secret", secret=self.key["client_secret"])
        self.set("portal", "exchange.login", "EX")
        self.portal.run("settings", "set", "exchange.password", secret=PASSWORD)
        for side, other in (SIDES, SIDES[::-1]):
            self.set(side, "exchange.address", "unix:" + self.path(other + ".sock"))
            self.serve(side)
            self.admins[side] = Service(self.path(side + ".sock"))
            self.admins[side].sign_in("admin", PASSWORD)

    def serve(self, side):
        if os.path.exists(self.path(side + ".sock")):
            os.unlink(self.path(side + ".sock"))
        self.programs[side].serve("unix:" + self.path(side + ".sock"), self.path(side + ".log"))

    def set(self, side, name, value):
        self.programs[side].run("settings", "set", name, value)

    def ask(self, side, method, path, body=None, expect=200):
        status, answer = self.admins[side].ask(method, "/api/v1" + path, body)
        assert status == expect, (side, method, path, status, answer)
        return answer

    def check(self, side):
        return self.ask(side, "POST", "/exchange/check")

    def blamed(self, side):
        """(the setting, the words) of a check that fails."""
        answer = self.check(side)
        assert not answer["available"] and answer["problem"], answer
        print(f"# {side}: {answer.get('setting')}: {answer['problem']}", flush=True)
        return answer.get("setting"), answer["problem"]

    def state(self, side):
        return self.ask(side, "GET", "/exchange")

    def alarms(self, side):
        return " ".join(alarm["text"] for alarm in self.state(side)["alarms"])

    def run(self, side):
        return self.programs[side].run("run", check=False)

    def import_goods(self):
        demo = os.path.abspath(self.options.demo_files)
        self.base.run("import", os.path.join(demo, "commerceml"))
        self.base.run("partner", "set", INN, "--price-type", "Оптовая")
        self.run("base")

    def change(self, side, statement, *values):
        with contextlib.closing(sqlite3.connect(self.path(side, side + ".db"), timeout=30)) as db, db:
            return db.execute(statement, values).fetchone()

    def serve_as(self, side, answers, tls=None):
        """Something else stands where @side looks for the other end."""
        server = check.Server(answers, tls)
        self.servers.append(server)
        self.set(side, "exchange.address", f"{'https' if tls else 'http'}://localhost:{server.port}")

    def end(self):
        for server in self.servers:
            server.stop()
        for program in self.programs.values():
            program.stop()
        for mount in self.mounts:
            subprocess.run(["umount", mount], check=True)
        shutil.rmtree(self.folder)


def test_wrong_password(world):
    world.portal.run("settings", "set", "exchange.password", secret="another one")
    setting, words = world.blamed("portal")
    assert setting == "exchange.password" and "does not accept the login and password" in words, (setting, words)


def test_wrong_path(world):
    world.set("portal", "exchange.path", "/trade/hs/Nothing")
    setting, words = world.blamed("portal")
    assert setting == "exchange.path" and "/trade/hs/Nothing" in words, (setting, words)


def test_address_alone(world):
    """Whether the service is there can be asked before anybody has a secret."""
    world.portal.run("settings", "set", "exchange.password", secret="another one")
    world.portal.run("key", "revoke", world.key["client_id"])
    for side in "portal", "base":
        assert not world.check(side)["available"]
        assert world.ask(side, "POST", "/exchange/check?address=true")["available"], side
    world.base.stop()
    answer = world.ask("portal", "POST", "/exchange/check?address=true")
    assert answer["setting"] == "exchange.address" and not answer["available"], answer


def test_base_down(world):
    world.base.stop()
    setting, words = world.blamed("portal")
    assert setting == "exchange.address" and "nothing listens there" in words, (setting, words)


def test_key_revoked(world):
    world.portal.run("key", "revoke", world.key["client_id"])
    setting, words = world.blamed("base")
    assert setting == "exchange.client-secret" and "does not accept the Client ID and Client Secret" in words, words


def test_rejected_product(world):
    """The cause is told with the object's kind, and the member that is wrong."""
    world.import_goods()
    product, = world.change("base", "SELECT id FROM offer ORDER BY id LIMIT 1")
    world.change("base", "UPDATE offer SET name = ? WHERE id = ? RETURNING id", "я" * 5000, product)
    world.ask("base", "POST", "/exchange/queue", {"kind": "product", "object": product}, 204)
    world.run("base")
    causes = world.ask("base", "GET", "/exchange/queue/causes")["items"]
    cause, = (c for c in causes if c["kind"] == "product")
    print(f"# {cause['error']}", flush=True)
    assert cause["count"] == 1 and "name" in cause["error"], cause


def test_mail_refused(world):
    """Whoever has to mend the account is told what the mail server said, and which setting it is."""
    authority = Authority(world.folder)
    server = MailServer(context=authority.context, password="what the server wants")
    world.servers.append(server)
    for name, value in (("mail.host", "localhost"), ("mail.port", str(server.port)), ("mail.login", LOGIN),
                        ("mail.from", LOGIN), ("mail.ca-file", authority.file), ("portal.address", "https://portal.example")):
        world.set("portal", name, value)
    world.portal.run("settings", "set", "mail.password", secret="what somebody entered")
    world.portal.run("user", "add", "anna", "--role", "manager", "--email", "anna@partner.example")
    anna, = (u for u in world.ask("portal", "GET", "/users")["items"] if u["login"] == "anna")
    world.ask("portal", "POST", f"/users/{anna['id']}/code", None, 204)
    wait("the alarm", lambda: world.alarms("portal"))
    print(f"# {world.alarms('portal')}", flush=True)
    wait("the words", lambda: "“Login at the mail server”" in world.alarms("portal")
         and "“Password at the mail server”" in world.alarms("portal"))
    check = world.ask("portal", "POST", "/letters/check")
    assert not check["available"] and check["setting"] == "mail.login" and "mail.password" in check["problem"], check
    world.portal.run("settings", "set", "mail.password", secret="what the server wants")
    check = world.ask("portal", "POST", "/letters/check")
    assert check["available"] and "problem" not in check, check


def test_clock_off(world):
    ahead = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=2)
    date = email.utils.format_datetime(ahead, usegmt=True)
    world.serve_as("portal", {"*": check.answer("200 OK", "OK", extra=f"Date: {date}\r\n")})
    answer = world.check("portal")
    print(f"# {answer}", flush=True)
    assert answer["available"] and "The clock of" in answer["warning"] and "ahead" in answer["warning"], answer
    world.serve_as("portal", {"*": check.OK})
    assert "warning" not in world.check("portal")


def test_disk_full(world):
    """The base says what is wrong with itself; the portal keeps what the base could not take."""
    folder = world.path("small")
    os.mkdir(folder)
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m,mode=0700", "tmpfs", folder], capture_output=True).returncode:
        raise Skipped("no file system can be mounted here")
    world.mounts.append(folder)
    world.base.stop()
    shutil.copytree(world.path("base"), folder, dirs_exist_ok=True)
    world.base = world.programs["base"] = Program(os.path.abspath(world.options.base), folder)
    world.serve("base")
    with contextlib.suppress(OSError), open(os.path.join(folder, "fill"), "wb", buffering=0) as file:
        while True:
            file.write(b"x" * 4096)
    status, answer = world.admins["base"].ask("PUT", "/api/v1/exchange/settings", {"exchange.attempts": "7"})
    print(f"# {status} {answer}", flush=True)
    assert status >= 500 and "full" in answer["detail"].lower(), (status, answer)
    os.unlink(os.path.join(folder, "fill"))
    world.ask("base", "PUT", "/exchange/settings", {"exchange.attempts": "7"})


def test_unmapped_status(world):
    """A state that only the base knows is told by its word and by the order that has it."""
    world.import_goods()
    world.portal.run("user", "add", "manager", "--role", "manager")
    world.base.run("contact", "publish", "a.kiselnikov@kisel-montazh.example", "--login", "kiselnikov", "--role", "head")
    world.run("base")
    world.portal.run("user", "password", "kiselnikov", secret=PASSWORD)
    partner = Service(world.path("portal.sock"))
    partner.sign_in("kiselnikov", PASSWORD)
    product = next(p for p in partner.ask("GET", "/api/v1/products?limit=50")[1]["items"] if "price" in p)
    partner.ask("PUT", f"/api/v1/basket/{product['id']}", {"quantity": "100"})
    status, order = partner.ask("POST", "/api/v1/orders", {"place": True}, {"Idempotency-Key": "one"})
    assert status == 200, order
    world.run("portal")
    number, = world.change("base", "UPDATE orders SET state = 'У директора' WHERE id = ? RETURNING number", order["id"])
    world.ask("base", "POST", "/exchange/queue", {"kind": "client-order", "object": order["id"]}, 204)
    world.run("base")
    alarms = world.alarms("portal")
    print(f"# {alarms}", flush=True)
    assert "“У директора”" in alarms and number in alarms, alarms


def test_untrusted(world):
    tester = check.Test.__new__(check.Test)
    tester.folder = world.folder
    world.serve_as("portal", {"*": check.OK}, check.Test.self_signed(tester))
    setting, words = world.blamed("portal")
    assert setting == "exchange.ca-file" and "not trusted here" in words, (setting, words)


CASES = (test_wrong_password, test_wrong_path, test_address_alone, test_base_down, test_key_revoked, test_rejected_product, test_mail_refused,
         test_clock_off, test_disk_full, test_unmapped_status, test_untrusted)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("portal", "base", "demo-files"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("cases", nargs="*")
    options = parser.parse_args()
    cases = [case for case in CASES if not options.cases or case.__name__[5:] in options.cases]
    print(f"1..{len(cases)}", flush=True)
    failed = False
    for number, case in enumerate(cases, 1):
        name = case.__name__[5:]
        world = World(options)
        try:
            case(world)
            print(f"ok {number} {name}", flush=True)
        except Skipped as why:
            print(f"ok {number} {name} # SKIP {why}", flush=True)
        except Exception:
            failed = True
            print("# " + traceback.format_exc().replace("\n", "\n# "), flush=True)
            print(f"not ok {number} {name}", flush=True)
        finally:
            world.end()
    sys.exit(failed)


if __name__ == "__main__":
    main()
