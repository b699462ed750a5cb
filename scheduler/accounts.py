"""The accounts of a scan: looked at together, judged, proven and stored one by one."""

from collections.abc import Sequence
from dataclasses import replace

from crawler.guard import GuardPolicy
from domain.target import SourceType
from scheduler.newsroom import Newsroom
from scheduler.reporting import account_trouble, enumerated_checks
from scheduler.undertaking import Scan
from scheduler.withholding import blind_night, failing_controls, held_verdicts
from storage.runs import TargetReport


def scan_accounts(scan: Scan, accounts: Sequence[str]) -> None:
    """Looks at all sources first, so that one that fails many accounts at once is not believed."""
    if not accounts:
        return
    request = scan.request
    newsroom = Newsroom(
        registry=request.registry,
        questions=scan.questions,
        store=scan.store,
        data=request.data,
        folder=scan.folder,
        browsing=scan.browsing,
        policy=GuardPolicy(hosts=request.hosts, networks=request.networks),
        clock=request.clock,
        as_of=request.as_of,
        origin=request.origin,
        delay=request.delay,
        pictures=request.screenshots,
    )
    newsroom.survey(accounts)
    failing = failing_controls(request)
    for account in accounts:
        _scan_account(scan, newsroom, account, blind_night(failing) if failing else "")


def _scan_account(scan: Scan, newsroom: Newsroom, account_id: str, held: str) -> None:
    """`held` says why nothing that came over the network is believed this night."""
    work = newsroom.work_at(account_id)
    if held and work.account.source.type is not SourceType.FILE:
        work = replace(work, verdicts=held_verdicts(work.verdicts, held))
    trouble = account_trouble(work.verdicts)
    scan.store.take_in(
        scan.run.id,
        account_id,
        work.verdicts,
        scan.prover.prove_work(work, scan.request.origin),
        scan.request.as_of,
        kind="account",
        report=TargetReport(kind="account", target=account_id, complete=not trouble, note=trouble),
        enumerated=frozenset() if trouble else enumerated_checks(scan.asked("account"), work.verdicts),
    )
    scan.note(account_id, work.verdicts, trouble)
