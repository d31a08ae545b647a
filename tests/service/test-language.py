#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A service answers in the language of who asks, at the same time to everybody in theirs."""
import argparse
import os
import re
import shutil
import sys
import tempfile
import threading

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
from services import Program, Service  # noqa: E402

SYSTEM = "/usr/lib/locale/C.utf8"  # of Debian's C library


def make_locales(folder):
    """A Russian locale as far as messages go, on a machine that may have none."""
    for name in ("C.utf8", "C.UTF-8", "ru_RU.UTF-8"):
        os.symlink(SYSTEM, os.path.join(folder, name))


def ask(path, language):
    headers = {} if language is None else {"Accept-Language": language}
    status, answer = Service(path).ask("POST", "/api/v1/session", {"login": "nobody", "password": ""}, headers)
    assert status in (400, 401), (status, answer)
    return answer["detail"]


def is_russian(text):
    return bool(re.search("[а-яё]{3}", text))


CASES = ((None, False), ("en", False), ("en-GB,ru;q=0.5", False), ("ru", True), ("ru-RU,ru;q=0.9,en;q=0.8", True),
         ("de, ru;q=0.5", True), ("de", False), ("runic", False), ("", False), ("ru" * 5000, False), (",;,q=", False))


def run(options, folder):
    make_locales(folder)
    os.environ.update({"LOCPATH": folder, "LC_ALL": "C.UTF-8", "KABINET_LOCALE_DIR": options.locale_dir})
    os.environ.pop("LANGUAGE", None)
    os.mkdir(os.path.join(folder, "portal"), 0o700)
    portal = Program(os.path.abspath(options.portal), os.path.join(folder, "portal"))
    path = os.path.join(folder, "portal.sock")
    portal.serve("unix:" + path, os.path.join(folder, "log"))
    wrong = []

    def try_all():
        for _ in range(20):
            for language, russian in CASES:
                text = ask(path, language)
                if is_russian(text) != russian:
                    wrong.append((language and language[:40], text))

    try:
        threads = [threading.Thread(target=try_all) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        portal.stop()
    assert not wrong, wrong[:5]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("portal", "locale-dir"):
        parser.add_argument("--" + name, required=True)
    options = parser.parse_args()
    print("1..1", flush=True)
    if not os.path.isdir(SYSTEM):
        print(f"ok 1 language # SKIP there is no {SYSTEM}")
        return
    folder = tempfile.mkdtemp(prefix="kab-", dir="/tmp")
    try:
        run(options, folder)
        print("ok 1 language")
    except AssertionError as error:
        print(f"# {error}\nnot ok 1 language")
        sys.exit(1)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
