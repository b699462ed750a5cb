"""Decompresses bodies within a limit, without guessing charsets, and notes what was cut off."""

from scrapy import Request
from scrapy.http import Response

from crawler.unpacking import ACCEPTED, unpack_stated

FLAW = "flaw:"
"""Beginning of the response flag that says what is wrong with a body."""


class CompressionMiddleware:
    """Asks for compressed bodies and unpacks them. A body that cannot be unpacked is flagged, not dropped."""

    def process_request(self, request: Request) -> None:
        """Names the encodings that are understood."""
        request.headers.setdefault(b"Accept-Encoding", ACCEPTED)

    def process_response(self, request: Request, response: Response) -> Response:
        """The response with its body unpacked."""
        stated = response.headers.getlist(b"Content-Encoding")
        if not stated or not response.body:
            return response
        limit: int = request.meta["download_maxsize"]
        body, flaw = unpack_stated(response.body, b",".join(stated).decode("latin-1"), limit)
        flags = [*response.flags, f"{FLAW}{flaw}"] if flaw else response.flags
        return Response(
            response.url,
            status=response.status,
            headers=response.headers,
            body=body,
            flags=flags,
            ip_address=response.ip_address,
            protocol=response.protocol,
            request=response.request,
        )
