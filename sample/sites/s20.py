"""开发区管委会: the disclosure platform answers 503; two footer marks are gone."""

from dataclasses import replace

from sample.building import site_of
from sample.content import Footer, Plan
from sample.healthy import healthy
from sample.model import Answer
from sample.truth import Expected, fault, trap
from sample.units import profiles

UNIT = profiles()["U20"]

_DOWN = "信息公开专栏返回503，下面的栏目都没有看到"
_ANSWER = Answer(status=503, body=b"<html><body><h1>503 Service Temporarily Unavailable</h1></body></html>")


def _plan() -> Plan:
    plan = healthy(UNIT, "s20", "epoint").changing(home_keys=("gzdt", "tzgg"))
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
