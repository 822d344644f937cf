"""Read files made in the tests: small, whole ones of each vendor's shape."""

from curbstop.readings.layouts.definition import Layout
from curbstop.readings.layouts.parsing import read_file
from curbstop.readings.layouts.shipped import shipped_layouts

GENERIC = (
    b"Meter,Register,Read Date,Reading,Unit,Method\r\n"
    b"70000001,0,2026-07-01,1262,HCF,radio\r\n"
    b"70000002,H,2026-07-01,140,HCF,radio\r\n"
    b"70000002,L,2026-07-01,0005,HCF,radio\r\n"
    b"70000003,0,07/01/2026,22480.6,CF,keyed\r\n"
)

BEACON = (
    b"Account_ID\tService_Point_ID\tMeter_ID\tRegister_Number\tEndpoint_SN\tRead_Method\tRead\t"
    b"Read_Unit\tBilling_Read\tRead_Time\n"
    b"0012-3456-01\tSP-1\t70000001\t\t130615549\tNetwork\t22765\tGAL\t22\t2026-07-01 00:59\n"
    b"0012-3457-09\tSP-2\t70000002\tH\t130615550\tn/a\t1404\tGAL\t1\t2026-07-01 00:59\n"
)


def put(length: int, *fields: tuple[int, str]) -> str:
    """A fixed line: `(start, text)` pairs, 1-based."""
    line = [" "] * length
    for start, text in fields:
        line[start - 1 : start - 1 + len(text)] = text
    return "".join(line)


def neptune(reading: str = "0000022480", meters: int = 1, routes: str = "000001") -> bytes:
    """A Neptune v4 file of one premise and one meter, raw collector reading 224806."""
    lines = [
        put(59, (1, "COMHD0001"), (10, "20260701"), (18, "SAMPLE WATER DISTRICT"), (58, "4N")),
        put(119, (1, "RTEHD"), (6, "WATE0001"), (14, "0000000012"), (24, "20260703")),
        put(307, (1, "PRMDT100 TEST ST"), (84, "SP-1"), (104, "0012-3456-01"), (124, "ACTI")),
        put(336, (1, "MTRDT000010"), (38, "70000001"), (78, "WTR"), (108, "CF"), (234, "N")),
        put(13, (1, "ORDST20260704")),
        put(
            255,
            *((1, "RDGDTWTR"), (10, "0001550000001"), (50, "06"), (54, "00")),
            *((79, "0000022200"), (89, reading), (99, "00224806"), (109, "RR"), (115, "32")),
        ),
        put(35, (1, "RTETR"), (6, "WATE0001"), (14, "0000000012"), (24, f"000001{meters:06d}")),
        put(15, (1, "COMTR0001"), (10, routes)),
    ]
    return "".join(line + "\r\n" for line in lines).encode()


def itron(reading: str = "0000002280", readings: int = 1) -> bytes:
    """An Itron MVRS upload of one customer, one meter, one register with an ERT."""
    counts = ((14, "00000000"), (18, f"{readings:04d}"), (38, "00010001"))
    lines = [
        put(126, (1, "FHD"), (14, "01Y")),
        put(126, (1, "CHD12"), (6, "0001"), (10, "07032026")),
        put(126, (1, "RHD12000012"), *counts),
        put(126, (1, "CUS12000012001"), (15, "0012-3456-01")),
        put(126, (1, "MTR12000012001"), (46, "70000001"), (94, "W")),
        put(
            126,
            *((1, "RDG12000012WA"), (27, "0600R"), (34, reading), (48, "07042026")),
        ),
        put(126, (1, "RFF12000012"), (12, "15500001"), (55, "0102")),
        put(126, (1, "RTR12000012"), *counts),
        put(126, (1, "CTR12"), (6, "0001")),
        put(126, (1, "FTR"), (14, "01")),
    ]
    return "".join(line + "\r\n" for line in lines).encode()


def autoread(reading: str = "0000002280", day: str = "07032026") -> bytes:
    """A Sensus AutoRead route of one meter with its read."""
    line = put(
        179,
        *((1, "SP-1"), (21, "70000001"), (29, "0012-3456-01"), (104, "W"), (105, "0000002220")),
        *((135, "0015500001B"), (146, "70000001"), (156, reading), (166, day), (174, "093002")),
    )
    return (line + "\r\n").encode()


WHOLE = {
    "generic-csv": GENERIC,
    "badger-beacon": BEACON,
    "neptune-v4": neptune(),
    "itron-mvrs": itron(),
    "sensus-autoread": autoread(),
}


def shipped(name: str) -> Layout:
    return shipped_layouts()[name]


def reads_of(name: str, data: bytes, **settings: str):
    """The typed reads of a file and its errors."""
    layout = shipped(name)
    batches, log = read_file(layout, layout.chosen(settings), data)
    return [read for batch in batches for read in batch.rows()], log.errors
