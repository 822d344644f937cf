"""Random tariffs and bills: whatever the language of schedules can say, within reason."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from tests.oracle.oracle import Case

FIRST_DAY = date(2025, 1, 1)
SIZES, ZONES, CLASSES = ("5/8", "3/4", "1"), ("A", "B"), ("residential", "irrigation")
CODES = ("drought", "emergency")
MODES = st.sampled_from(["half_up", "up", "down"])


def decimals(low: str, high: str, places: int) -> st.SearchStrategy[str]:
    return st.decimals(Decimal(low), Decimal(high), places=places).map(lambda d: format(d, "f"))


def rules(places: int = 4) -> st.SearchStrategy[dict]:
    return st.fixed_dictionaries({"places": st.integers(0, places), "mode": MODES})


def constants(low: str, high: str) -> st.SearchStrategy[str]:
    return st.integers(0, 4).flatmap(lambda places: decimals(low, high, places))


def amounts(low: str, high: str, *, depth: int = 1) -> st.SearchStrategy:
    """An amount whose every branch lies within the bounds (before products)."""
    number = constants(low, high)
    if depth == 0:
        return number
    inner = amounts(low, high, depth=depth - 1)
    factor = decimals("0.5", "1.5", 2)
    return st.one_of(
        number,
        number,
        st.fixed_dictionaries({"by": st.just("size"), "table": _tables(SIZES, inner)}),
        st.fixed_dictionaries(
            {"by": st.just("zone"), "table": _tables(ZONES[:1], inner), "default": inner}
        ),
        st.builds(
            lambda a, b, edge: {"by": "elevation", "ranges": [{"below": edge, "value": a}, b]},
            inner,
            st.fixed_dictionaries({"value": inner}),
            decimals("10", "900", 0),
        ),
        st.fixed_dictionaries({"declared": _tables(CODES, inner), "otherwise": inner}),
        st.builds(_seasons, st.integers(1, 11), st.integers(1, 11), inner, inner),
        st.fixed_dictionaries({"product": st.tuples(inner, factor).map(list)}),
        st.fixed_dictionaries({"limit": inner, "round": rules()}),
        st.fixed_dictionaries({"sum": st.tuples(inner, number).map(list)}),
        st.fixed_dictionaries(
            {"divide": st.tuples(inner, st.sampled_from(["2", "3", "0.7"])).map(list)}
        ),
    )


def _tables(keys, values) -> st.SearchStrategy[dict]:
    return st.fixed_dictionaries(dict.fromkeys(keys, values))


def _seasons(first: int, length: int, inside, outside) -> dict:
    months = sorted({(first + i - 1) % 12 + 1 for i in range(length)})
    rest = sorted(set(range(1, 13)) - set(months))
    return {"seasons": [{"months": months, "value": inside}, {"months": rest, "value": outside}]}


_tests = st.one_of(
    st.just({"attribute": "class", "is": "residential"}),
    st.just({"attribute": "size", "in": ["5/8", "1"]}),
    st.just({"attribute": "elevation", "at_least": "300", "below": "700"}),
    st.just({"attribute": "fire", "present": True}),
    st.just({"attribute": "fire", "is": "true", "default": "false"}),
    st.just({"declared": "drought"}),
    st.just({"months": [5, 6, 7, 8, 9]}),
)
conditions = st.one_of(
    _tests,
    st.fixed_dictionaries({"not": _tests}),
    st.lists(_tests, min_size=1, max_size=2),
    st.fixed_dictionaries({"any": st.lists(_tests, min_size=1, max_size=3)}),
)
prorations = st.sampled_from(["none", "actual", "nominal"])
units_of = st.sampled_from([{"attribute": "units"}, {"attribute": "units", "default": "2"}, "1.5"])


def optional(required: dict, **more) -> st.SearchStrategy[dict]:
    return st.fixed_dictionaries(required, optional=more)


_bases = st.one_of(
    st.just({}),
    st.just({}),
    optional(
        {"of": st.sampled_from(["usage", "winter_average", "winter_daily"])},
        percent=constants("10", "120"),
        less=amounts("0", "5"),
        at_least=constants("0", "6"),
        at_most=amounts("5", "40"),
        round=rules(),
    ),
)


@st.composite
def _tiered(draw) -> dict:
    count = draw(st.integers(1, 5))
    way = draw(st.sampled_from(["width", "up_to", "first_unit", "percent"]))
    tiers = [{"price": draw(amounts("0", "12"))} for _ in range(count)]
    component: dict = {"model": "tiered", "tiers": tiers}
    starts = sorted(
        draw(st.lists(decimals("0", "60", 1), min_size=count, max_size=count)), key=float
    )
    for i, tier in enumerate(tiers[: count - (way != "first_unit")]):
        if way == "width":
            tier[way] = draw(amounts("0", "20"))
        elif way == "first_unit":
            tier[way] = "0" if i == 0 else str(Decimal(starts[i]) + 1)
        else:
            tier[way] = starts[i] if way == "up_to" else str(Decimal(starts[i]) * 4)
    if way == "percent" and count > 1:
        component["budget"] = draw(_budgets)
        if draw(st.booleans()):
            tiers[0] |= {"percent": "100", "of": "indoor"}
    if draw(st.booleans()):
        component["scale"] = draw(st.one_of(units_of, amounts("0.5", "3")))
    if draw(st.booleans()):
        component["round_edges"] = draw(rules(3))
    component["method"] = draw(st.sampled_from(["graduated", "graduated", "whole"]))
    component["basis"] = draw(_bases)
    component["edge_unit"] = draw(st.sampled_from(["CF", "HCF", "KGAL"]))
    return component


_indoor = {"product": [{"attribute": "units"}, "55", {"input": "days"}]}
_outdoor = {"product": [{"attribute": "elevation"}, {"input": "evapotranspiration"}, "0.62"]}
_budgets = optional(
    {
        "parts": st.just(
            [
                {"key": "indoor", "unit": "GAL", "amount": _indoor},
                {"key": "outdoor", "unit": "GAL", "amount": _outdoor},
            ]
        )
    },
    round=rules(2),
    round_each=st.booleans(),
    prorate=st.booleans(),
)
_once = {"model": st.just("one_time"), "price": amounts("0", "99")}
_prorated = {"proration": prorations}


def _bound(side: str, low: str, high: str) -> dict:
    return {"model": st.just("bounds"), side: amounts(low, high)}


_own = {
    "fixed": optional(
        {"model": st.just("fixed"), "price": amounts("0", "300", depth=2)},
        units=units_of,
        proration=prorations,
    ),
    "uniform": optional(
        {"model": st.just("uniform"), "price": amounts("0", "12", depth=2)}, basis=_bases
    ),
    "tiered": _tiered(),
    "minimum": optional(
        {
            "model": st.just("minimum"),
            "price": amounts("0", "60"),
            "allowance": amounts("0", "30"),
            "excess": amounts("0", "9"),
        },
        scale=units_of,
        proration=prorations,
    ),
    "one_time": st.one_of(
        optional(_once | {"event": st.just("opened")}, units=units_of),
        st.fixed_dictionaries(_once | {"on": st.dates(FIRST_DAY, FIRST_DAY + timedelta(days=200))}),
    ),
    "percentage": st.fixed_dictionaries(
        {"model": st.just("percentage"), "percent": amounts("0", "40")}
    ),
    "discount": st.one_of(
        st.fixed_dictionaries({"model": st.just("discount"), "percent": amounts("0", "120")}),
        optional(
            {"model": st.just("discount"), "amount": amounts("0", "60")}, proration=prorations
        ),
    ),
    "bounds": st.one_of(
        optional(_bound("at_least", "10", "80"), at_most=amounts("60", "200"), **_prorated),
        optional(_bound("at_most", "20", "90"), **_prorated),
    ),
}
_RELATIVE = {"percentage", "discount", "bounds"}


@st.composite
def components(draw, models=tuple(_own)) -> list[dict]:
    chosen: list[dict] = []
    for number in range(draw(st.integers(1, 6))):
        available = [m for m in models if chosen or m not in _RELATIVE]
        component = dict(draw(_own[draw(st.sampled_from(available))]))
        component |= {"key": f"c{number}", "label": f"Line {number}", "group": "water"}
        if component["model"] in _RELATIVE:
            keys = [c["key"] for c in chosen]
            subset = st.lists(st.sampled_from(keys), min_size=1, unique=True)
            component["of"] = draw(st.one_of(st.just("all"), subset))
        if draw(st.integers(0, 3)) == 0:
            component["when"] = draw(conditions)
        chosen.append(component)
    return chosen


_change = st.sampled_from(["by_days", "by_days", "at_start", "at_end"])
policies = optional(
    {"cycle_months": st.integers(1, 2)},
    fixed_per=st.sampled_from(["period", "month"]),
    widths_per=st.sampled_from(["period", "month"]),
    proration=prorations,
    width_proration=prorations,
    nominal_days=st.sampled_from(["30", "365/12", "61", "30.4"]),
    nominal_when=st.sampled_from(["always", "partial"]),
    changes=st.fixed_dictionaries(
        {}, optional=dict.fromkeys(("rate", "attribute", "declaration", "season"), _change)
    ),
    usage=rules(3),
    split=rules(5),
)


@st.composite
def tariffs(draw, models=tuple(_own), policy=policies) -> dict:
    days = draw(st.lists(st.integers(1, 150), max_size=2, unique=True).map(sorted))
    begins = [FIRST_DAY, *(FIRST_DAY + timedelta(days=day) for day in days)]
    versions = [
        {
            "effective_on": day,
            "resolution": f"Resolution {day}",
            "policy": draw(policy),
            "components": draw(components(models)),
        }
        for day in begins
    ]
    unit = draw(st.sampled_from(["HCF", "CF", "KGAL"]))
    price_unit = draw(st.sampled_from([unit, unit, "HCF"]))
    return {"code": "T", "name": "T", "unit": unit, "price_unit": price_unit, "versions": versions}


@st.composite
def cases(draw) -> Case:
    start = FIRST_DAY + timedelta(days=draw(st.integers(0, 170)))
    end = start + timedelta(days=draw(st.integers(0, 70)))
    before, after = draw(st.sampled_from([(0, 0), (0, 0), (3, 0), (0, 12), (5, 5)]))
    cycle = (start - timedelta(days=before), end + timedelta(days=after))
    values = {
        "size": st.sampled_from(SIZES),
        "zone": st.sampled_from(ZONES),
        "class": st.sampled_from(CLASSES),
        "elevation": decimals("0", "1200", 0),
        "units": decimals("1", "12", 0),
        "fire": st.just("true"),
    }
    facts = {name: _fact(draw, name, value, start, end) for name, value in values.items()}
    for missing in draw(st.lists(st.sampled_from([*values, "fire", "fire"]), max_size=1)):
        del facts[missing]
    return Case(
        start=start,
        end=end,
        cycle=cycle,
        quantity=draw(st.one_of(constants("0", "80"), decimals("0", "2000", 0))),
        unit=draw(st.sampled_from([None, None, "HCF", "GAL", "CF"])),
        facts=facts,
        declared=draw(_declarations(start)),
        winter=draw(st.one_of(st.none(), constants("0", "30"), constants("0", "30"))),
        inches=draw(st.one_of(st.none(), decimals("0", "9", 2), decimals("0", "9", 2))),
        events=draw(st.sampled_from([{}, {"opened": start}, {"opened": end}])),
    )


def _fact(draw, name, value, start, end):
    days = (end - start).days
    if days < 2 or draw(st.integers(0, 4)):
        return draw(value)
    change = start + timedelta(days=draw(st.integers(1, days - 1)))
    return [(FIRST_DAY, change, draw(value)), (change, None, draw(value))]


@st.composite
def _declarations(draw, start) -> dict:
    declared = {}
    for code in draw(st.lists(st.sampled_from(CODES), unique=True)):
        begin = start + timedelta(days=draw(st.integers(-20, 40)))
        length = draw(st.one_of(st.none(), st.integers(0, 30)))
        declared[code] = [(begin, None if length is None else begin + timedelta(days=length))]
    return declared
