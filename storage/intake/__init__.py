"""Reading what an office hands in, YAML or workbook: refused whole, with line or cell, value and mend."""
