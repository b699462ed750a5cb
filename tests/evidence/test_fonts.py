"""Finding a Chinese font where fontconfig is there, lies, or is missing."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import features

from evidence import fonts
from evidence.fonts import FontFound, FontMissing, find_cjk_font


@pytest.fixture(autouse=True)
def forget() -> Iterator[None]:
    find_cjk_font.cache_clear()
    yield
    find_cjk_font.cache_clear()


def test_without_any_font_the_mend_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setattr(fonts, "FOLDERS", (str(tmp_path),))
    found = find_cjk_font()
    assert isinstance(found, FontMissing)
    assert not found
    assert "fonts-noto-cjk" in found.mend


def test_without_fontconfig_known_folders_are_searched(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    real = find_cjk_font()
    if not isinstance(real, FontFound):
        pytest.skip("没有中文字体")
    find_cjk_font.cache_clear()
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "SomeCJK.ttc").symlink_to(real.path)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setattr(fonts, "FOLDERS", (str(tmp_path),))
    found = find_cjk_font()
    assert isinstance(found, FontFound)
    assert found.path.endswith("SomeCJK.ttc")


def test_a_listed_font_that_draws_boxes_is_passed_over(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    latin = next(Path("/usr/share/fonts").rglob("DejaVuSans.ttf"), None)
    rows = f"{latin or tmp_path / 'absent.ttf'}\t0\tNoto Sans CJK SC\tRegular\nnonsense\n\t\t\t\n"
    monkeypatch.setattr(shutil, "which", lambda name: "/bin/true")
    monkeypatch.setattr(subprocess, "run", lambda *a, **k: subprocess.CompletedProcess(a, 0, rows, ""))
    assert isinstance(find_cjk_font(), FontMissing)


def test_pillow_draws_with_freetype() -> None:
    assert features.check("freetype2")
