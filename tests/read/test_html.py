"""HTML pages: what is article and what is furniture, how blocks become lines, where each came from, what the page says of itself."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tenmatsu.read.errors import ReadError
from tenmatsu.read.html import read_html
from tenmatsu.read.html_meta import day_of
from tenmatsu.read.html_words import page_rules, page_words
from tenmatsu.read.layout import analyse


def text_of(body, head=""):
    return read_html(f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode(), None).text


# -- pages in the style of systems that are common in Japan, names and texts invented --------------------------------------

BLOCK_THEME = """<!DOCTYPE html><html lang="ja"><head><meta charset="UTF-8"><title>サーバー障害と情報流出のご報告 – つきよの工房</title></head>
<body class="wp-singular post-template-default"><div class="wp-site-blocks"><header class="wp-block-template-part"><p class="wp-block-site-title"><a href="/">つきよの工房</a></p>
<nav class="wp-block-navigation"><ul><li><a href="/a">作品</a></li><li><a href="/b">ブログ</a></li></ul></nav></header>
<main class="wp-block-group"><h1 class="wp-block-post-title">サーバー障害と情報流出のご報告</h1>
<div class="wp-block-post-date"><time datetime="2024-06-03T09:00:00+09:00">2024年6月3日</time></div>
<div class="entry-content wp-block-post-content"><div id="ez-toc-container" class="ez-toc-v2"><p>目次</p><ul><li><a href="#a">経緯</a></li><li><a href="#b">影響</a></li><li><a href="#c">今後</a></li></ul></div>
<p>6月1日、当工房のサーバーに不正アクセスがありました。</p><h2 id="a">経緯</h2><ul class="wp-block-list"><li>6月1日 検知</li><li>6月2日 遮断</li></ul>
<h2 id="b">影響</h2><figure class="wp-block-table"><table><tbody><tr><td>氏名</td><td>120件</td></tr><tr><td>住所</td><td>98件</td></tr></tbody></table><figcaption>流出した項目</figcaption></figure>
<div class="wp-block-buttons"><a href="/c">お問い合わせフォーム</a></div>
<div class="yarpp yarpp-related"><h3>関連記事:</h3><ol><li><a href="/o1">2023年2月2日の別件の漏えい</a></li><li><a href="/o2">2022年の振り返り</a></li></ol></div></div>
<div class="wp-block-comments"><h2>コメント</h2><p>私の情報も2020年5月5日に流出しました。</p></div></main>
<footer class="wp-block-template-part"><p>© 2012 つきよの工房</p></footer></div></body></html>"""

CORPORATE = """<html><head><meta charset="utf-8"><title>不正アクセスに関するお知らせ | お知らせ | 株式会社はなだ電子</title></head><body id="news" class="second">
<div id="container"><div id="header"><h1><a href="/"><img src="l.gif" alt="株式会社はなだ電子"></a></h1><div id="headerNavi"><ul><li><a href="/en">English</a></li><li><a href="/map">サイトマップ</a></li></ul></div></div>
<div id="globalNavi"><ul><li><a href="/p">製品</a></li><li><a href="/ir">IR</a></li><li><a href="/news">お知らせ</a></li></ul></div>
<div id="topicPath"><a href="/">HOME</a> &gt; <a href="/news">お知らせ</a> &gt; 不正アクセスに関するお知らせ</div>
<div id="contents"><div id="main"><p class="date">2023年11月8日</p><h2>不正アクセスに関するお知らせ</h2><div class="news-detail">
<p class="right">株式会社はなだ電子</p><p>　平素は格別のお引き立てを賜り厚く御礼申し上げます。</p><p>　11月2日、当社のサーバーに第三者が侵入したことを確認しました。</p>
<dl class="info"><dt>発生日時</dt><dd>2023年11月2日 午前3時頃</dd><dt>対象</dt><dd>取引先の担当者の氏名 350名</dd></dl><p class="right">以上</p></div>
<p class="backBtn"><a href="/news">お知らせ一覧へ戻る</a></p></div>
<div id="side"><h3>お知らせ</h3><ul><li><a href="/n/2">2022年度</a></li><li><a href="/n/1">2021年度</a></li></ul><div class="bnr"><a href="/x">採用2025</a></div></div></div>
<div id="footer"><p>本社：東京都みほん区1-2-3 TEL 03-0000-0000</p><address>Copyright &copy; 2008-2024 Hanada Denshi</address></div></div></body></html>"""

ONE_FORM = """<html><head><title>システム障害について</title></head><body><form id="aspnetForm" action="x.aspx"><input type="hidden" value="2010年1月1日">
<div id="s4-workspace"><div class="hd"><a href="/">みさき信用金庫</a><span>金融機関コード 0000</span></div><div class="mn"><a href="/1">個人のお客様</a><a href="/2">法人のお客様</a><a href="/3">店舗</a></div>
<table class="lay" width="100%"><tr><td class="lm"><div><a href="/4">金利</a></div><div><a href="/5">手数料</a></div><div>2015/04/01 <a href="/6">規定の改定</a></div></td>
<td class="ct"><div class="tt">システム障害について</div><div class="dt">令和5年7月14日</div><div class="bd">7月13日午前8時45分頃からインターネットバンキングがご利用いただけない障害が発生しました。<br><br>原因は機器の故障であり、同日11時に復旧しております。<br>お客様の情報の流出はございません。</div></td></tr></table>
<div class="ft"><a href="/7">プライバシーポリシー</a><a href="/8">勧誘方針</a><span>Copyright(C)2004 Misaki Shinkin Bank. All Rights Reserved.</span></div></div></form></body></html>"""

TOWN = """<html lang="ja"><head><meta charset="utf-8"><title>個人情報を含む書類の紛失について - みくりや町公式ホームページ</title><meta name="dcterms.issued" content="2024-02-09"></head><body>
<div id="tmp_wrap"><noscript><p>このサイトではJavaScriptを使用しています。</p></noscript><p><a href="#tmp_honbun" class="skip">本文へスキップします。</a></p>
<div id="tmp_header"><div id="tmp_hlogo"><p>みくりや町</p></div><ul id="tmp_hnavi"><li><a href="/kids">キッズ</a></li><li><a href="/lang">Foreign Language</a></li></ul></div>
<div id="tmp_pankuzu"><p><a href="/">ホーム</a> &gt; <a href="/k">くらし</a> &gt; 個人情報を含む書類の紛失について</p></div>
<div id="tmp_main"><div id="tmp_honbun"><p>ここから本文です。</p><p id="tmp_update">更新日：2024年2月9日</p><h1>個人情報を含む書類の紛失について</h1>
<p>このたび、町民税課において、個人情報を含む申請書1通を紛失したことが、2月6日に判明しました。</p>
<h2>1　紛失した書類</h2><p>氏名、住所、電話番号が記載された申請書（1名分）</p><h2>2　経過</h2>
<table border="1"><caption>経過の一覧</caption><tbody><tr><th scope="col">月日</th><th scope="col">内容</th></tr><tr><td>2月5日</td><td><p>窓口で受理</p></td></tr><tr><td>2月6日</td><td><p>保管場所にないことに気付く</p><p>執務室内を捜索</p></td></tr></tbody></table>
<div id="tmp_inquiry"><h2>お問い合わせ</h2><p>所属課室：町民税課</p><p>電話番号：0000-00-0000</p></div></div>
<div id="tmp_feedback"><form><fieldset><legend>より良いウェブサイトにするためにみなさまのご意見をお聞かせください</legend><p><label>質問：このページの情報は役に立ちましたか？</label><input type="radio"></p></fieldset></form></div></div>
<div id="tmp_footer"><p>みくりや町役場 法人番号0000000000000</p><p>Copyright © Mikuriya Town. All rights reserved.</p></div></div></body></html>"""

DIARY = """<html lang="ja" data-blog><head><meta charset="utf-8"><meta property="og:title" content="ある配送会社の漏えいを読む - 夜更けの備忘録"><meta property="og:site_name" content="夜更けの備忘録">
<meta property="article:published_time" content="1700000000"></head><body class="page-entry"><div id="container"><header id="blog-title"><h1 id="title"><a href="/">夜更けの備忘録</a></h1><h2 id="blog-description">読んで考える</h2></header>
<div id="content"><div id="main"><article class="entry hentry"><header class="entry-header"><div class="date entry-date first"><a href="/archive/2023/11/15"><time datetime="2023-11-15T12:30:00Z" pubdate>2023-11-15</time></a></div><h1 class="entry-title"><a href="/entry/1">ある配送会社の漏えいを読む</a></h1>
<div class="entry-categories"><a href="/c/1">漏えい</a></div></header><div class="entry-content"><p>11月10日、配送会社のアオゾラ便が顧客情報の漏えいを公表した。</p><blockquote><p>当社は11月1日に不正アクセスを検知しました。</p></blockquote>
<p>公表まで9日である<a href="#f-1" title="x"><sup>*1</sup></a>。</p><h3>一次資料</h3><ul><li><a href="https://a.example/r">アオゾラ便 お詫びとお知らせ</a> 11/10</li><li><a href="https://b.example/r">個人情報保護委員会 注意喚起</a> 11/12</li><li><a href="https://c.example/r">みなも新報 記事</a> 11/11</li></ul>
<div class="footnote"><p class="footnote"><a href="#fn-1">*1</a><span>営業日で数えると6日。</span></p></div></div>
<footer class="entry-footer"><div class="entry-tags-wrapper"><a href="/t">セキュリティ</a></div><p class="entry-footer-section">yofuke <a href="/entry/1"><time datetime="2023-11-15T12:30:00Z">2023-11-15</time></a></p><div class="social-buttons"><a href="#">ツイートする</a></div></footer></article>
<div class="pager pager-permalink"><a href="/p">« 2022年の事件を振り返る</a></div></div></div>
<aside id="box1"><div id="box2"><div class="hatena-module"><div class="hatena-module-title">最新記事</div><ul><li><a href="/e/2">乙病院の感染（2021年3月3日）</a></li></ul></div></div></aside></div></body></html>"""

PORTAL = """<html><head><meta charset="utf-8"><title>通販サイトで1.2万件流出か</title><script type="application/ld+json">{"@type":"NewsArticle","headline":"通販サイトで1.2万件流出か","datePublished":"2024-08-19T15:30:00.000Z","publisher":{"@type":"Organization","name":"うみべ経済"}}</script></head><body>
<div class="Header"><div class="Header__menu"><a href="/1">経済</a><a href="/2">社会</a></div></div><div class="Main"><div class="Article"><div class="Article__head"><h1>通販サイトで1.2万件流出か</h1><div class="Article__meta"><span>2024年8月20日 0時30分</span> <span>会員限定</span></div></div>
<div class="Article__text"><p>通販サイト「しおさい市場」を運営する会社は19日、会員の個人情報1万2千件が流出したおそれがあると発表した。</p>
<div class="Article__inline"><p>あわせて読みたい</p><ul><li><a href="/x1">別の通販で2023年4月に流出、その後</a></li><li><a href="/x2">カード不正利用が過去最多 2022年</a></li></ul></div>
<p>同社によると、8月10日に外部から指摘を受けた。</p><div class="ad-slot"><p>広告：2020年創業のセキュリティ会社です。</p></div><p>カード番号は含まれないという。</p></div>
<div class="Article__foot"><a href="/2p">次のページへ</a></div></div><div class="Rank"><h2>アクセスランキング</h2><ol><li><a href="/r1">丙社の社長が辞任 2021年6月</a></li><li><a href="/r2">丁社の株価急落</a></li></ol></div></div>
<div class="Footer"><small>掲載の記事・写真の無断転載を禁じます。©2001 Umibe Keizai</small></div></body></html>"""

HASHED = """<html><head><meta charset="utf-8"><title>当社サービスへの不正ログインに関するお知らせ | 株式会社ゆうなぎのプレスリリース</title></head><body><div id="root"><div class="css-1a"><div class="css-2b"><a href="/">ワイヤー便</a><a href="/s">新着</a><a href="/t">ランキング</a></div>
<div class="css-3c"><div class="css-4d"><div class="css-5e"><h1 class="css-6f">当社サービスへの不正ログインに関するお知らせ</h1><div class="css-7g"><a href="/co/1">株式会社ゆうなぎ</a><time datetime="2024-04-02T06:00:00Z">2024年4月2日 15時00分</time></div></div>
<div class="css-8h"><span>2024年3月30日、当社の会員サービスにおいて、他社から流出したとみられるIDとパスワードを用いた不正ログインを確認しました。</span><br><span>対象の会員様は1,024名です。パスワードは3月31日に初期化しました。</span></div>
<div class="css-9i"><h2>会社概要</h2><table><tr><th>URL</th><td>https://yunagi.example/</td></tr><tr><th>設立</th><td>2009年05月</td></tr></table></div></div>
<div class="css-0j"><h2>株式会社ゆうなぎのプレスリリース</h2><a href="/r/2"><h3>新機能を2023年12月1日に公開</h3><p>2023年11月20日</p></a><a href="/r/3"><h3>夏の催しのお知らせ</h3><p>2023年7月1日</p></a></div></div>
<div class="css-1k"><ul><li><a href="/h">ヘルプ</a></li><li><a href="/k">利用規約</a></li></ul><small>Copyright © Wire-bin Inc.</small></div></div></div></body></html>"""

SHORT = """<html><head><meta charset="utf-8"><title>メール障害の復旧 | 丘の上診療所</title></head><body><header><a href="/">丘の上診療所</a><p>内科・小児科・皮膚科の診療所です。駅から徒歩5分。</p><nav><ul><li><a href="/a">診療案内</a></li><li><a href="/b">アクセス</a></li></ul></nav></header>
<div class="wrap"><div class="box"><h2>メール障害の復旧</h2><p>5月7日の障害は8日に復旧しました。</p></div></div><footer><p>〒000-0000 みほん市1-1 電話 000-000-0000</p><p>診療時間は平日の午前9時から午後5時までです。日曜と祝日は休診です。</p></footer></body></html>"""

PAGES = {
    "block theme": (
        BLOCK_THEME,
        [
            "サーバー障害と情報流出のご報告",
            "2024年6月3日",
            "6月1日、当工房の",
            "・6月1日 検知",
            "氏名\t120件",
            "流出した項目",
        ],
        ["作品", "2023年2月2日", "振り返り", "2020年5月5日", "© 2012"],
    ),
    "corporate": (
        CORPORATE,
        [
            "2023年11月8日",
            "不正アクセスに関するお知らせ",
            "株式会社はなだ電子\n",
            "　平素は",
            "発生日時：2023年11月2日 午前3時頃",
            "対象：取引先",
            "以上",
        ],
        ["HOME", "English", "一覧へ戻る", "2022年度", "採用2025", "本社", "2008"],
    ),
    "one form": (
        ONE_FORM,
        ["システム障害について", "令和5年7月14日", "障害が発生しました。\n", "同日11時に復旧", "流出はございません。"],
        ["個人のお客様", "2015/04/01", "規定の改定", "勧誘方針", "2004", "2010年"],
    ),
    "town": (
        TOWN,
        [
            "更新日：2024年2月9日",
            "個人情報を含む書類の紛失について",
            "1　紛失した書類",
            "経過の一覧",
            "月日\t内容",
            "2月6日\t保管場所にないことに気付く 執務室内を捜索",
            "町民税課",
        ],
        ["キッズ", "JavaScript", "ホーム", "役に立ちましたか", "法人番号"],
    ),
    "diary": (
        DIARY,
        [
            "2023-11-15\n",
            "ある配送会社の漏えいを読む",
            "検知しました。",
            "9日である*1。",
            "一次資料",
            "・アオゾラ便 お詫びとお知らせ 11/10",
            "・みなも新報 記事 11/11",
            "*1営業日で数えると6日。",
        ],
        ["読んで考える", "2022年の事件", "2021年3月3日", "ツイート", "最新記事", "セキュリティ"],
    ),
    "portal": (
        PORTAL,
        [
            "通販サイトで1.2万件流出か",
            "2024年8月20日 0時30分 会員限定",
            "発表した。",
            "8月10日に外部から",
            "含まれないという。",
        ],
        ["経済\n", "2023年4月", "過去最多", "2020年創業", "次のページ", "2021年6月", "2001"],
    ),
    "hashed classes": (
        HASHED,
        [
            "当社サービスへの不正ログインに関するお知らせ",
            "2024年4月2日 15時00分",
            "2024年3月30日、",
            "1,024名です。",
            "設立\t2009年05月",
        ],
        ["ワイヤー便", "2023年12月1日", "2023年7月1日", "利用規約", "Copyright"],
    ),
    "short notice": (
        SHORT,
        ["メール障害の復旧", "5月7日の障害は8日に復旧しました。"],
        ["診療案内", "アクセス", "〒000", "徒歩5分"],
    ),
}


@pytest.mark.parametrize("name", PAGES)
def test_the_article_is_read_and_nothing_beside_it(name):
    page, wanted, unwanted = PAGES[name]
    text = read_html(page.encode(), None).text
    for piece in wanted:
        assert piece in text, text
    for piece in unwanted:
        assert piece not in text, text


def test_a_page_of_links_alone_is_read_as_it_is():
    assert "甲社で漏えい" in text_of(
        '<ul><li><a href="1">甲社で漏えい</a></li><li><a href="2">乙社で感染</a></li></ul>'
    )


def test_names_of_classes_that_hold_the_whole_article_say_nothing():
    pieces = "".join(f'<div class="side-{n}"><p>{n}月1日に検知しました。</p></div>' for n in range(1, 9))
    assert text_of(pieces).count("検知しました。") == 8


@pytest.mark.parametrize("rule", page_rules(), ids=lambda rule: rule.id)
def test_every_rule_of_page_words_holds_for_its_examples(rule):
    assert all(page_words(rule.kind).search(told) for told in rule.positive)
    assert not any(page_words(rule.kind).search(told) for told in rule.negative)


# -- blocks and lines --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>第三者による\n   不正アクセス\n</p>", "第三者による不正アクセス\n"),
        ("<p>当社は<b>不正\nアクセス</b>\nを検知</p>", "当社は不正アクセスを検知\n"),
        ("<p>the first\n  word</p>", "the first word\n"),
        ("<p>2024\n年5月1日</p>", "2024年5月1日\n"),
        ("<p><time>2024年5月1日</time>\n<span>お知らせ</span></p>", "2024年5月1日 お知らせ\n"),
        ("<p>5月1日&nbsp;&nbsp;検知　<wbr>し&shy;た&#8203;</p>", "5月1日  検知　した\n"),
        ("<p>&lt;甲山&gt; &amp; &#x9ad9;&hellip;</p>", "<甲山> & 髙…\n"),
        ("<p><ruby>髙<rp>(</rp><rt>たか</rt><rp>)</rp></ruby>山</p>", "髙山\n"),
        ("<p>一行目<br>二行目<br><br><br>三行目</p>", "一行目\n二行目\n\n三行目\n"),
        ("<pre>03:12  検知\n  04:00\t遮断</pre>", "03:12  検知\n  04:00  遮断\n"),
        ("<p>250件<sup>1</sup>の情報<sup><a href='#1'>2</a></sup>、10<sup>3</sup>件</p>", "250件[1]の情報[2]、103件\n"),
        ("<p>「<q>検知</q>」</p>", "「「検知」」\n"),
        (
            "<p>見える<span hidden>隠れ</span><span style='display: none'>隠れ</span><i aria-hidden=true>隠れ</i></p>",
            "見える\n",
        ),
        (
            "<p>a</p><script>x</script><template><p>x</p></template><noscript>x</noscript><svg><text>x</text></svg>",
            "a\n",
        ),
        ("<h2><img src=a alt='お知らせ'></h2><p>検知した。</p>", "お知らせ\n\n検知した。\n"),
        ("<p>検知した。</p><p>遮断した。</p>", "検知した。\n遮断した。\n"),
        ("<p>検知した。</p><h2>経緯</h2><p>遮断した。</p>", "検知した。\n\n経緯\n\n遮断した。\n"),
        ("<p><b>経緯</b></p><p>検知した。</p>", "経緯\n\n検知した。\n"),
        ("<div>検知した。<div>内側</div>後ろ</div>", "検知した。\n内側\n後ろ\n"),
        ("<p>検知&#1;&#3;し\x00た&#xD800;", "検知した\ufffd\n"),
    ],
)
def test_words_become_lines(body, text):
    assert text_of(body) == text


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<ul><li>氏名<li>住所</ul>", "・氏名\n・住所\n"),
        ("<ul><li>・氏名<li>①住所<li>(1) 電話</ul>", "・氏名\n①住所\n(1) 電話\n"),
        ("<ol start=3><li>検知<li value=7>遮断<li>復旧</ol>", "3. 検知\n7. 遮断\n8. 復旧\n"),
        ("<ol type=a><li>検知<li>遮断</ol>", "a. 検知\nb. 遮断\n"),
        (
            "<ul><li>情報<ol><li>氏名<li>住所</ol><li>なし</ul><p>以上</p>",
            "・情報\n　1. 氏名\n　2. 住所\n・なし\n\n以上\n",
        ),
        ("<ul><li><p>一</p><p>二</p></li></ul>", "・一\n二\n"),
        ("<dl><dt>発生日時<dd>5月1日<dt>件数：<dd>10件</dl>", "発生日時：5月1日\n件数：10件\n"),
        (
            "<dl><dt>2024年5月1日<dd>検知した。<dt>5月2日<dd>遮断した。</dl>",
            "2024年5月1日\t検知した。\n5月2日\t遮断した。\n",
        ),
        ("<dl><div><dt>対象<dd>氏名</div><div><dt>原因<dd>設定</div></dl>", "対象：氏名\n原因：設定\n"),
        ("<dl><dt>問い<dd>答え一<dd>答え二</dl>", "問い\n答え一\n答え二\n"),
        ("<div class=footnotes><ol><li>営業日<li>速報値</ol></div>", "[1] 営業日\n[2] 速報値\n"),
    ],
)
def test_lists_become_lines(body, text):
    assert text_of(body) == text


@pytest.mark.parametrize(
    ("table", "text"),
    [
        ("<tr><th>月日<th>内容<tr><td>5月1日<td>検知<tr><td>2日<td>遮断", "月日\t内容\n5月1日\t検知\n2日\t遮断\n"),
        ("<caption>経過</caption><tr><td>1日<td>検知<tr><td>2日<td>遮断", "経過\n\n1日\t検知\n2日\t遮断\n"),
        ("<tr><td rowspan=2>1日<td>検知<tr><td>遮断<tr><td>2日<td>復旧", "1日\t検知\n\t遮断\n2日\t復旧\n"),
        ("<tr><td>甲<td colspan=2>乙<tr><td>1<td>2<td>3", "甲\t乙\n1\t2\t3\n"),
        ("<tr><td colspan=2>乙<td>丙<tr><td>1<td>2<td>3", "乙\t\t丙\n1\t2\t3\n"),
        ("<tr><td>1日<td><ul><li>氏名<li>住所</ul><tr><td>2日<td>一<br>二", "1日\t・氏名 ・住所\n2日\t一 二\n"),
        (
            "<tr><td>1日<td><p>検知した。</p><p>遮断した。</p><tr><td>&nbsp;<td><tr><td>2日<td>x",
            "1日\t検知した。 遮断した。\n2日\tx\n",
        ),
        ("<tr><th>件名<td>お知らせ", "件名\tお知らせ\n"),
        ("<tr><td><p>段落が一つ。</p><p>段落が二つ。</p>", "段落が一つ。\n段落が二つ。\n"),
        (
            "<tr><td>左の文。<td><table><tr><td>1日<td>検知<tr><td>2日<td>遮断</table>",
            "左の文。\n\n1日\t検知\n2日\t遮断\n",
        ),
        ("<tr><td><h2>題</h2>一。<td>二。<tr><td>三。<td>四。", "題\n\n一。\n二。\n三。\n四。\n"),
        (
            "<tr><td rowspan=999999 colspan=999999>x<td>1<tr><td>y<td>2",
            "x" + "\t" * 200 + "1\n" + "\t" * 200 + "y\t2\n",
        ),
    ],
)
def test_tables_become_rows_and_tables_for_layout_do_not(table, text):
    assert text_of(f"<table>{table}</table>") == text


def test_the_layout_reads_the_lines_as_what_they_were():
    body = "<h1>不正アクセスに関するお知らせ</h1><p>5月1日に検知しました。</p><h2>経緯</h2><table><tr><th>日時<th>内容<tr><td>5月1日<td>検知</table><h2>対象</h2><ul><li>氏名<li>住所</ul>"
    text = text_of(body)
    roles = [line.role for line in analyse(text)[0] if line.role != "blank"]
    assert roles == ["title", "paragraph", "heading", "header_row", "row", "heading", "item", "item"]


# -- places ------------------------------------------------------------------------------------------------------------

FRAGMENTS = st.sampled_from(
    [
        "<div>",
        "</div>",
        "<p>",
        "</p>",
        "<ul>",
        "</ul>",
        "<ol>",
        "<li>",
        "<table>",
        "</table>",
        "<tr>",
        "<td>",
        "<td rowspan=2>",
        "<th colspan=3>",
        "<caption>",
        "<dl>",
        "<dt>",
        "<dd>",
        "</dl>",
        "<h2>",
        "</h2>",
        "<b>",
        "</b>",
        "<span>",
        "<a href=x>",
        "</a>",
        "<br>",
        "<pre>",
        "</pre>",
        "<sup>1</sup>",
        "<ruby>",
        "<rt>",
        "<q>",
        "</q>",
        "<nav>",
        "</nav>",
        "<article>",
        "<main>",
        "<aside class=related>",
        "<div class=footnotes>",
        "<div class=side>",
        "<!--",
        "-->",
        "<script>",
        "</script>",
        "<form>",
        "<hr>",
        "&nbsp;",
        "\u3000",
        "\n",
        "・",
        "検知した。",
        "2024年5月1日",
        "関連記事",
        "©",
        "<o:p>",
        "<img alt=x>",
        "<template>",
        "<svg>",
        "</svg>",
        "<details>",
        "\x00",
        "&#3;",
        "<select>",
        "<frameset>",
    ]
)


def check_parts(page):
    covered = 0
    for part in page.parts:
        assert covered <= part.start < part.end <= len(page.text)
        assert not page.text[covered : part.start].strip()
        assert page.text[part.start : part.end].strip()
        covered = part.end
    assert not page.text[covered:].strip()


@given(st.lists(FRAGMENTS, max_size=60))
@settings(max_examples=400, deadline=None)
def test_every_word_lies_in_exactly_one_part_and_each_part_has_its_element(pieces):
    source = "<!DOCTYPE html><body>" + "".join(pieces)
    try:
        page = read_html(source.encode(), "utf-8")
    except ReadError:
        return
    check_parts(page)
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    root = etree.fromstring(source.replace("\x00", "").encode(), parser)
    for part in page.parts:
        assert len(root.getroottree().xpath(part.place)) == 1


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_covered_by_their_parts_and_their_places_hold_the_words(name):
    page = read_html(PAGES[name][0].encode(), None)
    check_parts(page)
    root = etree.fromstring(PAGES[name][0].encode(), etree.HTMLParser(encoding="utf-8")).getroottree()
    for part in page.parts:
        told = "".join("".join(root.xpath(part.place)[0].itertext()).split())
        word = "".join(page.text[part.start : part.end].lstrip("・　 ").split("：")[0].split())
        assert word[:8] in told


def test_kinds_of_parts():
    body = "<h2>題</h2><p>文。</p><ul><li>項</ul><table><caption>表</caption><tr><th>頭<td>値</table><div class=footnotes>注1 説明</div>"
    page = read_html(f"<body>{body}".encode(), None)
    assert [part.kind for part in page.parts] == ["heading", "paragraph", "item", "caption", "cell", "cell", "footnote"]


# -- what the page says of itself --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("2024-05-01", "2024-05-01"),
        ("2024-05-01T23:59:00", "2024-05-01"),
        ("2024-05-01T16:00:00Z", "2024-05-02"),
        ("2024-05-01T16:00:00.000+00:00", "2024-05-02"),
        ("2024-05-01T00:00:00+00:00", "2024-05-01"),
        ("2024-05-01T23:30:00+09:00", "2024-05-01"),
        ("2024-05-01T09:00:00-0700", "2024-05-02"),
        ("2024/5/1 10:00", "2024-05-01"),
        ("2024年5月1日", "2024-05-01"),
        ("20240501", "2024-05-01"),
        ("1714550400", "2024-05-01"),
        ("1714578300000", "2024-05-02"),
        ("2024-02-31", None),
        ("2024-05-01T10:00:00+99:99", None),
        ("9999-12-31T23:00:00Z", None),
        ("0001-01-01T00:00:00Z", None),
        ("May 1, 2024", None),
        ("", None),
    ],
)
def test_the_day_of_a_time_is_that_of_japan(told, day):
    assert day_of(told) == day


@pytest.mark.parametrize(
    ("head", "published", "basis"),
    [
        ('<script type="application/ld+json">[{"@type":["NewsArticle"],"datePublished":"2024-05-01"}]</script>', "2024-05-01", "JSON-LD datePublished"),
        ('<script type="application/ld+json">{"@graph":[{"@type":"WebPage","datePublished":"2020-01-01"},{"@type":"Article","datePublished":"2024-05-01"}]}</script>', "2024-05-01", "JSON-LD datePublished"),
        ('<script type="application/ld+json">{broken</script><meta name="DC.date.issued" content="2024-05-01">', "2024-05-01", "meta dc.date.issued"),
        ('<meta property="article:published_time" content="2024-05-01T20:00:00Z">', "2024-05-02", "meta article:published_time"),
        ('<meta itemprop="datePublished" content="2024-05-01">', "2024-05-01", "meta datepublished"),
        ('<meta property="article:modified_time" content="2024-05-01">', None, None),
        ('<script type="application/ld+json">{"@type":"Article","dateModified":"2024-05-01"}</script>', None, None),
        ('<script type="application/ld+json">' + "[" * 100_000 + "</script>", None, None),
        ('<script type="application/ld+json">{"@type":"Article","datePublished":20240501,"publisher":[],"headline":{}}</script>', None, None),
    ],
)  # fmt: skip
def test_the_day_comes_from_the_tags_for_it(head, published, basis):
    about = read_html(f"<head>{head}</head><body><p>検知した。".encode(), None).about
    assert (about.published, about.published_basis) == (published, basis)


def test_times_in_the_text_date_it_but_not_those_of_changes():
    body = '<time class="updated" datetime="2024-06-01">更新</time><time datetime="2024-05-01">公開</time><p>検知した。</p>'
    about = read_html(f"<body>{body}".encode(), None).about
    assert (about.published, about.published_basis) == ("2024-05-01", "time datetime")


@pytest.mark.parametrize(
    ("head", "title", "site"),
    [
        ("<title>漏えいについて | 甲山商事</title><meta property=og:site_name content=甲山商事>", "漏えいについて", "甲山商事"),
        ("<title>甲山商事：漏えいについて</title>", "甲山商事：漏えいについて", None),
        ("<title>漏えいについて - お知らせ - 甲山商事</title>", "漏えいについて", "甲山商事"),
        ("<title>甲山商事｜漏えいについて</title>", "漏えいについて", "甲山商事"),
        ("<meta property=og:title content='漏えいについて&#10;(第2報)'>", "漏えいについて (第2報)", None),
        ('<script type="application/ld+json">{"@type":"Article","headline":"漏えい","publisher":{"@id":"#o"}}</script><script type="application/ld+json">{"@id":"#o","name":"甲山"}</script>', "漏えい", "甲山"),
        ('<script type="application/ld+json">{"@type":"Article","headline":"漏えい\\ud83d\\ude00\\ud800\\u0000"}</script>', "漏えい😀\ufffd\ufffd", None),
        ("", "漏えいについて", None),
    ],
)  # fmt: skip
def test_title_and_site_are_told_apart(head, title, site):
    about = read_html(f"<head>{head}</head><body><h1>漏えいについて</h1><p>検知した。".encode(), None).about
    assert (about.title, about.site) == (title, site)


# -- pages made to harm ------------------------------------------------------------------------------------------------


def test_entities_of_the_page_are_not_known(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET", encoding="utf-8")
    page = f"""<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "はは"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;"><!ENTITY x SYSTEM "file://{secret}">]>
