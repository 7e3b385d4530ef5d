"""Spark: what it needs is said in a sentence, it keeps to this machine, and it repeats no cell."""

import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import pyarrow as pa
import pytest

from answerable.engine import Choice, DuckDB
from answerable.engine import spark as engine_of_spark
from answerable.engine.session import check_spark
from answerable.engine.spark import Spark
from answerable.errors import EngineError, UsageError
from planting import name_table

# Letters that came with Unicode 16 and 17: the engines do not know them alike, and one may not know them at all.
NEWER = ((0x1C89, 0x1C8A), range(0xA7CB, 0xA7E0), range(0x10D40, 0x10D90), range(0x16EA0, 0x16EE0))
LISTENING = "0A"
LOOPBACK = {"0100007F", "0000000000000000FFFF00000100007F", "00000000000000000000000001000000"}


@pytest.fixture
def java(tmp_path, monkeypatch):
    """Give a function that puts a Java of one's own making first, by what it prints and how it ends."""

    def make(version, ends=0):
        program = tmp_path / "jdk" / "bin" / "java"
        program.parent.mkdir(parents=True)
        program.write_text(
            f'#!/bin/sh\necho \'openjdk version "{version}"\' >&2\ncase "$1" in --*) exit {ends};; esac\n'
        )
        program.chmod(0o755)
        monkeypatch.setenv("JAVA_HOME", str(tmp_path / "jdk"))

    return make


def test_no_java_is_one_sentence(monkeypatch):
    """Without Java it is said what is needed, and what to install."""
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(
        UsageError, match=r"needs Java, and none was found\nWhat to do: Install Java 17 or later"
    ) as said:
        check_spark()
    assert said.value.exit_code == 2


def test_a_java_home_without_java_is_named(tmp_path, monkeypatch):
    """Where JAVA_HOME leads nowhere, that is what is said, whatever the PATH holds."""
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(UsageError, match=r"JAVA_HOME is .*there is no Java in it"):
        check_spark()


@pytest.mark.parametrize(("version", "number"), [("11.0.2", "11"), ("1.8.0_392", "8"), ("16", "16")])
def test_an_old_java_is_refused(java, version, number):
    """A Java before 17 is named by its number."""
    java(version)
    with pytest.raises(UsageError, match=f"needs Java 17 or later, and Java {number} was found"):
        check_spark()


def test_a_trimmed_java_is_refused(java):
    """A Java without the module that Spark loads is told from one that has it."""
    java("21.0.1", ends=1)
    with pytest.raises(UsageError, match=r"lacks the module jdk\.incubator\.vector"):
        check_spark()


def test_a_whole_java_will_do(java):
    """Nothing is said of a Java that has what Spark needs: the tests above would fail otherwise."""
    java("21.0.1")
    check_spark()


def test_no_pyspark_is_one_sentence(monkeypatch):
    """Without pyspark it is said how to install it."""

    class Forbidden:
        def find_spec(self, name, *_):
            if name.partition(".")[0] == "pyspark":
                raise ModuleNotFoundError(name)

    for name in [name for name in sys.modules if name.partition(".")[0] == "pyspark"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [Forbidden(), *sys.meta_path])
    with pytest.raises(UsageError, match=r"needs pyspark, which is not installed\n.*answerable\[spark\]"):
        check_spark()


@pytest.mark.parametrize("master", ["localhost", "http://host:8080", "sc://host", "local[*", "mesos://host"])
def test_a_master_that_is_none_is_refused(master):
    """A master that Spark does not take is said before anything starts."""
    with pytest.raises(UsageError, match="--master is"):
        check_spark(master)


@pytest.mark.parametrize(
    "master", ["", "local", "local[4]", "local[*]", "spark://host:7077", "yarn", "k8s://https://host:443"]
)
def test_masters_that_spark_takes_are_taken(master):
    """This machine and each kind of cluster can be named."""
    check_spark(master)


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        (Choice("hive"), "--engine is 'hive'"),
        (Choice("duckdb", "local[2]"), "--master is .* and the engine is duckdb"),
    ],
)
def test_a_choice_that_makes_no_sense_is_refused(choice, said):
    """An engine that there is not, and a master for an engine that has none, are said at once."""
    with pytest.raises(UsageError, match=said):
        choice.check()


