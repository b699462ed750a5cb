"""Cookies, kept apart by site, at no cost where a site sets none."""

from scrapy import Request
from scrapy.downloadermiddlewares import cookies
from scrapy.downloadermiddlewares.cookies import CookiesMiddleware
from scrapy.http import Response
from tldextract import TLDExtract

cookies._split_domain = TLDExtract(include_psl_private_domains=True, suffix_list_urls=())
"""Scrapy's own would ask the network for the list of public suffixes; the one that is installed will do."""


class SparingCookies(CookiesMiddleware):  # type: ignore[misc,unused-ignore]
    """Scrapy's cookies, but for requests of sites without cookies and answers that set none."""

    def process_request(self, request: Request, spider: object = None) -> None:
        """Adds the site's cookies, if it has any."""
        if request.meta.get("cookiejar") in self.jars:
            super().process_request(request)

    def process_response(self, request: Request, response: Response, spider: object = None) -> Response:
        """Takes up the cookies that an answer sets."""
        if b"Set-Cookie" in response.headers:
            super().process_response(request, response)
        return response
