"""The world that the city's pages link to: stand-ins on loopback, so that nothing real is ever asked."""

from sample.files import png
from sample.model import Answer, Behaviour, Host


def _page(title: str, text: str) -> bytes:
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body><h1>{title}</h1><p>{text}</p></body></html>"
    ).encode()


_SEAL = Answer(body=png(40, 48, (200, 30, 30)), content_type="image/png")

OUTSIDE = Host(
    id="out",
    pages={
        "/": Answer(body=_page("示例外部网站", "这里代替城市之外的网站。")),
        "/robots.txt": Answer(body=b"User-agent: *\nDisallow:\n", content_type="text/plain"),
        "/bszs.conac.cn/sitename": Answer(body=_page("党政机关网站标识", "本网站已通过资格复核。")),
        "/dcs.conac.cn/image/red.png": _SEAL,
        "/dcs.conac.cn/image/blue.png": _SEAL,
        "/beian.miit.gov.cn/": Answer(body=_page("备案查询", "备案信息查询。")),
        "/www.beian.gov.cn/portal/registerSystemInfo": Answer(body=_page("公安备案", "备案信息查询。")),
        "/zfwzgl.www.gov.cn/exposure/jiucuo.html": Answer(
            body=_page("我为政府网站找错", "请填写发现的问题。")
        ),
        "/slow/report.html": Answer(body=_page("下载慢的资料", "内容完整，只是服务器较慢。"), delay=2.5),
        "/forbidden/inner.html": Answer(status=403, body=_page("禁止访问", "您没有权限。")),
        "/busy/list.html": Answer(status=429, body=_page("请求过多", "请稍后再试。")),
        "/waf/page.html": Answer(
            status=412,
            body=b"<html><head><script>$_ts=window['$_ts'];if(!$_ts)$_ts={};</script></head><body></body></html>",
        ),
        "/down/page.html": Answer(status=503, body=_page("服务不可用", "系统维护中。")),
        "/flaky/page.html": Answer(
            body=_page("时好时坏的页面", "再看一次就好了。"), behaviour=Behaviour.FAIL_FIRST
        ),
        "/fault/page.html": Answer(status=500, body=_page("系统错误", "程序出错。")),
        "/gone/page.html": Answer(status=410, body=_page("已删除", "该页面已永久移除。")),
        "/loop/a.html": Answer(status=302, headers=(("Location", "/loop/b.html"),)),
        "/loop/b.html": Answer(status=302, headers=(("Location", "/loop/a.html"),)),
        "/soft/missing.html": Answer(
            body=_page("页面不存在", "抱歉，您访问的页面不存在或已被删除，3秒后返回首页。")
        ),
    },
)

SPAM = Host(
    id="spam",
    pages={},
    fallback=Answer(body=_page("示例垃圾网站", "这里代替被植入链接所指的网站。")),
)
