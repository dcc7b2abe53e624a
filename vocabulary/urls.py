from django.urls import path

from vocabulary.views import term_detail, term_list

app_name = "terms"
urlpatterns = [
    path("terms/", term_list, name="term_list"),
    path("terms/<slug:slug>/", term_detail, name="term_detail"),
]
