"""Findings and outcomes in the outside formats: JSON lines, CSV, workbook, table on the screen."""

from storage.export.lines import findings_csv, findings_jsonl, outcomes_csv, outcomes_jsonl
from storage.export.shapes import Names, finding_object, outcome_object
from storage.export.tables import findings_table, outcomes_table
from storage.export.workbook import findings_xlsx, findings_xlsx_bytes

__all__ = [
    "Names",
    "finding_object",
    "findings_csv",
    "findings_jsonl",
    "findings_table",
    "findings_xlsx",
    "findings_xlsx_bytes",
    "outcome_object",
    "outcomes_csv",
    "outcomes_jsonl",
    "outcomes_table",
]
