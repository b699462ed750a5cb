"""The whole story for once with nothing in place of anything: served by command, a scan of a living site.

The administrator signs in, imports a registry, starts a scan, watches it; a finding is reviewed by its
picture, the unit is told, answers and appeals, the supervisor decides; the unit mends the page, which is
looked at again; the score has changed and the form is downloaded and opened.
"""

import io
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import openpyxl
import pytest
import yaml
from playwright.sync_api import Browser, Page, expect, sync_playwright

from evidence.browser import BrowserFound, find_browser
from sample.city import CITY
from sample.model import Answer
from sample.server import Running, serve

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SITE, UNIT = "s10", "U10"
NEW = "my-new-word-2026"
PATIENCE = 180_000
"""Milliseconds that a scan of one site may take on a busy machine."""


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The sample city, alive."""
    with serve(CITY, folder=tmp_path_factory.mktemp("yunxi")) as found:
        yield found


@pytest.fixture(scope="module")
def browser(running: Running) -> Iterator[Browser]:
    """A browser that Playwright can drive; the city starts first: the driver's loop takes the thread."""
    found = find_browser()
    if not isinstance(found, BrowserFound):
        pytest.skip(found.reason)
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=found.path, chromium_sandbox=found.sandbox)
        yield opened
        opened.close()


@dataclass(frozen=True)
class Served:
    """The portal as a command serves it: where, and the administrator's one-time password."""

    place: str
    word: str


@contextmanager
def served(data: Path) -> Iterator[Served]:
    """`govwatch serve` over an empty folder."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    around = os.environ | {"GOVWATCH_ALLOW_NETWORKS": "127.0.0.0/8", "PYTHONUNBUFFERED": "1"}
    line = [sys.executable, "-m", "govwatch.cli", "serve", "--data", str(data), "--port", str(port)]
    process = subprocess.Popen(line, env=around, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    told = ""
    for line_told in process.stderr:
        told += line_told
        if "网页界面" in line_told:
            break
    word = re.search(r"一次性密码：(\S+)", told)
    assert word is not None, told
    drain = threading.Thread(target=process.stderr.read, daemon=True)
    drain.start()
    try:
        yield Served(f"http://127.0.0.1:{port}", word[1])
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)
        drain.join(10)
        process.stderr.close()


def sign_in(browser: Browser, place: str, login: str, word: str, **context: object) -> Page:
    """A person at a browser of their own, past the change of the one-time password."""
    page = browser.new_context(locale="zh-CN", base_url=place, **context).new_page()  # type: ignore[arg-type]
    page.goto("/login")
    page.get_by_label("登录名").fill(login)
    page.get_by_label("密码").fill(word)
    page.get_by_role("button", name="登录").click()
    page.get_by_label("原密码").fill(word)
    page.get_by_label("新密码（至少").fill(NEW)
    page.get_by_label("再输一次新密码").fill(NEW)
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("heading", name="总览")).to_be_visible()
    return page


def add_person(page: Page, login: str, name: str, role: str, unit: str = "") -> str:
    """Adds a person; gives the one-time password that the page shows."""
    page.goto("/people")
    form = page.locator("form[action='/people']")
    form.get_by_label("登录名").fill(login)
    form.get_by_label("姓名").fill(name)
    form.locator("[name=role]").select_option(role)
    if unit:
        form.locator("[name=unit]").select_option(unit)
    page.get_by_role("button", name="新增").click()
    return page.locator(".told code").inner_text()


def registry_of(running: Running, folder: Path) -> Path:
    """The city's registry with one unit and one site."""
    whole = yaml.safe_load(running.registry_path.read_text("utf-8"))
    whole["schemes"] = ["changshu-2020"]
    whole["units"] = [unit for unit in whole["units"] if unit["code"] in ("U00", UNIT)]
    whole["sites"] = [site for site in whole["sites"] if site["id"] == SITE]
    whole.pop("accounts", None)
    whole.pop("control_sites", None)
    path = folder / "名录.yaml"
    path.write_text(yaml.safe_dump(whole, allow_unicode=True), encoding="utf-8")
    return path


def mend(running: Running, url: str, day: str) -> None:
    """The unit dates what its list shows."""
    with urllib.request.urlopen(url) as answer:
        text = answer.read().decode("utf-8")
    dated = re.sub(r"(</a>)(\s*</(?:li|td|p|div|h3)>)", rf"\1<span>{day}</span>\2", text)
    assert dated != text
    running.change(SITE, urlsplit(url).path, Answer(body=dated.encode("utf-8")))


