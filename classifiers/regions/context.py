"""What a place does in its sentence: it acts, it is where something happens, or it is only part of a name."""

from __future__ import annotations

import re
from typing import NamedTuple


def _any(words: str) -> str:
    """A group of alternatives from words with spaces between."""
    return "(?:" + "|".join(words.split()) + ")"


_RANK = "(?:省|市|自治区|区|县|州|盟)?"
_INSIDE = '[^,。:;、“”"《》\\s与和在于]'  # letters that do not leave the name of a body
_UNIVERSITY = re.compile(
    "(?:省|市)?"
    + _any(
        "理工 工业 科技 师范 交通 财经 政法 农业 林业 医科 医学 中医药? 药科 第[一二三]?外国语 外国语 "
        "民族 海洋 航空航天 航天 "
        "邮电 电子 信息 工程 职业 技术 工商 传媒 体育 美术 音乐 艺术 戏剧 建筑 矿业 石油 地质 电力 水利 "
        "轻工 化工 城市 经贸 "
        "对外 经济 国际 商学? 警察 警官 开放 广播电视 应用 高等 专科 幼儿 服装 印刷 电影 舞蹈 语言 软件 "
        "管理 现代 旅游"
    )
    + "*(?:大学(?!生|毕业|城|校园|招聘|创业)|学院|交大|师大|农大|科大|工大|理工(?=[校在与和]))"
)
_BANK = re.compile(
    "(?:省|市)?(?:农村商业|农商|农村信用|农信|商业|城市商业|发展)?"
    "(?:银行(?!业|卡|系统|机构|间|账)|证券(?!业)|信托(?!业)|期货|人寿|财险|租赁|航空(?!港|产业|城|经济|工业|货|枢纽|学))"
)
_MEDIA = re.compile(
    _any("经济 科技 法制 法治 青年 工人 农民 教育 证券 商务 新闻 交通 劳动")
    + "*"
    + _any("日报 晚报 晨报 早报 都市报 商报 青年报 时报 晨刊 周报 党报")
    + r"|(?:卫视|广播电视台|电视台|广播电台|新闻网|在线|发布网)(?=记者|讯|报道|消息|\d)"
)
_COMPANY = re.compile(
    r"(?:省|市)?[^,。;:、!?,;:!?\s“”\"《》()与和及在由向对为将以被委局厅办署院会联]{0,14}?"
    "(?:有限公司|有限责任公司|股份公司|集团公司|科技公司|控股|股份|集团(?!军|化|总医院)|总公司)"
)
_BRACKET_COMPANY = re.compile(r"[)][^,。;:、\s]{0,12}(?:公司|集团)")
# Local services are the town's own doing even where a company runs them.
_SERVICE = re.compile(
    "(?:省|市)?"
    + _any("公交 地铁 轨道 水务 自来水 供水 排水 燃气 热力 机场 供电 电力 广播电视 广电 城投 公共 交运 客运 铁路 港口")
)
_BANK_BRANCH = re.compile("(?:省|市)?(?:分行|支行|营业部|证券营业部)")
_CARRIER = re.compile(
    "(?:省|市)?(?:移动|联通|电信|铁塔|广电网络)(?!"
    + _any("互联 支付 终端 端 办公 诈骗 网络诈骗 网络新型 网络犯罪 新型 用户 通信管 政务 应用 电商 执法 医疗 业务 出行")
    + ")|(?:省|市)?分公司"
)
_LISTED = re.compile("[^,。;]{0,4}(?:联交所|交易所|证交所|上市|挂牌)")
_ROAD = re.compile(
    "(?:市|省)?(?:[东西南北中]|[一二三四五六七八九十]|步行)*"
    "(?:路(?![网桥政况段面线局径演上由透途人长灯基权产外])|大街|大道|街(?![道镇区头坊办边])|立交桥)"
)
_DELEGATES = re.compile(
    _RANK
    + "(?:(?:代表)?团(?=代表|审议|举行|驻地|全体|分组|开放|小组|的|,|召开|会议)|(?:全国)?(?:人大代表|政协委员))"
    + "|[^,。;:、]{0,20}(?:代表|委员)(?:建议|表示|认为|提出|呼吁|说)"
)
_PERSON = re.compile(
    r"[^,。;:、与和在\s]{0,14}"
    + _any("研究员 教授 院长 专家 学者 分析师 律师 院士 工程师 董事长 总经理 总裁 CEO 创始人 合伙人")
    + "[一-鿿]{0,4}(?:表示|认为|说|指出|介绍|坦言|称|分析|建议|看来)"
)
_ORIGIN = re.compile(
    "(?:省|市)?"
    + _any(
        "籍 商人 客商 游客 网友 旅客 援建 援疆 援藏 援青 援派 对口 帮扶工作 考察团 代表团 参观团 青年 "
        "同胞 台商 业者 "
        "人(?=王|李|张|刘|陈|杨|赵|黄|周|吴|小) 小伙 姑娘 老板"
    )
)
_PARTNER = re.compile(
    "(?:省|市)?[^,。;:]{0,10}?(?:名校|名师|专家|教师|老师|教授|医生)[^,。;:]{0,6}"
    + _any("远程 在线 连线 同步 网络 视频 线上 隔空 云端")
)
_LINKED = re.compile("(?:连线|对接|请来|邀请|依托|借助|请教|牵手)$")
_BODY = re.compile(
    f"{_RANK}{_INSIDE}{{0,12}}?"
    "(?:省委|市委|区委|县委|州委|政府|厅|局(?!面|势|部|限|域)|委员会|法院|检察院|公安|警方|民警|管委会|政协|人大|"
    "委(?=[,、与和联在印发将组召宣出启会书主副]|$)|(?<![举主承协创兴])办(?=[,、与和联在印发将组召宣出启主]|$)|"
    "省长|市长|书记|区长|县长|州长|主席)"
)
_ACTS = re.compile(
    _RANK
    + _any("近日 日前 今日 昨日 今年 率先 正式 全面 已 将 拟 积极 大力 加快 深入 持续 首次 首个 成功")
    + "*"
    + _any(
        "启动 印发 出台 发布 推出 推进 推行 推动 上线 开通 建设 建成 打造 探索 实施 召开 举行 举办 成立 "
        "宣布 部署 开展 试点 率先 "
        "落实 加快 签署 签订 签约 力争 计划 完成 实现 公布 通过 入选 获批 启用 试行 制定 提出 要求 开启 "
        "发放 全面 再 聚焦 着力 "
        "深化 拓展 升级 发力 依托 利用 运用 借力 将 已"
    )
)
_ARRIVES = re.compile(_any("在 于 赴 到 抵 走进 落户 落地 来到 亮相 进驻 登陆 支持 批复同意 批复 同意 授予 对") + "$")
_FROM = re.compile("(?:来自|驻|原籍|毕业于|祖籍|飞往|逃往|流窜至)[^,。;]{0,6}$")
_SENDER = re.compile(r"(?:来源|稿源|转自|摘自|(?<![数依根占证])据)[^,。;]{0,8}$|(?:地址|邮编|联系方式)[^。;]{0,12}$")
_EXAMPLE = re.compile(
    _any(
        "例如 比如 譬如 诸如 好比 正如 就像 如同 包括 覆盖 遍布 涉及 辐射 借鉴 学习 参照 推广 次于 低于 "
        "高于 超过 仅次 落后于 不如"
    )
    + "[^。;,]{0,14}$"
)
_EXAMPLE_AFTER = re.compile("[^。;,]{0,14}为例")
_AS = re.compile(r"(?:^|[,。;、\s])以[^。;,]{0,12}$")
_SPEECH = re.compile(
    _any(
        "自称 谎称 声称 冒充 佯称 假冒 称自己 称其 称她 称他 说有人 称有人 说她 说他 来电 对方 告知其 "
        "伪装 电话[^。;,]{0,6}[称说]"
    )
    + "[^。;]*$"
)
_IMPOSTOR = re.compile('(?:警察|警官|民警|公安局?|法院|检察院|检察官)[”"]')
_PROPOSAL = re.compile("(?:建议|呼吁|提议|倡议|期待|希望)[^。;,]{0,12}$")
_DEPUTY = re.compile("(?:人大代表|政协委员)[、,:]?$")
_CAMPUS = re.compile("(?:大学|学院)[(]$")
_JOINED = re.compile("(?:与|和|同|、|携手|联合|会同|牵手)$")
_STOCKS = re.compile("涨停|跌停|涨幅|跌幅|权重股|个股|概念股|报收|收盘|股价|领涨|跟涨|走强")
_SEVERAL = re.compile("[两三四](?:地|省|市|省市|省区|省一市)|(?:共同|联合|签|携手)")
NATIONAL = re.compile(
    "国务院|部委|中共中央|中央[一-鿿]{1,6}(?:办|部|委|会议)|国家[一-鿿]{1,9}(?:局|委|部|办|署|院)|最高(?:人民)?(?:法|检)|"
    + _any(
        "教育 公安 司法 财政 民政 商务 农业 农业农村 文化 文旅 文化和旅游 交通运输 交通 科技 科学技术 "
        "环保 环境保护 生态环境 自然资源 "
        "国土资源 住建 住房和?城乡建设 人社 人力资源和?社会保障 水利 工信 工业和信息化 应急管理 外交 国防 "
        "铁道 卫生"
    )
    + "部(?!门)|"
    + "(?:税务|市场监管|工商|质检|食药监|药监|海关|体育|广电)总[局署]|"
    + "(?:银|保|证|银保)监会|人民银行|国家?卫健委|国新办|网信办|团中央|工程院|中科院|科学院|"
    + "全国(?:人大|政协|总工会|工商联|妇联)|中国(?:电信|移动|联通|铁塔|银联|科协|气象局|民航局|残联)"
)
SWINDLE = re.compile("骗|冒充|假冒|自称|涉嫌洗钱")
SIGNING = re.compile("签署|签订|签约|续签|会谈|座谈|会见|续约")
EVENT = re.compile(
    _any(
        "峰会 论坛 大会 博览会 展览会 大赛 创客节 嘉年华 盛典 年会 高交会 数博会 展会 双创周 活动周 交易会 洽谈会 开幕"
    )
)
RANKING = re.compile(
    r"[^。;]{0,10}(?:居前|位列|位居|排名|排在|前列|前[二三四五六七八九十\d]+[位名强]?|榜首|领先|分列|紧随|名列|居[首前]|最多|最高|占比)"
)
TOGETHER = re.compile("[^,。;]{0,10}(?:共同|联合|签|携手|共建|一体|合作|互认|联动|通办|协同)")
SUCH_AS = re.compile(r"(?:省|市)?等(?:地|省|市|[一二三四五六七八九十百\d]+)")
_DATELINE = re.compile(r"(?:\d{1,2}月)?\d{1,2}日?(?:电|讯|专电|报道|消息)|(?:电|讯|报道)?[(][^)]{0,16}(?:记者|通讯员)")
_DATELINE_REACH = 40  # characters; a dateline opens the body


