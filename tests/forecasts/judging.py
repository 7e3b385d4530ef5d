"""Files of forecasts and outcomes as tests plant them, and their audit."""

import csv
from datetime import date, timedelta

from answerable import audit

START = date(2025, 1, 6)


def day(number):
    """Give the date so many days after the first."""
    return (START + timedelta(days=number)).isoformat()


def measured(folder, **tables):
    """Write each table under its name, head first, and give the measures of them all."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", newline="") as file:
            csv.writer(file).writerows(rows)
    return audit([folder / f"{name}.csv" for name in tables], folder / "case").measures


def forecast_rows(scores, **more):
    """Lay scores of areas × days out as a long table."""
    head = ["area", "period", "score", *more]
    return [head] + [
        [f"A{place}", day(number), score, *(column[place][number] for column in more.values())]
        for place, of_area in enumerate(scores)
        for number, score in enumerate(of_area)
    ]


def outcome_rows(counts, type_="burglary"):
    """Lay counts of areas × days out as a list of outcomes."""
    return [["occurred_at", "area", "type"]] + [
        [f"{day(number)} 12:00:00", f"A{place}", type_]
        for place, of_area in enumerate(counts)
        for number, count in enumerate(of_area)
        for _ in range(count)
    ]
