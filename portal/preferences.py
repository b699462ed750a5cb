"""What an administrator sets on the page: defaults and bounds. Each change is kept and on record."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from portal.outside import Pace
from portal.visitor import Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Preference:
    """One thing that may be set. `read` gives the value of what was written; raises ValueError in Chinese."""

    name: str
    title: str
    default: Any
    hint: str
    read: Callable[[str], Any]
    kind: str = "text"

    def shown(self, values: Mapping[str, Any]) -> Any:
        """The value in force."""
        value = values.get(self.name)
        return self.default if value in (None, "") else value


def _text(most: int) -> Callable[[str], str]:
    def read(written: str) -> str:
        if len(written) > most:
            raise ValueError(f"不能超过 {most} 个字")
        return written

    return read


def _number(least: str, most: str, *, whole: bool) -> Callable[[str], float | int]:
    def read(written: str) -> float | int:
        try:
            value = Decimal(written)
        except InvalidOperation:
            raise ValueError(f"“{written[:20]}”不是数字") from None
        if not value.is_finite() or not Decimal(least) <= value <= Decimal(most) or (whole and value % 1):
            raise ValueError(f"应是 {least} 至 {most} 之间的{'整数' if whole else '数'}")
        return int(value) if whole else float(value)

    return read


def _yes_or_no(written: str) -> bool:
    return written == "yes"


PREFERENCES: Sequence[Preference] = (
    Preference(
        name="office_name",
        title="通报落款单位",
        default="政务公开领导小组办公室",
        hint="用于通报、报告的落款",
        read=_text(60),
    ),
    Preference(
        name="mend_days",
        title="整改期限（天）",
        default=15,
        hint="通知单位时预填的期限，可逐项改",
        read=_number("1", "365", whole=True),
        kind="number",
    ),
    Preference(
        name="scan_delay",
        title="访问间隔（秒）",
        default=1.0,
        hint="同一网站两次访问之间至少停多久；对方服务器弱就调大",
        read=_number("0", "600", whole=False),
        kind="number",
    ),
    Preference(
        name="scan_jobs",
        title="同时巡检的网站数",
        default=8,
        hint="电脑内存小就调小",
        read=_number("1", "200", whole=True),
        kind="number",
    ),
    Preference(
        name="scan_pictures",
        title="巡检时截图取证",
        default=True,
        hint="没有截图的问题不能计分",
        read=_yes_or_no,
        kind="choice",
    ),
)


def changed(values: Mapping[str, Any], written: Mapping[str, str]) -> dict[str, Any]:
    """What differs from the values in force. Raises Refused naming every fault; nothing is half kept."""
    found: dict[str, Any] = {}
    faults: list[str] = []
    for each in PREFERENCES:
        if each.name not in written:
            continue
        text = written[each.name].strip()
        try:
            value = each.read(text) if text else each.default
        except ValueError as error:
            faults.append(f"{each.title}{error}")
            continue
        if value != each.shown(values):
            found[each.name] = value
    if faults:
        raise Refused("\n".join(faults), 422)
    return found


def in_force(values: Mapping[str, Any]) -> dict[str, Any]:
    """Every preference's value."""
    return {each.name: each.shown(values) for each in PREFERENCES}


def pace_of(values: Mapping[str, Any]) -> Pace:
    """How scans that the portal starts go about it."""
    chosen = in_force(values)
    return Pace(
        delay=float(chosen["scan_delay"]),
        jobs=int(chosen["scan_jobs"]),
        pictures=bool(chosen["scan_pictures"]),
    )
