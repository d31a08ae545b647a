#!/usr/bin/env python3
"""The words that a parser knows, as a dictionary for its fuzzer: the short texts in its sources.

dictionary.py NAME SOURCE_ROOT
"""
import glob
import re
import sys

SOURCES = {
    "commerceml": ["src/base/sources/*.c"],
    "http": ["src/portal/*routes.c", "src/exchange/*routes.c", "src/base/*routes.c"],
    "http-parts": ["src/portal/*routes.c", "src/http/*.c"],
    "invitation": ["src/model/kab-invitation.c", "src/model/kab-contact.c"],
    "json-messages": ["src/wire/*.c", "src/model/*.c"],
    "json-value": ["src/client/kab-json-value.c"],
    "settings": ["src/exchange/kab-end.c", "src/exchange/kab-settings.c", "src/portal/kab-portal.c", "src/base/kab-base.c"],
    "zip": ["src/base/sources/kab-import-files.c"],
}
HTTP = ["GET ", "POST ", "PUT ", "DELETE ", " HTTP/1.1\r\n", "Authorization: ", "Bearer ", "Basic ",
        "Content-Length: ", "Transfer-Encoding: chunked\r\n", "Content-Type: ", "Idempotency-Key: ",
        "Expect: 100-continue\r\n", "Connection: close\r\n", "X-Real-IP: ", "\r\n\r\n", "@alfa-head",
        "@alfa-buyer", "@beta-head", "@portal-admin", "@manager", "@base-admin"]
LITERAL = re.compile(r'"((?:[^"\\\n]|\\.){2,40})"')


def words(name, root):
    found = set(HTTP if name == "http" else [])
    for pattern in SOURCES[name]:
        for path in glob.glob(f"{root}/{pattern}"):
            with open(path, encoding="utf-8") as file:
                for line in file:
                    if not line.startswith("#include"):
                        found.update(w for w in LITERAL.findall(line) if not re.search(r"[ %\\]", w))
    if name == "commerceml":
        found |= {f"<{w}>" for w in found if w.isalpha()} | {f"</{w}>" for w in found if w.isalpha()}
    return sorted(found)


def quote(word):
    return "".join(chr(b) if 32 < b < 127 and b not in b'"\\' else f"\\x{b:02x}" for b in word.encode())


for word in words(sys.argv[1], sys.argv[2]):
    print(f'"{quote(word)}"')
