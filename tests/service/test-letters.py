#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Letters of a real portal to a real mail server, whatever that answers."""
import argparse
import concurrent.futures
import contextlib
import json
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import traceback

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
from mail_server import LOGIN, Authority, MailServer, PlainServer  # noqa: E402
from services import Program, wait  # noqa: E402

PASSWORD = "почта-\"3\\7-совсем-секретно"
CODE = re.compile(r"\b[0-9A-Z]{5}(?:-[0-9A-Z]{5})+\b")


class World:
    """A fresh portal, mail servers and their authority."""

    def __init__(self, options, authority):
        # A short path: a Unix socket's has 107 bytes.
        self.folder = tempfile.mkdtemp(prefix="kab-", dir="/tmp")
        self.options, self.authority = options, authority
        self.servers, self.programs = [], []
        self.portal = self.program("portal", options.portal)

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def program(self, name, program):
        os.mkdir(self.path(name), 0o700)
        self.programs.append(Program(os.path.abspath(program), self.path(name)))
        return self.programs[-1]

    def server(self, **options):
        self.servers.append(MailServer(**{"context": self.authority.context, "password": PASSWORD, **options}))
        return self.servers[-1]

    def serve(self):
        self.portal.serve("unix:" + self.path("portal.sock"), self.path("portal.log"))

    def set(self, program, **values):
        names = {name: ("portal." if name == "address" else "mail.") + name.replace("_", "-") for name in values}
        with open(self.path("settings.json"), "w", encoding="utf-8") as file:
            json.dump({names[name]: str(value) for name, value in values.items()}, file)
        program.run("settings", "load", file.name)
        os.remove(file.name)

    def account(self, server, program=None, **more):
        """The mail account that is right for a server."""
        more.setdefault("password", PASSWORD)
        self.set(program or self.portal, host="localhost", port=server.port, login=LOGIN, **{"from": LOGIN},
                 from_name="ООО «Склад»", **more)

    def trust(self):
        self.set(self.portal, ca_file=self.authority.file)

    def user(self, login, email=None, name=None, language="ru"):
        self.portal.run("user", "add", login, "--role", "manager", "--email", email or login + "@partner.example",
                        "--name", name or login, "--language", language)

    def queue(self, *logins, kind="invitation"):
        subprocess.run([self.options.queue_letter, self.portal.data, kind, *logins], check=True, timeout=30)

    def letters(self, *arguments):
        return self.portal.json("letter", "list", *arguments)

    def look(self):
        """(state, attempts, error) of all letters, without a program for each look."""
        database = sqlite3.connect(f"file:{self.path('portal', 'portal.db')}?mode=ro", uri=True, timeout=30)
        with contextlib.closing(database):
            return database.execute("SELECT state, attempts, coalesce(error, '') FROM letter").fetchall()

    def wait_for(self, states):
        wait(f"letters that are {states}", lambda: {state for state, _, _ in self.look()} == states)

    def letter(self, state, attempts=None, error=""):
        """Waits until the only letter is as it should be, and gives it."""
        def is_so():
            (has, tries, why), = self.look()
            return has == state and attempts in (None, tries) and re.search(error, why)

        try:
            wait(f"a letter that is {state}: {error}", is_so)
        except AssertionError as failure:
            raise AssertionError(f"{failure}: {self.letters()}") from None
        letter, = self.letters()
        return letter

    def alarms(self):
        return " ".join(alarm["text"] for alarm in self.portal.json("status")["alarms"])

    def files(self):
        """Everything that the programs have written."""
        for place, _, names in os.walk(self.folder):
            for name in names:
                path = os.path.join(place, name)
                if os.path.isfile(path):
                    with open(path, "rb") as file:
                        yield path, file.read()

    def end(self):
        for server in self.servers:
            server.stop()
        for program in self.programs:
            program.stop()
        shutil.rmtree(self.folder)


def parts(message):
    """The text and the HTML of a letter."""
    assert message.get_content_type() == "multipart/alternative", message
    found = {part.get_content_type(): part.get_content() for part in message.iter_parts()}
    assert set(found) == {"text/plain", "text/html"}, found
    return found["text/plain"], found["text/html"]


