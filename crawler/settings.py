"""Scrapy's settings for a crawl: one lean chain, no ports opened, nothing done that a walk does itself."""

from typing import Any

from scrapy.logformatter import LogFormatter

from crawler.middlewares.resolver import Refusals
from crawler.plan import CrawlPlan

BOT_NAME = "govwatch"
SPIDER_MODULES = ["crawler.spiders"]

LEAN: dict[str, Any] = {
    "ADDONS": {},
    "ASYNCIO_EVENT_LOOP": None,
    "CONCURRENT_ITEMS": 1,
    "COOKIES_ENABLED": True,
    "DNSCACHE_ENABLED": True,
    "DOWNLOAD_DELAY_JITTER": 0.25,
    "DOWNLOAD_FAIL_ON_DATALOSS": False,
    "DOWNLOAD_HANDLERS": {
        "http": "crawler.middlewares.handler.StampedHandler",
        "https": "crawler.middlewares.handler.StampedHandler",
        "data": None,
        "file": None,
        "ftp": None,
        "s3": None,
    },
    "DOWNLOAD_WARNSIZE": 0,
    "DOWNLOADER_MIDDLEWARES_BASE": {
        "crawler.middlewares.cookies.SparingCookies": 100,
        "crawler.middlewares.compression.CompressionMiddleware": 200,
    },
    "EXTENSIONS_BASE": {"scrapy.extensions.throttle.AutoThrottle": 0},
    "LOG_FORMATTER": "crawler.settings.QuietLog",
    "LOG_INSTALL_ROOT_HANDLER": False,
    "LOG_LEVEL": "WARNING",
    "REACTOR_THREADPOOL_MAXSIZE": 20,
    "REMOTE_CONTROL_ENABLED": False,
    "ROBOTSTXT_OBEY": False,
    "SCHEDULER": "crawler.spiders.scheduler.WalkScheduler",
    "SPIDER_MIDDLEWARES_BASE": {},
    "STATS_CLASS": "scrapy.statscollectors.DummyStatsCollector",
    "STATS_DUMP": False,
    "TELNETCONSOLE_ENABLED": False,
    "TWISTED_DNS_RESOLVER": "crawler.middlewares.resolver.GuardedResolver",
    "TWISTED_REACTOR": "twisted.internet.asyncioreactor.AsyncioSelectorReactor",
}
"""Settings that do not depend on the plan. Robots.txt, redirects and second tries are the walk's own."""

BUSIEST = 96
"""Requests under way at once in one process, over all hosts."""


class QuietLog(LogFormatter):  # type: ignore[misc,unused-ignore]
    """Says nothing of single pages: the run folder tells all of them."""

    def crawled(self, request: Any, response: Any, spider: Any) -> Any:
        """Nothing."""
        return None

    def download_error(self, failure: Any, request: Any, spider: Any, errmsg: str | None = None) -> Any:
        """A short line for what no errback took."""
        return super().download_error(failure, request, spider, errmsg)


def settings_for(plan: CrawlPlan, refusals: Refusals) -> dict[str, Any]:
    """The settings of a process that crawls by this plan. `refusals` is where the guard notes hosts."""
    return {
        **LEAN,
        "AUTOTHROTTLE_ENABLED": plan.delay > 0,
        "AUTOTHROTTLE_MAX_DELAY": max(30.0, plan.delay),
        "AUTOTHROTTLE_START_DELAY": plan.delay,
        "AUTOTHROTTLE_TARGET_CONCURRENCY": 1.0,
        "CONCURRENT_REQUESTS": BUSIEST,
        "CONCURRENT_REQUESTS_PER_DOMAIN": concurrency(plan),
        "DOWNLOAD_DELAY": plan.delay,
        "DOWNLOAD_MAXSIZE": plan.max_body,
        "DOWNLOAD_TIMEOUT": plan.timeouts.page,
        "GUARD_HOSTS": sorted(plan.named_hosts),
        "GUARD_NETWORKS": list(plan.allow_networks),
        "GUARD_REFUSALS": refusals,
        "USER_AGENT": plan.user_agent,
    }


def concurrency(plan: CrawlPlan) -> int:
    """Requests under way at once to one host: two where pauses are kept, more on a farm of our own."""
    return plan.farm_concurrency if plan.delay == 0 else 2
