"""The certificate of evidence (取证单): one page for a person, in HTML, printed where there is a browser."""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any

from domain.finding import CASE_TITLES, Finding
from domain.observation import CHINA
from domain.snapshot import STATUS_TITLES, FetchStatus
from evidence.record import spoken
from schemes.mistakes import SchemeError
from schemes.scheme import load_all

LISTED = 3
"""Searched pages that the page names; the rest are counted, and all are in record.json."""

STYLE = """
@page{size:A4;margin:14mm 16mm}
*{box-sizing:border-box}
body{font-family:"Noto Sans CJK SC","Source Han Sans SC","Microsoft YaHei","WenQuanYi Zen Hei",sans-serif;
font-size:9.5pt;line-height:1.5;color:#222;margin:0 auto;max-width:178mm;
display:flex;flex-direction:column;height:268mm}
h1{font-size:18pt;letter-spacing:.3em;text-align:center;margin:0 0 2mm;text-indent:.3em}
.no{text-align:center;color:#555;margin:0 0 3mm}
table{width:100%;border-collapse:collapse}
th,td{border:.3mm solid #999;padding:1.1mm 2mm;vertical-align:top;text-align:left}
th{width:24mm;font-weight:normal;background:#f4f2ec;white-space:nowrap}
td{overflow-wrap:anywhere}
.lead{font-size:11pt;color:#b00;font-weight:bold}
.mono{font-family:"DejaVu Sans Mono",Consolas,monospace;font-size:7.5pt;line-height:1.4}
figure{margin:3mm 0 0;flex:1 1 0;min-height:0;max-height:95mm;
display:flex;flex-direction:column;align-items:center}
figure img{flex:1 1 0;min-height:0;max-width:100%;object-fit:contain;border:.3mm solid #ccc}
figcaption{color:#555;font-size:8.5pt}
.sign{display:flex;justify-content:space-between;margin-top:5mm}
.foot{color:#555;font-size:8pt;margin-top:3mm}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """One sealed capture as the certificate tells of it: its facts, its manifest's digest, its line."""

    folder: str
    facts: Mapping[str, Any]
    manifest: str
    seq: int
    line: str
    preview: bytes | None = None


def write_certificate(
    finding: Finding, seals: Sequence[Sealed], *, stamped: Sequence[datetime], key: str
) -> str:
    """The page, as HTML that fetches nothing. `stamped` are the times that authorities attest."""
    last = seals[-1]
    rows = "".join(
        f"<tr><th>{escape(label)}</th><td>{text}</td></tr>" for label, text in _rows(finding, seals, stamped)
    )
    figure = ""
    if last.preview:
        source = "data:image/jpeg;base64," + base64.b64encode(last.preview).decode()
        figure = (
            f"<figure><img src='{source}' alt='网页截图'>"
            f"<figcaption>网页截图（缩略），原图与加注图见 {escape(last.folder)}</figcaption></figure>"
        )
    return (
        "<!DOCTYPE html><html lang='zh-CN'><head><meta charset='utf-8'>"
        f"<title>取证单 {escape(finding.id)}</title><style>{STYLE}</style></head><body>"
        f"<h1>取证单</h1><p class='no'>编号 {escape(finding.id)}</p><table>{rows}</table>{figure}"
        "<div class='sign'><span>取证人：____________</span><span>复核人：____________</span>"
        "<span>责任单位签收：____________</span><span>日期：____________</span></div>"
        "<p class='foot'>核验：在佐证包文件夹内运行 sh verify.sh。签名公钥指纹 "
        f"<span class='mono'>{escape(key)}</span>，请与监测单位公布的核对。</p></body></html>"
    )


def _rows(finding: Finding, seals: Sequence[Sealed], stamped: Sequence[datetime]) -> list[tuple[str, str]]:
    facts = seals[-1].facts
    target = str(facts.get("target_name") or finding.target)
    rows = [
        ("责任单位", escape(f"{facts.get('unit_name') or finding.unit}（{finding.unit}）")),
        ("监测对象", escape(f"{target}　{finding.subject_name}")),
        ("检查事项", escape(f"{facts.get('check_title', '')}（{finding.check}）")),
        ("依　　据", escape(str(facts.get("basis", "")))),
        ("涉及指标", _lines_of(finding.indicators)),
        ("问　　题", f"<span class='lead'>{escape(str(facts.get('summary') or finding.summary))}</span>"),
        ("网　　址", escape(finding.url)),
        ("取证时间", _times(seals)),
        ("监测时点", escape(spoken(datetime.fromisoformat(str(facts["as_of"]))))),
        ("监测结果", _answers(facts)),
    ]
    absent = bool(facts.get("absent") or facts.get("wordings"))
    if told := _search(facts, absent):
        rows.append(("查找过程" if absent else "相关网页", told))
    if facts.get("network"):
        rows.append(("当时网络", escape("；".join(f"{k}：{v}" for k, v in facts["network"].items()))))
    rows.append(
        (
            "办理状态",
            escape(
                f"{CASE_TITLES[finding.state]}；首次发现 {_minute(finding.first_seen)}，"
                f"最近一次 {_minute(finding.last_seen)}，共见到 {finding.sightings} 次"
            ),
        )
    )
    rows.append(("程序版本", escape(_versions(facts))))
    rows.append(("校　　验", _digests(seals)))
    times = "；".join(spoken(at) for at in stamped)
    rows.append(("时 间 戳", escape(f"第三方机构证明不晚于 {times}") if times else "未加盖第三方时间戳"))
    return rows


