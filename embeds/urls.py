from django.urls import path

from embeds.views import (
    comparison,
    embed_comparison,
    embed_entry,
    embed_responses,
    embed_timeline,
    entry,
    responses,
    timeline,
)

app_name = "embeds"
urlpatterns = [
    # Cards: what other sites show in a frame. By id, which stays when slugs change.
    path("embed/entries/<str:public_id>/", entry, name="entry"),
    path("embed/timeline/<slug:plural>/", timeline, name="timeline"),
    path("embed/compare/", comparison, name="compare"),
    path("embed/responses/", responses, name="responses"),
    # Below the same words, how to embed them.
    path("embedding/entries/<str:public_id>/", embed_entry, name="embed_entry"),
    path("embedding/timeline/<slug:plural>/", embed_timeline, name="embed_timeline"),
    path("embedding/compare/", embed_comparison, name="embed_compare"),
    path("embedding/responses/", embed_responses, name="embed_responses"),
]
