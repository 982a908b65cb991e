import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenmatsu.leaks import as_denied, contents, denials, listed, phrases, stated, unheld, verdict


def named(marked, offset=0):
    """The phrases for the trigger in 〔 〕; spans are checked against the sentence."""
    start = marked.index("〔")
    end = marked.index("〕") - 1
    sentence = marked.replace("〔", "").replace("〕", "")
    found = phrases(sentence, offset, offset + start, offset + end)
    for a, b, text in found:
        assert sentence[a - offset : b - offset] == text
    return [text for _, _, text in found]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("個人情報および取引先の関連情報が外部に〔流出〕した", ["個人情報", "取引先の関連情報"]),
        ("会員の氏名、住所、電話番号が〔閲覧〕された可能性がある", ["会員の氏名、住所、電話番号"]),
        ("社員30名の氏名や連絡先といった個人情報が〔漏えい〕した", ["社員30名の氏名や連絡先"]),
        ("当店で購入されたお客様のクレジットカード情報が〔漏洩〕した", ["お客様のクレジットカード情報"]),
        ("設計図面と見積書が第三者に不正に〔持ち出〕された", ["設計図面", "見積書"]),
        ("顧客情報や取引先の情報〔流出〕は確認されていない", ["顧客情報", "取引先の情報"]),
        ("個人情報（120名分）及びアカウント情報（80件）が〔流出〕した", ["個人情報", "アカウント情報"]),
        ("不正アクセスによる個人情報の〔漏えい〕について", ["個人情報"]),
        ("同社のサーバーから約2万人分の氏名や購入履歴が〔流出〕した", ["約2万人分の氏名や購入履歴"]),
        ("市が指定した「要保護情報」が〔漏えい〕した", ["市が指定した「要保護情報」"]),
        ("調べた結果、血液検査の結果が〔漏えい〕した", ["血液検査の結果"]),
    ],
)
def test_the_data_stands_before(sentence, expected):
    assert named(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "〔流出〕した主な情報は、設定情報やアカウント情報、認証サーバのメモリダンプ等のシステム情報である",
            ["設定情報", "アカウント情報", "認証サーバのメモリダンプ"],
        ),
        ("〔漏えい〕した可能性のある顧客情報は、8月分です", ["顧客情報"]),
        ("〔流出〕したのは営業資料で、ほかに被害はない", ["営業資料"]),
        ("〔漏えい〕した情報　受講者のメールアドレス（氏名を含むもの5件）", ["受講者のメールアドレス"]),
    ],
)
def test_the_data_stands_behind(sentence, expected):
    assert named(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("機密性の高い技術情報、会議資料等の重要な情報は〔含まれ〕ていなかった", ["機密性の高い技術情報", "会議資料"]),
        ("取引先に係る重要な情報は、当該範囲に含まれておらず、〔流出〕していない", ["取引先に係る重要な情報"]),
        ("カード情報及びマイナンバーは保存しておらず、〔漏えい〕の事実はない", ["カード情報", "マイナンバー"]),
    ],
)
def test_a_denial_names_its_topic(sentence, expected):
    assert named(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "情報の〔漏えい〕は確認されていません",
        "〔流出〕の有無を調べた",
        "現時点で外部への情報の〔流出〕はありません",
        "調べた結果、〔流出〕した可能性があることがわかりました",
        "精査の結果、〔漏えい〕が判明しました",
        "ログを解析した結果〔流出〕が確認された",
        "委託先に確認したところ、〔流出〕が判明した",
    ],
)
def test_data_without_a_name_gives_nothing(sentence):
    assert named(sentence) == []


def test_offsets_are_of_the_document():
    assert named("顧客情報が〔流出〕した", offset=500) == ["顧客情報"]


@given(
    st.text(
        alphabet="個人情報顧客氏名住所、。やとの及び等などといった「」（）(はがを流出した可能性のある外部に【】 　1",
        max_size=80,
    ),
    st.data(),
)
def test_any_text_gives_slices(sentence, data):
    start = data.draw(st.integers(0, len(sentence)))
    end = data.draw(st.integers(start, len(sentence)))
    for a, b, text in phrases(sentence, 7, 7 + start, 7 + end):
        assert 7 <= a < b <= 7 + len(sentence)
        assert sentence[a - 7 : b - 7] == text


