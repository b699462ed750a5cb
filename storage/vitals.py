"""Whether the program itself is well: disk, database, the age of the last run, work that stands still."""

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from storage.measures import Measures

GIBIBYTE = 1024**3


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """From where on something is amiss."""

    least_free: int = 2 * GIBIBYTE
    least_share: float = 0.03
    oldest_run: timedelta = timedelta(hours=36)
    longest_silence: timedelta = timedelta(minutes=10)
    most_database: int = 200 * GIBIBYTE


@dataclass(frozen=True, slots=True, kw_only=True)
class Vital:
    """One thing watched. `ready` says that without it the program cannot work at all."""

    name: str
    ok: bool
    words: str
    ready: bool = False


def vitals(data: Path, measures: Measures, now: datetime, limits: Limits | None = None) -> list[Vital]:
    """All that is watched, the vital ones first. Raises OSError when the data folder cannot be reached."""
    bounds = limits or Limits()
    return [
        _disk(data, bounds),
        _database(measures, bounds),
        _last_run(measures, now, bounds),
        _silent(measures, bounds),
        _failed(measures),
    ]


def _disk(data: Path, limits: Limits) -> Vital:
    usage = shutil.disk_usage(data)
    ok = usage.free >= limits.least_free and usage.free >= usage.total * limits.least_share
    words = f"数据文件夹所在磁盘剩余 {_gib(usage.free)}，共 {_gib(usage.total)}"
    if not ok:
        words += "，空间不足，新的佐证可能存不下，请清理磁盘或扩容（govwatch evidence prune 可清理到期佐证）"
    return Vital(name="disk", ok=ok, words=words, ready=True)


def _database(measures: Measures, limits: Limits) -> Vital:
    size = measures.database_bytes
    ok = size is None or size <= limits.most_database
    words = "数据库可用" + ("" if size is None else f"，大小 {_gib(size)}")
    return Vital(name="database", ok=ok, words=words if ok else f"{words}，超过预期，请检查", ready=True)


def _last_run(measures: Measures, now: datetime, limits: Limits) -> Vital:
    if measures.last is None or measures.last.ended is None:
        return Vital(name="last-run", ok=False, words="还没有完成过巡检")
    age = now - measures.last.ended
    hours = age.total_seconds() / 3600
    words = f"最近一轮巡检 {measures.last.id} 完成于 {hours:.0f} 小时前"
    ok = age <= limits.oldest_run
    return Vital(
        name="last-run", ok=ok, words=words if ok else f"{words}，已超过 {_hours(limits.oldest_run)}"
    )


def _silent(measures: Measures, limits: Limits) -> Vital:
    silent = [one for one in measures.holdings if measures.at - one.beat_at > limits.longest_silence]
    if silent:
        names = "、".join(f"{one.name}（{one.holder}）" for one in silent[:5])
        return Vital(name="workers", ok=False, words=f"有任务的办理进程失去联系：{names}，等待重新领取")
    return Vital(name="workers", ok=True, words=f"正在办理的任务 {len(measures.holdings)} 项")


def _failed(measures: Measures) -> Vital:
    failed = (measures.queue or {}).get("failed", 0)
    if failed:
        return Vital(name="queue", ok=False, words=f"队列中有 {failed} 项任务最终失败，请查看工作进程日志")
    waiting = (measures.queue or {}).get("todo", 0)
    words = "没有启用任务队列" if measures.queue is None else f"队列中等待的任务 {waiting} 项"
    return Vital(name="queue", ok=True, words=words)


def _gib(size: int) -> str:
    return f"{size / GIBIBYTE:.1f} GB"


def _hours(span: timedelta) -> str:
    return f"{span.total_seconds() / 3600:.0f} 小时"
