from django.urls import path

from embeds.oembed import oembed

# For programs: one address for all languages.
urlpatterns = [path("oembed", oembed, name="oembed")]
