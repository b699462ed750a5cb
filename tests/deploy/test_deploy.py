"""What is handed out for deployment: accepted by the tools that read it, and in step with the program."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml
from typer.main import get_command

from govwatch.cli import app
from govwatch.nights import NightSettings
from govwatch.settings import Settings

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
PROGRAM = "/opt/govwatch/.venv/bin/govwatch"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))


def commands() -> dict[str, Any]:
    group = get_command(app)
    assert isinstance(group, typer.core.TyperGroup)
    return dict(group.commands)


def started_with(unit: Path) -> list[str]:
    (line,) = re.findall(r"^ExecStart=(.+)$", unit.read_text(), re.M)
    words: list[str] = line.split()
    assert words[0] == PROGRAM
    return words[1:]


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_units_are_accepted(unit: Path, tmp_path: Path) -> None:
    tool = shutil.which("systemd-analyze")
    if tool is None:
        pytest.skip("没有 systemd-analyze")
    copy = tmp_path / unit.name.replace("@.", "@1.")
    copy.write_text(unit.read_text().replace(PROGRAM, "/bin/true"))
    ended = subprocess.run([tool, "verify", copy], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")


@pytest.mark.parametrize("words", [*map(started_with, UNITS)], ids=lambda words: words[0])
def test_units_use_options_that_there_are(words: list[str]) -> None:
    if words[0] not in commands():
        pytest.skip(f"没有命令 {words[0]}")
    known = {option for one in commands()[words[0]].params for option in one.opts}
    assert {word for word in words if word.startswith("--")} <= known


def test_compose_is_accepted(tmp_path: Path) -> None:
    """By the plugin of today where there is one, else by the former program, which knows no name."""
    plugin, former = shutil.which("docker"), shutil.which("docker-compose")
    if plugin and not subprocess.run([plugin, "compose", "version"], capture_output=True).returncode:
        command, text = [plugin, "compose"], (DEPLOY / "compose.yaml").read_text()
    elif former:
        command, text = [former], re.sub(r"^name:.*$", "", (DEPLOY / "compose.yaml").read_text(), flags=re.M)
    else:
        pytest.skip("没有 docker compose，也没有 docker-compose")
    copy = tmp_path / "deploy" / "compose.yaml"
    copy.parent.mkdir()
    copy.write_text(text)
    around = {"POSTGRES_PASSWORD": "x", "PATH": "/usr/bin:/bin:/usr/local/bin", "HOME": str(tmp_path)}
    ended = subprocess.run(
        [*command, "-f", str(copy), "config", "-q"], capture_output=True, text=True, check=False, env=around
    )
    assert ended.returncode == 0, ended.stderr


def test_compose_names_what_there_is() -> None:
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    services = compose["services"]
    assert set(services) == {"database", "portal", "schedule", "worker"}
    known = commands()
    for name in ("portal", "schedule", "worker"):
        words = services[name]["command"]
        if words[0] in known:
            options = {option for one in known[words[0]].params for option in one.opts}
            assert {str(word) for word in words if str(word).startswith("--")} <= options
        assert set(services[name]["depends_on"]) <= set(services)
        assert {each.split(":")[0] for each in services[name]["volumes"]} <= set(compose["volumes"])


def test_nginx_accepts_the_example(tmp_path: Path) -> None:
    nginx, openssl = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin"), shutil.which("openssl")
    if nginx is None or openssl is None:
        pytest.skip("没有 nginx 或 openssl")
    key, certificate = tmp_path / "govwatch.key", tmp_path / "govwatch.crt"
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate,
         "-subj", "/CN=govwatch.example.gov.cn", "-days", "2"],
        check=True, capture_output=True,
    )  # fmt: skip
    site = (DEPLOY / "nginx.conf").read_text().replace("/etc/nginx/tls", str(tmp_path))
    whole = tmp_path / "nginx.conf"
    paths = "\n".join(
        f"{name}_temp_path {tmp_path}/{name};"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    whole.write_text(
        f"pid {tmp_path}/pid;\nerror_log {tmp_path}/error.log;\nevents {{}}\nhttp {{\n"
        f"access_log {tmp_path}/access.log;\n{paths}\n{site}}}\n"
    )
    ended = subprocess.run(
        [nginx, "-t", "-q", "-c", whole, "-p", tmp_path], capture_output=True, text=True, check=False
    )
    said = [line for line in ended.stderr.splitlines() if "could not open error log file" not in line]
    assert (ended.returncode, said) == (0, [])


def test_every_setting_is_explained() -> None:
    text = "".join(path.read_text() for path in sorted((ROOT / "docs").glob("*.md")))
    names = {f"GOVWATCH_{name.upper()}" for name in (*Settings.model_fields, *NightSettings.model_fields)}
    assert {name for name in names if name not in text} == set()


def test_the_example_sets_only_what_there_is() -> None:
    names = set(re.findall(r"^#?(GOVWATCH_[A-Z0-9_]+)=", (DEPLOY / "govwatch.env.example").read_text(), re.M))
    known = {f"GOVWATCH_{name.upper()}" for name in (*Settings.model_fields, *NightSettings.model_fields)}
    assert {name for name in names - known if not name.startswith("GOVWATCH_S3_")} == set()
