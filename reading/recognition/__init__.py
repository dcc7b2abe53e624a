"""What a text offers to whoever reads it for claims: dates, names and figures in English prose.

Pure functions over a folded text; nothing here knows the database. Offsets are of
`FoldedText.text`, the whole text folded into one line; nothing found reaches over a block's end.
"""

from reading.recognition.dates import dates_in
from reading.recognition.figures import figures_in
from reading.recognition.found import DateFound, FigureFound, Known, NameFound
from reading.recognition.names import names_in

__all__ = [
    "DateFound",
    "FigureFound",
    "Known",
    "NameFound",
    "dates_in",
    "figures_in",
    "names_in",
]
