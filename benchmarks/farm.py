"""A farm of government sites on loopback for the benchmarks: generated, served by nginx or ourselves."""

import asyncio
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

SITES = 20
PAGES = 500
COLUMNS = 12
ON_A_PAGE = 20
TODAY = date(2026, 6, 30)

_NAMES = (
    *("工作动态", "通知公告", "政策文件", "政策解读", "意见征集", "财政信息"),
    *("人事信息", "规划计划", "统计信息", "招标采购", "办事指南", "专题专栏"),
)
_FIXED = ("gkzn", "信息公开指南"), ("gkzd", "信息公开制度"), ("gknb", "信息公开年报"), ("ysqgk", "依申请公开")
_SENTENCES = (
    "为进一步做好这项工作，现将有关事项通知如下，请各单位结合实际认真落实。",
    "各科室要明确责任分工，按时报送进展情况，遇到问题及时反映。",
    "本次安排涉及全市各镇街，办理时间为工作日上午九时至下午五时。",
    "申请人可以通过窗口、信函和网上平台提交材料，受理后将发给回执。",
    "下一步将继续完善制度，公开办理结果，接受社会各界监督。",
)


_SERVICE = 10
"""The column of service guides: all but every twelfth state what they must."""
_ELEMENTS = (
    *(
        "事项名称：第{n}项工作",
        "设定依据：有关条例第九条",
        "受理条件：在本市登记的单位和个人",
        "申请材料：申请书一份",
    ),
    *(
        "办理地点：市民中心三楼",
        "办理时间：工作日9:00至17:00",
        "咨询电话：0512-52880001",
        "办理流程：申请、受理、审核、办结",
    ),
)


def build(folder: Path, *, sites: int = SITES, pages: int = PAGES) -> list[list[str]]:
    """Writes the sites and gives the paths of each, home first."""
    return [_build_site(folder / f"site{number:02d}", number, pages) for number in range(sites)]


