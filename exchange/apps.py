from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "exchange"

    def ready(self) -> None:
        from desk.forgetting import forgotten
        from desk.roles import CONTRIBUTOR, grant
        from exchange.models import forget_files

        grant(CONTRIBUTOR, "exchange.view_importedfile")
        forgotten.connect(forget_files, dispatch_uid="exchange.models")
