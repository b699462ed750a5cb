"""The built package bears all that runs: pages, styles, schemes, migrations, the sample city."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = [
    "alerts",
    "checks",
    "crawler",
    "domain",
    "evidence",
    "govwatch",
    "portal",
    "sample",
    "scheduler",
    "schemes",
    "storage",
]
PROBE = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from fastapi.testclient import TestClient
import portal
from portal.app import create_app
assert Path(portal.__file__).is_relative_to(sys.argv[1]), portal.__file__
app = create_app(Path(sys.argv[2]), None, None, lambda: datetime(2026, 6, 30, tzinfo=UTC))
with TestClient(app) as client:
    assert "登录" in client.get("/login").text
    assert client.get("/static/portal.css").status_code == 200
    assert client.get("/static/vendor/echarts.min.js").status_code == 200
from sample.city import CITY
import sample.render, sample.units
print(len(app.state.office.schemes))
"""


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what is kept in the repository: building writes beside the sources."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("没有 git 仓库，无法得知哪些文件属于项目")
    kept = subprocess.run([git, "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True)
    place = tmp_path_factory.mktemp("source")
    for name in filter(None, kept.stdout.split("\0")):
        if (ROOT / name).is_file():
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, place / name)
    return place


@pytest.fixture(scope="module")
def wheel(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without fetching anything."""
    out = tmp_path_factory.mktemp("wheel")
    options = ["--no-deps", "--no-build-isolation", "--no-index", "--disable-pip-version-check", "-q"]
    command = [sys.executable, "-m", "pip", "wheel", *options, "-w", str(out), "."]
    built = subprocess.run(command, cwd=source, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr[-2000:]
    return next(out.glob("*.whl"))


def test_every_file_of_the_packages_is_in_the_wheel(source: Path, wheel: Path) -> None:
    inside = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    kept = {
        path.relative_to(source).as_posix()
        for package in PACKAGES
        for path in (source / package).rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    assert inside == kept


def test_the_portal_opens_from_the_wheel_alone(wheel: Path, tmp_path: Path) -> None:
    place = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(place)
    around = os.environ | {"PYTHONPATH": str(place), "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", PROBE, str(place), str(tmp_path / "data")]
    run = subprocess.run(command, cwd=tmp_path, env=around, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr[-2000:]
    assert int(run.stdout) >= 6
