"""„Seit dem letzten Mal“ over 10,000 measures and five years of deliveries against 1,000, with as many changes.

Every half-year each of ten partners sends its whole list again; the last lists differ in a few measures. A viewer waits
for what is kept; who looks first after the store has changed, for the comparison; who looks first of all, for reading
the earlier day too.
"""

from __future__ import annotations

import datetime as dt
import io
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

import xlsxwriter

from bench.measuring import Ratio, paired
from bench.workbooks import STATUS
from dashboard.answers.earlier import forget
from dashboard.answers.picture import Picture, picture
from dashboard.answers.since import Compare, Since, since
from dashboard.parts.since_lines import since_markup
from etl.model.store import Store, open_store
from etl.pipeline import accept_delivery, preview_delivery
from etl.pipeline.memory import spare_the_collector
from etl.wording import say

FEW, MANY, PARTNERS, CHANGED = 1_000, 10_000, 10, 30
_HALF_YEARS = [dt.date(year, month, 1) for year in range(2022, 2027) for month in (3, 9)]
_MEETING, _TODAY = dt.date(2026, 5, 12), dt.date(2026, 11, 10)
_WHAT = ("Nr.", "Maßnahme", "Handlungsfeld", "Träger")
_HEADINGS = (*_WHAT, "Beginn", "Ende", "Status", "TN Soll", "TN Ist", "Kosten in €")
#: Looks at what is kept, in one measurement: each takes a millisecond.
_LOOKS = 50


@dataclass(frozen=True)
class _Network:
    store: Store
    compare: Compare
    picture: Picture


def run() -> list[str]:
    """CPU of both sizes side by side, as ratios; lines for people."""
    with tempfile.TemporaryDirectory() as folder:
        few, many = (_network(Path(folder), measures) for measures in (FEW, MANY))
        told = [len(_lines(network)) for network in (few, many)]
        assert told[0] == told[1] >= CHANGED, f"not the same changes: {told}"
        spare_the_collector()
        for network in (few, many):
            _warm(network)
        warm = paired(lambda: _warm(many), lambda: _warm(few))
        changed = paired(lambda: _changed(many), lambda: _changed(few))
        first = paired(lambda: _first(many), lambda: _first(few))
    deliveries = len(_HALF_YEARS) * PARTNERS
    head = f"since last time, {MANY} measures in {deliveries} deliveries against {FEW}, {told[0]} changes each:"
    return [
        f"{head} what a viewer waits for {_words(warm, _LOOKS)}; bar 1.5)",
        f"{head} the first look after the store has changed {_words(changed)})",
        f"{head} the first look at these two days at all {_words(first)})",
    ]


def _words(ratio: Ratio, looks: int = 1) -> str:
    ours, theirs = (1000 * seconds / looks for seconds in (ratio.ours, ratio.theirs))
    return f"{ratio.median:.2f} x ({ratio.told()}; {ours:.1f} against {theirs:.1f} ms"


def _network(folder: Path, measures: int) -> _Network:
    store = open_store(f"sqlite:///{folder / f'{measures}.db'}")
    for number, day in enumerate(_HALF_YEARS):
        for partner in range(PARTNERS):
            content = _list(partner, measures // PARTNERS, number)
            now = dt.datetime.combine(day, dt.time(9), dt.UTC) + dt.timedelta(days=partner)
            name = f"Partner {partner}"
            seen = preview_delivery(store, content, f"{day}.xlsx", partner=name, day=day, now=now, received_at=now)
            accept_delivery(store, seen, now=now)
    compare = Compare(_MEETING, _TODAY)
    return _Network(store, compare, picture(store, *compare.second))


def _list(partner: int, rows: int, half_year: int) -> bytes:
    """A partner's list; people reached grow every year, in the last half-year some measures are delayed."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "dd.mm.yyyy"})
    sheet = book.add_worksheet("Maßnahmen")
    sheet.write_row(0, 0, _HEADINGS)
    for i in range(rows):
        late = half_year == len(_HALF_YEARS) - 1 and i % 5 == 0 and i < 5 * CHANGED // PARTNERS
        people = 40 + min(half_year, len(_HALF_YEARS) - 2) // 2
        sheet.write_row(
            i + 1, 0, (f"M{partner}-{i}", f"Begleitung {partner}.{i} im Quartier", "Sprache", f"Partner {partner}"),
        )  # fmt: skip
        sheet.write_datetime(i + 1, 4, dt.datetime(2022, 1, 1))
        sheet.write_datetime(i + 1, 5, dt.datetime(2028, 12, 31))
        sheet.write_row(i + 1, 6, ("verzögert" if late else STATUS[i % 5], 50, people, 1000 + i))
    book.close()
    return out.getvalue()


def _found(network: _Network, shown: Picture) -> Since:
    return since(network.store, shown, network.compare, None, None)


def _lines(network: _Network) -> list[object]:
    return [line for lines in _found(network, network.picture).sections.values() for line in lines]


def _changed(network: _Network) -> None:
    """The picture is another one; what was known on the earlier day is not."""
    _found(network, replace(network.picture))


def _first(network: _Network) -> None:
    forget()
    _changed(network)


def _warm(network: _Network) -> None:
    for _ in range(_LOOKS):
        found = _found(network, network.picture)
        since_markup(found, network.picture, lambda key, /, **values: say("de", key, **values), "de", None)


if __name__ == "__main__":
    for line in run():
        print(line)
