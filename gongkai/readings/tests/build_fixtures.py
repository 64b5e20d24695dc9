# ruff: noqa: E501 — fixture tables are read best as lines
"""The fixture catalogues of the fictional 云溪区, one per kind of mess, and what they must give.

Run as a module to write the text files anew: ``python -m gongkai.readings.tests.build_fixtures``.
Binary ones are built when the tests run.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from gongkai.readings.tests import messes
from gongkai.readings.tests.messes import Style
from gongkai.readings.tests.truth import ROWS, TICK_COLUMNS, TrueRow

HERE = Path(__file__).parent / "fixtures"
TEXT_ENDINGS = (".txt", ".md", ".csv", ".tsv", ".html")
TICKS = frozenset(TICK_COLUMNS)
FORM = Style()
TITLE = FORM.title
WIDTH = len(messes.columns_of(FORM))
NO_LEVELS = Style(order=messes.ORDER[:-1])
Lines = list[list[str]]


@dataclass(frozen=True)
class Fixture:
    """One file and what its reading must and may say."""

    name: str
    content: bytes
    rows: tuple[TrueRow, ...] = ROWS
    unknown: frozenset[str] = frozenset()  # fields that the file does not tell
    ask: frozenset[str] = frozenset()  # questions that must be asked
    warn: frozenset[str] = frozenset()  # warnings that must be given
    refused: str | None = None
    n_tables: int = 1
    domain: str | None = "社会救助"
    understood: float = 0.9
    facts: dict[str, object] = field(default_factory=dict)


def lines_of(style: Style = FORM, rows: Sequence[TrueRow] = ROWS, how: str = "blank") -> Lines:
    """The table as lines of cells."""
    return messes.flat(messes.spanned(rows, style), how=how)


def titled_csv(lines: Sequence[Sequence[str]]) -> bytes:
    """A csv file with the title in its first row."""
    return messes.as_csv([[TITLE], *lines])


def replaced(content: bytes, *pairs: tuple[str, str]) -> bytes:
    """The text with words replaced."""
    text = content.decode("utf-8-sig")
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)
    return text.encode()


def with_column(lines: Lines, header: str, values: Sequence[str]) -> Lines:
    """The table with one more column at its end."""
    cells = [header, "", *values]
    return [[*line, cell] for line, cell in zip(lines, cells, strict=True)]


def without(lines: Lines, *columns: int) -> Lines:
    """The table without some columns."""
    return [[c for i, c in enumerate(line) if i not in columns] for line in lines]


def _merges() -> list[Fixture]:
    table = messes.spanned(ROWS, FORM)
    short = lines_of(how="short")
    dropped = messes.as_pipes(short, TITLE, drop_blanks=True, width=WIDTH)
    return [
        Fixture("merged.xlsx", messes.as_xlsx(table, TITLE)),
        Fixture("merged.docx", messes.as_docx(table, TITLE)),
        Fixture("merged.html", messes.as_html(table, TITLE)),
        Fixture("merge_repeated.csv", titled_csv(lines_of(how="repeat"))),
        Fixture("merge_blank_kept.csv", titled_csv(lines_of())),
        Fixture("merge_rows_shorter.csv", titled_csv(short)),
        Fixture("gb18030_tabs.tsv", messes.as_csv(lines_of(), delimiter="\t", encoding="gb18030"),
                domain=None),
        Fixture("markdown.md", messes.as_markdown(lines_of(), TITLE)),
        Fixture("bars_line_breaks_in_cells.txt",
                messes.as_pipes(short, TITLE, drop_blanks=False, width=WIDTH)),
        Fixture("bars_ticks_collapsed.txt", dropped, unknown=TICKS,
                ask=frozenset({"tick_column_unknown"}), understood=0.6),
        Fixture("bars_one_cell_a_line.txt",
                messes.as_cell_per_line_pipes(short, TITLE, width=WIDTH)),
        Fixture("stacked_ticks_lost.txt", messes.as_stacked(short, TITLE), unknown=TICKS),
    ]  # fmt: skip


def _glyphs() -> list[Fixture]:
    found = [
        Fixture(f"glyphs_{name}.csv", titled_csv(lines_of(Style(glyphs=name))))
        for name in ("ocr", "triangle", "wingdings2", "private", "low", "check")
    ]
    ticked = Style(only_ticked=True)
    plain = [[c.replace("■", "").replace(" ", "、") if "■" in c else c for c in line]
             for line in lines_of(ticked)]  # fmt: skip
    glued = replaced(titled_csv(lines_of()), ("□其他", "■其他:云溪发布"))
    links = replaced(titled_csv(lines_of()), ("■政府网站", "■政府网站http://yunxi.example/zw"))
    other = tuple(replace(r, channels=r.channels | {"other"}) for r in ROWS)
    lost = replaced(titled_csv(lines_of()), ("□精准推送", "精准推送"))
    return [
        *found,
        Fixture("channels_only_ticked.csv", titled_csv(lines_of(ticked))),
        Fixture("channels_plain_names.csv", titled_csv(plain)),
        Fixture("channels_other_with_text.csv", glued, rows=other),
        Fixture("channels_with_address.csv", links),
        Fixture("channels_box_lost.csv", lost, understood=0.8),
    ]


def _columns() -> list[Fixture]:
    moved = Style(order=("number", "item", "contents", "deadlines", "bodies", "channels", "basis",
                         "mode", "audience", "levels"))  # fmt: skip
    base = lines_of()
    extra = with_column(base, "咨询电话", [f"0000-66{i:04d}" for i in range(6)])
    extra = with_column(extra, "五公开", ["□决策 ■结果"] * 6)
    joint = [list(line) for line in base]
    joint[1][-2:] = ["县级", "乡、村级"]
    level_text = [[*line[:-2], "县级" if line[-2] else "", "乡级" if line[-1] else ""]
                  for line in base[2:]]  # fmt: skip
    middle = [[line[1], line[0], *line[2:]] for line in base]
    middle[0][:3] = ["公开事项", "", ""]
    middle[1][:3] = ["一级事项", "", "二级事项"]
    compound = tuple(replace(r, number=f"050{r.number}") for r in ROWS)
    jumps = tuple(
        replace(r, number=n) for r, n in zip(ROWS, ["2", "3", "5", "22", "23", "30"], strict=True)
    )
    single = [["序号", *line[1:]] for line in base[:1]]
    return [
        Fixture("columns_reordered.csv", titled_csv(lines_of(moved))),
        Fixture("columns_no_level.csv", titled_csv(lines_of(NO_LEVELS)),
                unknown=frozenset({"县级", "乡级"})),
        Fixture("columns_extra.csv", titled_csv(extra),
                facts={"extra": {"咨询电话": "0000-660000", "五公开": "□决策 ■结果"}}),
        Fixture("columns_no_number.csv", titled_csv(without(base, 0)),
                unknown=frozenset({"number"})),
        Fixture("columns_joint_level.csv", titled_csv(joint), unknown=frozenset({"乡级"}),
                facts={"levels": {"县级": True, "乡、村级": True}}),
        Fixture("columns_level_in_words.csv", titled_csv([*base[:2], *level_text])),
        Fixture("columns_number_in_the_middle.csv", titled_csv(middle)),
        Fixture("numbers_compound.csv", titled_csv(lines_of(rows=compound)), rows=compound),
        Fixture("numbers_jump.csv", titled_csv(lines_of(rows=jumps)), rows=jumps),
        Fixture("header_one_row_only.csv",
                titled_csv([[*single[0][:1], "一级事项", "二级事项", *single[0][3:8],
                             "全社会", "特定群体", "主动", "依申请", "县级", "乡级"], *base[2:]])),
    ]  # fmt: skip


def _headers() -> list[Fixture]:
    base = lines_of()
    split = [
        ["序号", "公开", "", "公开内容", "公开", "公开", "公开", "公开渠道", *base[0][8:]],
        ["", "事项", "", "(要素)", "依据", "时限", "主体", "和载体", *[""] * 6],
        *base[1:],
    ]
    lost = replaced(titled_csv(base), ("公开渠道和载体", "公开渠道和"), ("依申请", "申请公开"),
                    ("全社会", "社会"), ("公开对象", "公开对"))  # fmt: skip
    torn = Style(words=lambda t: t.replace("工作日", "工 作日"),
                 header_words=lambda t: t.replace("公开", "公 开"))  # fmt: skip
    again = [*base[:5], *base[:2], *base[5:]]
    return [
        Fixture("header_split_over_rows.csv", titled_csv(split)),
        Fixture("header_characters_lost.csv", lost),
        Fixture("words_torn_by_spaces.csv", titled_csv(lines_of(torn))),
        Fixture("header_repeated_on_pages.csv", titled_csv(again)),
        Fixture("header_with_instructions.csv",
                replaced(titled_csv(base), ("公开渠道和载体", "公开渠道和载体(用“■”标注)"),
                         ("特定群体", "特定群体(请写明)"))),
    ]  # fmt: skip


def _rows() -> list[Fixture]:
    base = lines_of()
    same = [list(line) for line in base]
    same[3][5] = same[3][4] = same[3][7] = "同上"
    repeated = (ROWS[0], replace(ROWS[1], deadline=ROWS[0].deadline, n=10, basis=ROWS[0].basis,
                                 channels=ROWS[0].channels), *ROWS[2:])  # fmt: skip
    broken = [[c.replace("信息形成或者变更之日起20个工作日内", "信息形\n成或者变\n更之日起\n20个工作\n日内")
               for c in line] for line in base]  # fmt: skip
    hollow = [*base[:4], ["2-1", *[""] * (WIDTH - 1)], *base[4:]]
    text = base[2][7]
    first, second = text[: text.index("□广播电视")].strip(), text[text.index("□广播电视") :]
    cut = [list(line) for line in base]
    cut[2][7] = first
    rest = [""] * WIDTH
    rest[7] = second
    cut.insert(3, rest)
    group = [list(line) for line in base]
    group[5][9] = "获得救助的家庭"
    notes = [*base, ["注:本目录由云溪区民政局负责解释。"], ["联系电话:0000-660000"]]
    third = Style()
    other = [["养老服务领域基层政务公开标准目录"], *lines_of(third, ROWS[:2])]
    return [
        Fixture("pointer_same_as_above.csv", titled_csv(same), rows=repeated),
        Fixture("phrase_over_lines.csv", titled_csv(broken)),
        Fixture("empty_numbered_row.csv", titled_csv(hollow), warn=frozenset({"empty_numbered_row"})),
        Fixture("channels_over_two_rows.csv", titled_csv(cut)),
        Fixture("audience_in_words.csv", titled_csv(group)),
        Fixture("footers.csv", titled_csv(notes), warn=frozenset({"footer"})),
        Fixture("two_tables.csv", titled_csv([*base, *other]), rows=(*ROWS, *ROWS[:2]),
                n_tables=2),
    ]  # fmt: skip


def _forms() -> list[Fixture]:
    village = [["序号", "公开事项", "公开依据", "公开时限", "公开主体", "公开渠道", "公开层级"],
               *[[r.number, r.level2, r.basis_text(), r.deadline, "云溪村村民委员会", "村务公开栏", "村级"]
                 for r in ROWS]]  # fmt: skip
    truth = tuple(replace(r, level1=r.level2, level2="", bodies=("云溪村村民委员会",),
                          channels=frozenset({"board"}), contents=()) for r in ROWS)  # fmt: skip
    residents = [["类别", "一级事项", "二级事项", "公开内容", "公开依据", "公开时限", "公开主体", "公开渠道"],
                 *[["居务", r.level1, r.level2, "\n".join(f"{i}.{c}" for i, c in enumerate(r.contents, 1)),
                    r.basis_text(), r.deadline, "、".join(r.bodies), "政府网站、公开查阅点"] for r in ROWS]]  # fmt: skip
    residing = tuple(replace(r, channels=frozenset({"website", "reading_point"})) for r in ROWS)
    words = [[*line[:8], "全社会", "主动公开"] for line in lines_of()[2:]]
    plain = ["序号", "一级事项", "二级事项", *lines_of()[0][3:8], "公开对象", "公开方式"]
    public = tuple(replace(r, ticks=(True, False, True, False, True, True)) for r in ROWS)
    levels = frozenset({"县级", "乡级", "特定群体", "依申请"})
    return [
        Fixture("village_form.csv", messes.as_csv([["云溪村村务公开目录"], *village]), rows=truth,
                unknown=TICKS | {"level2", "contents"}, domain=None),
        Fixture("residents_form.csv", titled_csv(residents), rows=residing,
                unknown=TICKS | {"number"}, facts={"extra": {"类别": "居务"}}),
        Fixture("audience_and_mode_in_words.csv", titled_csv([plain, *words]), rows=public,
                unknown=levels),
    ]  # fmt: skip


def _texts() -> list[Fixture]:
    bars = messes.as_pipes(lines_of(how="short"), TITLE, drop_blanks=False, width=WIDTH)
    glossed = _traditional(bars)
    outline = "云溪村村务公开事项目录\n\n一、制度类\n1.村规民约;\n2.村级财务管理制度;\n二、事务类\n1.年度工作计划;\n2.村庄规划;\n"
    flat = " ".join(cell for column in zip(*lines_of(), strict=True) for cell in column if cell)
    concatenated = "".join("".join(line) for line in lines_of()).replace("\n", "")
    return [
        Fixture("traditional_with_pinyin.txt", glossed),
        Fixture("gbk_punctuation.txt", replaced(bars, ("、", "\ua1a2"), ("(", "\ua3a8"), (")", "\ua3a9"))),
        Fixture("outline.txt", outline.encode(), rows=(), domain=None,
                facts={"items": [("制度类", "村规民约"), ("制度类", "村级财务管理制度"),
                                 ("事务类", "年度工作计划"), ("事务类", "村庄规划")]}),
        Fixture("flattened_by_columns.txt", flat.encode(), refused="order_destroyed"),
        Fixture("concatenated.txt", concatenated.encode(), refused="order_destroyed"),
        Fixture("spam_planted.csv", replaced(titled_csv(lines_of()),
                ("政府信息公开条例", "飞禽走兽老虎机条例"), ("监督检查", "手机彩票网")), refused="spam_words"),
        Fixture("character_deleted.csv", replaced(titled_csv(lines_of()), ("公", "")),
                refused="character_deleted"),
        Fixture("bytes_shifted.txt", _shifted(), refused=""),
        Fixture("number_masked.csv", replaced(titled_csv(lines_of()), ("起10个工作日", "起*个工作日")),
                unknown=frozenset({"deadlines"}), understood=0.8, warn=frozenset({"masked"})),
        Fixture("fixed_width.txt", _fixed_width(), unknown=TICKS | {"channels"},
                rows=tuple(replace(r, contents=r.contents[:1], bodies=r.bodies[:1]) for r in ROWS)),
    ]  # fmt: skip


def _traditional(content: bytes) -> bytes:
    import opencc

    text = str(opencc.OpenCC("s2t").convert(content.decode()))
    for char, sound in (("開", "kāi"), ("務", "wù"), ("據", "jù"), ("鎮", "zhèn"), ("內", "nèi")):
        text = text.replace(char, f"{char}({sound})")
    return text.encode()


def _shifted() -> bytes:
    text = "“智慧大屏”已成为当地群众了解政务公开信息的重要窗口,社会救助领域公开目录包括公开事项、公开内容、公开依据。"
    shifted = text.encode("gbk")[1:].decode("gbk", errors="replace")
    return "\n".join([shifted] * 8).encode()


def _fixed_width() -> bytes:
    """Columns of spaces, every catalogue row over several lines, tops of the cells aligned."""
    widths = (6, 14, 14, 20, 40, 24, 24)
    rows = [["序号", "一级事项", "二级事项", "公开内容", "公开依据", "公开时限", "公开主体"]]
    rows += [[r.number, r.level1, r.level2, r.contents[0], r.basis_text(), r.deadline, r.bodies[0]]
             for r in ROWS]  # fmt: skip
    out = [TITLE, ""]
    for row in rows:
        pieces = [_wrapped(text, width - 4) for text, width in zip(row, widths, strict=True)]
        for at in range(max(map(len, pieces))):
            line = ""
            for parts, width in zip(pieces, widths, strict=True):
                part = parts[at] if at < len(parts) else ""
                line += part + " " * (width - sum(2 if ord(c) > 255 else 1 for c in part))
            out.append(line.rstrip())
    return "\n".join(out).encode()


def _wrapped(text: str, width: int) -> list[str]:
    size = max(1, width // 2)
    return [text[i : i + size] for i in range(0, len(text), size)] or [""]


GROUPS: tuple[Callable[[], list[Fixture]], ...] = (
    _merges, _glyphs, _columns, _headers, _rows, _forms, _texts,
)  # fmt: skip


def all_fixtures() -> list[Fixture]:
    """Every fixture, text files as they are checked in."""
    return [fixture for group in GROUPS for fixture in group()]


def main() -> None:
    """Write the text fixtures."""
    HERE.mkdir(exist_ok=True)
    for fixture in all_fixtures():
        if fixture.name.endswith(TEXT_ENDINGS):
            (HERE / fixture.name).write_bytes(fixture.content)


if __name__ == "__main__":
    main()
