#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Signs in at a portal that runs apart, as everybody does after the demo, orders, confirms and downloads, and comes back
without a password. The real desktop application is driven from outside; portal and base are daemons of their own."""
import os
import shutil
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from life import Life, main  # noqa: E402
from desktop import Desktop, make_home, wait  # noqa: E402
from showcase import HEAD, PASSWORD, Showcase  # noqa: E402


class SignInOrder(Life):
    def __init__(self, programs, demo_files, output, talk):
        self.output = os.path.abspath(output)
        self.talk = talk
        self.steps = 0
        self.id = None
        shutil.rmtree(self.output, ignore_errors=True)  # of a run before
        os.makedirs(self.output)
        self.showcase = Showcase(programs, demo_files, os.path.join(self.output, "data"))
        self.portal_program, self.base = self.showcase.portal, self.showcase.base
        self.portal = self.showcase.people[HEAD]
        self.argv = [os.path.join(programs, "kabinet"), "--portal", self.showcase.address("portal")]
        self.home = make_home(os.path.join(self.output, "home"))
        self.start()

    def start(self, *more):
        self.desktop = Desktop([*self.argv, *more], os.path.join(self.output, "kabinet.log"), self.home)

    def give_password(self, password):
        self.desktop.type("Password", password)
        self.desktop.click("Sign in")

    def sign_in(self):
        desktop = self.desktop
        desktop.type("Login, phone or e-mail", HEAD)
        desktop.click("Next")
        self.give_password("a wrong password")
        desktop.wait_for("The login or the password is wrong")
        assert not desktop.shows("Recent orders")
        self.give_password(PASSWORD)
        desktop.wait_for("Welcome")
        self.tell("The partner's head signs in, at the second try", "Home")

    def find_and_order(self):
        self.choose("перчатки")
        self.place()
        self.desktop.wait_for("New")
        self.tell("A product is found and ordered", "the order card, status New")

    def offer(self):
        self.exchange_both()
        self.portal_program.run("run")
        number = self.order()["number"]
        self.base.run("order", "set", number, "--status", "to-fulfil", "--date", "2027-01-15")
        self.exchange_both()
        self.desktop.wait_for("Awaiting your confirmation")  # nobody reloads
        self.tell("The base answers", "the order card, status Awaiting your confirmation")

    def confirm(self):
        self.desktop.click("Confirm")
        self.desktop.wait_for("In progress")
        self.exchange_both()
        assert self.client_order()["decision"] == "confirm", self.client_order()
        self.tell("The partner confirms", "the order card, status In progress")

    def download(self):
        order = self.order()
        self.desktop.click("Download invoice")
        text = self.downloaded(f"*{order['number']}*.pdf", "invoice.pdf")
        assert order["number"] in text and self.on_paper(order["total"]) in text, text
        self.tell("and downloads the invoice", "a toast says where")

    def sign_out(self):
        assert self.desktop.nameless() == [], self.desktop.nameless()
        self.desktop.act("win.sign-out")
        self.desktop.find_entry("Login, phone or e-mail")
        assert self.desktop.close() in (0, -15)
        self.tell("The partner signs out", "signed out")

    def stay(self):
        """Another day: who wants to stay signed in is so after the window was closed."""
        self.start()
        self.desktop.type("Login, phone or e-mail", HEAD)
        self.desktop.click("Next")
        self.desktop.find_entry("Password")
        self.desktop.click("Stay signed in", "check box")
        self.give_password(PASSWORD)
        self.desktop.wait_for("Welcome")
        wait("the kept session", lambda: os.path.exists(self.home["SECRET_FILE_TEST_PATH"]))
        assert self.desktop.close() in (0, -15)
        del self.argv[1:]  # the portal's address is remembered too
        self.start()
        self.desktop.wait_for(self.order()["number"])
        self.tell("The partner stays signed in over a restart", "Home")

    STEPS = (sign_in, find_and_order, offer, confirm, download, sign_out, stay)

    def close(self):
        code = self.desktop.close()
        self.showcase.stop()
        return code


if __name__ == "__main__":
    main(SignInOrder)
