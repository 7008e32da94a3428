"""An independent backtest of one signal bot, written from docs/backtest.md, docs/indicators.md and docs/strategies/signals.md alone.

Candles, orders, positions and money are those of kernel.py beside it; this file has the bars, the signals and the bot.

Usage: signals.py FILE... or DIRECTORY...   (the format: docs/vectors/README.md)
Exit code 0 if every file's expectations are met to the last digit, else 1 with the first differences.
"""
import sys
from fractions import Fraction
from math import ceil, floor

from indicators import Atr, Bars, Rsi
from kernel import Order, TOP, UNIT, main, number

CLOSE, ENTRY, STOP, TARGET = range(4)
NAMES = ["close", "entry", "stop-loss", "take-profit"]
UNITS_OF_TIME = {"s": 1_000, "m": 60_000, "h": 3_600_000, "d": 86_400_000}


def milliseconds(word):
    return int(word[:-1]) * UNITS_OF_TIME[word[-1]]


def opinions(signal, bars, k):
    """What the signal says at each bar."""
    values = {key: number(value) for key, value in signal.get("parameters", {}).items()}
    closes = [bar.close for bar in bars]
    said = []
    if signal["name"] == "sma-cross":
        fast, slow, last = int(values["fast"]), int(values["slow"]), 0
        for i in range(len(closes)):
            side = 0
            if i >= slow - 1:
                gap = sum(closes[i - fast + 1:i + 1]) * slow - sum(closes[i - slow + 1:i + 1]) * fast
                side = (gap > 0) - (gap < 0)
            said.append(side if side and last and side != last else 0)
            last = side or last
    elif signal["name"] == "rsi":
        rsi = Rsi(int(values.get("period", 14)), k)
        low, high = float(values.get("oversold", 30)), float(values.get("overbought", 70))
        before = None
        for close in closes:
            now = rsi.update(close)
            known = before is not None and now is not None
            said.append(1 if known and before <= low < now else -1 if known and before >= high > now else 0)
            before = now
    else:
        n = int(values.get("period", 20))
        for i, bar in enumerate(bars):
            window = bars[i - n:i] if i >= n else []
            said.append(1 if window and bar.close > max(each.high for each in window) else -1 if window and bar.close < min(each.low for each in window) else 0)
    return said


