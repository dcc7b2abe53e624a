"""The rules that our feeds are held against find what is wrong with broken ones."""

import pytest

from tests.feed_rules import faults_of

ADDRESS = "http://chronicle.example/feeds/"
FEED = f"""<feed xmlns="http://www.w3.org/2005/Atom">
<title>Changes</title><id>urn:x:1</id><updated>2026-01-02T00:00:00Z</updated>
<author><name>Chronicle</name></author>
<link href="http://chronicle.example/" rel="alternate"/><link href="{ADDRESS}" rel="self"/>
<entry><title>Talks</title><id>urn:x:2</id><updated>2026-01-01T00:00:00Z</updated>
<link href="http://chronicle.example/events/talks/" rel="alternate"/>
<category term="event"/><summary type="html">A &lt;em&gt;slip&lt;/em&gt;.</summary></entry>
</feed>"""


def faults(feed):
    return faults_of(feed.encode(), ADDRESS)


def test_a_good_feed_has_no_faults():
    assert faults(FEED) == []
    assert faults(FEED.replace("<entry>", '<more xmlns="urn:more">A</more><entry>')) == []


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("<id>urn:x:1</id>", ""),
        ("<id>urn:x:2</id>", ""),
        ("<title>Changes</title>", "<title>Changes</title><title>Again</title>"),
        ("<updated>2026-01-01T00:00:00Z</updated>", ""),
        ("2026-01-01T00:00:00Z", "2026-01-01"),
        ("2026-01-01T00:00:00Z", "2026-01-01T00:00:00"),
        ("2026-01-01T00:00:00Z", "Thu, 01 Jan 2026 00:00:00 GMT"),
        ("<name>Chronicle</name>", ""),
        ("<name>Chronicle</name>", "<name> </name>"),
        ('term="event"', ""),
        (' href="http://chronicle.example/events/talks/"', ""),
        ('rel="self"', 'rel="self" type="atom"'),
        ('rel="self"', 'rel="self" colour="red"'),
        ('type="html"', 'type="text/html"'),
        ("<category", "<pubDate>2026</pubDate><category"),
        ("</feed>", "<link href='http://chronicle.example/'/></feed>"),
        ("http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#"),
    ],
)
def test_what_the_schema_forbids_is_found(was, now):
    assert was in FEED
    (fault,) = faults(FEED.replace(was, now, 1))
    assert fault.startswith("Its structure: ")


@pytest.mark.parametrize(
    ("was", "now", "fault"),
    [
        ("</feed>", "", "It is no XML."),
        ("urn:x:2", "urn:x:1", "Two have one id."),
        ("urn:x:2", "talks", "An id is relative."),
        ("<title>Talks</title>", "<title> </title>", "A title is empty."),
        ("<author><name>Chronicle</name></author>", "", "Nobody wrote it."),
        (f'href="{ADDRESS}"', 'href="http://a.example/"', "It does not name its own address."),
        ("2026-01-01T", "2026-01-03T", "An entry is newer than the feed."),
        ("2026-01-02T", "9026-01-02T", "It is of the future."),
        ("http://chronicle.example/events/talks/", "/events/talks/", "An address is relative."),
        (
            "<category",
            '<link href="http://a.example/"/><category',
            "Two links lead to the same in one form.",
        ),
        (
            '<link href="http://chronicle.example/events/talks/" rel="alternate"/>',
            "",
            "An entry has neither content nor a link to it.",
        ),
        ("&lt;em&gt;", "&lt;script&gt;", "Its HTML holds what readers take out."),
    ],
)
def test_what_no_schema_says_is_found(was, now, fault):
    assert was in FEED
    assert faults(FEED.replace(was, now, 1)) == [fault]
