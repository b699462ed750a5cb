"""The workbook that a scan leaves beside its data: every finding, with links to the evidence."""

from scheduler.request import ScanRequest, ScanResult
from storage.export import Names, findings_xlsx
from storage.store import Store


def write_workbook(store: Store, result: ScanResult, request: ScanRequest) -> None:
    """Writes the findings of the data folder as they now stand. Raises OSError when it cannot be written."""
    result.workbook.parent.mkdir(parents=True, exist_ok=True)
    findings_xlsx(store.findings(), result.workbook, Names.of(request.registry), request.data)
