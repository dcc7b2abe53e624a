"""Numbers, for which Django has nothing in Armenian. Days are written by ``chronicle.localised``."""

DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "\xa0"
NUMBER_GROUPING = 3
