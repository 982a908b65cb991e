"""Names of a document against an imported register: linked when exactly one fits, listed when several do."""

import json
import re

import pytest

import tenmatsu
from tenmatsu.organisations import find
from tenmatsu.organisations.link import MOST_CANDIDATES, Seat, told_of
from tenmatsu.organisations.register import entity_id_of, register
from tenmatsu.pipeline import extract_document
from tenmatsu.registry import Candidate, Registry
from tenmatsu.registry.corporate_number import check_digit
from tenmatsu.registry.files import recognise
from tenmatsu.registry.load import Loader


def number(at):
    base = f"{at:012}"
    return f"{check_digit(base)}{base}"


def row(at, name, prefecture="東京都", city="港区", **more):
    given = {
        "process": "01",
        "change": "2015-10-05",
        "update": "2020-01-10",
        "latest": "1",
        "close": "",
        "en": "",
        "kind": "301",
    } | more
    return [
        "1", number(at), given["process"], "0", given["update"], given["change"], name, "", given["kind"], prefecture, city,
        "本町１", "", "13", "103", "", "", "", given["close"], "", "", "", "2015-10-05", given["latest"], given["en"],
        "", "", "", "", "0",
    ]  # fmt: skip


ROWS = [
    row(1, "株式会社アケボノ電送"),
    row(2, "株式会社ミナト陸送", "東京都", "港区"),
    row(3, "株式会社ミナト陸送", "大阪府", "大阪市北区"),
    row(4, "株式会社ミナト陸送", "神奈川県", "横浜市西区"),
    row(5, "ミナト陸送株式会社", "宮城県", "仙台市青葉区"),
    row(6, "ツバサ測量株式会社", "青森県", "むつ市"),
    row(7, "株式会社旧式計器", latest="0", update="2018-01-01"),
    row(7, "株式会社新式計器", process="11", change="2021-04-01", update="2021-04-05"),
    row(8, "株式会社トビウオ回漕", close="2019-03-31"),
    row(9, "株式会社トビウオ回漕", "大阪府", "堺市堺区"),
    row(10, "合同会社ヒバリ物流", en="Hibari Logistics LLC"),
    row(11, "株式会社ハルカ"),
    row(12, "株式会社綾瀬川市", "埼玉県", "川口市"),
    row(13, "綾瀬川市", "埼玉県", "綾瀬川市", kind="201"),
    row(14, "株式会社千波県警", kind="301"),
    row(15, "大和工業株式会社", "大阪府", "大阪市北区"),
    row(16, "大和工業株式会社", "宮城県", "仙台市青葉区"),
    row(17, "大和工業株式会社", "宮城県", "仙台市青葉区"),
    row(18, "大和工業株式会社", "秋田県", "秋田市"),
    *(row(at, "株式会社スズラン商会", city=f"区{at}") for at in range(100, 130)),
]


@pytest.fixture(scope="module")
def registry(tmp_path_factory):
    folder = tmp_path_factory.mktemp("register")
    file = folder / "all.csv"
    file.write_text("".join(",".join(one) + "\n" for one in ROWS), encoding="utf-8")
    with Loader(folder / "r.db") as loader:
        loader.add(recognise(file))
    return Registry(folder / "r.db")


@pytest.fixture
def linked(registry):
    """The entity of a text whose name or spelling holds ``name``."""

    def run(text, name, published="2024-05-10"):
        extracted = extract_document(text.encode(), "a.txt", published=published, registry=registry)
        assert extracted.document.status == "ok", extracted.document.error
        ids = {one.entity_id for one in extracted.mentions if name in one.text}
        assert len(ids) == 1, (name, [one.text for one in extracted.mentions])
        (entity,) = (one for one in extracted.entities if one.entity_id in ids)
        return entity

    return run


NEWS = "{}は5月8日、不正アクセスを受けたと発表した。"


