from django.urls import path

from letters.views import letter, write

app_name = "letters"
urlpatterns = [
    path("entries/<str:public_id>/suggest-correction/", write, name="write"),
    path("letters/<str:secret>/", letter, name="letter"),
]
