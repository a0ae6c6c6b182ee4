"""The rules of the house: files, functions and argument lists stay small; Mesa is imported in marked files only."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

SOURCES = Path(__file__).resolve().parents[2] / "src" / "smsim"
FILES = sorted(SOURCES.rglob("*.py"))
FILE_LINES, FUNCTION_LINES, KERNEL_LINES, ARGUMENTS = 250, 25, 40, 5
#: What makes a function a kernel: called from Python, or from other kernels only.
KERNELS = {"kernel", "inner"}
#: Declarations whose arguments are what can be declared, or typed on a command line.
DECLARATIONS = {
    "core/section.py: param", "cli/evidence.py: facts", "cli/evidence.py: claims", "cli/deciding.py: sensitivity",
    "cli/deciding.py: why", "cli/deciding.py: recommend", "cli/looking.py: diary", "cli/looking.py: store",
}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def _name(file: Path) -> str:
    return file.relative_to(SOURCES).as_posix()


def _functions(file: Path) -> Iterator[Function]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def _decorators(function: Function) -> set[str]:
    return {ast.unparse(decorator).partition("(")[0] for decorator in function.decorator_list}


def _is_kernel(function: Function) -> bool:
    return bool(_decorators(function) & KERNELS)


def _length(function: Function) -> int:
    """Lines of a function without its docstring."""
    docstring = function.body[0] if ast.get_docstring(function) else None
    told = docstring.end_lineno - docstring.lineno + 1 if docstring and docstring.end_lineno else 0
    return (function.end_lineno or function.lineno) - function.lineno + 1 - told


def _arguments(function: Function) -> list[str]:
    given = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    return [one.arg for one in given if one.arg not in ("self", "cls")]


def _offenders(offends: Callable[[Function], bool]) -> set[str]:
    return {f"{_name(file)}: {function.name}" for file in FILES for function in _functions(file) if offends(function)}


def test_files_are_short() -> None:
    assert [_name(file) for file in FILES if file.read_text(encoding="utf-8").count("\n") >= FILE_LINES] == []


def test_functions_are_short() -> None:
    assert _offenders(lambda one: not _is_kernel(one) and _length(one) >= FUNCTION_LINES) == set()


def test_kernels_are_short() -> None:
    assert _offenders(lambda one: _is_kernel(one) and _length(one) >= KERNEL_LINES) == set()


def test_functions_take_few_arguments() -> None:
    free = {*KERNELS, "app.command"}
    many = _offenders(lambda one: len(_arguments(one)) > ARGUMENTS and not _decorators(one) & free)
    assert many - DECLARATIONS == set()


def _imports_mesa(file: Path) -> bool:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        if any(name.partition(".")[0] == "mesa" for name in names):
            return True
    return False


def test_files_that_import_mesa_say_so_at_the_top() -> None:
    importing = [file for file in FILES if _imports_mesa(file)]
    assert importing
    assert [_name(file) for file in importing if "[mesa]" not in "\n".join(file.read_text(encoding="utf-8").splitlines()[:3])] == []
