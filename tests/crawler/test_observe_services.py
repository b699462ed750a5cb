"""Leaders, organisation, service guides, messages, ways to ask, documents and links as they are found."""

import pytest

from crawler.classify import Failure, classify_failure
from crawler.observe import observe
from domain.observation import Document, LinkState, Message, Particulars, Seen, SiteObservation, Unseen
from domain.page import Form, Page, PageKind, Region
from domain.snapshot import FetchStatus
from domain.target import ColumnKind
from domain.walk import Walk
from tests.observations import AS_OF, SITE, url
from tests.walks import article, home, item, links, page, registry, sighting, unseen_at, walk, walked

LEADER = "姓名：张三\n民族：汉族\n出生年月：1970年5月\n学历：大学\n政治面貌：中共党员\n分工：主持全面工作"


def seen_on(one: Walk) -> SiteObservation:
    return observe(SITE, registry(), one, as_of=AS_OF)


# -- leaders and organisation ------------------------------------------------------------------------


def leaders_of(*entries, pages, **more) -> tuple[Particulars, ...]:
    column = page("ld/", title="领导信息", items=entries, **more)
    return seen_on(walked(home(("ld/", "领导信息")), column, *pages)).leaders.get()


def test_each_leader_has_a_page_and_news_of_leaders_are_none() -> None:
    found = leaders_of(
        item("ld/1.html", "2026-01-01", "张三 局长"),
        item("ld/2.html", "2026-01-01", "王五"),
        item("ld/3.html", "2026-01-01", "张三局长调研医院"),
        item("ld/4.html", "2026-01-01", "大事记"),
        pages=[
            article("ld/1.html", "张三", text=LEADER),
            article("ld/2.html", "王五", text=LEADER),
            article("ld/3.html"),
            article("ld/4.html"),
        ],
    )
    assert [page.url for page in found] == [url("ld/1.html"), url("ld/2.html")]
    assert {"birth", "ethnicity", "duties"} <= found[0].stated.get()


def test_a_leader_is_known_by_the_entry_where_the_link_says_all_that_stands_on_a_card() -> None:
    """The whole card is one link: its text is longer than any name and post."""
    card = "20 2026-04 王五 副局长 1971年5月出生，大学学历，中共党员，点击查看详细内容"
    found = leaders_of(
        item("ld/1.html", "2026-01-01", "张三 局长"),
        item("ld/2.html", "2026-01-01", "王五 副局长"),
        item("ld/3.html", "2026-01-01", "局长张三主持召开会议"),
        links=links(Region.LIST, ("ld/1.html", "张三"), ("ld/2.html", card), ("ld/3.html", "局长张三主…")),
        pages=[
            article("ld/1.html", "张三", text=LEADER),
            article("ld/2.html", "王五", text=LEADER),
            article("ld/3.html", text=LEADER),
        ],
    )
    assert [(page.url, page.title) for page in found] == [
        (url("ld/1.html"), "张三 局长"),
        (url("ld/2.html"), "王五 副局长"),
    ]


def test_leaders_on_one_page_are_judged_there_and_an_unread_one_is_unread() -> None:
    one = walked(home(("ld/", "领导信息")), article("ld/", "领导信息", text=LEADER))
    assert [page.url for page in seen_on(one).leaders.get()] == [url("ld/")]
    entry = item("ld/1.html", "2026-01-01", "张三 局长")
    listed = walked(home(("ld/", "领导信息")), page("ld/", items=(entry,)), article("ld/1.html", text=LEADER))
    hidden = seen_on(unseen_at(listed, ["ld/1.html"])).leaders.get()
    assert isinstance(hidden[0].stated, Unseen)


