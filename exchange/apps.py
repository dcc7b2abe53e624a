from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "exchange"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in

        from desk.first_run import prepared
        from desk.forgetting import forgotten
        from desk.roles import CONTRIBUTOR, grant
        from exchange.models import forget_files, forget_old_files

        grant(CONTRIBUTOR, "exchange.view_importedfile")
        forgotten.connect(forget_files, dispatch_uid="exchange.models")
        for passing in (prepared, user_logged_in):
            passing.connect(forget_old_files, dispatch_uid="exchange.models.old")
