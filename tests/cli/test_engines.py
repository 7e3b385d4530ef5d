"""Asking for an engine: what it lacks is said before anything is done."""

import pytest

from cases import everything, tiny


@pytest.fixture
def no_java(monkeypatch):
    """Leave no Java to be found."""
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("JAVA_HOME", raising=False)


@pytest.mark.usefixtures("no_java")
def test_an_audit_on_spark_without_java_makes_nothing(answerable, tmp_path):
    """What is missing is said in a sentence, with exit code 2, and there is no case."""
    ran = answerable("audit", tiny(tmp_path / "log.csv"), "--case", tmp_path / "case", "--engine", "spark")
    assert ran.code == 2
    assert "the Spark engine needs Java" in ran.err
    assert "Install Java 17 or later" in ran.err
    assert not (tmp_path / "case").exists()


@pytest.mark.usefixtures("no_java")
def test_a_report_on_spark_without_java_changes_nothing(answerable, a_case):
    """A case that was to be measured again on Spark is as it was."""
    before = everything(a_case)
    ran = answerable("report", a_case, "--engine", "spark")
    assert ran.code == 2
    assert "the Spark engine needs Java" in ran.err
    assert everything(a_case) == before


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--engine", "hive"], "--engine is 'hive'\nExpected: duckdb or spark"),
        (["--master", "local[2]"], "the engine is duckdb"),
        (["--engine", "spark", "--master", "somewhere"], "--master is 'somewhere'"),
    ],
)
def test_what_makes_no_sense_is_said(answerable, tmp_path, options, said):
    """An engine or a master that there is not, and a master without Spark, are usage errors."""
    ran = answerable("audit", tiny(tmp_path / "log.csv"), "--case", tmp_path / "case", *options)
    assert ran.code == 2
    assert said in ran.err
    assert not (tmp_path / "case").exists()
