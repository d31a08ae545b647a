#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Draws the pictures of the demo's goods and names them in import0_1.xml.

Needs gdk-pixbuf-thumbnailer with librsvg, and ImageMagick ("convert"). Run it by hand after a change here; what it draws is in the repository.
"""
import pathlib
import re
import subprocess
import tempfile

HERE = pathlib.Path(__file__).resolve().parent / "commerceml"
SIZE = 360
COLOURS = [("#1c71d8", "#1a5fb4"), ("#e66100", "#c64600"), ("#26a269", "#1c7a4f"), ("#613583", "#4a2766")]
STEEL, DARK, WOOD, PALE = "#c0c5cc", "#3d3846", "#b5835a", "#deddda"

# What a family looks like: SVG in a square of 100, A and B its colour and the darker one.
SHAPES = {
    "KST": '<path fill="A" d="M30 18 L42 14 L58 14 L70 18 L86 40 L76 48 L68 38 L68 86 L32 86 L32 38 L24 48 L14 40 Z"/>'
           '<path fill="B" d="M42 14 L50 26 L58 14 Z"/><rect fill="#f6d32d" x="32" y="58" width="36" height="6"/>'
           '<rect fill="B" x="49" y="26" width="2" height="60"/>',
    "TRK": '<path fill="A" d="M32 22 L42 20 Q50 30 58 20 L68 22 L88 38 L78 50 L70 44 L70 84 L30 84 L30 44 L22 50 L12 38 Z"/>'
           '<rect fill="B" x="56" y="44" width="9" height="9"/>',
    "BOT": '<path fill="A" d="M28 18 L54 18 L56 48 L82 60 Q90 66 88 76 L28 76 Z"/>'
           '<rect fill="DARK" x="26" y="74" width="64" height="10"/><path fill="B" d="M54 28 h-14 v4 h14 z M55 38 h-14 v4 h14 z"/>',
    "PER": '<path fill="A" d="M34 86 L34 52 L22 40 Q20 32 28 32 L38 42 L36 18 Q40 12 44 18 L46 38 L47 14 Q51 9 55 14 L55 38 '
           'L58 17 Q63 13 65 19 L63 41 L69 25 Q75 23 75 30 L68 56 L66 86 Z"/><rect fill="B" x="33" y="74" width="34" height="12"/>',
    "OCH": '<rect fill="A" x="10" y="36" width="80" height="30" rx="12"/><rect fill="#d7e9fb" x="16" y="41" width="30" height="20" rx="8"/>'
           '<rect fill="#d7e9fb" x="54" y="41" width="30" height="20" rx="8"/><rect fill="B" x="4" y="46" width="8" height="6"/>'
           '<rect fill="B" x="88" y="46" width="8" height="6"/>',
    "MED": '<rect fill="A" x="14" y="30" width="72" height="52" rx="6"/><rect fill="B" x="38" y="20" width="24" height="10"/>'
           '<rect fill="#ffffff" x="44" y="40" width="12" height="32"/><rect fill="#ffffff" x="34" y="50" width="32" height="12"/>',
    "MOL": '<rect fill="WOOD" x="46" y="34" width="10" height="56" rx="3"/><path fill="STEEL" d="M24 18 L68 18 L84 30 L68 36 L24 36 Z"/>'
           '<rect fill="A" x="45" y="66" width="12" height="24" rx="3"/>',
    "OTV": '<rect fill="STEEL" x="46" y="44" width="8" height="40"/><path fill="STEEL" d="M44 84 h12 l-2 8 h-8 z"/>'
           '<rect fill="A" x="38" y="8" width="24" height="38" rx="8"/><rect fill="B" x="46" y="10" width="3" height="34"/>'
           '<rect fill="B" x="53" y="10" width="3" height="34"/>',
    "KLU": '<rect fill="STEEL" x="44" y="28" width="12" height="48"/><circle fill="STEEL" cx="50" cy="78" r="15"/>'
           '<circle fill="#ffffff" cx="50" cy="78" r="8"/><circle fill="STEEL" cx="50" cy="24" r="17"/>'
           '<rect fill="#ffffff" x="44" y="4" width="12" height="22"/><rect fill="A" x="48" y="38" width="4" height="26"/>',
    "IZM": '<rect fill="A" x="16" y="22" width="54" height="56" rx="14"/><circle fill="B" cx="42" cy="48" r="17"/>'
           '<circle fill="#f6d32d" cx="42" cy="48" r="9"/><rect fill="#f6d32d" x="60" y="68" width="34" height="8"/>'
           '<path fill="DARK" d="M70 68 h2 v5 h-2 z M78 68 h2 v5 h-2 z M86 68 h2 v5 h-2 z"/><rect fill="STEEL" x="92" y="66" width="3" height="14"/>',
    "DRL": '<path fill="A" d="M14 26 L66 26 Q72 26 72 34 L72 46 L46 46 L40 84 L20 84 L26 46 L14 46 Z"/>'
           '<rect fill="B" x="72" y="30" width="8" height="12"/><rect fill="STEEL" x="80" y="34" width="16" height="4"/>'
           '<rect fill="DARK" x="18" y="80" width="24" height="8"/>',
    "RAS": '<circle fill="DARK" cx="50" cy="50" r="40"/><circle fill="A" cx="50" cy="50" r="26"/><circle fill="#ffffff" cx="50" cy="50" r="8"/>'
           '<circle fill="B" cx="50" cy="30" r="3"/><circle fill="B" cx="50" cy="70" r="3"/>',
    "KAB": '<circle fill="none" stroke="A" stroke-width="9" cx="50" cy="52" r="33"/><circle fill="none" stroke="B" stroke-width="9" cx="50" cy="52" r="22"/>'
           '<path fill="none" stroke="A" stroke-width="7" d="M76 30 L90 12"/><circle fill="#e5a50a" cx="91" cy="11" r="4"/>',
    "ROZ": '<rect fill="PALE" x="16" y="16" width="68" height="68" rx="8"/><circle fill="#ffffff" cx="50" cy="50" r="25"/>'
           '<circle fill="A" cx="41" cy="50" r="4"/><circle fill="A" cx="59" cy="50" r="4"/><rect fill="B" x="47" y="26" width="6" height="6"/>'
           '<rect fill="B" x="47" y="68" width="6" height="6"/>',
    "LMP": '<circle fill="#f9f06b" cx="50" cy="40" r="28"/><path fill="#f9f06b" d="M36 60 h28 l-4 12 h-20 z"/>'
           '<rect fill="STEEL" x="39" y="72" width="22" height="16" rx="3"/><path fill="A" d="M39 76 h22 v2 h-22 z M39 82 h22 v2 h-22 z"/>',
    "SAM": '<path fill="STEEL" d="M34 12 h32 l-8 12 h-16 z"/><path fill="A" d="M44 24 h12 v48 l-6 18 l-6 -18 z"/>'
           '<path fill="B" d="M40 34 l20 -5 v4 l-20 5 z M40 46 l20 -5 v4 l-20 5 z M40 58 l20 -5 v4 l-20 5 z M42 70 l16 -4 v4 l-16 4 z"/>',
    "INV": '<path fill="none" stroke="DARK" stroke-width="3" d="M22 38 Q50 2 78 38"/><path fill="A" d="M20 36 L80 36 L72 88 L28 88 Z"/>'
           '<rect fill="B" x="18" y="34" width="64" height="8" rx="3"/>',
    "UPK": '<rect fill="WOOD" x="16" y="30" width="68" height="54"/><rect fill="#986a44" x="16" y="30" width="68" height="12"/>'
           '<rect fill="A" x="44" y="30" width="12" height="54"/>',
}
PER_FAMILY = 3


def draw(shape, colours, path, tilt=0):
    inside = shape
    for name, value in (("A", colours[0]), ("B", colours[1]), ("STEEL", STEEL), ("DARK", DARK), ("WOOD", WOOD),
                        ("PALE", PALE)):
        inside = inside.replace(f'"{name}"', f'"{value}"')
    svg = (f'<svg xmlns="http://www.w3.org/2000/svg" width="{SIZE}" height="{SIZE}" viewBox="0 0 100 100">'
           f'<rect fill="#ffffff" x="0" y="0" width="100" height="100"/>'
           f'<g transform="rotate({tilt} 50 50) translate(50 50) scale(0.84) translate(-50 -50)">{inside}</g></svg>')
    with tempfile.TemporaryDirectory() as folder:
        drawn, plain = pathlib.Path(folder, "drawn.svg"), pathlib.Path(folder, "plain.png")
        drawn.write_text(svg)
        subprocess.run(["gdk-pixbuf-thumbnailer", "-s", str(SIZE), drawn, plain], check=True)
        subprocess.run(["convert", plain, "-strip", "-colors", "24", "-define", "png:compression-level=9",
                        "-define", "png:exclude-chunks=date,time", f"png8:{path}"], check=True)


def main():
    catalogue = HERE / "import0_1.xml"
    text = re.sub(r"\t*<Картинка>[^\n]*\n", "", catalogue.read_bytes().decode("utf-8"))
    folder = HERE / "import_files"
    folder.mkdir(exist_ok=True)
    for family, shape in SHAPES.items():
        articles = re.findall(rf"<Артикул>({family}-\d+)</Артикул>", text)[:PER_FAMILY]
        for i, article in enumerate(articles):
            names = [article.lower() + ".png"]
            draw(shape, COLOURS[i % len(COLOURS)], folder / names[0])
            if i == 0:
                names.append(article.lower() + "-2.png")
                draw(shape, COLOURS[i % len(COLOURS)], folder / names[1], tilt=45)
            at = text.index("</Группы>", text.index(f"<Артикул>{article}<"))
            at = text.index("\n", at) + 1
            lines = "".join(f"\t\t\t\t<Картинка>import_files/{name}</Картинка>\n" for name in names)
            text = text[:at] + lines + text[at:]
    catalogue.write_bytes(text.encode("utf-8"))


main()
