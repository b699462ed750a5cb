"""Where a scan is done: by the workers when there are any, else on this machine."""

from scheduler import jobs
from scheduler.enqueuing import enqueue, wait_for
from scheduler.progress import Remark
from scheduler.request import ScanRequest, ScanResult
from scheduler.undertaking import Tell
from storage.engine import address_of
from storage.store import Store


def scan(request: ScanRequest, tell: Tell) -> ScanResult:
    """One scan, through the queue when the database is PostgreSQL and workers have given a sign of life.

    Raises as `jobs.scan` and `enqueue` do.
    """
    workers = workers_alive(request)
    if not workers:
        return jobs.scan(request, tell)
    tell(Remark(words=f"交由 {workers} 个工作进程巡检"))
    return wait_for(request, enqueue(request), tell)


def workers_alive(request: ScanRequest) -> int:
    """How many workers of the queue gave a sign of life lately; none without PostgreSQL."""
    if not request.database_url or address_of(None, request.database_url).get_backend_name() == "sqlite":
        return 0
    with Store.open(request.data, request.database_url) as store:
        return store.measure().workers
