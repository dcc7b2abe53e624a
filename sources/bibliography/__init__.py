"""Sources as reference managers keep them: BibTeX, RIS and CSL-JSON, in and out.

No database: files become `items.Item`, and documents become files. What a format has no place for
goes into one field of ours in it (`remainder`), so that what goes out comes in again whole.
"""
