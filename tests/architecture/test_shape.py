"""The shape of the code: sizes, names, and what no module of ours does."""

import ast
import re
from pathlib import Path

from tests.architecture.source import PRODUCT, ROOT, imported, migration_files, name, python_files, tree

MOST_LINES = 300
MOST_LINES_OF_TESTS = 400
MOST_LINES_OF_A_FUNCTION = 40
# Each makes one object with many plain fields, or one page's facts; none may grow past what it is allowed here.
LONG_FUNCTIONS = {
    "site/lapinblanc/demo/catalogue.py:_create_vendor": 55,
    "site/lapinblanc/demo/catalogue.py:_create_listing": 60,
    "shop/order/creation.py:_create_order": 45,
    "shop/catalogue/detail.py:listing_detail": 48,
}
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "misc", "common", "tools", "stuff", "manager", "services"}
MONEY_ROOMS = ("site/lapinblanc/money", "shop/baskets", "shop/checkout", "shop/commissions", "shop/coupons", "shop/funding", "shop/ledger", "shop/order", "shop/psp", "shop/shipping")
# Oscar's defaults are settings; the demo, as composition, fetches Oscar's models by their names.
OSCAR_OUTSIDE_THE_SHOP = {"site/lapinblanc/settings/base.py"}
OSCAR_LOADER = "oscar.core.loading"


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def test_no_file_is_too_long_to_read_at_one_sitting() -> None:
    sizes = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in python_files(*PRODUCT, "tools", "tests")}
    assert len(sizes) > 100
    assert {file: size for file, size in sizes.items() if size > (MOST_LINES_OF_TESTS if file.startswith("tests/") else MOST_LINES)} == {}


def test_no_function_is_too_long_to_see_at_once() -> None:
    long = {
        f"{name(path)}:{node.name}": node.end_lineno - node.lineno + 1
        for path in python_files(*PRODUCT, "tools")
        for node in functions(path)
        if node.end_lineno and node.end_lineno - node.lineno >= MOST_LINES_OF_A_FUNCTION
    }
    assert {what: size for what, size in long.items() if size > LONG_FUNCTIONS.get(what, 0)} == {}


def test_every_module_says_what_lives_in_it() -> None:
    silent = [
        name(path)
        for path in python_files(*PRODUCT, "tools", "tests")
        if path.name not in ("__init__.py", "apps.py") and ast.get_docstring(tree(path)) is None
    ]
    assert silent == []


def test_files_are_named_for_what_they_do() -> None:
    files = python_files(*PRODUCT, "tests")
    assert [name(path) for path in files if path.stem in VAGUE_NAMES or path.parent.name in VAGUE_NAMES] == []


def test_rooms_call_each_other_and_send_no_signals() -> None:
    signalling = [
        name(path)
        for path in python_files(*PRODUCT)
        if path.name != "receivers.py" and any(module.startswith(("django.dispatch", "django.db.models.signals")) for module in imported(path))
    ]
    assert signalling == []


def test_no_float_comes_near_money() -> None:
    found = []
    for path in python_files(*MONEY_ROOMS):
        for node in ast.walk(tree(path)):
            called = isinstance(node, ast.Name) and node.id in ("float", "round")
            written = isinstance(node, ast.Constant) and isinstance(node.value, float)
            if called or written:
                found.append(f"{name(path)}:{node.lineno}")
    assert found == []


def test_only_the_shop_speaks_to_oscar() -> None:
    speaking = {
        f"{name(path)} imports {module}"
        for path in python_files("site", "editorial")
        for module in imported(path)
        if module.split(".")[0] == "oscar" and name(path) not in OSCAR_OUTSIDE_THE_SHOP
        and not (module == OSCAR_LOADER and "demo" in path.parts)
    }
    assert speaking == set()


def test_time_is_read_from_the_clock_alone() -> None:
    """Signatures of the sandbox bank live in its own time, as a foreign bank's would."""
    readers = []
    for path in python_files(*PRODUCT):
        if name(path) in ("site/lapinblanc/clock.py", "shop/psp/providers/sandbox/signing.py"):
            continue
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Attribute) and ast.unparse(node) in (
                "timezone.now", "datetime.now", "datetime.utcnow", "date.today", "datetime.datetime.now", "datetime.date.today", "time.time",
            ):
                readers.append(f"{name(path)}:{node.lineno}")
    assert readers == []


def test_data_migrations_say_how_to_go_back() -> None:
    one_way = [
        f"{name(path)}:{node.lineno}"
        for path in migration_files()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in ("RunPython", "RunSQL")
        and len(node.args) < 2 and not {"reverse_code", "reverse_sql"} & {word.arg for word in node.keywords}
    ]
    assert one_way == []


def test_every_dependency_has_its_reason_and_a_floor() -> None:
    """Without a floor the installer takes very old releases without a word."""
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    named = [(number, line) for number, line in enumerate(lines) if line and not line.startswith("#")]
    assert [line for _number, line in named if not re.search(r"[=>]=", line)] == []
    needed = [(number, line) for number, line in named if number < lines.index("# --- tests and checks ---")]
    assert len(needed) > 15
    # One reason may stand above a group of lines that belong together.
    assert [line for number, line in needed if not lines[number - 1]] == []