def test_leaders_whose_pages_are_columns_are_known_by_what_these_say() -> None:
    """A page for each leader may be a column of its own; a mailbox named after a post is none of them."""
    people = links(Region.OTHER, ("ld/zs/", "张三"), ("ld/xx/", "局长信箱"), ("ld/fg/", "分工"))
    one = walked(
        home(("ld/", "领导信息")),
        page("ld/", PageKind.SECTION, title="领导信息", links=people, text="张三"),
        article("ld/zs/", "张三", text=LEADER),
        page("ld/xx/", PageKind.FORM, title="局长信箱", text="写信人姓名，民族，职务：局长"),
        page("ld/fg/", PageKind.SECTION, title="分工", text="张三主持局全面工作。"),
    )
    found = seen_on(one).leaders.get()
    assert [found.url for found in found] == [url("ld/zs/")]


NO_DUTIES = "张三，男，汉族，1975年6月出生，大学学历，中共党员，现任市卫生健康委员会主任。"


def test_duties_on_a_page_of_their_own() -> None:
    """Linked from the leader's page, or one for all of them that names the leader."""
    person = article(
        "ld/1.html", "张三", text=NO_DUTIES, links=links(Region.OTHER, ("ld/1/fg.html", "工作分工"))
    )
    entry = item("ld/1.html", "2026-01-01", "张三")
    own = walked(
        home(("ld/", "领导信息")),
        page("ld/", title="领导信息", items=(entry,), links=links(Region.OTHER, ("ld/1/fg.html", "资料"))),
        person,
        article("ld/1/fg.html", "工作分工", text="主持全面工作，分管人事。"),
    )
    assert "duties" in seen_on(own).leaders.get()[0].stated.get()
    hidden = seen_on(unseen_at(own, ["ld/1/fg.html"])).leaders.get()[0].stated
    assert isinstance(hidden, Seen)
    assert not hidden.complete


@pytest.mark.parametrize(("words", "told"), [("张三：主持全面工作。", True), ("李四：分管财务。", False)])
def test_duties_on_a_page_for_all(words: str, told: bool) -> None:
    entries = (
        item("ld/1.html", "2026-01-01", "张三"),
        item("ld/fg.html", "2026-01-02", "委领导班子成员分工"),
    )
    one = walked(
        home(("ld/", "领导信息")),
        page("ld/", title="领导信息", items=entries),
        article("ld/1.html", "张三", text=NO_DUTIES),
        article("ld/fg.html", "委领导班子成员分工", text=words),
    )
    stated = {found.url: found.stated for found in seen_on(one).leaders.get()}[url("ld/1.html")]
    assert ("duties" in stated.get()) is told
    assert stated.complete  # type: ignore[union-attr]


def test_an_organisation_s_contacts_may_stand_on_a_page_of_their_own() -> None:
    parts = links(Region.OTHER, ("jg/lx/", "联系方式"), ("jg/bd/", "本地风光"))
    one = walked(
        home(("jg/", "机构概况")),
        page("jg/", PageKind.SECTION, title="机构概况", links=parts, text="主要职责"),
        article("jg/lx/", "联系方式", text="办公时间：工作日8:30-17:30，联系电话：0512-52881234"),
        article("jg/bd/", "本地风光", text="科长：张三"),
    )
    stated = seen_on(one).organisations.get()[0].stated
    assert stated == Seen(frozenset({"phone", "hours"}), stated.sight)


def test_a_logo_on_a_short_page_hides_nothing() -> None:
    short = {"text": "办公时间：工作日8:30-17:30", "images": (url("images/logo.png"), url("img/icon_1.gif"))}
    one = walked(home(("jg/", "机构职能")), article("jg/", "机构职能", **short))
    assert seen_on(one).organisations.get()[0].stated.whole() == {"hours"}
    chart = walked(
        home(("jg/", "机构职能")), article("jg/", "机构职能", **{**short, "images": (url("a/1.jpg"),)})
    )
    stated = seen_on(chart).organisations.get()[0].stated
    assert isinstance(stated, Seen)
    assert not stated.complete


