from django.apps import AppConfig


class ReadingConfig(AppConfig):
    name = "reading"

    def ready(self) -> None:
        # Models can be imported by now, and not before.
        from desk.forgetting import forgotten
        from reading.forgetting import forget_typed

        forgotten.connect(forget_typed, dispatch_uid="reading.forgetting")
