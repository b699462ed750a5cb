"""The whole story in a browser: signed in, reviewed, notified, answered, appealed, decided; and axe-core."""

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import openpyxl
import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect, sync_playwright

from evidence.browser import BrowserFound, find_browser
from portal.guarding import POLICY
from tests.portal.city import WORD, City

pytestmark = pytest.mark.browser
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
PLACES = (
    "/",
    "/findings",
    "/findings/CASE",
    "/units",
    "/units/U01",
    "/sites/s01",
    "/accounts/a01",
    "/assessment",
    "/assessment/changshu-2020/2026/U01",
    "/schemes",
    "/schemes/changshu-2020",
    "/letters",
    "/runs",
    "/registry?edit=1",
    "/records",
    "/records/enter",
    "/records/U01/changshu-2020/2026",
    "/registry/units/U01",
    "/registry/accounts/a01",
    "/nights",
    "/lexicon",
    "/settings",
    "/people",
    "/tokens",
    "/audit",
    "/password",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser that Playwright can drive."""
    found = find_browser()
    if not isinstance(found, BrowserFound):
        pytest.skip(found.reason)
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=found.path, chromium_sandbox=found.sandbox)
        yield opened
        opened.close()


@contextmanager
def served(town: City) -> Iterator[str]:
    """The portal on a free port of the loopback."""
    server = uvicorn.Server(uvicorn.Config(town.app, port=0, log_level="error", lifespan="off"))
    started = threading.Event()
    begin = server.startup

    async def startup(sockets: object = None) -> None:
        await begin(sockets)  # type: ignore[arg-type]
        started.set()

    server.startup = startup  # type: ignore[method-assign]
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    assert started.wait(30)
    try:
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)


class Visit:
    """One person at a browser of their own; what goes wrong in the page is kept."""

    def __init__(self, browser: Browser, place: str, login: str, **context: object) -> None:
        self.context = browser.new_context(locale="zh-CN", base_url=place, **context)  # type: ignore[arg-type]
        self.page: Page = self.context.new_page()
        self.wrong: list[str] = []
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on(
            "console",
            lambda said: self.wrong.append(said.text) if said.type in ("error", "warning") else None,
        )
        self.page.on(
            "request", lambda asked: None if asked.url.startswith(place) else self.wrong.append(asked.url)
        )
        self.page.goto("/login")
        self.page.get_by_label("登录名").fill(login)
        self.page.get_by_label("密码").fill(WORD)
        self.page.get_by_role("button", name="登录").click()
        expect(self.page.get_by_role("heading", name="总览")).to_be_visible()

    def go(self, place: str) -> Page:
        self.page.goto(place)
        return self.page


def test_the_story(town: City, browser: Browser, tmp_path: Path) -> None:
    with served(town) as place:
        reviewer = Visit(browser, place, "reviewer")
        page = reviewer.go("/findings?check=column.stale&unit=U01")
        page.get_by_role("link", name="通知公告").first.click()
        picture = page.get_by_role("img", name="标注截图")
        expect(picture).to_be_visible()
        assert picture.evaluate("image => image.naturalWidth") == 40
        page.get_by_role("button", name="认定违规").click()
        expect(page.get_by_text("已认定").first).to_be_visible()
        page.get_by_label("整改期限").fill("2026-07-15")
        page.get_by_role("button", name="通知单位").click()
        expect(page.get_by_text("整改期限 2026年7月15日")).to_be_visible()
        before = _score(town)

        liaison = Visit(browser, place, "liaison", viewport={"width": 390, "height": 844})
        page = liaison.page
        page.get_by_role("link", name="项通知待答复").click()
        page.get_by_role("link", name="通知公告").first.click()
        proof = tmp_path / "说明.pdf"
        proof.write_bytes(b"%PDF-1.7")
        page.get_by_label("类型").select_option("appeal")
        page.get_by_label("内容").fill("该栏目已并入政务公开专栏，见附件。")
        page.get_by_label("附件").set_input_files(proof)
        page.get_by_role("button", name="提交").click()
        expect(page.get_by_text("等待裁定")).to_be_visible()
        expect(page.get_by_role("link", name="说明.pdf")).to_be_visible()

        supervisor = Visit(browser, place, "supervisor")
        page = supervisor.page
        page.get_by_role("link", name="件申诉待裁定").click()
        page.get_by_role("link", name="该栏目已并入").first.click()
        page.get_by_label("裁定理由").fill("经核，栏目确已合并。")
        page.get_by_role("button", name="申诉成立").click()
        expect(page.get_by_text("申诉成立").first).to_be_visible()
        assert _score(town) > before
        page.get_by_role("button", name="立即复查").click()
        expect(page.get_by_text("已开始复查")).to_be_visible()
        assert town.scans == [[town.case]]

        supervisor.go("/assessment/changshu-2020/2026/U01")
        with page.expect_download() as got:
            page.get_by_role("link", name="评分表（Excel）").click()
        body = Path(got.value.path()).read_bytes()
        sheet = openpyxl.load_workbook(io.BytesIO(body)).worksheets[0]
        assert any("某某市卫生健康局" in str(cell.value) for row in sheet.iter_rows() for cell in row)
        for visit in (reviewer, liaison, supervisor):
            assert visit.wrong == []
            visit.context.close()


def _score(town: City) -> float:
    card = town.office.card(town.office.scheme("changshu-2020"), 2026, "U01")
    assert card is not None
    assert card.score is not None
    return float(card.score)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_and_no_page_is_too_wide(town: City, browser: Browser, scheme: str) -> None:
    axe = AXE.read_text("utf-8")
    run = town.store.last_run()
    assert run is not None
    size = {"width": 1366, "height": 768} if scheme == "light" else {"width": 390, "height": 844}
    with served(town) as place:
        visit = Visit(browser, place, "boss", color_scheme=scheme, viewport=size)
        for where in (*PLACES, f"/runs/{run.id}"):
            page = visit.go(where.replace("CASE", town.case))
            page.evaluate(axe)  # evaluated by the driver: the page's own policy lets no such script in
            found = page.evaluate(
                "async () => (await axe.run(document, {resultTypes: ['violations']})).violations"
                ".filter(v => ['serious', 'critical'].includes(v.impact))"
                ".map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html).join(' | '))"
            )
            assert found == [], where
            wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            assert wider <= 0, where
        assert visit.wrong == []
        visit.context.close()


def test_the_policy_stops_a_script_in_a_page(town: City, browser: Browser) -> None:
    assert "script-src 'self'" in POLICY
    with served(town) as place:
        visit = Visit(browser, place, "boss")
        visit.page.evaluate(
            "() => { const s = document.createElement('script'); s.textContent = 'window.owned = 1';"
            " document.body.append(s); }"
        )
        assert visit.page.evaluate("window.owned") is None
        visit.context.close()


def test_pages_work_without_scripts(town: City, browser: Browser) -> None:
    with served(town) as place:
        visit = Visit(browser, place, "reviewer", java_script_enabled=False)
        page = visit.go("/findings?check=column.stale&unit=U01")
        page.locator("input[name=case]").first.check()
        page.get_by_role("button", name="提交").click()
        expect(page.get_by_text("已保存")).to_be_visible()
        expect(page.locator("table .state", has_text="已认定")).to_be_visible()
        visit.context.close()
    assert town.store.finding(town.case).state == "confirmed"
