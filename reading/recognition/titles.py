"""Words that stand before names without being part of them, and words that make another name."""

from reading.recognition.wordings import word_set

# Before a surname: these are no forenames.
TITLES = word_set(
    """
    Mr Mrs Ms Miss Messrs Dr Prof Professor Sir Lord Lady Dame King Queen Prince Princess Emperor
    Empress Tsar Czar Shah Sultan Sheikh Pope Cardinal Archbishop Bishop Patriarch Father Mother
    Brother Sister Saint Imam Ayatollah Rabbi Count Countess Duke Duchess Baron Baroness
    President Presidents Minister Ministers Premier Premiers Chancellor Secretary Undersecretary
    Governor Mayor Senator Senators Congressman Congresswoman Deputy Member Speaker Leader Leaders
    Chief Head Chairman Chairwoman Chairperson Chair Chairs Director Commissioner Commissioners
    Ambassador Ambassadors Envoy Envoys Representative Representatives Consul Delegate Negotiator
    Mediator Spokesman Spokeswoman Spokesperson Office Attorney Counsel Judge Justice Rapporteur
    General Generals Colonel Major Captain Lieutenant Sergeant Corporal Private Marshal Admiral
    Commodore Commander Brigadier Officer Inspector Comrade Candidate Opposition Journalist Author
    """
)

# First words of sentences: capital letters for another reason than being a forename.
OPENERS = word_set(
    """
    A Accordingly After Afterwards Again Against Although Among An And Another Apparently As Asked
    At Because Before Besides Between Both But By Clearly Contrary Despite Did Does During Earlier
    Either Even Eventually Finally First For Former Formerly From Had Has Having He Here Hence How
    However If In Indeed Instead Is It Last Later Like Meanwhile Moreover Most Neither
    Never Nevertheless New Next No Nor Not Now Of On Once One Only Or Originally Over Perhaps Poor
    Previously Privately Publicly Recently Replacing Said Second She Shortly Should Since So Soon
    Still Succeeding Such Suddenly That The Their Then There Therefore They This Though Through
    Thus To Today Tomorrow Too Towards Two Under Unlike Until Upon Was Were What When Whenever
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February July September
    October November December
    Where Whereas Whether Which While Who Whom Why Will With Within Without Would Yesterday Yet
    """
)

# Before a name of one word, these make another: “South Sudan”, “New Guinea”.
DIRECTIONS = word_set(
    """
    North South East West Northern Southern Eastern Western New Equatorial Upper Lower Greater
    Inner Outer
    """
)

# Acronyms that are words in a line of capitals.
SHOUTED = frozenset(
    {"US", "WHO", "IT", "AID", "ACT", "ARM", "CAN", "MAY", "ALL", "SHE", "START", "SALT"}
)

# Whoever is called by one of these is not meant by the surname after one of the others.
OF_MEN = word_set("Mr Sir Lord King Prince Baron Count Duke Brother Father Monsignor Herr Monsieur")
OF_WOMEN = word_set(
    "Mrs Miss Ms Lady Dame Queen Princess Baroness Countess Duchess Sister Frau Madame"
)
