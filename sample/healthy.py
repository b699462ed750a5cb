"""A site in perfect health under every scheme: what faults are planted into."""

from collections.abc import Mapping
from functools import cache

from sample.content import Article, Attached, Column, Form, Plan
from sample.files import DOCX, docx, png
from sample.model import HTML, Answer
from sample.moment import days_ago, months_ago
from sample.prose import articles, pages, report
from sample.prose.wording import pick, roll, spread
from sample.units import Profile

THEMES = ("#1b5fa8", "#8a3b2f", "#0e7c66", "#2a6f97", "#7a5c12", "#5a4a9c", "#1f6f43")


def healthy(
    unit: Profile,
    site: str,
    look: str,
    *,
    guide: str = "plain",
    on_request: str = "plain",
    service: str = "table",
    names: Mapping[str, str] | None = None,
) -> Plan:
    """The plan of a healthy site. `names` gives columns other accepted names by key."""
    called = dict(names or {})
    columns = (
        _list("gzdt", "工作动态", "news", articles.series(unit, "news", spread(days_ago(2), 4, 5), "xw")),
        _list(
            "tzgg", "通知公告", "notices", articles.series(unit, "notices", spread(days_ago(6), 3, 21), "tz")
        ),
        disclosure(unit, guide, on_request),
        _list("bsfw", "办事服务", "service_guide", services(unit, service)),
        interaction(unit),
    )
    plan = Plan(
        id=site,
        unit=unit.code,
        unit_name=unit.name,
        short=unit.short,
        name=unit.site,
        domain=unit.domain,
        identifier=unit.identifier,
        phone=unit.phone,
        address=unit.address,
        look=look,
        columns=columns,
        theme=pick(THEMES, unit.code),
        files=common_files() | (apply_pages(unit) if on_request == "links" else {}),
    )
    for key, name in called.items():
        plan = plan.editing(key, name=name)
    return plan


def disclosure(unit: Profile, guide: str = "plain", on_request: str = "plain") -> Column:
    """The disclosure platform (政府信息公开专栏) with all its columns."""
    days = [months_ago(1, 3), months_ago(3, 8), months_ago(4, 20)]
    documents = articles.policies(unit, days)
    explanations = articles.readings(unit, days)
    statutory = Column(
        key="fdzdgknr",
        name="法定主动公开内容",
        kind="statutory_disclosure",
        form=Form.SECTION,
        children=(
            Column(
                key="jgzn",
                name="机构职能",
                kind="organisation",
                form=Form.PAGE,
                body=pages.organisation(unit),
            ),
            _list("ldxx", "领导信息", "leaders", leaders(unit)),
            _list("zcwj", "政策文件", "policy_documents", documents),
            _list("zcjd", "政策解读", "policy_interpretation", explanations),
            _list("ghjh", "规划计划", "planning", _series(unit, "planning", "gh", 50, 60)),
            _list("czyjs", "财政预决算", "budget", _series(unit, "budget", "ys", 130, 150)),
            _list("tjxx", "统计信息", "statistics", _series(unit, "statistics", "tj", 20, 58)),
            _list("rsxx", "人事信息", "personnel", _series(unit, "personnel", "rs", 33, 41)),
            _list("zbcg", "招标采购", "procurement", _series(unit, "procurement", "cg", 16, 31)),
        ),
    )
    return Column(
        key="zfxxgk",
        name="政府信息公开",
        kind="other",
        form=Form.SECTION,
        children=(
            Column(
                key="zfxxgkzn",
                name="政府信息公开指南",
                kind="guide",
                form=Form.PAGE,
                body=pages.guide(unit, guide),
            ),
            _list("zfxxgkzd", "政府信息公开制度", "regulations", _series(unit, "regulations", "zd", 75, 110)),
            statutory,
            _list("zfxxgkml", "政府信息公开目录", "catalogue", documents),
            _list(
                "zfxxgknb",
                "政府信息公开年报",
                "annual_report",
                (report.report(unit, 2025, days_ago(155 + roll(unit.code, 10))),),
            ),
            Column(
                key="ysqgk",
                name="依申请公开",
                kind="on_request",
                form=Form.PAGE,
                body=pages.on_request(unit, on_request),
            ),
            _list("shpy", "社会监督评议", "public_supervision", _series(unit, "supervision", "py", 62, 44)),
        ),
    )


def interaction(unit: Profile) -> Column:
    """The interaction column: a mailbox with a form and answered letters, and calls for opinions."""
    calls = (
        articles.consultation(unit, "zj1", 1, days_ago(12), days_ago(-25)),
        articles.consultation(unit, "zj2", 2, days_ago(80), days_ago(45), feedback="fk2"),
        articles.feedback(unit, "fk2", 2, days_ago(43), "zj2"),
    )
    return Column(
        key="hdjl",
        name="互动交流",
        kind="interaction",
        form=Form.SECTION,
        children=(
            Column(
                key="ldxxiang",
                name="领导信箱",
                kind="interaction",
                articles=articles.letters(unit, spread(days_ago(15), 3, 24)),
                body=mailbox_form(),
            ),
            _list("yjzj", "意见征集", "consultation", calls),
        ),
    )


