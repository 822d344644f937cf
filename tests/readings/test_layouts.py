"""Vendors' files in and out by the shipped layouts, and layouts that a district writes itself."""

from datetime import date
from decimal import Decimal

import pytest
from tests.readings.layout_samples import (
    BEACON,
    GENERIC,
    autoread,
    itron,
    neptune,
    put,
    reads_of,
    shipped,
)

from curbstop.readings.layouts.canonical import ErrorLog
from curbstop.readings.layouts.loading import LayoutError, load_layout
from curbstop.readings.layouts.parsing import read_file
from curbstop.readings.layouts.writing import write_download


def test_generic_csv_finds_columns_by_name_in_any_order():
    reads, errors = reads_of("generic-csv", GENERIC)
    assert errors == []
    assert [(r.meter_no, r.register_no, r.reading, r.unit) for r in reads] == [
        ("70000001", "0", Decimal(1262), "HCF"),
        ("70000002", "H", Decimal(140), "HCF"),
        ("70000002", "L", Decimal(5), "HCF"),
        ("70000003", "0", Decimal("22480.6"), "CF"),
    ]
    assert {r.read_on for r in reads} == {date(2026, 7, 1)}
    assert (reads[0].line, reads[0].raw) == (2, "70000001,0,2026-07-01,1262,HCF,radio")


def test_columns_in_another_order_give_the_same_reads():
    turned = b"reading;METER NUMBER;date\n1262;70000001;2026-07-01\n"
    reads, errors = reads_of("generic-csv", turned)
    assert errors == []
    assert (reads[0].meter_no, reads[0].reading, reads[0].register_no) == ("70000001", 1262, "0")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("last", [True, False])
def test_line_ends_and_a_byte_order_mark_do_not_matter(end, mark, last):
    text = GENERIC.decode().replace("\r\n", end)
    reads, errors = reads_of("generic-csv", mark + (text if last else text.rstrip()).encode())
    assert (len(reads), errors) == (4, [])


def test_a_skipped_meter_carries_its_code_instead_of_a_reading():
    data = b"meter,date,reading,skip,trouble\nM1,2026-07-01,,DOG,LEAK\n"
    reads, errors = reads_of("generic-csv", data)
    assert errors == []
    assert (reads[0].reading, reads[0].skip_code, reads[0].trouble_1) == (None, "DOG", "LEAK")


def test_beacon_bills_the_billing_read_or_the_read_as_set():
    billed, errors = reads_of("badger-beacon", BEACON)
    assert errors == []
    assert [r.reading for r in billed] == [22, 1]
    assert [(r.register_no, r.method) for r in billed] == [("0", "network"), ("H", "network")]
    whole, _ = reads_of("badger-beacon", BEACON, billing_reading="read")
    assert [r.reading for r in whole] == [22765, 1404]
    assert {r.read_on for r in whole} == {date(2026, 7, 1)}


def test_beacon_understands_how_aquacue_spells_it():
    data = b"Meter_ID,Current_Read,Current_Read_Units,Current_Read_Date\nM1,227.6,CCF,7/1/2026\n"
    reads, errors = reads_of("badger-beacon", data)
    assert errors == []
    assert (reads[0].reading, reads[0].unit) == (Decimal("227.6"), "HCF")


def test_neptune_inherits_from_route_and_premise_and_bills_the_field_that_is_set():
    reads, errors = reads_of("neptune-v4", neptune())
    assert errors == []
    (read,) = reads
    assert (read.reading, read.raw_reading, read.meter_no) == (22480, "00224806", "70000001")
    assert (read.account, read.service_point, read.walk) == ("0012-3456-01", "SP-1", "0000000012")
    assert read.read_on == date(2026, 7, 4)  # the order's date, nearer than the route's
    assert (read.method, read.read_code, read.leak_days, read.leak_now) == ("radio", "RR", "3", "2")
    collector, _ = reads_of("neptune-v4", neptune(), billing_reading="collector_reading")
    assert collector[0].reading == 224806


def test_neptune_unreadable_digits_are_a_meter_that_was_not_read():
    reads, errors = reads_of("neptune-v4", neptune(reading=":::::     "))
    assert (reads[0].reading, reads[0].read_code, errors) == (None, "RR", [])


