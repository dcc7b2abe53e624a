"""Who is answered what at every address, and that asking changes nothing."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client

from desk.submissions import submission_checksum
from record.models import Edition
from tests.conftest import Cast
from tests.examples import FullWorld
from tests.house.addresses import Addresses, patterns

pytestmark = pytest.mark.django_db

# What a GET is answered: the reader, contributor, editor, chief editor, administrator.
# {entry} stands for each type of entry but terms, which chief editors keep.
TABLE = r"""
home                                                        200 200 200 200 200
overview                                                    200 200 200 200 200
method                                                       200 200 200 200 200
search                                                      200 200 200 200 200
suggestions                                                 200 200 200 200 200
{room}_list                                                 200 200 200 200 200
{room}_detail                                               200 200 200 200 200
{citing}_citation                                           200 200 200 200 200
actors:office_holders                                       200 200 200 200 200
proposals:proposal_compare                                  200 200 200 200 200
proposals:proposal_responses                                200 200 200 200 200
proposals:compare_dossier                                   400 400 400 400 400
proposals:responses_dossier                                 200 200 200 200 200
record:edition_list                                         200 200 200 200 200
record:edition_detail                                       200 200 200 200 200
record:correction_list                                      200 200 200 200 200
record:entry_history                                        200 200 200 200 200
record:entry_time_map                                       200 200 200 200 200
record:timeline                                             200 200 200 200 200
record:together                                             200 200 200 200 200
places:map                                                  200 200 200 200 200
cite:entry                                                  200 200 200 200 200
files:cite_entry                                            200 200 200 200 200
cite:list                                                   200 200 200 200 200
files:cite_list                                             200 200 200 200 200
cite:set                                                    200 200 200 200 200
embeds:entry                                                302 302 302 302 302
embeds:timeline                                             302 302 302 302 302
embeds:compare                                              302 302 302 302 302
embeds:responses                                            302 302 302 302 302
embeds:embed_entry                                          200 200 200 200 200
embeds:embed_timeline                                       200 200 200 200 200
embeds:embed_compare                                        400 400 400 400 400
embeds:embed_responses                                      200 200 200 200 200
files:oembed                                               400 400 400 400 400
verify:about                                                200 200 200 200 200
files:script                                                200 200 200 200 200
verify:waiver_list                                          200 200 200 200 200
verify:single_source_list                                   200 200 200 200 200
verify:check_list                                           200 200 200 200 200
verify:quotation                                            200 200 200 200 200
files:record_feed                                           200 200 200 200 200
files:correction_feed                                       200 200 200 200 200
files:entry_feed                                            200 200 200 200 200
files:list_feed                                             200 200 200 200 200
files:download                                              200 200 200 200 200
packages:data                                               200 200 200 200 200
files:package                                               404 404 404 404 404
files:database                                              404 404 404 404 404
files:robots                                                200 200 200 200 200
files:sitemap_index                                         200 200 200 200 200
files:sitemap                                               200 200 200 200 200
sources:source_text                                         404 404 404 404 404

api:root                                                    200 200 200 200 200
api:schema                                                  200 200 200 200 200
api:docs                                                    200 200 200 200 200
api:context                                                 200 200 200 200 200
api:edition_list                                            200 200 200 200 200
api:edition_detail                                          200 200 200 200 200
api:proposal_compare                                        400 400 400 400 400
api:proposal_responses                                      200 200 200 200 200
api:version_list                                            200 200 200 200 200
api:version_diff                                            200 200 200 200 200
api:version_detail                                          200 200 200 200 200
api:citation_list                                           200 200 200 200 200
api:citation_detail                                         200 200 200 200 200
api:citation_annotation                                     200 200 200 200 200
api:verify_quote                                            400 400 400 400 400
api:office_holders                                          200 200 200 200 200
api:change_list                                             200 200 200 200 200
api:activity_list                                           200 200 200 200 200
api:{type}_list                                             200 200 200 200 200
api:{type}_detail                                           200 200 200 200 200
api/v1/^(?P<rest>[\s\S]+)/$                                      404 404 404 404 404

