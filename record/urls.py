from django.urls import path

from record.views import edition_detail, edition_list

app_name = "record"
urlpatterns = [
    path("editions/", edition_list, name="edition_list"),
    path("editions/<int:number>/", edition_detail, name="edition_detail"),
]
