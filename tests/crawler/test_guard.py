"""The guard: inner addresses are refused in every spelling, named hosts and allowed networks are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.guard import DANGEROUS_PORTS, GuardPolicy, allowed, refusal

NOBODY = GuardPolicy()


@pytest.mark.parametrize(
    "ip",
    [
        "127.0.0.1",
        "127.8.8.8",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.100.100.200",
        "0.0.0.0",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "192.0.2.1",
        "::",
        "::1",
        "fe80::1",
        "fe80::1%eth0",
        "fd00:ec2::254",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::7f00:1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::a00:1",
        "2002:7f00:1::",
        "2001:0:7f00:1::",
        "not an address",
        "",
    ],
)
def test_inner_addresses_are_refused(ip: str) -> None:
    assert not allowed("www.example.gov.cn", ip, NOBODY)


@pytest.mark.parametrize("ip", ["8.8.8.8", "114.114.114.114", "2001:4860:4860::8888", "::ffff:8.8.8.8"])
def test_public_addresses_are_allowed(ip: str) -> None:
    assert allowed("www.example.gov.cn", ip, NOBODY)


@given(st.ip_addresses(v=4))
def test_an_address_wrapped_in_ipv6_is_judged_like_itself(address: object) -> None:
    assert allowed("a", f"::ffff:{address}", NOBODY) == allowed("a", str(address), NOBODY)


@pytest.mark.parametrize(
    "host", ["intranet.local", "INTRANET.local", "intranet.local.", "intranet.local:8080"]
)
def test_hosts_that_the_registry_names_are_allowed(host: str) -> None:
    assert allowed(host, "10.0.0.5", GuardPolicy(hosts=frozenset({"intranet.local"})))


def test_a_named_host_and_port_does_not_name_other_ports() -> None:
    policy = GuardPolicy(hosts=frozenset({"intranet.local:8080"}))
    assert allowed("intranet.local:8080", "10.0.0.5", policy)
    assert not allowed("intranet.local:9090", "10.0.0.5", policy)


def test_a_name_that_points_at_a_named_host_is_still_another_name() -> None:
    assert not allowed("localhost", "127.0.0.1", GuardPolicy(hosts=frozenset({"127.0.0.1"})))


def test_networks_on_the_allow_list_are_allowed_under_any_name() -> None:
    policy = GuardPolicy(networks=("10.1.0.0/16", "fd00::/8"))
    assert allowed("x.gov.cn", "10.1.2.3", policy)
    assert allowed("x.gov.cn", "::ffff:10.1.2.3", policy)
    assert allowed("x.gov.cn", "fd12::1", policy)
    assert not allowed("x.gov.cn", "10.2.0.1", policy)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("ftp://a.gov.cn/", "不是网页地址"),
        ("file:///etc/passwd", "不是网页地址"),
        ("gopher://127.0.0.1/", "不是网页地址"),
        ("javascript:alert(1)", "不是网页地址"),
        ("http://127.0.0.1/", "内部网络"),
        ("http://127.1/", "内部网络"),
        ("http://2130706433/", "内部网络"),
        ("http://0x7f000001/", "内部网络"),
        ("http://0x7f.1/", "内部网络"),
        ("http://017700000001/", "内部网络"),
        ("http://[::1]/", "内部网络"),
        ("http://[::ffff:10.0.0.1]/x", "内部网络"),
        ("http://169.254.169.254/latest/meta-data/", "内部网络"),
        ("http://a.gov.cn:6379/", "端口 6379"),
        ("http://a.gov.cn:99999/", "写法有误"),
        ("http:///x", "没有主机名"),
    ],
)
def test_addresses_that_are_refused_before_they_are_resolved(url: str, words: str) -> None:
    assert words in refusal(url, NOBODY)


@pytest.mark.parametrize(
    "url",
    [
        "http://www.a.gov.cn/",
        "https://8.8.8.8/",
        "http://12345.gov.cn/x",
        "http://a.gov.cn:8443/",
        "http://1.2.3.4.5/",
    ],
)
def test_addresses_that_may_be_asked_for(url: str) -> None:
    assert refusal(url, NOBODY) == ""


def test_a_port_that_the_registry_names_is_taken_as_meant() -> None:
    assert refusal("http://10.0.0.5:6379/", GuardPolicy(hosts=frozenset({"10.0.0.5", "10.0.0.5:6379"}))) == ""


def test_ports_of_the_web_and_of_test_servers_are_not_dangerous() -> None:
    assert not DANGEROUS_PORTS & {80, 443, 8000, 8080, 8443, 9000}
    assert all(port < 32768 for port in DANGEROUS_PORTS)


@given(st.text(max_size=60))
def test_no_text_makes_the_guard_fail(text: str) -> None:
    assert isinstance(refusal(text, NOBODY), str)
    assert isinstance(allowed(text, text, NOBODY), bool)
