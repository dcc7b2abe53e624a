"""Whether a date tells of the text’s own time or of its background: what its sentence shows."""

import re
from collections import Counter
from collections.abc import Iterable

from reading.recognition.mentions import Grain, Mention

REACH = 24  # characters before a date that are looked at
CLAUSE = 160  # characters in which the beginning of its sentence is looked for
# “Had” of something told before, not of what somebody had.
PERFECT = (
    r"\bhad (?!(?:an?|the|no|to|its|his|her|their|my|our|only|some|many|little|been able)\b|\d)"
)
# Dates that tell of another time than the text’s own: “until 1911”, “the petition of March 1903”,
# “it had last been raised in 1991”.
IN_PASSING = re.compile(
    r"(?i)(?:, of|\b(?:until|till|since|before)|\b(?!(?:night|morning|evening|days?|dawn|date|eve|"
    r"years?|month|week|weekend|period|out|instead|end|middle|start|beginning|part)\b)"
    r"[^\W\d]{3,} of)(?: the)? $"
)
# What is only set beside the time that is told: “against 33 million in 2012”, “first published
# in 1961”.
BESIDE = re.compile(
    r"(?i)\b(?:against|compared (?:with|to)|up from|down from|versus|than)\b[^.;:,]{0,60} in $"
    r"|\b(?:first|later|subsequently|since|now) (?:published|printed|reprinted|renamed|translated|"
    r"released|exhibited|described|recorded|mentioned|declassified) (?:only )?in $"
)
# “Begun as a pilot in 2009, it …”.
BEGUN = re.compile(
    r"(?:^|[.!?] )(?:Begun|Built|Born|Set up|Held|Written|Drawn up|[A-Z][a-z]{2,}ed)\b"
    r"[^.,;:!?]* in $"
)
# The story goes on from there: “it lasted until March”, “held until April 2016, when …”.
LASTED = re.compile(
    r"(?i)\b(?:lasted|lasting|continued|ran|dragged on|went on|held)\b[^.;:,]{0,30} "
    r"(?:until|till)(?: the)? $"
)
UNTIL = re.compile(r"(?i)\b(?:until|till)(?: the)? $")
WHEN = re.compile(r",? when\b")
HAD_BEFORE = re.compile(r"(?i)" + PERFECT + r"[^.;:,]*$")
# “In December 1953 the idea had been put forward.”
IN, HAD = (
    re.compile(r"\b(?:[Ii]n|[Oo]n)(?: the)? $"),
    re.compile(r"(?:, however,)?[^.;:,]*" + PERFECT),
)
# A date that opens its sentence says when what follows was: “In 1994, …”.
OPENS = re.compile(
    r"(?:^|[.!?][\"')\]]* )[\"'(]?(?:\d+(?:\.\d+)*\.? )?"
    r"(?:(?:But|And|Then|Finally|Later|Already|Meanwhile|So|It was),? )?"
    r"(?:(?i:back (?:to|in)|in|on|by|during|from|between|throughout|at|as early as in) )?(?:the )?$"
)
# What is said of somebody after a comma, not of the thing before it: “fell ill, returned in May”.
CAME = (
    "returned|arrived|died|resigned|retired|moved|married|joined|entered|reached|crossed|sailed|"
    "travelled|emerged|followed|resumed|collapsed|reopened|ended|started|continued|graduated|"
    "emigrated|settled|studied|served|worked|lived|stayed|remained"
)
# Clauses and verbs that tell what was before, or what is still to come.
EARLIER = re.compile(
    r"(?i)\b(?:(?<!^)(?<![.!?] )that|which|who|whom|whose|where|because|born|"
    r"founded|built|established|erected|dat(?:es|ing|ed) (?:from|back)|has|have|having|had|used to|"
    r"originally|formerly|remember\w*)\b[^.,;:!?]*$"
    # “The Agreement, signed at Lomeka on 26 June 2005”.
    rf"|, (?!(?:{CAME})\b)(?:[a-z]+ed|held|begun|drawn up|set up|built|made|written) "
    r"(?:[^.,;:]{1,40} )?(?:in|on) $"
    # “The group set up in 1994”, but not “the group was set up in 1994”.
    r"|\b(?:the|an?|its|his|her|their|this) (?:(?!was|were|is|be|been|had|has)[a-z-]+ ){1,4}"
    r"(?:set up|signed|adopted|created|concluded|appointed|introduced|launched|drawn up|agreed|"
    r"commissioned|ratified|issued|published|elected|begun|written|built|bought) "
    r"(?:by [^,.;]{1,40} )?(?:in|on) $"
)
TO_COME = re.compile(
    r"(?i)\b(?:will|shall|would|plan(?:s|ned)?|expect\w*|due|scheduled|aims?|hopes?|intends?|"
    r"forecasts?|targets?|expires?|valid|deadline|put off|postponed|deferred|"
    r"adjourned|propos\w+ to|(?:agreed|decided|undertook|promised) to)\b"
    r"(?:(?!, (?:but|and|yet)\b)[^.;:!?])*$"
)
# Verbs in the past, beside a date or before it in its sentence.
WAS = (
    r"\b(?:was|were|did|came|met|took|gave|held|began|left|went|broke|fell|rose|won|lost|sent|made|"
    r"became|saw|ran|[a-z]{2,}ed)\b"
)
# From today on: “the mandate expires on 31 December”.
WILL_BEFORE = re.compile(
    r"\b(?:will|shall|(?:is|are) (?:to|due|scheduled|expected|planned|set)|expires?|falls? due)\b"
    r"[^.;:!?]*$"
    # “The fair is on 3 November”.
    r"|\b(?:is|are|leaves?|arrives?|opens?|meets?|takes? place|begins?|starts?|"
    r"ends?|closes?) on (?:the )?$"
)
# “She will leave, and her deputy, whose term ended in July, …”.
NO_MORE = re.compile(
    r"(?:,|\b(?:who|whose|which|that|when|where|because|and|after|as)\b)[^,]*" + WAS
)
WILL_AFTER = re.compile(r"[^.,;:!?]* (?:will|shall)\b")
# The end of a period that accounts are of: “for the quarter ended 30 June”.
ENDED = re.compile(
    r"(?i)\b(?:year|quarter|half|months|weeks|period|season|term)(?:-year)? "
    r"(?:that )?(?:ended|ending|to|up to)(?: on)?(?: the)? $"
)
# Inside brackets, except where they hold whole sentences.
BRACKETED = re.compile(r"(?<=[^.!?] )\([^()]*$")
PAST_BEFORE = re.compile(WAS + r"[^.;:!?]*$")
PAST_AFTER = re.compile(r"[^.;:!?]*?" + WAS)
WILL = re.compile(r"[^.,;:!?]* (?:will|would|shall)\b")
CLAUSE_END = re.compile(r"[.,;:!?)]| -")
LEAST_SHARE, LEAST_COUNT = 0.5, 3


