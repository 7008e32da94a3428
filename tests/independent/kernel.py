"""An independent backtest of one bot on one instrument, written from docs/backtest.md alone; a strategy's own file gives the bot.

A bot has plan (slot to Order), leverage, matched (price units times quantity units), pairs, ask(...), name(slot) and shown_state().
"""
import json
import os
import sys
from decimal import Decimal, getcontext
from fractions import Fraction
from math import ceil, floor

getcontext().prec = 70
UNIT = 10 ** 12
TOP = 1_073_741_823


def decimals(text):
    whole = Decimal(text).normalize().as_tuple()
    return max(0, -whole.exponent)


def number(text):
    return Fraction(Decimal(text))


def half_even(fraction):
    return round(fraction)


def text(units, places):
    value = Decimal(units).scaleb(-places)
    shown = format(value, "f")
    return (shown.rstrip("0").rstrip(".") if "." in shown else shown) if units else "0"


class Rules:
    def __init__(self, given):
        self.start = int(given.get("valid_from", 0))
        self.tick, self.lot = number(given["tick_size"]), number(given["lot_size"])
        self.min_quantity, self.min_notional = number(given.get("min_quantity", "0")), number(given.get("min_notional", "0"))
        self.maker, self.taker = number(given["maker_fee"]), number(given["taker_fee"])


class Units:
    def __init__(self, instrument, k):
        self.multiplier = number(instrument.get("multiplier", "1"))
        m = decimals(instrument.get("multiplier", "1"))
        self.p = max([k] + [decimals(r["tick_size"]) for r in instrument["rules"]])
        self.q = max(decimals(r["lot_size"]) for r in instrument["rules"])
        if instrument.get("fee_currency", "quote") == "received":
            self.q = max(self.q, min(8, 12 - self.p - m))
        while self.q + self.p + m < 12 and self.multiplier * 10 ** (12 - self.p - self.q) > 4 * 10 ** 9:
            self.q += 1
        self.factor = int(self.multiplier * 10 ** (12 - self.p - self.q))
        self.price, self.quantity = Fraction(1, 10 ** self.p), Fraction(1, 10 ** self.q)

    def lots(self, rules):
        return int(rules.lot / self.quantity)

    def ticks(self, rules):
        return int(rules.tick / self.price)


class Position:
    def __init__(self):
        self.size, self.cost = 0, 0

    def copy(self):
        other = Position()
        other.size, other.cost = self.size, self.cost
        return other

    def apply(self, sign, quantity, value):
        """Books a fill (value: money of one quantity unit), returns what it realized."""
        if quantity == 0:
            return 0
        if self.size * sign >= 0:
            self.size += sign * quantity
            self.cost += value * quantity
            return 0
        held = abs(self.size)
        closed = min(quantity, held)
        released = self.cost if closed == held else half_even(Fraction(self.cost * closed, held))
        realized = -sign * (value * closed - released)
        self.cost -= released
        self.size += sign * closed
        if quantity > closed:
            self.size, self.cost = sign * (quantity - closed), value * (quantity - closed)
        return realized

    def unrealized(self, value):
        return value * self.size - (self.cost if self.size > 0 else -self.cost)


class Order:
    def __init__(self, sign, kind, price=0, quantity=0, post=False, reduce=False, close=False, side=0, group=0):
        self.terms = (sign, kind, price, quantity, post, reduce, close, side, group)
        self.sign, self.kind, self.price, self.quantity = sign, kind, price, quantity
        self.post, self.reduce, self.close, self.side, self.group = post, reduce, close, side, group
        self.state = "new"


