"""What each part of the registry may hold: keys, Chinese headers, readers. One list for YAML and workbook."""

from domain.target import (
    KIND_TITLES,
    AccountKind,
    AccountState,
    ColumnKind,
    Platform,
    SourceType,
)
from domain.unit import CATEGORY_TITLES, UnitCategory
from storage.intake import fields as read
from storage.intake.addresses import web_address
from storage.intake.fields import Field
from storage.intake.form import Form

PLATFORM_TITLES = {
    Platform.WECHAT: "微信",
    Platform.WEIBO: "微博",
    Platform.DOUYIN: "抖音",
    Platform.TOUTIAO: "今日头条",
    Platform.KUAISHOU: "快手",
    Platform.APP: "客户端",
    Platform.OTHER: "其他",
}
ACCOUNT_KIND_TITLES = {AccountKind.SUBSCRIPTION: "订阅号", AccountKind.SERVICE: "服务号"}
ACCOUNT_STATE_TITLES = {
    AccountState.NORMAL: "正常",
    AccountState.SUSPENDED: "暂停",
    AccountState.CLOSING: "注销中",
    AccountState.CLOSED: "已注销",
}
SOURCE_TITLES = {
    SourceType.RSS: "订阅源",
    SourceType.WEIBO: "微博接口",
    SourceType.WECHAT_API: "微信接口",
    SourceType.FILE: "文件",
    SourceType.APP_PAGE: "客户端网页",
}
_CATEGORY_WORDS = {
    "县区": UnitCategory.COUNTY,
    "县区政府": UnitCategory.COUNTY,
    "开发区": UnitCategory.ZONE,
    "部门": UnitCategory.DEPARTMENT,
    "市直部门": UnitCategory.DEPARTMENT,
    "乡镇": UnitCategory.TOWNSHIP,
    "街道": UnitCategory.TOWNSHIP,
    "乡镇街道": UnitCategory.TOWNSHIP,
    "企业": UnitCategory.ENTERPRISE,
}
_YES_NO = ("是", "否")

CONTACT = Form(
    "联系人",
    [
        Field(key="name", title="联系人", read=read.name, required=True, also=("姓名",)),
        Field(key="email", title="联系邮箱", read=read.email, also=("邮箱", "电子邮箱"), width=24),
        Field(key="phone", title="联系电话", read=read.phone, also=("电话", "手机"), width=18),
        Field(key="channel", title="通知渠道", read=read.text, note="消息推送地址，可不填", width=24),
        Field(
            key="leader",
            title="分管领导",
            read=read.yes_or_no,
            default=False,
            choices=_YES_NO,
            note="是：只在催办升级和紧急情况时通知",
        ),
    ],
)

UNIT = Form(
    "单位",
    [
        Field(key="code", title="单位编码", read=read.code, required=True, also=("编码", "单位代码")),
        Field(key="name", title="单位名称", read=read.name, required=True, also=("名称", "单位"), width=32),
        Field(
            key="category",
            title="单位类别",
            read=read.one_of(UnitCategory, CATEGORY_TITLES, _CATEGORY_WORDS),
            required=True,
            also=("类别", "类型"),
            choices=tuple(CATEGORY_TITLES.values()),
        ),
        Field(key="parent", title="上级单位", read=read.code, also=("上级单位编码",), note="上级单位的编码"),
    ],
    nested={"contacts"},
)

SITE = Form(
    "网站",
    [
        Field(
            key="id",
            title="网站编号",
            read=read.code,
            also=("编号",),
            note="不填时取单位编码；一个单位有多个网站时必须填",
        ),
        Field(key="unit", title="单位编码", read=read.code, required=True, also=("单位", "主办单位")),
        Field(
            key="name", title="网站名称", read=read.name, also=("名称",), note="不填时取单位名称", width=32
        ),
        Field(
            key="home",
            title="首页网址",
            read=web_address,
            required=True,
            also=("网址", "首页", "首页地址"),
            note="http:// 或 https:// 开头的完整网址",
            width=40,
        ),
        Field(
            key="identifier",
            title="网站标识码",
            read=read.identifier,
            also=("标识码",),
            note="10位数字，可不填",
        ),
        Field(
            key="obey_robots",
            title="遵守robots",
            read=read.yes_or_no,
            default=True,
            choices=_YES_NO,
            note="监管单位可填“否”，表示不受 robots.txt 限制",
        ),
        Field(
            key="page_seconds",
            title="打开时限",
            read=read.whole_number(2, 300),
            also=("打开时限秒", "打开时限（秒）"),
            note="秒数，特别慢的网站可以放宽，不填为20秒",
        ),
    ],
    nested={"columns"},
)