def test_organisation_pages_are_read_together() -> None:
    column = page("jg/", title="机构职能", items=(item("jg/1.html", title="内设机构设置情况"),), text="")
    duties = "主要职责：负责全市卫生健康工作，贯彻执行法律法规。组织实施规划。"
    one = walked(home(("jg/", "机构职能")), column, article("jg/1.html", "内设机构", text=duties))
    found = seen_on(one).organisations.get()
    assert [(page.url, page.unit) for page in found] == [(url("jg/"), "U01")]
    assert "functions" in found[0].stated.get()
    hidden = seen_on(unseen_at(one, ["jg/1.html"])).organisations.get()[0].stated
    assert isinstance(hidden, Seen)
    assert not hidden.complete


# -- services, messages, channels ----------------------------------------------------------------------


def test_service_guides_are_the_entries_that_speak_of_a_service() -> None:
    entries = (
        item("bs/1.html", "2026-01-01", "卫生许可证办理"),
        item("bs/2.html", "2026-01-01", "关于窗口搬迁的通知"),
    )
    column = page("bs/", title="办事服务", items=entries)
    text = "申请条件：年满十八周岁的公民\n联系电话：0512-52881234"
    one = walked(home(("bs/", "办事服务")), column, article("bs/1.html", text=text), article("bs/2.html"))
    found = seen_on(one).services.get()
    assert [page.url for page in found] == [url("bs/1.html")]
    assert {"conditions", "phone", "item_name"} <= found[0].stated.get()
    assert isinstance(seen_on(unseen_at(one, ["bs/1.html"])).services.get()[0].stated, Unseen)


def message_on(text: str, day: str | None = None) -> Walk:
    column = page("xx/", title="局长信箱", items=(item("xx/1.html", day, "咨询医保报销问题"),))
    return walked(home(("xx/", "局长信箱")), column, article("xx/1.html", "咨询医保报销问题", text=text))


def only_message(one: Walk) -> Message:
    messages = seen_on(one).messages.get()
    assert len(messages) == 1
    return messages[0]


def test_message_is_answered_when_its_page_says_so() -> None:
    found = only_message(message_on("来信时间：2026-01-05\n来信内容：请问。\n答复内容：您好，可以报销。"))
    assert found.answered.get() is True
    assert str(found.asked_on.get()) == "2026-01-05"


def test_message_without_an_answer_and_one_that_was_not_read() -> None:
    one = message_on("来信时间：2026-01-05\n来信内容：请问。\n答复内容：", "2026-01-05")
    assert only_message(one).answered.get() is False
    hidden = only_message(unseen_at(one, ["xx/1.html"]))
    assert isinstance(hidden.answered, Unseen)
    assert str(hidden.asked_on.get()) == "2026-01-05"


def test_channels_that_count_and_a_site_not_seen_whole() -> None:
    one = walked(home(("xx/", "局长信箱"), channels=("petition", "message")), page("xx/"))
    channels = seen_on(one).channels
    assert isinstance(channels, Seen)
    assert (channels.fact, channels.complete) == (frozenset({"message"}), True)
    hidden = seen_on(unseen_at(one, ["xx/"])).channels
    assert isinstance(hidden, Seen)
    assert not hidden.complete


# -- documents -----------------------------------------------------------------------------------------


def test_document_knows_its_column_date_links_and_files() -> None:
    column = page("zc/", title="政策文件", items=(item("zc/1.html", "2026-05-06", "关于就业的意见"),))
    one = walked(
        home(("zc/", "政策文件")),
        column,
        article(
            "zc/1.html",
            "关于就业的意见",
            links=links(Region.BODY, ("jd/1.html;jsessionid=AB12CD34", "解读"))
            + links(Region.FOOT, ("x", "页脚")),
            attachments=[("zc/1.doc", "附件.doc")],
            document_no="示政发〔2026〕1号",
            tags={"PubDate": "2026-05-06 10:30"},
        ),
        page("zc/1.doc", PageKind.DOCUMENT, text="附件内容"),
    )
    found = {document.url: document for document in seen_on(one).documents.get()}
    document = found[url("zc/1.html")]
    assert (document.column, document.kind, document.unit) == (url("zc/"), ColumnKind.POLICY_DOCUMENTS, "U01")
    assert str(document.day.get()) == "2026-05-06"
    assert [link.url for link in document.links] == [url("jd/1.html")]
    assert document.attachments[0].text.get() == "附件内容"
    assert document.at is not None
    assert document.at.hour == 10
    hidden = seen_on(unseen_at(one, ["zc/1.doc"])).documents.get()
    assert isinstance(hidden[0].attachments[0].text, Unseen)


