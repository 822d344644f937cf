"""A trial as the screen asks for it: mistakes in the text first, then the sample line by line."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict

from curbstop.platform.db import Sql
from curbstop.readings.layouts.canonical import FileError
from curbstop.readings.layouts.loading import LayoutError, load_layout
from curbstop.readings.layouts.queries import layout_out
from curbstop.readings.layouts.schemas import FileErrorOut, LayoutTrial, TrialLine
from curbstop.readings.layouts.trial import Trial, TriedLine, try_layout


def tried(body: str, settings: Sequence[str], data: bytes | None) -> LayoutTrial:
    """What a layout's text makes of a sample; without a sample the text alone is checked.

    A setting or choice that this text does not have (any more) is passed over: it is being written.
    """
    try:
        layout = load_layout(body)
    except LayoutError as wrong:
        return LayoutTrial(
            layout=None,
            layout_faults=_faults(wrong.errors),
            in_use=False,
            file_faults=[],
            reads=0,
            lines=[],
        )
    settings_given = (setting.partition("=") for setting in settings)
    chosen = layout.chosen(
        {
            name: value
            for name, _, value in settings_given
            if name in layout.settings and value in layout.settings[name].choices
        }
    )
    trial = Trial() if data is None else try_layout(layout, chosen, data)
    return LayoutTrial(
        layout=layout_out(layout, shipped=False),
        layout_faults=[],
        in_use=False,
        file_faults=_faults(trial.faults),
        reads=trial.reads,
        lines=[_line(line) for line in trial.lines],
    )


def _faults(errors: Iterable[FileError]) -> list[FileErrorOut]:
    return [FileErrorOut(**asdict(error)) for error in errors]


def _line(line: TriedLine) -> TrialLine:
    return TrialLine(
        line=line.line, raw=line.raw, understood=line.said, faults=_faults(line.faults)
    )


async def known(sql: Sql, trial: LayoutTrial) -> LayoutTrial:
    """The trial with the word whether the district has a layout of its name already."""
    if trial.layout is None:
        return trial
    query = "SELECT EXISTS (SELECT FROM read_layouts WHERE name = $1 AND retired_at IS NULL)"
    return trial.model_copy(update={"in_use": await sql.fetchval(query, trial.layout.name)})
