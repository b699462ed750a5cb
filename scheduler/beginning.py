"""The beginning of a run, whoever then does it: this process, or workers that share it."""

from scheduler.earlier import FULL, Night, choose_night, reading_version
from scheduler.request import ScanRequest
from scheduler.slots import SLOTS
from schemes.scheme import load_all
from storage.runs import Run
from storage.store import Store


def begin(request: ScanRequest, store: Store, *, queued: bool = False) -> tuple[Run, bool]:
    """A new run of what is asked for, or the one like it that was broken off; True with the latter.

    A `queued` run goes on beside others, and has on record all that workers elsewhere must know of the
    request.
    """
    hashes = {name: scheme.version for name, scheme in load_all().items() if name in request.registry.schemes}
    found = store.resume_run(
        request.registry,
        as_of=request.as_of,
        program=request.program,
        schemes=hashes,
        targets=request.targets,
    )
    if found is not None:
        return found, True
    options = {
        "delay": str(request.delay),
        "screenshots": request.screenshots,
        "max_pages": request.max_pages,
        "full_walk_days": request.full_walk_days,
        "reading": reading_version(),
        "previous": dict(_night(request, store).previous),
        **({"queued": True} if queued else {}),
        **({SLOTS: request.timetable.plain()} if request.timetable else {}),
    }
    run = store.begin_run(
        request.registry,
        as_of=request.as_of,
        started=request.clock(),
        program=request.program,
        schemes=hashes,
        targets=request.targets,
        options=options,
        alongside=queued,
    )
    return run, False


def _night(request: ScanRequest, store: Store) -> Night:
    if not request.incremental:
        return FULL
    chosen = {target for kind, target in request.targets if kind == "site"}
    return choose_night(
        store,
        request.data,
        [site for site in request.registry.sites if site.id in chosen],
        as_of=request.as_of,
        program=request.program,
        full_walk_days=request.full_walk_days,
    )