def _build_site(folder: Path, number: int, pages: int, fresh: int = 0) -> list[str]:
    """One site. `fresh` adds so many new articles, spread over a fourth of the columns."""
    articles = pages - 1 - len(_FIXED) - COLUMNS * 3
    each = -(-articles // COLUMNS)
    paths = ["/"]
    blocks = []
    for column in range(COLUMNS):
        count = min(each, articles - each * column)
        more = -(-fresh // 3) if column < 3 else 0
        entries = [_entry(number, column, index) for index in range(-more, max(count, 0))]
        for path, title, day in entries:
            _write(folder, path, _article(number, column, title, day))
            paths.append(path)
        blocks.append((column, entries))
        paths += _write_lists(folder, number, column, entries)
    for code, name in _FIXED:
        path = f"/xxgk/{code}/index.html"
        text = "".join(f"<p>{sentence}</p>" for sentence in _SENTENCES * 4)
        _write(folder, path, _page(number, name, f"<h1>{name}</h1><div class='content'>{text}</div>"))
        paths.append(path)
    _write(folder, "/index.html", _page(number, "首页", "".join(_block(c, e[:8]) for c, e in blocks)))
    _write(folder, "/sitemap.html", _page(number, "网站地图", "<h1>网站地图</h1>"))
    (folder / "robots.txt").write_text("User-agent: *\nDisallow: /admin/\n")
    return paths


def _entry(number: int, column: int, index: int) -> tuple[str, str, date]:
    day = TODAY - timedelta(days=max(index, 0) * 5 + column)
    path = f"/c{column:02d}/{day:%Y%m}/t{day:%Y%m%d}_{100000 + column * 1000 + index}.html"
    return path, f"关于做好{_NAMES[column]}第{index + 1}项工作的通知（{number}号）", day


def change(folder: Path, share: float, *, sites: int, pages: int) -> None:
    """A new night: so many articles are new that `share` of the pages changed; the others stay the same."""
    for number in range(sites):
        _build_site(folder / f"site{number:02d}", number, pages, fresh=round(pages * share))


def _write_lists(
    folder: Path, number: int, column: int, entries: list[tuple[str, str, date]]
) -> Iterator[str]:
    count = 3
    size = -(-len(entries) // count)
    for page in range(count):
        name = _file(page)
        part = entries[page * size : (page + 1) * size]
        links = "".join(f'<a href="/c{column:02d}/{_file(p)}">{p + 1}</a>' for p in range(count))
        body = _block(column, part) + f'<div class="pager">{links}</div>'
        _write(folder, f"/c{column:02d}/{name}", _page(number, _NAMES[column], body))
        yield f"/c{column:02d}/{name}"


def _file(page: int) -> str:
    return "index.html" if page == 0 else f"index_{page}.html"


def _block(column: int, entries: list[tuple[str, str, date]]) -> str:
    rows = "".join(
        f'<li><a href="{path}" title="{title}" target="_blank">{title}</a><span>{day}</span></li>'
        for path, title, day in entries
    )
    return f'<div class="list"><h2><a href="/c{column:02d}/">{_NAMES[column]}</a></h2><ul>{rows}</ul></div>'


def _article(number: int, column: int, title: str, day: date) -> str:
    text = "".join(f"<p>　　{_SENTENCES[(column + k) % 5]}（{day}-{k}）</p>" for k in range(24))
    if column == _SERVICE and day.day % 12:
        text = "".join(f"<p>{line.format(n=day.day)}</p>" for line in _ELEMENTS) + text
    tags = (
        f'<meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="{day} 09:00">'
        f'<meta name="ContentSource" content="第{number}局">'
    )
    above = f'<a href="/">首页</a> &gt; <a href="/c{column:02d}/">{_NAMES[column]}</a>'
    crumb = f'<div class="crumb">当前位置：{above}</div>'
    head = f"<h1>{title}</h1><div class='info'>发布时间：{day} 来源：第{number}局</div>"
    return _page(number, title, f"{crumb}{head}<div class='content'>{text}</div>", tags)


def _page(number: int, title: str, body: str, tags: str = "") -> str:
    menu = "".join(f'<li><a href="/c{c:02d}/">{_NAMES[c]}</a></li>' for c in range(COLUMNS))
    menu += "".join(f'<li><a href="/xxgk/{code}/">{name}</a></li>' for code, name in _FIXED)
    style = "".join(f".k{n}{{margin:{n}px;padding:{n}px;color:#333}}\n" for n in range(60))
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}-第{number}局</title>'
        f'<meta name="SiteName" content="第{number}局"><meta name="SiteDomain" content="s{number}.example">'
        f'<meta name="SiteIDCode" content="32058100{number:02d}">{tags}<style>{style}</style></head><body>'
        f'<div class="header"><div class="nav"><ul><li><a href="/">首页</a></li>{menu}</ul></div></div>'
        f'<div class="main">{body}</div>'
        f'<div class="footer"><p>主办：第{number}局 联系电话：0512-5288{number:04d} '
        f"网站标识码：32058100{number:02d} 苏ICP备0500{number:04d}号</p>"
        f'<p><a href="/sitemap.html">网站地图</a></p></div>'
        "<script>var t=new Date();function show(n){return n+1}</script></body></html>"
    )


def _write(folder: Path, path: str, html: str) -> None:
    """Writes a page unless it is there already just so: its date of change stays."""
    target = folder / path.lstrip("/")
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.exists() or target.read_text(encoding="utf-8") != html:
        target.write_text(html, encoding="utf-8")


@contextmanager
def serve(folder: Path, sites: int = SITES) -> Iterator[tuple[str, list[str]]]:
    """Serves the sites, each on a port of its own; gives the server's name and their origins."""
    ports = _free_ports(sites)
    origins = [f"http://127.0.0.1:{port}" for port in ports]
    if shutil.which("nginx"):
        with _nginx(folder, ports):
            yield "nginx", origins
    else:
        command = [sys.executable, "-m", "benchmarks.farm", str(folder), *map(str, ports)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE)
        try:
            assert process.stdout is not None
            process.stdout.readline()
            yield "asyncio", origins
        finally:
            process.kill()
            process.wait()


@contextmanager
def _nginx(folder: Path, ports: list[int]) -> Iterator[None]:
    with tempfile.TemporaryDirectory(prefix="farm-nginx-") as place:
        servers = "".join(
            f"server {{ listen 127.0.0.1:{port}; root {folder}/site{n:02d}; charset utf-8; }}\n"
            for n, port in enumerate(ports)
        )
        temporary = "".join(
            f"{kind}_temp_path {place}/{kind};"
            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        config = Path(place) / "nginx.conf"
        config.write_text(
            f"worker_processes 1; daemon off; pid {place}/pid; error_log {place}/error.log;\n"
            "events { worker_connections 2048; }\n"
            f"http {{ access_log off; {temporary} types {{ text/html html; text/plain txt; }}\n"
            f"keepalive_requests 100000; etag on; sendfile on;\n{servers} }}\n"
        )
        Path(place).chmod(0o755)
        process = subprocess.Popen(["nginx", "-p", place, "-c", str(config)], stderr=subprocess.DEVNULL)
        try:
            _wait_until_open(ports)
            yield
        finally:
            process.terminate()
            process.wait()


def _free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    try:
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]
    finally:
        for one in sockets:
            one.close()


def _wait_until_open(ports: list[int]) -> None:
    for port in ports:
        for _ in range(10_000):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                continue
        else:
            raise RuntimeError(f"the farm's server does not listen on port {port}")


async def _serve_ourselves(folder: Path, ports: list[int]) -> None:
    for number, port in enumerate(ports):
        root = folder / f"site{number:02d}"

        async def answer(
            reader: asyncio.StreamReader, writer: asyncio.StreamWriter, root: Path = root
        ) -> None:
            await _answer(root, reader, writer)

        await asyncio.start_server(answer, "127.0.0.1", port)
    print("ready", flush=True)
    await asyncio.Event().wait()


async def _answer(root: Path, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            path = head.split(b" ", 2)[1].decode().partition("?")[0]
            target = root / path.lstrip("/")
            target = target / "index.html" if path.endswith("/") else target
            found = target.is_file()
            body = target.read_bytes() if found else b"not found"
            kind = "text/plain" if target.suffix == ".txt" else "text/html"
            writer.write(
                f"HTTP/1.1 {200 if found else 404} X\r\nContent-Type: {kind}\r\n"
                f"Content-Length: {len(body)}\r\n\r\n".encode()
                + body
            )
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


if __name__ == "__main__":
    asyncio.run(_serve_ourselves(Path(sys.argv[1]), [int(port) for port in sys.argv[2:]]))
