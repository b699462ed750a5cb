"""Sites that cannot be judged: down, guarded, empty, misdirected, somebody else's."""

from sample.building import site_of
from sample.healthy import common_files, healthy
from sample.model import Answer, Host, SampleSite
from sample.render import render
from sample.truth import ANY, Expected, Plant, located, trap
from sample.units import profiles

_DOWN = Answer(
    status=503, body=b"<html><head><title>503</title></head><body>Service Unavailable</body></html>"
)
_GUARD = Answer(
    status=412,
    body=b"<!DOCTYPE html><html><head><meta content='no' id='guard'><script>var $_ts=window['$_ts'];"
    b"if(!$_ts)$_ts={};$_ts.cd='qAqrrnr';</script></head><body></body></html>",
    headers=(("Set-Cookie", "FSSBBIl1UgzbN7N80S=60; Path=/"),),
)
_REQUIRED = ("guide", "regulations", "statutory_disclosure", "annual_report", "on_request")


def _unseen(why: str, *more: Plant) -> tuple[Plant, ...]:
    """Nothing may be held against the site, and each required column is said to be undecided."""
    columns = tuple(trap("column.missing", f"={kind}", why, Expected.INCONCLUSIVE) for kind in _REQUIRED)
    report = trap("annual-report.missing", "=annual_report:2025", why, Expected.INCONCLUSIVE)
    return (trap(ANY, ANY, why), *columns, report, *more)


def _whole(code: str, site: str, answer: Answer, why: str, about: str) -> SampleSite:
    unit = profiles()[code]
    return SampleSite(
        id=site,
        unit=code,
        name=unit.site,
        hosts=(Host(id=site, pages={}, fallback=answer),),
        identifier=unit.identifier,
        truths=located(_unseen(why), site, code, {}),
        about=about,
    )


def _shell() -> SampleSite:
    unit = profiles()["U17"]
    html = (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{unit.site}</title>'
        '<script src="/static/js/chunk-vendors.js"></script></head>'
        '<body><noscript>请开启 JavaScript 后访问。</noscript><div id="app"></div>'
        '<script src="/static/js/app.js"></script></body></html>'
    )
    script = "fetch('/api/site').then(function(r){return r.json()}).then(function(d){window.__site=d});"
    pages = {
        "/robots.txt": common_files()["/robots.txt"],
        "/static/js/chunk-vendors.js": Answer(body=b"", content_type="application/javascript"),
        "/static/js/app.js": Answer(body=script.encode(), content_type="application/javascript"),
        "/api/site": Answer(status=403, body=b"{}", content_type="application/json"),
    }
    why = "页面只有空壳，内容要脚本从接口取，接口拒绝访问"
    return SampleSite(
        id="s17",
        unit="U17",
        name=unit.site,
        hosts=(Host(id="s17", pages=pages, fallback=Answer(body=html.encode())),),
        identifier=unit.identifier,
        truths=located(_unseen(why), "s17", "U17", {}),
        about="空壳页面，内容取不到",
    )


def _always_home() -> SampleSite:
    unit = profiles()["U18"]
    plan = healthy(unit, "s18", "modern")
    home = render(plan).pages["s18"]["/"]
    files = {path: answer for path, answer in plan.files.items() if not path.startswith("/hdjl")}
    why = "不管什么地址都返回首页，看不到任何栏目"
    pages = {"/": home, **files, "/css/site.css": render(plan).pages["s18"]["/css/site.css"]}
    whole = _unseen(why, trap("site.broken-link", ANY, why))
    return SampleSite(
        id="s18",
        unit="U18",
        name=unit.site,
        hosts=(Host(id="s18", pages=pages, fallback=home),),
        identifier=unit.identifier,
        truths=located(whole, "s18", "U18", {}),
        about="任何地址都返回首页",
    )


def _foreign() -> SampleSite:
    """The address of one bureau shows another bureau's site, faults and all."""
    other = profiles()["U17"]
    plan = (
        healthy(other, "s14", "trs")
        .changing(home_keys=("gzdt", "tzgg"))
        .without("zfxxgkzd")
        .without("ysqgk")
        .without("fdzdgknr")
        .without("zfxxgkml")
    )
    site = site_of(plan, (), about="")
    unit = profiles()["U14"]
    why = "打开的是另一家单位的网站（网站标识码不同）"
    return SampleSite(
        id="s14",
        unit="U14",
        name=unit.site,
        hosts=site.hosts,
        identifier=unit.identifier,
        truths=located(_unseen(why), "s14", "U14", {}),
        about="网址指向了别家网站",
    )


SITES = (
    _whole("U13", "s13", _DOWN, "全站返回503", "全站返回503"),
    _foreign(),
    _shell(),
    _always_home(),
    _whole("U19", "s19", _GUARD, "全站被防护系统拦截（412）", "全站被防护系统拦截"),
)