def test_unread_article_leaves_documents_whole_only_when_a_column_lists_it() -> None:
    column = page("zc/", title="政策文件", items=(item("zc/1.html", "2026-05-06"),))
    front = home(("zc/", "政策文件"), items=(item("loose.html", title="首页上的一条信息"),))
    one = walked(front, column, article("zc/1.html"), article("loose.html"))

    def whole(*paths: str) -> bool:
        documents = seen_on(unseen_at(one, paths)).documents
        assert isinstance(documents, Seen)
        return documents.complete

    assert whole()
    assert whole("zc/1.html")
    assert not whole("loose.html")


# -- links ---------------------------------------------------------------------------------------------

FAR = "http://far.test/page"
DEAD = classify_failure(Failure.DNS)
REFUSED = classify_failure(Failure.CONNECTION_REFUSED)
LOST = classify_failure(Failure.CONNECTION_LOST)
LOOP = classify_failure(Failure.REDIRECT_LOOP)


def tried(*tries: tuple[FetchStatus, int | None, str]):
    front = home((FAR, "省级平台"))
    found = [
        sighting(None, FAR, role="link", status=status, http_status=code, detail=detail, asked_as="省级平台")
        for status, code, detail in tries
    ]
    other = sighting(None, "http://alive.test/", role="link", http_status=200)
    one = walk(sighting(front, role="home"), other, *found)
    return next(link for link in seen_on(one).links.get() if link.url == FAR)


GONE = (FetchStatus.GONE, 404, "页面不存在（HTTP 404）")
ALIVE = (FetchStatus.OK, 200, "")


@pytest.mark.parametrize(
    ("answer", "state", "status"),
    [
        (GONE, LinkState.BROKEN, "404"),
        ((FetchStatus.GONE, 200, "软404：页面显示内容不存在"), LinkState.BROKEN, "软404"),
        ((FetchStatus.HTTP_ERROR, 500, "服务器出错（HTTP 500）"), LinkState.BROKEN, "500"),
        ((FetchStatus.HTTP_ERROR, None, LOOP.detail), LinkState.BROKEN, "重定向循环"),
        ((FetchStatus.UNREACHABLE, None, DEAD.detail), LinkState.BROKEN, DEAD.detail),
        ((FetchStatus.UNREACHABLE, None, REFUSED.detail), LinkState.BROKEN, REFUSED.detail),
        ((FetchStatus.UNREACHABLE, None, LOST.detail), LinkState.UNKNOWN, LOST.detail),
        ((FetchStatus.HTTP_ERROR, 503, "服务器出错（HTTP 503）"), LinkState.UNKNOWN, "503"),
        ((FetchStatus.HTTP_ERROR, 400, "服务器拒绝了请求（HTTP 400）"), LinkState.UNKNOWN, "400"),
        ((FetchStatus.TIMEOUT, None, ""), LinkState.UNKNOWN, "响应超时"),
        (
            (FetchStatus.BLOCKED, 412, "被防护系统拦截（HTTP 412）"),
            LinkState.UNKNOWN,
            "被防护系统拦截（HTTP 412）",
        ),
    ],
)
def test_what_two_tries_tell(answer, state: LinkState, status: str) -> None:
    link = tried(answer, answer)
    assert (link.state, link.status, link.tries) == (state, status, 2)
    assert link.found_on == (url(""),)
    assert link.text == "省级平台"


def test_one_failure_is_not_enough_and_one_success_is() -> None:
    assert tried(GONE).state is LinkState.UNKNOWN
    assert tried(GONE, ALIVE).state is LinkState.ALIVE
    assert tried((FetchStatus.TIMEOUT, None, ""), GONE).state is LinkState.UNKNOWN


