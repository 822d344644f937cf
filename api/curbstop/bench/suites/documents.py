"""Statements as tagged PDF: one at a time, as the office reprints them, and as one print file."""

import asyncio
import time
from io import BytesIO

from curbstop.bench.bench import Bench
from curbstop.bench.figures import Figure, at_least
from curbstop.bench.suites.samples import sample
from curbstop.documents.statements import print_statements, render_statement

WARM_UP = 5
PRINTED_MAX = 1000


async def measure(bench: Bench) -> list[Figure]:
    """Both figures, in pages a second of one process."""
    return await asyncio.to_thread(_measure, bench.seconds, min(bench.accounts, PRINTED_MAX))


def _measure(seconds: int, statements: int) -> list[Figure]:
    for n in range(WARM_UP):  # fonts and templates are read once in a process's life
        render_statement(sample(n), "en")
    started, rendered, size = time.perf_counter(), 0, 0
    while (elapsed := time.perf_counter() - started) < seconds:
        size += len(render_statement(sample(WARM_UP + rendered), "es" if rendered % 4 else "en"))
        rendered += 1
    single = rendered / elapsed
    batch = [(sample(n), "en") for n in range(100_000, 100_000 + statements)]
    file, started = BytesIO(), time.perf_counter()
    printed = print_statements(batch, file)
    together = printed.pages / (time.perf_counter() - started)
    return [
        Figure(
            "statement_pdf",
            single,
            "pages/s",
            "one tagged PDF/UA-1 statement at a time: chart, barcodes, English and Spanish",
            at_least(60),
            details={"pages": rendered, "bytes_each": size // rendered},
        ),
        Figure(
            "statement_print_file",
            together,
            "pages/s",
            "one merged print file in mail order",
            details={"pages": printed.pages, "bytes": file.tell()},
        ),
    ]
