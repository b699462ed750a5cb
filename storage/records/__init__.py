"""What people enter for an assessment, as a file: read whole or refused whole, then appended."""

from storage.records.importing import Imported, import_file
from storage.records.known import Known, known_of
from storage.records.loading import Batch, load
from storage.records.template import write_template

__all__ = ["Batch", "Imported", "Known", "import_file", "known_of", "load", "write_template"]
