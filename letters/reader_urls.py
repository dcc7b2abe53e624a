"""Addresses at which readers write, and see what has come of it: the one part of the public site
that reads something other than the record.
"""

from django.urls import path

from letters.reader_views import letter, write

app_name = "letters"
urlpatterns = [
    path("entries/<str:public_id>/suggest-correction/", write, name="write"),
    path("letters/<str:secret>/", letter, name="letter"),
]
