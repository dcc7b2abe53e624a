from django.urls import path

from sources.citing_views import cite_entry, cite_list, cited_list

app_name = "cite"
urlpatterns = [
    # By id, which stays when slugs change; lists and sets by the plural of their type.
    path("entries/<str:public_id>/cite/", cite_entry, name="entry"),
    path("cite/<slug:plural>/", cite_list, name="list"),
    path("cited/<slug:plural>/", cited_list, name="set"),
]
