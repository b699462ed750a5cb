"""Looks through a real browser at difficult pages served on loopback."""

import io
import os
import signal
import ssl
import subprocess
import sys
import threading
from concurrent.futures import Future
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import psutil
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from PIL import Image
from playwright.async_api import CDPSession

from domain.outcome import FOOT, ROW, Frame
from domain.snapshot import FetchStatus, Via
from evidence.browser import BrowserFound
from evidence.capture import BrowserPool
from evidence.guard import AddressRules
from evidence.look import Look, LookRequest, Picture
from evidence.picture import Extent, take
from govwatch import clock
from tests.evidence.conftest import HTML, Farm, Page, options
from tests.evidence.sealing import snapshot

pytestmark = pytest.mark.browser


def picture(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")


def test_a_page_is_read_and_pictured_in_one_session(pool: BrowserPool, farm: Farm) -> None:
    url = farm.html(
        "/list",
        "<h1>通知公告</h1><ul><li>关于放假的通知<span>[2025-12-29]</span></li></ul>"
        "<script>fetch('/late').then(r => r.text()).then(t => document.body.append(t))</script>",
        head="<title>通知公告</title>",
    )
    farm.pages["/late"] = (200, {"Content-Type": "text/plain; charset=utf-8"}, "稍后才到的内容".encode())
    look = pool.look(url, Frame(text="2025-12-29"))
    assert look.snapshot.status is FetchStatus.OK
    assert look.snapshot.via is Via.BROWSER
    assert look.snapshot.http_status == 200
    assert look.snapshot.server_ip == "127.0.0.1"
    assert look.title == "通知公告"
    assert "稍后才到的内容" in look.dom.decode()
    assert look.html is not None
    assert "稍后才到的内容" not in look.html.decode()
    assert dict(look.snapshot.headers)["Content-Type"] == "text/html; charset=utf-8"
    assert any(name.lower() == "user-agent" for name, _ in look.request_headers)
    box = look.frame_box
    assert box is not None
    assert box.width > 300
    assert len(look.pictures) == 1
    assert picture(look.pictures[0].png).size == (1366, 768)
    assert look.snapshot.request_headers == look.request_headers != ()


TILES = [(0, 8000), (7920, 8000), (15_840, 8000), (23_760, 6240)]


def test_a_page_too_tall_comes_in_tiles_that_show_their_part(pool: BrowserPool, farm: Farm) -> None:
    rows = "".join(
        f"<div style='height:100px;background:rgb({n % 250},{n // 250 * 90},40)'></div>" for n in range(300)
    )
    url = farm.html("/tall", f"<style>body{{margin:0}}</style>{rows}")
    look = pool.look(url)
    assert look.page_height == 30_000
    assert [(p.top, p.height) for p in look.pictures] == TILES
    for tile in look.pictures:
        shown = picture(tile.png)
        assert shown.size == (1366, tile.height)
        for row in range(0, tile.height, 1000):
            number = (tile.top + row) // 100
            assert shown.getpixel((700, row)) == (number % 250, number // 250 * 90, 40)


def test_a_page_taller_than_we_picture_still_shows_the_framed_element(pool: BrowserPool, farm: Farm) -> None:
    rows = "".join(f"<div style='height:100px'>第{n}行</div>" for n in range(700))
    url = farm.html("/endless", f"<style>body{{margin:0}}</style>{rows}")
    look = pool.look(url, Frame(text="第690行"))
    assert look.frame_box is not None
    last = look.pictures[-1]
    assert last.top <= look.frame_box.y < last.top + last.height
    assert any("像素" in note for note in look.notes)


def test_lazy_images_are_on_the_picture(pool: BrowserPool, farm: Farm) -> None:
    red = io.BytesIO()
    Image.new("RGB", (400, 400), (200, 10, 10)).save(red, "PNG")
    farm.pages["/red.png"] = (200, {"Content-Type": "image/png"}, red.getvalue())
    url = farm.html(
        "/lazy",
        "<style>body{margin:0}</style><div style='height:5000px'></div>"
        "<img loading=lazy src=/red.png width=400 height=400 style='display:block'>"
        "<img data-src=/red.png?2 width=400 height=400 style='display:block' id=late>"
        "<script>new IntersectionObserver(all => all.forEach(one => {"
        "if (one.isIntersecting) setTimeout(() => {late.src = late.dataset.src}, 120)}))"
        ".observe(late)</script>",
    )
    look = pool.look(url)
    shown = picture(look.pictures[0].png)
    assert shown.getpixel((200, 5200)) == (200, 10, 10)
    assert shown.getpixel((200, 5600)) == (200, 10, 10)


def test_popups_are_noted_and_do_not_stop_the_look(pool: BrowserPool, farm: Farm) -> None:
    url = farm.html(
        "/popup", "<p>正文</p><script>alert('请更新浏览器'); confirm('继续？'); window.open('/ad')</script>"
    )
    farm.html("/ad", "广告")
    look = pool.look(url)
    assert look.snapshot.status is FetchStatus.OK
    assert any("请更新浏览器" in text for text in look.popups)
    assert any("继续？" in text for text in look.popups)
    assert "正文" in look.dom.decode()


def test_an_endless_script_ends_in_time_and_spoils_nothing(found: BrowserFound, farm: Farm) -> None:
    bad = farm.html("/spin", "<p>忙</p><script>for (;;) {}</script>")
    good = farm.html("/good", "<p>好</p>")
    with BrowserPool(found, clock.now, options(navigate_s=2, settle_s=1, total_s=4)) as pool:
        looks = dict(pool.look_many([LookRequest(url=bad), LookRequest(url=good)]))
        again = pool.look(good)
    statuses = {request.url: look.snapshot.status for request, look in looks.items()}
    assert statuses[bad] is FetchStatus.TIMEOUT
    assert statuses[good] is FetchStatus.OK
    assert again.snapshot.status is FetchStatus.OK


def test_a_hung_server_is_a_timeout(found: BrowserFound, farm: Farm) -> None:
    farm.hang.add("/hang")
    with BrowserPool(found, clock.now, options(navigate_s=1.5)) as pool:
        look = pool.look(farm.url("/hang"))
    assert look.snapshot.status is FetchStatus.TIMEOUT
    assert look.pictures == ()


def test_a_page_that_answers_late_once_is_seen_the_second_time(found: BrowserFound, farm: Farm) -> None:
    asked: list[str] = []

    def late(handler: BaseHTTPRequestHandler) -> Page:
        asked.append(handler.path)
        if len(asked) == 1:
            farm.closing.wait(60)
        return 200, HTML, "<p>第二次答复</p>".encode()

    farm.pages["/late"] = late
    with BrowserPool(found, clock.now, options(navigate_s=2.5)) as pool:
        look = pool.look(farm.url("/late"))
    assert look.snapshot.status is FetchStatus.OK
    assert "第二次答复" in look.dom.decode()
    assert len(look.pictures) == 1


def test_what_our_limits_cut_short_is_tried_afresh(found: BrowserFound, farm: Farm) -> None:
    asked: list[str] = []

    def busy(handler: BaseHTTPRequestHandler) -> Page:
        asked.append(handler.path)
        spin = "<script>for (;;) {}</script>" if len(asked) == 1 else ""
        return 200, HTML, f"<p>正文</p>{spin}".encode()

    farm.pages["/busy"] = busy
    with BrowserPool(found, clock.now, options(navigate_s=2, settle_s=1, total_s=4)) as pool:
        look = pool.look(farm.url("/busy"))
    assert look.snapshot.status is FetchStatus.OK
    assert len(look.pictures) == 1


@pytest.mark.parametrize("failures", [1, 2])
def test_a_tile_that_is_not_drawn_takes_no_other_along(
    found: BrowserFound, farm: Farm, monkeypatch: pytest.MonkeyPatch, failures: int
) -> None:
    failed: list[int] = []

    async def drawn(session: CDPSession, extent: Extent, top: int, height: int) -> Picture:
        if top > 0 and len(failed) < failures:
            failed.append(top)
            raise TimeoutError
        return await take(session, extent, top, height)

    monkeypatch.setattr("evidence.visit.take", drawn)
    url = farm.html("/tall", "<style>body{margin:0}</style><div style='height:5000px'>高</div>")
    with BrowserPool(found, clock.now, options(tile_height=2000)) as pool:
        look = pool.look(url)
    assert look.snapshot.status is FetchStatus.OK
    if failures == 1:
        assert len(look.pictures) == 3
        assert look.notes == ()
    else:
        assert len(look.pictures) == 1
        assert [note for note in look.notes if "没有画完" in note]
        assert [note for note in look.notes if "只包括其中 2000 像素" in note]


def test_looks_are_waited_for_while_others_end(pool: BrowserPool, monkeypatch: pytest.MonkeyPatch) -> None:
    mine: Future[Look] = Future()
    waits: list[int] = []

    def patience() -> float:
        waits.append(len(waits))
        if len(waits) < 3:
            pool._ended += 1
        return 0

    monkeypatch.setattr(pool, "_patience", patience)
    assert pool._some_of([mine]) == set()
    assert len(waits) == 3
    mine.set_result(Look(snapshot=snapshot()))
    assert pool._some_of([mine]) == {mine}


def test_a_host_that_keeps_silent_is_not_waited_for_at_length(
    found: BrowserFound, farm: Farm, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("evidence.capture.HASTE_S", 0.5)
    farm.hang.add("/hang")
    good = farm.html("/good", "<p>好</p>")
    with BrowserPool(found, clock.now, options(navigate_s=1.5, pages=1)) as pool:
        waits = [pool.look(farm.url("/hang")).snapshot.elapsed_ms or 0 for _ in range(4)]
        assert pool.look(good).snapshot.status is FetchStatus.OK
        assert pool._silent == {"127.0.0.1": 0}
    assert waits[3] < waits[0]


def test_a_body_that_never_ends_is_seen_in_part_and_no_full_witness(found: BrowserFound, farm: Farm) -> None:
    def trickle(handler: BaseHTTPRequestHandler) -> Page:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html; charset=utf-8")
        handler.send_header("Content-Length", "1000000")
        handler.end_headers()
        handler.wfile.write("<!DOCTYPE html><body><p>开头的内容</p>".encode() + b" " * 4096)
        handler.wfile.flush()
        farm.closing.wait(60)
        raise ConnectionAbortedError

    farm.pages["/trickle"] = trickle
    with BrowserPool(found, clock.now, options(navigate_s=1.5, settle_s=1)) as pool:
        look = pool.look(farm.url("/trickle"))
    assert look.snapshot.status is FetchStatus.TIMEOUT
    assert "开头的内容" in look.dom.decode()
    assert len(look.pictures) == 1


def test_a_killed_browser_is_replaced(found: BrowserFound, farm: Farm) -> None:
    url = farm.html("/page", "<p>正文</p>")
    with BrowserPool(found, clock.now, options()) as pool:
        assert pool.look(url).snapshot.status is FetchStatus.OK
        (pid,) = pool.pids()
        os.kill(pid, signal.SIGKILL)
        psutil.wait_procs([psutil.Process(pid)], timeout=10) if psutil.pid_exists(pid) else None
        assert pool.look(url).snapshot.status is FetchStatus.OK
        assert pool.launched() == 2
        assert pid not in pool.pids()


def test_a_browser_killed_during_a_look_costs_only_a_second_try(found: BrowserFound, farm: Farm) -> None:
    reached, killed = threading.Event(), threading.Event()

    def slow(handler: BaseHTTPRequestHandler) -> Page:
        reached.set()
        killed.wait(30)
        return 200, HTML, "<p>第二次成功</p>".encode()

    farm.pages["/slow"] = slow
    with BrowserPool(found, clock.now, options()) as pool:
        future = pool.submit(LookRequest(url=farm.url("/slow")))
        assert reached.wait(30)
        (pid,) = pool.pids()
        os.kill(pid, signal.SIGKILL)
        killed.set()
        look = future.result(60)
    assert look.snapshot.status is FetchStatus.OK
    assert "第二次成功" in look.dom.decode()


def test_a_dead_driver_is_started_again(found: BrowserFound, farm: Farm) -> None:
    url = farm.html("/page", "<p>正文</p>")
    before = {child.pid for child in psutil.Process().children()}
    with BrowserPool(found, clock.now, options()) as pool:
        assert pool.look(url).snapshot.status is FetchStatus.OK
        drivers = [child for child in psutil.Process().children() if child.pid not in before]
        for driver in drivers:
            driver.kill()
        psutil.wait_procs(drivers, timeout=10)
        assert pool.look(url).snapshot.status is FetchStatus.OK


def test_browsers_are_replaced_after_so_many_looks(found: BrowserFound, farm: Farm) -> None:
    url = farm.html("/page", "<p>正文</p>")
    with BrowserPool(found, clock.now, options(recycle_after=2)) as pool:
        statuses = [look.snapshot.status for _, look in pool.look_many([LookRequest(url=url)] * 5)]
        assert pool.launched() == 3
        assert len(pool.pids()) == 1
    assert statuses == [FetchStatus.OK] * 5


def test_no_browser_outlives_its_killed_parent(found: BrowserFound, farm: Farm) -> None:
    url = farm.html("/page", "<p>正文</p>")
    program = (
        "import sys\n"
        "from tests.evidence.conftest import options\n"
        "from evidence.browser import find_browser\n"
        "from evidence.capture import BrowserPool\n"
        "from govwatch import clock\n"
        "with BrowserPool(find_browser(), clock.now, options()) as pool:\n"
        "    pool.look(sys.argv[1])\n"
        "    print(*pool.pids(), flush=True)\n"
        "    sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        browsers = [psutil.Process(int(pid)) for pid in child.stdout.readline().split()]
        child.kill()
    assert browsers
    _, alive = psutil.wait_procs(browsers, timeout=20)
    assert [process.pid for process in alive if process.status() != psutil.STATUS_ZOMBIE] == []


@pytest.mark.parametrize(
    ("code", "status"),
    [
        (404, FetchStatus.GONE),
        (410, FetchStatus.GONE),
        (403, FetchStatus.BLOCKED),
        (412, FetchStatus.BLOCKED),
        (521, FetchStatus.BLOCKED),
        (500, FetchStatus.HTTP_ERROR),
        (502, FetchStatus.HTTP_ERROR),
    ],
)
def test_error_pages_are_pictured_and_called_by_name(
    pool: BrowserPool, farm: Farm, code: int, status: FetchStatus
) -> None:
    url = farm.html("/error", "<h1>出错了</h1>", status=code)
    look = pool.look(url)
    assert look.snapshot.status is status
    assert look.snapshot.http_status == code
    assert len(look.pictures) == 1


def test_an_error_with_an_empty_body_is_still_an_answer(pool: BrowserPool, farm: Farm) -> None:
    farm.pages["/empty"] = (404, HTML, b"")
    look = pool.look(farm.url("/empty"))
    assert look.snapshot.status is FetchStatus.GONE
    assert look.snapshot.http_status == 404


def test_gbk_pages_give_raw_bytes_and_a_utf8_document(pool: BrowserPool, farm: Farm) -> None:
    raw = "<html><head><meta charset=gb2312><title>机构职能</title></head><body>镕堃市</body></html>".encode(
        "gb18030"
    )
    farm.pages["/gbk"] = (200, {"Content-Type": "text/html"}, raw)
    look = pool.look(farm.url("/gbk"), Frame(text="镕堃市"))
    assert look.html == raw
    assert look.title == "机构职能"
    assert "镕堃市" in look.dom.decode("utf-8")


def test_frames_are_read_and_the_element_within_is_found(pool: BrowserPool, farm: Farm) -> None:
    farm.html("/inner", "<div style='height:300px'></div><p id=x>内嵌栏目的信息</p>")
    url = farm.html(
        "/outer",
        "<div style='height:200px'></div>"
        "<iframe src=/inner width=600 height=600 style='border:5px solid'></iframe>",
    )
    look = pool.look(url, Frame(text="内嵌栏目的信息"))
    assert [frame.url for frame in look.frames] == [farm.url("/inner")]
    assert "内嵌栏目的信息" in look.frames[0].dom.decode()
    assert look.frame_box is not None
    assert 480 < look.frame_box.y < 560


def test_redirects_and_refreshes_are_kept_as_hops(pool: BrowserPool, farm: Farm) -> None:
    farm.pages["/from"] = (302, {"Location": "/middle"}, b"")
    farm.html("/middle", "转", head="<meta http-equiv=refresh content='0; url=/end'>")
    end = farm.html("/end", "<p>到了</p>")
    look = pool.look(farm.url("/from"))
    assert look.snapshot.final_url == end
    assert [(hop.url, hop.http_status) for hop in look.snapshot.redirects] == [
        (farm.url("/from"), 302),
        (farm.url("/middle"), 200),
    ]
    assert "到了" in look.dom.decode()
    assert look.snapshot.status is FetchStatus.OK


def test_a_redirect_loop_a_download_and_a_dead_port(pool: BrowserPool, farm: Farm) -> None:
    farm.pages["/loop"] = (302, {"Location": "/loop"}, b"")
    farm.pages["/file"] = (200, {"Content-Type": "application/msword"}, b"\xd0\xcf\x11\xe0" * 100)
    other = Farm()
    dead = other.url("/")
    other.close()
    assert pool.look(farm.url("/loop")).snapshot.status is FetchStatus.HTTP_ERROR
    assert pool.look(farm.url("/file")).snapshot.status is FetchStatus.UNREADABLE
    assert pool.look(dead).snapshot.status is FetchStatus.UNREACHABLE
    assert pool.look("file:///etc/hostname").snapshot.status is FetchStatus.REFUSED


def test_pages_cannot_reach_inner_addresses(found: BrowserFound, farm: Farm) -> None:
    inner = Farm()
    inner.html("/secret", "内部")
    url = farm.html(
        "/attack",
        f"<iframe src='{inner.url('/secret')}'></iframe><img src='{inner.url('/secret')}'>"
        f"<script>fetch('{inner.url('/secret')}', {{mode: 'no-cors'}}).catch(() => 0)</script>",
    )
    farm.pages["/jump"] = (302, {"Location": inner.url("/secret")}, b"")
    rules = AddressRules(hosts=frozenset({f"127.0.0.1:{farm.port}"}))
    with BrowserPool(found, clock.now, options(rules=rules)) as pool:
        assert pool.look(url).snapshot.status is FetchStatus.OK
        jumped = pool.look(farm.url("/jump"))
        direct = pool.look(inner.url("/secret"))
    inner.close()
    assert inner.asked == []
    assert jumped.snapshot.status is FetchStatus.REFUSED
    assert direct.snapshot.status is FetchStatus.REFUSED
    assert "内部网络" in direct.snapshot.detail


def certified(farm: Farm, folder: Path) -> None:
    """Makes the farm speak TLS with a certificate that nobody trusts."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    at = clock.now()
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(at - timedelta(days=1))
        .not_valid_after(at + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "both.pem").write_bytes(pem + certificate.public_bytes(Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "both.pem")
    farm.server.socket = context.wrap_socket(farm.server.socket, server_side=True)


def test_a_certificate_that_does_not_hold_is_said_and_the_page_seen(
    pool: BrowserPool, farm: Farm, tmp_path: Path
) -> None:
    certified(farm, tmp_path)
    url = farm.html("/secure", "<p>加密的页面</p>").replace("http://", "https://")
    look = pool.look(url)
    assert look.snapshot.status is FetchStatus.OK
    assert "加密的页面" in look.dom.decode()
    assert any("证书" in note for note in look.notes)


def test_a_server_that_speaks_no_tls_is_a_tls_error(pool: BrowserPool, farm: Farm) -> None:
    url = farm.html("/plain", "<p>明文</p>").replace("http://", "https://")
    look = pool.look(url)
    assert look.snapshot.status is FetchStatus.TLS_ERROR
    assert look.pictures == ()


def test_hosts_can_be_mapped_to_a_farm(found: BrowserFound, farm: Farm) -> None:
    farm.html("/index.html", "<p>县政府</p>")
    place = f"127.0.0.1:{farm.port}"
    rules = AddressRules(
        mapped={"www.example-county.gov.cn": place}, hosts=frozenset({"www.example-county.gov.cn"})
    )
    with BrowserPool(found, clock.now, options(rules=rules)) as pool:
        look = pool.look("http://www.example-county.gov.cn/index.html")
    assert look.snapshot.status is FetchStatus.OK
    assert look.snapshot.final_url == "http://www.example-county.gov.cn/index.html"


def test_media_is_not_fetched_and_cookies_do_not_last(pool: BrowserPool, farm: Farm) -> None:
    farm.pages["/cookie"] = lambda handler: (
        200,
        {**HTML, "Set-Cookie": "seen=1"},
        f"<video src=/film.mp4 autoplay></video>cookie={handler.headers.get('Cookie')}".encode(),
    )
    for _ in range(2):
        look = pool.look(farm.url("/cookie"))
        assert "cookie=None" in look.dom.decode()
    assert "/film.mp4" not in farm.asked


def test_secrets_are_covered_wherever_they_stand(pool: BrowserPool, farm: Farm) -> None:
    number = "11010519491231002X"
    url = farm.html("/leak", f"<p>张某 {number[:6]}<b>{number[6:14]}</b>{number[14:]}</p><p>{number}</p>")
    look = pool.look(url, masks=(number, "不在页面上的"))
    assert len(look.mask_boxes) >= 2
    assert look.unmasked == ("不在页面上的",)


def test_several_elements_of_a_page_are_located_at_once(pool: BrowserPool, farm: Farm) -> None:
    url = farm.html("/many", "<p>甲<p>乙<p>丙")
    frames = tuple(Frame(text=text) for text in "甲丙丁")
    ((_, look),) = pool.look_many([LookRequest(url=url, frames=frames, frame=frames[1])])
    first, third, absent = (look.place_of(frame) for frame in frames)
    assert first is not None
    assert first.box is not None
    assert third is not None
    assert third.box is not None
    assert first.box.y < third.box.y
    assert look.frame_box == third.box
    assert absent is not None
    assert (absent.box, "没有找到" in absent.why) == (None, True)
    assert look.place_of(Frame(text="戊")) is None


def test_the_police_record_in_the_foot_is_no_secret(pool: BrowserPool, farm: Farm) -> None:
    foot = "<div>某公网安备 <a href=#>63990102000003号</a></div>"
    url = farm.html("/foot", f"<p>电话 13912345678</p>{foot}<p>编号 63990102000003</p>")
    ((_, look),) = pool.look_many([LookRequest(url=url, private=True)])
    assert len(look.mask_boxes) == 2


FEET = {
    "div": "<div id=main style='height:900px'>首页</div><div class=x><div><p>网站地图</p>"
    "<p>主办单位：某局</p><p>某ICP备1号-1</p></div></div>",
    "table": "<table style='width:100%'><tr><td style='height:900px'>首页</td></tr>"
    "<tr><td>版权所有：某局</td></tr></table>",
    "no marks": "<div style='height:900px'>首页</div>",
    "empty": "",
}


@pytest.mark.parametrize("kind", FEET)
def test_the_foot_of_a_page_is_found_wherever_it_is(pool: BrowserPool, farm: Farm, kind: str) -> None:
    look = pool.look(farm.html("/feet", FEET[kind]), FOOT)
    assert look.frame_box is not None
    box = look.frame_box
    assert box.y + box.height <= look.page_height + 1
    assert box.height <= 0.45 * look.page_height
    if kind != "empty":
        assert box.y > 0.6 * look.page_height


TABLES = (
    "<style>body{margin:0}table{border-collapse:collapse}td,th{height:40px;padding:0;border:0}p{margin:0;"
    "height:40px}</style><p>收到和处理申请总计情况（七）总计说明</p>"
    "<table><tr><td><table><tr><th colspan=2>类别<th>自然人<th>总计</tr>"
    "<tr><td rowspan=2>三、本年度办理结果<td>（七）总　计<td>3<td>4</tr>"
    "<tr><td>3．其他<td>1,000<td>/</tr></table></td></tr></table>"
    "<table><tr><th colspan=2>行政复议<th colspan=2>复议后起诉</tr>"
    "<tr><th>结果维持<th>总计<th>结果维持<th>总计</tr><tr><td>1<td>2<td>3<td>4</tr></table>"
)


def test_a_row_of_figures_and_a_group_of_columns_are_framed(pool: BrowserPool, farm: Farm) -> None:
    rows = {
        text: Frame(selector=ROW, text=text) for text in ("(七)总计", "3.其他", "复议后起诉", "总计", "无")
    }
    url = farm.html("/tables", TABLES)
    ((_, look),) = pool.look_many([LookRequest(url=url, frames=tuple(rows.values()))])
    boxes = {}
    for text, frame in rows.items():
        place = look.place_of(frame)
        assert place is not None
        boxes[text] = place.box
    told = {text: box and (round(box.y / 40), round(box.height)) for text, box in boxes.items()}
    assert told == {
        "(七)总计": (2, 40),
        "3.其他": (3, 40),
        "复议后起诉": (4, 120),
        "总计": (1, 120),
        "无": None,
    }
    group = boxes["复议后起诉"]
    assert group is not None
    assert group.x > 50


STACKED = (
    "<style>body{margin:0}.item{height:60px;width:600px}.item div{float:left}b,i{display:block}</style>"
    "<p style='height:100px;margin:0'>列表</p><div>"
    "<div class=item><div><b>20</b><i>%s</i></div><a href='/1'>第一条</a></div>"
    "<div class=item><div><b>24</b><i>%s</i></div><a href='/2'>第二条</a></div></div>"
)


@pytest.mark.parametrize(
    ("first", "second"), [("2025-01", "2024-01"), ("2025年1月", "2024年1月"), ("2025.01",) * 2]
)
def test_a_date_whose_parts_are_stacked_is_found_with_its_entry(
    pool: BrowserPool, farm: Farm, first: str, second: str
) -> None:
    look = pool.look(farm.html("/stacked", STACKED % (first, second)), Frame(text="2025-01-20"))
    assert look.frame_box is not None
    assert (round(look.frame_box.y), round(look.frame_box.height)) == (100, 60)


def test_figures_that_meet_by_chance_are_no_date(pool: BrowserPool, farm: Farm) -> None:
    rows = "<p><a>关于印发某某市若干措施的通知之20</a><span>2025-01-05</span><p><b>2025-01</b><b>2025-02</b>"
    look = pool.look(farm.html("/chance", rows), Frame(text="2025-01-20"))
    assert look.frame_box is None


def test_of_links_alike_the_one_with_the_words_is_framed(pool: BrowserPool, farm: Farm) -> None:
    row = "<ul><li style='margin-top:90px'><a href='/x'>甲</a> 2025-01-20"
    rows = f"<p><a href='/x'><img width=9 height=9></a></p>{row}"
    look = pool.look(farm.html("/twice", rows), Frame(href=farm.url("/x"), text="2025-01-20"))
    assert look.frame_box is not None
    assert look.frame_box.y > 90


def test_a_link_to_an_index_file_is_found_by_its_folder(pool: BrowserPool, farm: Farm) -> None:
    url = farm.html(
        "/links", "<p><a href='/old/'>甲</a><p style='margin-top:99px'><a href='/gone/index.htm'>乙</a>"
    )
    look = pool.look(url, Frame(href=farm.url("/gone/")))
    assert look.frame_box is not None
    assert look.frame_box.y > 90


def test_hidden_links_are_said_to_be_invisible(pool: BrowserPool, farm: Farm) -> None:
    url = farm.html("/dark", "<div style='display:none'><a href='http://bad.example/x'>词</a></div>正文")
    look = pool.look(url, Frame(href="http://bad.example/x"))
    assert look.frame_box is None
    assert "不可见" in look.located[0].why


def test_a_page_that_crashes_its_process_is_inconclusive(found: BrowserFound, farm: Farm) -> None:
    bad = farm.html("/crash", "<script>location.href = 'chrome://crash'</script>")
    good = farm.html("/good", "<p>好</p>")
    with BrowserPool(found, clock.now, options(navigate_s=3, settle_s=1)) as pool:
        assert pool.look(bad).snapshot.status is not FetchStatus.TIMEOUT
        assert pool.look(good).snapshot.status is FetchStatus.OK