def score(page: Page) -> float:
    """The unit's score under changshu-2020 as its page tells it."""
    page.goto(f"/units/{UNIT}")
    words = page.locator(".scores strong").first
    expect(words).to_be_visible(timeout=30_000)
    return float(words.inner_text())


def test_from_an_empty_folder_to_the_form(running: Running, browser: Browser, tmp_path: Path) -> None:
    with served(tmp_path / "data") as portal:
        admin = sign_in(browser, portal.place, "admin", portal.word)
        expect(admin.get_by_text("还没有巡检过")).to_be_visible()
        words = {
            "li": add_person(admin, "li", "李敏", "supervisor"),
        }
        admin.goto("/registry")
        admin.get_by_label("导入新名录").set_input_files(registry_of(running, tmp_path))
        admin.get_by_role("button", name="导入", exact=True).click()
        expect(admin.get_by_text("2 个单位、1 个网站")).to_be_visible()
        words["zhao"] = add_person(admin, "zhao", "赵丽", "liaison", UNIT)
        admin.goto("/settings")
        admin.get_by_label("访问间隔（秒）").fill("0")
        admin.get_by_role("button", name="保存").click()

        admin.goto("/runs")
        admin.get_by_role("button", name="开始巡检").click()
        expect(admin.get_by_text("已开始巡检")).to_be_visible()
        row = admin.locator("tbody tr")
        until_there(admin, row)
        expect(row).to_contain_text("完成", timeout=PATIENCE)
        before = score(admin)

        admin.goto(f"/findings?check=column.stale&unit={UNIT}")
        admin.get_by_role("link", name="通知公告").first.click()
        picture = admin.get_by_role("img", name="标注截图")
        expect(picture).to_be_visible()
        assert picture.evaluate("image => image.complete && image.naturalWidth") > 600
        admin.get_by_role("button", name="认定违规").click()
        expect(admin.locator(".state.confirmed").first).to_be_visible()
        admin.get_by_role("button", name="通知单位").click()
        expect(admin.get_by_text("整改期限").first).to_be_visible()
        case = urlsplit(admin.url).path
        url = admin.locator("dd.url a").get_attribute("href")
        assert url is not None

        phone = {"width": 390, "height": 844}
        liaison = sign_in(browser, portal.place, "zhao", words["zhao"], viewport=phone)
        liaison.get_by_role("link", name="项通知待答复").click()
        liaison.get_by_role("link", name="通知公告").first.click()
        liaison.get_by_label("内容").fill("已安排补标发布日期，三日内完成。")
        liaison.get_by_label("已开始整改").check()
        liaison.get_by_role("button", name="提交").click()
        liaison.get_by_label("类型").select_option("appeal")
        liaison.get_by_label("内容").fill("日期在正文中均有标注，请求不予扣分。")
        liaison.get_by_role("button", name="提交").click()
        expect(liaison.get_by_text("等待裁定")).to_be_visible()

        supervisor = sign_in(browser, portal.place, "li", words["li"])
        supervisor.get_by_role("link", name="件申诉待裁定").click()
        supervisor.get_by_role("link", name="日期在正文中").first.click()
        supervisor.get_by_label("裁定理由").fill("列表未标日期，公众无从得知何时发布。")
        supervisor.get_by_role("button", name="申诉不成立").click()
        expect(supervisor.get_by_text("申诉不成立").first).to_be_visible()

        today = datetime.now().astimezone().date().isoformat()
        mend(running, url, today)
        supervisor.goto(case)
        supervisor.get_by_role("button", name="立即复查此项").click()
        expect(supervisor.get_by_text("已开始复查")).to_be_visible()
        until_there(supervisor, supervisor.locator(".state.rectified").first, place=case)

        assert score(supervisor) < before
        supervisor.locator(".scores a").first.click()
        with supervisor.expect_download() as got:
            supervisor.get_by_role("link", name="评分表（Excel）").click()
        sheet = openpyxl.load_workbook(io.BytesIO(Path(got.value.path()).read_bytes())).worksheets[0]
        assert any("文化广电和旅游局" in str(cell.value) for row in sheet.iter_rows() for cell in row)
        for page in (admin, liaison, supervisor):
            page.context.close()


def until_there(page: Page, what: object, place: str = "") -> None:
    """Loads the page again until something is on it, as a person would."""
    for _ in range(PATIENCE // 2000):
        try:
            expect(what).to_be_visible(timeout=2000)  # type: ignore[call-overload]
        except AssertionError:
            page.goto(place) if place else page.reload()
        else:
            return
    expect(what).to_be_visible()  # type: ignore[call-overload]
