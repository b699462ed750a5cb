"""市司法局: all addresses moved to TLS; robots.txt forbids the disclosure platform; a link off-screen."""

from sample.building import site_of
from sample.content import Article, Footer, Plan
from sample.healthy import healthy
from sample.model import Answer
from sample.moment import days_ago
from sample.prose import pages
from sample.prose.wording import paragraphs
from sample.tags import tags_for, tags_html
from sample.truth import Expected, fault, trap
from sample.units import profiles

UNIT = profiles()["U16"]

_ROBOTS = Answer(body=b"User-agent: *\nDisallow: /zfxxgk\n", content_type="text/plain")
_HIDDEN = (
    '<div style="position:absolute;left:-9999px;top:-9999px"><a href="@@spam@@/casino/">真人百家乐</a>'
    '<a href="@@spam@@/lottery/">六合彩开奖</a></div>'
)
_FORBIDDEN = "robots.txt 不许访问信息公开专栏，看不到不等于没有"

_OLD = "/info/old/hop.htm"
"""An article that its list still links by the address from before the move."""


def _with_old_link(plan: Plan) -> Plan:
    entry = Article(
        key="xw8",
        title="市司法局开展普法进企业活动",
        day=days_ago(3),
        href=f"@@s16@@{_OLD}",
        source=UNIT.name,
    )
    metas = tags_html(tags_for(plan, "article", plan.column("gzdt"), entry), plan.tag_style)
    lines = (
        "普法人员走进工业园区，讲解劳动合同和知识产权方面的法律常识，发放资料两百余份。",
        "会议强调，要常态化推进扫黑出恶斗争，维护企业合法权益。",
    )
    html = (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{entry.title}</title>{metas}</head><body>'
        f'<h1>{entry.title}</h1><p class="meta">发布时间：{entry.day.isoformat()}　来源：{UNIT.name}</p>'
        f'<div class="content">{paragraphs(lines)}</div></body></html>'
    )
    plan = plan.posting("gzdt", entry)
    return plan.changing(files={**plan.files, _OLD: Answer(body=html.encode())})


def _plan() -> Plan:
    plan = healthy(UNIT, "s16", "vsb").changing(footer=Footer(manner="request"))
    plan = plan.changing(home_keys=("gzdt", "tzgg"), tail=_HIDDEN)
    lacking = ("basis", "conditions", "materials", "place", "time", "phone")
    plan = plan.rewriting("bs4", body=pages.service(UNIT, UNIT.services[3], lacking=lacking))
    return _with_old_link(plan.changing(files={**plan.files, "/robots.txt": _ROBOTS}))


SITE = site_of(
    _plan(),
    (
        fault(
            "service-guide.incomplete",
            "bs4",
            "缺六类要素",
            missing=["basis", "conditions", "materials", "place", "time", "phone"],
        ),
        fault("content.dark-link", "home", "首页转到 https，页外藏着赌博链接"),
        fault(
            "content.wording",
            f"@@s16@@{_OLD}",
            "列表用旧的 http 网址，文章转到 https 才看得到；“扫黑除恶”写错一字",
            also=(f"@@s16s@@{_OLD}",),
        ),
        trap("site.tags-missing", "home", "首页从 http 转到 https，标签齐全", Expected.PASS),
        trap("site.home-stale", "home", "首页从 http 转到 https，更新及时", Expected.PASS),
        trap("column.stale", "gzdt", "首页从 http 转到 https，栏目是新的", Expected.PASS),
        trap("site.broken-link", f"@@s16@@{_OLD}", "旧的 http 网址转到 https，打得开", Expected.PASS),
        trap("site.footer-incomplete", "home", "页脚由脚本另行取来", Expected.PASS),
        trap("column.missing", "=guide", _FORBIDDEN),
        trap("column.missing", "=annual_report", _FORBIDDEN),
        trap("column.missing", "=on_request", _FORBIDDEN),
        trap("annual-report.missing", "=annual_report:2025", _FORBIDDEN, Expected.INCONCLUSIVE),
    ),
    secured=True,
    about="网址都转到 https；robots.txt 不许访问信息公开专栏；页脚由脚本取来；有暗链",
)
