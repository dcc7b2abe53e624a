"""Names of known entries: whole words, the longest, with regard to case."""

from reading.recognition import Known, names_in
from sources.selectors import FoldedText

OSCE = Known("A1", ("Organization for Security and Cooperation in Europe", "OSCE"))
US = Known("A6", ("United States", "US", "U.S."))
GROUP = Known("A18", ("OSCE Minsk Group", "Minsk Group"))
WEST = Known("A54", ("The West",))
FATHER = Known("A56", ("Heydar Aliyev",), "Aliyev")
SON = Known("A57", ("Ilham Aliyev",), "Aliyev")
CITY = Known("L3", ("Kraków", "Cracow"))
ALL = [OSCE, US, GROUP, WEST, FATHER, SON, CITY]


def named(text: str, *known: Known) -> list[tuple[str, str]]:
    found = names_in(FoldedText(text, []), known or ALL)
    return [(name.words, " ".join(name.candidates)) for name in found]


def test_names_are_the_longest_that_fit():
    assert named("The OSCE Minsk Group and the OSCE met.") == [
        ("OSCE Minsk Group", "A18"),
        ("OSCE", "A1"),
    ]


def test_names_keep_out_of_words_and_possessives():
    assert named("OSCE’s, OSCEs, nonOSCE, the US-backed US's") == [
        ("OSCE", "A1"),
        ("US", "A6"),
        ("US", "A6"),
    ]


def test_acronyms_need_their_case():
    assert named("It is us who told the US; THEY TOLD US.") == [("US", "A6"), ("US", "A6")]
    assert named("THEY TOLD US NOTHING\n\nthe U.S. position") == [("U.S.", "A6")]


def test_names_are_found_without_accents():
    assert named("In Krakow and Kraków, not krakow.") == [("Krakow", "L3"), ("Kraków", "L3")]


def test_a_surname_counts_once_the_full_name_has_stood():
    text = "Aliyev spoke. Heydar Aliyev answered. Then President Aliyev left."
    assert named(text) == [("Heydar Aliyev", "A56"), ("Aliyev", "A56")]


def test_a_surname_of_two_is_ambiguous_and_the_last_mentioned_comes_first():
    text = "Heydar Aliyev and his son Ilham Aliyev. Aliyev said so."
    assert named(text)[-1] == ("Aliyev", "A57 A56")


def test_a_surname_after_another_forename_is_of_somebody_else():
    text = "Heydar Aliyev came. So did Natig Aliyev; but Mr Aliyev stayed. When Aliyev left, I did."
    assert named(text) == [("Heydar Aliyev", "A56"), ("Aliyev", "A56"), ("Aliyev", "A56")]


def test_a_name_with_its_article_needs_it():
    assert named("The West and the West, but west, West Germany, the West Bank.") == [
        ("The West", "A54"),
        ("the West", "A54"),
    ]


def test_a_name_after_a_direction_is_another():
    korea = Known("A9", ("Sudan",))
    assert named("Sudan, South Sudan and northern Sudan", korea) == [
        ("Sudan", "A9"),
        ("Sudan", "A9"),
    ]


def test_one_name_of_two_entries_has_both():
    assert named("In Georgia.", Known("A2", ("Georgia",)), Known("L2", ("Georgia",))) == [
        ("Georgia", "A2 L2")
    ]


def test_a_descriptive_name_may_begin_small():
    assert named("the international community", Known("A53", ("International community",))) == [
        ("international community", "A53")
    ]


def test_names_do_not_reach_over_blocks():
    assert named("The Minsk\n\nGroup met.") == []


def test_a_longer_name_may_be_written_small_where_a_proper_part_of_it_is_not():
    chairs = Known("A21", ("Co-Chairs of the Minsk Conference",))
    assert named(
        "the co-chairs of the Minsk Conference and co-chairs of the minsk conference", chairs
    ) == [("co-chairs of the Minsk Conference", "A21")]


def test_a_symbol_of_a_document_holds_no_name():
    assert named("OSCE/DOC/7 and the OSCE/UN mission") == [("OSCE", "A1")]


def test_a_month_is_nobody():
    march = Known("A5", ("Otto March",), "March")
    text = "Otto March came on 3 March 1994. In March he was ill. March left."
    assert named(text, march) == [("Otto March", "A5"), ("March", "A5")]


def test_an_acronym_may_be_written_as_a_name_within_a_sentence():
    assert named("In the Osce they met. Osce, osce, the Us.") == [("Osce", "A1")]


def test_a_surname_that_is_also_a_place_has_both_once_it_has_stood():
    place, person = Known("L1", ("Jordan",)), Known("A1", ("Ann Jordan",), "Jordan")
    text = "In Jordan it rained. Ann Jordan left. On Monday Jordan came back."
    assert named(text, place, person) == [
        ("Jordan", "L1"),
        ("Ann Jordan", "A1"),
        ("Jordan", "A1 L1"),
    ]


def test_an_acronym_that_the_text_writes_small_is_no_name_in_a_run_of_capitals():
    text = FoldedText("WE runs shelters, as we know. They wrote WE WERE HERE FIRST.", [])
    assert [name.span.start for name in names_in(text, [Known("A8", ("WE",))])] == [0]


def test_the_wife_of_a_man_is_not_he():
    known = Known("A6", ("Hugh Pallister",), "Pallister")
    text = "Sir Hugh Pallister was ill. Mrs Pallister wrote. Pallister and Lady Pallister left."
    found = names_in(FoldedText(text, []), [known])
    assert [name.words for name in found] == ["Hugh Pallister", "Pallister"]
    ada = Known("A7", ("Ada Vane",), "Vane")
    assert named("Ada Vane came. Mrs Vane left.", ada) == [("Ada Vane", "A7"), ("Vane", "A7")]
