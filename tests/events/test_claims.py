"""Claims about a leak as notices word them: none of the denied or merely possible ones may come out as fact."""

import pytest

from tenmatsu.pipeline import extract_document

CLAIMS = [
    ("個人情報が外部に流出したという事実はありません。", "negated"),
    ("情報が流出した形跡は認められませんでした。", "negated"),
    ("情報の流出は現在のところ確認されておりません。", "negated"),
    ("個人情報が流出した可能性は極めて低いと考えております。", "possible"),
    ("情報流出の恐れはないものと考えています。", "negated"),
    ("流出の事実は現時点では確認できていません。", "negated"),
    ("情報漏えいには至っておりません。", "negated"),
    ("外部への情報の持ち出しはなかったことを確認しました。", "negated"),
    ("個人情報の漏えいが発生したおそれがあります。", "possible"),
    ("個人情報の流出は免れた。", "negated"),
    ("情報流出等の被害は発生しておりません。", "negated"),
    ("データが窃取された可能性を完全に否定するには至っておりません。", "possible"),
    ("漏えいしたとの情報は入っておりません。", "negated"),
    ("個人情報の漏えいはなく、業務への影響もありません。", "negated"),
    ("個人情報は流出しておりませんでした。", "negated"),
    ("個人情報が流出したわけではない。", "negated"),
    ("個人情報が流出したことが判明しました。", "asserted"),
    ("流出した情報は氏名と住所です。", "asserted"),
    ("サーバ内のファイルが外部に送信された痕跡がないことから、心配はないと判断しました。", "negated"),
    ("痕跡がないことから、情報が流出した可能性は低いと判断しました。", "possible"),
    ("不正アクセスを受けましたが、個人情報の流出はありません。", "negated"),
    ("クレジットカード情報の漏えいはございません。", "negated"),
    ("パスワードは暗号化されており、漏えいの心配はありません。", "negated"),
    ("なお、今回流出した情報にクレジットカード情報は含まれておりません。", "asserted"),
    ("情報が漏えいしていないことを確認しております。", "negated"),
    ("お客様の個人情報が第三者に閲覧された可能性を否定できない状況です。", "possible"),
    ("氏名、住所等が流出した疑いがあり、調査を進めています。", "possible"),
    ("個人情報の漏えい、滅失、毀損は確認されておりません。", "negated"),
    ("外部へ情報が漏れた形跡は見当たりません。", "negated"),
    ("流出が懸念される情報は以下のとおりです。", "possible"),
    ("ダークウェブ上での当社情報の流出は現時点で確認していません。", "negated"),
    ("攻撃者は当社から1TBのデータを窃取したと主張している。", "possible"),
    ("機密情報が持ち出された恐れもあるとみて調べている。", "possible"),
    ("個人情報の流出はあったものの、悪用は確認されていない。", "asserted"),
]


@pytest.mark.parametrize(("sentence", "expected"), CLAIMS)
def test_a_leak_claim_is_as_sure_as_its_words(sentence, expected):
    claims = [event for event in extract_document(sentence.encode(), "t.txt").events if event.type == "data_leak"]
    assert claims
    assert claims[0].factuality == expected, claims[0].cue


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("漏えい等の可能性がある個人データの件数 34,567件（お客様情報30,000件、取引先情報4,567件）", ["possible"] * 3),
        ("個人情報2万件の流出は否定した。", ["negated"]),
        ("3,000件の個人情報が流出した事実は確認されておりません。", ["negated"]),
        ("約300名分の顧客情報が保存されており、流出の可能性があります。", ["possible"]),
        ("1,873件の情報が流出しました。", ["asserted"]),
    ],
)
def test_a_count_is_as_sure_as_what_it_counts(text, counts):
    assert [one.factuality for one in extract_document(text.encode(), "t.txt").quantities] == counts


def test_the_funnel_of_examined_suspected_and_infected():
    found = extract_document("調査した1,200台のうち9台で感染を確認しました。".encode(), "t.txt").quantities
    assert [(one.text, one.of) for one in found] == [("1,200台", "examined"), ("9台", "infected")]


def test_a_list_of_denials_denies_all_that_an_item_names():
    text = "以下の事実は確認されておりません。\n・第三者からの金銭の要求や脅迫\n・情報の流出\n\n端末が感染しました。\n"
    events = extract_document(text.encode(), "t.txt").events
    told = {event.text: event.factuality for event in events}
    assert {value for word, value in told.items() if "感染" not in word} == {"negated"}
    assert told["感染"] == "asserted"
