"""The wordings by which parts of a page are known: data of the reading, kept in one place."""

import re


def _pattern(*parts: str, before: str = "", after: str = "") -> re.Pattern[str]:
    """One pattern of alternatives, written a few a line; case is ignored."""
    return re.compile(before + "(?:" + "|".join(parts) + ")" + after, re.IGNORECASE)


def _names(*parts: str) -> re.Pattern[str]:
    """A pattern of whole words within an element's id and classes."""
    return _pattern(*parts, before=r"(?:^|[\s_-])", after=r"(?:[\s_-]|$)")


IDLE = _pattern(
    r"(?:查看)?更多|more|查看|进入|展开|收起|全文",
    r"(?:查看)?详[情细]|详细(?:内容|信息)|(?:查看|阅读)(?:全文|更多|详细)|点击(?:查看|进入)",
    r"首 ?页|网站首页|返回首页|返回(?:列表|顶部)?|回到顶部|top",
    r"[上下前后]一?页|[尾末] ?页|第一页|最后一页|[上下]一[篇条]|next|prev|跳转|go|确定",
    r"打印(?:本页)?|关闭(?:窗口|本页)?|(?:加入)?收藏|设为首页|分享|下载|(?:点击|附件)下载|[大中小]",
    r"登录|注册|搜索|高级搜索|\d{1,5}|[<>«»‹›|…·.\-\[\]+]+",
    before="^",
    after="$",
)
"""Texts of links that name no piece of information."""

DECORATION = _pattern(
    r"^[\s·•▪■□◆◇●○※★☆→►▶»>\-–—|｜∙・﹒‧]+",
    r"[\s|｜]+$",
    r"(?<=\S)\s*(?:new!?|最新|hot)$",
)
"""Bullets and marks about a title that do not belong to it."""

PINNED = re.compile(
    r"^\s*(?:[\[【〔(（<]?\s*(?:置顶|固顶|顶置|TOP)\s*[\]】〕)）>]?|[\[【〔(（]\s*顶\s*[\]】〕)）])\s*[:：]?",
    re.IGNORECASE,
)
"""The words that mark a pinned entry."""

PINNED_NAME = _pattern(
    r"zhiding|istop|is-top|ontop|pinned|stick|置顶",
    r"(?:^|[/_\-. ])(?:top|zd|ding)(?:[_\-. \d]|$)",
)
"""Names of classes and pictures that mark a pinned entry."""

SIDE_HEADING = _pattern(
    r"相关(?:信息|文章|新闻|链接|阅读|文档|内容|报道|附件|稿件|推荐)|延伸阅读|[上下]一[篇条]|友情链接",
    r"热门|热点(?:信息|文章|新闻|推荐|排行)|热文|排行|点击(?:榜|量)|浏览(?:榜|历史)",
    r"推荐(?:信息|阅读|文章|新闻)|为您推荐|猜你喜欢|您可能|最新(?:文章|更新|推荐|发布|公开)",
)
"""Headings of lists that stand beside a page's own matter."""

SIDE_NAME = _names(
    r"related|relate|relevant|xgxx|xgwz|xgxw|xgyd|xgzx|xgwj|recommend|tuijian",
    r"hot|hotnews|hotlist|rank|ranking|paihang|phb",
    r"prevnext|prev_next|pre_next|page_?prev|sxp|sxy|share|aside",
)
"""Names of such lists in the markup."""

CRUMB_TEXT = _pattern(
    r"(?:当前|所在|您的|您现在|现在|你的|目前|您所在)的?\S{0,4}(?:位置|栏目|页面)",
    r"^\s*位置\s*[:：]",
    r"^\s*首页\s*[>»＞]",
)
"""The words before a breadcrumb trail."""

CRUMB_NAME = _names(
    r"bread|breadcrumbs?|crumbs?|curmb|bread-?crumbs?|position|location|path|sitepath|place",
    r"weizhi|wz|dqwz|dangqian\w*|nowpos\w*|cur-?pos\w*|daohang-?wz|mbx|mianbao\w*|lujing",
)

FOOT_NAME = _names(
    r"\w*foot\w*|copy_?right\w*|banquan\w*|dibu|yejiao|w?di|bq",
    r"bottom(?:[\s_-]?(?:box|bg|wrap|con|main|nav|info))?",
)
FOOT_TEXT = _pattern(
    r"ICP备|公网安备|网站标识码|版权所有|主办单位|主办[:：]|承办[:：]|技术支持|Copyright|©|网站地图|联系我们"
)

NAV_NAME = _names(
    r"\w*nav\w*|\w*menu\w*|daohang|dh|head(?:er)?\w*|top(?:bar|box|nav|line|bg)?|banner|logo",
    r"search\w*|sidebar|side|tree|wb-tree\w*",
)

