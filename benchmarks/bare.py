"""The yardstick: a bare Scrapy spider that downloads a list of addresses and parses nothing."""

import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import scrapy
from scrapy.crawler import AsyncCrawlerProcess

AT_ONCE = 64
"""Requests under way at once, as many as make it fastest here."""


class BareSpider(scrapy.Spider):
    """Downloads and forgets."""

    name = "bare"
    addresses = ""
    seen = 0

    async def start(self) -> AsyncIterator[Any]:
        """All addresses of the file."""
        for url in Path(self.addresses).read_text().split():
            yield scrapy.Request(url)

    def parse(self, response: Any) -> None:
        """Counts."""
        self.seen += 1


def main(addresses: str) -> None:
    """Downloads all addresses in a file and prints how many answered."""
    settings = {
        "CONCURRENT_REQUESTS": AT_ONCE,
        "CONCURRENT_REQUESTS_PER_DOMAIN": AT_ONCE,
        "DOWNLOAD_DELAY": 0,
        "LOG_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
    }
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler(BareSpider)
    process.crawl(crawler, addresses=addresses)
    process.start()
    spider: Any = crawler.spider
    print(spider.seen)


if __name__ == "__main__":
    main(sys.argv[1])
