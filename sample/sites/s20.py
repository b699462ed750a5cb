"""开发区管委会: the disclosure platform answers 503; two footer marks are gone."""

from dataclasses import replace

from sample.building import site_of
from sample.content import Footer, Plan
from sample.healthy import healthy
from sample.model import Answer
from sample.moment import days_ago
from sample.planting import note
from sample.truth import Expected, fault, trap
from sample.units import profiles

UNIT = profiles()["U20"]

_DOWN = "信息公开专栏返回503，下面的栏目都没有看到"
_ANSWER = Answer(status=503, body=b"<html><body><h1>503 Service Temporarily Unavailable</h1></body></html>")


def _plan() -> Plan:
    plan = healthy(UNIT, "s20", "epoint").changing(home_keys=("gzdt", "tzgg"))
    bare = tuple(replace(a, dated_list=False, dated_page=False) for a in plan.column("tzgg").articles)
    plan = plan.editing("tzgg", articles=bare)
    slip = note(
        UNIT,
        "xw8",
        "开发区召开企业座谈会",
        days_ago(4),
        "会议要求持续推进扫黑出恶专项斗争，营造安全稳定的投资环境。",
    )
    plan = plan.posting("gzdt", slip)
    marks = Footer().marks - {"identifier_code", "site_map"}
    return plan.changing(footer=replace(plan.footer, marks=marks))


SITE = site_of(
    _plan(),
    (
        fault(
            "site.footer-incomplete",
            "home",
            "页脚没有网站标识码和网站地图",
            missing=["identifier_code", "site_map"],
        ),
        fault("content.wording", "xw8", "“扫黑除恶”写错一字"),
        trap("column.stale", "tzgg", "列表和正文都没有日期，标签 PubDate 里有", Expected.PASS),
        trap("column.missing", "=guide", _DOWN, Expected.INCONCLUSIVE),
        trap("column.missing", "=regulations", _DOWN, Expected.INCONCLUSIVE),
        trap("column.missing", "=statutory_disclosure", _DOWN, Expected.INCONCLUSIVE),
        trap("column.missing", "=annual_report", _DOWN, Expected.INCONCLUSIVE),
        trap("column.missing", "=on_request", _DOWN, Expected.INCONCLUSIVE),
        trap("annual-report.missing", "=annual_report:2025", _DOWN, Expected.INCONCLUSIVE),
        trap("column.stale", "zfxxgk", _DOWN),
        trap("site.broken-link", "zfxxgk", "503说明不了链接失效"),
    ),
    about="信息公开专栏返回503；页脚缺两项",
    over={"~zfxxgk": _ANSWER},
)
