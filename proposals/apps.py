from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    name = "proposals"

    def ready(self) -> None:
        # Models can be imported by now, and not before.
        from desk.integrity import register as register_checks
        from desk.types import register as register_at_the_desk
        from proposals.document import DESK_TYPE, ENTRY_TYPE
        from proposals.integrity import CHECKS
        from record.types import register as register_in_the_record

        register_in_the_record(ENTRY_TYPE)
        register_at_the_desk(DESK_TYPE)
        register_checks(*CHECKS)