def mailbox_form() -> str:
    """The form by which the public asks."""
    return (
        '<form class="mail" action="/hdjl/submit" method="post">\n'
        '<h3>我要写信</h3><p><label>姓名 <input name="writer"></label> '
        '<label>联系方式 <input name="reach"></label></p>\n'
        '<p><label>标题 <input name="subject" size="50"></label></p>\n'
        '<p><label>留言内容 <textarea name="content" rows="4" cols="60"></textarea></label></p>\n'
        '<p><button type="submit">提交留言</button></p>\n</form>'
    )


def leaders(unit: Profile) -> tuple[Article, ...]:
    """The pages of three leaders."""
    return tuple(
        Article(
            key=f"ld{rank + 1}",
            title=f"{pages.person(f'{unit.code}/leader/{rank}')}　{pages.post(unit, rank)}",
            day=days_ago(70 + rank),
            source=unit.name,
            body=pages.leader(unit, rank),
        )
        for rank in range(3)
    )


def services(unit: Profile, variant: str = "table") -> tuple[Article, ...]:
    """The service guides of four of the unit's items."""
    return tuple(
        Article(
            key=f"bs{index + 1}",
            title=f"{item}办事指南",
            day=days_ago(90 + 7 * index),
            source=unit.name,
            body=pages.service(unit, item, variant),
        )
        for index, item in enumerate(unit.services[:4])
    )


def _list(key: str, name: str, kind: str, entries: tuple[Article, ...]) -> Column:
    return Column(key=key, name=name, kind=kind, articles=entries)


def _series(unit: Profile, subject: str, prefix: str, newest: int, every: int) -> tuple[Article, ...]:
    return articles.series(unit, subject, spread(days_ago(newest), 2, every), prefix)


@cache
def _pictures() -> dict[str, Answer]:
    colours = {
        "police": (18, 18, (40, 80, 160)),
        "jiucuo": (100, 48, (200, 60, 50)),
        "flow": (480, 200, (210, 225, 240)),
        "leader": (90, 120, (180, 190, 200)),
        "reading": (600, 300, (245, 222, 190)),
    }
    return {
        f"/images/{name}.png": Answer(body=png(*size), content_type="image/png")
        for name, size in colours.items()
    }


@cache
def application_form() -> bytes:
    """The application form (.docx) that on-request pages offer."""
    rows = (
        ("申请人信息", "姓名　　　　　　联系电话"),
        ("所需信息内容描述", ""),
        ("获取信息的方式", "邮寄 / 电子邮件 / 自行领取"),
    )
    return docx(["政府信息公开申请表"], [rows])


def common_files() -> dict[str, Answer]:
    """What every site serves beside its pages: pictures, the application form, robots.txt."""
    form = Answer(body=application_form(), content_type=DOCX)
    robots = Answer(body=b"User-agent: *\nDisallow:\n", content_type="text/plain")
    found = Answer(
        body="<html><head><title>办理结果</title></head><body><p>已收到。</p></body></html>".encode()
    )
    return {
        **_pictures(),
        "/files/sqb.docx": form,
        "/robots.txt": robots,
        "/ysq/submit": found,
        "/ysq/query": found,
        "/hdjl/submit": found,
    }


def apply_pages(unit: Profile) -> dict[str, Answer]:
    """The on-request functions on pages of their own."""
    bodies = {
        "xuzhi": (
            "依申请公开须知",
            "<p>申请人应当写明姓名、联系方式和所需信息的名称或者特征。本机关在二十个工作日内答复。</p>",
        ),
        "liucheng": (
            "依申请公开流程图",
            '<p><img src="/images/flow.png" alt="流程图" width="480" height="200"></p>',
        ),
        "zaixian": (
            "在线填报",
            '<form action="/ysq/submit" method="post"><p>申请人 <input name="applicant"></p>'
            '<p>所需信息 <textarea name="description"></textarea></p><p><button>提交申请</button></p></form>',
        ),
        "chaxun": (
            "申请进度查询",
            '<form action="/ysq/query"><p>查询编号 <input name="code"></p>'
            "<p><button>查询</button></p></form>",
        ),
    }
    return {
        f"/ysqgk/{name}.html": Answer(body=bare_page(unit, title, body).encode(), content_type=HTML)
        for name, (title, body) in bodies.items()
    }


def bare_page(unit: Profile, title: str, body: str, kind: str = "依申请公开") -> str:
    """A page with the site's tags and nothing around its body. `kind` is its ColumnType."""
    tags = {
        "SiteName": unit.site,
        "SiteDomain": unit.domain,
        "SiteIDCode": unit.identifier,
        "ColumnName": title,
        "ColumnDescription": f"{unit.name}{title}",
        "ColumnKeywords": f"{kind},{title}",
        "ColumnType": kind,
    }
    metas = "\n".join(f'<meta name="{name}" content="{value}">' for name, value in tags.items())
    return (
        f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>{title}_{unit.site}</title>\n{metas}\n'
        f'</head><body><h2>{title}</h2>\n{body}\n<p><a href="/">返回首页</a></p></body></html>'
    )


def attached(name: str, path: str, content: bytes, content_type: str) -> Attached:
    """A file to hang on an article."""
    return Attached(name=name, path=path, content=content, content_type=content_type)
