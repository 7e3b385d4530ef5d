"""Starting Spark: what it needs is looked for first, and it is told to keep to itself.

Spark runs in a Java process beside this one, once for as long as this process runs. Whatever it would print, which
may quote a cell, goes nowhere; a `log4j2.properties` in SPARK_CONF_DIR may have it written to a file.
"""

from __future__ import annotations

import importlib.util
import logging
import os
import re
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, cast

from answerable.errors import EngineError, UsageError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

__all__ = ["LOCAL", "check_spark", "how_it_ended", "is_local", "start"]

LOCAL = "local[*]"
"""The master where none is named: every core of this machine."""

_JAVA, _SPARK = 17, 4  # the oldest of each that will do
_INSTALL_JAVA = (
    "Install Java 17 or later (Debian: apt-get install openjdk-17-jre-headless; macOS: brew install openjdk@17) "
    "and set JAVA_HOME where it is not found, or leave out --engine spark."
)
_SETTINGS = {
    "spark.app.name": "answerable",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.catalogImplementation": "in-memory",
    # An audit runs hundreds of queries, and nobody looks at the ones that are done.
    "spark.sql.ui.retainedExecutions": "1",
    "spark.ui.retainedJobs": "10",
    "spark.ui.retainedStages": "10",
    "spark.ui.retainedTasks": "100",
    # What is spilled or shuffled to disk is encrypted, as DuckDB's is, with a key that is never stored.
    "spark.io.encryption.enabled": "true",
}
_ON_THIS_MACHINE = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    # Others on this machine can reach a loopback port too: each connection is authenticated by a random secret.
    "spark.authenticate": "true",
    # Hundreds of short queries would otherwise leave hundreds of threads behind, and a machine may limit their number.
    "spark.sql.broadcastExchange.maxThreadThreshold": "16",
    "spark.sql.resultQueryStage.maxThreadThreshold": "16",
    "spark.sql.shuffleExchange.maxThreadThreshold": "16",
}
_DIALECT = {
    "spark.sql.ansi.enabled": "true",
    "spark.sql.parser.escapedStringLiterals": "false",
    "spark.sql.variable.substitute": "false",  # ${...} in a text stands for itself
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.timestampType": "TIMESTAMP_NTZ",
    "spark.sql.maxPlanStringLength": "0",  # nor at a query's plan, which Spark would write out anew after each stage
}
_GIB = 1 << 30


def is_local(master: str) -> bool:
    """Say whether a master is this machine alone."""
    return master.startswith("local")


def check_spark(master: str = "") -> None:
    """Say whether Spark can be started at all, before any work is done.

    Args:
        master: Spark's master as it will be asked for, or empty.

    Raises:
        UsageError: pyspark or Java is missing or too old, or the master is none that Spark takes.
    """
    if master and not re.fullmatch(r"(local(\[[^\]]*\])?|local-cluster\[.*\]|yarn|(spark|k8s)://.+)", master):
        raise UsageError(
            f"--master is {master!r}",
            expected="local[*], local[N], spark://HOST:PORT, yarn or k8s://ADDRESS",
            do="Name the master as Spark does, or leave the option out to use this machine.",
        )
    if not (_installed("pyspark") and _installed("py4j")):
        raise UsageError(
            "the Spark engine needs pyspark, which is not installed",
            do="Run: python -m pip install 'answerable[spark]', or leave out --engine spark.",
        )
    _check_java()


def _installed(package: str) -> bool:
    try:
        return importlib.util.find_spec(package) is not None
    except (ImportError, ValueError):
        return False


def _check_java() -> None:
    """Refuse a Java that is missing, too old, or without the module that Spark loads.

    Raises:
        UsageError: It is one of these.
    """
    home = os.environ.get("JAVA_HOME")
    java = str(Path(home, "bin", "java")) if home else shutil.which("java")
    said = _run(java, "-version") if java else None
    version = re.search(r'version "(?:1\.)?(\d+)', said.stderr) if said else None
    if version is None:
        where = f"JAVA_HOME is {home!r}, and there is no Java in it" if home else "none was found"
        raise UsageError(f"the Spark engine needs Java, and {where}", do=_INSTALL_JAVA)
    if int(version[1]) < _JAVA:
        raise UsageError(
            f"the Spark engine needs Java {_JAVA} or later, and Java {version[1]} was found",
            where=str(java),
            do=_INSTALL_JAVA,
        )
    module = _run(java, "--add-modules=jdk.incubator.vector", "-version") if java else None
    if module is None or module.returncode:
        raise UsageError(
            "this Java lacks the module jdk.incubator.vector, which Spark loads",
            where=str(java),
            do=_INSTALL_JAVA,
        )


def _run(*command: str) -> subprocess.CompletedProcess[str] | None:
    try:
        return subprocess.run(  # noqa: S603 - Java as JAVA_HOME or PATH names it, which is what Spark would run
            command, capture_output=True, text=True, errors="replace", check=False, timeout=60
        )
    except (OSError, subprocess.TimeoutExpired):
        return None


