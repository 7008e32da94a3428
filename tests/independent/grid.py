"""An independent backtest of one grid bot, written from docs/backtest.md and docs/strategies/grid.md alone.

Usage: grid.py FILE... or DIRECTORY...   (the format: docs/vectors/README.md)
Exit code 0 if every file's expectations are met to the last digit, else 1 with the first differences.
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


class Lines:
    def __init__(self, grid, units, rules, start):
        self.tick = rules.tick
        self.unit = units.ticks(rules)
        self.geometric = grid.get("spacing", "arithmetic") == "geometric"
        self.known = {}
        if "grids" in grid:
            self.n, self.origin = int(grid["grids"]), 0
            self.base, self.span = number(grid["lower"]), number(grid["upper"])
            self.bounded = True
        else:
            self.n, self.origin = 2 * int(grid["levels"]), int(grid["levels"])
            self.base, self.span = start, number(grid["spacing_percent"]) / 100
            self.bounded = False

    def place(self, j):
        m = j - self.origin
        if not self.geometric:
            return self.base + ((self.span - self.base) * m / self.n if self.bounded else self.base * self.span * m)
        base = Decimal(self.base.numerator) / Decimal(self.base.denominator)
        if not self.bounded:
            ratio = Decimal(1) + Decimal(self.span.numerator) / Decimal(self.span.denominator)
            return Fraction(base * ratio ** m)
        ratio = Decimal((self.span / self.base).numerator) / Decimal((self.span / self.base).denominator)
        return Fraction(base * (ratio.ln() * m / self.n).exp())

    def at(self, j):
        """The line in price units, or None where it does not exist."""
        if j not in self.known:
            self.known[j] = self.find(j)
        return self.known[j]

    def find(self, j):
        if j != self.origin and self.at(j - 1 if j > self.origin else j + 1) is None:
            return None
        exact = Fraction(half_even(self.place(j) * 10 ** 15), 10 ** 15)
        if j != self.origin and exact < self.tick:
            return None
        price = floor(exact / self.tick + Fraction(1, 2)) * self.unit
        return price if 0 < price < TOP else None


class Cell:
    def __init__(self, line, low, high, direction, quantity):
        self.line, self.low, self.high, self.direction, self.quantity = line, low, high, direction, quantity
        self.entered, self.held, self.cost, self.waits = 0, 0, 0, False

    def beyond(self, price):
        return self.low > price if self.direction > 0 else self.direction < 0 and self.high <= price

    def exit_price(self):
        return self.high if self.direction > 0 else self.low


class Grid:
    def __init__(self, grid, units, instrument, hedge):
        self.grid, self.units, self.instrument, self.hedge = grid, units, instrument, hedge
        self.perp = instrument["market"] == "perp"
        self.received = instrument.get("fee_currency", "quote") == "received"
        self.direction = {"long": 1, "short": -1, "neutral": 0}[grid.get("direction", "long")]
        self.post = grid.get("post_only", "true") == "true"
        self.leverage = number(grid.get("leverage", "1"))
        self.sell = grid.get("on_stop", "sell") == "sell"
        self.state, self.first, self.pairs, self.matched = "waiting", None, 0, 0
        self.plan, self.names, self.revision, self.bottom = {}, {}, 0, 0
        self.stock, self.stock_cost, self.pending = 0, 0, False

    # -- asking -------------------------------------------------------------------------------------------------

    def ask(self, close, wallet, rules, fills, long, short, profit):
        if self.state == "waiting" and not self.start(close, wallet, rules):
            return
        for slot, sign, price, quantity, base_fee in fills:
            if slot > 2 * self.n:
                self.stop({1: "stop loss", 2: "take profit"}.get(slot - 2 * self.n, ""))
            elif slot == 2 * self.n:
                self.share_out(price, quantity, quantity - base_fee)
            else:
                self.take(slot // 2, sign, price, quantity, quantity - base_fee)
        if self.state == "running":
            for key, outcome, reason in (("stop_loss", -1, "stop loss"), ("take_profit", 1, "take profit")):
                if self.state == "running" and self.reached(key, outcome, close, profit):
                    self.stop(reason)
        if self.state != "running":
            self.plan = {slot: order for slot, order in self.plan.items() if slot > 2 * self.n + 2}
            lot = self.lot
            for slot, sign, size in ((2 * self.n + 3, 1, long), (2 * self.n + 4, -1, short)):
                if self.sell and size >= lot:
                    self.set(slot, Order(-sign, "market", 0, size // lot * lot, reduce=True, side=sign if self.hedge else 0))
                else:
                    self.plan.pop(slot, None)
            return
        if not self.pending:
            self.move(close)
        for key, outcome, slot in (("stop_loss", -1, 2 * self.n + 1), ("take_profit", 1, 2 * self.n + 2)):
            price = self.level(key, outcome)
            if price is not None and self.sell:
                side = -1 if self.direction < 0 else 1
                kind = "above" if outcome * side > 0 else "below"
                self.set(slot, Order(-side, kind, price, 1, close=True, side=side if self.hedge else 0))

    def stop(self, reason):
        if self.state == "running":
            self.state, self.reason, self.plan = "stopped", reason, {}

    def level(self, key, outcome):
        given = self.grid.get(key)
        if given is None or given.endswith("%"):
            return None
        exact = number(given) / self.units.price
        return ceil(exact) if outcome * (-1 if self.direction < 0 else 1) > 0 else floor(exact)

    def reached(self, key, outcome, close, profit):
        given = self.grid.get(key)
        if given is None:
            return False
        if given.endswith("%"):
            return outcome * profit >= half_even(self.investment * number(given[:-1]) / 100 * UNIT)
        price = self.level(key, outcome)
        return close >= price if outcome * (-1 if self.direction < 0 else 1) > 0 else close <= price

    def set(self, slot, order):
        standing = self.plan.get(slot)
        if standing is None or standing.terms != order.terms:
            self.plan[slot] = order

    # -- start --------------------------------------------------------------------------------------------------

    def start(self, close, wallet, rules):
        price = close * self.units.price
        if self.first is None:
            self.first = price
        if "start_price" in self.grid:
            trigger = number(self.grid["start_price"])
            if not (price <= trigger if self.first > trigger else price >= trigger):
                return False
        self.rules, self.lot = rules, self.units.lots(rules)
        self.min_quantity = ceil(rules.min_quantity / rules.lot) * self.lot
        self.fee = max(rules.maker, rules.taker, 0)
        self.lines = Lines(self.grid, self.units, rules, price)
        self.n = self.lines.n
        self.investment = number(self.grid["investment"])
        if self.grid.get("sizing") == "percent_of_balance":
            self.investment = Fraction(wallet, UNIT) * self.investment / 100
        buys = self.direction != 0 and self.grid.get("initial_purchase", "true") == "true"
        total = 0
        for i in range(self.n):
            line = self.entry_line(i)
            total += close if self.direction < 0 and buys and line <= close else line
        self.equal = self.largest(total * self.units.price)
        self.cells = {}
        for i in range(self.n):
            self.join(i, close)
        covered = [i for i in range(self.n) if self.cells[i].beyond(close)]
        self.covered = set()
        if buys and covered:
            self.covered, self.pending = set(covered), True
            self.total = sum(self.cells[i].quantity for i in covered)
            self.set(2 * self.n, Order(self.direction, "market", 0, self.total, side=self.direction if self.hedge else 0))
        for i in range(self.n):
            self.cells[i].waits = not self.pending and self.cells[i].beyond(close)
            self.plan_cell(i)
        self.state = "running"
        return True

    def entry_line(self, i):
        return self.lines.at(i + 1 if self.direction < 0 else i)

    def largest(self, cost_of_one):
        one_lot = cost_of_one * self.units.multiplier * self.rules.lot * (1 + self.leverage * self.fee)
        return floor(self.investment * self.leverage / one_lot) * self.lot

    def quantity(self, i):
        if self.grid.get("sizing") == "equal_quote":
            return self.largest(self.entry_line(i) * self.units.price * self.n)
        return self.equal

    def join(self, i, close):
        low, high = self.lines.at(i), self.lines.at(i + 1)
        direction = self.direction or (-1 if low > close else 1 if high <= close else 0)
        self.cells[i] = Cell(i, low, high, direction, self.quantity(i))
        for slot, name in ((2 * (i % self.n), "entry"), (2 * (i % self.n) + 1, "exit")):
            self.names[slot] = f"r{self.revision}-c{i}-{name}"

    def share_out(self, price, quantity, arrived):
        nearest = min(self.covered) if self.direction > 0 else max(self.covered)
        cost = price * arrived
        rest, rest_cost = arrived, cost
        for i in sorted(self.covered - {nearest}) + [nearest]:
            cell = self.cells[i]
            if i == nearest:
                part, part_cost = rest, rest_cost
            else:
                part = arrived * cell.quantity // self.total
                part_cost = cost * part // arrived
                rest, rest_cost = rest - part, rest_cost - part_cost
            cell.entered, cell.held, cell.cost = cell.quantity, cell.held + part, cell.cost + part_cost
        self.pending, self.covered = False, set()
        for i in sorted(self.cells):
            self.plan_cell(i)

    # -- cells --------------------------------------------------------------------------------------------------

    def orderable(self, quantity, price):
        return quantity > 0 and quantity >= self.min_quantity and price * quantity * self.units.factor >= self.rules.min_notional * UNIT

    def take(self, ring, sign, price, quantity, net):
        i = next(line for line in self.cells if line % self.n == ring)
        cell = self.cells[i]
        if cell.direction == 0:
            cell.direction = sign
        if sign == cell.direction:
            cell.entered, cell.held, cell.cost, cell.waits = cell.entered + quantity, cell.held + net, cell.cost + price * net, False
        else:
            released = cell.cost if quantity >= cell.held else cell.cost * quantity // cell.held
            self.matched += cell.direction * (price * quantity - released)
            cell.held, cell.cost = cell.held - quantity, cell.cost - released
        self.plan_cell(i)

    def plan_cell(self, i):
        cell, entry, leave = self.cells[i], 2 * (i % self.n), 2 * (i % self.n) + 1
        post = self.post or cell.waits
        if cell.direction == 0:
            for slot, sign, price in ((entry, 1, cell.low), (leave, -1, cell.high)):
                self.set(slot, Order(sign, "limit", price, cell.quantity, post, side=sign if self.hedge else 0, group=i % self.n + 1))
            return
        side = cell.direction if self.hedge else 0
        quantity = cell.held // self.lot * self.lot
        wanted = self.orderable(quantity, cell.exit_price())
        if cell.entered >= cell.quantity and not wanted:
            self.pairs += 1
            cell.entered = 0
        more = 0 if i in self.covered else cell.quantity - cell.entered
        if more > 0:
            self.set(entry, Order(cell.direction, "limit", cell.low if cell.direction > 0 else cell.high, more, post, side=side))
        else:
            self.plan.pop(entry, None)
        if wanted:
            reduce = self.perp and self.direction != 0
            self.set(leave, Order(-cell.direction, "limit", cell.exit_price(), quantity, self.post, reduce, side=side))
        else:
            self.plan.pop(leave, None)

    # -- moving -------------------------------------------------------------------------------------------------

    def allowed(self, bottom, up):
        added = bottom + self.n - 1 if up else bottom
        low, high = self.lines.at(added), self.lines.at(added + 1)
        if low is None or high is None or low >= high:
            return False
        if up and "trailing_up_limit" in self.grid and high * self.units.price > number(self.grid["trailing_up_limit"]):
            return False
        if not up and "trailing_down_limit" in self.grid and low * self.units.price < number(self.grid["trailing_down_limit"]):
            return False
        quantity = self.quantity(added)
        if self.received:
            quantity -= ceil(quantity * self.fee)
        return self.orderable(quantity // self.lot * self.lot, low)

    def target(self, close):
        b, n, line = self.bottom, self.n, self.lines.at
        if "rebalance_threshold" in self.grid:
            t = number(self.grid["rebalance_threshold"]) / 100
            middle = Fraction(line(b) + line(b + n), 2)
            if close >= ceil(middle * (1 + t)) or close <= floor(middle * (1 - t)):
                k = b + n // 2
                while line(k + 1) is not None and line(k + 1) <= close:
                    k += 1
                while line(k - 1) is not None and line(k) > close:
                    k -= 1
                step = 1 if k - n // 2 > b else -1
                while b != k - n // 2 and self.allowed(b + step, step > 0):
                    b += step
                return b
        if self.grid.get("trailing_up") == "true" and self.allowed(b + 1, True) and close >= line(b + n + 1):
            while self.allowed(b + 1, True) and close >= line(b + n + 1):
                b += 1
        elif self.grid.get("trailing_down") == "true" and self.allowed(b - 1, False) and close <= line(b - 1):
            while self.allowed(b - 1, False) and close <= line(b - 1):
                b -= 1
        return b

    def move(self, close):
        target = self.target(close)
        if target == self.bottom:
            return
        self.revision += 1
        old, new = set(self.cells), set(range(target, target + self.n))
        self.bottom = target
        for i in sorted(old - new):
            cell = self.cells.pop(i)
            self.stock += cell.direction * cell.held
            self.stock_cost += cell.direction * cell.cost
        for i in sorted(new - old):
            self.join(i, close)
        if self.direction != 0:
            for i in sorted(new, reverse=self.direction > 0):
                cell = self.cells[i]
                stock = self.stock * self.direction
                share = min(cell.quantity, stock) // self.lot * self.lot
                added_beyond = i > max(old) if self.direction > 0 else i < min(old)
                if not added_beyond and cell.beyond(close) and cell.held < self.lot and self.orderable(share, cell.exit_price()):
                    cost = self.stock_cost * self.direction
                    part = cost if share == stock else cost * share // stock
                    self.stock -= self.direction * share
                    self.stock_cost -= self.direction * part
                    cell.held, cell.cost, cell.entered = cell.held + share, cell.cost + part, cell.quantity
        for i in sorted(new):
            cell = self.cells[i]
            if i not in old and cell.held == 0 and cell.beyond(close):
                cell.waits = True
            self.plan_cell(i)

    def name(self, slot):
        n = 2 * self.n
        return {n: "purchase", n + 1: "stop-loss", n + 2: "take-profit", n + 3: "close-long", n + 4: "close-short"}.get(slot) or self.names[slot]


class Run:
    def __init__(self, case):
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
        self.grid = Grid(case["grid"], self.units, instrument, self.hedge)
        self.grid.n = int(case["grid"].get("grids", 0)) or 2 * int(case["grid"].get("levels", 0))
        self.leverage = self.grid.leverage
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
        plan = self.grid.plan
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
        plan = self.grid.plan
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
        plan = self.grid.plan
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
        name = "" if kind == "liquidation" else self.grid.name(slot)
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
        self.grid.plan = {}
        self.liquidated = k
        return True

    def at_close(self, k, time):
        for order in self.grid.plan.values():
            if order.state == "waiting" and order.sign * (order.price - self.close) <= 0:
                order.state = "resting"
        value = self.close * self.units.factor
        profit = self.earned + sum(p.unrealized(value) for p in self.positions())
        net = self.first.size
        long, short = max(net, 0), max(-net, 0) + abs(self.second.size)
        self.grid.ask(self.close, self.wallet, self.in_force(time), self.fills, long, short, profit)
        self.fills = []
        for order in self.grid.plan.values():
            if order.state == "new":
                beyond = order.kind == "limit" and order.sign * (order.price - self.close) > 0
                order.state = ("open" if order.kind == "market" else "resting" if not beyond else "waiting" if order.post else "open")

    def result(self):
        grid = self.grid
        state = {"waiting": "waiting for the start price", "running": "running"}.get(grid.state) or f"stopped: {grid.reason}"
        return {
            "entries": self.entries, "wallet": text(self.wallet, 12), "equity": text(self.equity(self.last), 12),
            "matched": text(grid.matched * self.units.factor, 12), "pairs": str(grid.pairs), "state": state, "refusals": str(self.refusals),
            "liquidated_at": None if self.liquidated is None else str(self.liquidated),
            "positions": [[text(p.size, self.units.q), text(p.cost, 12)] for p in self.positions() if p.size],
        }


def main(paths):
    files = []
    for path in paths:
        files += sorted(os.path.join(path, each) for each in os.listdir(path) if each.endswith(".json")) if os.path.isdir(path) else [path]
    wrong = entries = 0
    for path in files:
        with open(path, encoding="utf-8") as file:
            case = json.load(file)
        found, expected = Run(case).run().result(), case["expected"]
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


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