COLUMN = Form(
    "栏目",
    [
        Field(key="name", title="栏目名称", read=read.name, required=True, also=("名称", "栏目"), width=28),
        Field(key="url", title="栏目网址", read=web_address, required=True, also=("网址",), width=40),
        Field(
            key="kind",
            title="栏目类型",
            read=read.one_of(ColumnKind, KIND_TITLES),
            required=True,
            also=("类型", "栏目类别"),
            choices=tuple(KIND_TITLES.values()),
            width=20,
        ),
        Field(
            key="unit",
            title="单位编码",
            read=read.code,
            also=("责任单位", "单位"),
            note="栏目由别的单位负责时填，不填为网站的单位",
        ),
        Field(
            key="update_within_days",
            title="更新期限",
            read=read.whole_number(1, 3660),
            note="天数；填了即以此为准",
            also=("更新期限天数",),
        ),
        Field(
            key="exempt",
            title="免检",
            read=read.yes_or_no,
            default=False,
            choices=_YES_NO,
            note="是：不检查更新",
        ),
    ],
)

SOURCE_OPTIONS = (
    "uid",
    "container_id",
    "app_id",
    "app_id_env",
    "secret_env",
    "token_env",
    "cookie_env",
    "secret_name",
    "token_name",
    "cookie_name",
    "covers_all",
    "base_url",
    "profile",
)
"""Further keys of a source; `…_env` names an environment variable and `…_name` a sealed secret
(`govwatch secrets`), the secret itself never stands here. `covers_all`: the unit vouches that it publishes
nothing beside WeChat's interface."""

SOURCE = Form(
    "来源",
    [
        Field(
            key="type",
            title="来源类型",
            read=read.one_of(SourceType, SOURCE_TITLES),
            required=True,
            choices=tuple(SOURCE_TITLES.values()),
        ),
        Field(key="url", title="来源网址", read=web_address, also=("来源地址",), width=40),
        Field(key="path", title="来源文件", read=read.text, note="类型为“文件”时填，相对名录所在文件夹"),
    ],
    nested=SOURCE_OPTIONS,
)

ACCOUNT = Form(
    "新媒体账号",
    [
        Field(key="id", title="账号编号", read=read.code, required=True, also=("编号",)),
        Field(key="unit", title="单位编码", read=read.code, required=True, also=("单位", "主办单位")),
        Field(
            key="platform",
            title="平台",
            read=read.one_of(
                Platform, PLATFORM_TITLES, {"头条": Platform.TOUTIAO, "头条号": Platform.TOUTIAO}
            ),
            required=True,
            choices=tuple(PLATFORM_TITLES.values()),
        ),
        Field(
            key="kind",
            title="账号类型",
            read=read.one_of(AccountKind, ACCOUNT_KIND_TITLES),
            also=("类型",),
            choices=tuple(ACCOUNT_KIND_TITLES.values()),
            note="只有微信填：订阅号或服务号",
        ),
        Field(key="name", title="账号名称", read=read.name, required=True, also=("名称",), width=28),
        Field(
            key="state",
            title="账号状态",
            read=read.one_of(AccountState, ACCOUNT_STATE_TITLES),
            default=AccountState.NORMAL,
            also=("状态",),
            choices=tuple(ACCOUNT_STATE_TITLES.values()),
        ),
        Field(key="opened_on", title="开通日期", read=read.day),
        Field(key="profile", title="账号主页", read=web_address, also=("主页",), width=40),
        Field(key="state_since", title="状态起始日", read=read.day, note="从哪一天起是这一状态，不填为一直"),
        Field(key="state_by", title="状态登记人", read=read.name),
        Field(key="state_note", title="状态依据", read=read.text, note="批准文号或说明", width=28),
        Field(
            key="control",
            title="对照账号",
            read=read.yes_or_no,
            default=False,
            choices=_YES_NO,
            note="是：不考核，只用来检验同类信息源是否正常",
        ),
    ],
    nested={"source"},
)
