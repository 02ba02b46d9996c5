"""Importing: a scraped page becomes a source, and every line of it is accounted for."""

from generator.importing.page import RIGHTS, Imported, import_page
from generator.importing.placing import write_import
from generator.importing.report import Report, Verdict, draw_report

__all__ = [
    "RIGHTS",
    "Imported",
    "Report",
    "Verdict",
    "draw_report",
    "import_page",
    "write_import",
]
