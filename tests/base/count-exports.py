#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts the distinct objects of CommerceML exports, one folder one exchange.

Shares no code and no library with the importer: it made the table of test-exports.c, which holds
the importer against it. Prints that table.

Usage: count-exports.py FOLDER_OF_EXPORTS
"""

import pathlib
import sys
import uuid
import xml.etree.ElementTree as ElementTree

NAMES = ("groups", "products", "offers", "price_types", "prices", "warehouses", "stock",
         "properties", "partners", "deleted")


def local(element):
    return element.tag.rpartition("}")[2]


def children(element, *names):
    if element is None:
        return []
    return [child for child in element if not names or local(child) in names]


def text(element, name):
    for child in children(element, name):
        if child.text and child.text.strip():
            return child.text.strip()
    return ""


def normal(value):
    """A UUID in small letters, anything else as it is."""
    value = value.strip()
    try:
        return str(uuid.UUID(value)) if len(value) == 36 else value
    except ValueError:
        return value


def ident(element):
    return normal(text(element, "Ид"))


def has_mark(element):
    return (element.get("Статус", "").strip().lower() == "удален"
            or text(element, "ПометкаУдаления").lower() == "true")


class Exchange:
    def __init__(self):
        self.groups, self.products, self.offers = set(), set(), set()
        self.price_types, self.prices, self.warehouses = set(), set(), set()
        self.properties, self.partners, self.deleted = set(), set(), set()
        self.by_warehouse, self.totals = set(), set()

    def add(self, kind, known, element):
        key = ident(element)
        if not key:
            return
        known.add(key)
        if has_mark(element):
            self.deleted.add((kind, key))

    def walk_groups(self, element):
        for group in children(element, "Группа"):
            self.add("group", self.groups, group)
            for inner in children(group, "Группы"):
                self.walk_groups(inner)

    def read_lists(self, parent):
        for part in children(parent):
            name = local(part)
            if name == "Группы":
                self.walk_groups(part)
            elif name == "Свойства":
                for element in children(part):
                    self.add("property", self.properties, element)
            elif name == "ТипыЦен":
                for element in children(part, "ТипЦены"):
                    self.add("price type", self.price_types, element)
            elif name == "Склады":
                for element in children(part, "Склад"):
                    if text(element, "Наименование"):
                        self.add("warehouse", self.warehouses, element)

    def read_prices(self, element, pair):
        for prices in children(element, "Цены"):
            for price in children(prices, "Цена"):
                kind = normal(text(price, "ИдТипаЦены"))
                if kind and text(price, "ЦенаЗаЕдиницу"):
                    self.prices.add((pair, kind))

    def read_stock(self, element, pair):
        if text(element, "Количество"):
            self.totals.add(pair)
        for store in children(element, "Склад", "Склады"):
            if store.get("ИдСклада"):
                self.by_warehouse.add((pair, normal(store.get("ИдСклада"))))
        for rests in children(element, "Остатки"):
            for rest in children(rests, "Остаток"):
                stores = [s for s in children(rest, "Склад") if ident(s)]
                for store in stores:
                    self.by_warehouse.add((pair, ident(store)))
                if not stores and text(rest, "Количество"):
                    self.totals.add(pair)

    def read_product(self, element):
        self.add("product", self.products, element)
        pair = self.pair(element)
        self.read_prices(element, pair)
        self.read_stock(element, pair)

    @staticmethod
    def pair(element):
        product, _, characteristic = text(element, "Ид").partition("#")
        characteristic = characteristic or text(element, "ИдХарактеристики")
        return normal(product), normal(characteristic)

    def read_offer(self, element):
        pair = self.pair(element)
        if not pair[0]:
            return
        self.offers.add(pair)
        if has_mark(element):
            self.deleted.add(("offer", pair))
        self.read_prices(element, pair)
        self.read_stock(element, pair)

    def read(self, path):
        root = ElementTree.parse(path).getroot()
        self.read_lists(root)
        for part in children(root):
            name = local(part)
            if name in ("Классификатор", "Каталог", "ПакетПредложений",
                        "ИзмененияПакетаПредложений"):
                self.read_lists(part)
            if name == "Каталог":
                for goods in children(part, "Товары"):
                    for element in children(goods, "Товар"):
                        self.read_product(element)
            if name in ("ПакетПредложений", "ИзмененияПакетаПредложений"):
                for offers in children(part, "Предложения"):
                    for element in children(offers, "Предложение"):
                        self.read_offer(element)
            if name == "Контрагенты":
                for element in children(part, "Контрагент"):
                    self.add("partner", self.partners, element)

    def counts(self):
        whole = {pair for pair, _ in self.by_warehouse}
        stock = len(self.by_warehouse) + len(self.totals - whole)
        return {name: stock if name == "stock" else len(getattr(self, name)) for name in NAMES}


def main():
    for folder in sorted(pathlib.Path(sys.argv[1]).iterdir()):
        if not folder.is_dir():
            continue
        exchange = Exchange()
        for path in sorted(folder.rglob("*.xml")):
            exchange.read(path)
        counts = exchange.counts()
        print('    {"%s", {%s}},' % (folder.name, ", ".join(str(counts[n]) for n in NAMES)))


main()
