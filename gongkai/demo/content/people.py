"""Fictional names of people and firms in the demo district; phones and codes that belong to nobody."""

from __future__ import annotations

import random

FAMILY = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜谢邹喻柏窦章苏潘葛范彭郎鲁韦马苗方俞任袁柳史唐费岑薛雷贺倪汤"
GIVEN = "建国志强秀英桂兰玉梅春生小林文斌海燕丽华永福德明金凤世荣冬生晓东雪梅长根美玲新民子涵运来满秀水清月娥云山喜莲守田"
FIRM_WORDS = (
    "启明",
    "丰禾",
    "青溪",
    "双木",
    "远帆",
    "宏泰",
    "百草",
    "山里人家",
    "云上",
    "晨光",
    "稻香",
    "三江",
)
FIRM_TRADES = (
    "农业专业合作社",
    "食品有限公司",
    "建筑工程有限公司",
    "商贸有限公司",
    "养老服务中心",
    "家庭农场",
    "物业服务有限公司",
    "文化传播有限公司",
)


def person_name(chance: random.Random) -> str:
    """A made-up name of two or three characters."""
    pair = chance.randrange(0, len(GIVEN) - 1, 2)
    given = GIVEN[pair : pair + 2] if chance.random() < 0.8 else GIVEN[pair]
    return chance.choice(FAMILY) + given


def firm_name(chance: random.Random) -> str:
    """A made-up firm of the district."""
    return f"云溪{chance.choice(FIRM_WORDS)}{chance.choice(FIRM_TRADES)}"


def office_phone(key: str) -> str:
    """A landline that does not exist (area code 0000), the same for the same office every time."""
    number = sum(ord(letter) * (index + 7) for index, letter in enumerate(key)) % 9000 + 1000
    return f"0000-5550{number}"
