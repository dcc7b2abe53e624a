from django.apps import AppConfig


class ActorsConfig(AppConfig):
    name = "actors"

    def ready(self) -> None:
        # Models can be imported by now, and not before.
        from actors.document import DESK_TYPE, ENTRY_TYPE
        from actors.integrity import CHECKS
        from desk.integrity import register as register_checks
        from desk.types import register as register_at_the_desk
        from record.types import register as register_in_the_record

        register_in_the_record(ENTRY_TYPE)
        register_at_the_desk(DESK_TYPE)
        register_checks(*CHECKS)