def test_a_text_without_full_stops_stays_cheap():
    sentence = "顧客情報や取引先の情報、" * 3000 + "個人情報が流出した"
    begin = time.process_time()
    assert phrases(sentence, 0, len(sentence) - 4, len(sentence) - 2)
    assert time.process_time() - begin < 1


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("同日夜に文書約9000件が〔流出〕した", ["文書"]),
        ("5月3日に顧客名簿が〔流出〕した", ["顧客名簿"]),
        ("昨年4月から12月までの間に作った名簿が〔流出〕した", ["名簿"]),
        ("社内で使う資料が〔流出〕した", ["社内で使う資料"]),
        ("研究部門で管理者のパスワードが〔漏えい〕した", ["管理者のパスワード"]),
        ("市が秘密に指定した情報の〔流出〕はない", ["市が秘密に指定した情報"]),
        ("学生ら612人分の成績情報が〔閲覧〕された", ["学生ら612人分の成績情報"]),
        ("〔流出〕した情報には、氏名、住所、電話番号が含まれる", ["氏名、住所、電話番号"]),
        ("〔流出〕した情報にカード番号は含まれない", []),
    ],
)
def test_a_phrase_is_data_and_whose_it_is(sentence, expected):
    assert named(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("クレジットカード情報は含まれておりません", ["クレジットカード情報"]),
        ("流出した情報にカード番号は含まれない。", ["カード番号"]),
        ("口座番号及び暗証番号は、委託するデータに含まれておりません。", ["口座番号及び暗証番号"]),
        ("流出したファイルに個人情報は含まれていたが、カード情報は含まれず、", ["カード情報"]),
        ("当該メールに重要な技術情報は入っていなかった", ["重要な技術情報"]),
        ("個人情報が含まれていないか確認しています", []),
        ("個人情報が含まれていない可能性もある", []),
        ("個人情報が含まれている", []),
        ("担当者は含まれていない", []),
    ],
)
def test_a_denial_needs_no_leak_word(sentence, expected):
    found = denials(sentence, 30)
    for a, b, text in found:
        assert sentence[a - 30 : b - 30] == text
    assert [text for _, _, text in found] == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("お取引先様の氏名、会社名、メールアドレス　約4,300件", ["お取引先様の氏名、会社名、メールアドレス"]),
        ("お取引先の氏名、電話番号：約1,200件", ["お取引先の氏名、電話番号"]),
        ("会員の氏名、住所： のべ3万5千名分", ["会員の氏名、住所"]),
        ("診療記録、検査結果", ["診療記録、検査結果"]),
        ("項目　　氏名、住所、保険料の段階", ["氏名、住所、保険料の段階"]),
        ("・氏名　・住所　・電話番号", ["氏名、住所、電話番号"]),
        ("従業員　　氏名、住所　　120名", ["氏名、住所"]),
        ("ご連絡を差し上げます。", []),
        ("流出した可能性のある情報", []),
        ("担当者", []),
    ],
)
def test_a_line_of_a_list_names_data(line, expected):
    assert [text for _, _, text in listed(line, 0)] == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("攻撃者は6月から7月下旬にかけて管理者の認証情報を〔窃取〕した。", ["管理者の認証情報"]),
        ("令和7年度市民税の印刷データが〔流出〕した。", ["市民税の印刷データ"]),
    ],
)
def test_the_year_and_the_span_are_no_part_of_the_data(sentence, expected):
    start = sentence.index("〔")
    end = sentence.index("〕") - 1
    text = sentence.replace("〔", "").replace("〕", "")
    assert [phrase for _, _, phrase in phrases(text, 0, start, end)] == expected