@pytest.fixture(scope="module")
def spark():
    """Open Spark on this machine."""
    with Spark() as engine:
        yield engine


@pytest.mark.spark
def test_what_decides_results_is_set(spark):
    """Time zone, type of times, ANSI rules and quoting are set for the session, whatever the defaults are."""
    assert spark.rows("SELECT current_timezone(), typeof(TIMESTAMP '2025-01-01 00:00:00'), typeof(0e0)") == [
        ("UTC", "timestamp_ntz", "double")
    ]
    with pytest.raises(EngineError, match="DIVIDE_BY_ZERO"):
        spark.rows("SELECT 1 / n FROM (VALUES (0)) AS some (n)")


@pytest.mark.spark
def test_nothing_listens_beyond_this_machine(spark):
    """Spark's own process listens on loopback addresses alone, and asks whoever connects for a secret."""
    context = spark._session.sparkContext
    assert context.getConf().get("spark.authenticate") == "true"
    assert context.getConf().get("spark.ui.enabled") == "false"
    assert context.uiWebUrl is None
    number = context._jvm.java.lang.ProcessHandle.current().pid()
    if not Path("/proc").is_dir():
        assert context.getConf().get("spark.driver.bindAddress") == "127.0.0.1"
        return
    own = set()
    for handle in Path("/proc", str(number), "fd").iterdir():
        try:
            own.add(str(handle.readlink()))
        except OSError:
            continue  # it was closed since
    sockets = [
        line.split()
        for table in ("tcp", "tcp6")
        for line in Path("/proc", str(number), "net", table).read_text().splitlines()[1:]
    ]
    listening = {
        each[1].split(":")[0] for each in sockets if each[3] == LISTENING and f"socket:[{each[9]}]" in own
    }
    assert listening
    assert listening <= LOOPBACK


@pytest.mark.spark
def test_what_is_spilled_is_encrypted(spark):
    """Spark encrypts what it writes to disk, and keeps no log of what it ran."""
    conf = spark._session.sparkContext.getConf()
    assert conf.get("spark.io.encryption.enabled") == "true"
    assert conf.get("spark.eventLog.enabled", "false") == "false"


@pytest.mark.spark
@pytest.mark.parametrize(
    "sql",
    [
        "SELECT CAST(t AS BIGINT) FROM (VALUES ('KNRY-1')) AS some (t)",
        "SELECT CAST(t AS DATE) FROM (VALUES ('KNRY-1')) AS some (t)",
        "SELECT KNRY FROM (VALUES ('KNRY-1')) AS some (t)",
        "SELECT 'KNRY' FROM nowhere",
        "SELEC 'KNRY'",
    ],
)
def test_an_error_repeats_no_cell(spark, sql, capfd):
    """What Spark says of a query or a cell is not passed on: neither in the error nor on the terminal."""
    with pytest.raises(EngineError, match=r"Spark could not run a query \([A-Z_.]+\)") as said:
        spark.rows(sql)
    assert "KNRY" not in str(said.value)
    assert said.value.__cause__ is None
    assert "KNRY" not in "".join(capfd.readouterr())


@pytest.mark.spark
def test_a_file_that_a_worker_cannot_see_is_said(spark, tmp_path):
    """Where a file of the case is not there for Spark, it is said where the case has to be."""
    with pytest.raises(EngineError, match="cannot see a file of the case") as said:
        spark.parquet("records", [tmp_path / "0001.parquet"])
    assert "every worker sees" in str(said.value)


@pytest.mark.spark
def test_another_master_in_one_process_is_refused(spark):
    """One process has one Spark: a second master is said, and the same one is taken."""
    with pytest.raises(UsageError, match="Spark runs in this process with master"):
        Spark("spark://elsewhere:7077")
    Spark(spark._session.sparkContext.master).close()


