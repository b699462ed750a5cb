"""`govwatch posts`: recording by hand."""

from pathlib import Path

import pytest

from crawler.platforms.record import read
from domain.observation import CHINA
from govwatch import clock
from tests.govwatch.test_secrets import run

PNG = b"\x89PNG\r\n\x1a\n0000"


def test_add_and_check(tmp_path: Path) -> None:
    file, shot = tmp_path / "a21.csv", tmp_path / "s.png"
    shot.write_bytes(PNG)
    first = run(
        "posts", "add", str(file), "--title", "义诊,进社区", "--time", "2026-03-01 09:30",
        "--url", "https://v.test/1", "--picture", str(shot), "--by", "张三", "--checked-on", "2026-03-02",
    )  # fmt: skip
    assert (first.returncode, first.stderr) == (0, "")
    assert run("posts", "add", str(file), "--title", "第二条", "--time", "2026年3月5日").returncode == 0
    answer = read(file.read_bytes(), now=clock.now())
    assert [post.title for post in answer.posts] == ["义诊,进社区", "第二条"]
    ((_, name),) = answer.pictures
    assert (tmp_path / name).read_bytes() == PNG
    assert answer.known_until is not None
    assert answer.known_until.astimezone(CHINA).date() == clock.now().astimezone(CHINA).date()
    assert "2 条，最新一条 2026-03-05" in run("posts", "check", str(file)).stdout


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("--time", "近日"), "无法识别"),
        (("--time", "2150-01-01"), "晚于现在"),
        (("--time", "2026-03-01", "--url", "javascript:1"), "http"),
        (("--time", "2026-03-01", "--picture", "nothing.png"), "读不出来"),
    ],
)
def test_what_is_refused_leaves_the_file_alone(tmp_path: Path, more: tuple[str, ...], words: str) -> None:
    file = tmp_path / "a.csv"
    ended = run("posts", "add", str(file), "--title", "一", *more)
    assert (ended.returncode, words in ended.stderr) == (2, True)
    assert not file.exists()


def test_check_names_the_row_at_fault(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("标题,发布时间\n一,2026-03-01\n二,某日\n", encoding="utf-8")
    ended = run("posts", "check", str(file))
    assert (ended.returncode, "第2条没有可读的发布时间" in ended.stderr) == (2, True)


def test_template_is_read_as_empty(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    assert run("posts", "template", str(file)).returncode == 0
    assert "没有任何记录" in run("posts", "check", str(file)).stderr
    assert run("posts", "template", str(file)).returncode == 2
