"""市文广旅局: cards with the day apart from the month; no interaction, no report, no dates."""

from dataclasses import replace
from datetime import date

from sample.building import site_of
from sample.content import Footer, Plan
from sample.healthy import healthy
from sample.moment import days_ago
from sample.obstacles import BOMB
from sample.planting import (
    dated,
    in_plain_words,
    link,
    listing,
    note,
    page,
    with_none_in_charge,
    without_link,
)
from sample.prose import articles
from sample.prose.report import report
from sample.truth import Expected, fault, trap
from sample.units import profiles

UNIT = profiles()["U10"]


def _plan() -> Plan:
    plan = healthy(UNIT, "s10", "cards").without("shpy").without("hdjl")
    marks = Footer().marks - {"police_record"}
    plan = plan.changing(footer=Footer(marks=marks), tags={"article:PubDate": None})
    bare = tuple(
        replace(entry, dated_list=False, dated_page=False, dated_tag=False)
        for entry in dated(UNIT, "notices", "tz", days_ago(8), days_ago(30), days_ago(70))
    )
    lost = "<p class='note'>失物招领：阅览证持有人吴某（证件号码1101051949****002X）。</p>"
    plan = plan.editing("gzdt", body=lost)
    plan = plan.editing("tzgg", articles=bare).changing(home_keys=("gzdt", "zcwj"))
    old = (report(UNIT, 2024, date(2025, 1, 20)), report(UNIT, 2023, date(2024, 1, 24)))
    plan = plan.editing("zfxxgknb", articles=old)
    plan = plan.rewriting("zcwj2", body=without_link(plan.article("zcwj2"), "相关解读"))
    plan = plan.rewriting("zcjd2", body=without_link(plan.article("zcjd2"), "政策原文"))
    petition = page("xfjb", "信访举报", "other", "信访事项请到市信访局来访接待中心反映，工作日接待。")
    discipline = page("jjjd", "纪检监督", "other", "反映党员干部违纪问题，请向派驻纪检监察组举报。")
    calls = articles.consultation(
        UNIT, "zj9", 0, days_ago(11), days_ago(-9), period="公众可自本公告发布之日起20日内提出意见。"
    )
    opinions = listing("yjzj", "征求意见", "consultation", calls)
    show = note(
        UNIT,
        "xw8",
        "乡村旅游季启动",
        days_ago(4),
        "开幕式上奏唱中华人名共和国国歌。",
        "本季活动从7月初持续到8月下旬，共有十余场演出，时间以景区公告为准。",
        "去年活动回顾：" + link("@@out@@/gone/page.html", "乡村旅游季专题"),
    )
    show = replace(show, path="/专题 活动/乡村旅游季.html")
    plan = plan.adding("", opinions, petition, discipline).posting("gzdt", show)
    return with_none_in_charge(in_plain_words(plan))


SITE = site_of(
    _plan(),
    (
        fault("policy.mostly-text", "zcjd", "解读都是纯文字", reminder=True, non_text=0),
        fault("leaders.none-in-charge", "ldxx", "三位领导的分工都没有提到政务公开", reminder=True),
        fault(
            "column.missing", "=public_supervision", "没有社会监督评议栏目", schemes=("shuangyashan-2019",)
        ),
        fault("column.stale", "tzgg", "列表、正文、标签都没有日期，视为未更新", newest=None),
        fault(
            "column.stale",
            "zfxxgknb",
            "年报栏目最新一篇是去年1月发布的",
            schemes=("changshu-2020",),
            newest="2025-01-20",
        ),
        fault("annual-report.missing", "=annual_report:2025", "只有前两年的年报", deadline="2026-01-31"),
        fault("site.footer-incomplete", "home", "页脚没有公安备案号", missing=["police_record"]),
        fault("site.tags-missing", "home", "文章页没有 PubDate", missing=["article:PubDate"]),
        fault("content.wording", "xw8", "国名写错一字"),
        fault("site.broken-link", "@@out@@/gone/page.html", "链接的页面已删除（410）", status=410),
        fault("policy.unlinked", "zcwj2", "文件和解读互不链接"),
        fault("consultation.short", "zj9", "发布之日起20日", days=20),
        fault("interaction.no-channel", "home", "只有信访和纪检渠道，不算咨询渠道"),
        trap("column.stale", "gzdt", "日期的日和年月分开写", Expected.PASS),
        trap("column.empty", "zbcg", "压缩包炸弹，不解到底", Expected.INCONCLUSIVE),
        trap("content.privacy", "gzdt", "列表页上的证件号已遮盖", Expected.PASS),
        trap("column.date-suspect", "xw8", "正文里有将来的活动时间"),
        trap("policy.no-interpretation", "zcwj2", "有解读，只是没有链接"),
        trap("consultation.no-feedback", "zj9", "征集还没有结束"),
    ),
    about="卡片式列表；没有互动渠道，没有上年年报，通知不标日期",
    over={"~zbcg": BOMB},
)