<html xmlns="http://www.w3.org/1999/xhtml"><body><p>検知した。&c;&x;</p></body></html>"""
    text = read_html(page.encode(), None).text
    assert "検知した。&c;&x;" in text
    assert "SECRET" not in text
    assert "はははは" not in text


def test_names_of_attributes_may_hold_anything():
    assert text_of("<p a\x01b=1 \x7f=2 é=3 o:p=4 =5>検知した。</p>") == "検知した。\n"


def test_nothing_is_fetched(monkeypatch):
    import socket

    def refused(*_, **__):
        raise AssertionError("a connection was asked for")

    monkeypatch.setattr(socket, "socket", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    page = '<!DOCTYPE html PUBLIC "-//X//X" "http://x.example/x.dtd"><link rel=stylesheet href="http://x.example/x.css"><base href="http://x.example/"><iframe src="http://x.example/"></iframe><img src="http://x.example/i.png"><p>検知した。'
    assert read_html(page.encode(), None).text == "検知した。\n"


PARAGRAPH = "<p>当社は5月1日に不正アクセスを検知しました。</p>\n"


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 100_000 + PARAGRAPH,
        "<b><i>" * 50_000 + PARAGRAPH,
        "<table><tr><td>" * 20_000 + PARAGRAPH,
        "<svg>" * 50_000 + PARAGRAPH,
        "<ul><li>" * 20_000,
        "<br>" * 600_000,
        "<table>" + "<tr><td>1日<td>検知" * 200_000 + "</table>",
    ],
    ids=["div", "b", "table", "svg", "ul", "too many", "too many cells"],
)
def test_what_is_too_deep_or_too_much_is_one_clear_line(page):
    with pytest.raises(ReadError, match=r"deeper than 2,048|more than [0-9,]+ (?:elements|blocks)") as caught:
        read_html(page.encode(), None)
    assert "\n" not in str(caught.value)


FIVE = 5_000_000


@pytest.mark.parametrize(
    "page",
    [
        PARAGRAPH * (FIVE // len(PARAGRAPH.encode())),
        "<p>" + "検知しました。" * (FIVE // 21),
        PARAGRAPH + "<p>関連記事</p>" * 100_000,
        "<div>" * 1900 + "<i></i>" * 100_000 + PARAGRAPH,
        "<table>" + "<tr>" + "<td colspan=1000 rowspan=60000>x" * 100 + "<tr><td>y" * 50_000 + "</table>" + PARAGRAPH,
        "<p>" + "<" * FIVE,
        "<p>検知" + " \n" * (FIVE // 2) + "した",
        '<div class="' + "side-x " * (FIVE // 7) + '">' + PARAGRAPH,
        "<!--" * (FIVE // 4) + "-->" + PARAGRAPH,
        '<script type="application/ld+json">{"@graph":['
        + '{"@type":"Article"},' * 50_000
        + "{}]}</script>"
        + PARAGRAPH,
    ],
    ids=["paragraphs", "one", "headings", "deep", "spans", "signs", "blanks", "classes", "comments", "metadata"],
)
def test_five_million_bytes_are_read_in_time(page):
    begin = time.process_time()
    check_parts(read_html(page.encode(), None))
    assert time.process_time() - begin < 20
