from django.apps import AppConfig


class SourcesConfig(AppConfig):
    name = "sources"

    def ready(self) -> None:
        # Models can be imported by now, and not before.
        from desk.integrity import register as register_checks
        from desk.passages import register as register_passages
        from desk.roles import CHIEF_EDITOR, CONTRIBUTOR, EDITOR, grant
        from desk.types import register as register_at_the_desk
        from record.types import register as register_in_the_record
        from sources.document import DESK_TYPE, ENTRY_TYPE
        from sources.excerpts import passages_of
        from sources.integrity import CHECKS

        register_in_the_record(ENTRY_TYPE)
        register_at_the_desk(DESK_TYPE)
        register_checks(*CHECKS)
        register_passages(passages_of, permission="sources.view_sourcetext")
        grant(CONTRIBUTOR, "sources.view_sourcetext")
        # What every citation of a source is checked against is not for one beginner to replace.
        grant(EDITOR, "sources.add_sourcetext", "sources.change_sourcetext")
        grant(CHIEF_EDITOR, "sources.delete_sourcetext")
