"""Whether a document holds a waiver, as the database is asked."""

from typing import Any

from django.db import models


class HoldsWaivers(models.Func):
    """Whether a document holds a waiver: in canonical JSON, where these very letters stand.

    Within a text, the quotation marks would have a backslash before them. Written out, since an
    index on a condition serves only questions that are worded like it.
    """

    template = """instr(%(expressions)s, '"waivers":[{') > 0"""
    output_field = models.BooleanField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = self.template.replace("instr", "strpos")
        return super().as_sql(compiler, connection, template=template, **context)
