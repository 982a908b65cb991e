import time

from tenmatsu.pipeline import extract_document
from tenmatsu.read.decode import read
from tenmatsu.scopes import Scopes


def places(text, *names):
    extracted = extract_document(text.encode(), "t.txt")
    document = read(text.encode(), "t.txt")
    scopes = Scopes(document, extracted.events, extracted.mentions, names)
    return lambda word: scopes.at(text.index(word))


def test_a_tag_gives_its_line_to_an_organisation():
    at = places("・【甲山商事】2024年4月1日、一つ目。\n・【乙川物産】2024年5月1日、二つ目。\n", "甲山商事", "乙川物産")
    assert at("一つ目") == {"甲山商事"}
    assert at("二つ目") == {"乙川物産"}


def test_a_sentence_that_names_nobody_goes_on_about_the_one_before():
    at = places(
        "株式会社甲山商事は4月に攻撃を受けた。手口は一つ目だった。\n株式会社乙川物産も5月に攻撃を受けた。手口は二つ目だった。\n",
        "株式会社甲山商事",
        "株式会社乙川物産",
    )
    assert at("一つ目") == {"株式会社甲山商事"}
    assert at("二つ目") == {"株式会社乙川物産"}


def test_one_victim_owns_the_whole_document():
    at = places("株式会社甲山商事は攻撃を受けた。\n詳細は一つ目。\n", "株式会社甲山商事")
    assert at("一つ目") == {"株式会社甲山商事"}


def test_asking_is_cheap_in_a_long_line():
    text = "株式会社甲山商事と株式会社乙川物産が攻撃を受けた。" + "詳細は不明。" * 3000
    at = places(text, "株式会社甲山商事", "株式会社乙川物産")
    begin = time.process_time()
    at("不明")
    assert time.process_time() - begin < 1
