"""The jobs of the nights that tell and tend: reminders, digests, sending, watching, stamping, backups."""

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta

from alerts.digest import Kind
from evidence.backup import BackupError
from evidence.bundle import EvidenceStore
from evidence.prune import plan_prune
from evidence.timestamps import Authority, AuthorityError, stamp_chain
from scheduler.blindness import warn_of_the_blind
from scheduler.office import Night
from scheduler.plan import jobs_of, last_time
from scheduler.safekeeping import backup_all
from schemes.card import Scorecard
from schemes.ledger import Entry, LedgerRow, in_force
from schemes.ledger import post as post_charges
from schemes.plan import planned
from schemes.scheme import load_all
from storage.assessing import scorecards
from storage.faults import StoreError
from storage.nights import DONE, RUNNING
from storage.vitals import GIBIBYTE, Limits, vitals


def remind(night: Night) -> str:
    """Notes what is due, overdue, mended, and what nears its line."""
    found = night.reminding.items()
    ahead = sum(item.kind is Kind.WARNING for item in found)
    return f"可告知{len(found)}项（临期{ahead}项），新增{night.note(found)}项"


def digest(night: Night) -> str:
    """Makes the day's messages and sends them."""
    made = night.postman.post_digests(night.now)
    went, left = night.postman.deliver(night.now)
    return f"生成{len(made)}条消息，送出{went}条" + (f"，{left}条待发" if left else "")


def post(night: Night) -> str:
    """Sends what is urgent and what waits."""
    made = night.postman.post_urgent(night.now)
    went, left = night.postman.deliver(night.now)
    return f"紧急{len(made)}条，送出{went}条" + (f"，{left}条待发" if left else "")


def watch(night: Night) -> str:
    """Whether the nights ran, the disk has room, the program is well."""
    troubles = [*_missed(night), *_ailing(night), *_dead_letters(night)]
    for name, words in troubles:
        night.warn_operators(name, words)
    return "；".join(words for _, words in troubles) or "一切正常"


def _missed(night: Night) -> list[tuple[str, str]]:
    """A night that did not run is itself an alert."""
    found = []
    late = timedelta(hours=night.terms.late_hours)
    states = night.store.jobs()
    for name in ("scan", "walk"):
        job = jobs_of(night.terms)[name]
        due = last_time(job, night.now - late, timedelta(days=2))
        state = states.get(name)
        if due is None or (state is not None and state.paused):
            continue
        # A scheduler that was set up only after that time owes nothing.
        known_since = night.store.first_job_at()
        if known_since is None or due < known_since:
            continue
        soon = due - timedelta(minutes=1)
        lines = [line for line in night.store.job_log(50, name) if line.began >= soon]
        # One that claims to run for longer than it may has died without a word.
        if any(
            line.outcome == DONE or (line.outcome == RUNNING and night.now - line.began < job.most)
            for line in lines
        ):
            continue
        words = f"{job.title}没有运行：{due:%m月%d日 %H:%M} 应开始，至今没有完成"
        found.append((f"missed/{name}/{due:%Y%m%d}", words))
    return found


def _ailing(night: Night) -> list[tuple[str, str]]:
    limits = Limits(least_free=int(night.terms.disk_free_gb * GIBIBYTE))
    found = vitals(night.place.data, night.store.measure(), night.now, limits)
    # That a night did not run is told by itself, with its due time.
    bad = [one for one in found if not one.ok and one.name != "last-run"]
    return [(f"vital/{one.name}/{night.today}", one.words) for one in bad]


def _dead_letters(night: Night) -> list[tuple[str, str]]:
    dead = [one for one in night.store.messages(state="dead") if night.now - one.created < timedelta(days=1)]
    # Once a day for each address: a letter that says so may itself go to the address that is dead.
    return [
        (
            f"dead/{one.recipient}/{one.shown_address}/{night.today}",
            f"给“{one.recipient}”的消息没有送达（{one.shown_address}）",
        )
        for one in dead
    ]