def test_no_account(world):
    """Letters wait, and somebody is told; one who has no e-mail gets none; with an account they go."""
    world.serve()
    world.user("anna")
    world.portal.run("user", "add", "mute", "--role", "manager")
    world.queue("anna", "anna", "mute")
    letter, = world.letters()
    assert letter["state"] == "waiting" and letter["email"] == "anna@partner.example", letter
    assert "1 letter waits: there is no mail account" in world.alarms(), world.alarms()
    result = world.portal.run("mail", "test", "a@b.example", check=False)
    assert result.returncode == 1 and "mail.host" in result.stderr, result
    server = world.server()
    world.trust()
    world.account(server)
    letter = world.letter("sent", 1)
    assert letter["sent_at"] and "error" not in letter and "letter" not in world.alarms(), letter


def test_invitation(world):
    """It arrives as text and HTML, with a link and a code, and whatever the user is called."""
    name = 'Анна "<b>" Очень-Длинная-Фамилия ' * 5
    server = world.server()
    world.trust()
    world.account(server, address="https://portal.sklad.example/kabinet")
    world.user("anna", name=name.strip())
    world.serve()
    world.queue("anna")
    letter = world.letter("sent")
    (recipient, message), = server.letters
    assert recipient == letter["email"] == "anna@partner.example"
    person, = message["To"].addresses
    shown = re.sub(" +", " ", person.display_name)
    assert person.addr_spec == "anna@partner.example" and name.startswith(shown), person
    assert 100 < len(shown) <= 120 and max(map(len, str(message).splitlines()[:20])) < 100
    assert message["From"] == f"ООО «Склад» <{LOGIN}>", message["From"]
    assert message["Subject"] == "Приглашение: ООО «Склад»", message["Subject"]
    assert message["Message-ID"] == f"<{letter['id']}@sklad.example>" and message["Date"]
    assert message["Auto-Submitted"] == "auto-generated"
    text, html = parts(message)
    code, = set(CODE.findall(text))
    link = re.search(r"^kabinet:\S+$", text, re.MULTILINE).group()
    assert code in link or code.replace("-", "") in link, link
    assert code in html and 'href="kabinet:' in html, html
    assert "portal.sklad.example" in text and "anna" in text and "72" in text, text
    assert "<b>" not in html and "&lt;b&gt;" in html and "<b>" in text
    world.user("john", language="en")
    world.queue("john")
    wait("the second letter", lambda: [state for state, _, _ in world.look()] == ["sent", "sent"])
    _, message = server.letters[-1]
    text, html = parts(message)
    assert message["Subject"] == "Invitation: ООО «Склад»" and "Hello john," in text and 'lang="en"' in html, text
    assert CODE.search(text).group() != code
    for path, content in world.files():
        assert code.encode() not in content and code.replace("-", "").encode() not in content, path


def test_refused(world):
    """550: it has failed, in words; a person may try again."""
    server = world.server()
    world.trust()
    world.account(server)
    server.refuse["anna@partner.example"] = ["550 5.1.1 No such user here"]
    world.user("anna")
    world.user("boris", email="boris@partner.example")
    world.serve()
    world.queue("anna", "boris")
    world.wait_for({"failed", "sent"})
    letter, = world.letters("--state", "failed")
    assert letter["attempts"] == 1 and "refused the recipient anna@partner.example" in letter["error"] and \
        "No such user here" in letter["error"], letter
    assert "1 letter was not delivered" in world.alarms(), world.alarms()
    assert [recipient for recipient, _ in server.letters] == ["boris@partner.example"]
    sent, = world.letters("--state", "sent")
    result = world.portal.run("letter", "retry", sent["id"], check=False)
    assert result.returncode == 1 and "Sent" in result.stderr, result
    world.portal.run("letter", "retry", letter["id"])
    world.wait_for({"sent"})
    assert len(server.letters) == 2 and not world.alarms()


def test_greylisting(world):
    """451: it waits for a while, and is delivered once."""
    server = world.server()
    world.trust()
    world.account(server)
    server.refuse["anna@partner.example"] = ["451 4.7.1 Greylisted, come again"]
    world.user("anna")
    world.serve()
    world.queue("anna")
    letter = world.letter("waiting", 1, "cannot take a letter to anna@partner.example now .*Greylisted")
    assert letter["next_attempt_at"] > letter["created_at"], letter
    assert world.portal.run("letter", "retry", "--all").stdout == "1\n"
    world.letter("sent", 1)
    assert len(server.letters) == 1
    assert world.portal.run("letter", "retry", "--all").stdout == "0\n"


