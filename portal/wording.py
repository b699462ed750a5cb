"""Chinese words for the figures of a finding and for what a check says of itself."""

import re
import sys
from collections.abc import Mapping
from functools import cache
from typing import Any

from checks.catalogue import all_checks
from domain.target import KIND_TITLES, ColumnKind

FIGURES: Mapping[str, str] = {
    "a_week": "每周应发（条）",
    "answer": "信息源的答复",
    "answered_within": "应在多久内答复",
    "asked_on": "留言日期",
    "counts": "各类处数",
    "days_apart_at_most": "日期相差不超过（天）",
    "found_in": "所在页面或附件",
    "hidden": "是否隐藏",
    "links": "各处链接",
    "on_or_before": "应不晚于",
    "severity": "程度",
    "terms": "各处错误",
    "times": "出现次数",
    "unit": "单位",
    "url": "网址",
    "why": "依据",
    "age_days": "距今天数",
    "answered": "是否已答复",
    "article_date": "正文日期",
    "channels": "互动渠道",
    "channels_at_least": "互动渠道至少",
    "children": "下级栏目",
    "closed": "截止日期",
    "column": "所在栏目",
    "column_kind": "栏目类别",
    "count": "实有数量",
    "count_at_least": "应有数量",
    "days": "天数",
    "days_at_least": "应有天数",
    "days_late": "逾期天数",
    "days_since": "已过天数",
    "dead_links": "失效链接",
    "deadline": "期限",
    "document_links": "文件链接到解读",
    "document_no": "文号",
    "entries": "条目数",
    "entries_at_least": "条目数至少",
    "expected_kind": "应属栏目",
    "failed": "失败次数",
    "failed_percent_below": "失败比例应低于（%）",
    "feedback_within_days": "应在多少天内反馈",
    "fees": "收费说明",
    "first": "起始日期",
    "first_seen": "首次看到",
    "found": "发现内容",
    "found_on": "所在页面",
    "gone": "账号已注销",
    "interactive": "能否互动",
    "interpretation": "解读",
    "interpretation_links": "解读链接到文件",
    "interpretations": "解读数",
    "interpretations_at_least": "解读数至少",
    "interpreted": "解读日期",
    "kind": "类型",
    "last": "截止日期",
    "level": "栏目层级",
    "limit": "期限",
    "limit_days": "期限（天）",
    "list_date": "列表日期",
    "looked_in": "查找范围",
    "mark": "标志",
    "masked": "掩码内容",
    "missing": "缺少",
    "missing_fewer_than": "缺少应少于（类）",
    "newest": "最新一条日期",
    "newest_on_or_after": "最新一条应不早于",
    "pages": "页面数",
    "peers": "相似文本",
    "period": "统计时段",
    "posts": "发布条数",
    "probes": "探测次数",
    "published": "发布日期",
    "published_by": "应在此日前发布",
    "required": "应有",
    "rules": "不符的关系",
    "sampled": "抽查页面",
    "short_weeks": "不足的周",
    "similar_to": "相似对象",
    "similarity": "相似度",
    "similarity_below": "相似度应低于",
    "since": "起始",
    "status": "返回状态",
    "suggest": "建议改为",
    "target": "链接目标",
    "text": "文字",
    "title": "标题",
    "tries": "尝试次数",
    "undated": "未标日期条数",
    "until": "截止",
    "wordings": "可用的名称",
    "words": "文字",
    "working_days": "工作日",
    "working_days_at_most": "工作日不超过",
    "year": "年度",
}

MISSING: Mapping[str, Mapping[str, str]] = {
    "site.footer-incomplete": {
        "identifier_code": "网站标识码",
        "icp": "ICP备案编号",
        "police_record": "公安备案编号",
        "party_gov_mark": "党政机关网站标识",
        "sponsor": "主办单位",
        "contact": "联系方式",
        "site_map": "网站地图",
    },
    "guide": {
        "classification": "信息分类",
        "arrangement": "编排体系",
        "access_methods": "获取方式",
        "office_name": "机构名称",
        "office_address": "办公地址",
        "office_hours": "办公时间",
        "phone": "联系电话",
        "fax": "传真号码",
        "internet_contact": "互联网联系方式",
    },
    "annual-report": {
        "overview": "总体情况",
        "proactive": "主动公开情况",
        "requests": "依申请公开情况",
        "litigation": "行政复议、诉讼情况",
        "problems": "问题及改进",
        "other": "其他事项",
    },
    "on-request": {
        "flowchart": "流程图",
        "instructions": "申请说明",
        "progress_query": "进度查询",
        "online_form": "在线申请",
        "form_download": "申请表下载",
    },
    "leaders": {
        "photo": "照片",
        "name": "姓名",
        "birth": "出生年月",
        "ethnicity": "民族",
        "education": "学历",
        "post": "职务",
        "political_status": "政治面貌",
        "duties": "分工",
        "current_post": "现任职务",
    },
    "organisation": {
        "functions": "职能",
        "offices": "内设机构",
        "office_heads": "负责人",
        "phone": "电话",
        "hours": "办公时间",
    },
    "service-guide": {
        "item_name": "事项名称",
        "basis": "办理依据",
        "conditions": "受理条件",
        "materials": "申请材料",
        "place": "办理地点",
        "time": "办理时间",
        "phone": "联系电话",
        "process": "办理流程",
    },
}

KINDS_OF_LEAK = {"identity_number": "身份证号", "bank_card": "银行卡号", "mobile_number": "手机号"}
_KIND_KEYS = frozenset({"column_kind", "expected_kind", "column"})
_WORDS = {"none": "没有", "ok": "正常", "serious": "严重", "typo": "一般", "identity_number": "身份证号"}
_DAY = re.compile(r"([12]\d{3})-(\d\d)-(\d\d)")
_DAYS = re.compile(rf"{_DAY.pattern}/{_DAY.pattern}")
_SECTION = re.compile(r"^(检查什么|依据|如何判定|示例)：", re.MULTILINE)


