"""Official files of organisations into a register: what is read, left out, kept of the past, and found again."""

import hashlib
import itertools
import pickle
import random
import sqlite3
import threading
import zipfile

import pytest

from tenmatsu.organisations.register import FORMS
from tenmatsu.registry import RegisterError, Registry, at_date
from tenmatsu.registry.corporate_number import check_digit, corporate_number_of, is_corporate_number
from tenmatsu.registry.files import SourceError, recognise
from tenmatsu.registry.load import Loader, seat_of
from tenmatsu.registry.names import folded, has_form, key, whole


def number(at):
    base = f"{at:012}"
    return f"{check_digit(base)}{base}"


def row(at, name, **more):
    """A row of the corporate numbers about the organisation number ``at``, in the order of the 30 columns."""
    given = {
        "process": "01", "correct": "0", "update": "2020-01-10", "change": "2015-10-05", "kind": "301",
        "prefecture": "東京都", "city": "港区", "street": "本町１丁目", "outside": "", "close": "", "cause": "",
        "successor": "", "assigned": "2015-10-05", "latest": "1", "en": "", "kana": "", "hidden": "0",
    } | more  # fmt: skip
    g = given.get
    return [
        "1", at if isinstance(at, str) else number(at), g("process"), g("correct"), g("update"), g("change"), name, "",
        g("kind"), g("prefecture"), g("city"), g("street"), "", "13", "103", "1050000", g("outside"), "", g("close"),
        g("cause"), g("successor"), "", g("assigned"), g("latest"), g("en"), "", "", "", g("kana"), g("hidden"),
    ]  # fmt: skip


def csv_text(rows):
    return "".join(",".join(f'"{cell}"' for cell in one) + "\r\n" for one in rows)


EDINET_HEAD = (
    "ＥＤＩＮＥＴコード,提出者種別,上場区分,連結の有無,資本金,決算日,提出者名,提出者名（英字）,提出者名（ヨミ）,所在地,"
    "提出者業種,証券コード,提出者法人番号"
)


def edinet(*rows, day="2024年05月01日現在"):
    lines = [f"ダウンロード実行日,{day},件数,{len(rows)}件", EDINET_HEAD]
    lines += [",".join(f'"{cell}"' for cell in one) for one in rows]
    return ("\r\n".join(lines) + "\r\n").encode("cp932")


def filer(code, name, at, english="", type_="内国法人・組合", address="青森県むつ市本町１番"):
    return (code, type_, "上場", "有", "100", "3月31日", name, english, "カナ", address, "機械", "99990", at)


@pytest.fixture
def bring(tmp_path):
    """Import files, given as rows or bytes, each in a run of its own, and return the register opened."""
    count = itertools.count(1)

    def run(*contents, name="register.db"):
        path = tmp_path / name
        for content in contents:
            file = tmp_path / f"file{next(count)}.csv"
            file.write_bytes(content if isinstance(content, bytes) else csv_text(content).encode())
            with Loader(path) as loader:
                run.last = loader.add(recognise(file))
        return Registry(path)

    return run


def contents(path):
    """All rows of a register but those about files."""
    with sqlite3.connect(path) as db:
        db.create_function("nothing", 0, lambda: None)
        places = "(SELECT prefecture || city FROM place p WHERE p.place_id = o.place_id)"
        tables = {"organisation o": f"*, {places}", "spelling": "*", "naming": "*", "filer": "*"}
        found = {table: sorted(db.execute(f"SELECT {what} FROM {table}")) for table, what in tables.items()}
        # the numbers of places depend on the order of the files, the places do not
        found["organisation o"] = [one[:6] + one[7:] for one in found["organisation o"]]
        return found


# check digits


