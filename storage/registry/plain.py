"""A registry as plain values of the file's shape: what YAML, the kept snapshot and the portal write."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

import yaml

from domain.target import Account, Registry


def plain(registry: Registry) -> dict[str, Any]:
    """The registry as dicts, lists, texts and numbers; what is at its default is left out."""
    shape: dict[str, Any] = {"schemes": list(registry.schemes)}
    shape["units"] = [_record(unit) for unit in registry.units]
    if registry.sites:
        shape["sites"] = [_record(site) for site in registry.sites]
    if registry.accounts:
        shape["accounts"] = [_account(account) for account in registry.accounts]
    if registry.control_sites:
        shape["control_sites"] = list(registry.control_sites)
    return shape


def dump_yaml(registry: Registry) -> str:
    """The registry as the text of a YAML file that `load` reads back to the same registry."""
    return yaml.safe_dump(plain(registry), allow_unicode=True, sort_keys=False, width=120)


def _account(account: Account) -> dict[str, Any]:
    shape = _record(account)
    source = shape["source"]
    source.update(dict(account.source.options))
    source.pop("options", None)
    return shape


def _record(thing: Any) -> dict[str, Any]:
    shape: dict[str, Any] = {}
    for spot in fields(thing):
        value = getattr(thing, spot.name)
        if value is None or value == () or value == spot.default:
            continue
        shape[spot.name] = _value(value)
    return shape


def _value(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value):
        return _record(value)
    if isinstance(value, tuple):
        return [_value(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _value(item) for key, item in value.items()}
    return value