class SignalBot:
    def __init__(self, case, units, instrument, hedge):
        self.options, self.units, self.hedge = case["signal"], units, hedge
        self.received = instrument.get("fee_currency", "quote") == "received"
        self.start, self.interval = int(case["candles"]["start"]), int(case["candles"]["interval_ms"])
        self.length = milliseconds(self.options["timeframe"]) if "timeframe" in self.options else self.interval
        self.leverage = number(self.options.get("leverage", "1"))
        self.plan, self.state, self.side = {}, "flat", 0
        self.deadline = self.ready = self.until = None
        self.capital, self.pairs, self.matched = None, 0, 0
        self.held = self.cost = self.book = 0
        self.stop = self.target = 0
        bars, closed = Bars.of(case["candles"], self.length, units.p)
        self.said, self.ranges = {}, {}
        for at, said in zip(closed, opinions(self.options, bars, units.p)):
            if said:
                self.said[at] = said
        atr = Atr(int(self.options.get("atr_period", "14")), units.p)
        for at, bar in zip(closed, bars):
            self.ranges[at] = atr.update(bar)
        self.latest = None

    def name(self, slot):
        return NAMES[slot]

    def get(self, key):
        return number(self.options[key]) if key in self.options else None

    # -- asking -------------------------------------------------------------------------------------------------

    def ask(self, time, close, wallet, rules, fills, long, short, profit):
        k = (time - self.start) // self.interval - 1
        self.now, self.close, self.rules = time, close, rules
        self.positions = {1: long, -1: short}
        self.lot = self.units.lots(rules)
        self.capital = wallet if self.capital is None else self.capital
        self.equity = Fraction(self.capital + profit, UNIT)
        self.latest = self.ranges.get(k, self.latest)
        said = self.said.get(k, 0)
        if not fills and not said and (self.deadline is None or time < self.deadline):
            return
        entered = self.count(fills)
        if self.state == "entering":
            self.settle()
            entered = entered or self.state == "holding"
        if self.state in ("holding", "closing") and self.positions[self.side] < self.lot:
            self.plan, self.state, self.deadline = {}, "flat", None
            self.ready = time + int(self.options.get("cooldown_bars", "0")) * self.length
        if self.state == "holding":
            self.hold(said, fills, entered)
        elif self.state == "closing":
            self.leave()
        elif self.state == "flat" and said:
            self.enter(said)

    def count(self, fills):
        entered = False
        for slot, sign, price, quantity, base_fee in fills:
            if slot == ENTRY:
                entered = True
                self.entered += quantity
                self.paid += price * quantity
                if self.book != sign:
                    self.book, self.held, self.cost = sign, 0, 0
                self.held += quantity - base_fee
                self.cost += price * (quantity - base_fee)
                continue
            released = self.cost if quantity >= self.held else self.cost * quantity // self.held
            self.matched += -sign * (quantity * price - released)
            self.held, self.cost = max(0, self.held - quantity), self.cost - released
            self.pairs += self.held < self.lot
        return entered

    def settle(self):
        if ENTRY in self.plan and self.now < self.deadline:
            return
        self.plan.pop(ENTRY, None)
        if self.entered:
            self.state, self.deadline = "holding", self.until
            return
        self.plan, self.state, self.deadline, self.side = {}, "flat", None, -self.side
        if self.positions[self.side] >= self.lot:
            self.leave()

    def hold(self, said, fills, entered):
        against = said == -self.side and self.options.get("on_opposite", "reverse") != "ignore"
        if against or (self.until is not None and self.now >= self.until):
            self.leave()
            if against and self.options.get("on_opposite", "reverse") == "reverse":
                self.enter(said)
        elif fills or entered:
            if entered:
                priced = self.price(self.side, Fraction(self.paid, self.entered))
                if priced is not None:
                    self.stop, _, self.target = priced
            else:
                priced = True
            quantity = self.positions[self.side] // self.lot * self.lot
            beyond = self.stop and self.side * (self.close - self.stop) <= 0
            if priced is None or beyond or any(price and not self.orderable(quantity, price) for price in (self.stop, self.target)):
                self.leave()
                return
            self.bracket(quantity)
            self.close_out(-self.side)

    # -- orders -------------------------------------------------------------------------------------------------

    def set(self, slot, order):
        standing = self.plan.get(slot)
        if standing is None or standing.terms != order.terms:
            self.plan[slot] = order

    def named(self, side):
        return side if self.hedge else 0

    def enter(self, side):
        allowed = {"long": side > 0, "short": side < 0}.get(self.options.get("direction", "long"), True)
        if not allowed or (self.ready is not None and self.now < self.ready):
            return
        priced = self.price(side, Fraction(self.close), decides=True)
        if priced is None:
            return
        stop, distance, target = priced
        q = self.quantity(distance)
        arrives = q - ceil(q * self.rules.taker) if self.received and side > 0 else q
        if not self.orderable(arrives // self.lot * self.lot, self.close, stop, target):
            return
        self.side, self.stop, self.target, self.entered, self.paid = side, stop, target, 0, 0
        bars = self.get("max_bars")
        self.until = None if bars is None else self.now + int(bars) * self.length
        self.state, self.deadline = "entering", self.now + self.interval
        self.set(ENTRY, Order(side, "market", 0, q, side=self.named(side)))
        self.bracket(q)

    def leave(self):
        for slot in (ENTRY, STOP, TARGET):
            self.plan.pop(slot, None)
        self.close_out(self.side)
        self.state, self.deadline = "closing", self.now + self.interval

    def close_out(self, side):
        quantity = self.positions[side] // self.lot * self.lot
        if quantity:
            self.set(CLOSE, Order(-side, "market", 0, quantity, reduce=True, side=self.named(side)))
        else:
            self.plan.pop(CLOSE, None)

    def bracket(self, quantity):
        d = self.side
        if self.stop:
            self.set(STOP, Order(-d, "below" if d > 0 else "above", self.stop, 1, close=True, side=self.named(d), group=1))
        if self.target:
            self.set(TARGET, Order(-d, "limit", self.target, quantity, reduce=True, side=self.named(d), group=1))

    # -- numbers ------------------------------------------------------------------------------------------------

    def price(self, side, p, decides=False):
        """Stop, its distance and target in price units (0 for none); None where the bracket does not exist."""
        tick = self.units.ticks(self.rules)
        reference = max(1, floor(p / tick + Fraction(1, 2))) * tick
        if decides:
            self.range = self.latest
        if self.range is None and ("stop_loss_atr" in self.options or "take_profit_atr" in self.options):
            return None

        def ticks(percent, multiple):
            if percent is not None:
                return max(1, floor(reference * percent / (100 * tick) + Fraction(1, 2)))
            if multiple is not None:
                return max(1, floor(float(multiple) * self.range / float(self.rules.tick) + 0.5))
            return 0

        to_stop = ticks(self.get("stop_loss_percent"), self.get("stop_loss_atr"))
        to_target = ticks(self.get("take_profit_percent"), self.get("take_profit_atr"))
        if "take_profit_r" in self.options:
            to_target = max(1, floor(self.get("take_profit_r") * to_stop + Fraction(1, 2)))
        stop = reference - side * to_stop * tick if to_stop else 0
        target = reference + side * to_target * tick if to_target else 0
        for ticks_away, price in ((to_stop, stop), (to_target, target)):
            if ticks_away and not (1 <= price < TOP and ticks_away * tick <= TOP):
                return None
        return stop, to_stop * tick, target

    def quantity(self, distance):
        size, c = number(self.options["size"]), self.close * self.units.price
        sizing = self.options.get("sizing", "fixed")
        money = size if sizing == "fixed" else self.equity * size / 100 if sizing == "percent_of_equity" else self.equity
        one_lot = self.units.multiplier * self.rules.lot
        lots = floor(money * self.leverage / (c * one_lot * (1 + self.leverage * max(self.rules.taker, 0))))
        if sizing == "risk_per_trade":
            lots = min(lots, floor(self.equity * size / 100 / (distance * self.units.price * one_lot)))
        return min(max(0, lots), 10 ** 9) * self.lot

    def orderable(self, quantity, *prices):
        if quantity <= 0 or quantity * self.units.quantity < self.rules.min_quantity:
            return False
        return all(price == 0 or price * quantity * self.units.factor >= self.rules.min_notional * UNIT for price in prices)

    def shown_state(self):
        word = "long" if self.side > 0 else "short"
        return {"flat": "waiting for a signal", "entering": f"entering {word}", "holding": word, "closing": f"closing {word}"}[self.state]


def create(case, units, instrument, hedge):
    return SignalBot(case, units, instrument, hedge)


if __name__ == "__main__":
    sys.exit(main(create, sys.argv[1:]))