def test_the_check_digit_of_the_worked_example():
    # 7123456789012: 74 is the weighted sum, 74 mod 9 is 2, 9 - 2 is 7
    assert check_digit("123456789012") == 7
    assert is_corporate_number("7123456789012")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "7123456789",
        "71234567890123",
        "７１２３４５６７８９０１２",
        "712345678901x",
        "712345678901²",
        " 7123456789012",
    ],
)
def test_what_is_no_corporate_number(text):
    assert not is_corporate_number(text)


def test_a_changed_digit_shows():
    right = number(123)
    for at in range(13):
        for digit in "0123456789":
            changed = right[:at] + digit + right[at + 1 :]
            # weights 1 and 2 modulo 9: only 0 against 9 of weight 1 and 2 stay hidden
            hidden = at and {right[at], digit} == {"0", "9"}
            assert is_corporate_number(changed) == (changed == right or hidden), changed


@pytest.mark.parametrize(
    "text", ["7-1234-5678-9012", "７１２３４５６７８９０１２", "T7123456789012", " 7 1234 5678 9012 "]
)
def test_written_ways_of_a_number(text):
    assert corporate_number_of(text) == "7123456789012"


# keys of names


@pytest.mark.parametrize(
    "name",
    [
        "株式会社アクメ・商会",
        "㈱アクメ商会",
        "（株）アクメ　商会",
        "アクメ商会株式会社",
        "アクメ商会",
        "ｱｸﾒ商会(株)",
        "株式会社 アクメ商会",
    ],
)
def test_spellings_that_share_a_key(name):
    assert key(name) == "アクメ商会"


def test_the_whole_name_keeps_its_form_and_its_end():
    assert whole("㈱アクメ") == whole("株式会社　アクメ") != whole("アクメ株式会社")
    assert folded("ＡＢＣ合同会社") == ("abc", "abc合同会社")
    assert key("株式会社") == "株式会社"
    assert key("キャノン商事") == key("キヤノン商事")
    assert key("髙野橋病院") == key("高野橋病院")


@pytest.mark.parametrize(
    "name",
    [
        "Acme Trading Co., Ltd.",
        "ACME TRADING Inc.",
        "Acme Trading",
        "Ａｃｍｅ Ｔｒａｄｉｎｇ Corporation",
        "acme-trading K.K.",
    ],
)
def test_english_forms(name):
    assert key(name) == "acmetrading"


def test_an_english_word_that_ends_like_a_form_stays():
    assert key("Tabasco") == "tabasco"
    assert not has_form("Tabasco")


def test_every_form_of_the_built_in_register_falls_away():
    for form in FORMS.replace("\\", "").split("|"):
        assert key(f"{form}アクメ") == "アクメ", form


# which file is what


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_corporate_numbers_in_each_encoding(tmp_path, encoding):
    file = tmp_path / "any.name"
    file.write_bytes(csv_text([row(1, "株式会社アクメ①")]).encode(encoding))
    source = recognise(file)
    assert (source.kind, source.encoding) == ("nta", encoding)
    assert source.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()


def test_a_zip_with_its_signature_beside(tmp_path):
    packed = tmp_path / "00_zenkoku_all_20240531.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("00_zenkoku_all_20240531.csv", csv_text([row(1, "株式会社アクメ")]))
        file.writestr("00_zenkoku_all_20240531.csv.asc", "signature")
    with Loader(tmp_path / "r.db") as loader:
        assert loader.add(recognise(packed)).new == 1


def test_the_code_list_by_its_header(tmp_path):
    file = tmp_path / "list.csv"
    file.write_bytes(edinet(filer("E00001", "株式会社アクメ", number(1))))
    source = recognise(file)
    assert (source.kind, source.dated) == ("edinet", "2024-05-01")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        ("氏名,住所\n山田,東京\n".encode(), "not a file of organisations"),
        (b"<?xml version='1.0'?><a/>", "XML"),
        (b"\xff\xfe\x00\x81\x00", "neither UTF-8 nor Shift_JIS"),
        ("ＥＤＩＮＥＴコード,提出者種別,提出者名\nE00001,内国法人,アクメ\n".encode("cp932"), "提出者法人番号"),
        (csv_text([row(1, "株式会社アクメ")[:29]]).encode(), "not a file of organisations"),
    ],
)
def test_other_files_are_told_in_one_line(tmp_path, content, said):
    file = tmp_path / "wrong.csv"
    file.write_bytes(content)
    with pytest.raises(SourceError, match=said) as told:
        recognise(file)
    assert str(file) in str(told.value)
    assert "\n" not in str(told.value)