def place(text: str, mention: Mention, *, listed_with: Mention | None) -> None:
    """Say what the words around it, and the one before it in a list, make of a date."""
    before = text[max(0, mention.start - REACH) : mention.start]
    after = text[mention.end : mention.end + 2 * REACH]
    mention.ended = bool(ENDED.search(before))
    mention.had = bool((IN.search(before) and HAD.match(after)) or HAD_BEFORE.search(before))
    if (
        mention.had
        or mention.ended
        or (IN_PASSING.search(before) and not _goes_on(text, mention))
        or (listed_with and listed_with.aside)
    ):
        mention.aside = True
    clause = text[max(0, mention.start - CLAUSE) : mention.start]
    if BESIDE.search(clause):
        mention.aside = True
    mention.past = bool(PAST_BEFORE.search(clause) or PAST_AFTER.match(after))
    mention.bracket = mention.bracket or bool(BRACKETED.search(clause))
    mention.opens = bool(OPENS.search(clause))
    mention.to_come = bool(TO_COME.search(clause) or WILL.match(after))
    if will := WILL_BEFORE.search(clause):
        mention.will = not NO_MORE.search(will[0])
    else:
        mention.will = bool(WILL_AFTER.match(after)) and not PAST_BEFORE.search(clause)
    if not mention.opens:
        bare = mention.grain is Grain.YEAR and mention.part is None
        mention.background = bool(EARLIER.search(clause) or (bare and BEGUN.search(clause)))
        limit = min(len(text), mention.end + CLAUSE)
        ends = CLAUSE_END.search(text, mention.end, limit)
        mention.clause_end = ends.start() if ends else limit


def _goes_on(text: str, mention: Mention) -> bool:
    """Whether the story goes on from the date until which something lasted."""
    before = text[max(0, mention.start - 2 * REACH) : mention.start]
    if not UNTIL.search(before):
        return False
    return bool(LASTED.search(before) or WHEN.match(text, mention.end))


def prevailing_year(mentions: Iterable[Mention]) -> int | None:
    """The year of at least half of the full dates of a text, if it is about one year."""
    years = Counter(
        mention.year
        for mention in mentions
        if mention.year and mention.grain <= Grain.SEASON and not mention.short_year
        if not (mention.aside or mention.bracket or mention.background)
    )
    for year, count in years.most_common(1):
        if count >= LEAST_COUNT and count >= LEAST_SHARE * years.total():
            return year
    return None