def _lines_of(indicators: Sequence[str]) -> str:
    """The scheme lines as their texts name them; by their numbers alone where the scheme is not at hand."""
    try:
        schemes = load_all()
    except SchemeError:
        schemes = {}
    named: dict[str, list[str]] = {}
    for indicator in indicators:
        scheme, _, no = indicator.partition("/")
        known = schemes.get(scheme)
        title = next((line.title for line in known.indicators if line.no == no), "") if known else ""
        name = f"《{known.head.name}》（{scheme}）" if known else scheme
        named.setdefault(name, []).append(f"第{no}项" + (f"“{title}”" if title else ""))
    told = (escape(name + "、".join(lines)) for name, lines in named.items())
    return "<br>".join(told) or "—"


def _minute(moment: datetime) -> str:
    """An instant in China to the minute."""
    at = moment.astimezone(CHINA)
    return f"{at.year}年{at.month}月{at.day}日 {at:%H:%M}"


def _times(seals: Sequence[Sealed]) -> str:
    times = [spoken(datetime.fromisoformat(str(seal.facts["captured_at"]))) for seal in seals]
    if len(times) <= 2:
        return escape("；".join(times))
    return escape(f"{times[0]}至{times[-1]}，共 {len(times)} 次")


def _answers(facts: Mapping[str, Any]) -> str:
    lines = []
    for seen in facts.get("snapshots", ())[:4]:
        way = {"http": "直接读取", "browser": "浏览器打开", "kept": "留存内容"}.get(
            seen.get("via", ""), "读取"
        )
        parts = [way, STATUS_TITLES[FetchStatus(seen["status"])]]
        if seen.get("fetched_at"):
            parts.insert(0, f"{datetime.fromisoformat(str(seen['fetched_at'])).astimezone(CHINA):%H:%M:%S}")
        if seen.get("http_status"):
            parts.append(f"HTTP {seen['http_status']}")
        if seen.get("server_ip"):
            parts.append(f"服务器 {seen['server_ip']}")
        if seen.get("final_url") and seen["final_url"] != seen["url"]:
            parts.append(f"实际网址 {seen['final_url']}")
        lines.append(escape("，".join(parts)))
    return "<br>".join(lines) or "—"


def _search(facts: Mapping[str, Any], absent: bool) -> str:
    """The pages that were searched for what is missing; of what is there the further pages it rests on."""
    searched = [page for page in facts.get("searched", ()) if absent or page["url"] != facts.get("url")]
    lines = [f"{page['url']}（{STATUS_TITLES[FetchStatus(page['status'])]}）" for page in searched[:LISTED]]
    if len(searched) > LISTED:
        whole = f"连同应设位置共 {len(searched)} 个页面" if absent else f"等共 {len(searched)} 个页面"
        lines.append(f"{whole}，全部列于 record.json")
    if words := facts.get("wordings"):
        lines.append("查找的用词：" + "、".join(words[:10]) + ("等" if len(words) > 10 else ""))
    return "<br>".join(escape(line) for line in lines)


def _versions(facts: Mapping[str, Any]) -> str:
    """What judged: of the schemes those whose lines are concerned; all of them are in record.json."""
    versions = facts.get("versions", {})
    concerned = {str(line).partition("/")[0] for line in facts.get("indicators", ())}
    schemes = "，".join(
        f"{name} {digest[:12]}" for name, digest in versions.get("schemes", {}).items() if name in concerned
    )
    browser = str(versions.get("browser") or "").partition("（")[0]
    parts = [str(versions.get("program", "")), f"检查项 {check}" if (check := versions.get("check")) else ""]
    parts += [f"考核办法 {schemes}" if schemes else "", browser]
    parts.append(f"监测轮次 {facts['run']}" if facts.get("run") else "")
    return "；".join(part for part in parts if part)


def _digests(seals: Sequence[Sealed]) -> str:
    lines = []
    for seal in seals[-3:]:
        lines.append(f"清单 {seal.manifest}")
        lines.append(f"证据链第 {seal.seq} 行 {seal.line}")
    if len(seals) > 3:
        lines.append(f"（共 {len(seals)} 次取证，其余见 chain/chain.jsonl）")
    return "<span class='mono'>" + "<br>".join(escape(line) for line in lines) + "</span>"
