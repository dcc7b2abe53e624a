from django.apps import AppConfig


class TokensConfig(AppConfig):
    name = "tokens"

    def ready(self) -> None:
        # Models can be imported by now, and not before.
        from desk.roles import CHIEF_EDITOR, grant

        grant(CHIEF_EDITOR, "tokens.view_token", "tokens.add_token", "tokens.change_token")
