from tenmatsu.citations import Named, find, is_citation, marks
from tenmatsu.read.layout import analyse


def test_marks_in_order_and_in_ascii():
    assert marks("確認した *3 *5、※１ [2]") == ["3", "5", "1", "2"]


def test_a_footnote_that_tells_something_is_no_citation():
    assert is_citation("甲社に不正アクセス,乙新聞,2020年12月7日")
    assert not is_citation("掲示板には書き込みが12月10日に行われていた。")


def test_a_source_table_of_number_publisher_and_title():
    text = "調査ソース\n1\n\n甲省\n\n大臣会見 2020年1月31日\n\n2\n\n乙新聞\n\n甲社に攻撃 2020年2月6日\n"
    names = [Named(text.index(n), text.index(n) + len(n), n) for n in ("甲省", "乙新聞")]
    found = find("d", text, analyse(text)[0], names)
    assert [(c.mark, c.publisher, c.title, c.date) for c in found] == [
        ("1", "甲省", "大臣会見", "2020-01-31"),
        ("2", "乙新聞", "甲社に攻撃", "2020-02-06"),
    ]
    assert all(text[c.start : c.end] for c in found)