def test_a_whole_name_that_one_organisation_bears(linked):
    entity = linked(NEWS.format("株式会社アケボノ電送"), "アケボノ電送")
    assert (entity.entity_id, entity.corporate_number, entity.source) == (f"jp:{number(1)}", number(1), "register")
    assert (entity.link_score, entity.link_evidence, entity.candidates) == (0.9, ("name+form", "unique"), ())


def test_another_form_or_end_is_another_organisation(linked):
    entity = linked(NEWS.format("アケボノ電送株式会社"), "アケボノ電送")
    assert (entity.source, entity.link_score, entity.candidates) == ("document", 0.0, (number(1),))
    assert entity.entity_id == entity_id_of("アケボノ電送株式会社")
    assert linked(NEWS.format("ミナト陸送株式会社"), "ミナト陸送").corporate_number == number(5)


def test_several_are_listed_and_none_is_taken(linked):
    entity = linked(NEWS.format("株式会社ミナト陸送"), "ミナト陸送")
    assert entity.entity_id == entity_id_of("株式会社ミナト陸送")
    assert (entity.source, entity.link_score, entity.link_evidence) == ("document", 0.0, ())
    assert set(entity.candidates) == {number(at) for at in (2, 3, 4, 5)}
    many = linked(NEWS.format("株式会社スズラン商会"), "スズラン商会")
    assert len(many.candidates) == MOST_CANDIDATES


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ("株式会社ミナト陸送（本社：東京都港区）", 2),
        ("株式会社ミナト陸送（本社・大阪府大阪市北区、代表取締役社長：山田太郎）", 3),
        ("株式会社ミナト陸送（大阪府大阪市）", 3),
        ("株式会社ミナト陸送（本社：横浜市西区）", 4),
        ("横浜市西区に本社を置く株式会社ミナト陸送", 4),
        ("大阪府大阪市北区の株式会社ミナト陸送", 3),
        ("株式会社ミナト陸送（東京・港区）", 2),
    ],
)
def test_the_seat_decides(linked, said, at):
    entity = linked(NEWS.format(said), "ミナト陸送")
    assert entity.corporate_number == number(at)
    assert (entity.link_score, entity.link_evidence) == (0.95, ("name+form", "seat"))


def test_the_seat_of_a_profile_decides(linked):
    text = (
        NEWS.format("株式会社ミナト陸送")
        + "\n\n会社概要\n会社名：株式会社ミナト陸送\n所在地：〒220-0001 神奈川県横浜市西区本町1\n"
    )
    assert linked(text, "ミナト陸送").corporate_number == number(4)


@pytest.mark.parametrize(
    "said", ["株式会社アケボノ電送（本社：大阪府堺市）", "株式会社ミナト陸送（本社：東京都新宿区）"]
)
def test_a_seat_that_does_not_agree_links_nobody(linked, said):
    entity = linked(NEWS.format(said), said[4:8])
    assert (entity.source, entity.link_score) == ("document", 0.0)
    assert entity.candidates


def test_the_seat_of_another_company_is_not_taken(linked):
    text = "株式会社ミナト陸送の委託先である株式会社ソラマメ企画（本社：東京都港区）で漏えいが起きた。"
    assert linked(text, "ミナト陸送").source == "document"


def test_the_number_decides(linked):
    text = NEWS.format("株式会社ミナト陸送") + f"\n会社名：株式会社ミナト陸送\n法人番号：{number(3)}\n"
    entity = linked(text, "ミナト陸送")
    assert (entity.corporate_number, entity.link_score) == (number(3), 1.0)
    assert entity.link_evidence == ("name+form", "number")
    wide = f"T{number(4)}".translate({ord(digit): ord(digit) - 0x30 + 0xFF10 for digit in "0123456789"})
    text = NEWS.format("ミナト陸送") + f"\nミナト陸送\n登録番号：{wide}\n"
    assert linked(text, "ミナト陸送").corporate_number == number(4)


def test_a_number_that_is_none_of_the_candidates_links_nobody(linked):
    text = NEWS.format("株式会社アケボノ電送") + f"\n会社名：株式会社アケボノ電送\n法人番号：{number(9)}\n"
    assert linked(text, "アケボノ電送").source == "document"


