from django.apps import AppConfig


class SourcesConfig(AppConfig):
    name = "sources"

    def ready(self) -> None:
        # Models can be imported by now, and not before.
        from django.db.models.signals import post_delete, post_save, pre_save

        from desk.forgetting import forgotten
        from desk.integrity import register as register_checks
        from desk.models import Revision
        from desk.passages import register as register_passages
        from desk.publishing import documents_published
        from desk.roles import CHIEF_EDITOR, CONTRIBUTOR, EDITOR, grant
        from desk.types import register as register_at_the_desk
        from record.negotiation import register as register_form
        from record.types import register as register_in_the_record
        from sources.api_forms import BIBLIOGRAPHIES
        from sources.asides import bind_to_newest
        from sources.document import DESK_TYPE, ENTRY_TYPE
        from sources.excerpts import passages_of
        from sources.forgetting import forget_texts
        from sources.integrity import CHECKS
        from sources.keeping import forget_kept
        from sources.letting import let_read
        from sources.models import SetAside, SourceText
        from sources.queue import forget_reason, settle_mended

        register_in_the_record(ENTRY_TYPE)
        register_at_the_desk(DESK_TYPE)
        for form in BIBLIOGRAPHIES:
            register_form(form)
        register_checks(*CHECKS)
        register_passages(passages_of, permission="sources.view_sourcetext")
        post_save.connect(settle_mended, sender=Revision, dispatch_uid="sources.queue")
        forgotten.connect(forget_reason, dispatch_uid="sources.queue")
        forgotten.connect(forget_texts, dispatch_uid="sources.forgetting")
        pre_save.connect(bind_to_newest, sender=SetAside, dispatch_uid="sources.asides")
        forgotten.connect(forget_kept, dispatch_uid="sources.keeping")
        post_delete.connect(forget_kept, sender=SourceText, dispatch_uid="sources.keeping")
        documents_published.connect(let_read, dispatch_uid="sources.letting")
        grant(CONTRIBUTOR, "sources.view_sourcetext", "sources.view_selectorchange")
        # What every citation of a source is checked against is not for one beginner to replace.
        grant(EDITOR, "sources.add_sourcetext", "sources.change_sourcetext")
        grant(EDITOR, "sources.change_selectorchange")
        grant(CHIEF_EDITOR, "sources.delete_sourcetext")