account_login                                               200 302 302 302 302
account_logout                                              302 200 200 200 200
account_inactive                                            200 200 200 200 200
account_signup                                              200 302 302 302 302
account_reauthenticate                                      302 200 200 200 200
account_email                                               302 200 200 200 200
account_email_verification_sent                             200 200 200 200 200
account_change_password                                     302 200 200 200 200
account_set_password                                        302 302 302 302 302
^account/password/reset/                                    200 200 200 200 200
account_reset_password                                      200 200 200 200 200
account_confirm_login_code                                  302 302 302 302 302
account_confirm_email                                       200 200 200 200 200
account_reset_password_done                                 200 200 200 200 200
account_reset_password_from_key                             200 200 200 200 200
account_reset_password_from_key_done                        200 200 200 200 200
mfa_index                                                   302 200 200 200 200
mfa_authenticate                                            302 302 302 302 302
mfa_reauthenticate                                          302 200 302 302 302
mfa_activate_totp                                           302 302 302 302 302
mfa_deactivate_totp                                         302 404 404 404 404
mfa_view_recovery_codes                                     302 302 404 404 404
mfa_generate_recovery_codes                                 302 302 302 302 302
mfa_download_recovery_codes                                 302 302 404 404 404
mfa_list_webauthn                                           302 200 200 200 200
mfa_add_webauthn                                            302 302 302 302 302
mfa_reauthenticate_webauthn                                 302 302 302 302 302
mfa_remove_webauthn                                         302 302 302 302 302
mfa_edit_webauthn                                           302 302 302 302 302

preview                                                     200 200 200 200 200
desk/letters/letter/<path:object_id>/                       302 302 302 302 302
letters:write                                               200 200 200 200 200
letters:letter                                              200 200 200 200 200

style                                                       302 200 200 200 200
admin:index                                                 302 200 200 200 200
admin:app_list                                              302 200 200 200 200
admin:login                                                 302 302 302 302 302
admin:logout                                                302 405 405 405 405
admin:password_change                                       302 200 200 200 200
admin:password_change_done                                  302 200 200 200 200
admin:autocomplete                                          302 403 403 403 403
admin:jsi18n                                                302 200 200 200 200
admin:view_on_site                                          302 404 404 404 404
admin:desk_work                                             302 200 200 200 200
admin:desk_entry                                            302 302 302 302 302
admin:desk_finding                                          302 200 200 200 200

reading:sources                                             302 200 200 200 200
reading:room                                                302 200 200 200 200
reading:passage                                             302 200 200 200 200
reading:draft                                               302 302 302 302 302
reading:cite                                                302 302 302 302 302
reading:set_aside                                           302 200 200 200 200
reading:take_back                                           302 405 405 405 405
desk/(?P<url>.*)$                                           302 404 404 404 404

admin:{entry}_changelist                                    302 200 200 200 200
admin:{entry}_add                                           302 200 200 200 200
admin:{entry}_change                                        302 200 200 200 200
admin:{entry}_history                                       302 200 200 200 200
admin:{entry}_changes                                       302 200 200 200 200
admin:{cited}_evidence                                      302 200 200 200 200
admin:{entry}_submit                                        302 200 200 200 200
admin:{entry}_withdraw                                      302 403 403 200 200
admin:{entry}_correct                                       302 200 200 200 200
admin:{entry}_decide                                        302 200 200 200 200
admin:{entry}_join                                          302 404 404 404 404
admin:{entry}_join_correction                               302 404 404 404 404
admin:{entry}_redact                                        302 403 403 200 200
admin:{entry}_merge                                         302 403 403 200 200
admin:{entry}_preview                                       302 200 200 200 200
admin:{entry}_links                                         302 200 200 200 200
admin:{entry}_delete                                        302 302 302 302 302
desk/{entry/}/<path:object_id>/                             302 302 302 302 302
admin:vocabulary_term_changelist                            302 200 200 200 200
admin:vocabulary_term_add                                   302 403 403 200 200
admin:vocabulary_term_change                                302 200 200 200 200
admin:vocabulary_term_history                               302 200 200 200 200
admin:vocabulary_term_changes                               302 200 200 200 200
admin:vocabulary_term_submit                                302 200 200 200 200
admin:vocabulary_term_withdraw                              302 403 403 200 200
admin:vocabulary_term_correct                               302 403 403 200 200
admin:vocabulary_term_decide                                302 403 403 200 200
admin:vocabulary_term_join                                  302 403 403 404 404
admin:vocabulary_term_join_correction                       302 403 403 404 404
admin:vocabulary_term_redact                                302 403 403 200 200
admin:vocabulary_term_merge                                 302 403 403 200 200
admin:vocabulary_term_preview                               302 200 200 200 200
admin:vocabulary_term_links                                 302 200 200 200 200
admin:vocabulary_term_delete                                302 302 302 302 302
desk/vocabulary/term/<path:object_id>/                      302 302 302 302 302
admin:actors_office_change                                  302 302 302 302 302
admin:actors_tenure_change                                  302 302 302 302 302
admin:proposals_provision_change                            302 302 302 302 302
admin:sources_source_texts                                  302 200 200 200 200
admin:sources_source_compare                                302 404 404 404 404
admin:sources_sourcetext_changelist                         302 200 200 200 200
admin:sources_sourcetext_add                                302 403 200 200 200
admin:sources_sourcetext_change                             302 200 200 200 200
admin:sources_sourcetext_history                            302 200 200 200 200
admin:sources_sourcetext_delete                             302 403 403 200 200
desk/sources/sourcetext/<path:object_id>/                   302 302 302 302 302
admin:sources_selectorchange_changelist                     302 200 200 200 200
admin:sources_selectorchange_add                            302 403 403 403 403
admin:sources_selectorchange_change                         302 200 200 200 200
admin:sources_selectorchange_history                        302 200 200 200 200
admin:sources_selectorchange_delete                         302 403 403 403 403
desk/sources/selectorchange/<path:object_id>/               302 302 302 302 302

