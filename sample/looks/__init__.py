"""The families of sites in the city: each a folder of templates and rules for addresses."""

import hashlib

from sample.content import Article
from sample.grouped import UNIT
from sample.looks.look import Look, Trail, number, numbered_after_first, slug

_CSS = (("/css/site.css", "site.css"),)


def _month(article: Article) -> str:
    return f"{article.day:%Y%m}"


def _hex(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def _uuid(text: str) -> str:
    code = _hex(text)
    return "-".join((code[:8], code[8:12], code[12:16], code[16:20], code[20:]))


def _backward(path: str, page: int, count: int) -> str:
    """The second page of five bears the number 4: so the newest full page never changes its address."""
    return path if page == 1 else f"{path.removesuffix('.htm')}/{count - page + 1}.htm"


def _epoint_code(trail: Trail) -> str:
    code = "".join(str(number(column.key + "/e", 3)) for column in trail)
    return "/".join(code[: 3 * depth] for depth in range(1, len(trail) + 1))


def _jcms_art(trail: Trail, article: Article) -> str:
    day = article.day
    return (
        f"/art/{day.year}/{day.month}/{day.day}/art_{number(trail[-1].key, 4)}_{number(article.key, 7)}.html"
    )


MODERN = Look(
    name="modern",
    column_path=lambda trail: f"/{slug(trail)}/",
    article_path=lambda trail, a: f"/{slug(trail)}/{_month(a)}/content_{number(a.key, 6)}.html",
    page_path=numbered_after_first("index_{}.html"),
    parts=_CSS,
)

LOOKS: dict[str, Look] = {
    look.name: look
    for look in (
        MODERN,
        Look(
            name="trs",
            column_path=lambda trail: f"/{slug(trail)}/",
            article_path=lambda trail, a: (
                f"/{slug(trail)}/{_month(a)}/t{a.day:%Y%m%d}_{number(a.key, 7)}.html"
            ),
            page_path=lambda path, page, count: path if page == 1 else f"{path}index_{page - 1}.html",
            relative=True,
            parts=(*_CSS, ("/images/page.js", "page.js")),
        ),
        Look(
            name="jcms",
            column_path=lambda trail: f"/col/col{number(trail[-1].key, 5)}/index.html",
            article_path=_jcms_art,
            page_path=numbered_after_first("index_{}.html"),
            per_page=1000,
            parts=(*_CSS, ("/script/jpage.js", "jpage.js")),
        ),
        Look(
            name="vsb",
            column_path=lambda trail: f"/{slug(trail)}.htm",
            article_path=lambda trail, a: f"/info/{number(trail[-1].key, 4)}/{number(a.key, 5)}.htm",
            page_path=_backward,
            per_page=3,
            home_path="/",
            map_path="/wzdt.htm",
            parts=_CSS,
        ),
        Look(
            name="ucap",
            column_path=lambda trail: f"/c{number(trail[-1].key, 6)}/list.shtml",
            article_path=lambda trail, a: f"/c{number(trail[-1].key, 6)}/{_month(a)}/{_hex(a.key)}.shtml",
            page_path=numbered_after_first("list_{}.shtml"),
            date_style="%Y/%m/%d",
            map_path="/wzdt.shtml",
            parts=_CSS,
        ),
        Look(
            name="epoint",
            column_path=lambda trail: f"/{_epoint_code(trail)}/moreinfo.html",
            article_path=lambda trail, a: f"/{_epoint_code(trail)}/{a.day:%Y%m%d}/{_uuid(a.key)}.html",
            page_path=lambda path, page, count: path if page == 1 else path.replace("moreinfo", str(page)),
            per_page=4,
            parts=_CSS,
        ),
        Look(
            name="lonsun",
            column_path=lambda trail: f"/content/column/{number(trail[-1].key, 7)}?pageIndex=1",
            article_path=lambda trail, a: f"/{trail[-1].key}/{number(a.key, 8)}.html",
            page_path=lambda path, page, count: path.replace("pageIndex=1", f"pageIndex={page}"),
            parts=_CSS,
        ),
        Look(
            name="gkmlpt",
            column_path=lambda trail: f"/{slug(trail)}/index.html",
            article_path=lambda trail, a: f"/{slug(trail)}/content/post_{number(a.key, 7)}.html",
            page_path=numbered_after_first("index_{}.html"),
            per_page=1000,
            channel="/gkmlpt/api/all/{id}",
            parts=(*_CSS, ("/gkmlpt/app.js", "app.js")),
        ),
        Look(
            name="tables",
            column_path=lambda trail: f"/list.asp?classid={number(trail[-1].key, 4)}",
            article_path=lambda trail, a: f"/show.asp?id={number(a.key, 5)}",
            page_path=lambda path, page, count: path if page == 1 else f"{path}&page={page}",
            per_page=4,
            date_style="[%m-%d]",
            charset="gb18030",
            content_type="text/html",
            home_path="/",
            map_path="/map.asp",
            parts=_CSS,
        ),
        Look(
            name="framed",
            column_path=lambda trail: f"/{'_'.join(c.key for c in trail)}.htm",
            article_path=lambda trail, a: f"/news/{a.day:%Y-%m}/{number(a.key, 4)}.htm",
            page_path=numbered_after_first("p{}.htm"),
            date_style="plain",
            charset="gb18030",
            content_type="text/html; charset=GBK",
            map_path="/map.htm",
            frames=(("/top.htm", "top.html"), ("/main.htm", "main.html")),
            parts=_CSS,
        ),
        Look(
            name="cards",
            column_path=lambda trail: f"/{slug(trail)}/list.html",
            article_path=lambda trail, a: f"/{trail[-1].key}/d/{a.day.year}/{number(a.key, 6)}.html",
            page_path=numbered_after_first("list_{}.html"),
            date_style="%Y.%m.%d",
            based=True,
            parts=_CSS,
        ),
        Look(
            name="java",
            column_path=lambda trail: f"/channel/{number(trail[-1].key, 5)}",
            article_path=lambda trail, a: f"/article/{number(a.key, 6)}",
            page_path=lambda path, page, count: path if page == 1 else f"{path}?page={page}",
            session=True,
            date_style="%Y年%m月%d日",
            map_path="/sitemap",
            parts=_CSS,
        ),
        Look(
            name="ecms",
            column_path=lambda trail: f"/{slug(trail)}/",
            article_path=lambda trail, a: f"/{slug(trail)}/{a.day:%Y-%m-%d}/{number(a.key, 5)}.html",
            page_path=lambda path, page, count: path if page == 1 else f"{path}index_{page}.html",
            per_page=3,
            relative=True,
            map_path="/wzdt/",
            parts=(*_CSS, ("/e/public/ViewClick/", "viewclick.js")),
        ),
        Look(
            name="jpaas",
            column_path=lambda trail: f"/col/col{number(trail[-1].key, 4)}/index.html",
            article_path=lambda trail, a: f"/art/{a.day.year}/art_{_hex(a.key)}.html",
            page_path=numbered_after_first("index_{}.html"),
            per_page=1000,
            unit=UNIT,
            parts=(*_CSS, ("/script/build.js", "build.js")),
        ),
    )
}