def test_a_name_without_its_form_is_linked_when_it_is_the_only_one(linked):
    text = "委託先の{}が不正アクセスを受けた。{}は調査を続けている。"
    entity = linked(text.format("ツバサ測量", "ツバサ測量"), "ツバサ測量")
    assert (entity.corporate_number, entity.link_score) == (number(6), 0.6)
    assert entity.link_evidence == ("name", "unique")
    with_seat = linked(text.format("ツバサ測量（青森県むつ市）", "ツバサ測量"), "ツバサ測量")
    assert (with_seat.link_score, with_seat.link_evidence) == (0.8, ("name", "seat", "unique"))
    assert linked(text.format("ミナト陸送", "ミナト陸送"), "ミナト陸送").link_score == 0.0
    # three katakana are as likely a word: not by the name alone
    short = linked(text.format("ハルカ", "ハルカ"), "ハルカ")
    assert (short.source, short.candidates) == ("document", (number(11),))


def test_the_short_name_of_a_longer_one_is_not_looked_up_by_itself(linked):
    text = "株式会社アケボノ電送北陸は不正アクセスを受けたと発表した。アケボノ電送北陸（以下「アケボノ電送」という）は調査中。"
    assert linked(text, "アケボノ電送").source == "document"


def test_a_town_is_no_company_of_its_name(linked):
    assert linked("埼玉県の綾瀬川市は10日、USBメモリを紛失したと発表した。", "綾瀬川市").corporate_number == number(13)
    assert linked("千波県警は10日、男を逮捕した。", "千波県警").candidates == ()


def test_the_name_that_was_borne_at_the_time(linked):
    text = NEWS.format("株式会社旧式計器")
    before = linked(text, "旧式計器", published="2021-03-01")
    assert (before.entity_id, before.name) == (f"jp:{number(7)}", "株式会社新式計器")
    assert "former" in before.link_evidence
    assert linked(text, "旧式計器", published="2024-05-10").source == "document"
    assert linked(NEWS.format("株式会社新式計器"), "新式計器").link_evidence == ("name+form", "unique")


def test_who_was_closed_before_is_out(linked):
    assert linked(NEWS.format("株式会社トビウオ回漕"), "トビウオ回漕").corporate_number == number(9)
    early = linked(NEWS.format("株式会社トビウオ回漕"), "トビウオ回漕", published="2018-05-10")
    assert set(early.candidates) == {number(8), number(9)}


def test_a_name_that_no_register_has_stays_as_it_is(linked):
    entity = linked(NEWS.format("株式会社ナナカマド図案"), "ナナカマド図案")
    assert (entity.source, entity.candidates, entity.link_score, entity.link_evidence) == ("document", (), None, ())


def test_the_built_in_register_links_by_name_alone_and_says_so(linked):
    entity = linked(NEWS.format("株式会社神戸製鋼所"), "神戸製鋼所")
    assert (entity.source, entity.link_score, entity.link_evidence) == ("edinet", 0.5, ("name", "built-in"))
    namesake = linked(NEWS.format("大和工業株式会社"), "大和工業")
    assert (namesake.source, namesake.link_score) == ("edinet", 0.5)
    assert set(namesake.candidates) == {number(at) for at in (15, 16, 17, 18)}


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ("大和工業株式会社（本社：大阪府大阪市北区）", 15),
        ("大阪市北区に本社を置く大和工業株式会社", 15),
        ("大和工業株式会社（秋田県秋田市）", 18),
        (f"大和工業株式会社（法人番号：{number(16)}）", 16),
    ],
)
def test_a_namesake_that_sits_where_the_text_says_goes_before_the_built_in_firm(linked, said, at):
    entity = linked(NEWS.format(said), "大和工業")
    assert (entity.source, entity.corporate_number, entity.edinet_code) == ("register", number(at), None)
    assert ("seat" in entity.link_evidence) != ("number" in entity.link_evidence)


