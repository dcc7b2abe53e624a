from django.apps import AppConfig


class RecordConfig(AppConfig):
    name = "record"

    def ready(self) -> None:
        # Models can be imported by now, and not before.
        from record.downloads import CSV
        from record.linked_entries import JSON_LD
        from record.negotiation import register

        register(JSON_LD)
        register(CSV)
