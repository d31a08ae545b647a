#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""kabinet-portal and kabinet-base as an administrator meets them on the command line."""
import argparse
import hashlib
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import traceback

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
from services import Program, Service, wait  # noqa: E402

SECRET = "the-secret-of-the-exchange"


class World:
    """A fresh portal and base for one case."""

    def __init__(self, portal, base):
        # A short path: a Unix socket's has 107 bytes.
        self.folder = tempfile.mkdtemp(prefix="kab-", dir="/tmp")
        for name in ("portal", "base"):
            os.mkdir(self.path(name), 0o700)
        self.portal = Program(portal, self.path("portal"))
        self.base = Program(base, self.path("base"))
        self.programs = {"portal": self.portal, "base": self.base}

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def write(self, name, text):
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)
        return self.path(name)

    def end(self):
        for program in self.programs.values():
            program.stop()
        shutil.rmtree(self.folder)

    def listen(self, name):
        return "unix:" + self.path(name + ".sock")

    def serve(self, name):
        return self.programs[name].serve(self.listen(name), self.path(name + ".log"))

    def connect(self):
        """Both serve and know each other."""
        self.serve("portal")
        self.serve("base")
        key = self.path("key.json")
        for program in self.programs.values():
            program.run("user", "add", "EX", "--name", "Exchange", "--role", "exchange")
            program.run("user", "password", "EX", secret=SECRET + "\n")
        self.portal.run("key", "create", "EX", "--file", key)
        with open(key, encoding="utf-8") as file:
            made = json.load(file)
        self.base.run("settings", "set", "exchange.address", self.listen("portal"))
        self.base.run("settings", "set", "exchange.client-id", made["client_id"])
        self.base.run("settings", "set", "exchange.client-secret", secret=made["client_secret"] + "\n")
        self.portal.run("settings", "set", "exchange.address", self.listen("base"))
        self.portal.run("settings", "set", "exchange.login", "EX")
        self.portal.run("settings", "set", "exchange.password", secret=SECRET + "\n")


def refused(program, *arguments, status, lines=None, secret=None):
    """The one message on stderr, after a look at how it was said."""
    result = program.run(*arguments, check=False, secret=secret)
    said = result.stderr.splitlines()
    assert result.returncode == status, (arguments, result.returncode, result.stderr)
    assert len(said) == (lines or (2 if status == 2 else 1)), (arguments, said)
    assert said[0].startswith(os.path.basename(program.path) + ": "), said
    assert result.stdout == "", result.stdout
    return said[0]


def checksum(folder):
    sums = {}
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), "rb") as file:
            sums[name] = hashlib.sha256(file.read()).hexdigest()
    return sums


def test_help_and_version(world):
    for program in world.programs.values():
        name = os.path.basename(program.path)
        help_text = subprocess.run([program.path, "--help"], capture_output=True, text=True, check=True).stdout
        assert help_text.startswith(f"Usage: {name} "), help_text
        for command in ("serve", "run", "check", "queue", "journal", "settings set", "user add"):
            assert f"\n  {command} " in help_text, command
        version = subprocess.run([program.path, "--version"], capture_output=True, text=True, check=True).stdout
        assert version.startswith(name + " ") and version.count("\n") == 1, version


def test_wrong_usage(world):
    for program in world.programs.values():
        for arguments in (["dance"], ["settings"], ["settings", "dance"], ["queue", "--dance"], ["queue", "5"],
                          ["queue", "--limit", "many"], ["settings", "set"], ["settings", "get", "a", "b"],
                          ["user", "add"], ["user", "add", "a"],
                          ["user", "password"], ["serve", "now"], ["--dance"], []):
            refused(program, *arguments, status=2)
    assert refused(world.portal, "import", "a.xml", status=2)
    assert refused(world.base, "key", "list", status=2)