def test_a_seat_that_nothing_can_check_makes_the_built_in_firm_less_sure(linked):
    entity = linked(NEWS.format("大和工業株式会社（本社：高知県高知市）"), "大和工業")
    assert (entity.source, entity.link_score) == ("edinet", 0.3)
    assert entity.link_evidence == ("name", "built-in", "seat unchecked")


def test_a_firm_whose_registered_seat_or_number_is_another_is_not_the_built_in_one(tmp_path):
    known = register().find("神戸製鋼所")
    code = register().entities[known.entity_id].corporate_number
    file = tmp_path / "one.csv"
    filed = row(1, "株式会社神戸製鋼所", "兵庫県", "神戸市中央区")
    filed[1] = code
    file.write_text(",".join(filed) + "\n", encoding="utf-8")
    with Loader(tmp_path / "r.db") as loader:
        loader.add(recognise(file))
    registry = Registry(tmp_path / "r.db")

    def entity_of(said):
        extracted = extract_document(NEWS.format(said).encode(), "a.txt", published="2024-05-10", registry=registry)
        (entity,) = (one for one in extracted.entities if "神戸製鋼所" in one.name)
        return entity

    away = entity_of("株式会社神戸製鋼所（本社：秋田県秋田市）")
    assert (away.source, away.entity_id) == ("document", entity_id_of("株式会社神戸製鋼所"))
    assert (away.corporate_number, away.link_score, away.candidates) == (None, 0.0, (code,))
    home = entity_of("株式会社神戸製鋼所（本社：神戸市中央区）")
    assert (home.source, home.corporate_number, home.link_score) == ("edinet", code, 0.95)
    assert entity_of("株式会社神戸製鋼所").link_evidence == ("name+form", "unique")
    assert entity_of(f"株式会社神戸製鋼所（法人番号：{number(5)}）").source == "document"


def test_without_an_imported_register_a_number_in_the_text_decides():
    code = register().entities[register().find("神戸製鋼所").entity_id].corporate_number
    for said, source, score in (
        (f"株式会社神戸製鋼所（法人番号：{code}）", "edinet", 1.0),
        (f"株式会社神戸製鋼所（法人番号：{number(5)}）", "document", 0.0),
    ):
        extracted = extract_document(NEWS.format(said).encode(), "a.txt", published="2024-05-10")
        assert [(one.source, one.link_score) for one in extracted.entities] == [(source, score)]


@pytest.mark.parametrize(
    "line",
    [
        "本社：大阪府綾瀬川市",
        "本店所在地　綾瀬川市本町1-2",
        "所在地：〒530-0001 大阪府綾瀬川市",
        "住　所　綾瀬川市",
        "本社は綾瀬川市",
    ],
)
def test_a_seat_is_no_organisation(line):
    text = f"2024年5月10日\n株式会社アケボノ電送\n{line}\n\n当社は5月8日、不正アクセスを受けました。\n"
    assert {one.text for one in find(text)} == {"株式会社アケボノ電送"}
    assert "綾瀬川市" in {one.text for one in find("市役所本庁の職員が綾瀬川市に報告した。綾瀬川市は発表した。")}


def test_two_names_of_one_organisation_become_one(registry):
    text = "合同会社ヒバリ物流は不正アクセスを受けたと発表した。Hibari Logistics LLCの海外拠点に影響はない。\n"
    extracted = extract_document(text.encode(), "a.txt", registry=registry)
    named = [one for one in extracted.mentions if one.kind == "name"]
    assert {one.entity_id for one in named} == {f"jp:{number(10)}"}
    assert len(named) == 2
    assert len({one.entity_id for one in extracted.entities}) == len(extracted.entities)