def test_itron_takes_endpoint_and_tamper_from_the_record_below_the_reading():
    reads, errors = reads_of("itron-mvrs", itron())
    assert errors == []
    (read,) = reads
    assert (read.reading, read.read_on, read.register_no) == (2280, date(2026, 7, 4), "0")
    assert (read.endpoint_id, read.tamper, read.account) == ("15500001", "0102", "0012-3456-01")


def test_autoread_takes_reading_date_and_note():
    reads, errors = reads_of("sensus-autoread", autoread())
    assert errors == []
    assert (reads[0].reading, reads[0].read_on, reads[0].trouble_1) == (
        2280,
        date(2026, 7, 3),
        "02",
    )


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("neptune-v4", neptune(meters=2), "says 2 MTRDT, but the file holds 1"),
        ("neptune-v4", neptune(routes="000002"), "says 2 RTEHD, but the file holds 1"),
        ("itron-mvrs", itron(readings=3), "says 3 RDG, but the file holds 1"),
        ("neptune-v4", b"".join(neptune().splitlines(keepends=True)[:6]), "has no RTETR"),
        ("neptune-v4", neptune().replace(b"PRMDT", b"PRMXX"), "record 'PRMXX' is not one of"),
        ("sensus-autoread", autoread()[:160], "ends inside reading (156-165): truncated"),
    ],
)
def test_counts_order_and_truncation_are_checked(name, data, said):
    reads, errors = reads_of(name, data)
    assert reads == []
    assert any(said in e.reason for e in errors)


def stop(**changes):
    row = {
        "company": "0001",
        "company_name": "SAMPLE",
        "file_on": "2026-07-01",
        "cycle": "01",
        "walk": "12",
        "sequence": "1",
        "account": "0012-3456-01",
        "service_point": "SP-1",
        "name": "GARCIA MARIA DE LA LUZ Y RODRIGUEZ",
        "address": "100 TEST ST",
        "meter_no": "70000001",
        "register_no": "0",
        "dials": "6",
        "decimals": "0",
        "unit": "CF",
        "previous_reading": "22200",
        "high_limit": "22600",
        "low_limit": "22210",
        "endpoint_id": "15500001",
        "previous_on": "2026-06-01",
        "multiplier": "1",
    }
    return row | changes


def download(name, rows):
    layout, log = shipped(name), ErrorLog()
    return write_download(layout, layout.chosen({}), rows, log), log.errors


COMPOUND = [
    stop(),
    stop(sequence="2", meter_no="70000002", service_point="SP-2", register_no="H"),
    stop(sequence="2", meter_no="70000002", service_point="SP-2", register_no="L"),
]


def test_a_neptune_download_has_every_width_and_its_counts():
    data, errors = download("neptune-v4", COMPOUND)
    assert errors == []
    lines = data.decode().split("\r\n")[:-1]
    widths = {"COMHD": 59, "RTEHD": 119, "PRMDT": 307, "MTRDT": 336, "RDGDT": 255}
    widths |= {"RTETR": 35, "COMTR": 15}
    assert [line[:5] for line in lines] == [
        *("COMHD", "RTEHD", "PRMDT", "MTRDT", "RDGDT", "PRMDT", "MTRDT", "RDGDT", "RDGDT"),
        *("RTETR", "COMTR"),
    ]
    assert [len(line) for line in lines] == [widths[line[:5]] for line in lines]
    assert lines[-2][23:35] == "000002000002"
    assert [line[5:9] for line in lines if line.startswith("RDGDT")] == ["0   ", "HIGH", "LOW "]
    assert lines[4][78:88] == "0000022200"


def test_what_neptune_is_sent_reads_back_as_the_same_meters():
    data, _ = download("neptune-v4", [row | {"read_on": "2026-07-03"} for row in COMPOUND])
    reads, errors = reads_of("neptune-v4", data)
    assert errors == []
    assert [(r.meter_no, r.register_no, r.service_point) for r in reads] == [
        ("70000001", "0", "SP-1"),
        ("70000002", "H", "SP-2"),
        ("70000002", "L", "SP-2"),
    ]