BODY_NAME = _names(
    r"zoom\w*|fontzoom|vsb_content\w*|v_news_content|ucap-content|trs_editor\w*|trs_ueditor|view",
    r"content_article|article|article-?(?:con|content|body|text)\w*|artic?(?:le)?con\w*|arti?_con(?:tent)?",
    r"con_?text|news_?(?:content|body|text|con|detail)|detail_?(?:con|content|text)\w*|contenttext",
    r"xxgk_?(?:content|nr)|pages_content|wzcon|wz_content|zw_?con\w*|nr_?con\w*|info_?content",
    r"main_?text|txt_?con|text_?con|contxt|bt-?content|contentregion",
    r"ewb-article-info|ewb-info-con|epoint\w*content|j-fontcontent",
)
"""What systems call the element that holds an article's text."""

_THING = r"(?:页面|网页|该页|文件|内容|信息|文章|栏目|资源|地址|文档)"
NOT_FOUND = _pattern(
    rf"{_THING}(?:已经?|可能已?|暂时?|并)?(?:不存在|未找到|找不到|无法找到|不见了|走丢|丢失|找寻不到|飞走)",
    rf"{_THING}\S{{0,10}}?(?:已经?|可能已?经?)(?:被)?(?:删除|失效|过期|下线|移除)",
    rf"(?:找不到|没有找到|未找到|无法找到)(?:您|你|该|这个|此|相关|请求|访问|要访问|所需)?\S{{0,6}}{_THING}",
    r"404\s*[-–—]*\s*(?:错误|not found|未找到|找不到|error|-)|not found|cannot be found|page not exist",
    r"访问出错|出错了",
    r"错误的(?:参数|请求|地址)|参数错误",
)
"""What a page says that stands for one that is not there."""

EMPTY_NOTICE = _pattern(
    r"暂无(?:数据|信息|内容|相关|记录|文章|资料|公告|公开|更新|\S{0,6}(?:信息|内容|数据))",
    r"(?:暂时|目前|还)没有\S{0,4}(?:内容|信息|数据)|^\s*没有(?:内容|信息)\s*$|空空如也",
    r"没有(?:数据|找到相关|相关(?:信息|数据|内容|记录)|任何(?:信息|内容|数据)|符合)",
    r"(?:栏目|页面|网站|内容|正在|该栏目|本栏目)\S{0,4}(?:建设中|建设之中|更新中|完善中|整理中|维护中)",
    r"正在建设|建设中|敬请(?:期待|关注)|查无(?:数据|记录|信息)|无(?:相关)?(?:记录|数据)|共\s*0\s*条|no data",
)
"""What a column says that has nothing to show."""

_LEADER = r"(?:领导|书记|区?县长|市长|区长|镇长|局长|主任|厅长|部长|主要领导|乡长|院长|一把手)"
CHANNELS: dict[str, re.Pattern[str]] = {
    "mayor_mailbox": _pattern(r"(?:信箱|邮箱|热线|直通车)", before=_LEADER),
    "message": _pattern(
        r"留言|写信|民生(?:信箱|热线|诉求)|互动信箱|百姓信箱|建言献策|意见(?:建议|反馈|箱)|人民建议|问政(?!策)|民呼我|(?:市民|群众|百姓)(?:心声|呼声)",
        r"(?:我要|在线|网上|网友|公众|群众|民众)(?:提问|来信|反映|建言|建议|诉求)",
    ),
    "consultation": _pattern(r"咨询"),
    "complaint": _pattern(r"投诉|12345|(?<!信访)(?<!纪检)(?<!监察)(?<!违纪)举报(?!信访|纪检|监察)"),
    "petition": _pattern(r"信访"),
    "discipline": _pattern(r"(?:纪检|监察|纪委|违纪|廉政|腐败)\S{0,6}(?:举报|信箱|监督)|12388"),
    "solicitation": _pattern(r"(?:民意|意见|网上|在线)\S{0,2}(?:征集|调查)|征集调查|调查征集|问卷调查"),
    "interview": _pattern(r"访谈"),
}
"""Entries for interaction by the words of their links."""

ANY_CHANNEL = re.compile(
    r"信箱|邮箱|热线|直通车|留言|写信|来信|诉求|建言|建议|问政|民呼我|[心呼]声|意见|提问|反映|咨询|投诉|12345|举报|信访|监督|12388|征集|调查|访谈"
)
"""A quick look for any of them."""

NOT_PUBLISHED = (
    "截止",
    "结束",
    "终止",
    "失效",
    "废止",
    "到期",
    "施行",
    "实施",
    "办结",
    "回复",
    "答复",
    "有效期",
)
"""Words before a date that is not that of publication."""
