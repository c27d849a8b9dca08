"""What we hold, published: the bulletin, the map, the pages, the data sets, the annotated article."""

from truceline.publish.annotation import Annotated, annotate
from truceline.publish.folder import Receipt
from truceline.publish.publisher import publish
from truceline.publish.reading import render_reading

__all__ = ["Annotated", "Receipt", "annotate", "publish", "render_reading"]
