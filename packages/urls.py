from django.urls import path

from packages.views import data

app_name = "packages"
urlpatterns = [path("data/", data, name="data")]
