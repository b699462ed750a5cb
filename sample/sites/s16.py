"""市司法局: robots.txt forbids the disclosure platform; a link planted off-screen."""

from sample.building import site_of
from sample.content import Footer, Plan
from sample.healthy import healthy
from sample.model import Answer
from sample.prose import pages
from sample.truth import Expected, fault, trap
from sample.units import profiles

UNIT = profiles()["U16"]

_ROBOTS = Answer(body=b"User-agent: *\nDisallow: /zfxxgk\n", content_type="text/plain")
_HIDDEN = (
    '<div style="position:absolute;left:-9999px;top:-9999px"><a href="@@spam@@/casino/">真人百家乐</a>'
    '<a href="@@spam@@/lottery/">六合彩开奖</a></div>'
)
_FORBIDDEN = "robots.txt 不许访问信息公开专栏，看不到不等于没有"


def _plan() -> Plan:
    plan = healthy(UNIT, "s16", "vsb").changing(footer=Footer(manner="request"))
    plan = plan.changing(home_keys=("gzdt", "tzgg"), tail=_HIDDEN)
    lacking = ("basis", "conditions", "materials", "place", "time", "phone")
    plan = plan.rewriting("bs4", body=pages.service(UNIT, UNIT.services[3], lacking=lacking))
    return plan.changing(files={**plan.files, "/robots.txt": _ROBOTS})


SITE = site_of(
    _plan(),
    (
        fault(
            "service-guide.incomplete",
            "bs4",
            "缺六类要素",
            missing=["basis", "conditions", "materials", "place", "time", "phone"],
        ),
        fault("content.dark-link", "home", "页外藏着赌博链接"),
        trap("site.footer-incomplete", "home", "页脚由脚本另行取来", Expected.PASS),
        trap("column.missing", "=guide", _FORBIDDEN),
        trap("column.missing", "=annual_report", _FORBIDDEN),
        trap("column.missing", "=on_request", _FORBIDDEN),
        trap("annual-report.missing", "=annual_report:2025", _FORBIDDEN, Expected.INCONCLUSIVE),
    ),
    about="robots.txt 不许访问信息公开专栏；页脚由脚本取来；有暗链",
)
