"""The context of JSON-LD answers, at the address that they name."""

import orjson
from django.http import HttpResponse
from django.urls import path
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

from record.api import PublicView
from record.linked_entries import MEDIA_TYPE, context


class LinkedData(JSONRenderer):
    media_type = MEDIA_TYPE


class ContextDetail(PublicView):
    """Words, and what they mean."""

    schema = None  # type: ignore[assignment]
    renderer_classes = [LinkedData, JSONRenderer]

    def get(self, request: Request) -> HttpResponse:
        """One query."""
        self.refuse_parameters()
        body = orjson.dumps(context(self.origin))
        return HttpResponse(body, content_type=request.accepted_renderer.media_type)


urlpatterns = [path("context.jsonld", ContextDetail.as_view(), name="context")]
