"""An independent grid bot, written from docs/strategies/grid.md alone, on the independent backtest of kernel.py.

Usage: grid.py FILE... or DIRECTORY...   (the format: docs/vectors/README.md)
Exit code 0 if every file's expectations are met to the last digit, else 1 with the first differences.
"""
import sys
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from kernel import TOP, UNIT, Order, half_even, main, number


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
        self.entered, self.held, self.cost, self.waits, self.sleeps = 0, 0, 0, False, False

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

    def ask(self, _time, close, wallet, rules, fills, long, short, profit):
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
        if cell.direction == 0 and cell.sleeps:
            self.plan.pop(entry, None)
            self.plan.pop(leave, None)
            return
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
        more = 0 if i in self.covered or cell.sleeps else cell.quantity - cell.entered
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
        self.share_budget(close)
        for i in sorted(new):
            self.plan_cell(i)

    def share_budget(self, close):
        """After a move: cells in a cycle first, then by distance of the entry; from the first that is not paid for on, they sleep."""
        def entry(cell):
            return cell.high if cell.direction < 0 else cell.low

        def commitment(cell):
            return max(entry(cell) * cell.quantity, cell.cost if cell.entered > 0 else 0)

        busy = [cell for cell in self.cells.values() if cell.entered > 0]
        idle = [cell for cell in self.cells.values() if cell.entered == 0]
        for cell in busy:
            cell.sleeps = False
        tied, funded = abs(self.stock_cost) + sum(commitment(cell) for cell in busy), True
        for cell in sorted(idle, key=lambda c: (abs(entry(c) - close), c.line)):
            tied += commitment(cell)
            paid = Fraction(tied * self.units.factor, UNIT) * (1 + self.leverage * self.fee)
            funded = funded and paid <= self.investment * self.leverage
            cell.sleeps = not funded

    def name(self, slot):
        n = 2 * self.n
        return {n: "purchase", n + 1: "stop-loss", n + 2: "take-profit", n + 3: "close-long", n + 4: "close-short"}.get(slot) or self.names[slot]

    def shown_state(self):
        return {"waiting": "waiting for the start price", "running": "running"}.get(self.state) or f"stopped: {self.reason}"


def create(case, units, instrument, hedge):
    grid = Grid(case["grid"], units, instrument, hedge)
    grid.n = int(case["grid"].get("grids", 0)) or 2 * int(case["grid"].get("levels", 0))
    return grid


if __name__ == "__main__":
    sys.exit(main(create, sys.argv[1:]))
