"""Kinds of sources in the words of each format. What has no word of its own is the nearest."""

from sources.choices import SourceKind as Kind

# Each kind has one item type in CSL 1.0.2.
CSL = {
    Kind.ARTICLE: "article-journal",
    Kind.BOOK: "book",
    Kind.CHAPTER: "chapter",
    Kind.REPORT: "report",
    Kind.TREATY: "treaty",
    Kind.STATEMENT: "speech",
    Kind.INTERVIEW: "interview",
    Kind.DATASET: "dataset",
    Kind.WEB_PAGE: "webpage",
    Kind.VIDEO: "motion_picture",
    Kind.ARCHIVE_ITEM: "manuscript",
    Kind.OTHER: "document",
}
RIS = {
    Kind.ARTICLE: "JOUR",
    Kind.BOOK: "BOOK",
    Kind.CHAPTER: "CHAP",
    Kind.REPORT: "RPRT",
    Kind.TREATY: "LEGAL",
    Kind.STATEMENT: "HEAR",
    Kind.INTERVIEW: "PCOMM",
    Kind.DATASET: "DATA",
    Kind.WEB_PAGE: "ELEC",
    Kind.VIDEO: "VIDEO",
    Kind.ARCHIVE_ITEM: "MANSCPT",
    Kind.OTHER: "GEN",
}
BIBTEX = {
    Kind.ARTICLE: "article",
    Kind.BOOK: "book",
    Kind.CHAPTER: "incollection",
    Kind.REPORT: "report",
    Kind.TREATY: "legal",
    Kind.STATEMENT: "misc",
    Kind.INTERVIEW: "misc",
    Kind.DATASET: "dataset",
    Kind.WEB_PAGE: "online",
    Kind.VIDEO: "video",
    Kind.ARCHIVE_ITEM: "unpublished",
    Kind.OTHER: "misc",
}
_MORE = {
    Kind.ARTICLE: "article article-magazine article-newspaper periodical review review-book "
    "JFULL MGZN NEWS EJOUR INPR ABST suppperiodical",
    Kind.BOOK: "classic EBOOK EDBOOK CLSWK PAMP DICT ENCYC ANCIENT pamphlet booklet mvbook "
    "collection proceedings mvcollection manual reference",
    Kind.CHAPTER: "paper-conference entry entry-dictionary entry-encyclopedia ECHAP CPAPER CONF "
    "inbook inproceedings conference inreference suppbook bookinbook",
    Kind.REPORT: "thesis standard THES STAND GOVDOC techreport phdthesis mastersthesis",
    Kind.TREATY: "STAT BILL legislation",
    Kind.STATEMENT: "hearing SLIDE",
    Kind.DATASET: "DBASE AGGR",
    Kind.WEB_PAGE: "post post-weblog BLOG ICOMM electronic www",
    Kind.VIDEO: "broadcast MPCT ADVS MULTI movie audio",
    Kind.ARCHIVE_ITEM: "UNPB personal_communication letter",
}
_KNOWN = {
    word.lower(): kind
    for kind, words in [
        *((kind, word) for kind, word in CSL.items()),
        *((kind, word) for kind, word in RIS.items()),
        *((kind, word) for kind, word in BIBTEX.items() if word != "misc"),
        *_MORE.items(),
    ]
    for word in words.split()
}


def kind_of(word: str) -> str:
    """The kind that any format means by its word."""
    return str(_KNOWN.get(word.strip().lower(), Kind.OTHER))