def test_a_zip_of_two_files_is_refused(tmp_path):
    packed = tmp_path / "two.zip"
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("a.csv", "a")
        file.writestr("b.csv", "b")
    with pytest.raises(SourceError, match="2 CSV files"):
        recognise(packed)


# rows that are left out


def test_rows_that_fail_are_counted_named_and_left_out(bring):
    wrong = number(2)[:-1] + str((int(number(2)[-1]) + 1) % 10)
    book = bring(
        [
            row(1, "株式会社一番"), row(wrong, "株式会社二番"), row(3, "株式会社三番")[:28], row(4, ""),
            row(5, "株式会社五番", process="55"), row(6, "株式会社六番", update="2020/01/10"), row(7, "株式会社七番", latest=""),
        ]
    )  # fmt: skip
    assert (bring.last.read, bring.last.new, bring.last.refused) == (7, 1, 6)
    assert [(one.line, one.number, one.name) for one in bring.last.named][:2] == [
        (2, wrong, "株式会社二番"), (3, number(3), ""),
    ]  # fmt: skip
    reasons = [reason for *_, reason in book.refused()]
    assert len(reasons) == 6
    assert "check digit" in reasons[0]
    assert "28 columns" in reasons[1]
    assert book.look_up("株式会社二番") == []
    assert book.organisation(number(1)).name == "株式会社一番"
    assert book.sources()[0].refused == 6


def test_a_file_without_a_usable_row_changes_nothing(bring, tmp_path):
    with pytest.raises(SourceError, match="none of its 1 rows"):
        bring([row("1234567890123", "株式会社アクメ")])
    assert not (tmp_path / "register.db").exists()


def test_a_file_that_breaks_off_leaves_the_register_as_it_was(bring, tmp_path):
    bring([row(1, "株式会社一番")])
    before = (tmp_path / "register.db").read_bytes()
    # past the block that tells the encoding
    long = csv_text([row(at, f"株式会社{at}番") for at in range(10, 6000)]).encode() + b"\x81"
    with pytest.raises(SourceError, match="cannot be read"):
        bring(long)
    assert (tmp_path / "register.db").read_bytes() == before


# look-up


def test_candidates_and_never_a_guess(bring):
    book = bring(
        [
            row(1, "株式会社　アクメ", city="港区"),
            row(2, "アクメ株式会社", prefecture="大阪府", city="大阪市北区", close="2019-03-31", cause="01"),
            row(3, "有限会社アクメ", kind="302", prefecture="青森県", city="むつ市"),
            row(4, "株式会社アクメ商会", en="Acme Trading Co., Ltd."),
        ]
    )
    found = {one.corporate_number: one for one in book.look_up("㈱アクメ")}
    assert list(found) == sorted(number(at) for at in (1, 2, 3))
    assert [found[number(at)].whole for at in (1, 2, 3)] == [True, False, False]
    second = found[number(2)]
    assert (second.name, second.kind, second.prefecture, second.city, second.close_date, second.basis) == (
        "アクメ株式会社", "株式会社", "大阪府", "大阪市北区", "2019-03-31", "name",
    )  # fmt: skip
    (english,) = book.look_up("ACME TRADING")
    assert (english.corporate_number, english.basis, english.spelling) == (
        number(4),
        "english",
        "Acme Trading Co., Ltd.",
    )
    assert book.look_up("アクメ商事") == book.look_up("") == book.look_up("・") == []