def test_links_never_tried_leave_the_links_incomplete() -> None:
    one = walk(sighting(home((FAR, "省级平台")), role="home"))
    found = seen_on(one).links
    assert isinstance(found, Seen)
    assert not found.complete


@pytest.mark.parametrize(
    ("name", "form", "channels"),
    [
        ("互动交流", Form(action="", text="标题 内容 提交", fields=("a", "b")), {"message"}),
        ("互动交流", Form(action="", text="检索", fields=("word",)), set()),
        ("互动交流", Form(action="", text="登录", fields=("name", "password")), set()),
        ("网上信访", Form(action="", text="标题 内容 提交", fields=("a", "b", "c")), set()),
    ],
)
def test_a_form_of_an_interaction_column_is_a_way_to_ask(name: str, form: Form, channels: set[str]) -> None:
    one = walked(home(("hd/", name)), page("hd/", PageKind.FORM, title=name, forms=(form,)))
    assert seen_on(one).channels.get() == channels


def test_an_organisation_column_that_lists_only_notices_proves_nothing_missing() -> None:
    notice = item("jg/1.html", "2026-06-01", "关于某同志任职的通知")
    profile = item("jg/1.html", "2026-06-01", "机构简介")
    for entry, complete in ((notice, False), (profile, True)):
        column = page("jg/", title="机构信息", items=(entry,))
        one = walked(home(("jg/", "机构信息")), column, article("jg/1.html", text="任命李四为科员。" * 10))
        stated = seen_on(one).organisations.get()[0].stated
        assert isinstance(stated, Seen)
        assert stated.complete is complete
        assert ("没有读到介绍机构的页面" in stated.sight.note) is not complete


# -- what an article shows in frames -------------------------------------------------------------------


def framed(path: str, *more: Page, text: str = "") -> Walk:
    column = page("tz/", title="通知公告", items=(item("tz/1.html", "2026-06-01"),))
    pointer = article("tz/1.html", text=text, frames=(path,))
    return walked(home(("tz/", "通知公告")), column, pointer, *more)


def document_of(one: Walk) -> Document:
    return next(d for d in seen_on(one).documents.get() if d.url == url("tz/1.html"))


def test_an_article_says_what_its_frame_shows() -> None:
    shown = page("f/1.html", PageKind.OTHER, text="内嵌的正文", links=links(Region.BODY, ("x.html", "原文")))
    read = document_of(framed("f/1.html", shown))
    assert read.text == "内嵌的正文"
    assert [link.url for link in read.links] == [url("x.html")]
    assert read.attachments == ()
    own = document_of(framed("f/1.html", shown, text="自己的正文" * 60))
    assert "内嵌的正文" not in own.text


def test_a_frame_that_was_not_read_leaves_a_gap_and_others_sites_frames_do_not() -> None:
    shown = page("f/1.html", PageKind.OTHER, text="内嵌的正文")
    [gap] = document_of(unseen_at(framed("f/1.html", shown), ["f/1.html"])).attachments
    assert gap.name == "内嵌页面"
    assert isinstance(gap.text, Unseen)
    assert document_of(framed("http://video.example.com/player")).attachments == ()
    assert document_of(framed("f/gone.html")).attachments == ()


def test_a_file_that_cannot_be_made_out_says_why() -> None:
    column = page("tz/", title="通知公告", items=(item("tz/1.html", "2026-06-01"),))
    pointer = article("tz/1.html", text="见附件", attachments=[("a.zip", "名单.zip")])
    archive = page("a.zip", PageKind.DOCUMENT, shell="压缩包，本系统不解压读取，须由人工核对")
    one = walked(home(("tz/", "通知公告")), column, pointer, archive)
    [file] = document_of(one).attachments
    assert isinstance(file.text, Unseen)
    assert "本系统不解压读取" in file.text.sight.reason()
