"""Marks of protection systems."""

import pytest

from crawler.challenge import block_words, decode_roughly, header_mark, outage, script_mark


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (b"<script>$_ts=window['$_ts']</script>", "瑞数动态防护"),
        (b"document.cookie='__jsl_clearance_s=1'", "加速乐防护"),
        (b"var arg1='x';setCookie('acw_sc__v2',x)", "阿里云防护"),
        (b"https://errors.aliyun.com/error?from=1", "阿里云防护"),
        (b"security_session_verify", "云锁防护"),
        (b"wzws-waf-cgi", "360 网站卫士"),
        (b"/cdn-cgi/challenge-platform/h/b", "Cloudflare 防护"),
        (b"<script src='/TSPD/08a'>", "F5 防护"),
        (b"/_Incapsula_Resource?x", "Imperva 防护"),
        (b"safeline_bot_token", "雷池防护"),
        (b"/_guard/slide.js", "滑块验证防护"),
        ("<p>正文</p>".encode(), ""),
        (b"", ""),
    ],
)
def test_scripts(body: bytes, name: str) -> None:
    assert script_mark(body) == name


def test_marks_far_down_a_page_are_not_looked_for() -> None:
    assert script_mark(b"x" * 70_000 + b"__jsl_clearance") == ""


def test_headers() -> None:
    assert header_mark({"set-cookie": "abc; __jsl_clearance=1"}) == "加速乐防护"
    assert header_mark({"server": "nginx"}) == ""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("您的请求已被拦截", True),
        ("由于您的访问行为存在威胁", True),
        ("网站防火墙", True),
        ("请进行人机验证", True),
        ("访问过于频繁，请稍后再试", True),
        ("Access Denied", True),
        ("您的访问请求可能对网站造成安全威胁，已被拦截，请求ID：123", True),
        ("您的IP：10.2.3.4 已被封禁", True),
        ("网站当前访问量较大，请拖动滑块完成验证后继续访问", True),
        ("访问验证 请点击按钮开始验证", True),
        ("系统检测到您的网络环境存在异常，请完成验证", True),
        ("Sorry, your request has been blocked as it may cause potential threats.", True),
        ("Protected by 安恒WAF", True),
        ("登录 注册 请输入验证码 点击获取验证码", False),
        ("通知公告 政策文件 政策解读", False),
        ("关于禁止露天焚烧秸秆的通告", False),
        ("", False),
    ],
)
def test_words(text: str, found: bool) -> None:
    assert bool(block_words(text)) is found


@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_both_charsets_are_read(charset: str) -> None:
    assert "拦截" in decode_roughly("您的访问被拦截".encode(charset))


def test_a_character_cut_at_the_end_does_not_change_the_charset() -> None:
    body = ("拦" * 30_000).encode()
    assert decode_roughly(body).startswith("拦拦")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("系统维护中，请稍后访问", True),
        ("网站正在升级维护，暂停服务", True),
        ("Service Unavailable", True),
        ("本栏目正在建设中", False),
        ("设备维护科 通知公告", False),
    ],
)
def test_words_of_maintenance(text: str, found: bool) -> None:
    assert bool(outage(text)) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Microsoft VBScript 运行时错误 错误 '800a01a8' 缺少对象 /list.asp，行 12", True),
        ("Warning: mysql_connect(): Too many connections in /list.php on line 12", True),
        ("HTTP Status 500 - java.lang.NullPointerException", True),
        ("“/”应用程序中的服务器错误。运行时错误", True),
        ("数据库连接失败，请稍后再试", True),
        ("关于开展 Java 语言培训的通知", False),
        ("县政务数据库建设情况", False),
    ],
)
def test_a_page_that_shows_its_program_s_error_is_no_content(text: str, found: bool) -> None:
    assert outage(text).startswith("网站程序出错") is found