class Run:
    def __init__(self, case, create):
        self.case = case
        instrument, candles, account = case["instrument"], case["candles"], case["account"]
        self.units = Units(instrument, int(candles["price_decimals"]))
        self.rules = [Rules(r) for r in instrument["rules"]]
        self.perp = instrument["market"] == "perp"
        self.received = instrument.get("fee_currency", "quote") == "received"
        self.tiers = instrument.get("tiers", [])
        self.hedge, self.optimistic = account.get("hedge_mode") == "true", account.get("optimistic") == "true"
        self.slip = number(account.get("slippage_percent", "0")) / 100
        self.start_time, self.step = int(candles["start"]), int(candles["interval_ms"])
        self.bot = create(case, self.units, instrument, self.hedge)
        self.leverage = self.bot.leverage
        self.first, self.second = Position(), Position()
        self.start = self.wallet = int(number(account["balance"]) * UNIT)
        self.earned, self.entries, self.fills, self.refusals = 0, [], [], 0
        self.liquidated, self.tried = None, set()

    def in_force(self, time):
        found = self.rules[0]
        for rules in self.rules:
            if rules.start <= time:
                found = rules
        return found

    def positions(self):
        return (self.first, self.second)

    def equity(self, price):
        return self.wallet + sum(p.unrealized(price * self.units.factor) for p in self.positions())

    def run(self):
        scale = 10 ** self.units.p
        last = None
        for k, row in enumerate(self.case["candles"]["rows"]):
            time = self.start_time + k * self.step
            self.now = self.in_force(time)
            if row is None:
                self.open = last
            else:
                self.open, self.high, self.low, self.close = (int(number(each) * scale) for each in row)
            if k > 0:
                self.fund(k, time)
                if row is not None:
                    self.candle(k)
            if self.liquidated is not None:
                break
            if row is not None:
                last = self.close
                self.at_close(k, time + self.step)
        rows = [row for row in self.case["candles"]["rows"] if row is not None]
        self.last = int(number(rows[-1][3]) * scale)
        return self

    def fund(self, k, time):
        if not self.perp:
            return
        for at, rate, mark in self.case.get("funding", []):
            if time <= at < time + self.step:
                price = self.open if mark is None else floor(number(mark) / self.units.price + Fraction(1, 2))
                for index, position in enumerate(self.positions()):
                    size = abs(position.size)
                    paid = half_even(size * price * self.units.factor * number(rate))
                    paid = -paid if position.size > 0 else paid
                    if size and paid:
                        self.wallet += paid
                        self.earned += paid
                        side = "buy" if position.size > 0 else "sell"
                        self.log(k, "funding", "", side, price, size, 0, 0, 0, paid)

    def log(self, k, kind, slot, side, price, quantity, base_fee, fee, realized, funding):
        u = self.units
        self.entries.append([str(k), kind, slot, side, text(price, u.p), text(quantity, u.q), text(base_fee, u.q), text(fee, 12), text(realized, 12), text(funding, 12)])

    def slipped(self, price, sign):
        tick = self.units.ticks(self.now)
        exact = price * (1 + sign * self.slip) / tick
        return max(1, ceil(exact) if sign > 0 else floor(exact)) * tick

    def candle(self, k):
        self.tried = set()
        plan = self.bot.plan
        for slot in sorted(s for s, o in plan.items() if o.state == "open"):
            order = plan.get(slot)
            if order is None:
                continue
            price = self.slipped(self.open, order.sign)
            if order.kind == "market":
                self.fill(k, slot, order, price, "market")
            elif order.sign * (order.price - self.open) > 0:
                self.fill(k, slot, order, min(price, order.price) if order.sign > 0 else max(price, order.price), "taker")
            else:
                order.state = "resting"
        net = self.first.size + self.second.size
        adverse = (1 if net > 0 else -1) if net else (1 if self.open - self.low <= self.high - self.open else -1)
        for side in ((-adverse, adverse) if self.optimistic else (adverse, -adverse)):
            self.sweep(k, side)
            if side == adverse and not self.optimistic and self.liquidate(k, adverse):
                return
        if self.optimistic:
            self.liquidate(k, adverse)

    def sweep(self, k, side):
        plan = self.bot.plan
        extreme = self.low if side > 0 else self.high
        resting = [(s, o) for s, o in plan.items() if o.kind == "limit" and o.state == "resting" and o.sign == side]
        for slot, order in sorted(resting, key=lambda each: (-side * each[1].price, each[0])):
            if side * (order.price - extreme) > 0 and plan.get(slot) is order:
                self.fill(k, slot, order, order.price, "limit")
        kind = "below" if side > 0 else "above"
        triggers = [(s, o) for s, o in plan.items() if o.kind == kind]
        for slot, order in sorted(triggers, key=lambda each: (-side * each[1].price, each[0])):
            if side * (order.price - extreme) >= 0 and plan.get(slot) is order:
                reached = self.open if side * (order.price - self.open) >= 0 else order.price
                self.fill(k, slot, order, self.slipped(reached, order.sign), "trigger")

    def fill(self, k, slot, order, price, kind):
        position = self.second if order.side < 0 else self.first
        closable = max(0, -order.sign * position.size)
        quantity = order.quantity
        if order.close or order.reduce or (order.side != 0 and order.sign != order.side):
            if order.close or quantity > closable:
                lot = self.units.lots(self.now)
                quantity = closable // lot * lot
        if quantity <= 0:
            return
        if not self.book(k, slot, order.sign, position, price, quantity, kind, closable):
            self.refusals += 1
            return
        plan = self.bot.plan
        del plan[slot]
        if order.group:
            for other in [s for s, o in plan.items() if o.group == order.group]:
                del plan[other]

    def book(self, k, slot, sign, position, price, quantity, kind, closable):
        value = price * self.units.factor
        rate = self.now.maker if kind == "limit" else self.now.taker
        base_fee = 0
        if self.received and sign > 0 and position.size >= 0:
            base_fee = ceil(quantity * rate)
            fee = -value * base_fee
        else:
            fee = -half_even(value * quantity * rate)
        if kind != "liquidation" and (quantity > closable or not self.perp):
            if not self.carries(sign, position, quantity, value, fee):
                return False
        realized = position.apply(sign, quantity - base_fee, value)
        self.wallet += realized + fee
        self.earned += realized + fee
        name = "" if kind == "liquidation" else self.bot.name(slot)
        self.log(k, kind, name, "buy" if sign > 0 else "sell", price, quantity, base_fee, fee, realized, 0)
        if kind != "liquidation":
            self.fills.append((slot, sign, price, quantity, base_fee))
        return True

    def carries(self, sign, position, quantity, value, fee):
        if not self.perp:
            if sign < 0:
                return quantity <= position.size
            return self.wallet - self.first.cost >= value * quantity - (0 if self.received else fee)
        after = [p.copy() for p in self.positions()]
        realized = after[0 if position is self.first else 1].apply(sign, quantity, value)
        notionals = [abs(p.size) * value for p in after]
        allowing = [t for t in self.tiers if number(t["max_leverage"]) >= self.leverage]
        if self.tiers and not (allowing and allowing[-1] is self.tiers[-1]):
            cap = number(allowing[-1]["notional_cap"]) * UNIT if allowing else 0
            if sum(notionals) > cap:
                return False
        equity = self.wallet + realized + fee + sum(p.unrealized(value) for p in after)
        return equity >= sum(ceil(each / self.leverage) for each in notionals)

    def maintenance(self, notional):
        for tier in self.tiers:
            if notional <= number(tier["notional_cap"]) * UNIT or tier is self.tiers[-1]:
                return max(0, ceil(notional * number(tier["maintenance_rate"]) - number(tier.get("deduction", "0")) * UNIT))
        return 0

    def liquidate(self, k, adverse):
        if not self.perp or not (self.first.size or self.second.size):
            return False
        mark = self.low if adverse > 0 else self.high
        value = mark * self.units.factor
        if self.equity(mark) >= sum(self.maintenance(abs(p.size) * value) for p in self.positions()):
            return False
        for position in self.positions():
            if position.size:
                self.book(k, -1, -1 if position.size > 0 else 1, position, mark, abs(position.size), "liquidation", 0)
        self.bot.plan = {}
        self.liquidated = k
        return True

    def at_close(self, k, time):
        for order in self.bot.plan.values():
            if order.state == "waiting" and order.sign * (order.price - self.close) <= 0:
                order.state = "resting"
        value = self.close * self.units.factor
        profit = self.earned + sum(p.unrealized(value) for p in self.positions())
        net = self.first.size
        long, short = max(net, 0), max(-net, 0) + abs(self.second.size)
        self.bot.ask(time, self.close, self.wallet, self.in_force(time), self.fills, long, short, profit)
        self.fills = []
        for order in self.bot.plan.values():
            if order.state == "new":
                beyond = order.kind == "limit" and order.sign * (order.price - self.close) > 0
                order.state = ("open" if order.kind == "market" else "resting" if not beyond else "waiting" if order.post else "open")

    def result(self):
        bot = self.bot
        return {
            "entries": self.entries, "wallet": text(self.wallet, 12), "equity": text(self.equity(self.last), 12),
            "matched": text(bot.matched * self.units.factor, 12), "pairs": str(bot.pairs), "state": bot.shown_state(), "refusals": str(self.refusals),
            "liquidated_at": None if self.liquidated is None else str(self.liquidated),
            "positions": [[text(p.size, self.units.q), text(p.cost, 12)] for p in self.positions() if p.size],
        }


def main(create, paths):
    files = []
    for path in paths:
        files += sorted(os.path.join(path, each) for each in os.listdir(path) if each.endswith(".json")) if os.path.isdir(path) else [path]
    wrong = entries = 0
    for path in files:
        with open(path, encoding="utf-8") as file:
            case = json.load(file)
        found, expected = Run(case, create).run().result(), case["expected"]
        entries += len(found["entries"])
        if found == expected:
            continue
        wrong += 1
        for key in expected:
            if found[key] != expected[key]:
                pair = (expected[key], found[key])
                if key == "entries":
                    first = next((i for i, (a, b) in enumerate(zip(*pair)) if a != b), min(map(len, pair)))
                    key, pair = f"entries[{first}]", tuple(each[first:first + 1] for each in pair)
                print(f"{path}: {key}: expected {pair[0]}, found {pair[1]}")
    print(f"{len(files)} cases, {entries} entries, {wrong} differ")
    return 1 if wrong or not files else 0
