"""A plan becomes pages: addresses are given, templates filled, links written, text encoded."""

import json
import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from sample.content import Article, Column, Plan
from sample.grouped import PROXY, UNIT_ROWS, dataproxy, unit_builder
from sample.looks import LOOKS
from sample.looks.dates import shown
from sample.looks.look import Look, Trail, number
from sample.model import Answer, Service
from sample.moment import TODAY
from sample.tags import Tags, tags_for, tags_html

_TEMPLATES = Path(__file__).parent / "looks" / "templates"
_KEY = re.compile(r"~~([\w.-]+)~~")


@dataclass(frozen=True, slots=True)
class Rendered:
    """A site's pages by host and path, the address of each column and article by key, and what
    answers forms at its own host.

    An address on another host begins with `@@id@@`.
    """

    pages: Mapping[str, Mapping[str, Answer]]
    paths: Mapping[str, str]
    services: Mapping[str, Service]


@dataclass(slots=True)
class Node:
    """A column in a menu."""

    column: Column
    url: str
    children: list["Node"] = field(default_factory=list)


@cache
def _environment(look: str) -> Environment:
    folders = [_TEMPLATES / look, _TEMPLATES / "default"]
    environment = Environment(
        loader=FileSystemLoader(folders), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals.update(shown=shown, unit_rows=UNIT_ROWS)
    return environment


def render(plan: Plan) -> Rendered:
    """All pages of a site. Raises KeyError when a body names an unknown key."""
    return _Rendering(plan, LOOKS[plan.look]).run()


class _Rendering:
    def __init__(self, plan: Plan, look: Look) -> None:
        self.plan = plan
        self.look = look
        self.templates = _environment(look.name)
        self.paths: dict[str, str] = {"home": look.home_path, "sitemap": look.map_path}
        self.trails: dict[str, Trail] = {}
        self.pages: dict[str, dict[str, Answer]] = {}
        self.first_columns: dict[str, str] = {}
        self.records: dict[str, tuple[str, ...]] = {}

    def run(self) -> Rendered:
        self._give_addresses()
        self.menu = [self._node(column) for column in self.plan.columns]
        self._put_home()
        for column, above in self.plan.walk():
            self._put_column((*above, column))
        self._put_sitemap()
        self._put_footer()
        self._put_files()
        return Rendered(self.pages, self.paths, self._services())

    def _services(self) -> Mapping[str, Service]:
        if self.look.unit:
            return {self.look.unit: unit_builder(self.records)}
        return {PROXY: dataproxy(self.records)} if self.records else {}

    def _put_files(self) -> None:
        files = dict(self.plan.files)
        for path, name in self.look.parts:
            source = self.templates.get_template(name).render(plan=self.plan)
            kind = "text/css" if path.endswith(".css") else "application/javascript"
            files[path] = Answer(body=source.encode(), content_type=f"{kind}; charset=utf-8")
        for pages in self.pages.values():
            pages.update(files)

    def _give_addresses(self) -> None:
        for column, above in self.plan.walk():
            trail = (*above, column)
            self.trails[column.key] = trail
            host = next((c.host for c in reversed(trail) if c.host), None)
            prefix = f"@@{host}@@" if host else ""
            self.paths[column.key] = column.href or prefix + (column.path or self.look.column_path(trail))
            for article in column.articles:
                if self.first_columns.setdefault(article.key, column.key) == column.key:
                    path = article.path or self.look.article_path(trail, article)
                    self.paths[article.key] = article.href or prefix + path
        own = [path for key, path in self.paths.items() if not path.startswith(("http", "@@"))]
        twice = sorted({path for path in own if own.count(path) > 1})
        if twice:
            raise ValueError(f"{self.plan.id}: two pages share an address: {twice}")

    def _node(self, column: Column) -> Node:
        children = [self._node(child) for child in column.children]
        return Node(column, self.paths[column.key], children)

    def _put(self, path: str, template: str, **context: Any) -> None:
        host, local = self._place(path)
        at = self._at(host, local)
        names: dict[str, Any] = {
            "plan": self.plan,
            "look": self.look,
            "menu": self.menu,
            "today": TODAY,
            "href": lambda key: f"~~{key}~~",
            "path": local,
            "charset": self.look.charset,
            **context,
        }
        html = self.templates.get_template(template).render(names)
        html = _KEY.sub(lambda found: self._link(self.paths[found[1]], at), html)
        self.pages.setdefault(host, {})[local] = Answer(
            body=html.encode(self.look.charset, "xmlcharrefreplace"), content_type=self.look.content_type
        )

    def _place(self, path: str) -> tuple[str, str]:
        if path.startswith("@@"):
            _, host, local = path.split("@@", 2)
            return host, local
        return self.plan.id, path

    def _at(self, host: str, local: str) -> str:
        return local if host == self.plan.id else f"@@{host}@@{local}"

    def _link(self, target: str, at: str) -> str:
        """How a page at `at` writes a link to `target`."""
        if at.startswith("@@"):
            own, _ = self._place(at)
            if target.startswith(f"@@{own}@@"):
                return target.split("@@", 2)[2]
            return target if target.startswith(("@@", "http")) else f"@@{self.plan.id}@@{target}"
        if self.look.session and target.startswith("/") and "." not in posixpath.basename(target):
            stem, mark, query = target.partition("?")
            return f"{stem};jsessionid={number(at, 8):X}{number(at + 'x', 8):X}{mark}{query}"
        if self.look.based and target.startswith("/"):
            return target[1:] or "./"
        if not self.look.relative or not target.startswith("/") or target == "/":
            return target
        folder = at if at.endswith("/") else posixpath.dirname(at)
        way = posixpath.relpath(target, folder or "/")
        return way + "/" if target.endswith("/") else way

    def _tags(self, place: str, column: Column | None, article: Article | None) -> Tags:
        return tags_for(self.plan, place, column, article)

    def _put_home(self) -> None:
        blocks = []
        for key in self.plan.home_keys:
            trail = self.trails[key]
            blocks.append({"column": trail[-1], "entries": self._entries(trail[-1])[:6]})
        tags = tags_html(self._tags("home", None, None), self.plan.tag_style)
        for path, template in ((self.look.home_path, self.plan.home_template), *self.look.frames):
            self._put(path, template, title=self.plan.name, tags=tags, blocks=blocks, trail=())

    def _entries(self, column: Column) -> list[dict[str, Any]]:
        style = self.look.date_style if column.date_style is None else column.date_style
        ordered = sorted(column.articles, key=lambda a: (a.pinned, a.list_day or a.day), reverse=True)
        return [
            {
                "article": article,
                "title": article.title,
                "key": article.key,
                "day": article.list_day or article.day,
                "shown": shown(article.list_day or article.day, style, article.clock)
                if article.dated_list
                else "",
                "pinned": article.pinned,
            }
            for article in ordered
        ]

    def _put_column(self, trail: Trail) -> None:
        column = trail[-1]
        if column.href:
            return
        tags = tags_html(self._tags("column", column, None), self.plan.tag_style)
        entries = self._entries(column)
        size = self.look.per_page
        count = max(1, -(-len(entries) // size))
        path = self.paths[column.key]
        urls = [self.look.page_path(path, page, count) for page in range(1, count + 1)]
        template = column.template or f"{column.form}.html"
        below = [{"column": child, "entries": self._entries(child)[:3]} for child in column.children]
        for page, url in enumerate(urls, 1):
            self._put(
                url,
                template,
                title=f"{column.name}_{self.plan.name}",
                tags=tags,
                column=column,
                trail=trail,
                entries=entries[(page - 1) * size : page * size],
                all_entries=entries,
                pager={"page": page, "count": count, "urls": urls, "size": size, "total": len(entries)},
                below=below,
                id=number(column.key, 5),
            )
        if self.look.channel:
            self._put_channel(column, entries)
        if column.grouped is not None or self.look.unit:
            record = self.templates.get_template("record.html")
            told = [record.render(item=entry, href=lambda key: f"~~{key}~~") for entry in entries]
            self.records[str(number(column.key, 5))] = tuple(
                _KEY.sub(lambda found: self.paths[found[1]], text) for text in told
            )
        for article in column.articles:
            if not article.href and self.first_columns[article.key] == column.key:
                self._put_article(trail, article)

    def _put_article(self, trail: Trail, article: Article) -> None:
        tags = self._tags("article", trail[-1], article)
        self._put(
            self.paths[article.key],
            "article.html",
            title=f"{article.title}_{self.plan.name}",
            tags=tags_html(tags, self.plan.tag_style),
            column=trail[-1],
            trail=trail,
            article=article,
            id=number(article.key, 7),
        )
        host, _ = self._place(self.paths[article.key])
        for file in article.attachments:
            self.pages[host][file.path] = Answer(body=file.content, content_type=file.content_type)

    def _put_channel(self, column: Column, entries: Iterable[Mapping[str, Any]]) -> None:
        records = [
            {
                "id": number(entry["key"], 7),
                "title": entry["title"],
                "url": self.paths[entry["key"]],
                "date": int(shown(entry["day"], "epoch", entry["article"].clock)) // 1000,
                "created_at": f"{entry['day'].isoformat()} {entry['article'].clock}:00",
                "publisher": entry["article"].source or self.plan.unit_name,
                "document_number": entry["article"].document_no,
                "identifier": entry["article"].index_no,
            }
            for entry in entries
        ]
        answer = {"articles": records, "total": len(records), "categoryName": column.name}
        path = self.look.channel.format(id=number(column.key, 5))
        body = json.dumps(answer, ensure_ascii=False).encode()
        self.pages[self.plan.id][path] = Answer(body=body, content_type="application/json; charset=utf-8")

    def _put_sitemap(self) -> None:
        if "site_map" not in self.plan.footer.marks:
            return
        column = Column(key="sitemap", name="网站地图", kind="other")
        tags = tags_html(self._tags("column", column, None), self.plan.tag_style)
        self._put(
            self.look.map_path,
            "sitemap.html",
            title=f"网站地图_{self.plan.name}",
            tags=tags,
            column=column,
            trail=(column,),
        )

    def _put_footer(self) -> None:
        manner = self.plan.footer.manner
        if manner == "inline":
            return
        self._put("/foot.html", "foot_page.html", title="页脚", tags="", trail=())
        html = self.pages[self.plan.id]["/foot.html"].body.decode(self.look.charset)
        inner = html.partition("<body>")[2].partition("</body>")[0].strip()
        if manner == "script":
            lines = "".join(f"document.write({json.dumps(line)});\n" for line in inner.splitlines())
            self.pages[self.plan.id]["/js/foot.js"] = Answer(
                body=lines.encode(), content_type="application/javascript; charset=utf-8"
            )
