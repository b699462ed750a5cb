"""How much of a site is asked for."""

from typing import Any

from crawler.plan import CrawlPlan, LinkBudget, SitePlan
from crawler.spiders.budget import SAME_QUERY, SAME_TRIED, Budget
from crawler.spiders.leads import Lead
from crawler.spiders.visit import Order, Role, Visit
from domain.target import Site
from tests.crawler.spiders.web import AS_OF, HOME


def budget(**limits: Any) -> Budget:
    site = SitePlan(site=Site(id="s", unit="U", name="n", home=HOME))
    return Budget(CrawlPlan(sites=(site,), as_of=AS_OF, **limits))


def visit(url: str, role: Role = "column") -> Visit:
    return Visit(url=url, key=url, role=role, order=1.0)


def lead(path: str, role: Role = "column", **facts: Any) -> Lead:
    return Lead(url=HOME + path, key=HOME + path, role=role, order=facts.pop("order", 10.0), **facts)


def test_pages_attachments_and_links_have_budgets_of_their_own() -> None:
    own = budget(max_pages=2, max_attachments=1, links=LinkBudget(per_site=2, per_host=1))
    assert own.refuse_visit(visit("http://a/1")) is None
    assert own.refuse_visit(visit("http://a/2", "article")) is None
    assert own.refuse_visit(visit("http://a/3")) == "超出单站页数上限（2 页）"
    assert own.refuse_visit(visit("http://a/4", "attachment")) is None
    assert own.refuse_visit(visit("http://a/5", "attachment")) == ""
    assert own.refuse_visit(visit("http://a/6", "link"), own=False) is None
    assert own.refuse_visit(visit("http://a/7", "link"), own=False) == ""
    assert own.refuse_visit(visit("http://b/8", "link"), own=False) is None
    assert own.refuse_visit(visit("http://c/9", "link"), own=False) == ""


def test_the_sites_own_links_have_only_the_budget_of_the_site() -> None:
    own = budget(links=LinkBudget(per_site=3, per_host=1))
    assert [own.refuse_visit(visit(f"http://a/{n}", "link")) for n in range(4)] == [None, None, None, ""]


def test_a_visit_is_counted_once() -> None:
    own = budget(max_pages=1)
    one = visit("http://a/1")
    assert own.refuse_visit(one) is None
    assert own.refuse_visit(one) is None


def test_addresses_of_one_form_are_bounded() -> None:
    own = budget()
    taken = [
        own.refuse_lead(lead(f"list?id={n}", candidate=True), 1, own=True) for n in range(SAME_QUERY + 5)
    ]
    assert taken.count(None) == SAME_QUERY
    assert taken[-1] == f"同一形式的网址过多（已访问 {SAME_QUERY} 个）"
    tried = [own.refuse_lead(lead(f"cal?d={n}", "link"), 1, own=True) for n in range(SAME_TRIED + 5)]
    assert tried.count(None) == SAME_TRIED
    foreign = [own.refuse_lead(lead(f"x?d={n}", "link"), 1, own=False) for n in range(SAME_TRIED + 5)]
    assert set(foreign) == {None}


def test_depth_and_pages_of_a_list() -> None:
    own = budget(max_depth=3, max_list_pages=4)
    assert own.refuse_lead(lead("a", candidate=True), 3, own=True) is None
    assert own.refuse_lead(lead("b", candidate=True), 4, own=True) == "超过 3 级的栏目深度上限"
    further = {"role": "pager", "order": Order.FURTHER_PAGE}
    assert own.refuse_lead(lead("c", page_no=4, **further), 1, own=True) is None
    assert own.refuse_lead(lead("d", page_no=5, **further), 1, own=True) == ""
    needed = {"role": "pager", "order": Order.NEEDED_PAGE}
    assert own.refuse_lead(lead("e", page_no=8, **needed), 1, own=True) is None
    assert own.refuse_lead(lead("f", page_no=9, **needed), 1, own=True) == ""


def test_links_are_not_even_queued_when_none_are_to_be_tried() -> None:
    assert budget(check_links=False).refuse_lead(lead("a", "link"), 1, own=True) == ""
