"""An unpublished revision as the public would see it, at the desk and by a link."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from desk.models import PreviewComment, PreviewLink, Revision
from desk.previewing import revoke, share
from tests import examples, world
from tests.page_reading import page_at
from tests.pages import admin_url
from tests.refusals import refusal

pytestmark = pytest.mark.django_db


def secret_meeting(cast):
    by = cast.contributor
    envoy = world.actor("The Envoy", by=by)
    return world.event(
        "A secret meeting",
        by=by,
        place=world.place("Lakeside", by=by),
        participants=[world.participant(envoy, by=by)],
    )


def drafts_of_all_types(cast):
    by = cast.contributor
    term, source = examples.full_term(by=by), examples.full_source(by=by)
    place, actor = examples.full_place(source, by=by), examples.full_actor(source, by=by)
    event = examples.full_event(term, source, place, actor, by=by)
    proposal = examples.full_proposal(source, actor, event, by=by)
    # Somebody who held an office of the body, so that the body's page tells of holders.
    body = actor.tenures.get(office__isnull=False).office.entry
    return [term, source, place, actor, body, event, proposal]


def dead_links(reader, address) -> list[str]:
    own = {link.partition("#")[0] for link in page_at(reader, address).links}
    asked = sorted(link for link in own if link.startswith("/"))
    assert asked
    return [link for link in asked if reader.get(link).status_code not in (200, 301, 302)]


@pytest.fixture
def draft(kept):
    return kept(secret_meeting)


def newest(entry) -> Revision:
    return Revision.objects.filter(public_id=entry.public_id).order_by("-number")[0]


def shared(entry, editor, **options):
    options = {"reader": "An expert", "days": 7} | options
    link, secret = share(newest(entry), by=editor, **options)
    return link, f"/preview/{secret}/"


def test_the_desk_shows_a_draft_with_the_public_template(draft, contributor, client_of):
    page = client_of(contributor).get(admin_url(draft, "preview"))

    text = page.content.decode()
    assert page.status_code == 200
    assert '<article class="entry" data-type="event"' in text
    assert "Preview: not published." in text
    assert "The Envoy (unpublished)" in text
    assert "no-store" in page["Cache-Control"]
    assert page["X-Robots-Tag"] == "noindex, nofollow, noarchive"


def test_a_preview_says_in_the_readers_words_what_is_not_published(
    draft, contributor, client_of, monkeypatch
):
    said = {"%(name)s (unpublished)": "%(name)s (не опубликовано)"}
    monkeypatch.setattr("desk.previewing.gettext", said.__getitem__)
    page = client_of(contributor).get(admin_url(draft, "preview"))
    assert "The Envoy (не опубликовано)" in page.content.decode()


def test_a_full_world_can_be_previewed(full, contributor, client_of):
    client = client_of(contributor)
    for entry in full.entries:
        assert client.get(admin_url(entry, "preview")).status_code == 200, entry


def test_a_link_shows_its_one_revision_to_somebody_without_an_account(
    draft, editor, contributor, reader
):
    _, address = shared(draft, editor)
    world.change(draft, by=contributor, title="A later title")

    page = reader.get(address)

    text = page.content.decode()
    assert page.status_code == 200
    assert "A secret meeting" in text
    assert "A later title" not in text
    assert page["Cache-Control"] == "no-store"
    assert page["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert page["Referrer-Policy"] == "same-origin"
    assert "sessionid" not in page.cookies
    # Nothing else of it is public.
    assert reader.get(f"/events/{draft.slug}/").status_code == 404


def test_a_link_that_leads_nowhere_does_not_say_why(draft, editor, reader):
    expired, one = shared(draft, editor)
    revoked, other = shared(draft, editor)
    PreviewLink.objects.filter(pk=expired.pk).update(
        expires_at=timezone.now() - datetime.timedelta(seconds=1)
    )
    revoke(revoked, by=editor)

    pages = [reader.get(address) for address in (one, other, "/preview/never-made/")]

    assert [page.status_code for page in pages] == [404, 404, 404]
    assert len({page.content for page in pages}) == 1
    assert {page["Cache-Control"] for page in pages} == {"no-store"}
    assert reader.post(one, {"text": "Hm."}).status_code == 404
    assert not PreviewComment.objects.exists()


def test_the_secret_is_not_kept(draft, editor):
    link, address = shared(draft, editor)

    assert address.split("/")[2] not in {
        str(value) for value in PreviewLink.objects.filter(pk=link.pk).values()[0].values()
    }
    assert len(address.split("/")[2]) == 22  # 128 bits


def test_a_comment_is_shown_at_the_desk_and_escaped(draft, editor, contributor, reader, client_of):
    _, address = shared(draft, editor)
    submission = world.submitted(draft, by=contributor)

    answer = reader.post(address, {"text": "<b>Wrong</b> day.", "name": "E. Expert"})

    assert answer.status_code == 302
    assert "Thank you" in reader.get(answer["Location"].partition("#")[0]).content.decode()
    comment = PreviewComment.objects.get()
    assert (comment.text, comment.name) == ("<b>Wrong</b> day.", "E. Expert")
    client = client_of(contributor)
    for page in (admin_url(draft, "links"), admin_url(submission, "change")):
        text = client.get(page).content.decode()
        assert "&lt;b&gt;Wrong&lt;/b&gt; day." in text
        assert "E. Expert" in text
    assert "(1 comment)" in client.get(admin_url(draft, "change")).content.decode()
    assert "Wrong" not in reader.get(address).content.decode()


def test_a_comment_that_cannot_be_kept_stays_as_typed(draft, editor, reader):
    _, address = shared(draft, editor)

    page = reader.post(address, {"text": "x" * 5001})
    assert (page.status_code, PreviewComment.objects.count()) == (200, 0)
    assert "x" * 5001 in page.content.decode()
    assert "cannot be empty" in reader.post(address, {"text": " "}).content.decode()
    # What no person fills in.
    assert reader.post(address, {"text": "Buy.", "website": "x"}).status_code == 302
    assert not PreviewComment.objects.exists()
    for number in range(10):
        assert reader.post(address, {"text": f"Comment {number}"}).status_code == 302
    page = reader.post(address, {"text": "One more"})
    assert "Too many comments" in page.content.decode()
    assert "One more" in page.content.decode()
    assert PreviewComment.objects.count() == 10


def test_a_comment_needs_its_forms_token(draft, editor):
    _, address = shared(draft, editor)
    client = Client(enforce_csrf_checks=True)

    assert client.post(address, {"text": "Forged."}).status_code == 403
    (field,) = page_at(client, address).all("input", name="csrfmiddlewaretoken")
    token = field.get("value")
    assert client.post(address, {"text": "Mine.", "csrfmiddlewaretoken": token}).status_code == 302


def test_links_are_made_shown_once_and_revoked_at_the_desk(draft, editor, reader, client_of):
    client = client_of(editor)
    url = admin_url(draft, "links")

    page = client.post(url, {"reader": "An expert", "days": 3})

    address = page.context["address"]
    assert address in page.content.decode()
    assert (
        reader.get(address.partition("//")[2].partition("/")[2].join(["/", ""])).status_code == 200
    )
    assert address not in client.get(url).content.decode()
    link = PreviewLink.objects.get()
    assert client.post(url, {"revoke": link.pk}).status_code == 302
    assert (
        reader.get(address.partition("//")[2].partition("/")[2].join(["/", ""])).status_code == 404
    )


def test_links_are_refused_to_contributors_and_for_too_long(draft, contributor, editor, client_of):
    assert client_of(contributor).post(admin_url(draft, "links"), {}).status_code == 403
    assert refusal(lambda: shared(draft, editor, days=31)) == [
        "A link leads somewhere for 1 to 30 days."
    ]
    assert refusal(lambda: shared(draft, editor, reader=" ")) == ["Say for whom the link is."]


def test_an_entry_without_a_name_says_what_it_lacks(people, contributor, client_of):
    nameless = world.actor(names=[], by=people["by"], citations=[])

    page = client_of(contributor).get(admin_url(nameless, "preview"), follow=True)

    assert "has no names yet" in page.content.decode()


def test_no_link_of_a_preview_is_dead(kept, editor, reader):
    for draft in kept(drafts_of_all_types):
        _, address = shared(draft, editor)
        assert dead_links(reader, address) == [], draft


def test_no_link_of_the_preview_of_what_is_published_is_dead(full, contributor, editor, reader):
    office = full.actor.offices.get()
    world.publish_all(
        world.actor("A later envoy", tenures=[{"office": office}], by=contributor),
        by=contributor,
        approved_by=editor,
    )
    for entry in full.entries:
        world.change(entry, by=contributor, slug=f"{entry.slug}-anew")
        _, address = shared(entry, editor)
        assert dead_links(reader, address) == [], entry
    _, address = shared(full.actor, editor)
    offices = [link for link in page_at(reader, address).links if "/offices/" in link]
    assert offices == [f"/actors/{full.actor.slug.removesuffix('-anew')}/offices/{office.key}/"]


def test_preview_of_an_unpublished_proposal_leads_to_no_comparison(kept, editor, reader):
    *_, proposal = kept(drafts_of_all_types)
    _, address = shared(proposal, editor)
    assert [link for link in page_at(reader, address).links if proposal.public_id in link] == []