def test_former_names_and_the_organisation_at_a_date(bring):
    book = bring(
        [
            row(1, "株式会社旧名", latest="0", update="2016-02-01"),
            row(1, "株式会社中名", latest="0", process="11", change="2018-04-01", update="2018-04-03"),
            row(1, "株式会社中名", latest="0", process="12", change="2019-07-01", update="2019-07-03", city="新宿区"),
            row(1, "株式会社新名", process="11", change="2021-10-01", update="2021-10-05", city="新宿区"),
        ]
    )
    one = book.organisation(number(1))
    assert (one.name, one.valid_from, one.city) == ("株式会社新名", "2021-10-01", "新宿区")
    assert one.former == (("株式会社旧名", "", "2018-04-01"), ("株式会社中名", "2018-04-01", "2021-10-01"))
    (middle,) = book.look_up("中名")
    assert (middle.name, middle.spelling, middle.basis, middle.valid_from, middle.valid_until) == (
        "株式会社新名", "株式会社中名", "former", "2018-04-01", "2021-10-01",
    )  # fmt: skip
    days = {"旧名": "2018-03-31", "中名": "2018-04-01", "新名": "2021-10-01"}
    for name, day in days.items():
        assert [other for other in days if book.look_up(other, at=day)] == [name]
    assert book.look_up("中名", at="2021-09") == [middle] == book.look_up("中名", at="[2021-09-30..2022-01-05]")
    assert book.look_up("中名", at="XXXX-03-01") == [middle]
    assert book.look_up("中名", at="2022") == []


def test_a_closed_organisation_is_none_of_a_later_day(bring):
    found = bring([row(1, "株式会社閉業", close="2019-03-31", cause="01", process="21")]).look_up("閉業")
    assert at_date(found, "2019-03-31") == found
    assert at_date(found, "2019-04-01") == []


# files after files


def state_after(bring, name, files):
    bring(*files, name=name)


FIRST = [
    row(1, "株式会社旧名"),
    row(2, "株式会社二番"),
    row(3, "株式会社三番"),
    row(4, "株式会社四番"),
    row(5, "株式会社五番"),
]
DAYS = [
    [row(1, "株式会社新名", process="11", change="2021-10-01", update="2021-10-05"), row(6, "株式会社六番", update="2021-10-05")],
    [row(2, "株式会社二番", process="12", city="新宿区", change="2021-11-01", update="2021-11-04", en="Niban Inc.")],
    [row(3, "株式会社三番", process="21", close="2021-12-01", cause="11", successor=number(1), change="2021-12-01", update="2021-12-03"),
     row(1, "株式会社新名", process="71", change="2021-12-01", update="2021-12-03")],
    [row(4, "", process="99", change="2021-12-10", update="2021-12-10")],
    [row(5, "株式会社五番", process="81", change="2022-01-05", update="2022-01-07")],
    [row(3, "株式会社三番", process="22", change="2022-02-01", update="2022-02-03")],
    [row(2, "二番海外", process="13", prefecture="", city="", outside="アメリカ合衆国", change="2022-03-01", update="2022-03-03"),
     row(1, "株式会社新名", process="72", change="2022-03-01", update="2022-03-03")],
]  # fmt: skip


