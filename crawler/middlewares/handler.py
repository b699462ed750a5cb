"""Scrapy's HTTP handler, noting when a request was really sent (its host's pause is no answering time)."""

from time import monotonic

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.http import Response

SENT_AT = "sent_at"


class StampedHandler(HTTP11DownloadHandler):  # type: ignore[misc,unused-ignore]
    """The handler for http and https."""

    async def download_request(self, request: Request) -> Response:
        """Fetches one request."""
        request.meta[SENT_AT] = monotonic()
        return await super().download_request(request)
