"""The fictional district 云溪区: 12 townships and streets, 34 villages, 59 communities, departments."""

from __future__ import annotations

from dataclasses import dataclass

DISTRICT_CODE = "439901000000"
DISTRICT_NAME = "云溪区"


@dataclass(frozen=True, slots=True)
class TownshipPlan:
    """A township or street with its villages and communities, in the order of their codes."""

    code: str
    name: str
    kind: str  # street | town | rural_township
    communities: tuple[str, ...]
    villages: tuple[str, ...]


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


TOWNSHIPS: tuple[TownshipPlan, ...] = (
    TownshipPlan("439901001000", "望江街道", "street", _names("临江 书院坪 古渡口 文星巷 石榴园 望江楼 船厂"), ()),
    TownshipPlan("439901002000", "书香街道", "street", _names("学宫 桂花井 东湖塘 荷花池 青年里 印刷厂 梧桐"), ()),
    TownshipPlan("439901003000", "云栖街道", "street", _names("云栖 白马垅 松林 高新园 茶山 栖霞"), _names("枫树坡")),
    TownshipPlan("439901004000", "桥东街道", "street", _names("桥头 纺织城 新桥 幸福里 东站 锦绣 清水塘"), ()),
    TownshipPlan("439901005000", "荷塘街道", "street", _names("荷塘 藕池 向阳 红旗 银杏 金桂"), _names("藕丰 塘湾")),
    TownshipPlan("439901006000", "双溪街道", "street", _names("双溪 溪口 南岸 明月 星光"), _names("溪源 上双")),
    TownshipPlan("439901100000", "石鼓镇", "town", _names("石鼓街 镇东 镇西 粮站"), _names("鼓岭 石坝 长塅 黄泥冲 竹山湾")),
    TownshipPlan("439901101000", "柳林镇", "town", _names("柳林街 河堤 老渡"), _names("柳溪 大田 官塘 新桥铺 杨梅岭")),
    TownshipPlan("439901102000", "清泉镇", "town", _names("清泉街 温塘 泉北 泉南"), _names("泉井 温水 龙形 马家湾 梓木")),
    TownshipPlan("439901103000", "白鹭镇", "town", _names("白鹭洲 鹭港 集市"), _names("鹭飞 洲头 芦花 渔湾 沙洲")),
    TownshipPlan("439901104000", "金盆镇", "town", _names("金盆街 盆东 农机站 新建"), _names("金盆 盆口 稻香 月塘 桐子坳")),
    TownshipPlan("439901200000", "云岭乡", "rural_township", _names("云岭街 林场 茶厂"), _names("云上 岭脚 雾坪 杉木")),
)  # fmt: skip
"""12 townships and streets; 59 communities and 34 villages in all."""


@dataclass(frozen=True, slots=True)
class DepartmentPlan:
    """A department of the district: key, name, short name, what it does in one sentence."""

    key: str
    name: str
    short_name: str
    duty: str


def _departments(text: str) -> tuple[DepartmentPlan, ...]:
    lines = (line.strip().split("|") for line in text.strip().splitlines())
    return tuple(DepartmentPlan(*line) for line in lines)


DEPARTMENTS: tuple[DepartmentPlan, ...] = _departments("""
zhengfuban|云溪区人民政府办公室|区政府办|协助区政府领导处理日常工作,承担全区政务公开的推进、指导、协调和监督
fagai|云溪区发展和改革局|区发改局|拟订全区国民经济和社会发展规划,审批核准备案投资项目,指导公共资源交易
jiaoyu|云溪区教育局|区教育局|管理全区学前教育、义务教育和民办教育,组织招生与教师招聘
keji|云溪区科学技术局|区科技局|组织科技计划项目,服务高新技术企业
gongxin|云溪区工业和信息化局|区工信局|推进工业经济运行与中小企业服务
gongan|云溪区公安分局|公安云溪分局|维护社会治安,办理户籍、身份证和出入境业务
minzheng|云溪区民政局|区民政局|社会救助、养老服务、儿童福利、社会组织与区划地名管理
sifa|云溪区司法局|区司法局|法律援助、公证、人民调解、普法与行政复议
caizheng|云溪区财政局|区财政局|编制预决算,管理财政资金和政府采购
renshe|云溪区人力资源和社会保障局|区人社局|就业创业、社会保险与劳动关系
ziran|云溪区自然资源局|区自然资源局|国土空间规划、土地征收、不动产登记
huanbao|云溪区生态环境分局|生态环境云溪分局|环境质量监测、环评审批与污染防治
zhujian|云溪区住房和城乡建设局|区住建局|保障性住房、房屋征收、农村危房改造与建筑市场
jiaotong|云溪区交通运输局|区交通局|公路建设养护与道路运输管理
shuili|云溪区水利局|区水利局|水资源、防汛抗旱、农村饮水与河湖长制
nongye|云溪区农业农村局|区农业农村局|农业生产、涉农补贴、乡村振兴与农村集体资产
shangwu|云溪区商务局|区商务局|商贸流通、招商引资与消费促进
wenlv|云溪区文化旅游体育局|区文旅体局|公共文化服务、旅游与全民健身
weijian|云溪区卫生健康局|区卫健局|医疗卫生、疾病防控、家庭发展
tuiyi|云溪区退役军人事务局|区退役军人局|退役军人接收安置、优待抚恤
yingji|云溪区应急管理局|区应急局|安全生产、防灾减灾救灾与应急救援
shenji|云溪区审计局|区审计局|财政收支与重大政策落实审计
shichang|云溪区市场监督管理局|区市场监管局|市场主体登记、食品药品安全与价格监督
tongji|云溪区统计局|区统计局|统计调查、数据发布与统计执法
yibao|云溪区医疗保障局|区医保局|医疗保险待遇与医药服务管理
chengguan|云溪区城市管理和综合执法局|区城管局|市容环卫、市政设施与综合执法
shuiwu|国家税务总局云溪区税务局|区税务局|税费征收与纳税服务
xuanchuan|云溪区新闻出版版权局|区新闻出版局|新闻出版、电影与版权管理
xinfang|云溪区信访局|区信访局|受理来信来访,协调信访事项办理
shuju|云溪区数据和政务服务局|区数据政务局|政务服务大厅、政务数据与热线办理
linye|云溪区林业局|区林业局|森林资源保护与林业产业
""")
"""The departments that publish."""


def counts() -> tuple[int, int, int]:
    """Townships, villages, communities."""
    return (
        len(TOWNSHIPS),
        sum(len(plan.villages) for plan in TOWNSHIPS),
        sum(len(plan.communities) for plan in TOWNSHIPS),
    )
