from django.urls import path

from sources.verifying_views import (
    check_list,
    quotation,
    single_source_list,
    verifying,
    waiver_list,
)

app_name = "verify"
urlpatterns = [
    path("", verifying, name="about"),
    path("waivers/", waiver_list, name="waiver_list"),
    path("single-source/", single_source_list, name="single_source_list"),
    path("checks/", check_list, name="check_list"),
    path("quotation/", quotation, name="quotation"),
]
