from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "exchange"

    def ready(self) -> None:
        from desk.roles import CONTRIBUTOR, grant

        grant(CONTRIBUTOR, "exchange.view_importedfile")