admin:desk_submission_changelist                            302 200 200 200 200
admin:desk_submission_add                                   302 403 403 403 403
admin:desk_submission_change                                302 200 200 200 200
admin:desk_submission_history                               302 200 200 200 200
admin:desk_submission_delete                                302 403 403 403 403
admin:desk_submission_approve                               302 405 405 405 405
admin:desk_submission_submit                                302 405 405 405 405
admin:desk_submission_resubmit                              302 405 405 405 405
admin:desk_submission_retract                               302 405 405 405 405
admin:desk_submission_remove                                302 405 405 405 405
admin:desk_submission_describe                              302 200 200 200 200
admin:desk_submission_request_changes                       302 403 200 200 200
admin:desk_submission_note                                  302 200 200 200 200
admin:desk_submission_resolve                               302 405 405 405 405
admin:desk_submission_reopen                                302 405 405 405 405
desk/desk/submission/<path:object_id>/                      302 302 302 302 302
admin:desk_revision_changelist                              302 200 200 200 200
admin:desk_revision_add                                     302 403 403 403 403
admin:desk_revision_change                                  302 200 200 200 200
admin:desk_revision_history                                 302 200 200 200 200
admin:desk_revision_delete                                  302 403 403 403 403
admin:desk_revision_restore                                 302 302 302 302 302
desk/desk/revision/<path:object_id>/                        302 302 302 302 302

admin:exchange_importedfile_changelist                      302 200 200 200 200
admin:exchange_importedfile_add                             302 403 403 403 403
admin:exchange_importedfile_change                          302 200 404 404 404
admin:exchange_importedfile_history                         302 200 302 302 302
admin:exchange_importedfile_delete                          302 403 403 403 403
admin:exchange_importedfile_export                          302 302 302 302 302
admin:exchange_importedfile_bibliography                    302 302 302 302 302
admin:letters_letter_changelist                             302 200 200 200 200
admin:letters_letter_add                                    302 403 403 403 403
admin:letters_letter_change                                 302 200 200 200 200
admin:letters_letter_history                                302 200 200 200 200
admin:letters_letter_delete                                 302 403 403 200 200
admin:tokens_token_changelist                               302 403 403 200 200
admin:tokens_token_add                                      302 403 403 200 200
admin:tokens_token_change                                   302 403 403 200 200
admin:tokens_token_history                                  302 403 403 200 200
admin:tokens_token_delete                                   302 403 403 403 403
desk/tokens/token/<path:object_id>/                         302 302 302 302 302
desk/exchange/importedfile/<path:object_id>/                302 302 302 302 302

