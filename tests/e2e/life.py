#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plays an order's whole life in the real desktop application with its embedded portal and base.

The demo and the end-to-end test are this one script. Every step is done as people do it (the partner in the
window, the manager in a terminal), and after it desktop, portal and base are asked what they know.
"""
import argparse
import datetime
import glob
import os
import shutil
import subprocess
import sys
import uuid
from urllib.parse import quote

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
from desktop import Desktop, wait  # noqa: E402
from services import Program, Service  # noqa: E402

PASSWORD = "demo-demo"
PARTNER = "kiselnikov"  # the partner's head
BUYER = "beregova"  # of the same partner
PARTNER_INN = "0002001137"


class Life:
    def __init__(self, programs, demo_files, output, talk):
        self.output = os.path.abspath(output)
        self.talk = talk
        self.steps = 0
        os.makedirs(self.output, exist_ok=True)
        shutil.rmtree(os.path.join(self.output, "data"), ignore_errors=True)  # of a run before
        data = os.path.join(self.output, "data")
        self.portal_program = Program(os.path.join(programs, "kabinet-portal"), os.path.join(data, "portal"))
        self.base = Program(os.path.join(programs, "kabinet-base"), os.path.join(data, "base"))
        self.desktop = Desktop(
            [os.path.join(programs, "kabinet"), "--demo", "--demo-files", demo_files, "--data", data],
            os.path.join(self.output, "kabinet.log"))
        socket = wait("the portal's socket", lambda: glob.glob(
            os.path.join(os.environ["XDG_RUNTIME_DIR"], "kabinet-*", "portal")))[0]
        self.portal = Service(socket)
        self.id = None

    # What each of the three knows now.

    def order(self):
        return self.portal.ask("GET", f"/api/v1/orders/{self.id}")[1]

    def client_order(self):
        return next((o for o in self.base.json("order", "list") if o["id"] == self.id), None)

    def queued(self, program):
        return [f"{e['kind']} ({e['state']})" for e in program.json("queue")]

    def tell(self, title, desktop):
        """Prints a step with what desktop, portal and base say at this moment."""
        self.steps += 1
        order = self.order() if self.id else None
        client = self.client_order() if self.id else None
        lines = [f"{self.steps}. {title}", f"   desktop: {desktop}"]
        if order:
            lines.append(f"   portal:  {order.get('number', 'no number yet')}, {order['status']}, total {order['total']}"
                         f" {order['currency']}; queue: {', '.join(self.queued(self.portal_program)) or 'empty'}")
            known = f"{client['number']}, {client['client_status']}, {client.get('state', '')}" if client \
                else "does not know the order"
            lines.append(f"   base:    {known}; queue: {', '.join(self.queued(self.base)) or 'empty'}")
        if self.talk:
            print("\n".join(lines), flush=True)

    def picture(self, name):
        self.desktop.screenshot(os.path.join(self.output, f"{name}.png"))

    # What people do.

    def as_partner(self):
        self.desktop.act("win.demo-partner")
        self.desktop.wait_for("Welcome")

    def as_administrator(self):
        self.desktop.act("win.demo-administrator")
        self.desktop.wait_for("Portal queue")
        self.desktop.act("win.show-portal-queue")
        self.desktop.find("push button", "Run the exchange now")

    def exchange(self, page):
        self.desktop.act(page)
        wait("the run's end", lambda: self.desktop.can_click("Run the exchange now"))
        self.desktop.click("Run the exchange now")
        wait("an empty queue", lambda: not self.queued(
            self.portal_program if "portal" in page else self.base))

    def choose(self, text, index=0):
        """Searches the catalogue and puts one of what is found into the basket."""
        desktop = self.desktop
        desktop.act("win.show-catalogue")
        desktop.type("Search", text)
        status, page = self.portal.ask("GET", f"/api/v1/products?limit=50&text={quote(text)}")
        assert status == 200, page
        product = [p for p in page["items"] if "price" in p][index]
        desktop.click(f"Add “{product['name']}” to the basket")
        wait("the product in the basket", lambda: any(
            line["product_id"] == product["id"] for line in self.portal.ask("GET", "/api/v1/basket")[1]["lines"]))
        return product

    def place(self):
        before = {o["id"] for o in self.portal.ask("GET", "/api/v1/orders")[1]["items"]}
        self.desktop.act("win.show-basket")
        self.desktop.click("Place order")
        new = wait("the order at the portal", lambda: [
            o for o in self.portal.ask("GET", "/api/v1/orders")[1]["items"] if o["id"] not in before])
        assert len(new) == 1, new
        self.id = new[0]["id"]

    def open_order(self):
        self.desktop.act("win.show-orders")
        self.desktop.act("win.reload")
        self.desktop.click(f"Open order {self.order()['number']}")

    # The life.

    def begin(self):
        self.desktop.wait_for("Welcome")
        self.portal.sign_in(PARTNER, PASSWORD)
        self.picture("01-home")
        self.tell("The partner's head opens the application", "Home, the basket is empty")
        self.desktop.act("win.show-catalogue")
        self.desktop.find_entry("Search")
        wait("products", lambda: self.desktop.shows("AVT-1052"))
        self.picture("02-catalogue")

    def place_first(self):
        first = self.choose("перчатки")
        self.picture("03-search")
        second = self.choose("каска")
        for product in (first, second):
            status, answer = self.portal.ask("PUT", f"/api/v1/basket/{product['id']}", {"quantity": "10"})
            assert status == 200, answer
        self.desktop.act("win.show-basket")
        self.desktop.act("win.reload")
        self.desktop.wait_for(second["name"])
        self.picture("04-basket")
        self.place()
        self.desktop.wait_for("New")
        self.picture("05-order-new")
        order = self.order()
        assert order["status"] == "new" and "number" not in order, order
        assert self.queued(self.portal_program) == ["order (waiting)"], self.queued(self.portal_program)
        assert self.client_order() is None
        self.tell("“Place order”", "the order card, status New")

    def exchange_first(self):
        self.as_administrator()
        self.picture("06-portal-queue")
        self.exchange("win.show-portal-queue")
        self.exchange("win.show-base-queue")
        self.picture("07-base-queue")
        order = self.order()
        assert order["status"] == "awaiting-manager" and order["number"] == "0000-000001", order
        self.tell("The administrator runs the exchange at both ends", "both queues empty")

    def offer(self):
        self.desktop.act("win.show-client-orders")
        self.desktop.wait_for("0000-000001")
        self.picture("08-client-orders")
        self.desktop.click("Open order 0000-000001")
        self.desktop.find("push button", "Save")
        self.picture("09-client-order")
        self.base.run("order", "set", "0000-000001", "--status", "to-fulfil", "--line", "2=4")
        assert sorted(self.queued(self.base)) == ["client-order (waiting)", "document (waiting)"]
        self.tell("The manager sets “To be fulfilled” and cuts the second line to 4", "the client order's card")
        self.exchange("win.show-base-queue")
        order = self.order()
        assert order["status"] == "awaiting-partner", order
        assert [line["quantity"] for line in order["lines"]] == ["10", "4"], order["lines"]
        assert [line["ordered"] for line in order["lines"]] == ["10", "10"], order["lines"]
        self.tell("The exchange runs", "both queues empty")

    def confirm(self):
        self.as_partner()
        self.picture("10-home-with-order")
        self.open_order()
        self.desktop.wait_for("Awaiting your confirmation")
        self.picture("11-order-changed")
        self.desktop.click("Confirm")
        self.desktop.wait_for("In progress")
        self.picture("12-order-in-progress")
        assert self.order()["status"] == "in-progress"
        self.tell("The partner sees the change and presses “Confirm”", "the order card, status In progress")

    def downloaded(self, pattern, name):
        """The text of a PDF that the window is saving; a copy stays with the pictures."""
        downloads = subprocess.run(["xdg-user-dir", "DOWNLOAD"], capture_output=True, text=True).stdout.strip() \
            if os.path.exists("/usr/bin/xdg-user-dir") else os.path.join(os.environ["HOME"], "Downloads")
        path = wait(f"the file {pattern}", lambda: glob.glob(os.path.join(downloads, pattern)))[0]
        wait("a whole file", lambda: open(path, "rb").read().rstrip().endswith(b"%%EOF"))
        copy = os.path.join(self.output, name)
        shutil.copyfile(path, copy)
        text = subprocess.run(["pdftotext", "-layout", copy, "-"], capture_output=True, text=True, check=True).stdout
        return text.replace("\u00a0", " ").replace("\u202f", " ")

    @staticmethod
    def on_paper(total):
        rubles, kopecks = total.split(".")
        return f"{int(rubles):,}".replace(",", " ") + "," + kopecks

    def invoice(self):
        self.desktop.click("Download invoice")
        text = self.downloaded("*0000-000001*.pdf", "invoice.pdf")
        assert "0000-000001" in text, text
        assert self.on_paper(self.order()["total"]) in text, (self.order()["total"], text)
        self.picture("13-invoice-saved")
        self.tell(f"“Download invoice”: {len(text.split())} words, the order's number and total in it", "a toast says where")

    def reach_base(self):
        self.as_administrator()
        self.exchange("win.show-portal-queue")
        self.exchange("win.show-base-queue")
        assert self.client_order()["decision"] == "confirm", self.client_order()
        self.tell("The exchange runs", "both queues empty")

    def refuse_second(self):
        self.as_partner()
        self.choose("кабель")
        self.place()
        self.tell("A second order is placed", "the order card, status New")
        self.as_administrator()
        self.exchange("win.show-portal-queue")
        self.exchange("win.show-base-queue")
        assert self.order()["number"] == "0000-000002"
        self.as_partner()
        self.open_order()
        self.desktop.click("Refuse")
        self.desktop.type("Reason", "Ordered by mistake")
        self.picture("14-refuse")
        self.desktop.click("Refuse the order")
        self.desktop.wait_for("Refused")
        self.picture("15-order-refused")
        assert self.order()["status"] == "refused"
        self.as_administrator()
        self.exchange("win.show-portal-queue")
        self.exchange("win.show-base-queue")
        client = self.client_order()
        assert client["client_status"] == "cancelled" and client["reason"] == "Ordered by mistake", client
        self.tell("The partner refuses it, and the exchange runs", "both queues empty")

    def exchange_both(self):
        """As the schedule does it: the portal's queue, then the base's."""
        self.portal_program.run("run")
        self.base.run("run")

    def task(self):
        return next(t for t in self.base.json("task", "list") if t["order_id"] == self.id)

    def place_as_buyer(self):
        """Somebody else of the partner, at another desktop, orders what costs more than the limit of approval."""
        buyer = Service(self.portal.path)
        buyer.sign_in(BUYER, PASSWORD)
        page = buyer.ask("GET", f"/api/v1/products?limit=50&text={quote('кабель')}")[1]
        product = [p for p in page["items"] if "price" in p][0]
        quantity = str(int(6000 / float(product["price"])) + 1)
        assert buyer.ask("PUT", f"/api/v1/basket/{product['id']}", {"quantity": quantity})[0] == 200
        status, order = buyer.ask("POST", "/api/v1/orders", {"place": True, "comment": "На объект"},
                                  {"Idempotency-Key": str(uuid.uuid4())})
        assert status in (200, 201) and float(order["total"]) > 5000, (status, order)
        self.id = order["id"]

    def approve(self):
        self.base.run("approval", "add", "total", "5000", "--role", "head")
        self.place_as_buyer()
        self.tell("A buyer of the partner places an order; above 5,000 roubles the partner's head has to approve it",
                  "signed out")
        self.exchange_both()
        assert self.client_order()["client_status"] == "on-approval", self.client_order()
        self.base.run("order", "set", "0000-000003", "--status", "to-fulfil")
        assert self.client_order()["client_status"] == "on-approval", "not to be fulfilled before it is approved"
        self.exchange_both()
        self.as_partner()
        self.desktop.wait_for("1 task waits for your decision")
        self.picture("16-home-with-task")
        self.desktop.act("win.show-tasks")
        self.desktop.click("Open: Approve order 0000-000003")
        self.desktop.find("push button", "Согласовано")
        self.picture("17-task")
        self.desktop.type("Comment", "До конца месяца")
        self.desktop.click("Согласовано с замечаниями")
        self.desktop.wait_for("Decided")
        self.picture("18-task-decided")
        assert self.task()["state"] == "new", "the base has not heard of it"
        self.tell("The partner's head approves it with remarks", "the task's card, state Decided")
        self.exchange_both()
        assert self.task()["state"] == "finished" and self.task()["variant"] == "remark", self.task()
        assert self.client_order()["client_status"] == "to-fulfil", self.client_order()
        assert self.order()["status"] == "awaiting-partner", self.order()
        comments = self.base.json("order", "comment", "0000-000003")
        assert [c["text"] for c in comments] == ["До конца месяца"], comments
        self.desktop.act("win.reload")
        self.desktop.wait_for("Finished")
        self.tell("The exchange runs: the base finishes the task and moves the order on", "the task's card, state Finished")

    def confirm_newest(self):
        self.open_order()
        self.desktop.find("push button", "Confirm")  # the card is there, with the order as it was
        before = self.order()["revision"]
        self.base.run("order", "set", "0000-000003", "--line", "1=7", "--price", "1=650.50", "--date", "2027-01-15")
        self.exchange_both()
        self.desktop.wait_for("650.50")  # the portal tells of it: nobody presses "Reload"
        self.desktop.wait_for("2027-01-15")
        order = self.order()
        assert order["status"] == "awaiting-partner" and order["decision"] == "none", order
        assert order["revision"] == before + 1, (before, order)
        self.picture("19-changed-meanwhile")
        self.tell("The manager changes it while the partner looks at it: the card shows it at once",
                  "the order card, status Awaiting your confirmation")
        self.desktop.click("Confirm")
        self.desktop.wait_for("In progress")
        self.exchange_both()
        client = self.client_order()
        assert client["decision"] == "confirm" and client["decision_result"] == "taken", client
        assert client["decided_revision"] == client["revision"] == before + 1, client
        assert client["total"] == self.order()["total"] == "4553.50", client
        self.tell("The partner looks at it once more and confirms the newest version", "the order card, status In progress")

    def exceed_limit(self):
        """Without a limit before; with one after."""
        orders = len(self.base.json("order", "list"))
        self.base.run("partner", "limits", PARTNER_INN, "--credit-limit", "100")
        self.exchange_both()
        self.choose("перчатки")
        self.desktop.act("win.show-basket")
        self.desktop.wait_for("The order exceeds the credit limit of 100.00")
        self.picture("20-over-limit")
        before = len(self.portal.ask("GET", "/api/v1/orders")[1]["items"])
        self.desktop.click("Place order")
        wait("the portal's answer", lambda: self.desktop.can_click("Place order"))
        assert len(self.portal.ask("GET", "/api/v1/orders")[1]["items"]) == before
        assert len(self.portal.ask("GET", "/api/v1/basket")[1]["lines"]) == 1, "nothing is lost"
        self.exchange_both()
        assert len(self.base.json("order", "list")) == orders
        self.tell("An order over the credit limit of 100 roubles is not placed; the basket stays", "the basket, and why")
        self.base.run("partner", "limits", PARTNER_INN, "--credit-limit", "none")
        self.exchange_both()

    def reconcile(self):
        self.base.run("order", "set", "0000-000003", "--ship", "1=4", "--pay", "1=1000")
        self.exchange_both()
        self.desktop.act("win.show-settlements")
        self.desktop.wait_for("1\u00a0602.00")  # 4 at 650.50, less 1,000
        self.desktop.click("Ask for the act")
        self.desktop.wait_for("Being prepared")
        self.picture("21-act-asked-for")
        self.exchange_both()
        self.desktop.act("win.reload")
        year = datetime.date.today().year
        today = datetime.date.today().isoformat()
        self.desktop.click(f"Download: {year}-01-01 to {today}")
        text = self.downloaded("reconciliation-*.pdf", "act.pdf")
        for sum_on_paper in ("2 602,00", "1 000,00", "1 602,00"):
            assert sum_on_paper in text, (sum_on_paper, text)
        self.picture("22-act-saved")
        self.tell("The partner asks for an act of reconciliation; the exchange brings it", "Settlements, a toast says where")

    def end(self):
        self.as_partner()
        self.desktop.act("win.show-orders")
        self.desktop.wait_for("0000-000003")
        self.picture("23-orders")
        assert self.queued(self.portal_program) == [] and self.queued(self.base) == []
        orders = self.base.json("order", "list")
        assert [o["number"] for o in orders] == ["0000-000003", "0000-000002", "0000-000001"], orders
        assert self.desktop.nameless() == [], self.desktop.nameless()
        self.desktop.act("win.sign-out")
        self.desktop.find_entry("Login, phone or e-mail")
        self.picture("24-sign-in")
        self.tell("The end: three orders, each once at both ends, both queues empty", "signed out")

    def close(self):
        return self.desktop.close()

    STEPS = (begin, place_first, exchange_first, offer, confirm, invoice, reach_base, refuse_second, approve,
             confirm_newest, exceed_limit, reconcile, end)


def main(kind=Life):
    parser = argparse.ArgumentParser(description=sys.modules[kind.__module__].__doc__)
    parser.add_argument("--programs", required=True)
    parser.add_argument("--demo-files", required=True)
    parser.add_argument("--output", required=True)
    parser.add_argument("--talk", action="store_true", help="say each step, for people; otherwise speak TAP")
    options = parser.parse_args()
    if not options.talk:
        print(f"1..{len(kind.STEPS) + 1}", flush=True)
    life = kind(options.programs, options.demo_files, options.output, options.talk)
    status = 0
    done = 0
    try:
        for step in kind.STEPS:
            step(life)
            done += 1
            if not options.talk:
                print(f"ok {done} {step.__name__}", flush=True)
    except Exception as error:  # the picture says more than the words
        life.picture("failure")
        print(f"not ok {done + 1} {kind.STEPS[done].__name__}" if not options.talk else f"failed: {error}", flush=True)
        print(f"# {type(error).__name__}: {error}", flush=True)
        status = 1
    code = life.close()
    if status == 0 and not options.talk:
        print(f"{'ok' if code in (0, -15) else 'not ok'} {done + 1} the application ends ({code})", flush=True)
    if status == 0 and options.talk:
        print(f"Screenshots and the invoice are in {life.output}")
    sys.exit(status)


if __name__ == "__main__":
    main()
