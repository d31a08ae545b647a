#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of every page of the real desktop application, in each language and colour scheme, narrow and wide, with
the text twice as large, and on a screen of 3840 pixels. A page that does not appear fails the script.

The application signs in at a portal and a base that run apart, as people do it, and each of its starts finds them in the
same state: in the middle of the work of the demo's wholesaler.
"""
import argparse
import gettext
import os
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
from desktop import Desktop, make_home, scale_text  # noqa: E402
from showcase import ADMINISTRATOR, HEAD, PASSWORD, Showcase  # noqa: E402

LOCALES = {"en": "C.UTF-8", "ru": "ru_RU.UTF-8"}
SCHEMES = {"light": "prefer-light", "dark": "prefer-dark"}
SIZES = {"wide": (1280, 800), "narrow": (400, 720), "middle": (800, 720), "huge": (3840, 2160)}

USUAL_WIDTH = 1280  # of the screen that tests have


class Round:
    """One start of the application, in one language, scheme and size."""

    def __init__(self, options, showcase, numbers, language, scheme, size, scale=1):
        self.numbers = numbers
        self.size = SIZES[size]
        self.narrow = size == "narrow"
        self.name = f"{language}-{scheme}-{size}" + ("" if scale == 1 else f"-{scale * 100}")
        self.folder = os.path.join(options.output, self.name)
        self.n = 0
        shutil.rmtree(self.folder, ignore_errors=True)
        os.makedirs(self.folder)
        texts = gettext.translation("kabinet", options.locale, [language], fallback=language == "en")
        self.text = texts.gettext
        # Only the words that mean something else elsewhere have a context.
        self.status = lambda text: texts.gettext(text) if texts.pgettext("order", text) == text else texts.pgettext("order", text)
        home = tempfile.mkdtemp(prefix="home-", dir=showcase.folder)
        environment = make_home(home, self.size)
        scale_text(scale)
        environment.update(LC_ALL=LOCALES[language], LANG=LOCALES[language], LOCPATH=options.locales,
                           ADW_DEBUG_COLOR_SCHEME=SCHEMES[scheme])
        self.desktop = Desktop(
            [os.path.join(options.programs, "kabinet"), "--portal", showcase.address("portal"), "--base",
             showcase.address("base")], os.path.join(options.output, f"{self.name}.log"), environment)

    def shoot(self, name):
        """Once the screen stands still."""
        self.n += 1
        path = os.path.join(self.folder, f"{self.n:02}-{name}.png")
        self.desktop.still(path, self.size)

    def page(self, action, text, name):
        self.desktop.act(f"win.{action}")
        self.desktop.wait_for(self.text(text))
        self.shoot(name)

    def dialog(self, name):
        """There is no window manager here: without one a dialog stands in the corner."""
        self.desktop.centre_dialog(self.size)
        self.shoot(name)

    def end(self, name):
        """What one sees at the end of the page."""
        self.desktop.scroll_down(self.size)
        self.shoot(f"{name}-end")

    def click(self, text, *arguments):
        self.desktop.click(self.text(text) % arguments if arguments else self.text(text))

    # The pages.

    def sign_in(self, login, shoot):
        self.desktop.find_entry(self.text("Login, phone or e-mail"))
        if shoot:
            self.shoot("sign-in")
            self.click("I have a code from a letter")
            self.desktop.find_entry(self.text("Code from the letter"))
            self.shoot("code")
            self.click("Back")
        self.desktop.type(self.text("Login, phone or e-mail"), login)
        self.click("Next")
        self.desktop.type(self.text("Password"), PASSWORD)
        if shoot:
            self.shoot("password")
        self.click("Sign in")

    def open_order(self, what):
        self.desktop.act("win.show-orders")
        self.click("Open order %s", self.numbers[what])

    def orders(self):
        self.page("show-orders", "All statuses", "orders")
        for what, text in (("changed", "Awaiting your confirmation"), ("in progress", "In progress"),
                           ("completed", "Completed"), ("refused", "Refused"), ("manager", "Awaiting the manager's confirmation")):
            self.open_order(what)
            self.desktop.wait_for(self.text("Documents"))  # no list has it
            self.desktop.wait_for(self.status(text))
            name = f"order-{what.replace(' ', '-')}"
            self.shoot(name)
            if what == "changed":
                self.end(name)
                self.refuse()

    def catalogue(self):
        self.page("show-catalogue", "AVT-1052", "catalogue-list")
        self.click("As a grid")
        self.desktop.wait_until_pressed(self.text("As a grid"))
        self.shoot("catalogue-grid")
        self.click("As a list")
        self.desktop.act("win.search")
        self.desktop.type(self.text("Search"), "перчатки точка")
        self.desktop.wait_until_gone("AVT-1052")
        self.shoot("search")
        self.desktop.wait_after_keys(("Return", "Return"), self.text("Properties"))
        self.shoot("product")
        self.end("product")

    def refuse(self):
        self.click("Refuse")
        self.desktop.find_entry(self.text("Reason"))
        self.dialog("refuse")
        self.click("Cancel")

    def partner(self):
        self.desktop.wait_for(self.text("Recent orders"))
        self.shoot("home")
        self.end("home")
        if self.narrow:
            self.desktop.act("win.toggle-sidebar")
            self.shoot("sidebar")
            self.desktop.act("win.toggle-sidebar")
        self.catalogue()
        self.page("show-basket", "Contacts and delivery", "basket")
        self.end("basket")
        self.orders()
        self.page("show-tasks", "All tasks", "tasks")
        self.click("Open: %s", self.text("Approve order %s") % self.numbers["approval"])
        self.desktop.find("push button", "Согласовано")  # as the base calls it
        self.shoot("task")
        self.page("show-settlements", "Credit limit", "settlements")

    def administrator(self):
        self.desktop.act("win.sign-out")
        self.sign_in(ADMINISTRATOR, False)
        self.desktop.wait_for(self.text("Portal queue"))
        self.page("show-portal-queue", "Waiting", "portal-queue")
        self.page("show-base-queue", "Everything has been sent.", "base-queue")
        self.page("show-portal-journal", "All kinds", "portal-journal")
        self.page("show-base-journal", "All kinds", "base-journal")
        self.page("show-client-orders", self.numbers["changed"], "client-orders")
        self.click("Open order %s", self.numbers["changed"])
        self.desktop.find("push button", self.text("Save"))
        self.shoot("client-order")

    def windows(self):
        self.desktop.act("win.show-help-overlay")
        self.desktop.wait_for(self.text("Search in the list, or in the catalogue"))
        self.dialog("shortcuts")
        self.desktop.key("Escape")
        self.desktop.act("win.report")
        self.desktop.find("push button", self.text("Copy"))
        self.dialog("report")
        self.desktop.key("Escape")
        self.click("Main menu")
        self.desktop.click(self.text("About Kabinet"), "menu item")
        self.desktop.wait_for(self.text("Orders of a partner, from the catalogue to the invoice"))
        self.dialog("about")

    def run(self, everything=True):
        try:
            self.sign_in(HEAD, True)
            self.partner()
            if everything:
                self.administrator()
                self.windows()
        except Exception:
            self.desktop.screenshot(os.path.join(self.folder, "failure.png"))
            raise
        finally:
            self.desktop.close()
        return self.n


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--programs", required=True)
    parser.add_argument("--demo-files", required=True)
    parser.add_argument("--locale", required=True, help="the folder of the translations")
    parser.add_argument("--locales", required=True, help="the folder in which localedef has made ru_RU.UTF-8")
    parser.add_argument("--output", required=True)
    parser.add_argument("--only", default="", help="rounds whose names begin so, such as ru-dark")
    options = parser.parse_args()
    rounds = [(language, scheme, size) for language in LOCALES for scheme in SCHEMES for size in ("wide", "narrow")]
    rounds += [("ru", "light", size, 2) for size in ("wide", "middle", "narrow")] + [("ru", "light", "huge")]
    # A big screen is slow: it is there for what has no room on the usual one, and for nothing else.
    big = "KAB_TEST_SCREEN" in os.environ
    rounds = [one for one in rounds if (SIZES[one[2]][0] > USUAL_WIDTH) == big
              and "-".join(str(part) for part in one).startswith(options.only)]
    if not rounds:
        return
    options.output = os.path.abspath(options.output)
    os.makedirs(options.output, exist_ok=True)
    failed = 0
    with tempfile.TemporaryDirectory(prefix="kabinet-screenshots-") as folder:
        print("The wholesaler works…", flush=True)
        showcase = Showcase(options.programs, options.demo_files, os.path.join(folder, "showcase"))
        try:
            numbers = showcase.play()
            showcase.keep()
            for one in rounds:
                showcase.restore()
                this = Round(options, showcase, numbers, *one)
                try:
                    print(f"{this.name}: {this.run(len(one) == 3)} pictures", flush=True)
                except Exception as error:  # the other rounds tell more
                    print(f"{this.name}: {error}", flush=True)
                    failed += 1
        finally:
            showcase.stop()
            shutil.copy(showcase.log, os.path.join(options.output, "services.log"))
    print(f"The pictures are in {options.output}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
