# SPDX-License-Identifier: GPL-3.0-or-later
"""The demo's wholesaler in the middle of its work, with portal and base as two daemons: orders in every status, papers,
tasks, news, a draft and a full basket. What shows the desktop application, or measures it, starts from here."""
import datetime
import glob
import os
import re
import shutil
import subprocess
import sys
import uuid
from urllib.parse import quote

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from services import Program, Service, wait  # noqa: E402

PASSWORD = "demo-demo"
HEAD = "kiselnikov"
BUYER = "beregova"  # of the same partner
ADMINISTRATOR = "admin"
INN = "0002001137"
NEWS = (("График работы в праздники", "31 декабря склад работает до 15:00.\nЗаказы, размещённые позже, отгружаем с 9 января."),
        ("Новое поступление спецодежды", "Зимние куртки и полукомбинезоны всех размеров уже на складе."))


class Showcase:
    """Needs a display: the demo is prepared by the desktop application."""

    def __init__(self, programs, demo_files, folder):
        self.folder = os.path.abspath(folder)
        self.demo_files = demo_files
        os.makedirs(self.folder, mode=0o700)
        self.log = os.path.join(self.folder, "log")
        self.prepare(programs, demo_files)
        self.ends = {}
        for name in ("portal", "base"):
            self.ends[name] = Program(os.path.join(programs, f"kabinet-{name}"), os.path.join(self.folder, name))
        self.portal, self.base = self.ends["portal"], self.ends["base"]
        self.portal.run("settings", "set", "exchange.address", f"unix:{self.socket('base')}")
        self.base.run("settings", "set", "exchange.address", f"unix:{self.socket('portal')}")
        self.start()
        self.people = {}
        for login in (HEAD, BUYER, ADMINISTRATOR):
            self.people[login] = Service(self.socket("portal"))
            self.people[login].sign_in(login, PASSWORD)

    def prepare(self, programs, demo_files):
        with open(self.log, "ab") as log:
            demo = subprocess.Popen([os.path.join(programs, "kabinet"), "--demo", "--demo-files", demo_files, "--data",
                                     self.folder], stdout=log, stderr=log)
        try:
            socket = wait("the demo's portal", lambda: glob.glob(
                os.path.join(os.environ["XDG_RUNTIME_DIR"], "kabinet-*", "portal")))[0]
            wait("the demo's people", lambda: self.can_sign_in(socket))
        finally:
            demo.terminate()
            demo.wait(30)

    @staticmethod
    def can_sign_in(socket):
        try:
            return Service(socket).ask("POST", "/api/v1/session", {"login": HEAD, "password": PASSWORD})[0] == 200
        except OSError:
            return False

    def socket(self, name):
        return os.path.join(os.environ["XDG_RUNTIME_DIR"], f"{name}.sock")  # a short path, as sockets need it

    def address(self, name):
        return f"unix:{self.socket(name)}"

    def start(self):
        for name, end in self.ends.items():
            if os.path.exists(self.socket(name)):
                os.unlink(self.socket(name))
            end.serve(self.address(name), self.log)

    def keep(self):
        """What is now, for restore()."""
        self.stop()
        for name in self.ends:
            shutil.copytree(os.path.join(self.folder, name), os.path.join(self.folder, f"{name}-kept"))
        self.start()

    def restore(self):
        self.stop()
        for name in self.ends:
            shutil.rmtree(os.path.join(self.folder, name))
            shutil.copytree(os.path.join(self.folder, f"{name}-kept"), os.path.join(self.folder, name))
        self.start()

    def stop(self):
        for end in self.ends.values():
            end.stop()

    # What people do.

    def ask(self, method, path, body=None, headers=None, login=HEAD):
        status, answer = self.people[login].ask(method, path, body, headers)
        assert status in (200, 201, 204), (method, path, status, answer)
        return answer

    def product(self, text, index=0):
        page = self.ask("GET", f"/api/v1/products?limit=50&text={quote(text)}")
        return [p for p in page["items"] if "price" in p][index]

    def fill_basket(self, goods, login=HEAD):
        for text, quantity in goods:
            self.ask("PUT", f"/api/v1/basket/{self.product(text)['id']}", {"quantity": quantity}, login=login)

    def order(self, goods, login=HEAD, place=True, **details):
        self.fill_basket(goods, login)
        return self.ask("POST", "/api/v1/orders", {"place": place, **details}, {"Idempotency-Key": str(uuid.uuid4())},
                        login)["id"]

    def raise_price(self, product):
        """By a tenth, as the base exports it."""
        changed = os.path.join(self.folder, "changed")
        shutil.copytree(os.path.join(self.demo_files, "commerceml"), changed)
        path = os.path.join(changed, "offers0_1.xml")
        with open(path, encoding="utf-8") as file:
            before, begin, after = file.read().partition(f"<Артикул>{product['article']}</Артикул>")
        offer, end, after = after.partition("</Предложение>")
        offer = re.sub(r"(?<=<ЦенаЗаЕдиницу>)[0-9.]+", lambda price: f"{float(price.group()) * 1.1:.2f}", offer)
        assert begin and end, product
        with open(path, "w", encoding="utf-8") as file:
            file.write(before + begin + offer + end + after)
        self.base.run("import", changed)

    def number(self, order):
        return self.ask("GET", f"/api/v1/orders/{order}")["number"]

    def exchange(self):
        for end in (self.portal, self.base, self.portal):
            end.run("run")

    def decide(self, order, decision, **more):
        revision = self.ask("GET", f"/api/v1/orders/{order}")["revision"]
        self.ask("POST", f"/api/v1/orders/{order}/decision", {"decision": decision, "revision": revision, **more},
                 {"Idempotency-Key": str(uuid.uuid4())})

    def comment(self, order, text):
        self.ask("PUT", f"/api/v1/comments/{order}/{uuid.uuid4()}", {"text": text})

    # What has happened.

    def play(self):
        """Returns {what: number of the order}."""
        self.base.run("partner", "limits", INN, "--credit-limit", "500000")
        orders = {"completed": self.order((("перчатки", "20"), ("каска", "5")), comment="Первый заказ"),
                  "in progress": self.order((("кабель силовой", "100"), ("гвозди", "12.5"), ("киянка", "3"))),
                  "refused": self.order((("изолента", "40"),)),
                  "changed": self.order((("перчатки", "50"), ("каска", "10"), ("кабель силовой", "250"), ("бур", "6")),
                                        comment="Позвоните за день до доставки")}
        self.exchange()
        numbers = {what: self.number(order) for what, order in orders.items()}
        for what in ("completed", "in progress"):
            self.base.run("order", "set", numbers[what], "--status", "to-fulfil")
        self.base.run("order", "set", numbers["changed"], "--status", "to-fulfil", "--line", "2=4", "--date", "2027-01-15")
        self.decide(orders["refused"], "refuse", reason="Заказали по ошибке")
        self.comment(orders["changed"], "Каски нужны к началу работ. Привезёте раньше?")
        self.exchange()
        self.base.run("order", "comment", numbers["changed"], "Да, 15 января, вместе с кабелем.")
        for what in ("completed", "in progress"):
            self.decide(orders[what], "confirm")
        self.exchange()
        self.base.run("order", "set", numbers["completed"], "--shipped", "100", "--paid", "100", "--status", "closed")
        self.base.run("order", "set", numbers["in progress"], "--ship", "1=60", "--paid", "50")
        self.base.run("approval", "add", "total", "5000", "--role", "head")
        self.order((("кабель силовой", "300"),), BUYER)
        orders["approval"] = self.order((("перчатки", "40"), ("костюм", "6")), BUYER, comment="Для новой бригады")
        self.exchange()
        today = datetime.date.today()
        self.ask("POST", "/api/v1/documents", {"kind": "reconciliation", "from": f"{today.year}-01-01",
                                               "to": today.isoformat()})
        orders["manager"] = self.order((("ведро", "6"),))
        self.exchange()
        numbers.update((what, self.number(orders[what])) for what in ("approval", "manager"))
        self.order((("лампа", "100"), ("перчатки", "30")), place=False, comment="К весне")
        self.fill_basket((("перчатки", "12"), ("каска", "3"), ("кабель силовой", "120.5"), ("костюм", "4")))
        self.raise_price(self.product("перчатки"))
        self.exchange()
        for title, text in NEWS:
            self.ask("POST", "/api/v1/news", {"id": str(uuid.uuid4()), "title": title, "text": text}, login=ADMINISTRATOR)
        # What the exchange has not taken yet.
        self.order((("каска", "2"),), BUYER)
        return numbers
