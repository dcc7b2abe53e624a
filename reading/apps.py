from django.apps import AppConfig


class ReadingConfig(AppConfig):
    name = "reading"

    def ready(self) -> None:
        # Models can be imported by now, and not before.
        from django.db.models.signals import post_save

        from desk.admin_work import register_line
        from desk.first_run import prepared
        from desk.forgetting import forgotten
        from reading.access import at_home
        from reading.forgetting import forget_typed
        from reading.offers_kept import keep_all_offers, keep_offers_when_loaded
        from sources.models import SourceText

        register_line(at_home)
        forgotten.connect(forget_typed, dispatch_uid="reading.forgetting")
        prepared.connect(keep_all_offers, dispatch_uid="reading.offers_kept")
        post_save.connect(
            keep_offers_when_loaded, sender=SourceText, dispatch_uid="reading.offers_kept"
        )
