"""Finds every check below this package: the folder is the registry."""

import importlib
import pkgutil
from functools import cache

import checks
from domain.check import AnyCheck


@cache
def all_checks() -> dict[str, AnyCheck]:
    """Every check by its id, in the order of ids.

    Raises ValueError when a file's CHECK does not bear the id that its place gives it.
    """
    found: dict[str, AnyCheck] = {}
    for info in pkgutil.walk_packages(checks.__path__, prefix="checks."):
        if info.ispkg or info.name.count(".") != 2:
            continue
        module = importlib.import_module(info.name)
        check = getattr(module, "CHECK", None)
        if check is None:
            continue
        _, folder, name = info.name.split(".")
        expected = f"{folder}.{name}".replace("_", "-")
        if check.id != expected:
            raise ValueError(f"{info.name}: CHECK.id is {check.id!r}, its place says {expected!r}")
        found[check.id] = check
    return dict(sorted(found.items()))