class Role(NamedTuple):
    """``kind``: actor, venue, place; dateline or branch (where nothing else names a place); or none."""

    kind: str
    reason: str


_NAMES = (
    (_UNIVERSITY, Role("none", "part of a university's name")),
    (_MEDIA, Role("none", "part of a medium's name")),
    (_BANK, Role("none", "part of a financial company's name")),
    (_BANK_BRANCH, Role("none", "branch of a bank")),
    (_LISTED, Role("none", "where shares are listed")),
    (_DELEGATES, Role("none", "delegates to a congress")),
    (_PARTNER, Role("none", "remote partner")),
    (_ORIGIN, Role("none", "where somebody comes from")),
)
_AHEAD = (
    (_FROM, Role("none", "where somebody comes from")),
    (_SENDER, Role("none", "the sender or an address")),
    (_EXAMPLE, Role("none", "an example or a comparison")),
    (_PROPOSAL, Role("none", "a proposal")),
    (_DEPUTY, Role("none", "delegates to a congress")),
    (_LINKED, Role("none", "remote partner")),
    (_CAMPUS, Role("none", "part of a university's name")),
)


def role(text: str, start: int, end: int, name: str, sentence: tuple[int, int], fraud: bool) -> Role | None:
    """The role of the place at ``text[start:end]``; None when the letters are a road's name.

    ``name`` is the first name of the place as written, ``fraud`` whether the text tells of a swindle.
    """
    after = text[end : end + 28]
    before = text[max(sentence[0], start - 24) : start]
    if after:
        if not name.endswith(("省", "自治区")) and _ROAD.match(after):
            return None
        for pattern, found in _NAMES:
            if pattern.match(after):
                return found
        if (_COMPANY.match(after) and not _SERVICE.match(after)) or (
            before.endswith("(") and _BRACKET_COMPANY.match(after)
        ):
            return Role("none", "part of a company's name")
    if before:
        for pattern, found in _AHEAD:
            if pattern.search(before):
                return found
        if before.endswith("中国") and after.startswith("网"):
            return Role("none", "part of a medium's name")
        if _AS.search(before) and _EXAMPLE_AFTER.match(after):
            return Role("none", "an example or a comparison")
        if fraud and (_IMPOSTOR.match(after) or _SPEECH.search(text[sentence[0] : start])):
            return Role("none", "told by a swindler")
    if start < _DATELINE_REACH and _DATELINE.match(text, end):
        return Role("dateline", "the dateline")
    if _STOCKS.search(text, *sentence):
        return Role("none", "share prices")
    return _part(text, end, before, after)


def _part(text: str, end: int, before: str, after: str) -> Role:
    """The role of a place that is meant as a place."""
    if after and _CARRIER.match(after):
        return Role("branch", "local branch of a carrier")
    if after and _BODY.match(after):
        return Role("actor", "a body of the place acts")
    if after and _PERSON.match(after):
        return Role("none", "a person's affiliation")
    if before and _ARRIVES.search(before):
        return Role("venue", "where it happens")
    if after and _ACTS.match(after):
        return Role("actor", "the place acts")
    if before and _JOINED.search(before) and SIGNING.search(text, end, end + 40):
        return Role("actor", "acts together with another")
    return Role("place", "named")


def group_role(text: str, end: int) -> Role:
    """The role of a set phrase for several provinces (京津冀): only as a doer is it a place."""
    if _SEVERAL.match(text, end):
        return Role("place", "several provinces act together")
    return Role("none", "a region of several provinces")
