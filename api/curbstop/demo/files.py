"""The read file of a cycle's newest day, as the collectors bring it in: nearly perfect."""

import csv
import io

from curbstop.demo.calendar import DemoCycle
from curbstop.demo.chance import Chance
from curbstop.demo.load import District, readings_of_cycle

HEADER = ("meter", "register", "endpoint", "date", "reading", "unit", "method", "skip", "trouble")
SKIPS = ("LG", "DOG", "CAR", "BUR")


def read_file(district: District, cycle: DemoCycle) -> bytes:
    """A generic CSV of every register of the cycle on its newest read day.

    One in 150 could not be read (with a skip code), one in 400 is misread by a digit, and one
    meter is not where the books say.
    """
    chance, out = Chance(district.seed, f"file/{cycle.code}"), io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADER)
    newest = cycle.read_days(district.today)[-1]
    serials = {
        register_id: (device.serial, number, device.endpoint, device.dials)
        for point in district.points
        for device in point.devices
        for register_id, number in device.registers
    }
    made = readings_of_cycle(district, cycle)
    newest_reads = [r for _, r in made if r.read_on == newest and r.why == "cycle"]
    swapped = chance.below(max(len(newest_reads), 1))
    for place, reading in enumerate(newest_reads):
        serial, number, endpoint, dials = serials[reading.register_id]
        value, skip = f"{reading.value:0{dials}d}", ""
        if chance.happens(7):
            value, skip = "", chance.pick(SKIPS)
        elif chance.happens(3):
            value = _misread(chance, value)
        if place == swapped:
            serial, endpoint = f"{serial[:-1]}9", ""
        method = "keyed" if skip else "radio"
        writer.writerow((serial, number, endpoint, newest, value, "HCF", method, skip, ""))
    return out.getvalue().encode()


def _misread(chance: Chance, value: str) -> str:
    at = chance.below(len(value))
    return f"{value[:at]}{(int(value[at]) + chance.between(1, 9)) % 10}{value[at + 1 :]}"
