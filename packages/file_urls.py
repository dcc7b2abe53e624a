from django.urls import path

from packages.kept import SQLITE, ZIP
from packages.views import file

urlpatterns = [
    path(f"data/chronicle-edition-<int:number>.{ZIP}", file, {"form": ZIP}, name="package"),
    path(f"data/chronicle-edition-<int:number>.{SQLITE}", file, {"form": SQLITE}, name="database"),
]
