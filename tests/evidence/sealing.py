"""Small sealed stores for tests."""

import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

from domain.snapshot import FetchStatus, Hop, Snapshot
from evidence.bundle import EvidenceStore
from evidence.record import EvidenceRecord, Searched, Versions

AT = datetime(2026, 11, 20, 18, 30, tzinfo=UTC)
"""Half past two in the morning of 21 November in China."""


def snapshot(url: str = "http://www.example.gov.cn/tzgg/", body: bytes = b"<p>list</p>") -> Snapshot:
    return Snapshot(
        url=url,
        final_url=url + "index.html",
        status=FetchStatus.OK,
        fetched_at=AT,
        http_status=200,
        headers=(("Content-Type", "text/html; charset=gbk"), ("Server", "nginx")),
        body=hashlib.sha256(body).hexdigest(),
        size=len(body),
        redirects=(Hop(url=url, http_status=302),),
        server_ip="203.0.113.9",
        elapsed_ms=120,
        request_headers=(("User-Agent", "govwatch/0.1"), ("Accept-Encoding", "gzip")),
    )


def record(finding: str = "F0001", **changes: object) -> EvidenceRecord:
    values: dict[str, object] = {
        "finding": finding,
        "check": "column.stale",
        "check_title": "栏目长期未更新",
        "unit": "U01",
        "unit_name": "某某市卫生健康局",
        "target": "s01",
        "target_name": "某某市卫生健康局网站",
        "subject": "http://www.example.gov.cn/tzgg/",
        "subject_name": "通知公告",
        "url": "http://www.example.gov.cn/tzgg/",
        "summary": "“通知公告”栏目最新一条信息为2026-01-05，距今320天，超过6个月的更新期限。",
        "captured_at": AT,
        "as_of": AT,
        "versions": Versions(program="govwatch 0.1.0", check="1", schemes={"changshu-2020": "ab12"}),
        "basis": "国办秘函〔2019〕19号",
        "observed": {"newest": "2026-01-05", "age_days": 320, "limit_days": 184},
        "indicators": ("changshu-2020/7",),
        "snapshots": (snapshot(),),
        "searched": (
            Searched(url="http://www.example.gov.cn/", status=FetchStatus.OK, at=AT),
            Searched(url="http://www.example.gov.cn/x/", status=FetchStatus.TIMEOUT, at=AT),
        ),
        "wordings": ("通知公告", "公示公告"),
        "network": {"对照站点": 3, "对照站点失败": 0},
        "run": "R1",
        **changes,
    }
    return EvidenceRecord(**values)  # type: ignore[arg-type]


def filled(data: Path) -> EvidenceStore:
    """A store with findings, a run with bodies, a note of access: small enough to try every byte."""
    store = EvidenceStore(data)
    for number in range(3):
        files = {
            "screenshot.png": b"\x89PNG" + bytes([number]) * 9,
            "page.html": f"<p>{number}".encode(),
            "headers.json": b"{}\n",
        }
        store.seal(record(f"F000{number}", captured_at=AT + timedelta(seconds=number)), files)
    run = data / "run" / "R1"
    (run / "sites").mkdir(parents=True)
    (run / "sites" / "s01.jsonl").write_bytes(b'{"url":"a"}\n')
    (run / "outcomes.jsonl").write_bytes(b'{"check":"column.stale"}\n')
    digests = []
    for body in (b"one", b"two"):
        digest = hashlib.sha256(body).hexdigest()
        digests.append(digest)
        path = data / "bodies" / digest[:2] / digest
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
    sealed = store.seal_run("R1", run, AT, bodies=digests)
    store.note_access("F0000", sealed[0].path, "张三", "复核", AT)
    return store