def test_wrong_things(world):
    for program in world.programs.values():
        for arguments in (["settings", "get", "no.such"], ["settings", "set", "no.such", "1"],
                          ["settings", "set", "exchange.attempts", "0"], ["user", "password", "nobody"],
                          ["user", "delete", "nobody"], ["user", "add", "a", "--role", "king"],
                          ["user", "add", "a b", "--role", "manager"], ["settings", "get", "exchange.password"
                                                   if program is world.portal else "exchange.client-secret"],
                          ["settings", "load", "/nowhere/at/all"], ["settings", "save", "/nowhere/at/all"],
                          ["check"], ["run"], ["serve", "--listen", "nonsense"],
                          ["serve", "--listen", "unix:/nowhere/at/all"]):
            refused(program, *arguments, status=1, secret="")
    refused(world.portal, "key", "revoke", "no-such-key", status=1)
    refused(world.portal, "key", "create", "nobody", status=1)
    refused(world.base, "order", "show", "0000-000001", status=1)
    refused(world.base, "partner", "set", "nobody", "--manager", "a", status=1)
    refused(world.base, "import", "/nowhere/at/all", status=1)


def test_no_data_folder(world):
    for name, program in world.programs.items():
        os.rmdir(world.path(name))
        for command in (["queue"], ["serve"], ["settings", "get"]):
            message = refused(program, *command, status=1)
            assert program.data in message, message
        assert not os.path.exists(world.path(name))


def test_unreadable_folder(world):
    if os.geteuid() == 0:
        return "root may read everything"
    for program in world.programs.values():
        program.run("queue")
        os.chmod(program.data, 0)
        try:
            refused(program, "queue", status=1)
        finally:
            os.chmod(program.data, 0o700)


def test_database_of_a_newer_version(world):
    for name, program in world.programs.items():
        program.run("queue")
        database = sqlite3.connect(os.path.join(program.data, name + ".db"))
        database.execute("UPDATE schema_version SET version = 99 WHERE component = ?", (name,))
        database.commit()
        database.close()
        before = checksum(program.data)
        for command in (["queue"], ["serve"], ["settings", "set", "exchange.attempts", "5"]):
            message = refused(program, *command, status=1)
            assert "newer" in message and "99" in message, message
        assert checksum(program.data) == before


def test_damaged_database(world):
    for name, program in world.programs.items():
        program.run("queue")
        path = os.path.join(program.data, name + ".db")
        with open(path, "wb") as file:
            file.write(b"this is no database" * 1000)
        before = checksum(program.data)
        for command in (["queue"], ["serve"]):
            message = refused(program, *command, status=1)
            assert path in message, message
        assert checksum(program.data) == before


def test_address_in_use(world):
    world.serve("portal")
    message = refused(world.base, "serve", "--listen", world.listen("portal"), status=1)
    assert world.path("portal.sock") in message, message
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        address = "127.0.0.1:%d" % taken.getsockname()[1]
        message = refused(world.base, "serve", "--listen", address, status=1)
        assert address in message, message
    # Two services on the same data would not know of each other.
    message = refused(world.portal, "serve", "--listen", world.listen("base"), status=1)
    assert "runs on these data" in message, message
    status, answer = Service(world.path("portal.sock")).ask("GET", "/healthz")
    assert (status, answer) == (200, b"OK"), (status, answer)


def test_secrets_are_not_arguments(world):
    message = refused(world.portal, "settings", "set", "exchange.password", SECRET, status=2)
    assert SECRET not in message
    world.portal.run("settings", "set", "exchange.password", secret=SECRET + "\n")
    world.portal.run("settings", "set", "exchange.password", "--file", world.write("secret", SECRET + "\n"))
    shown = world.portal.run("settings", "get").stdout + world.portal.run("settings", "get", "--json").stdout
    assert SECRET not in shown, shown
    for name in os.listdir(world.portal.data):
        with open(os.path.join(world.portal.data, name), "rb") as file:
            assert SECRET.encode() not in file.read(), name
    saved = world.path("saved.json")
    world.portal.run("settings", "save", saved)
    with open(saved, encoding="utf-8") as file:
        assert "exchange.password" not in json.load(file)
    world.portal.run("settings", "save", saved, "--secrets")
    with open(saved, encoding="utf-8") as file:
        assert json.load(file)["exchange.password"] == SECRET
    assert os.stat(saved).st_mode & 0o777 == 0o600
    world.portal.run("settings", "set", "exchange.password", secret="another\n")
    world.portal.run("settings", "load", saved)