def test_events_and_cards_carry_the_id(registry):
    text = NEWS.format("株式会社アケボノ電送")
    plain = extract_document(text.encode(), "a.txt", published="2024-05-10")
    extracted = extract_document(text.encode(), "a.txt", published="2024-05-10", registry=registry)
    assert {one.org_id for one in extracted.events if one.org == "株式会社アケボノ電送"} == {f"jp:{number(1)}"}
    assert [(one.type, one.date, one.org) for one in extracted.events] == [
        (one.type, one.date, one.org) for one in plain.events
    ]


def test_the_interface_takes_a_path_or_an_open_register(registry):
    text = NEWS.format("株式会社アケボノ電送")
    for given in (registry, registry.path, str(registry.path)):
        entities = tenmatsu.extract(text, register=given).entities
        assert list(entities["entity_id"]) == [f"jp:{number(1)}"]
    (one,) = tenmatsu.Pipeline(register=registry.path).pipe([text])
    assert list(one.entities["link_score"]) == [0.9]
    assert list(tenmatsu.extract(text).entities["source"]) == ["document"]
    with pytest.raises(ValueError, match="no such register"):
        tenmatsu.Pipeline(register="none.db")


def test_no_environment_changes_what_the_library_gives(registry, monkeypatch):
    monkeypatch.setenv("TENMATSU_REGISTER", str(registry.path))
    assert list(tenmatsu.extract(NEWS.format("株式会社アケボノ電送")).entities["source"]) == ["document"]


def candidate(prefecture, city):
    return Candidate(number(1), "", "", prefecture, city, "", "", "", "", "name", True)


@pytest.mark.parametrize(
    ("prefecture", "rest", "city", "agrees"),
    [
        ("東京都", "港区芝1", "港区", True), ("東京都", "港区", "新宿区", False), ("大阪府", "港区", "港区", False),
        ("東京都", "", "港区", True), ("", "港区芝", "港区", True), ("", "", "港区", False),
        ("東京都", "横浜市", "横浜市西区", True), ("東京都", "横浜市中区", "横浜市西区", False),
        ("東京都", "瑞穂町大字", "西多摩郡瑞穂町", True), ("", "西多摩郡瑞穂町", "西多摩郡瑞穂町", True),
        ("東京都", "西多摩郡日の出町", "西多摩郡瑞穂町", False),
    ],
)  # fmt: skip
def test_seats_that_agree(prefecture, rest, city, agrees):
    assert Seat(prefecture, rest).agrees(candidate("東京都", city)) is agrees


def test_what_is_told_belongs_to_the_nearest_name_above():
    text = (
        "株式会社アケボノ電送\n所在地 東京都港区本町1\n\n株式会社ミナト陸送\n法人番号 " + number(3) + "\n\n"
        "お問い合わせ\n\n\n\n\n\n本社 大阪府堺市堺区1\n"
    )
    found = find(text)
    told = {found[index].text: (one.seats, one.numbers) for index, one in told_of(text, found).items()}
    assert told == {
        "株式会社アケボノ電送": ([Seat("東京都", "港区本町1")], set()),
        "株式会社ミナト陸送": ([], {number(3)}),
    }


def test_reading_what_is_told_takes_time_linear_in_the_text():
    import time

    def seconds(times):
        text = "本社：東京都港区の（株式会社アケボノ電送（本社：東京都港区芝、法人番号1234567890123" * times
        text += "\n埼玉県綾瀬川市" * times + "本社：東京都港区\n\n\n\n" * times
        found = find(text)
        start = time.process_time()
        told_of(text, found)
        return time.process_time() - start

    seconds(10)
    assert min(seconds(800) for _ in range(3)) < 20 * min(seconds(80) for _ in range(3)) + 0.05


def test_tables_hold_the_candidates_as_lists(registry, tmp_path):
    from tenmatsu.tables import row as table_row

    extracted = extract_document(NEWS.format("株式会社ミナト陸送").encode(), "a.txt", registry=registry)
    (entity,) = extracted.entities
    written = json.loads(json.dumps(table_row("entities", entity)))
    assert all(re.fullmatch("[0-9]{13}", one) for one in written["candidates"])
    assert len(written["candidates"]) == 4
