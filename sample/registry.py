"""The sample city's registry (名录) as the program reads it, with the addresses of the running city."""

from collections.abc import Mapping
from typing import Any

import yaml

from sample.model import City, Declared, SampleAccount, SampleSite
from sample.truth import resolve

DEFAULT_SCHEMES = (
    "changshu-2020",
    "national-2019",
    "xunwu-2022",
    "zhushan",
    "nanchang",
    "shuangyashan-2019",
)

Record = dict[str, Any]


def registry_yaml(city: City, addresses: Mapping[str, str], schemes: tuple[str, ...]) -> str:
    """The registry file's text."""
    document: Record = {
        "schemes": list(schemes),
        "units": [
            _filled({"code": u.code, "name": u.name, "category": u.category, "parent": u.parent})
            for u in city.units
        ],
        "sites": [_site(site, addresses) for site in city.sites],
    }
    if city.accounts:
        document["accounts"] = [_account(account, addresses) for account in city.accounts]
    text: str = yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=200)
    return text


def _site(site: SampleSite, addresses: Mapping[str, str]) -> Record:
    record = _filled(
        {
            "id": site.id,
            "unit": site.unit,
            "name": site.name,
            "home": addresses[site.hosts[0].id] + site.home,
            "identifier": site.identifier,
            "page_seconds": site.page_seconds,
        }
    )
    if site.declared:
        record["columns"] = [_column(column, addresses) for column in site.declared]
    if not site.obey_robots:
        record["obey_robots"] = False
    return record


def _column(column: Declared, addresses: Mapping[str, str]) -> Record:
    record = _filled(
        {
            "name": column.name,
            "url": resolve(column.url, addresses),
            "kind": column.kind,
            "unit": column.unit,
            "update_within_days": column.update_within_days,
        }
    )
    if column.exempt:
        record["exempt"] = True
    return record


def _account(account: SampleAccount, addresses: Mapping[str, str]) -> Record:
    return _filled(
        {
            "id": account.id,
            "unit": account.unit,
            "platform": account.platform,
            "kind": account.kind,
            "name": account.name,
            "state": account.state,
            "opened_on": account.opened_on,
            "profile": resolve(account.profile, addresses) if account.profile else None,
            **account.more,
            "source": {key: resolve(value, addresses) for key, value in account.source.items()},
        }
    )


def _filled(record: Record) -> Record:
    return {key: value for key, value in record.items() if value is not None}
