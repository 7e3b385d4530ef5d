"""Fixtures of predictive deployment: files taken in under its layouts, audited, or planted as records."""

import json
from pathlib import Path

import pytest

from answerable import audit
from answerable.engine import DuckDB
from answerable.intake import load_layouts
from answerable.programmes.forecasts import PROGRAMME
from exports import take
from planting import plant, table
from quick import numbers_alone

__all__ = ["numbers_alone", "take"]


@pytest.fixture(scope="session")
def layouts():
    """Give the shipped layouts of predictive deployment."""
    return load_layouts(PROGRAMME.layouts, PROGRAMME.kinds)


@pytest.fixture
def kinds():
    """Give the record kinds of predictive deployment by their names."""
    return {kind.name: kind for kind in PROGRAMME.kinds}


@pytest.fixture
def measured(tmp_path):
    """Give a function that audits files, given by name and text or as paths, and gives the measures."""

    def run(*paths, layout=(), **texts):
        made = [Path(path) for path in paths]
        for name, text in texts.items():
            ending = ".geojson" if text.startswith("{") else ".csv"
            made.append(tmp_path / f"{name}{ending}")
            made[-1].write_text(text, encoding="utf-8")
        return audit(made, tmp_path / "case", layout=layout, as_of="2026-01-01").measures

    return run


@pytest.fixture
def planted(kinds):
    """Give a function that plants rows of records, by the names of their kinds, and gives the engine to ask."""
    engines = []

    def run(rows_of):
        engines.append(DuckDB())
        tables = {kinds[name].plural: table(kinds[name], rows) for name, rows in rows_of.items()}
        plant(engines[-1], PROGRAMME, tables)
        return engines[-1]

    yield run
    for engine in engines:
        engine.close()


@pytest.fixture
def collection():
    """Give a function that writes a GeoJSON file of areas, each given by its rings."""

    def write(areas, **more):
        features = [
            {
                "type": "Feature",
                "properties": {"beat": name, "colour": "green"},
                "geometry": {"type": "Polygon", "coordinates": rings},
            }
            for name, rings in areas
        ]
        return json.dumps({"type": "FeatureCollection", "features": features} | more)

    return write