def test_passwords(world):
    world.serve("portal")
    service = Service(world.path("portal.sock"))
    world.portal.run("user", "add", "admin", "--name", "Администратор", "--email", "admin@firm.example",
                     "--role", "administrator")
    refused(world.portal, "user", "password", "admin", status=1, secret="short\n")
    refused(world.portal, "user", "password", "admin", status=1, secret="")
    refused(world.portal, "user", "password", "admin", "--file", "/nowhere/at/all", status=1)
    for arguments, secret in ((["user", "password", "admin"], "from-standard-input\n"),
                              (["user", "password", "ADMIN"], "without-a-line-end"),
                              (["user", "password", "admin", "--file", world.write("p", "из файла, длинный\r\n")],
                               None)):
        world.portal.run(*arguments, secret=secret)
        word = secret.strip() if secret else "из файла, длинный"
        user = service.sign_in("admin@firm.example", word)
        assert user["login"] == "admin" and user["role"] == "administrator", user
    world.portal.run("user", "deactivate", "admin")
    status, _ = service.ask("GET", "/api/v1/me")
    assert status == 401, status
    refused(world.portal, "user", "add", "Admin", "--role", "administrator", status=1)
    world.portal.run("user", "delete", "admin")


def test_secrets_are_not_in_the_process_list(world):
    """While a command waits for the secret, and while the service runs."""
    world.connect()
    process = subprocess.Popen([world.portal.path, "--data", world.portal.data, "settings", "set", "exchange.password"],
                               stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    seen = b""
    for pid in (process.pid, world.portal.process.pid, world.base.process.pid):
        for name in ("cmdline", "environ"):
            with open(f"/proc/{pid}/{name}", "rb") as file:
                seen += file.read()
    process.communicate(SECRET.encode() + b"\n", timeout=60)
    assert process.returncode == 0
    assert SECRET.encode() not in seen


def test_beside_a_running_service(world):
    world.connect()
    for program in world.programs.values():
        assert "available" in program.run("check").stdout
        assert program.json("check")["available"] is True
        assert program.json("queue") == []
        assert program.run("run").stdout.startswith("Sent: 0")
        result = program.json("run")
        assert [result[n] for n in ("done", "total", "sent", "rejected", "failed", "received")] == [0] * 6, result
        assert result["cause"] == "by hand" and result["started_at"] <= result["ended_at"], result
    world.base.run("partner", "add", "ООО «Ромашка»", "--manager", "Мария")
    queue = world.base.json("queue")
    assert [(e["kind"], e["state"]) for e in queue] == [("partner", "waiting")], queue
    assert world.base.json("run")["sent"] == 1
    assert world.base.json("queue") == []
    story = world.base.json("journal", "--object", queue[0]["object_id"])
    assert [(e["direction"], e["outcome"]) for e in story] == [("outgoing", "applied")], story
    story = world.portal.json("journal", "--object", queue[0]["object_id"])
    assert [(e["direction"], e["outcome"]) for e in story] == [("incoming", "applied")], story
    # By what people call it, and of a day, which has its end.
    assert world.portal.json("journal", "--object", "ромашка", "--since", "2026-01-31") == story
    whole = world.portal.json("journal")
    assert "“лопух”" in refused(world.portal, "journal", "--object", "лопух", status=1)
    before, today, after = (time.strftime("%Y-%m-%d", time.localtime(time.time() + days * 86400)) for days in (-2, 0, 2))
    assert whole and world.portal.json("journal", "--until", today) == world.portal.json("journal", "--since", before) == whole
    assert world.portal.json("journal", "--until", before) == world.portal.json("journal", "--since", after) == []
    # The other end goes away: the commands say so, and what is queued stays.
    assert world.portal.stop() == 0
    world.base.run("partner", "add", "ООО «Лютик»")
    assert world.path("portal.sock") in refused(world.base, "check", status=1)
    result = world.base.run("run", check=False)
    assert result.returncode == 1 and len(result.stderr.splitlines()) == 1, result
    assert [e["state"] for e in world.base.json("queue")] == ["waiting"]
    world.serve("portal")
    wait("the partner at the portal", lambda: world.base.run("run", check=False).returncode == 0
         and world.base.json("queue") == [])


def test_queued_by_hand(world):
    """An object is looked at as it would be sent, and queued once more; what is wrong is said."""
    world.connect()
    base = world.base
    base.run("partner", "add", "ООО «Подснежник»")
    partner = base.json("queue")[0]["object_id"]
    assert base.json("run")["sent"] == 1 and base.json("queue") == []
    assert base.json("queue", "show", "partner", partner)["name"] == "ООО «Подснежник»"
    assert base.json("queue") == []
    assert base.json("queue", "show", "partner", "ооо «подснежник»")["name"] == "ООО «Подснежник»"
    told = refused(base, "queue", "add", "partner", "ООО «Первоцвет»", status=1)
    assert "Partner “ООО «Первоцвет»”: nothing is called so here" in told, told
    base.run("partner", "add", "ООО «Первоцвет»")
    base.run("partner", "add", "ООО «Первоцвет»")
    told = refused(base, "queue", "add", "partner", "ООО «Первоцвет»", status=1)
    assert "several are called so here" in told, told
    base.json("run")
    assert base.run("queue", "add", "partner", partner.upper()).stdout == f"partner {partner}\n"
    assert base.json("queue", "add", "partner", partner) == {"kind": "partner", "object": partner}
    assert [(e["kind"], e["object_id"]) for e in base.json("queue")] == [("partner", partner)]
    assert base.json("run")["sent"] == 1
    told = refused(base, "queue", "add", "parnter", partner, status=1)
    assert "parnter" in told and "partner" in told.split("it sends:")[1], told
    assert "no such object" in refused(base, "queue", "add", "partner", "00000000-0000-4000-8000-000000000001",
                                       status=1)
    assert "number" in refused(base, "queue", "add", "client-order", "x" * 101, status=1)
    assert base.json("queue") == []


def test_paused_and_told(world):
    """Pause, status, count before retry and discard: what an administrator does at a terminal or in a script."""
    world.connect()
    base = world.base
    base.run("queue", "pause")
    base.run("partner", "add", "ООО «Василёк»")
    result = base.run("run", check=False)
    assert result.returncode == 1 and "paused" in result.stderr, result
    status = base.json("status")
    assert status["waiting"] == 1 and status["paused_at"] and "failing_since" not in status, status
    assert "Paused since" in base.run("status").stdout
    base.run("queue", "resume")
    # A portal that is away: since when is told, and gone when it is back.
    world.portal.stop()
    assert base.run("run", check=False).returncode == 1
    status = base.json("status")
    assert status["failing_since"] and world.path("portal.sock") in status["failure"], status
    assert "is not available since" in base.run("status").stdout
    world.serve("portal")
    assert base.json("run")["sent"] == 1
    assert "failing_since" not in base.json("status")
    # What failed: counted, then discarded.
    base.run("partner", "add", "ООО «Мак»")
    db = sqlite3.connect(os.path.join(base.data, "base.db"))
    with db:
        db.execute("UPDATE queue SET state = 'failed', error = 'the reason'")
    db.close()
    assert base.run("queue", "discard", "--error", "another", "--count").stdout == "0\n"
    assert base.run("queue", "discard", "--error", "the reason", "--count").stdout == "1\n"
    entry, = base.json("queue", "--state", "failed")
    assert entry["name"]["name"] == "ООО «Мак»", entry
    assert "ООО «Мак»" in base.run("queue").stdout
    assert base.json("queue", "discard", "--all") == {"count": 1}
    assert base.json("queue") == []
    assert "not a state" in refused(base, "queue", "--state", "lost", status=1)


def test_journal_is_followed(world):
    world.connect()
    follower = subprocess.Popen([world.base.path, "--data", world.base.data, "--json", "journal", "--follow"],
                                stdout=subprocess.PIPE, text=True)
    try:
        # Only what comes after it began is printed: it has begun when a first pause is told.
        lines = []
        reader = threading.Thread(target=lambda: lines.extend(json.loads(x) for x in follower.stdout), daemon=True)
        reader.start()

        def pause_until_seen():
            world.base.run("queue", "pause")
            world.base.run("queue", "resume")
            return bool(lines)
        wait("the follower prints", pause_until_seen)
        world.base.run("partner", "add", "ООО «Ирис»")
        world.base.run("run")
        wait("the run is printed", lambda: any(x["what"] == "POST messages" and x["objects"] == 1 for x in lines))
    finally:
        follower.terminate()
        assert follower.wait(10) == 0
    newest = world.base.json("journal", "--limit", "1")[0]
    whole = world.base.json("journal", "show", str(newest["id"]))
    assert "Ирис" in whole["request"] and whole["objects"][0]["outcome"] == "applied", whole
    assert world.base.json("journal", "--since", "1h", "--direction", "outgoing", "--kind", "partner")
    assert world.base.json("journal", "--until", "1h") == []
    assert "direction" in refused(world.base, "journal", "--direction", "up", status=1)


def test_service_stops_when_told(world):
    world.connect()
    for name, program in world.programs.items():
        assert program.stop() == 0, name
        assert not os.path.exists(world.path(name + ".sock")), name


def test_broken_import(world):
    good = world.write("good.xml", """<?xml version="1.0" encoding="UTF-8"?>
<КоммерческаяИнформация ВерсияСхемы="2.07"><Каталог><Ид>c</Ид><Наименование>К</Наименование><Товары>
<Товар><Ид>1</Ид><Наименование>Молоток</Наименование></Товар>
</Товары></Каталог></КоммерческаяИнформация>
""")
    counts = world.base.json("import", good)
    assert counts["products"] == 1 and counts["warnings"] == [], counts
    assert "Products: 1" in world.base.run("import", good).stdout
    queue = world.base.json("queue")
    with open(good, encoding="utf-8") as file:
        text = file.read().replace("Молоток", "Топор")
    for name, broken in (("cut.xml", text[:text.index("</Товары>")]),
                         ("crossed.xml", text.replace("</Товар>", "</Товары>", 1)),
                         ("page.xml", "<html>\n<body>Sign in</body></html>")):
        path = world.write(name, broken)
        message = refused(world.base, "import", path, status=1)
        assert name in message and any(c.isdigit() for c in message.split(name)[1]), message
        # Together with a good one nothing is stored either.
        refused(world.base, "import", good, path, status=1)
        assert world.base.json("queue") == queue
        database = sqlite3.connect(os.path.join(world.base.data, "base.db"))
        assert database.execute("SELECT name FROM product").fetchall() == [("Молоток",)]
        database.close()


def test_json_parses(world):
    world.connect()
    world.base.run("partner", "add", "ООО «Ромашка \"и\" партнёры»", "--inn", "7707083893")
    world.base.run("contact", "add", "7707083893", "Иван", "--email", "ivan@romashka.example")
    world.base.run("contact", "publish", "ivan@romashka.example", "--login", "ivan", "--role", "head")
    for name, arguments in (("portal", ["key", "list"]), ("portal", ["user", "list"]), ("portal", ["journal"]),
                            ("portal", ["settings", "get"]), ("base", ["order", "list"]), ("base", ["partner", "list"]),
                            ("base", ["settings", "get"]), ("base", ["queue"]), ("base", ["run"]), ("base", ["check"]),
                            ("base", ["journal", "--limit", "5"]), ("base", ["user", "list"])):
        program = world.programs[name]
        before = json.loads(program.run("--json", *arguments).stdout)
        assert isinstance(before, (dict, list)), arguments
        # Without --json it is for people: no JSON, and no less of it.
        text = program.run(*arguments).stdout
        assert text.strip() and not text.lstrip().startswith(("{", "[")), (arguments, text)
    assert world.base.json("partner", "list")[0]["name"] == "ООО «Ромашка \"и\" партнёры»"
    users = {u["login"]: u["role"] for u in world.portal.json("user", "list")}
    assert users == {"EX": "exchange", "ivan": "head"}, users


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--portal", required=True)
    parser.add_argument("--base", required=True)
    parser.add_argument("only", nargs="*")
    options = parser.parse_args()
    cases = [(name[5:], case) for name, case in globals().items()
             if name.startswith("test_") and (not options.only or name[5:] in options.only)]
    failed = 0
    print(f"1..{len(cases)}", flush=True)
    for i, (name, case) in enumerate(cases, 1):
        world = World(os.path.abspath(options.portal), os.path.abspath(options.base))
        try:
            skipped = case(world)
            print(f"ok {i} {name}" + (f" # SKIP {skipped}" if skipped else ""), flush=True)
        except Exception:
            failed += 1
            print(f"not ok {i} {name}", flush=True)
            print("".join("# " + line + "\n" for line in traceback.format_exc().splitlines()), end="", flush=True)
        finally:
            world.end()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