def test_an_itron_download_is_126_wide_and_counts_in_header_and_trailer():
    data, errors = download("itron-mvrs", [row | {"account": row["meter_no"]} for row in COMPOUND])
    assert errors == []
    lines = data.decode().split("\r\n")[:-1]
    assert {len(line) for line in lines} == {126}
    header = next(line for line in lines if line.startswith("RHD"))
    assert (header[17:21], header[37:41], header[41:45]) == ("0003", "0002", "0002")
    register = next(line for line in lines if line.startswith("RDG"))
    assert (register[11:15], register[31:41], register[41:51]) == (
        "WA  ",
        "0000022200",
        "0000022600",
    )


def test_an_autoread_download_is_155_wide():
    data, errors = download("sensus-autoread", COMPOUND)
    assert errors == []
    assert {len(line) for line in data.decode().splitlines()} == {155}


@pytest.mark.parametrize("name", ["generic-csv", "badger-beacon"])
def test_csv_downloads_disarm_formulas(name):
    data, errors = download(name, [stop(name="=HYPERLINK(0)")])
    assert errors == []
    assert b"'=HYPERLINK(0)" in data


def test_an_identity_that_does_not_fit_is_refused_and_a_name_is_cut():
    data, errors = download("neptune-v4", [stop(meter_no="7" * 21)])
    assert [(e.line, e.column) for e in errors] == [(1, "38-57")]
    assert b"GARCIA MARIA DE LA LUZ Y R" in data


OWN = """\
layout: own-meters
title: A district's own vendor
source: The vendor's manual, page 3
settings:
  tail: {title: Digits, choices: [short, long], default: short}
input:
  shape: fixed
  length: 30
  fields:
    - {field: meter_no, start: 1, length: 10, required: true}
    - {field: read_on, start: 11, length: 6, formats: [YYMMDD], required: true}
    - {field: reading, start: 17, length: 8, decimals: 2, when: {tail: short}}
    - {field: reading, start: 17, length: 9, decimals: 3, when: {tail: long}}
"""


def test_a_district_adds_a_vendor_as_data():
    layout = load_layout(OWN)
    line = put(30, (1, "M1"), (11, "260701"), (17, "00012345")).encode()
    batches, log = read_file(layout, layout.chosen({}), line)
    assert log.errors == []
    (read,) = batches[0].rows()
    assert (read.reading, read.read_on) == (Decimal("123.45"), date(2026, 7, 1))


@pytest.mark.parametrize(
    ("old", "new", "line", "path", "said"),
    [
        ("start: 17, length: 8", "start: 27, length: 8", 6, "input", "ends beyond"),
        (
            "field: reading, start: 17, length: 8",
            "field: redding, start: 17, length: 8",
            12,
            "input.fields.2",
            "unknown field 'redding'",
        ),
        ("shape: fixed", "shape: fixt", 6, "input", "Input tag 'fixt'"),
        ("title: A", "titel: A", 2, "titel", "is no word of a layout"),
        ("length: 30", "length: 30\n  length: 31", 9, "input.length", "stands here twice"),
        ("[YYMMDD]", "[YYXX]", 11, "input.fields.1.formats.0", "is made of YYYY"),
        ("default: short", "default: medium", 5, "settings.tail", "not one of the choices"),
        ("{tail: long}", "{tail: wide}", 1, "file", "setting tail=wide is not declared"),
        ("length: 30", "length: [", 10, "file", "expected"),
        ("A district's own", "!!python/object:os.system A", 2, "title", "tag"),
    ],
)
def test_a_mistake_in_a_layout_is_named_with_its_path_and_line(old, new, line, path, said):
    with pytest.raises(LayoutError) as caught:
        load_layout(OWN.replace(old, new, 1))
    found = [(e.line, e.column, e.reason) for e in caught.value.errors]
    assert any(at == line and where == path and said in why for at, where, why in found), found


def test_yaml_aliases_cannot_blow_up_the_engine():
    bomb = "a: &a [x]\nb: [*a, *a]\n"
    with pytest.raises(LayoutError, match="aliases"):
        load_layout(bomb)


def test_a_setting_takes_only_its_own_values():
    with pytest.raises(ValueError, match="billing_reading is one of"):
        shipped("neptune-v4").chosen({"billing_reading": "third"})