def figure_title(key: str) -> str:
    """The Chinese name of a figure; the key itself where none is known."""
    return FIGURES.get(key, key)


def figure_words(check: str, key: str, value: Any) -> str:
    """A figure's value in Chinese."""
    if value is None:
        return "无"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list | tuple):
        return "、".join(figure_words(check, key, each) for each in value) or "无"
    if isinstance(value, dict):
        return "；".join(
            f"{in_days(_WORDS.get(str(k), figure_title(str(k))))}：{figure_words(check, str(k), v)}"
            for k, v in value.items()
        )
    text = str(value)
    if key in _KIND_KEYS:
        return KIND_TITLES.get(ColumnKind(text), text) if text in set(ColumnKind) else text
    if key == "kind":
        return KINDS_OF_LEAK.get(text, text)
    if key in ("missing", "required"):
        return (MISSING.get(check) or MISSING.get(check.partition(".")[0]) or {}).get(text, text)
    return _WORDS.get(text) or in_days(text)


def in_days(text: str) -> str:
    """A day or a span of days in Chinese form; other text as it is."""
    if _DAY.fullmatch(text):
        year, month, day = text.split("-")
        return f"{year}年{int(month)}月{int(day)}日"
    if _DAYS.fullmatch(text):
        first, _, last = text.partition("/")
        return f"{in_days(first)}至{in_days(last)}"
    return text


def addresses_in(value: Any) -> list[str]:
    """The addresses of a figure that consists of nothing else; empty for any other."""
    many = list(value) if isinstance(value, list | tuple) else [value]
    fine = all(isinstance(each, str) and each.startswith(("http://", "https://")) for each in many)
    return many if fine else []


@cache
def explanation(check_id: str) -> tuple[tuple[str, str], ...]:
    """What a check says of itself, by section: what it judges, on what basis, how, an example."""
    check = all_checks().get(check_id)
    if check is None:
        return ()
    text = (sys.modules[check.judge.__module__].__doc__ or "").strip()
    parts = _SECTION.split(text)
    return tuple(
        (title, body.replace("\n", "").strip()) for title, body in zip(parts[1::2], parts[2::2], strict=True)
    )


ACTS: Mapping[str, str] = {
    "sign_in": "登录",
    "sign_in_failed": "登录失败",
    "locked": "登录锁定",
    "sign_out": "退出",
    "password": "修改密码",
    "person_added": "新增用户",
    "person_changed": "修改用户",
    "password_reset": "重置密码",
    "token_added": "新增令牌",
    "token_revoked": "作废令牌",
    "confirmed": "认定",
    "dismissed": "不予认定",
    "exempted": "免责",
    "notified": "通知单位",
    "rectifying": "开始整改",
    "closed": "办结",
    "detected": "重新核实",
    "answer": "提交答复",
    "appeal": "提交申诉",
    "recheck": "申请复查",
    "appeal_upheld": "申诉成立",
    "appeal_rejected": "申诉不成立",
    "scan": "发起巡检",
    "night_run": "立即运行任务",
    "night_pause": "暂停任务",
    "night_resume": "恢复任务",
    "night_release": "解除暂缓",
    "night_closure": "登记计划停运",
    "night_closure_withdrawn": "撤回计划停运",
    "night_retry": "重发通知",
    "recheck_now": "立即复查",
    "registry": "修改名录",
    "records": "导入记录",
    "self_score": "填报自评",
    "ledger": "记账",
    "freeze": "封账",
    "reversal": "冲销",
    "settings": "修改设置",
    "export": "导出",
    "sensitive": "查看敏感佐证",
    "verify": "核验佐证",
    "set_up": "建立管理员",
}


DETAILS: Mapping[str, str] = {
    "active": "可登录",
    "added": "新增条数",
    "already": "已有条数",
    "by": "方式",
    "days": "天数",
    "due": "整改期限",
    "file": "文件",
    "files": "附件",
    "kind": "种类",
    "line": "指标",
    "number": "条数",
    "ok": "完好",
    "problems": "问题数",
    "reason": "理由",
    "role": "角色",
    "rows": "记账条数",
    "scopes": "范围",
    "sites": "网站数",
    "token": "令牌",
    "unit": "单位",
    "units": "单位数",
    "until": "截止",
    "value": "改为",
}
_DETAIL_WORDS = {"oidc": "统一身份认证", "read": "读取", "review": "核实与通知", "answer": "答复与申诉"} | {
    "scan": "发起巡检",
    "admin": "系统管理员",
    "supervisor": "考核负责人",
    "reviewer": "审核员",
    "liaison": "单位联络员",
    "reader": "只读用户",
}


def details(detail: Mapping[str, Any], thing: str) -> list[tuple[str, str]]:
    """What the log says more of an act: titles and words; what merely repeats its object is left out."""
    found = []
    for key, value in detail.items():
        if value in ("", None, []) or (key in ("cases", "case") and str(thing) in (value, *_many(value))):
            continue
        if key == "cases":
            found.append(("问题", f"{len(value)} 项"))
            continue
        words = "、".join(_detail_word(each) for each in _many(value))
        found.append((DETAILS.get(key, key), words))
    return found


def _many(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _detail_word(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return _DETAIL_WORDS.get(str(value)) or in_days(str(value))


def act_title(act: str) -> str:
    """What was done, in Chinese."""
    return ACTS.get(act, act)
