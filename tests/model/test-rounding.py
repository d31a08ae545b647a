#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rounding rule, counted anew by somebody else: orders by chance, as both ends count them, against decimal."""
import argparse
import collections
import decimal
import subprocess
import sys
import traceback

decimal.getcontext().prec = 60
WHOLE = 10000  # a hundred percent


class Order:
    """A line of count-orders; all sums in kopecks."""

    def __init__(self, text):
        lines, total, included, included_total, on_top, on_top_total = text.split("|")
        self.lines = [line.split(",") for line in lines.split()]
        self.total = int(total)
        self.included = self.rates(included), int(included_total)
        self.on_top = self.rates(on_top), int(on_top_total)

    @staticmethod
    def rates(text):
        return {int(rate): int(vat) for rate, vat in (pair.split("=") for pair in text.split())}


def away(numerator, denominator):
    """Half away from zero: decimal calls it half up, and looks at the value without its sign."""
    quotient = decimal.Decimal(numerator) / decimal.Decimal(denominator)
    return int(quotient.to_integral_value(rounding=decimal.ROUND_HALF_UP))


def count_vat(order, included):
    """By rate in hundredths of a percent, each line rounded once; what is not taxed and not ordered has none."""
    vat = collections.defaultdict(int)
    for _, quantity, rate, line_sum in order.lines:
        if rate != "none" and quantity != "0":
            share = int(decimal.Decimal(rate) * 100)
            vat[share] += away(int(line_sum) * share, WHOLE + share if included else WHOLE)
    return dict(vat)


def test_number(orders):
    assert len(orders) == OPTIONS.number, len(orders)
    sizes = [len(order.lines) for order in orders]
    assert min(sizes) == 1 and max(sizes) >= 100, (min(sizes), max(sizes))


def test_chance_finds_the_hard_cases(orders):
    """Without halves of a kopeck, on both sides of an even number, the other cases would prove nothing."""
    halves = collections.Counter()
    seen = collections.Counter()
    for order in orders:
        for price, quantity, rate, line_sum in order.lines:
            whole, rest = divmod(int(price) * int(quantity), 1000)
            halves[whole % 2] += rest == 500
            seen["least"] += quantity == "1"
            seen["one kopeck"] += price == "1"
            seen["cancelled"] += quantity == "0"
            seen["millions"] += int(line_sum) > 100 * 10**6
            if rate != "none":
                share = int(decimal.Decimal(rate) * 100)
                seen["half on top"] += int(line_sum) * share % WHOLE == WHOLE // 2
                seen["half included"] += int(line_sum) * share * 2 % (2 * (WHOLE + share)) == WHOLE + share
    print(f"# {sum(len(order.lines) for order in orders)} lines, halves: {dict(halves)}, {dict(seen)}", flush=True)
    assert min(halves[0], halves[1]) * 1000 > OPTIONS.number, halves
    assert min(seen.values()) * 1000 > OPTIONS.number and len(seen) == 6, seen


def test_line_sums(orders):
    for order in orders:
        for price, quantity, _, line_sum in order.lines:
            expected = away(int(price) * int(quantity), 1000)
            assert int(line_sum) == expected, (price, quantity, line_sum, expected)


def test_totals(orders):
    for order in orders:
        expected = sum(int(line_sum) for *_, line_sum in order.lines)
        assert order.total == expected, (order.lines, order.total, expected)


def test_vat_included(orders):
    for order in orders:
        rates, to_pay = order.included
        expected = count_vat(order, included=True)
        assert rates == expected and to_pay == order.total, (order.lines, rates, expected, to_pay)


def test_vat_on_top(orders):
    for order in orders:
        rates, to_pay = order.on_top
        expected = count_vat(order, included=False)
        assert rates == expected, (order.lines, rates, expected)
        assert to_pay == order.total + sum(expected.values()), (order.lines, to_pay)


def test_same_seed(orders):
    """What failed can be looked at again."""
    assert [order.lines for order in read_orders(100)] == [order.lines for order in orders[:100]]


def read_orders(number):
    command = [OPTIONS.count_orders, str(OPTIONS.seed), str(number)]
    result = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert result.returncode == 0, result.stderr
    return [Order(line) for line in result.stdout.splitlines()]


def main():
    cases = [(name[5:], case) for name, case in globals().items() if name.startswith("test_")]
    print(f"1..{len(cases)}\n# seed {OPTIONS.seed}", flush=True)
    orders = read_orders(OPTIONS.number)
    failed = False
    for i, (name, case) in enumerate(cases, 1):
        try:
            case(orders)
            print(f"ok {i} {name}", flush=True)
        except Exception:
            failed = True
            print(f"not ok {i} {name}", flush=True)
            print("".join("# " + line + "\n" for line in traceback.format_exc().splitlines()), end="", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count-orders", required=True, metavar="PROGRAM")
    parser.add_argument("--seed", type=int, default=20261105)
    parser.add_argument("--number", type=int, default=100000)
    OPTIONS = parser.parse_args()
    sys.exit(main())
