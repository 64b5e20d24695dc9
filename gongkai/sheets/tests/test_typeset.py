"""Any words can be set, none is read as markup, and the typesetter's end is not ours."""

from __future__ import annotations

import threading

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.sheets import typeset
from gongkai.sheets.blocks import Block, Cell, Row, Run, blocks_of
from gongkai.sheets.document import Fact, FileLine, Receipt, Sheet, as_json, breakable
from gongkai.sheets.tests.conftest import needs_fonts
from gongkai.sheets.tests.reading_pdf import pages_of, without_blanks, words_of

pytestmark = pytest.mark.pure

MARKUP = (
    '#import "@preview/x:1.0.0" #read("typeset.py") $x^2$ *b* _i_ `c` '
    '\\ <l> @r = - + / // /* "q" [c]'
)


PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
TROUBLE = "#$*_`\\<>@=-+/\"[](){}~;:,.!&%^|'aZ09公开信息、。《》（）"


def sheet(*blocks: Block, title: str = "标题", **facts: object) -> str:
    values: dict[str, object] = {
        "language": "zh-Hans", "byline": "云溪区民政局", "head_left": "云溪区政务公开",
        "head_right": "通知公告", "foot": "公开编号 abc", "page_words": ("第 ", " 页，共 ", " 页"),
        "dated_on": "2026-09-18",
    }  # fmt: skip
    return as_json(Sheet(title=title, blocks=blocks, **(values | facts)))  # type: ignore[arg-type]


def everywhere(text: str) -> str:
    """The text in every place of a sheet that holds words of a record."""
    runs = (Run(text), Run(text, ("bold", "stressed", "underlined", "struck", "lowered", "raised")))
    cell = Cell(runs)
    fact = Fact(text, text)
    return sheet(
        Block("paragraph", runs), Block("heading", runs, level=2), Block("quote", runs),
        Block("item", runs, level=1, label="•"), Block("fact", runs, label=text),
        Block("caption", runs),
        Block("table", rows=(Row((cell,), is_head=True), Row((cell, cell)))),
        title=text, byline=text, head_left=text, foot=text, notes=(text,), facts=(fact,),
        files_title=text, files=(FileLine(text, text, text),),
        receipt=Receipt(text, (fact,), text, text, "https://a.example/", PICTURE, text, text),
    )  # fmt: skip


@needs_fonts
def test_markup_in_a_text_is_text():
    pdf = typeset.typeset(sheet(Block("paragraph", (Run(MARKUP),)), title=MARKUP))
    assert words_of(pdf).count(without_blanks(MARKUP)) == 2


@needs_fonts
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=120))
def test_any_text_can_be_set_everywhere(text):
    assert typeset.typeset(everywhere(text)).startswith(b"%PDF-")


@needs_fonts
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(alphabet=TROUBLE, max_size=80))
def test_what_was_written_stands_on_the_paper(text):
    pdf = typeset.typeset(sheet(Block("paragraph", (Run(text),)), Block("paragraph", (Run("终"),))))
    assert without_blanks(text) + "终" in words_of(pdf)


@needs_fonts
def test_a_long_table_repeats_its_head_on_every_page_and_pages_are_numbered():
    rows = "".join(f"<tr><td>第{n}户</td><td>{n}.00</td></tr>" for n in range(120))
    head = "<thead><tr><th>户主姓名</th><th>金额</th></tr></thead>"
    html = f"<table>{head}<tbody>{rows}</tbody></table>"
    pages = pages_of(typeset.typeset(sheet(*blocks_of(html))))
    assert len(pages) > 2
    for number, page in enumerate(pages, 1):
        assert "户主姓名" in page
        assert f"第{number}页，共{len(pages)}页" in without_blanks(page)
    assert "第119户" in without_blanks(pages[-1])


@needs_fonts
def test_a_table_of_many_columns_stands_sideways():
    import pypdfium2

    cells = "".join(f"<td>列{n}</td>" for n in range(14))
    blocks = blocks_of(f"<p>前</p><table><tr>{cells}</tr></table><p>后</p>")
    document = pypdfium2.PdfDocument(typeset.typeset(sheet(*blocks)))
    sizes = [document.get_page_size(number) for number in range(len(document))]
    document.close()
    assert [width > height for width, height in sizes] == [False, True, False]


@needs_fonts
def test_the_same_words_give_the_same_bytes_fit_for_archives():
    one, other = (typeset.typeset(sheet(Block("paragraph", (Run("同"),)))) for _ in range(2))
    assert one == other
    assert b"pdfaid" in one


@needs_fonts
def test_a_typesetter_that_ended_is_replaced():
    setter = typeset.Typesetter()
    content = sheet().encode()
    first = setter.answer(content)
    process = setter._process
    assert process is not None
    process.kill()
    process.wait()
    assert setter.answer(content) == first
    setter.stop()


@needs_fonts
def test_what_cannot_be_set_is_told_and_the_next_sheet_is_set(caplog):
    setter = typeset.Typesetter()
    with pytest.raises(typeset.NotTypeset) as refused:
        setter.answer(b"{}")
    assert refused.value.http_status == 503
    assert setter.answer(sheet().encode()).startswith(b"%PDF-")
    setter.stop()


@needs_fonts
def test_a_typesetter_that_takes_too_long_is_ended(monkeypatch, caplog):
    setter = typeset.Typesetter()
    monkeypatch.setattr(typeset, "LONGEST_SECONDS", 0.0)
    with pytest.raises(typeset.NotTypeset):
        setter.answer(sheet().encode())
    assert setter._process is None


@needs_fonts
def test_several_readers_at_once_each_get_their_own():
    setter = typeset.Typesetter()
    found: dict[str, str] = {}

    def ask(word: str) -> None:
        found[word] = words_of(setter.answer(sheet(title=word).encode()))

    threads = [threading.Thread(target=ask, args=(word,)) for word in ("甲甲", "乙乙", "丙丙")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    setter.stop()
    assert all(word in text for word, text in found.items())
    assert len(found) == 3


def test_without_fonts_the_package_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr(typeset, "FONT_FOLDERS", (tmp_path,))
    assert not typeset.has_fonts()
    with pytest.raises(typeset.NotTypeset) as refused:
        typeset.typeset(sheet())
    assert refused.value.data == {"package": "fonts-noto-cjk"}
    for name in ("NotoSerifCJK-Regular.ttc", "NotoSansCJK-Regular.ttc"):
        (tmp_path / name).touch()
    assert typeset.has_fonts()


@pytest.mark.parametrize(
    ("word", "shown"),
    [
        ("短 word", "短 word"),
        ("x" * 30, "|".join(["x" * 12, "x" * 12, "x" * 6])),
        ("https://a.example/b?c=d#eeeeeeee", "https://|a.|example/|b?|c=|d#eeeeeeee"),
    ],
)
def test_words_longer_than_a_line_may_break(word, shown):
    assert breakable(word).replace("\u200b", "|") == shown
