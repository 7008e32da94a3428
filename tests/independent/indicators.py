"""Indicators computed independently, from docs/indicators.md alone: exact integers where the page says exact, doubles in its order elsewhere.

Usage: indicators.py FILE... or DIRECTORY...   (the format: docs/vectors/README.md)
Exit code 0 if every figure is met to the last bit, else 1 with the first differences.
"""
import json
import os
import sys
from collections import namedtuple
from decimal import Decimal
from math import sqrt

Bar = namedtuple("Bar", "time open high low close volume")


class Bars:
    @staticmethod
    def of(candles, length, k):
        """The bars of a timeframe, and the candle at whose close each is over. Prices in units of 10^-k."""
        start, interval = int(candles["start"]), int(candles["interval_ms"])
        bars, closed, current, first = [], [], None, None
        for i, row in enumerate(candles["rows"]):
            if row is None:
                continue
            time = start + i * interval
            begins = time // length * length
            if first is None:
                first = begins if begins == time else begins + length
            if begins < first:
                continue
            if current is not None and current.time != begins:
                bars.append(current)
                closed.append(i)
                current = None
            o, h, l, c = (int(Decimal(each) * 10 ** k) for each in row[:4])
            volume = int(row[4]) if len(row) > 4 else 0
            if current is None:
                current = Bar(begins, o, h, l, c, volume)
            else:
                current = Bar(begins, current.open, max(current.high, h), min(current.low, l), c, current.volume + volume)
            if time + interval == begins + length:
                bars.append(current)
                closed.append(i)
                current = None
        return bars, closed


class Wilder:
    def __init__(self, n, k):
        self.n, self.scale, self.seen, self.value = n, float(10 ** k), [], None

    def update(self, x):
        if self.value is None:
            self.seen.append(x)
            if len(self.seen) == self.n:
                self.value = float(sum(self.seen)) / (self.n * self.scale)
        else:
            self.value = (self.value * (self.n - 1) + x / self.scale) / self.n
        return self.value


class Rsi:
    def __init__(self, n, k):
        self.up, self.down, self.last = Wilder(n, k), Wilder(n, k), None

    def update(self, close):
        gain = loss = None
        if self.last is not None:
            gain = self.up.update(max(close - self.last, 0))
            loss = self.down.update(max(self.last - close, 0))
        self.last = close
        if gain is None:
            return None
        return 100.0 * gain / (gain + loss) if gain + loss > 0 else 50.0


class Atr:
    def __init__(self, n, k):
        self.average, self.last = Wilder(n, k), None

    def update(self, bar):
        high = bar.high if self.last is None else max(bar.high, self.last)
        low = bar.low if self.last is None else min(bar.low, self.last)
        self.last = bar.close
        return self.average.update(high - low)


def window(n, values):
    """The last n values at each place; None before there are n."""
    return [values[i - n + 1:i + 1] if i >= n - 1 else None for i in range(len(values))]


def ema(n, k, bars):
    weight, value, found = 2.0 / (n + 1), None, []
    for i, bar in enumerate(bars):
        price = bar.close / float(10 ** k)
        value = price if value is None else value + weight * (price - value)
        found.append(value if i >= n - 1 else None)
    return found


def bollinger(n, k, width, bars):
    found = []
    for part in window(n, [bar.close for bar in bars]):
        if part is None:
            found.append([None] * 3)
            continue
        scale = n * float(10 ** k)
        middle = float(sum(part)) / scale
        deviation = sqrt(float(n * sum(c * c for c in part) - sum(part) ** 2)) / scale
        found.append([middle - width * deviation, middle, middle + width * deviation])
    return found


def vwap(n, k, bars):
    found = []
    for part in window(n, bars):
        volume = sum(bar.volume for bar in part) if part else 0
        traded = sum((bar.high + bar.low + bar.close) * bar.volume for bar in part) if part else 0
        found.append(float(traded) / float(3 * volume) / float(10 ** k) if volume else None)
    return found


def column(name, n, k, width, bars):
    scale = float(10 ** k)
    closes = [bar.close for bar in bars]
    if name == "sma":
        return [None if part is None else float(sum(part)) / (n * scale) for part in window(n, closes)]
    if name == "ema":
        return ema(n, k, bars)
    if name == "rsi":
        rsi = Rsi(n, k)
        return [rsi.update(close) for close in closes]
    if name == "atr":
        atr = Atr(n, k)
        return [atr.update(bar) for bar in bars]
    if name == "vwap":
        return vwap(n, k, bars)
    if name == "highest":
        return [None if part is None else max(part) / scale for part in window(n, [bar.high for bar in bars])]
    if name == "lowest":
        return [None if part is None else min(part) / scale for part in window(n, [bar.low for bar in bars])]
    band = ["lower", "middle", "upper"].index(name)
    return [row[band] for row in bollinger(n, k, width, bars)]


def check(path, case):
    k = int(case["candles"]["price_decimals"])
    bars, closed = Bars.of(case["candles"], int(case["timeframe_ms"]), k)
    wrong = 0
    if [int(each) for each in case["closed_at"]] != closed:
        print(f"{path}: closed_at: expected {case['closed_at']}, found {closed}")
        wrong += 1
    for given in case["columns"]:
        found = column(given["name"], int(given["period"]), k, float(given.get("width", "0")), bars)
        expected = [None if each is None else float(each) for each in given["values"]]
        if found != expected:
            at = next((i for i, pair in enumerate(zip(expected, found)) if pair[0] != pair[1]), min(len(expected), len(found)))
            print(f"{path}: {given['name']} {given['period']} at bar {at}: expected {expected[at:at + 1]}, found {found[at:at + 1]}")
            wrong += 1
    return wrong, sum(len(each["values"]) for each in case["columns"])


def main(paths):
    files = []
    for path in paths:
        files += sorted(os.path.join(path, each) for each in os.listdir(path) if each.endswith(".json")) if os.path.isdir(path) else [path]
    wrong = figures = 0
    for path in files:
        with open(path, encoding="utf-8") as file:
            bad, count = check(path, json.load(file))
        wrong, figures = wrong + bad, figures + count
    print(f"{len(files)} files, {figures} figures, {wrong} columns differ")
    return 1 if wrong or not files else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
