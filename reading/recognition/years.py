"""Whether four digits are a year: what stands before and after them tells."""

import re

from reading.recognition.wordings import COUNTED, MEASURED, YEAR, word_set

# What a number belongs to that stands after it: numbers of documents and of things.
NUMBERED = re.compile(
    r"""(?ix)
    (?: \b(?: section|sections|article|articles|paragraph|paragraphs|para|paras|tables?|figures?|
        figs?|plates?|columns?|page|pages|pp?|nos?|number|numbers|numbered|resolution|resolutions|
        decree|directive|chapter|clause|rule|item|annex|room|flight|route|highway|box|version|
        type|gate|form|iso|rfc|iec|din|tel|telephone|phone|fax|code|windows|agenda|vision|horizon|
        boeing|area|line|verse|note|ref|reference|channel|suite|squadron|document|file|case|
        serial|postcode|zip|isbn|issn|law|office|vol|volume|unit|battalion|u\.s\.c|usc )\.?
      | [#§&=@*×] | (?-i:[A-Z]{2}\.) | \b[a-z]\d*[-/] | \d\s
    )\s*$"""
)
# What comes before amounts.
AMOUNT = re.compile(
    r"""(?ix)
    (?: \b(?: some|least|most|almost|exceeding|worth|aged?|another|only|nearly|over|up\ to|at )
      | (?<!later\ )(?<!earlier\ )(?<!sooner\ )(?<!rather\ )\bthan
      | \b(?: population|total|altitude|height|number|force|group|crowd|army|fleet|convoy|garrison|
        team|staff|distance|length|depth|sum|average|maximum|minimum|toll|strength|size|
        contingent|rate|ratio|price|speed|cost|weight|capacity|value|debt|rent|salary|
        circulation|membership|turnover|ration|loan|grant|
        fine|payment|budget )\ of
    )\s*$"""
)
# What comes before years, in any century.
LEADING = re.compile(
    r"""(?ix)
    (?: ^["'(\[]* | [([] | \b(?: in|since|until|till|by|during|before|after|year|years|early|mid|
        late|circa|ca?\.|throughout|between|from|spring|summer|autumn|fall|winter|post|pre|
        around|about|b\.|d\.|r\.|fl\.|born|died|anno|founded|built|to|of|through|than|
        back\ to|as\ of|dated?|either|half|quarter|period|triennium|biennium|
        (?:re)?built|altered|(?:re)?opened|restored|enlarged|extended|revised|reprinted|published|
        completed|demolished|founded|established|abridged|abolished|incorporated|ordained|married|
        elected|appointed|knighted|graduated|emigrated|closed)
    )[\s-]*$ | \bc$ | \b(?:end|start|beginning)-$"""
)
SMALL_WORD = re.compile(r"\b([a-z]+) $")
BEFORE_YEARS = word_set(
    """
    a an and or but nor both either neither as on with into towards toward within beyond for while
    when where if because so fiscal financial academic tax calendar season every each whole entire
    all following previous then again also especially notably particularly including except versus
    spanning covering not per campaign
    have give gives suggest suggests edn ed edition repr reprinted
    """
)
IN = re.compile(r"(?i)\b(?:in|since|until|during) $")
DETERMINED = re.compile(r"(?i)(?:\b(?:the|this|that|its|his|her|their|our|whose)|'s|s') $")
PLURAL = re.compile(
    r" (?!(?:was|is|has|as|its|this|his|does|across|versus|perhaps|thus|towards|afterwards|always|"
    r"sometimes|besides|sees|marks|brings|brought|remains|means|becomes|stands|saw|breaks|ends|begins|shows|records|lists|mentions|says|gives|puts|comes|"
    r"contains|includes|tells|starts|closes|opens|appears|survives|speaks|refers|makes|does)\b)[a-z]+s\b"
)
OTHER_ERA = re.compile(r" ?(?:BCE?|AH|H)\b| B\. ?C\.")
COMPOUND = re.compile(
    r"-(?:(?!(?:era|style|vintage|present|early|mid|late|to|ca?)\b)[a-z]|[A-Z]\b)"
)
AFTER_YEAR = re.compile(
    r"(?<![\w/-])(?:1\d{3}|20\d\d)'?s?\??(?: ?- ?|/|, (?:and )?| (?:and|to|or) )$"
)
ANOTHER = re.compile(rf"(?: (?:and|to|or) |-)({YEAR})")
NEXT_YEAR = re.compile(rf"/({YEAR})(?!/)")
LIKELY = range(1700, 2050)  # other numbers are years only after words that say so
BEFORE = 24  # characters that are looked at


def is_year(text: str, start: int, end: int, *, first: bool = True) -> bool:
    """Whether ``text[start:end]``, four digits, is a year rather than a number of something.

    After another that is one – “1991-94”, “1991, 1992” – it is one too.
    """
    before, after = text[max(0, start - BEFORE) : start], text[end : end + BEFORE]
    if before[-1:] in tuple("$€£¥\\+_") or NUMBERED.search(before) or AMOUNT.search(before):
        return False
    # “In 1994 people fled”, but “some 1994 people”.
    counted = MEASURED if IN.search(before) else COUNTED
    if counted.match(after) or OTHER_ERA.match(after) or COMPOUND.match(after):
        return False
    if after[:1] == "/" and not _goes_on(text[start:end], after):
        return False
    one = AFTER_YEAR.search(before) if first else None
    before_it = start - len(one[0]) if one else start
    # “23 May 1969, 1155 UNTS 331”.
    if one and int(text[start : start + 4]) >= min(LIKELY[0], int(text[before_it : before_it + 4])):
        return is_year(text, before_it, before_it + 4, first=False)
    if _round_and_counted(text, start, end):
        return False
    # “1991-94” is hardly anything else.
    leading = start == 0 or end - start > 4 or LEADING.search(before)
    if before[-1:] in ("-", "/") and not leading:
        return False
    if PLURAL.match(after) and not (leading or DETERMINED.search(before)):
        return False
    word = SMALL_WORD.search(before)
    if word and word[1] not in BEFORE_YEARS and not (leading or DETERMINED.search(before)):
        return False  # “it shipped 2000”
    return bool(leading) or int(text[start : start + 4]) in LIKELY


def _round_and_counted(text: str, start: int, end: int) -> bool:
    """“Between 1900 and 2000 lorries”, but “between 1990 and 1994 tensions rose”."""
    other = ANOTHER.match(text, end)
    if other is None or text[start + 2 : end] != "00" or other[1][2:] != "00":
        return False
    return bool(PLURAL.match(text, other.end()) or COUNTED.match(text, other.end()))


def in_brackets(text: str, start: int, end: int) -> bool:
    """“Resolution 822 (1993)”, “(1923-2003)”, “(1986, pp. 10-12)”."""
    return text[start - 1 : start] == "("


def in_passing(text: str, start: int, end: int) -> bool:
    """Whether a year only tells two things of a name apart: “the 1975 Act”."""
    determined = DETERMINED.search(text, max(0, start - 8), start)
    return bool(determined and re.match(r" [A-Za-z]", text[end : end + 2]))


def _goes_on(year: str, after: str) -> bool:
    """“1994/1995” is two years; “1994/12” is a number."""
    following = NEXT_YEAR.match(after)
    return following is not None and following[1] > year
