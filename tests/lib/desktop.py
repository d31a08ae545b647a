# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the desktop application from outside, as a person with a screen reader would: through AT-SPI.

Nothing sleeps a fixed time: wait() polls with a bound. Clicks land some time after the call, and widgets
come and go meanwhile, so every step is found anew until it works.
"""
import os
import shutil
import subprocess
import time
import warnings

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

warnings.simplefilter("ignore", DeprecationWarning)
PATIENCE = float(os.environ.get("KABINET_TEST_PATIENCE", "30"))


USUAL_DPI = 96
SETTINGS = """[Settings]
gtk-font-name=Cantarell 11
gtk-enable-animations=0
gtk-cursor-blink=0
"""
KEYS = """[org/kabinet/Kabinet]
window-width={width}
window-height={height}
"""


def make_home(folder, size=(1100, 760)):
    """A person's home, in which settings are kept and sessions too, without a keyring; the environment that says so."""
    for name, text in (("gtk-4.0/settings.ini", SETTINGS),
                       ("glib-2.0/settings/keyfile", KEYS.format(width=size[0], height=size[1]))):
        path = os.path.join(folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
    shutil.copy(os.path.join(os.environ["XDG_CONFIG_HOME"], "user-dirs.dirs"), folder)
    return {"XDG_CONFIG_HOME": folder, "XDG_DATA_HOME": os.path.join(folder, "data"),
            "XDG_CACHE_HOME": os.path.join(folder, "cache"), "GSETTINGS_BACKEND": "keyfile", "SECRET_BACKEND": "file",
            "SECRET_FILE_TEST_PATH": os.path.join(folder, "keyring"), "SECRET_FILE_TEST_PASSWORD": "test"}


def scale_text(scale):
    """For what is started from now on, as the desktop's setting for large text does it: here the X server tells it."""
    subprocess.run(["xprop", "-root", "-f", "RESOURCE_MANAGER", "8s", "-set", "RESOURCE_MANAGER",
                    f"Xft.dpi: {USUAL_DPI * scale}\n"], check=True)


class Failure(AssertionError):
    """A step that did not happen in time."""


def wait(what, attempt, patience=PATIENCE):
    """The first true answer of attempt(); what vanished while it was looked at counts as not yet."""
    end = time.monotonic() + patience
    while True:
        try:
            answer = attempt()
        except GLib.Error:
            answer = None
        if answer:
            return answer
        if time.monotonic() > end:
            raise Failure(f"not within {patience:.0f} s: {what}")
        time.sleep(0.02)


def name_of(node):
    """What a widget is called. GTK 4.8 says the name of a button with a mnemonic twice, with its underscore."""
    name = (node.get_name() or "").replace("_", "")
    half = name[: len(name) // 2]
    return half if name == f"{half} {half}" else name


def below(node):
    """The node and everything in it, in order."""
    stack = [node]
    while stack:
        node = stack.pop()
        yield node
        children = [node.get_child_at_index(i) for i in range(node.get_child_count())]
        stack.extend(child for child in reversed(children) if child is not None)


class Desktop:
    def __init__(self, argv, log, env=None):
        self.log = open(log, "wb")
        self.process = subprocess.Popen(argv, env={**os.environ, **(env or {})}, stdout=self.log, stderr=self.log)
        Atspi.init()
        self.application = wait("the application on the accessibility bus", self._application)
        self.window = wait("the window", lambda: self.application.get_child_at_index(0))

    def _application(self):
        if self.process.poll() is not None:
            raise Failure(f"the application ended with {self.process.returncode}; see its log")
        desktop = Atspi.get_desktop(0)
        for i in range(desktop.get_child_count()):
            application = desktop.get_child_at_index(i)
            if application is not None and application.get_process_id() == self.process.pid:
                return application
        return None

    def all(self, role, name, inside=None):
        for node in below(inside or self.application):
            if node.get_role_name() == role and (name is None or name_of(node) == name):
                yield node

    def find(self, role, name, inside=None):
        return wait(f"{role} “{name}”", lambda: next(self.all(role, name, inside), None))

    def shows(self, text):
        """Whether some label has this text in it, now."""
        return any(text in (node.get_name() or "") for node in below(self.application)
                   if node.get_role_name() in ("label", "status bar", "heading", "alert"))

    def wait_for(self, text):
        wait(f"“{text}” on the screen", lambda: self.shows(text))

    def wait_until_gone(self, text):
        wait(f"“{text}” gone from the screen", lambda: not self.shows(text))

    def click(self, name, role="push button", patience=PATIENCE):
        def attempt():
            for node in self.all(role, name):
                for inner in below(node):
                    if inner.get_role_name() == role and inner.get_n_actions() > 0 \
                            and inner.get_state_set().contains(Atspi.StateType.SENSITIVE):
                        return inner.do_action(0)
            return False
        wait(f"a click on “{name}”", attempt, patience)

    def can_click(self, name):
        return any(node.get_state_set().contains(Atspi.StateType.SENSITIVE)
                   for node in self.all("push button", name))

    def wait_until_pressed(self, name):
        wait(f"“{name}” pressed", lambda: any(
            node.get_state_set().contains(state) for node in self.all("push button", name)
            for state in (Atspi.StateType.PRESSED, Atspi.StateType.CHECKED)))

    def act(self, action):
        """Activates an action of the window, such as win.show-orders."""
        def attempt():
            for i in range(self.window.get_n_actions()):
                if self.window.get_action_name(i) == action:
                    return self.window.do_action(i)
            return False
        wait(f"the action {action}", attempt)

    def find_entry(self, name):
        """A place to type in: a row's text, or an entry of its own."""
        return wait(f"a place to type “{name}”", lambda: next(
            (node for role in ("text", "entry") for node in self.all(role, name)), None))

    def type(self, name, text):
        entry = self.find_entry(name)
        wait(f"typing into “{name}”", lambda: entry.set_text_contents(text))
        wait(f"“{name}” holding what was typed",
             lambda: entry.get_text(0, entry.get_character_count()) == text)

    def nameless(self):
        """Widgets to act on that a screen reader would call by their class, with where they are.

        One is the library's own: the button that closes a toast."""
        roles = ("push button", "toggle button", "check box", "text", "entry", "combo box", "list", "table")
        found = []
        for node in below(self.window):
            name = node.get_name() or ""
            if node.get_role_name() not in roles or (name and not name.startswith(("Gtk", "Adw", "Kab"))):
                continue
            place = [node]
            while len(place) < 6 and place[-1].get_parent() is not None:
                place.append(place[-1].get_parent())
            if place[1].get_name() == "AdwToastWidget":
                continue
            found.append(" < ".join(f"{n.get_role_name()} “{n.get_name()}”" for n in place))
        return found

    def screenshot(self, path):
        # Two frames, so that what was just shown is drawn: the X server answers after the first.
        subprocess.run(["xdotool", "sync"], check=False, stderr=subprocess.DEVNULL)
        time.sleep(0.3)  # not a condition: only lets an animation end in the picture
        subprocess.run(["import", "-window", "root", path], check=True)

    @staticmethod
    def xdotool(*arguments):
        return subprocess.run(["xdotool", *arguments], check=True, capture_output=True, text=True).stdout

    def key(self, key):
        self.xdotool("key", key)

    @staticmethod
    def centre(node):
        """Where it is on the screen: the window stands in its corner."""
        place = node.get_extents(Atspi.CoordType.WINDOW)
        return place.x + place.width // 2, place.y + place.height // 2

    def press(self, node, times=1, key=None):
        """With the pointer, as often as it takes for a double click, while a key is held."""
        x, y = self.centre(node)
        held = ("keydown", key) if key else ()
        let_go = ("keyup", key) if key else ()
        self.xdotool("mousemove", str(x), str(y), *held, "click", "--repeat", str(times), "--delay", "60", "1", *let_go)

    def wait_after_keys(self, keys, text):
        """Presses one key after the other, each as soon as the one before has led on to another widget, until it shows
        the text."""
        for key in keys:
            before = self.focused()
            self.key(key)
            wait(f"what {key} does", lambda: self.shows(text) or self.focused() != before)
        self.wait_for(text)

    def focused(self):
        """What has the keyboard's focus."""
        return next(((node.get_role_name(), node.get_name()) for node in below(self.window)
                     if node.get_state_set().contains(Atspi.StateType.FOCUSED)), None)

    def x_windows(self):
        """[(id, width, height)] of the windows on the screen, in the order in which they came."""
        found = []
        for window in self.xdotool("search", "--onlyvisible", "--pid", str(self.process.pid)).split():
            geometry = dict(line.split("=") for line in self.xdotool("getwindowgeometry", "--shell", window).split())
            found.append((window, int(geometry["WIDTH"]), int(geometry["HEIGHT"])))
        return found

    def scroll_down(self, size):
        """To the end of what is in the middle of the window, with the wheel."""
        self.xdotool("mousemove", str(size[0] * 3 // 5), str(size[1] // 2), "click", "--repeat", "60", "--delay", "1", "5")
        self.xdotool("mousemove", str(size[0] - 1), str(size[1] - 1))

    def centre_dialog(self, size):
        """Moves the newest window into the middle of the first."""
        wait("a second window", lambda: len(self.x_windows()) > 1)
        window, width, height = self.x_windows()[-1]
        self.xdotool("windowmove", "--sync", window, str(max(0, (size[0] - width) // 2)), str(max(0, (size[1] - height) // 2)))
        self.xdotool("windowfocus", window)

    def still(self, path, size):
        """A picture of the screen's corner in which the window stands, as soon as two of it are alike."""
        geometry = f"{size[0]}x{size[1]}+0+0"
        last = [None]

        def attempt():
            before, last[0] = last[0], subprocess.run(
                ["import", "-silent", "-window", "root", "-crop", geometry, "+repage", "-depth", "8", "rgb:-"], check=True,
                capture_output=True).stdout
            return before == last[0]
        wait("a picture that stands still", attempt)
        subprocess.run(["convert", "-size", f"{size[0]}x{size[1]}", "-depth", "8", "rgb:-", path], input=last[0], check=True)

    def close(self):
        if self.process.poll() is None:
            self.process.terminate()
        try:
            code = self.process.wait(20)
        finally:
            self.log.close()
        return code