@pytest.mark.spark
def test_two_sessions_do_not_see_each_other(spark):
    """What one names, the other does not know."""
    spark.view("mine", "SELECT 1 AS n")
    with Spark() as other, pytest.raises(EngineError, match="TABLE_OR_VIEW_NOT_FOUND"):
        other.rows("SELECT n FROM mine")


@pytest.mark.spark
def test_what_was_kept_is_let_go(spark, monkeypatch):
    """Closing an engine, and each query that shared a step, leaves nothing in memory, and a step that is a table stays."""
    monkeypatch.setattr(engine_of_spark, "_FEW", 0)
    held = spark._session._jsparkSession.sharedState().cacheManager().numCachedEntries
    before = held()
    with Spark() as other:
        other.table("kept", "SELECT 1 AS n")
        for step in ("SELECT n FROM kept", "SELECT n + 1 AS n FROM kept"):
            other.rows(f"WITH one AS ({step}) SELECT n FROM one UNION ALL SELECT n FROM one")
        assert held() == before + 1
    assert held() == before


@pytest.mark.spark
def test_letters_change_their_case_as_on_duckdb(spark):
    """Every letter of Unicode 15 is written in capitals and in small letters alike on both engines, and trimmed alike."""
    known = [
        chr(code)
        for code in range(1, 0x110000)
        if unicodedata.category(chr(code)) not in ("Cn", "Cs", "Co")
        and not any(code in each for each in NEWER)
    ]
    given = pa.table({"n": list(range(len(known))), "t": known, "word": [f"{each}a{each}" for each in known]})
    found = []
    for engine in (DuckDB(), spark):
        name_table(engine, "letters", given)
        found.append(
            engine.rows(
                "SELECT lower(t), upper(t), lower(word), upper(word), trim(word) FROM letters ORDER BY n"
            )
        )
    wrong = [
        (letter, here, there) for letter, here, there in zip(known, *found, strict=True) if here != there
    ]
    assert wrong[:20] == []


@pytest.mark.spark
@pytest.mark.usefixtures("spark")
def test_the_environment_is_as_it_was():
    """Starting Spark leaves no setting behind that this process did not have."""
    assert "-Xss" not in os.environ.get("SPARK_SUBMIT_OPTS", "")


ENDED = """
import os
from pyspark import SparkContext
from answerable.engine.spark import Spark
from answerable.errors import EngineError

engine = Spark("local[1]")
assert engine.rows("SELECT 1") == [(1,)]
SparkContext._gateway.proc.kill()
try:
    engine.rows("SELECT 1")
except EngineError as error:
    print(str(error).replace(os.linesep, " "))
print(Spark("local[1]").rows("SELECT 2"))
"""


@pytest.mark.spark
def test_a_java_process_that_ended_is_said_and_another_is_started():
    """When Spark's process was killed, the error says so, and the next engine runs on a new one."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", ENDED],
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert "was ended from outside, as a machine does whose memory runs out" in done.stdout
    assert "What to do: Give it less (SPARK_DRIVER_MEMORY)" in done.stdout
    assert done.stdout.endswith("[(2,)]\n"), done.stderr


def test_a_java_process_that_ended_by_itself_is_said_with_its_status(monkeypatch):
    """A lost connection is laid to the process that has ended, where it has."""
    monkeypatch.setattr(engine_of_spark, "how_it_ended", lambda _patience: 52)
    with (
        pytest.raises(EngineError, match=r"ended by itself \(status 52\)"),
        engine_of_spark.in_our_words(),
    ):
        raise ConnectionRefusedError


def test_a_lost_connection_to_a_process_that_runs_is_said(monkeypatch):
    """Where the process has not ended, what is said is that the connection was lost."""
    monkeypatch.setattr(engine_of_spark, "how_it_ended", lambda _patience: None)
    with pytest.raises(EngineError, match="connection to Spark was lost"), engine_of_spark.in_our_words():
        raise ConnectionRefusedError
