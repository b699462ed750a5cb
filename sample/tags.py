"""The page tags of 国办发〔2017〕47号, whole or with planted gaps, in the spellings met in the wild."""

from html import escape

from sample.content import Article, Column, Plan

Tags = tuple[tuple[str, str], ...]

COLUMN_TYPES = {
    "news": "工作动态",
    "notices": "通知公告",
    "policy_documents": "政策文件",
    "policy_interpretation": "政策解读",
    "consultation": "征集调查",
    "guide": "信息公开指南",
    "regulations": "信息公开制度",
    "catalogue": "信息公开目录",
    "annual_report": "信息公开年报",
    "on_request": "依申请公开",
    "leaders": "负责人信息",
    "organisation": "机构职能",
    "statistics": "数据发布",
    "interaction": "咨询投诉",
    "service_guide": "办事服务",
}


def tags_for(plan: Plan, place: str, column: Column | None, article: Article | None) -> Tags:
    """The tags of one page (place: home, column or article), with what the plan changes."""
    tags = {"SiteName": plan.name, "SiteDomain": plan.domain, "SiteIDCode": plan.identifier}
    if place == "home":
        tags["ColumnType"] = "首页"
    elif column is not None:
        kind = COLUMN_TYPES.get(column.kind, "概况信息")
        tags |= {
            "ColumnName": column.name,
            "ColumnDescription": f"{plan.unit_name}{column.name}栏目，发布{column.name}相关信息",
            "ColumnKeywords": f"{column.name},{plan.short}",
            "ColumnType": kind,
        }
    changes = dict(column.tags) if column is not None and article is None else {}
    if article is not None:
        tags |= {
            "ArticleTitle": article.title,
            "ContentSource": article.source or plan.unit_name,
            "Keywords": plan.short,
            "Author": plan.unit_name,
            "Description": article.title,
        }
        if article.dated_tag:
            tags["PubDate"] = f"{article.day.isoformat()} {article.clock}"
        changes |= dict(article.tags)
    changes |= {
        name.partition(":")[2]: value for name, value in plan.tags.items() if name.partition(":")[0] == place
    }
    for name, value in changes.items():
        if value is None:
            tags.pop(name, None)
        else:
            tags[name] = value
    return tuple(tags.items())


def tags_html(tags: Tags, style: str) -> str:
    """The tags as meta elements: normal, reversed (content first), lower, single (quotes) or upper."""
    return "\n".join(_written(name, escape(value, quote=True), style) for name, value in tags)


def _written(name: str, value: str, style: str) -> str:
    if style == "reversed":
        return f'<meta content="{value}" name="{name}">'
    if style == "lower":
        return f'<meta name="{name.lower()}" content="{value}" />'
    if style == "single":
        return f"<meta name='{name}' content='{value}'>"
    if style == "upper":
        return f'<META NAME="{name}" CONTENT="{value}">'
    return f'<meta name="{name}" content="{value}">'
