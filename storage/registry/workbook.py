"""Writes a registry as a workbook, or an empty one to fill in."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from domain.target import KIND_TITLES, Account, Registry, Site
from domain.unit import CATEGORY_TITLES, Contact, Unit
from storage.intake.template import write_sheets
from storage.registry.forms import (
    ACCOUNT_KIND_TITLES,
    ACCOUNT_STATE_TITLES,
    PLATFORM_TITLES,
    SOURCE_TITLES,
)
from storage.registry.sheets import (
    ACCOUNT_SHEET,
    COLUMN_SHEET,
    CONTACT_SHEET,
    CONTROLS_ITEM,
    SCHEMES_ITEM,
    SETTING_SHEET,
    SHEETS,
    SITE_SHEET,
    UNIT_SHEET,
)

NOTES = (
    "填写说明：绿色表头为必填。工作表的名称和表头不要改动，内容从第二行起填写，一行一项。",
    "栏目可以不填，程序会自行发现；填了的以填的为准。工作表“联系人”只填一个单位的第二位及以后的联系人。",
    "填好后先校验：govwatch registry check 文件名",
)


def write_template(path: Path) -> None:
    """Writes an empty registry workbook. Raises OSError when the file cannot be written."""
    settings: list[dict[str, Any]] = [{"item": SCHEMES_ITEM, "value": "national-2019"}]
    write_sheets(path, SHEETS, {SETTING_SHEET.name: settings}, NOTES)


def write_workbook(registry: Registry, path: Path) -> None:
    """Writes the registry as a workbook that `load` reads back to the same registry."""
    rows: dict[str, Iterable[Mapping[str, Any]]] = {
        UNIT_SHEET.name: map(_unit, registry.units),
        SITE_SHEET.name: map(_site, registry.sites),
        COLUMN_SHEET.name: (row for site in registry.sites for row in _columns(site)),
        ACCOUNT_SHEET.name: map(_account, registry.accounts),
        CONTACT_SHEET.name: (
            {"unit": unit.code, **_contact(contact)}
            for unit in registry.units
            for contact in unit.contacts[1:]
        ),
        SETTING_SHEET.name: _settings(registry),
    }
    write_sheets(path, SHEETS, rows, NOTES)


def _unit(unit: Unit) -> dict[str, Any]:
    row: dict[str, Any] = {
        "code": unit.code,
        "name": unit.name,
        "category": CATEGORY_TITLES[unit.category],
        "parent": unit.parent,
    }
    if unit.contacts:
        row.update({f"contact_{key}": value for key, value in _contact(unit.contacts[0]).items()})
    return row


def _contact(contact: Contact) -> dict[str, Any]:
    return {
        "name": contact.name,
        "email": contact.email,
        "phone": contact.phone,
        "channel": contact.channel,
    }


def _site(site: Site) -> dict[str, Any]:
    return {
        "id": site.id,
        "unit": site.unit,
        "name": site.name,
        "home": site.home,
        "identifier": site.identifier,
        "obey_robots": None if site.obey_robots else False,
        "page_seconds": site.page_seconds,
    }


def _columns(site: Site) -> Iterable[dict[str, Any]]:
    for column in site.columns:
        yield {
            "site": site.id,
            "name": column.name,
            "url": column.url,
            "kind": KIND_TITLES[column.kind],
            "unit": column.unit,
            "update_within_days": column.update_within_days,
            "exempt": column.exempt or None,
        }


def _account(account: Account) -> dict[str, Any]:
    source = account.source
    return {
        "id": account.id,
        "unit": account.unit,
        "platform": PLATFORM_TITLES[account.platform],
        "kind": ACCOUNT_KIND_TITLES[account.kind] if account.kind else None,
        "name": account.name,
        "source_type": SOURCE_TITLES[source.type],
        "source_url": source.url,
        "source_path": source.path,
        "options": "; ".join(f"{key}={value}" for key, value in source.options),
        "state": ACCOUNT_STATE_TITLES[account.state],
        "opened_on": account.opened_on.isoformat() if account.opened_on else None,
        "profile": account.profile,
    }


def _settings(registry: Registry) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [{"item": SCHEMES_ITEM, "value": "、".join(registry.schemes)}]
    rows += [{"item": CONTROLS_ITEM, "value": url} for url in registry.control_sites]
    return rows
