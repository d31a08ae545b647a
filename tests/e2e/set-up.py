#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Connects the window to a portal and, on the page Connections, to a base; then these two, which know nothing of each other,
with the set-up assistant, entering nothing but a login; and exchanges an order over them. The real desktop application is
driven from outside; portal and base are daemons."""
import base64
import json
import os
import shutil
import sys
import uuid
from urllib.parse import quote

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from life import Life, main  # noqa: E402
from desktop import Desktop, make_home, wait  # noqa: E402
from services import Program, Service  # noqa: E402
from showcase import HEAD, INN, PASSWORD  # noqa: E402

ADMINISTRATOR = "admin"
SIZE = (1100, 760)
CANARY = "Канарейка у почты 7"


class SetUp(Life):
    def __init__(self, programs, demo_files, output, talk):
        self.output = os.path.abspath(output)
        self.talk = talk
        self.steps = 0
        self.id = None
        shutil.rmtree(self.output, ignore_errors=True)  # of a run before
        os.makedirs(self.output)
        self.ends = {}
        for name in ("portal", "base"):
            folder = os.path.join(self.output, name)
            os.mkdir(folder, mode=0o700)
            end = self.ends[name] = Program(os.path.join(programs, f"kabinet-{name}"), folder)
            end.run("user", "add", ADMINISTRATOR, "--role", "administrator")
            end.run("user", "password", ADMINISTRATOR, secret=PASSWORD)
        self.portal_program, self.base = self.ends["portal"], self.ends["base"]
        self.fill_base(demo_files)
        for name, end in self.ends.items():
            end.serve(self.address(name), os.path.join(self.output, f"{name}.log"))
        self.program = os.path.join(programs, "kabinet")
        self.home = make_home(os.path.join(self.output, "home"), SIZE)
        self.start("--portal", self.address("portal"))

    def start(self, *options):
        self.desktop = Desktop([self.program, *options], os.path.join(self.output, "kabinet.log"), self.home)

    @staticmethod
    def address(name):
        return "unix:" + os.path.join(os.environ["XDG_RUNTIME_DIR"], f"{name}.sock")

    def fill_base(self, demo_files):
        """What there is to exchange: goods, a partner, and one who may order."""
        with open(os.path.join(demo_files, "people.json"), encoding="utf-8") as file:
            people = json.load(file)
        self.base.run("import", os.path.join(demo_files, "commerceml"))
        for name, value in people["organisation"].items():
            self.base.run("settings", "set", f"organisation.{name.replace('_', '-')}", value)
        self.base.run("partner", "set", INN, "--price-type", "Оптовая")
        self.base.run("contact", "publish", "a.kiselnikov@kisel-montazh.example", "--login", HEAD, "--role", "head")

    def sign_in(self):
        desktop = self.desktop
        desktop.type("Login, phone or e-mail", ADMINISTRATOR)
        desktop.click("Next")
        desktop.find_entry("Password")
        desktop.click("Stay signed in", "check box")
        desktop.type("Password", PASSWORD)
        desktop.click("Sign in")
        desktop.wait_for("Portal queue")
        desktop.act("win.show-connections")
        desktop.wait_for("The portal answers.")
        desktop.type("The base’s address", self.address("base"))
        desktop.type("Password at the base", PASSWORD)
        desktop.click("Connect")
        desktop.wait_for("Base queue")
        desktop.wait_for("The base answers.")
        assert desktop.nameless() == [], desktop.nameless()
        self.picture("0-connections")
        desktop.act("win.show-overview")
        desktop.wait_for("Not connected yet")
        self.picture("1-not-connected")
        self.tell("An administrator signs in, and connects the base", "the overview: not connected yet")

    def connect(self):
        desktop = self.desktop
        desktop.click("Set up the exchange…")
        desktop.wait_for("Step 1 of 6")
        self.picture("2-portal")
        desktop.click("Check and go on")
        desktop.wait_for("Step 2 of 6")  # the portal is where its address says
        desktop.click("Make the user EX and its keys")
        desktop.wait_for("Step 3 of 6")  # the base has reached the portal
        desktop.wait_for("The service is available")
        self.picture("3-base")
        desktop.click("Make the user EX at the base")
        desktop.wait_for("Step 4 of 6")  # the portal has reached the base
        self.picture("4-schedule")
        desktop.click("Next")
        desktop.wait_for("Step 5 of 6")
        desktop.type("Mail server for letters to users", "127.0.0.1")
        desktop.type("Port of the mail server", "1")  # nobody is there
        desktop.type("Password at the mail server (not entered)", CANARY)
        desktop.click("Check and go on")
        desktop.wait_for("Go on anyway")
        desktop.click("Later")
        self.tell("The assistant connects both ends", "five of six steps")

    def run_exchange(self):
        self.desktop.click("Run the exchange now")
        self.desktop.wait_for("The ends are connected.")
        assert self.desktop.nameless() == [], self.desktop.nameless()
        self.picture("5-connected")
        self.desktop.click("Done")
        wait("goods at the portal", lambda: self.portal_program.run("user", "password", HEAD, secret=PASSWORD,
                                                                    check=False).returncode == 0)
        self.tell("The first exchange", "the ends are connected")

    def order_one(self):
        """By itself: as the assistant proposes it, each end runs as soon as it has something."""
        self.portal = Service(self.address("portal").removeprefix("unix:"))
        self.portal.sign_in(HEAD, PASSWORD)
        product = wait("a price", lambda: [p for p in self.portal.ask("GET", "/api/v1/products?limit=50&text=" + quote("перчатки"))[1]["items"]
                                      if "price" in p])[0]
        status, answer = self.portal.ask("PUT", f"/api/v1/basket/{product['id']}", {"quantity": "10"})
        assert status == 200, answer
        status, answer = self.portal.ask("POST", "/api/v1/orders", {"place": True}, {"Idempotency-Key": str(uuid.uuid4())})
        assert status == 200, answer
        orders = wait("the order at the base", lambda: self.base.json("order", "list"))
        assert [o["id"] for o in orders] == [answer["id"]], orders
        number = wait("the base's number", lambda: self.portal.ask("GET", f"/api/v1/orders/{answer['id']}")[1].get("number"))
        assert number == orders[0]["number"], (number, orders)
        for end in self.ends:
            self.desktop.act(f"win.show-{end}-journal")
            wait(f"the journal of the {end}", lambda: self.desktop.shows("Messages received · ")
                 and self.desktop.shows("Messages sent · "))
        self.picture("6-journal")
        self.tell("A partner orders", f"the base has it under number {number}, once; both journals say so")

    def people(self, text):
        """From the lowest on the screen upwards: those that are not on it lie nowhere."""
        rows = [row for row in self.desktop.all("table row", None) if text in row.get_name()]
        height = {row: self.desktop.centre(row)[1] for row in rows}
        return sorted((row for row in rows if 180 < height[row] < SIZE[1] - 30), key=lambda row: -height[row])

    def publish(self):
        """By the pointer: a double click changes the row under it, also there where its first press lets the bar of
        actions come; Ctrl adds a row and takes it away."""
        desktop = self.desktop
        desktop.act("win.show-publication")
        rows = wait("the people", lambda: self.people("Contact person · Not published"))
        name = rows[0].get_name().split(" · ")[0]
        desktop.press(rows[0], 2)
        desktop.wait_for(f"{name} is published with the login")
        published = {x["name"] for x in self.base.json("publication", "list", "--kind", "contact") if x["state"] != "none"}
        assert len(published) == 2 and name in published, published
        first, second = self.people("Contact person")[-2:]
        desktop.press(first)
        desktop.wait_for("1 selected")
        desktop.press(second, key="ctrl")
        desktop.wait_for("2 selected")
        desktop.press(first, key="ctrl")
        desktop.wait_for("1 selected")
        self.tell("Contact persons are published", f"by a double click: {name}")

    def secrets(self):
        """What was entered or made, as it might be written somewhere."""
        kept = {}
        for end in self.ends.values():
            kept.update({name: value for name, value in
                         json.loads(end.run("settings", "save", "-", "--secrets").stdout).items() if value})
        secrets = {PASSWORD, CANARY, kept["exchange.client-secret"], kept["exchange.password"]}
        assert kept["mail.password"] == CANARY and all(secrets), kept.keys()
        return {form for secret in secrets for form in
                (secret.encode(), secret.encode("utf-16-le"), json.dumps(secret)[1:-1].encode(), quote(secret).encode(),
                 base64.b64encode(secret.encode())[:-4], base64.b64encode(b"EX:" + secret.encode())[:-4])}

    def search(self):
        """What was entered is nowhere: not in what the desktop writes either."""
        self.desktop.act("win.report")
        report = wait("the report", lambda: [node.get_text(0, node.get_character_count()) for node in self.desktop.all(
            "text", "What the program adds")])[0]
        assert "Kabinet" in report and PASSWORD not in report, report
        secrets = self.secrets()
        assert not any(secret in report.encode() for secret in secrets), report
        for place, _, names in os.walk(self.output):
            for path in (os.path.join(place, name) for name in names):
                if os.path.isfile(path) and not path.endswith(".png"):
                    with open(path, "rb") as file:
                        data = file.read()
                    assert not any(secret in data for secret in secrets), path
        for pid in (self.desktop.process.pid, *(end.process.pid for end in self.ends.values())):
            for what in ("cmdline", "environ"):
                with open(f"/proc/{pid}/{what}", "rb") as file:
                    data = file.read()
                assert not any(secret in data for secret in secrets), (pid, what)
        self.tell("Nothing secret is left lying about", "the report has none either")

    def come_back(self):
        """Another day, without a word on the command line; the base is late."""
        assert self.desktop.close() in (0, -15)
        self.ends["base"].stop()
        self.start()
        self.desktop.wait_for("Portal queue")
        self.desktop.act("win.show-connections")
        self.desktop.wait_for("The base does not answer")
        self.picture("7-base-silent")
        self.ends["base"].serve(self.address("base"), os.path.join(self.output, "base.log"))
        self.desktop.click("Check again: Base")
        self.desktop.wait_for("Base queue")
        self.tell("The next start knows both ends", "the base's pages come as soon as it answers")

    STEPS = (sign_in, connect, run_exchange, order_one, publish, search, come_back)

    def close(self):
        code = self.desktop.close()
        for end in self.ends.values():
            end.stop()
        return code


if __name__ == "__main__":
    main(SetUp)