def test_repeated_clauses_stay_cheap():
    sentence = "顧客情報が流出した可能性がある、" * 40
    begin = time.process_time()
    for _ in range(50):
        for at in range(5, len(sentence), 16):
            phrases(sentence, 0, at, at + 2)
    assert time.process_time() - begin < 6


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("名簿には、生徒の氏名、住所、成績が記載されていました。", ["生徒の氏名、住所、成績"]),
        ("対象は利用者200人で、氏名、生年月日、要介護度が含まれていた。", ["氏名、生年月日、要介護度"]),
        ("名簿には、住所は記載されていません。", []),
        ("会議には担当者が入っていました。", []),
    ],
)
def test_what_a_file_held_is_named(sentence, expected):
    assert [text for _, _, text in contents(sentence, 0)] == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("口座情報及びマイナンバーは含まれておりません。", ["口座情報及びマイナンバー"]),
        ("預金口座番号、暗証番号は含まれておりません。", ["預金口座番号", "暗証番号"]),
        ("生徒の氏名、住所は含まれておりません。", ["生徒の氏名、住所"]),
        ("機密性の高い技術情報や重要な取引情報は含まれていない。", ["機密性の高い技術情報", "重要な取引情報"]),
    ],
)
def test_denied_data_stand_as_the_text_joins_them(sentence, expected):
    assert [text for _, _, text in as_denied(sentence, denials(sentence, 0))] == expected


def test_a_row_gives_a_verdict_on_its_data():
    text = "流出を確認\t従業員の氏名、住所\t120名"
    cells = [(0, 5), (6, 15), (16, 20)]
    assert verdict(cells, text) == ("asserted", [(6, 15, "従業員の氏名、住所")])
    assert verdict([(0, 4), (5, 14)], "調査済み\t従業員の氏名、住所") is None


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("クレジットカード情報は当社では保有しておりません。", ["クレジットカード情報"]),
        ("口座番号、暗証番号は委託の際に提供しておらず、", ["口座番号、暗証番号"]),
        ("カード情報を当社のサーバーに保持することもございません。", ["カード情報"]),
        ("なお、マイナンバー及び口座情報の記載はありません。", ["マイナンバー", "口座情報"]),
        ("原稿データは別のシステムで管理しており、今回の不正アクセスの対象ではありません。", ["原稿データ"]),
        ("一般の消費者の情報は扱っていない。", ["一般の消費者の情報"]),
        # records that were not kept leave a question open
        ("アクセスログを保存しておらず、漏えいの有無は分かりません。", []),
        ("バックアップデータは保管しておりませんでした。", []),
        ("カード情報を保有しております。", []),
        ("口座番号は別のシステムに移し、再開しました。", []),
        ("サービスを提供しておりません。", []),
    ],
)
def test_what_is_not_held_is_named(sentence, expected):
    found = unheld(sentence, 7)
    for a, b, text in found:
        assert sentence[a - 7 : b - 7] == text
    assert [text for _, _, text in found] == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("氏名、住所、電話番号です。", ["氏名、住所、電話番号"]),
        ("氏名、メールアドレス、購入履歴が該当いたします。", ["氏名、メールアドレス、購入履歴"]),
        ("氏名、住所、電話番号を変更しました。", []),
        ("対象は会員の方です。", []),
    ],
)
def test_a_sentence_that_only_names_data(sentence, expected):
    assert [text for _, _, text in stated(sentence, 0)] == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("〔漏えい〕の可能性があるのは、会員登録した方の氏名、住所、電話番号。", ["方の氏名、住所、電話番号"]),
        ("〔流出〕したとみられるのは営業資料で、ほかに被害はない", ["営業資料"]),
        ("3 情報の〔流出〕について", []),
        ("本人確認書類の写し、口座番号が〔持ち出〕された", ["本人確認書類の写し", "口座番号"]),
        ("会員の氏名およびハッシュ化されたパスワードが〔漏えい〕した", ["会員の氏名およびハッシュ化されたパスワード"]),
        ("会員の氏名\n口座番号、暗証番号は〔漏えい〕しておりません", ["口座番号、暗証番号"]),
        ("ファイアウォールのログが消去されており、〔漏えい〕の可能性は否定できない", []),
    ],
)
def test_the_phrase_is_cut_where_the_data_begin(sentence, expected):
    assert named(sentence) == expected
