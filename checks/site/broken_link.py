"""链接失效。

检查什么：被扫描的网页上的链接（包括站外链接）能否打开。
依据：国办秘函〔2019〕19号附件（链接不可用）；国办发〔2017〕47号。
如何判定：前后两次打开都是页面不存在（404、410、显示内容不存在的页面）、服务器出错（503、521除外的5xx）、
域名无法解析、拒绝连接或循环跳转的，违规。超时、要求登录、被防护拦截、限制访问（401、403、412、429、503、521）的，无法判定；
打开慢但能打开、第二次能打开的，合格。mailto、javascript、页内锚点不是链接。
示例：首页的一个链接两次都返回404，违规；第一次502、第二次正常，合格。
"""

from collections.abc import Iterable
from dataclasses import dataclass

from checks.index import OncePer
from domain.check import Check, Subject
from domain.observation import LinkState, LinkTarget, SiteObservation
from domain.outcome import Frame, Inconclusive, Outcome, Pass, Value, Violation


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """How many tries must have failed."""

    least_tries: int = 2


def subjects(observation: SiteObservation, params: Params) -> Iterable[Subject]:
    """Every link whose target was tried; then says so if some were not."""
    for link in observation.links.get():
        yield Subject(key=link.url, unit=observation.owner, name=link.text or link.url)
    observation.links.whole()


@OncePer
def _links(observation: SiteObservation) -> dict[str, LinkTarget]:
    return {link.url: link for link in reversed(observation.links.get())}


def judge(subject: Subject, observation: SiteObservation, params: Params) -> Outcome:
    """Whether the link's target is broken for certain."""
    link = _links(observation)[subject.key]
    if link.state is LinkState.ALIVE:
        return Pass(reason=f"可以打开（{link.status}）")
    if link.state is LinkState.UNKNOWN or link.tries < params.least_tries:
        return Inconclusive(reason=f"链接目标无法判定：{link.status}（试{link.tries}次）")
    status: Value = int(link.status) if link.status.isdigit() else link.status
    page = link.found_on[0] if link.found_on else observation.site.home
    words = f"HTTP {status}" if isinstance(status, int) else status
    return Violation(
        url=page,
        summary=f"链接“{subject.name}”打不开（{words}，试{link.tries}次），见于{len(link.found_on)}个页面。",
        observed={
            "status": status,
            "found_on": list(link.found_on),
            "tries": link.tries,
            "text": link.text,
        },
        expected={"status": 200},
        frame=Frame(href=link.url, text=link.text),
        looked_at=link.found_on,
    )


CHECK = Check(
    id="site.broken-link",
    title="链接失效",
    basis="国办秘函〔2019〕19号；国办发〔2017〕47号",
    params=Params,
    subjects=subjects,
    judge=judge,
)
