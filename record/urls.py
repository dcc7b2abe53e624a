from django.urls import path

from record.views import correction_list, edition_detail, edition_list, entry_history

app_name = "record"
urlpatterns = [
    path("editions/", edition_list, name="edition_list"),
    path("editions/<int:number>/", edition_detail, name="edition_detail"),
    path("corrections/", correction_list, name="correction_list"),
    # By id: slugs change, and what was redacted has none.
    path("entries/<str:public_id>/history/", entry_history, name="entry_history"),
]