def test_the_differences_of_each_day_are_applied(bring):
    bring(FIRST)
    book = bring(DAYS[0])
    assert (bring.last.new, bring.last.changed) == (1, 1)
    assert [one.basis for one in book.look_up("旧名")] == ["former"]
    assert book.organisation(number(1)).former == (("株式会社旧名", "", "2021-10-01"),)
    book = bring(DAYS[1])
    assert book.organisation(number(2)).city == "新宿区"
    assert [one.basis for one in book.look_up("Niban")] == ["english"]
    book = bring(DAYS[2])
    merged = book.organisation(number(3))
    assert (merged.close_date, merged.close_cause, merged.successor) == ("2021-12-01", "11", number(1))
    assert book.look_up("旧名")[0].valid_until == "2021-10-01"
    book = bring(DAYS[3])
    assert book.look_up("四番") == []
    assert book.organisation(number(4)).process == "99"
    assert book.counts()["deleted"] == 1
    book = bring(DAYS[4])
    assert book.look_up("五番")[0].valid_until == "2022-01-05"
    book = bring(DAYS[5])
    assert book.organisation(number(3)).close_date == ""
    book = bring(DAYS[6])
    assert book.organisation(number(2)).outside == "アメリカ合衆国"
    assert [(one.name, one.basis) for one in book.look_up("株式会社二番")] == [("二番海外", "former")]
    assert book.look_up("Niban") == []


def test_importing_twice_changes_nothing(bring, tmp_path):
    bring(FIRST, DAYS[0])
    before = contents(tmp_path / "register.db")
    bring(FIRST)
    assert bring.last.already
    # the same rows in a file of other bytes
    bring(csv_text(FIRST).replace('"', "").encode())
    assert not bring.last.already
    assert (bring.last.new, bring.last.changed) == (0, 0)
    assert contents(tmp_path / "register.db") == before


def test_the_order_of_files_is_no_matter(bring, tmp_path):
    bring(FIRST, *DAYS, name="straight.db")
    for seed in range(8):
        files = [FIRST, *DAYS]
        random.Random(seed).shuffle(files)
        bring(*files, name=f"{seed}.db")
        known = Registry(tmp_path / f"{seed}.db")
        straight = Registry(tmp_path / "straight.db")
        for at in range(1, 7):
            assert known.organisation(number(at)) == straight.organisation(number(at)), (seed, at)
        for name in ("旧名", "新名", "二番", "二番海外", "三番", "四番", "五番", "六番", "Niban"):
            assert known.look_up(name) == straight.look_up(name), (seed, name)


def test_all_files_in_one_run_give_what_single_runs_give(bring, tmp_path):
    bring(FIRST, *DAYS, name="single.db")
    files = []
    for at, rows in enumerate([FIRST, *DAYS]):
        files.append(tmp_path / f"day{at}.csv")
        files[-1].write_text(csv_text(rows), encoding="utf-8")
    with Loader(tmp_path / "whole.db") as loader:
        for file in files:
            loader.add(recognise(file))
    assert contents(tmp_path / "whole.db") == contents(tmp_path / "single.db")


def test_a_correction_leaves_no_former_name(bring):
    bring([row(1, "株式会社誤字")])
    book = bring([row(1, "株式会社正字", correct="1", update="2020-02-01")])
    assert book.look_up("誤字") == []
    assert book.organisation(number(1)).former == ()


def test_an_older_whole_file_does_not_turn_back_time(bring):
    bring(DAYS[0])
    book = bring(FIRST)
    assert book.organisation(number(1)).name == "株式会社新名"
    assert [one.basis for one in book.look_up("旧名")] == ["former"]
    assert book.organisation(number(2)).name == "株式会社二番"


def test_an_error_in_the_second_file_undoes_the_first(bring, tmp_path):
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text(csv_text(FIRST), encoding="utf-8")
    bad.write_text(csv_text([row("1234567890123", "株式会社アクメ")]), encoding="utf-8")

    def both():
        with Loader(tmp_path / "r.db") as loader:
            assert loader.add(recognise(good)).new == 5
            loader.add(recognise(bad))

    with pytest.raises(SourceError):
        both()
    assert not (tmp_path / "r.db").exists()


# EDINET