def start(master: str = "") -> SparkSession:
    """Give a new session with settings and views of its own, on this process's Spark, started where there is none.

    A Spark that this process already runs (in a notebook, say) is used as it is set.

    Args:
        master: Spark's master; by default the running Spark's, or every core of this machine.

    Raises:
        UsageError: Something that Spark needs is missing, or another master is in use.
        EngineError: Spark could not start.
    """
    check_spark(master)
    warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas")  # which is not used here
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what it thinks of the versions of packages that are not used here
        from pyspark.sql import SparkSession  # noqa: PLC0415 - an extra, imported where it is asked for
    logging.getLogger("SQLQueryContextLogger").disabled = True  # it would print the error's own words
    if how_it_ended() is not None:
        _forget()
    running = SparkSession.getActiveSession()
    if running is None:
        running = _launch(master or LOCAL)
    elif master and running.sparkContext.master != master:
        raise UsageError(
            f"Spark runs in this process with master {running.sparkContext.master!r}, and {master!r} is asked for",
            do="Ask for the same master, or start a new process.",
        )
    if int(running.version.partition(".")[0]) < _SPARK:
        raise UsageError(
            f"the Spark engine needs Spark {_SPARK} or later, and {running.version} runs",
            do="Unset SPARK_HOME where it names an older Spark.",
        )
    session = running.newSession()
    given = session.sparkContext.getConf()
    for name, value in (_DIALECT | _shuffles(session)).items():
        if name in _DIALECT or not given.contains(name):
            session.conf.set(name, value)
    return session


def how_it_ended(patience: float = 0) -> int | None:
    """Give the status that Spark's Java process ended with: None while it runs, or where this process started none.

    A negative status is the signal that ended it: -9 where the machine ran out of memory and ended its largest process.

    Args:
        patience: Seconds to wait for the end, where the connection to it is lost and it may be ending.
    """
    from pyspark import SparkContext  # noqa: PLC0415 - an extra, imported where it is asked for

    process = getattr(SparkContext._gateway, "proc", None)  # noqa: SLF001 - Spark has no public word for it
    if process is None:
        return None
    with suppress(subprocess.TimeoutExpired):
        return cast("int", process.wait(patience))
    return None


def _forget() -> None:
    """Let go of a Spark whose Java process has ended, so that another can be started."""
    from pyspark import SparkContext  # noqa: PLC0415 - as above
    from pyspark.sql import SparkSession  # noqa: PLC0415 - as above

    SparkContext._gateway = SparkContext._jvm = SparkContext._active_spark_context = None  # noqa: SLF001 - as above
    SparkSession._instantiatedSession = None  # noqa: SLF001 - as above


def _shuffles(session: SparkSession) -> dict[str, str]:
    """Give the number of parts that rows are shuffled into: few on one machine, where Spark would take 200."""
    if not is_local(str(session.sparkContext.master)):
        return {}
    return {"spark.sql.shuffle.partitions": str(max(2, 2 * session.sparkContext.defaultParallelism))}


def _launch(master: str) -> SparkSession:
    """Start Spark's Java process and a context in it.

    Raises:
        EngineError: It did not start.
    """
    from py4j.protocol import Py4JError  # noqa: PLC0415 - as above
    from pyspark import SparkConf, SparkContext  # noqa: PLC0415 - as above
    from pyspark.errors import PySparkException  # noqa: PLC0415 - as above
    from pyspark.java_gateway import launch_gateway  # noqa: PLC0415 - as above
    from pyspark.sql import SparkSession  # noqa: PLC0415 - as above

    settings = _SETTINGS | {
        "spark.sql.warehouse.dir": str(Path(tempfile.gettempdir(), "answerable-warehouse"))
    }
    if "PYSPARK_GATEWAY_PORT" not in os.environ:  # set by spark-submit, which has named the master
        settings["spark.master"] = master
    if is_local(master):
        settings |= _ON_THIS_MACHINE
    conf = SparkConf(loadDefaults=False).setAll(list(settings.items()))
    nowhere = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    try:
        with _environment(_java_options(master)):
            gateway = launch_gateway(conf, nowhere)  # type: ignore[no-untyped-call]  # Spark states no types for it
        return SparkSession(SparkContext(conf=conf, gateway=gateway))
    except (PySparkException, Py4JError, OSError) as error:
        raise EngineError(
            f"Spark could not start with master {master!r} ({type(error).__name__})",
            do="Check that the master can be reached and that Java has the memory it needs; a log4j2.properties in "
            "SPARK_CONF_DIR can have Spark write down what went wrong.",
        ) from None


def _java_options(master: str) -> dict[str, str]:
    """Give what Java is told through its environment, where the user has not said otherwise.

    A deep stack serves patterns on long cells; a file of counters in the folder of temporary files serves nobody.
    """
    options = f"-Xss32m -XX:-UsePerfData {os.environ.get('SPARK_SUBMIT_OPTS', '')}"
    memory = min(8 * _GIB, _memory() // 2) if is_local(master) else 2 * _GIB
    return {
        "SPARK_SUBMIT_OPTS": options.strip(),
        "SPARK_DRIVER_MEMORY": os.environ.get("SPARK_DRIVER_MEMORY", f"{memory >> 20}m"),
    }


def _memory() -> int:
    """Give the machine's memory in bytes."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


@contextmanager
def _environment(values: Mapping[str, str]) -> Iterator[None]:
    """Set some variables of the environment for as long as the block runs."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
