"""The consumption chart as SVG: one drawing for PDF and HTML, in attributes only (no style)."""

from collections import defaultdict
from decimal import ROUND_CEILING, Decimal
from html import escape

from curbstop.documents.rendering.words import Words
from curbstop.documents.statements.data import History, UsagePeriod

_WIDTH, _HEIGHT = 260, 106
_LEFT, _RIGHT, _TOP, _BASE = 26, 258, 6, 87
_STEPS = tuple(map(Decimal, ("1", "1.5", "2", "2.5", "3", "4", "5", "6", "8", "10")))
_PALE, _GRID, _TEXT = "#b9c7cf", "#dde4e8", "#4a5b67"
_BOLD = ' font-weight="600"'


def chart_svg(history: History, words: Words, colour: str) -> str:
    """Bars per period, paler ones for the year before, a scale of four lines, month labels."""
    step = _scale_step(_largest(history))
    slot = Decimal(_RIGHT - _LEFT) / max(len(history.periods), 1)
    ink = _Ink()
    for tick in range(5):
        _gridline(ink, tick, step, words)
    for index, period in enumerate(history.periods):
        is_this_bill = index == len(history.periods) - 1
        _bars(ink, period, _LEFT + slot * index, slot, step, colour)
        _label(ink, period, _LEFT + slot * index + slot / 2, words, bold=is_this_bill)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
        f'width="{_WIDTH}" height="{_HEIGHT}" font-family="Inter, sans-serif">'
        f"{ink.drawn()}</svg>"
    )


def chart_alt(history: History, words: Words) -> str:
    """The same numbers in words, for a reader who does not see the bars."""
    return words.say(
        "history_alt",
        unit=history.unit,
        count=str(len(history.periods)),
        values="; ".join(_value_text(period, words) for period in history.periods) + ".",
    )


def comparison(history: History, words: Words) -> str:
    """This period against the same of last year, and gallons a day where a factor is given."""
    this = history.periods[-1]
    values = {"usage": words.quantity(this.usage), "unit": history.unit}
    if this.year_ago is None:
        sentence = words.say("first_year", **values)
    elif this.usage == this.year_ago:
        sentence = words.say("same_as_last_year", **values)
    elif this.year_ago == 0:
        sentence = words.say("more_than_none", **values)
    else:
        change = this.usage - this.year_ago
        key = "more_than_last_year" if change > 0 else "less_than_last_year"
        percent = abs(change) * 100 / this.year_ago
        values |= {"difference": words.quantity(abs(change)), "percent": f"{percent:.0f}"}
        sentence = words.say(key, **values)
    if history.gallons_per_unit is None or this.days <= 0:
        return sentence
    gallons = this.usage * history.gallons_per_unit / this.days
    return f"{sentence} {words.say('gallons_a_day', gallons=f'{gallons:,.0f}')}"


def _largest(history: History) -> Decimal:
    periods = history.periods
    return max((max(p.usage, p.year_ago or Decimal(0)) for p in periods), default=Decimal(0))


def _scale_step(largest: Decimal) -> Decimal:
    """A round step of which four reach the largest bar."""
    if largest <= 0:
        return Decimal(1)
    power = Decimal(1).scaleb((largest / 4).adjusted())
    wanted = largest / 4 / power
    return power * next(step for step in _STEPS if step >= wanted)


def _y(value: Decimal, step: Decimal) -> Decimal:
    height = Decimal(_BASE - _TOP) * max(value, Decimal(0)) / (4 * step)
    return Decimal(_BASE) - height.quantize(Decimal("0.01"), ROUND_CEILING)


class _Ink:
    """Marks gathered by how they look: one element per look costs the compiler a tenth of fifty."""

    def __init__(self) -> None:
        self._paths: defaultdict[str, list[str]] = defaultdict(list)
        self._texts: defaultdict[str, list[str]] = defaultdict(list)

    def path(self, look: str, data: str) -> None:
        """A stroke or a shape."""
        self._paths[look].append(data)

    def text(self, look: str, x: str, y: Decimal | int, words: str) -> None:
        """A label at its anchor."""
        self._texts[look].append(f'<tspan x="{x}" y="{y}">{escape(words)}</tspan>')

    def drawn(self) -> str:
        """All of it, shapes below labels."""
        paths = (f'<path d="{"".join(data)}" {look}/>' for look, data in self._paths.items())
        texts = (f"<text {look}>{''.join(spans)}</text>" for look, spans in self._texts.items())
        return "".join((*paths, *texts))


def _gridline(ink: _Ink, tick: int, step: Decimal, words: Words) -> None:
    y = _y(step * tick, step)
    stroke = _TEXT if tick == 0 else _GRID
    ink.path(f'stroke="{stroke}" stroke-width="0.6"', f"M{_LEFT} {y}H{_RIGHT}")
    look = f'font-size="6.5" fill="{_TEXT}" text-anchor="end"'
    ink.text(look, str(_LEFT - 4), y + 2, words.quantity(step * tick))


def _bars(
    ink: _Ink, period: UsagePeriod, x: Decimal, slot: Decimal, step: Decimal, colour: str
) -> None:
    width = min(slot * Decimal("0.38"), Decimal(12))
    middle = x + slot / 2
    if period.year_ago is not None:
        _bar(ink, middle - width, width, _y(period.year_ago, step), _PALE)
        _bar(ink, middle, width, _y(period.usage, step), colour)
    else:
        _bar(ink, middle - width / 2, width, _y(period.usage, step), colour)


def _bar(ink: _Ink, x: Decimal, width: Decimal, y: Decimal, fill: str) -> None:
    if y < _BASE:
        ink.path(f'fill="{escape(fill)}"', f"M{x:.2f} {_BASE}V{y}h{width:.2f}V{_BASE}z")


def _label(ink: _Ink, period: UsagePeriod, x: Decimal, words: Words, *, bold: bool) -> None:
    look = f'fill="{_TEXT}" text-anchor="middle"{_BOLD if bold else ""}'
    ink.text(f'font-size="6.2" {look}', f"{x:.2f}", _BASE + 8, words.month(period.ended_on))
    year = f"’{period.ended_on.year % 100:02d}"
    ink.text(f'font-size="5.6" {look}', f"{x:.2f}", _BASE + 15, year)


def _value_text(period: UsagePeriod, words: Words) -> str:
    name = f"{words.month(period.ended_on)} {period.ended_on.year}"
    usage = words.quantity(period.usage)
    if period.year_ago is None:
        return words.say("history_value", period=name, usage=usage)
    year_ago = words.quantity(period.year_ago)
    return words.say("history_value_year_ago", period=name, usage=usage, year_ago=year_ago)