def test_server_down(world):
    """Nothing listens: all letters wait; when it does, each is delivered once."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    world.trust()
    world.set(world.portal, host="localhost", port=port, login=LOGIN, password=PASSWORD, **{"from": LOGIN})
    for login in ("anna", "boris", "vera"):
        world.user(login)
    world.serve()
    world.queue("anna", "boris", "vera")
    wait("the first attempt", lambda: all("cannot be reached" in error for _, _, error in world.look()))
    assert sorted(x["attempts"] for x in world.letters()) == [0, 0, 1], world.letters()
    assert {x["state"] for x in world.letters()} == {"waiting"} and "3 letters could not be sent" in world.alarms()
    server = world.server(port=port)
    world.portal.run("letter", "retry", "--all")
    world.wait_for({"sent"})
    assert sorted(recipient for recipient, _ in server.letters) == \
        [login + "@partner.example" for login in ("anna", "boris", "vera")]


def test_wrong_password(world):
    """A fault of the account: the letter waits, the words say what to mend, and no attempt is lost."""
    server = world.server()
    world.trust()
    world.account(server, password="wrong")
    world.user("anna")
    world.serve()
    world.queue("anna")
    letter = world.letter("waiting", 0, "does not accept the login and password: .*mail.password")
    assert "wrong" not in letter["error"] and server.senders == 0, letter
    result = world.portal.run("mail", "test", "a@b.example", check=False)
    assert result.returncode == 1 and "mail.login" in result.stderr, result
    world.set(world.portal, password=PASSWORD)
    assert "took a letter" in world.portal.run("mail", "test", "a@b.example").stdout
    world.portal.run("letter", "retry", letter["id"])
    world.letter("sent", 1)
    assert [recipient for recipient, _ in server.letters] == ["a@b.example", "anna@partner.example"]


def test_security(world):
    """An untrusted certificate, a wrong name, no TLS where some is wanted: nothing is told to such a server."""
    server = world.server()
    world.account(server)
    world.user("anna")
    world.serve()
    world.queue("anna")
    world.letter("waiting", 0, "certificate of the mail server localhost is not trusted")
    assert server.signed_in == [] and server.senders == 0
    world.trust()
    world.set(world.portal, security="tls")
    result = world.portal.run("mail", "test", "a@b.example", check=False)
    assert "look at mail.security and mail.port" in result.stderr, result
    plain = PlainServer()
    world.servers.append(plain)
    world.set(world.portal, security="starttls", port=plain.port)
    world.portal.run("letter", "retry", "--all")
    world.letter("waiting", 0, "does not offer to secure the connection, so nothing was sent")
    world.portal.stop()
    said = plain.heard.upper()
    assert said.startswith(b"EHLO") and b"AUTH" not in said and b"MAIL" not in said and b"ANNA" not in said, said
    # In clear only to this machine, and without a login.
    world.set(world.portal, security="none")
    result = world.portal.run("mail", "test", "a@b.example", check=False)
    assert "without a login" in result.stderr, result
    world.set(world.portal, login="", password="", host="mail.example")
    result = world.portal.run("mail", "test", "a@b.example", check=False)
    assert "on this machine" in result.stderr, result
    local = world.server(context=None, security="none", password=None)
    world.set(world.portal, host="127.0.0.1", port=local.port)
    world.portal.run("mail", "test", "a@b.example")
    tls = world.server(security="tls")
    world.account(tls, security="tls")
    world.portal.run("mail", "test", "c@b.example")
    assert [len(s.letters) for s in (server, local, tls)] == [0, 1, 1]


def test_killed(world):
    """A portal that is killed while it sends sends the letter again, as the same letter."""
    server = world.server()
    server.go.clear()
    world.trust()
    world.account(server)
    world.user("anna")
    world.serve()
    world.queue("anna")
    assert server.reached.wait(30)
    assert world.letter("sending")
    world.portal.process.kill()
    world.portal.stop()
    assert world.letter("sending")
    server.go.set()
    world.serve()
    world.letter("sent")
    assert len({message["Message-ID"] for _, message in server.letters}) == 1 and len(server.letters) == 2
    # One that is told to end ends soon, and the letter waits.
    server.go.clear()
    server.reached.clear()
    world.user("boris")
    world.queue("boris")
    assert server.reached.wait(30)
    assert world.portal.stop() == 0
    assert [x["attempts"] for x in world.letters("--state", "waiting")] == [0]


def test_obsolete(world):
    """What is not needed any more when its turn comes is dropped."""
    world.user("anna")
    world.user("boris")
    world.user("vera")
    world.user("gleb")
    world.queue("anna", "boris", "vera", "gleb")
    world.portal.run("user", "password", "anna", secret="a-long-password")
    world.portal.run("user", "deactivate", "boris")
    world.portal.run("user", "delete", "vera")
    gleb, = [x for x in world.letters() if x.get("user_name") == "gleb"]
    world.portal.run("letter", "drop", gleb["id"])
    server = world.server()
    world.trust()
    world.account(server)
    world.serve()
    world.wait_for({"dropped"})
    assert server.letters == [] and not world.alarms()
    errors = sorted(x["error"] for x in world.letters())
    for error, words in zip(errors, ("The user has a password already", "The user is no more",
                                     "The user may not sign in any more", "has taken it out")):
        assert words in error, errors
    world.queue("anna", kind="password-changed")
    wait("the letter", lambda: server.letters)
    assert server.letters[0][1]["Subject"].startswith("Пароль изменён")


def test_account_of_the_base(world):
    """The account comes over the exchange; its password is nowhere to be read, and goes with the exchange again."""
    base = world.program("base", world.options.base)
    server = world.server()
    world.portal.run("user", "add", "EX", "--role", "exchange")
    key = json.loads(world.portal.run("key", "create", "EX", "--json").stdout)
    base.run("settings", "set", "exchange.address", "unix:" + world.path("portal.sock"))
    base.run("settings", "set", "exchange.client-id", key["client_id"])
    base.run("settings", "set", "exchange.client-secret", secret=key["client_secret"])
    assert base.json("queue") == []
    world.account(server, base, address="https://portal.sklad.example")
    entry, = base.json("queue")
    assert entry["kind"] == "mail-account", entry
    world.trust()
    world.user("anna")
    world.queue("anna")
    world.serve()
    base.run("run")
    world.letter("sent")
    assert server.signed_in == [(LOGIN, PASSWORD)]
    with open(f"/proc/{world.portal.process.pid}/cmdline", "rb") as file:
        assert b"\xd0\xbf\xd0\xbe\xd1\x87" not in file.read()
    told = json.dumps(PASSWORD, ensure_ascii=False)[1:-1]
    for path, content in world.files():
        for secret in (PASSWORD, told, "совсем-секретно"):
            assert secret.encode() not in content, path
    story = world.portal.json("journal", "show", str(world.portal.json("journal", "--kind", "mail-account")[0]["id"]))
    assert "•••" in story["request"] and LOGIN in story["request"], story
    assert world.portal.run("settings", "get", "mail.from-name").stdout == "ООО «Склад»\n"
    assert world.portal.run("settings", "get", "mail.password", check=False).returncode == 1
    # Told twice, changed, taken away.
    base.run("settings", "set", "mail.from-name", "Склад")
    base.run("run")
    assert world.portal.run("settings", "get", "mail.from-name").stdout == "Склад\n"
    base.run("settings", "set", "mail.host", "")
    base.run("run")
    assert world.portal.run("settings", "get", "mail.host").stdout == "\n" and base.json("queue") == []
    result = base.run("settings", "set", "mail.from", "нет адреса", check=False)
    assert result.returncode == 1 and "is not an e-mail address" in result.stderr, result


def carry_out(options, authority, case):
    """What went wrong with the case, in words."""
    world = World(options, authority)
    try:
        case(world)
        return ""
    except Exception:
        return traceback.format_exc()
    finally:
        world.end()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--portal", required=True)
    parser.add_argument("--base", required=True)
    parser.add_argument("--queue-letter", required=True)
    parser.add_argument("only", nargs="*")
    options = parser.parse_args()
    options.queue_letter = os.path.abspath(options.queue_letter)
    cases = [(name[5:], case) for name, case in globals().items()
             if name.startswith("test_") and (not options.only or name[5:] in options.only)]
    failed = 0
    print(f"1..{len(cases)}", flush=True)
    folder = tempfile.mkdtemp(prefix="kab-", dir="/tmp")
    authority = Authority(folder)
    # They mostly wait for each other's programs: some at a time.
    with concurrent.futures.ThreadPoolExecutor(3) as pool:
        results = [pool.submit(carry_out, options, authority, case) for _, case in cases]
        for i, ((name, _), result) in enumerate(zip(cases, results), 1):
            wrong = result.result()
            failed += bool(wrong)
            print(f"{'not ' if wrong else ''}ok {i} {name}", flush=True)
            print("".join("# " + line + "\n" for line in wrong.splitlines()), end="", flush=True)
    shutil.rmtree(folder)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
