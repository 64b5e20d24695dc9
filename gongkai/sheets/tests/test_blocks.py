"""HTML becomes flat blocks: nothing said is lost, nothing nested is left."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.disclosures.prose import plain_text, sanitised
from gongkai.sheets.blocks import Block, Run, blocks_of, printable
from gongkai.sheets.grid import MOST_COLUMNS, grid_of
from gongkai.sheets.tests.reading_pdf import without_blanks

pytestmark = pytest.mark.pure


def told(html: str) -> list[tuple[str, int, str, str]]:
    return [(block.kind, block.level, block.label, block.text) for block in blocks_of(html)]


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        ("<p>　　第一条 总则。</p>", [("paragraph", 0, "", "第一条 总则。")]),
        ("<h1>题</h1><h3>一</h3><h4>二</h4>", [("heading", 2, "", "一"), ("heading", 3, "", "二")]),
        ("<ul><li>甲<ul><li>乙</li></ul></li></ul>",
         [("item", 1, "•", "甲"), ("item", 2, "•", "乙")]),
        ("<ol start=3><li><p>甲</p><p>续</p></li><li>乙</li></ol>",
         [("item", 1, "3.", "甲"), ("item", 1, "", "续"), ("item", 1, "4.", "乙")]),
        ("<dl><dt>电话</dt><dd>0000-1</dd></dl>", [("fact", 0, "电话", "0000-1")]),
        ("<blockquote><p>引</p></blockquote><p>后</p>",
         [("quote", 0, "", "引"), ("paragraph", 0, "", "后")]),
        ("<p>一<br>二</p><hr>", [("paragraph", 0, "", "一\n二"), ("rule", 0, "", "")]),
        ("散字</b></a></td></ul>", [("paragraph", 0, "", "散字")]),
        ('<dl><dt>甲</dt><dd>乙</dd></dl><div class="record-text"><p>文</p></div>',
         [("fact", 0, "甲", "乙"), ("rule", 0, "", ""), ("paragraph", 0, "", "文")]),
    ],
)  # fmt: skip
def test_structure_is_kept_flat(html, blocks):
    assert told(html) == blocks


def test_styles_and_links_are_those_of_the_run():
    (block,) = blocks_of('<p>请<b>按<i>时</i></b><a href="https://a.example/x">办</a></p>')
    assert block.runs == (
        Run("请"), Run("按", ("bold",)), Run("时", ("bold", "stressed")),
        Run("办", (), "https://a.example/x"),
    )  # fmt: skip


@pytest.mark.parametrize("href", ["javascript:x", "", "https://a.example/" + "x" * 3000, "/d/a/"])
def test_only_whole_web_addresses_are_links(href):
    (block,) = blocks_of(f'<p><a href="{href}">办</a></p>')
    assert block.runs[0].href == ""


def test_a_table_in_a_cell_becomes_lines_of_the_cell():
    inner = "<table><tr><td>甲</td><td>乙</td></tr></table>"
    (block,) = blocks_of(f"<table><tr><td>外{inner}</td><td>右</td></tr></table>")
    assert [cell.text for cell in block.rows[0].cells] == ["外\n甲\u3000乙", "右"]


def test_heads_totals_and_numbers_are_known_by_the_classes_of_the_page():
    html = (
        "<table><caption>收入表</caption>"
        '<thead><tr><th>项目</th><th class="is-number">元</th></tr></thead><tbody>'
        '<tr class="is-total"><td>合计</td><td class="is-number">1.00</td></tr></tbody></table>'
    )
    caption, table = blocks_of(html)
    assert caption == Block("caption", (Run("收入表"),))
    grid = grid_of(table.rows)
    assert grid.n_head_rows == 1
    assert grid.rows[1].is_total
    assert [column.is_number for column in grid.columns] == [False, True]


tables = st.lists(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.booleans()), max_size=9),
    max_size=9,
)


@given(tables)
def test_every_slot_of_a_grid_is_filled_once_and_no_word_is_lost(rows):
    html, n = "", 0
    for row in rows:
        html += "<tr>"
        for n_columns, n_rows, is_head in row:
            tag = "th" if is_head else "td"
            html += f'<{tag} colspan="{n_columns}" rowspan="{n_rows}">w{n}w</{tag}>'
            n += 1
        html += "</tr>"
    blocks = blocks_of(f"<table>{html}</table>")
    assert len(blocks) == (1 if n else 0)
    for block in blocks:
        check_grid(grid_of(block.rows), n)


def check_grid(grid, n_words):
    width = len(grid.columns)
    assert 1 <= width <= MOST_COLUMNS
    for rows in (grid.rows[: grid.n_head_rows], grid.rows[grid.n_head_rows :]):
        free = [[True] * width for _ in rows]
        for y, row in enumerate(rows):
            for cell in row.cells:
                x = free[y].index(True)
                for down in range(cell.n_rows):
                    for right in range(cell.n_columns):
                        assert free[y + down][x + right]
                        free[y + down][x + right] = False
        assert not any(any(line) for line in free)
    text = "\n".join(cell.text for row in grid.rows for cell in row.cells)
    assert all(f"w{number}w" in text for number in range(n_words))


@given(st.text())
def test_any_typed_text_stands_in_the_blocks(text):
    html = sanitised(text)
    said = "".join(
        block.text + "".join(cell.text for row in block.rows for cell in row.cells)
        for block in blocks_of(html)
    )
    assert without_blanks(said) == without_blanks(printable(plain_text(html)))


@given(st.lists(st.sampled_from(
    ["<p>", "</p>", "<table>", "</table>", "<tr>", "<td>", "<th>", "</td>", "<ul>", "</ul>", "<li>",
     "<b>", "</b>", "<dl>", "<dt>", "<dd>", "<caption>", "<h1>", "</h1>", "<thead>", "<", "&", "字"]
)))  # fmt: skip
def test_no_order_of_tags_fails(parts):
    for block in blocks_of("".join(parts)):
        if block.kind == "table":
            grid_of(block.rows)
