"""Django has none for Armenian; days are written by ``chronicle.localised``."""

DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "\xa0"
NUMBER_GROUPING = 3
