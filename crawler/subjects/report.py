"""Annual reports on information disclosure: which pages are one, for which year, their text masked.

Sections and tables are read by the checks' own readers, which judge them too.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

from checks.annual_report.sections import SECTION_TITLES, read_sections, report_sections
from checks.annual_report.tables import ReportTables, report_tables

__all__ = [
    "ReportTables",
    "is_report",
    "masked_text",
    "read_sections",
    "report_sections",
    "report_tables",
    "report_year",
]

_DIGITS = str.maketrans("〇○零O一二三四五六七八九", "0000123456789")
_HAN_YEAR = re.compile(r"[二2][〇○零O0][〇○零O一二三四五六七八九\d]{2}(?=年)")
_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*年?\s*(度)?(?!\d|[.\-/年]?\d{1,2}[月.\-/])")
_PERIOD = re.compile(
    r"(20\d\d)\s*年\s*0?1\s*月\s*0?1\s*日.{0,10}?(?:12\s*月\s*31\s*日|年底|12月底)", re.DOTALL
)
_OF_YEAR = re.compile(r"(20\d\d)\s*年(?:度)?[^。\n]{0,30}?(?:信息公开|政务公开)[^。\n]{0,12}?(?:报告|年报)")
_LAST_MONTH = 6
"""A report without a year that came out in the first half of a year is taken to be about the year before."""

_NAMED = re.compile(
    r"(?<!企业)(?<!国企)(?<!环境)(?<!医院)(?<!学校)(?:政府信息|政务信息|信息公开|政务公开|政府公开)"
    r"(?:公开|和政务公开|与政务公开|及政务公开)?(?:工作)?(?:情况)?(?:的)?(?:20\d\d)?(?:年度|年)?(?:年度)?(?:工作)?(?:情况)?(?:总结)?(?:报告|年报)"
)
_BARE = re.compile(r"20\d\d\s*年?\s*(?:度)?\s*(?:工作)?(?:年报|年度报告|报告)\s*(?:[(].*[)])?$")
_ABOUT_REPORTS = re.compile(
    r"指引|格式|模板|样式|范本|参考文本|填报|填写|编制(?:工作|说明|要求|发布|情况)|报送|做好|催报|培训|会议|座谈|研讨|解读|图解"
    r"|读懂|评估|测评|考核|自查|督查|征求|意见稿|要点|通报|简报|申请表|汇编|合集|链接|专栏|第三方|答复|审查意见"
    r"|季度|季报|上半年|下半年|月报|半年报"
)
_OTHER_REPORTS = re.compile(
    r"企业|国企|公司|网站|财务|财政|统计|审计|法治|预算|决算|绩效|信用|环境|社会组织|个体|质量|内控|内部控制|慈善|合作社|工作报告"
)
_CALL = re.compile(r"(?:关于)?.{0,20}(?:开展|推进|加强|组织|启动|规范).{0,40}(?:通知|函|意见)$")

_HEADINGS = "|".join(re.escape(title) for title in sorted(SECTION_TITLES.values(), key=len, reverse=True))
_CAPTION = re.compile(
    rf"^.{{0,8}}(?:{_HEADINGS}).{{0,6}}$|第二十条第|信息内容|本年制发件数|本年废止件数|现行有效件数|本年处理决定数量|本年收费金额|"
    r"勾稽关系|申请人情况|法人或其他组织|本年新收政府信息|上年结转政府信息|结转下年度|本年度办理结果|予以公开|不予公开|部分公开|"
    r"无法提供|不予处理|其他处理|属于|危及|保护第三方|禁止公开|本机关不掌握|没有现成信息|补正后|信访举报|重复申请|公开出版物|大量反复|确认或重新出具|"
    r"逾期|结果维持|结果纠正|其他结果|尚未审结|未经复议|复议后起诉|^(?:行政)?(?:复议|诉讼|许可|处罚|强制|事业性收费)$|"
    r"^(?:规章|行政规范性文件|规范性文件|总计|自然人|商业企业|科研机构|社会公益组织|法律服务机构|其他)$"
)
_FIRST_HEADING = re.compile(r"^(?:第?[一1][、.,,章部]?(?:部分)?)?\s*(?:总体情况|总体概况|概述)")
_STATUTE = re.compile(
    r"[^。\n]*(?:根据|依据|按照)[^。\n]{0,200}(?:编制|撰写|公布|现将)[^。\n]*。?"
    r"|[^。\n]*(?:统计期限|数据(?:的)?(?:统计)?期限|所列数据)[^。\n]*。?"
    r"|[^。\n]*(?:如(?:有|对).{0,20}(?:疑问|问题)|联系电话|联系地址|邮政编码|邮编)[^。\n]*。?"
)
_NUMBERS = re.compile(
    r"[\d〇零一二三四五六七八九十百千万亿两]+(?:[.,%％．]\d+)*(?:余|多)?(?=[条件次个项份篇人期场起家宗类年月日万亿%％.)])|\d+(?:[.,]\d+)*%?"
)


def report_year(title: str, text: str = "", day: date | None = None) -> int | None:
    """The year that a report is about; None where nothing tells.

    The title decides (a year with 年度 before one without), then the text's period, then the words about
    the report, last the day of publication, which is early in the following year.
    """
    named = _years(_plain(title))
    if named:
        return named
    body = _plain(text[:6_000])
    period = _PERIOD.search(body) or _OF_YEAR.search(body)
    if period:
        return int(period[1])
    if day is not None and day.month <= _LAST_MONTH:
        return day.year - 1
    return None


def _years(title: str) -> int | None:
    found = [(bool(match[2]), int(match[1])) for match in _YEAR.finditer(title)]
    if not found:
        return None
    with_word = [year for word, year in found if word]
    return with_word[-1] if with_word else found[-1][1]


def is_report(title: str, *, in_column: bool = False) -> bool:
    """Whether a title is that of an annual report on information disclosure.

    Work reports, budgets, statistics, reports of enterprises and of websites, forms and instructions for
    writing reports are not. `in_column` accepts a bare “2025年年报” that stands in the reports' column.
    """
    plain = re.sub(r"\s+", "", _plain(title))
    if len(plain) > 120 or _ABOUT_REPORTS.search(plain) or _CALL.search(plain):
        return False
    if _NAMED.search(plain):
        return True
    return in_column and bool(_BARE.search(plain)) and not _OTHER_REPORTS.search(plain)


def masked_text(text: str, unit_names: Iterable[str] = ()) -> str:
    """The text with what any two honest reports share, or must differ in, taken out.

    Removed are units' names, years, numbers, prescribed headings, table captions, the sentences that name
    the law and the period, and punctuation. What is left is what the unit wrote itself.
    """
    plain = _plain(text)
    for name in sorted({_plain(name) for name in unit_names if len(name) > 1}, key=len, reverse=True):
        plain = plain.replace(name, "")
    plain = _STATUTE.sub("", plain)
    lines = _from_first_section([line.strip() for line in plain.split("\n")])
    kept = [line for line in lines if line and not (len(line) <= 60 and _CAPTION.search(line))]
    own = "\n".join(line for line in kept if not re.fullmatch(r"[\d\s.,%/|、-]+", line))
    own = re.sub(
        r"(?:我|本)(?:市|县|区|镇|乡|街道|局|委|办|单位|机关|部门|中心|厅)|(?:全|各)(?:市|县|区|镇|乡|街道|局)",
        "",
        own,
    )
    own = re.sub(r"20\d\d年(?:度)?", "", own)
    own = _NUMBERS.sub("", own)
    return re.sub(r"[^\u4e00-\u9fffA-Za-z]+", "", own)


def _from_first_section(lines: list[str]) -> list[str]:
    """The lines from the first prescribed heading on: above it stand the title and the way to the page."""
    begins = (number for number, line in enumerate(lines) if len(line) <= 20 and _FIRST_HEADING.search(line))
    return lines[next(begins, 0) :]


def _plain(text: str) -> str:
    half = unicodedata.normalize("NFKC", text)
    return _HAN_YEAR.sub(lambda match: match[0].replace("二", "2").translate(_DIGITS), half)