admin:auth_user_changelist                                  302 403 403 200 200
admin:auth_user_add                                         302 403 403 200 200
admin:auth_user_change                                      302 403 403 200 200
admin:auth_user_history                                     302 403 403 200 200
admin:auth_user_delete                                      302 403 403 403 200
admin:auth_user_password_change                             302 403 403 403 200
desk/auth/user/<path:object_id>/                            302 302 302 302 302
admin:{account}_changelist                                  302 403 403 403 200
admin:{account}_add                                         302 403 403 403 200
admin:{account}_change                                      302 403 403 403 200
admin:{account}_history                                     302 403 403 403 200
admin:{account}_delete                                      302 403 403 403 200
desk/{account/}/<path:object_id>/                           302 302 302 302 302
"""
STANDS_FOR = {
    "{room}": [
        "terms:term",
        "sources:source",
        "places:place",
        "actors:actor",
        "events:event",
        "proposals:proposal",
    ],
    "{citing}": ["places:place", "actors:actor", "events:event", "proposals:proposal"],
    "{type}": ["term", "source", "place", "actor", "event", "proposal"],
    "{entry}": [
        "sources_source",
        "places_place",
        "actors_actor",
        "events_event",
        "proposals_proposal",
    ],
    "{cited}": ["places_place", "actors_actor", "events_event", "proposals_proposal"],
    "{account}": ["auth_group", "account_emailaddress", "mfa_authenticator"],
}
STANDS_FOR |= {
    f"{name[:-1]}/}}": [model.replace("_", "/") for model in models]
    for name, models in STANDS_FOR.items()
}
ROLES = ["reader", "contributor", "editor", "chief_editor", "administrator"]
WRITES = re.compile(r'\s*(INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)
# Signing in and staying so is kept in the session.
OF_SESSIONS = {"django_session"}


def expected() -> dict[str, list[int]]:
    """The table, by name, with what stands for several written out."""
    answers = {}
    for line in TABLE.split("\n"):
        if not line.strip():
            continue
        name, *statuses = line.split()
        mark = next((mark for mark in STANDS_FOR if mark in name), "")
        for model in STANDS_FOR.get(mark, [""]):
            answers[name.replace(mark, model) if mark else name] = [int(one) for one in statuses]
    return answers


def test_the_table_has_every_address_and_no_other():
    assert set(expected()) == {name for name, _ in patterns()}


def test_everybody_is_answered_as_the_table_says_and_asking_writes_nothing(
    full: FullWorld, cast: Cast, client_of: Callable[[User], Client], reader: Client
):
    addresses = Addresses(full, cast.contributor).all()
    clients = [reader, *(client_of(getattr(cast, role)) for role in ROLES[1:])]
    written: list[str] = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        found = WRITES.match(sql)
        if found and found[2] not in OF_SESSIONS:
            written.append(sql)
        return execute(sql, params, many, context)

    answers: dict[str, list[int]] = {}
    with connection.execute_wrapper(watch):
        for name, address in addresses.items():
            answers[name] = [client.get(address).status_code for client in clients]

    assert answers == expected()
    assert written == []


# Verbs ------------------------------------------------------------------------------------------


def test_public_addresses_take_nothing_from_anybody(
    full: FullWorld, cast: Cast, client_of: Callable[[User], Client], reader: Client
):
    addresses = Addresses(full, cast.contributor).all()
    public = [
        name
        for name, statuses in expected().items()
        if statuses == [200] * 5 and not name.startswith(("account_", "preview", "letters:write"))
    ]

    for client in (reader, client_of(cast.administrator)):
        for method in (client.post, client.put, client.patch, client.delete):
            answered = {
                name: method(
                    addresses[name], data="{}", content_type="application/json"
                ).status_code
                for name in public
            }
            assert answered == dict.fromkeys(public, 405)


def test_verbs_of_the_desk_are_kept_from_those_who_may_not(
    full: FullWorld, cast: Cast, client_of: Callable[[User], Client], reader: Client
):
    """Nobody does by address what the table keeps from them by page."""
    samples = Addresses(full, cast.contributor)
    addresses = samples.all()

    def post(client: Client, name: str, **values: Any) -> int:
        return client.post(addresses[name], values).status_code

    shown = {"submission": f"{samples.submission.pk}:{submission_checksum(samples.submission)}"}
    for client in (reader, client_of(cast.contributor)):
        assert post(client, "admin:desk_submission_approve", **shown) == 302
    for name in (
        "admin:events_event_withdraw",
        "admin:vocabulary_term_withdraw",
        "admin:events_event_redact",
    ):
        for role in ("contributor", "editor"):
            assert post(client_of(getattr(cast, role)), name, reason="No.") == 403, (name, role)
    samples.submission.refresh_from_db()
    assert samples.submission.state == "submitted"
    assert Edition.objects.count() == 1
