"""An independent computation of a backtest's metrics, written from docs/metrics.md alone.

Usage: metrics.py FOLDER...   each with result.json, fills.csv, equity.csv and closes.csv
(closes.csv: instrument,multiplier,close of candle 0,close of candle 1,...; a hole repeats the last close)
Exit code 0 if every number of "metrics" and "exposure" is met (amounts to the last digit, doubles to 1e-9), else 1 with the differences.
"""
import csv
import json
import os
import sys
from datetime import datetime, timezone
from fractions import Fraction
from statistics import mean, median, stdev

DAY = 86_400_000
UNIT = 10 ** 12


def money(text):
    return Fraction(text)


def cents(value):
    """To 10^-12, half to even."""
    return Fraction(round(value * UNIT), UNIT)


def milliseconds(text):
    form = "%Y-%m-%dT%H:%M:%S.%f%z" if "." in text else "%Y-%m-%dT%H:%M:%S%z"
    moment = datetime.strptime(text.replace("Z", "+0000"), form) - datetime(1970, 1, 1, tzinfo=timezone.utc)
    return round(moment.total_seconds() * 1000)


def month_of(time):
    date = datetime.fromtimestamp(time // 1000, timezone.utc)
    return f"{date.year:04}-{date.month:02}"


class Run:
    def __init__(self, folder):
        with open(os.path.join(folder, "result.json"), encoding="utf-8") as file:
            self.result = json.load(file)
        with open(os.path.join(folder, "fills.csv"), encoding="utf-8") as file:
            self.rows = list(csv.DictReader(file))
        with open(os.path.join(folder, "equity.csv"), encoding="utf-8") as file:
            self.samples = [(int(row["time_ms"]), money(row["equity"])) for row in csv.DictReader(file)]
        self.closes, self.multiplier = {}, {}
        with open(os.path.join(folder, "closes.csv"), encoding="utf-8") as file:
            for cells in csv.reader(file):
                self.multiplier[cells[0]] = Fraction(cells[1])
                self.closes[cells[0]] = [Fraction(cell) for cell in cells[2:]]
        self.start = milliseconds(self.result["range"]["from"])
        self.end = milliseconds(self.result["range"]["to"])
        self.count = self.result["range"]["candles"]
        self.interval = (self.end - self.start) // self.count
        self.balance = money(self.result["equity"]["start"])
        self.equity, self.notional = self.walk()

    def walk(self):
        """Cash and holdings at every close: no cost, no realized profit, no wallet."""
        rows = {}
        for row in self.rows:
            rows.setdefault((int(row["time_ms"]) - self.start) // self.interval, []).append(row)
        cash, held = self.balance, {}
        equity, notional = [], []
        for candle in range(self.count):
            for row in rows.get(candle, []):
                cash += money(row["funding"])
                if row["kind"] == "funding":
                    continue
                sign = 1 if row["side"] == "buy" else -1
                quantity, kept = Fraction(row["quantity"]), Fraction(0)
                value = Fraction(row["price"]) * quantity * self.multiplier[row["instrument"]]
                cash -= sign * value
                if row["fee_currency"] == self.result["currency"]:
                    cash += money(row["fee"])
                else:
                    kept = Fraction(row["fee_amount"]) / self.multiplier[row["instrument"]]
                key = (row["bot"], row["instrument"], row["position_side"])
                held[key] = held.get(key, 0) + sign * quantity - kept
            worth = {key: size * self.closes[key[1]][candle] * self.multiplier[key[1]] for key, size in held.items()}
            equity.append(cash + sum(worth.values()))
            notional.append(sum(abs(value) for value in worth.values()))
        return equity, notional

    def time(self, close):
        return self.start + (close + 1) * self.interval

    def at(self, time):
        """Equity at the last close up to a time."""
        close = (time - self.start) // self.interval - 1
        return self.balance if close < 0 else self.equity[close]


class Position:
    """Average cost: what is carried is released in proportion."""

    def __init__(self):
        self.size = Fraction(0)
        self.carried = Fraction(0)
        self.opened = Fraction(0)
        self.trip = [Fraction(0), Fraction(0), 0]

    def open(self, time, change, cost, realized):
        if self.size == 0:
            self.trip[2] = time
        self.size += change
        self.carried += cost
        self.opened += abs(change) * time
        self.trip[0] += realized
        self.trip[1] += cost + realized

    def take(self, row, start):
        time = int(row["time_ms"]) - start
        fee, realized, funding = money(row["fee"]), money(row["realized"]), money(row["funding"])
        after = Fraction(row["position"])
        change = after - self.size
        if row["kind"] == "funding" or change == 0 or self.size == 0 or (change > 0) == (self.size > 0):
            self.open(time, change, fee + funding, realized)
            return None, None
        closed = min(abs(change), abs(self.size))
        whole = closed == abs(self.size)
        own = fee if closed == abs(change) else cents(fee * closed / abs(change))
        share = self.carried if whole else cents(self.carried * closed / abs(self.size))
        opened = self.opened * closed / abs(self.size)
        self.carried -= share
        self.opened -= opened
        trade = (realized, realized + own + share, round((time * closed - opened) / closed))
        self.trip[0] += realized
        self.trip[1] += realized + own
        left = abs(change) - closed
        self.size += closed if change > 0 else -closed
        trip = None
        if self.size == 0:
            trip = (self.trip[0], self.trip[1], time - self.trip[2])
            self.trip = [Fraction(0), Fraction(0), 0]
            if left:
                self.open(time, left if change > 0 else -left, fee - own, Fraction(0))
        return trade, trip


def statistics(trades):
    profits = [profit for _, profit, _ in trades]
    wins, losses = [p for p in profits if p > 0], [p for p in profits if p < 0]
    return {
        "count": len(trades), "wins": len(wins), "losses": len(losses),
        "win_rate": len(wins) / len(trades) if trades else None,
        "profit_factor": float(sum(wins) / -sum(losses)) if losses else None,
        "realized": sum((r for r, _, _ in trades), Fraction(0)), "profit": sum(profits, Fraction(0)),
        "gross_profit": sum(wins, Fraction(0)), "gross_loss": sum(losses, Fraction(0)),
        "best": max(profits, default=Fraction(0)), "worst": min(profits, default=Fraction(0)),
        "holding_mean_seconds": mean(h for _, _, h in trades) / 1000 if trades else None,
        "holding_median_seconds": median(h for _, _, h in trades) / 1000 if trades else None,
        "holding_max_seconds": max(h for _, _, h in trades) / 1000 if trades else None,
    }


def power(base, exponent):
    try:
        return -1.0 if base <= 0 else float(base) ** exponent - 1
    except OverflowError:
        return None


def daily(run):
    first = -(-run.start // DAY) * DAY
    midnights = [(time, run.at(time)) for time in range(first, run.end + 1, DAY)]
    returns = [float(b / a - 1) for (_, a), (_, b) in zip(midnights, midnights[1:]) if a > 0]
    below = [r for r in returns if r < 0]
    year = 365 ** 0.5
    spread = stdev(returns) if len(returns) > 1 else None
    shortfall = (sum(r * r for r in below) / len(returns)) ** 0.5 if len(returns) > 1 else None
    return {
        "sharpe": mean(returns) / spread * year if spread else None,
        "sortino": mean(returns) / shortfall * year if shortfall else None,
        "omega": sum(r for r in returns if r > 0) / -sum(below) if below else None,
        "daily_returns": {
            "days": len(returns), "mean": mean(returns) if returns else None, "deviation": spread,
            "best": max(returns, default=None), "worst": min(returns, default=None),
            "positive": sum(r > 0 for r in returns) / len(returns) if returns else None,
        },
    }


def underwater(run):
    peak, tops, under = run.balance, [-1], 0
    for close, value in enumerate(run.equity):
        if value >= peak:
            peak = value
            tops.append(close)
        else:
            under += 1
    spans = [(a, b, True) for a, b in zip(tops, tops[1:]) if b - a > 1]
    if tops[-1] < run.count - 1:
        spans.append((tops[-1], run.count - 1, False))
    longest = max(spans, key=lambda span: span[1] - span[0], default=None)
    peak_time, trough_time = run.result["max_drawdown"]["peak_time"], run.result["max_drawdown"]["trough_time"]
    recovered = None
    if trough_time:
        recovered = next((run.time(top) for top in tops if top >= 0 and run.time(top) > milliseconds(trough_time)), None)
    return {
        "share": under / run.count,
        "max_drawdown_recovered": recovered,
        "max_drawdown_seconds": ((recovered or run.end) - milliseconds(peak_time)) / 1000 if trough_time else 0,
        "longest_seconds": (longest[1] - longest[0]) * run.interval / 1000 if longest else 0,
        "longest_from": run.time(longest[0]) if longest else None,
        "longest_to": run.time(longest[1]) if longest else None,
        "longest_recovered": longest[2] if longest else True,
    }


def months(run):
    found, time, equity = [], run.start, run.balance
    while time < run.end:
        name, until = month_of(time), time
        while until < run.end and month_of(until) == name:
            until = min(run.end, (until // DAY + 1) * DAY)
        rows = [row for row in run.rows if month_of(int(row["time_ms"])) == name]
        fills = [row for row in rows if row["kind"] != "funding"]
        end = run.at(until)
        found.append({
            "month": name, "start": equity, "end": end, "change": end - equity, "return": float((end - equity) / equity) if equity > 0 else None,
            "realized": sum((money(row["realized"]) for row in rows), Fraction(0)), "fees": sum((money(row["fee"]) for row in rows), Fraction(0)),
            "funding": sum((money(row["funding"]) for row in rows), Fraction(0)), "fills": len(fills),
            "turnover": sum((money(row["notional"]) for row in fills), Fraction(0)),
        })
        time, equity = until, end
    return found


def distribution(profits):
    if not profits:
        return []
    units = [int(profit * UNIT) for profit in profits]
    width = next(step * 10 ** k for k in range(40) for step in (1, 2, 5) if max(units) - min(units) <= 24 * step * 10 ** k)
    counts = {}
    for value in units:
        counts[value // width] = counts.get(value // width, 0) + 1
    return [{"from": Fraction(i * width, UNIT), "to": Fraction((i + 1) * width, UNIT), "trades": counts.get(i, 0)} for i in range(min(counts), max(counts) + 1)]


def exposure(run):
    shares = [float(n / e) for n, e in zip(run.notional, run.equity) if e > 0]
    most = max(run.notional)
    return {
        "time_in_market": sum(n > 0 for n in run.notional) / run.count, "max_notional": most,
        "max_notional_time": run.time(run.notional.index(most)) if most else None,
        "max_of_equity": max(shares, default=0), "mean_of_equity": mean(shares) if shares else 0,
    }


def compute(run):
    positions, trades, trips = {}, {}, {}
    for row in run.rows:
        key = (row["bot"], row["instrument"], row["position_side"] == "short")
        trade, trip = positions.setdefault(key, Position()).take(row, run.start)
        trades.setdefault(row["instrument"], []).extend([trade] if trade else [])
        trips.setdefault(row["instrument"], []).extend([trip] if trip else [])
    fills = [row for row in run.rows if row["kind"] != "funding"]
    days = (run.end - run.start) / DAY
    growth = run.equity[-1] / run.balance
    yearly = power(growth, 365 / days) if days >= 1 else None
    depth = run.result["max_drawdown"]["share"]
    turnover = sum((money(row["notional"]) for row in fills), Fraction(0))
    makers = lambda rows: sum(row["liquidity"] == "maker" for row in rows) / len(rows) if rows else None
    everything = [trade for name in trades for trade in trades[name]]
    parts = []
    for name in run.closes:
        own = [row for row in fills if row["instrument"] == name]
        parts.append({
            "instrument": name, "turnover": sum((money(row["notional"]) for row in own), Fraction(0)), "maker_share": makers(own),
            "trades": statistics(trades.get(name, [])), "round_trips": statistics(trips.get(name, [])),
        })
    return {
        "days": days, "annualized_return": yearly, "daily_gain": power(growth, 1 / days) if days >= 1 else None,
        "calmar": yearly / depth if depth > 0 and yearly is not None else None, **daily(run), "underwater": underwater(run),
        "turnover": turnover, "turnover_per_day": float(turnover / run.balance) / days, "maker_share": makers(fills),
        "carried": sum((p.carried for p in positions.values()), Fraction(0)), "open_round_trips": sum((p.trip[1] for p in positions.values()), Fraction(0)),
        "trades": statistics(everything), "round_trips": statistics([trip for name in trips for trip in trips[name]]),
        "distribution": distribution([profit for _, profit, _ in everything]), "months": months(run), "instruments": parts,
    }


def differences(path, mine, theirs):
    if isinstance(mine, dict):
        if set(mine) != set(theirs):
            return [f"{path}: keys {sorted(set(mine) ^ set(theirs))}"]
        return [found for key in mine for found in differences(f"{path}.{key}", mine[key], theirs[key])]
    if isinstance(mine, list):
        if len(mine) != len(theirs):
            return [f"{path}: {len(mine)} here, {len(theirs)} there"]
        return [found for i, pair in enumerate(zip(mine, theirs)) for found in differences(f"{path}[{i}]", *pair)]
    if mine is None or theirs is None or isinstance(mine, bool):
        same = mine is theirs
    elif isinstance(theirs, str) and isinstance(mine, Fraction):
        same = mine == Fraction(theirs)
    elif isinstance(theirs, str) and isinstance(mine, int) and "T" in theirs:
        same = mine == milliseconds(theirs)
    elif isinstance(theirs, str) and isinstance(mine, int):
        same = mine == Fraction(theirs)
    elif isinstance(theirs, str):
        same = mine == theirs
    elif "holding" in path:
        # The time of opening is carried in whole quantity units × milliseconds there, and exactly here.
        same = abs(mine - theirs) <= 0.01
    else:
        same = abs(mine - theirs) <= 1e-9 * max(1e-6, abs(mine), abs(theirs)) + 1e-15
    return [] if same else [f"{path}: {float(mine) if isinstance(mine, Fraction) else mine} here, {theirs} there"]


def main(folders):
    wrong = 0
    for folder in folders:
        run = Run(folder)
        found = differences("metrics", compute(run), run.result["metrics"]) + differences("exposure", exposure(run), run.result["exposure"])
        found += [f"equity.csv at {time}: {value} there" for time, value in run.samples if run.at(time) != value]
        if found:
            wrong += 1
            print(folder, *found[:12], sep="\n  ")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
