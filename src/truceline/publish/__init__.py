"""What we hold, published: the bulletin, the map, the pages, the data sets, the annotated article."""

from truceline.publish.folder import Receipt
from truceline.publish.publisher import publish

__all__ = ["Receipt", "publish"]