def test_filers_give_codes_and_spellings(bring):
    rows = [
        filer("E00001", "株式会社 一番ホールディングス", number(1), english="ICHIBAN HOLDINGS, INC."),
        filer("E00002", "株式会社八番", number(8)),
        filer("E00003", "架空　太郎", "", type_="個人（組合発行者を除く）"),
        filer("E00004", "九番合同会社", ""),
        filer("E00005", "株式会社十番", "1234567890123"),
    ]
    book = bring([row(1, "株式会社一番")], edinet(*rows))
    assert (bring.last.new, bring.last.without_number, bring.last.refused) == (3, 1, 1)
    one = book.organisation(number(1))
    assert (one.edinet_code, one.securities_code, one.industry, one.name) == ("E00001", "99990", "機械", "株式会社一番")
    assert [hit.basis for hit in book.look_up("一番ホールディングス")] == ["filer"]
    assert [hit.basis for hit in book.look_up("Ichiban Holdings")] == ["english"]
    eighth = book.organisation(number(8))
    assert (eighth.name, eighth.prefecture, eighth.city) == ("株式会社八番", "青森県", "むつ市")
    assert book.look_up("架空太郎") == []
    assert book.sources()[1].dated == "2024-05-01"


def test_what_edinet_alone_knew_is_no_former_name(bring):
    book = bring(edinet(filer("E00001", "株式会社一番（旧）", number(1))), [row(1, "株式会社一番")])
    assert book.organisation(number(1)).former == ()
    assert [one.basis for one in book.look_up("株式会社一番(旧)")] == ["filer"]


@pytest.mark.parametrize(
    ("address", "seat"),
    [
        ("東京都港区本町１丁目", ("東京都", "港区")), ("横浜市西区みなとみらい２", ("", "横浜市西区")),
        ("東京都西多摩郡瑞穂町大字一", ("東京都", "西多摩郡瑞穂町")), ("千葉県市川市八幡１", ("千葉県", "市川市")),
        ("三重県四日市市諏訪町", ("三重県", "四日市市")), ("アメリカ合衆国", ("", "")),
    ],
)  # fmt: skip
def test_seats_of_addresses(address, seat):
    assert seat_of(address) == seat


# the file itself


def test_no_register_is_told(tmp_path):
    with pytest.raises(RegisterError, match="no such register"):
        Registry(tmp_path / "none.db")
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as db:
        db.execute("CREATE TABLE a (b)")
    text = tmp_path / "text.db"
    text.write_text("no database\n" * 100)
    for path in (other, text):
        before = path.read_bytes()
        with pytest.raises(RegisterError, match="no register"):
            Registry(path)
        with pytest.raises(RegisterError, match="no register"), Loader(path):
            pass
        assert path.read_bytes() == before


def test_a_register_can_be_sent_and_shared(bring):
    book = bring(FIRST)
    assert pickle.loads(pickle.dumps(book)).look_up("二番") == book.look_up("二番")
    found = []
    thread = threading.Thread(target=lambda: found.append(book.look_up("二番")))
    thread.start()
    thread.join()
    assert found == [book.look_up("二番")]


def test_a_register_is_closed_and_opened_again(bring):
    with bring(FIRST) as book:
        assert book.look_up("二番")
        with book.reading(), book.reading():
            assert book.look_up("二番")
    book.close()
    assert book.look_up("二番")


def test_an_import_beside_a_reader_and_another_import(bring, tmp_path):
    book = bring(FIRST)
    assert book.look_up("新名") == []
    # the reader that is open sees what a later import brought
    bring(DAYS[0])
    assert book.look_up("新名")[0].city == "港区"
    with sqlite3.connect(tmp_path / "register.db", isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(RegisterError, match="is no other import running"), Loader(tmp_path / "register.db"):
            pass
        other.execute("ROLLBACK")
    assert book.look_up("新名")


def test_looking_up_reads_a_tree_and_no_table(bring):
    from tenmatsu.registry import lookup

    plan = bring(FIRST)._rows("EXPLAIN QUERY PLAN " + lookup._LOOK_UP, ("二番", 10))
    assert all("SEARCH" in step[-1] for step in plan), plan
