"""Single pages with particulars: guide, on-request page, organisation, leaders, service items."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from sample.prose.wording import pick, roll
from sample.units import Profile

GUIDE = frozenset(
    {
        "classification",
        "arrangement",
        "access_methods",
        "office_name",
        "office_address",
        "office_hours",
        "phone",
        "fax",
        "internet_contact",
    }
)
ON_REQUEST = frozenset({"flowchart", "instructions", "progress_query", "online_form", "form_download"})
ORGANISATION = frozenset({"functions", "offices", "office_heads", "phone", "hours"})
LEADER = frozenset(
    {
        "photo",
        "name",
        "birth",
        "ethnicity",
        "education",
        "post",
        "political_status",
        "duties",
        "current_post",
    }
)
SERVICE = frozenset({"item_name", "basis", "conditions", "materials", "place", "time", "phone", "process"})

_FAMILY = "周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜"
_GIVEN = ("志远", "晓岚", "建明", "丽华", "文涛", "海燕", "国栋", "雪梅", "立新", "春生", "思齐", "雅琴")
_OFFICES = ("办公室", "政策法规科", "业务一科", "业务二科", "监督科")


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _fill(template: str, **context: Any) -> str:
    return _templates().get_template(template).render(context).strip()


def guide(unit: Profile, variant: str = "plain", lacking: Iterable[str] = (), fees: bool = True) -> str:
    """The disclosure guide; variants: plain (numbered sections), table, prose (running text)."""
    return _fill(f"guide_{variant}.html", unit=unit, has=GUIDE - set(lacking), fees=fees)


def on_request(unit: Profile, variant: str = "plain", lacking: Iterable[str] = ()) -> str:
    """The on-request page; variants: plain (all on it), links (functions on pages of their own)."""
    return _fill(f"on_request_{variant}.html", unit=unit, has=ON_REQUEST - set(lacking))


def organisation(unit: Profile, lacking: Iterable[str] = (), variant: str = "table") -> str:
    """Functions, offices with their heads and telephones, office hours; variants: table, prose."""
    offices = [
        {
            "name": name,
            "duty": f"负责{unit.topics[(index + 1) % 8]}等工作",
            "head": person(f"{unit.code}/{name}"),
            "phone": f"0907-{int(unit.phone[5:]) + 20 + index * 20}",
        }
        for index, name in enumerate(_OFFICES)
    ]
    return _fill(f"organisation_{variant}.html", unit=unit, has=ORGANISATION - set(lacking), offices=offices)


def person(key: str) -> str:
    """An invented name."""
    return pick(_FAMILY, key) + pick(_GIVEN, key + "g")


def leader(unit: Profile, rank: int, lacking: Iterable[str] = ()) -> str:
    """A leader's particulars; rank 0 is the head of the unit."""
    key = f"{unit.code}/leader/{rank}"
    who = {
        "name": person(key),
        "post": post(unit, rank),
        "birth": f"19{70 + roll(key, 16)}年{1 + roll(key + 'b', 12)}月",
        "education": pick(("大学", "研究生", "在职研究生"), key),
        "duties": f"{'主持全面工作' if rank == 0 else '协助主要负责人工作'}，"
        f"负责{unit.topics[rank]}、{unit.topics[rank + 1]}{'、政务公开' if rank == 1 else ''}。",
    }
    return _fill("leader.html", unit=unit, has=LEADER - set(lacking), who=who)


def post(unit: Profile, rank: int) -> str:
    """The post of the unit's leader of that rank."""
    heads = {
        "county": "市长",
        "zone": "主任",
        "township": "主任" if unit.name.endswith("办事处") else ("乡长" if unit.name[2] == "乡" else "镇长"),
        "institution": "院长",
        "enterprise": "总经理",
    }
    head = heads.get(unit.category, "局长")
    return head if rank == 0 else "副" + head


def service(unit: Profile, item: str, variant: str = "table", lacking: Iterable[str] = ()) -> str:
    """A service guide; variants: table, prose."""
    return _fill(f"service_{variant}.html", unit=unit, item=item, has=SERVICE - set(lacking))
