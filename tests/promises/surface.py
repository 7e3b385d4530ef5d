"""The whole public surface: every parameter that a caller, a command or a policy pack may give, with what is said of it."""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from enum import Enum
from types import ModuleType

import typer

import answerable
from answerable.cli import app
from answerable.policy.pack import Check, Clause, Pack
from answerable.programmes import PROGRAMMES

_SECTION = re.compile(r"^(?:Args|Attributes):\n((?:[ ]{4}.*\n?|\n)+)", re.MULTILINE)
_ENTRY = re.compile(r"^ {4}(\w+): (.*(?:\n {5,}.*)*)", re.MULTILINE)


@dataclass(frozen=True)
class Taken:
    """One thing that something takes: where, by which name, and what is said of it."""

    where: str
    name: str
    said: str = ""

    def __str__(self) -> str:
        return f"{self.where}({self.name})"


def modules() -> list[ModuleType]:
    """Import every module of the package."""
    found = pkgutil.walk_packages(answerable.__path__, "answerable.")
    return [answerable, *(importlib.import_module(each.name) for each in found)]


def functions(module: ModuleType) -> Iterator[tuple[str, object]]:
    """Give every public function, class and method that a module defines, by its qualified name."""
    for name, thing in vars(module).items():
        own = getattr(thing, "__module__", None) == module.__name__
        if name.startswith("_") or not own or not (inspect.isroutine(thing) or inspect.isclass(thing)):
            continue
        where = f"{module.__name__}.{name}"
        yield where, thing
        if inspect.isclass(thing):
            for inner, member in vars(thing).items():
                plain = next(
                    (
                        inside
                        for each in ("fget", "func", "__func__")
                        if (inside := getattr(member, each, None))
                    ),
                    member,
                )
                if not inner.startswith("_") and inspect.isroutine(plain):
                    yield f"{where}.{inner}", plain


def described(thing: object) -> dict[str, str]:
    """Read what a docstring says of each parameter."""
    text = inspect.getdoc(thing) or ""
    return {
        name: " ".join(said.split())
        for section in _SECTION.findall(text)
        for name, said in _ENTRY.findall(section)
    }


def parameters(where: str, thing: object) -> Iterator[Taken]:
    """Give every parameter of a function or class; an enumeration takes what it lists, and nothing else."""
    if inspect.isclass(thing) and issubclass(thing, Enum):
        return
    said = described(thing)
    for name in inspect.signature(thing).parameters:  # type: ignore[arg-type]  # it was callable when it was listed
        if name not in ("self", "cls"):
            yield Taken(where, name, said.get(name, ""))


def commands(group: object = None, path: str = "answerable") -> Iterator[tuple[str, object]]:
    """Give every command of the command line by its words."""
    group = group or typer.main.get_command(app)
    yield path, group
    for name, command in getattr(group, "commands", {}).items():
        yield from commands(command, f"{path} {name}")


def options(path: str, command: object) -> Iterator[Taken]:
    """Give every option and argument of a command, by each of its names."""
    for each in command.params:  # type: ignore[attr-defined]  # a command of click's
        names = {each.name, each.metavar or "", *each.opts, *each.secondary_opts}
        for name in sorted(re.sub(r"\W+", "_", name).strip("_").lower() for name in names if name):
            yield Taken(path, name, getattr(each, "help", None) or "")


def settings() -> Iterator[Taken]:
    """Give every parameter of a measure, and every key that a policy pack may hold."""
    for programme in PROGRAMMES:
        for measure in programme.measures:
            for name, each in measure.parameters.items():
                yield Taken(measure.name, name, each.meaning)
    for kind in (Pack, Clause, Check):
        said = described(kind)
        for each in fields(kind):
            yield Taken(f"a policy pack's {kind.__name__.lower()}", each.name, said.get(each.name, ""))


def surface() -> Iterator[Taken]:
    """Give everything that anything takes."""
    for module in modules():
        for where, thing in functions(module):
            yield from parameters(where, thing)
    for path, command in commands():
        yield from options(path, command)
    yield from settings()