def health(night: Night) -> str:
    """What has not been seen for days, put before the operators."""
    return warn_of_the_blind(night)


def timestamp(night: Night) -> str:
    """Has the evidence chain stamped by a third party."""
    if not night.means.tsa:
        return "没有设置时间戳机构（GOVWATCH_TSA_URL），略过"
    authority = Authority(url=night.means.tsa, roots=night.means.tsa_roots)
    try:
        done = stamp_chain(EvidenceStore(night.place.data), authority, night.place.clock)
    except AuthorityError as error:
        night.warn_operators(f"tsa/{night.today}", str(error))
        return str(error)
    return f"已盖时间戳 {done.path}" if done.path else done.reason or "没有新的佐证"


def prune(night: Night) -> str:
    """Forgets old probes and logs; says what evidence could go, which only a person may let go."""
    before = night.now - timedelta(days=night.terms.keep_probes_days)
    gone = night.store.forget_before(before, before)
    charged = {
        row.source.partition(":")[2] for row in night.store.ledger() if row.source.startswith("finding:")
    }
    kept = charged | {finding.id for finding in night.store.findings()}
    plan = plan_prune(night.place.data, night.today.year - 1, kept)
    words = f"清理旧记录{gone}条"
    if plan.removals:
        many, size = len(plan.removals), plan.size / 1e6
        words += f"；有{many}份往年佐证保存期满（{size:.0f} MB），可用 govwatch evidence prune 清理"
    return words


def backup_data(night: Night) -> str:
    """Writes the whole data folder into one file, and keeps the newest of them."""
    folder = night.means.backup_to
    if folder is None:
        return "没有设置备份文件夹（GOVWATCH_BACKUP_TO），略过"
    folder.mkdir(parents=True, exist_ok=True)
    out = folder / f"govwatch-{night.now:%Y%m%d-%H%M%S}.tar.gz"
    try:
        done = backup_all(night.place.data, out, night.now, night.place.database_url)
    except (BackupError, StoreError, OSError) as error:
        night.warn_operators(f"backup/{night.today}", f"备份没有完成：{error}")
        raise
    for old in sorted(folder.glob("govwatch-*.tar.gz"))[: -night.terms.keep_backups]:
        old.unlink()
    return f"已备份{done.files}个文件、{done.size / 1e6:.1f} MB 到 {out.name}"


def keep_ledger(night: Night) -> str:
    """Brings the ledger in step with what is proven: new charges posted, those that fell reversed.

    Words that change every night (how many days it has been) are no ground to post a charge anew.
    """
    schemes, year, fresh = load_all(), night.today.year, 0
    for name in night.registry.schemes:
        if night.store.closing(name, year) is not None:
            continue
        held: dict[str, list[LedgerRow]] = {}
        for row in night.store.ledger(name, year):
            held.setdefault(row.unit, []).append(row)
        rows: list[LedgerRow] = []
        scheme, _ = planned(schemes[name], year, night.place.data)
        for card in scorecards(night.store, scheme, year, night.today):
            mine = held.get(card.unit, [])
            if _substance_of(in_force(mine)) != _substance(card):
                rows += post_charges(card, mine, night.now, "程序", night.place.program)
        if rows:
            night.store.append_ledger(rows)
        fresh += len(rows)
    return f"记账{fresh}笔"


def _substance_of(rows: Iterable[LedgerRow]) -> Counter[tuple[str, ...]] | None:
    """What charges come to, whatever their words; None where no account was opened."""
    found = list(rows)
    if not any(row.entry is Entry.OPENING for row in found):
        return None
    charges = [row for row in found if row.entry is Entry.CHARGE]
    return Counter((row.version, row.line, row.source, row.way, str(row.points)) for row in charges)


def _substance(card: Scorecard) -> Counter[tuple[str, ...]]:
    return Counter(
        (card.version, one.line, one.source, one.way.value, str(one.points)) for one in card.charges
    )
