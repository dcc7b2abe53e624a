from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "letters"

    def ready(self) -> None:
        # Models can be imported by now, and not before.
        from desk.admin_work import register_line
        from desk.roles import CHIEF_EDITOR, CONTRIBUTOR, EDITOR, grant
        from letters.at_home import waiting_line

        grant(CONTRIBUTOR, "letters.view_letter")
        grant(EDITOR, "letters.change_letter")
        grant(CHIEF_EDITOR, "letters.delete_letter")
        register_line(waiting_line)
