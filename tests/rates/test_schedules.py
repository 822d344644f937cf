"""The schedules that ship: every worked example of each comes out to the cent."""

from pathlib import Path

import pytest

from curbstop.platform.migrate import reference_dir
from curbstop.rates.engine import Catalog, compile_tariff, explain, label, load_tariff
from curbstop.rates.engine.definition import Component, Policy, Tariff
from curbstop.rates.engine.examples import run_examples
from curbstop.rates.tariffs.body import body_of, hash_of
from curbstop.rates.tariffs.sections import sections_of

GUIDE = Path(__file__).parents[2] / "docs" / "guide" / "tariffs.md"
FILES = sorted((reference_dir() / "tariffs").glob("*.yaml"))
NAMES = [file.stem for file in FILES]


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_every_example_comes_out_and_every_line_explains_itself(file: Path):
    tariff = compile_tariff(load_tariff(file.read_text()))
    results = run_examples(Catalog([tariff]), tariff.versions)
    assert len(results) >= len(tariff.versions)
    assert [(r.example.name, r.differences) for r in results if r.differences] == []
    for result in results:
        for line in result.lines:
            for language in ("en", "es"):
                assert label(line, result.version, language)
                text = explain(line, result.version, language)
                assert result.version.definition.resolution in text
                assert "$" in text


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_a_schedule_survives_the_database(file: Path):
    tariff = load_tariff(file.read_text())
    bodies = [body_of(version) for version in tariff.versions]
    shuffled = [dict(sorted(body.items(), reverse=True)) for body in bodies]
    again = Tariff.model_validate(body_of(tariff) | {"versions": shuffled})
    assert again == tariff
    assert [hash_of(body_of(v)) for v in again.versions] == [hash_of(body) for body in bodies]


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_a_schedule_reads_as_tables(file: Path):
    for version in load_tariff(file.read_text()).versions:
        for section in sections_of(version):
            assert section.rows
            assert {len(row) for row in section.rows} == {len(section.columns)}


def test_the_guide_s_own_file_is_right():
    text = GUIDE.read_text().split("```yaml\n")[1].split("```")[0]
    tariff = compile_tariff(load_tariff(text))
    [result] = run_examples(Catalog([tariff]), tariff.versions)
    assert result.differences == []


def test_the_guide_names_every_component_and_switch():
    text = GUIDE.read_text()
    for node in Component.__args__[0].__args__:
        assert f"`{node.model_fields['model'].annotation.__args__[0]}`" in text
        own = set(node.model_fields) - {"key", "model", "label", "group", "gl", "when"}
        assert [name for name in own if name not in text] == []
    assert [name for name in Policy.model_fields if name not in text] == []


def test_a_section_says_what_its_price_is_multiplied_by():
    tariff = load_tariff((reference_dir() / "demo" / "tariffs" / "s-com.yaml").read_text())
    _, use = sections_of(tariff.versions[-1])
    assert (use.columns, use.notes) == (["Price a unit, $"], ["On 90 % of use"])
