"""An independent DCA bot, written from docs/strategies/dca.md alone, on the independent backtest of kernel.py.

Usage: dca.py FILE... or DIRECTORY...   (the format: docs/vectors/README.md)
Exit code 0 if every file's expectations are met to the last digit, else 1 with the first differences.
"""
import sys
from fractions import Fraction
from math import ceil, floor

from kernel import TOP, UNIT, Order, half_even, main, number


def share(fraction):
    """A rate with twelve decimals."""
    return Fraction(half_even(fraction * 10 ** 12), 10 ** 12)


class Dca:
    def __init__(self, dca, units, instrument, hedge):
        self.dca, self.units = dca, units
        self.perp = instrument["market"] == "perp"
        self.received = instrument.get("fee_currency", "quote") == "received"
        self.d = -1 if dca.get("direction", "long") == "short" else 1
        self.side = self.d if hedge else 0
        self.post = dca.get("post_only", "false") == "true"
        self.leverage = number(dca.get("leverage", "1"))
        self.market_base = dca.get("base_order", "market") == "market"
        self.n = int(dca["max_safety_orders"])
        self.most = int(dca.get("max_active_safety_orders", self.n))
        self.base, self.profit_slot, self.stop_slot, self.close_slot = self.n, self.n + 1, self.n + 2, self.n + 3
        self.plan = {}
        self.state, self.reason, self.first = "waiting", "", None
        self.pairs = self.matched = 0
        self.held, self.cost, self.fees = 0, 0, 0
        self.free_from = None

    def percent(self, key):
        return share(number(self.dca[key]) / 100)

    # -- prices -------------------------------------------------------------------------------------------------

    def away(self, price, step):
        """Rounded down to a multiple of step for long, up for short; None where there is no such price."""
        whole = (floor(price / step) if self.d > 0 else ceil(price / step)) * step
        return whole if 0 < whole < TOP else None

    def safety_offset(self, n):
        dev, scale = number(self.dca["deviation_percent"]) / 100, number(self.dca.get("step_scale", "1"))
        if self.dca.get("deviation_mode", "cumulative") == "cumulative":
            exact = dev * sum(scale ** i for i in range(n + 1))
        else:
            exact = dev * scale ** n
        return Fraction(half_even(exact * 10 ** 15), 10 ** 15)

    def safety_price(self, n):
        return self.away(self.base_price * (1 - self.d * self.safety_offset(n)), self.tick)

    def quantity(self, size, price):
        """Whole lots for a size in units of 10^-12."""
        return floor(Fraction(size, price * self.units.factor * self.lot)) * self.lot

    def safety_quantity(self, n, price):
        factor = share(number(self.dca.get("volume_scale", "1")) ** n)
        return self.quantity(floor(self.safety_size * factor), price)

    def orderable(self, quantity, price):
        return quantity > 0 and quantity >= self.min_quantity and quantity * price * self.units.factor >= self.rules.min_notional * UNIT

    def take_profit_price(self):
        if self.held <= 0:
            return None
        t, f, fees = self.percent("take_profit_percent"), Fraction(0), Fraction(0)
        if self.dca.get("include_fees", "true") == "true":
            f = share(self.rules.taker if "trailing_percent" in self.dca else self.rules.maker)
            fees = Fraction(self.fees, 10 ** 12)
        exact = (self.cost * (1 + self.d * t) + self.d * fees) / (self.held * (1 - self.d * f)) / self.tick
        price = (ceil(exact) if self.d > 0 else floor(exact)) * self.tick
        return price if 0 < price < TOP else None

    def fixed_stop(self):
        given = self.dca.get("stop_loss")
        if given is None or given.endswith("%"):
            return None
        exact = number(given) / self.units.price
        return floor(exact) if self.d > 0 else ceil(exact)

    def stop_price(self):
        given = self.dca.get("stop_loss")
        if given is None or not given.endswith("%"):
            return self.fixed_stop()
        s = share(number(given[:-1]) / 100)
        if self.dca.get("stop_loss_from", "base") == "base":
            return self.away(self.base_price * (1 - self.d * s), self.tick)
        if self.held <= 0:
            return None
        return self.away(self.cost * (1 - self.d * s) / self.held, self.tick)

    def at_or_beyond(self, price, level):
        """On the losing side of a level."""
        return level is not None and self.d * (price - level) <= 0

    # -- asking -------------------------------------------------------------------------------------------------

    def ask(self, time, close, wallet, rules, fills, _long, _short, _profit):
        if self.state == "waiting":
            if not self.starts(close):
                return
            self.state = "idle"
        exited = False
        for slot, sign, price, quantity, base_fee in fills:
            exited |= self.take(slot, sign, price, quantity, base_fee)
        if self.state == "running":
            profit, stop = self.take_profit_price(), self.stop_price()
            if exited and not self.orderable(self.held // self.lot * self.lot, profit if profit is not None else self.base_price):
                self.end(time)
            elif self.at_or_beyond(close, stop):
                self.state, self.stopped = "closing", True
            elif self.trail(close, profit):
                self.state = "closing"
            else:
                self.place(profit, stop)
        if self.state == "closing":
            self.close_at_market(time)
        if self.state == "idle":
            self.try_start(time, close, wallet, rules)
        elif self.state == "opening" and self.deadline is not None and time >= self.deadline:
            self.place_base(time, close)

    def starts(self, close):
        price = close * self.units.price
        if self.first is None:
            self.first = price
        if "start_price" not in self.dca:
            return True
        trigger = number(self.dca["start_price"])
        return price <= trigger if self.first > trigger else price >= trigger

    def take(self, slot, sign, price, quantity, base_fee):
        if slot > self.base:
            released = self.cost if quantity >= self.held else self.cost * quantity // self.held
            self.matched += self.d * (price * quantity - released)
            self.fees = 0 if quantity >= self.held else self.fees // self.held * (self.held - quantity)
            self.held, self.cost = self.held - quantity, self.cost - released
            if slot == self.stop_slot:
                self.state, self.stopped = "closing", True
            return True
        rate = self.rules.taker if slot == self.base and self.market_base else self.rules.maker
        self.held += quantity - base_fee
        self.cost += price * (quantity - base_fee)
        self.fees += int(10 ** 12 * (price * base_fee if self.received and sign > 0 else price * quantity * share(rate)))
        if slot == self.base:
            self.state, self.base_price = "running", price
            self.next, self.best = 0, None
        return False

    def trail(self, close, profit):
        if "trailing_percent" not in self.dca:
            return False
        if self.best is None:
            if profit is None or self.d * (close - profit) < 0:
                return False
            self.best = close
        self.best = max(self.best, close) if self.d > 0 else min(self.best, close)
        level = self.best * (1 - self.d * self.percent("trailing_percent"))
        return close <= floor(level) if self.d > 0 else close >= ceil(level)

    # -- orders -------------------------------------------------------------------------------------------------

    def set(self, slot, order):
        standing = self.plan.get(slot)
        if standing is None or standing.terms != order.terms:
            self.plan[slot] = order

    def place(self, profit, stop):
        while self.next < self.n and sum(1 for slot in self.plan if slot < self.n) < self.most:
            price = self.safety_price(self.next)
            if price is None or self.at_or_beyond(price, stop):
                break
            quantity = self.safety_quantity(self.next, price)
            if self.orderable(quantity, price):
                self.set(self.next, Order(self.d, "limit", price, quantity, self.post, side=self.side))
            self.next += 1
        quantity = self.held // self.lot * self.lot
        if profit is not None and "trailing_percent" not in self.dca and self.orderable(quantity, profit):
            self.set(self.profit_slot, Order(-self.d, "limit", profit, quantity, self.post, self.perp, side=self.side, group=1))
        else:
            self.plan.pop(self.profit_slot, None)
        if stop is not None:
            self.set(self.stop_slot, Order(-self.d, "below" if self.d > 0 else "above", stop, 1, close=True, side=self.side, group=1))
        else:
            self.plan.pop(self.stop_slot, None)

    def close_at_market(self, time):
        quantity = self.held // self.lot * self.lot
        if quantity <= 0:
            self.end(time)
            return
        self.plan = {slot: order for slot, order in self.plan.items() if slot == self.close_slot}
        self.set(self.close_slot, Order(-self.d, "market", 0, quantity, reduce=True, side=self.side))

    def end(self, time):
        self.plan, self.state = {}, "idle"
        self.pairs += 1
        self.free_from = time + 1000 * int(self.dca.get("cooldown_seconds", "0"))
        if self.stopped and self.dca.get("after_stop_loss", "continue") == "stop":
            self.state, self.reason = "ended", "stop loss"
        elif "max_deals" in self.dca and self.pairs >= int(self.dca["max_deals"]):
            self.state, self.reason = "ended", "max deals"

    # -- start --------------------------------------------------------------------------------------------------

    def try_start(self, time, close, wallet, rules):
        if self.free_from is not None and time < self.free_from or self.at_or_beyond(close, self.fixed_stop()):
            return
        self.rules, self.stopped = rules, False
        self.lot, self.tick = self.units.lots(rules), self.units.ticks(rules)
        self.min_quantity = ceil(rules.min_quantity / rules.lot) * self.lot
        sizes = []
        for key in ("base_order_size", "safety_order_size"):
            given = number(self.dca.get(key, "0"))
            percent = self.dca.get("sizing", "fixed") == "percent_of_balance"
            sizes.append(floor(max(0, wallet) * share(given / 100)) if percent else half_even(given * UNIT))
        self.base_size, self.safety_size = sizes
        self.place_base(time, close)

    def place_base(self, time, close):
        price = close if self.market_base else self.away(close * (1 - self.d * self.offset()), self.tick)
        quantity = 0 if price is None else self.quantity(self.base_size, price)
        if price is None or not self.orderable(quantity, price):
            self.plan.pop(self.base, None)
            self.state, self.reason = "ended", "the base order is too small"
            return
        self.state, self.deadline = "opening", None
        if self.market_base:
            self.set(self.base, Order(self.d, "market", 0, quantity, side=self.side))
            return
        self.set(self.base, Order(self.d, "limit", price, quantity, self.post, side=self.side))
        if "base_order_timeout_seconds" in self.dca:
            self.deadline = time + 1000 * int(self.dca["base_order_timeout_seconds"])

    def offset(self):
        return share(number(self.dca.get("base_order_offset_percent", "0")) / 100)

    # -- shown --------------------------------------------------------------------------------------------------

    def name(self, slot):
        return f"safety-{slot}" if slot < self.n else ("base", "take-profit", "stop-loss", "close")[slot - self.n]

    def shown_state(self):
        return {"waiting": "waiting for the start price", "ended": f"stopped: {self.reason}"}.get(self.state, "running")


def create(case, units, instrument, hedge):
    return Dca(case["dca"], units, instrument, hedge)


if __name__ == "__main__":
    sys.exit(main(create, sys.argv[1:]))
