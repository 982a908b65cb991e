"""The documents of the corpus as web pages of several designs give the rows that their plain text gives.

Each document is written into a page by the roles that the layout gives its lines, with the furniture of real pages
around it: menus, other firms' leaks with their dates, years in the footer.
"""

import re
from bisect import bisect
from collections import Counter
from functools import cache
from html import escape
from pathlib import Path

import pytest

from tenmatsu.pipeline import extract_document
from tenmatsu.read.layout import analyse

DOCUMENTS = sorted((Path(__file__).resolve().parents[2] / "corpus" / "documents").glob("*.txt"))
FLOOR = 0.98
BULLET = re.compile(r"[\s\u3000]*[・•]\s*")


def blocks(text):
    """The document as blocks: (kind, lines or rows)."""
    found = []
    lines, sentences = analyse(text)
    # a hard-wrapped line goes on in the block of the line above it, as an editor for the web has it
    wrapped = {
        line.number
        for line in lines
        for sentence in sentences[bisect(sentences, line.start, key=lambda one: one.start) - 1 :][:1]
        if sentence.start < line.start < sentence.end
    }
    for line in lines:
        body = text[line.start : line.end].strip(" \t")
        told = text[line.content : line.end].strip(" \t")
        barred = "|" in body or "\t" in body
        last = found[-1] if found else ("", [])
        if line.role == "blank":
            found.append(("blank", []))
        elif line.number in wrapped and last[0] in ("p", "ul"):
            last[1][-1] += body
        elif line.role == "furniture" and barred and re.fullmatch(r"[-:|\s]+", body):
            continue
        elif line.role in ("row", "header_row") and (cells := cells_of(text, line, body, barred)):
            if last[0] == "table" and (barred or len(last[1][0]) == len(cells)):
                last[1].append(cells)
            else:
                found.append(("table", [cells]))
        elif line.role == "title":
            found.append(("h1", [told]))
        elif line.role == "heading":
            found.append(("h2", [body]))
        elif line.role == "item" and BULLET.match(body):
            item = BULLET.sub("", body, count=1)
            if last[0] == "ul":
                last[1].append(item)
            else:
                found.append(("ul", [item]))
        else:
            found.append(("p", [body]))
    # a day that stands alone with a rubric is no table
    return [
        ("p", ["\u3000".join(told[0])]) if kind == "table" and len(told) == 1 else (kind, told) for kind, told in found
    ]


def cells_of(text, line, body, barred):
    """The cells of a row; none where a clock follows the day, which a table would part from it."""
    if barred:
        return [cell.strip() for cell in re.split(r"[|\t]", body.strip("|"))]
    cells = [text[cell.start : cell.end].strip() for cell in line.cells]
    return cells if len(cells) > 1 and not re.match(r"午[前後]|[0-9０-９]|UTC|JST|翌", cells[1]) else []


def shown(text):
    """Text as HTML: runs of blanks kept, the source wrapped as editors do."""
    told = escape(text).replace("  ", "\u00a0 ")
    return (
        told[:40] + "\n      " + told[40:] if len(told) > 60 and told[39] > "\u3040" and told[40] > "\u3040" else told
    )


def modern(found):
    out = []
    for kind, lines in found:
        if kind == "ul":
            out.append("<ul>" + "".join(f"\n<li>{shown(one)}</li>" for one in lines) + "\n</ul>")
        elif kind == "table":
            out.append(table(lines))
        elif kind != "blank":
            out.append(f"<{kind}>{shown(lines[0])}</{kind}>")
    return "\n".join(out)


def table(rows, attributes=""):
    head = rows[0] if len(rows) > 1 and not re.search("[0-9０-９。]", "".join(rows[0])) else None
    out = [f"<table{attributes}>"]
    for row in rows:
        tag = "th" if row is head else "td"
        out.append("<tr>" + "".join(f"<{tag}>{shown(cell)}</{tag}>" for cell in row) + "</tr>")
    return "\n".join([*out, "</table>"])


def old(found):
    """As pages before style sheets: line ends for paragraphs, bold for headings, bullets as characters."""
    out = []
    for kind, lines in found:
        if kind == "ul":
            out += [f"・{shown(one)}<br>" for one in lines]
        elif kind == "table":
            out.append(table(lines, ' border="1" cellpadding="3"'))
        elif kind == "blank":
            out.append("<br>")
        elif kind in ("h1", "h2"):
            out.append(f'<br><font size="4"><b>{shown(lines[0])}</b></font><br><br>')
        else:
            out.append(f"{shown(lines[0])}<br>")
    return "\n".join(out)


OTHERS = """<ul>
<li><a href="/news/101">2021年3月14日 乙川物産、顧客名簿1万2千件が流出</a></li>
<li><a href="/news/102">2022年10月2日 丙田電機でランサムウェア感染、生産停止</a></li>
<li><a href="/news/103">2023年7月7日 丁野病院、電子カルテに不正アクセス</a></li>
<li><a href="/news/104">2019年1月31日 戊山大学でメール誤送信、300名分が漏えい</a></li>
</ul>"""
MENU = '<ul><li><a href="/">ホーム</a></li><li><a href="/company">会社情報</a></li><li><a href="/news">ニュース</a></li><li><a href="/recruit">採用情報</a></li><li><a href="/contact">お問い合わせ</a></li></ul>'


def title_of(found):
    return next((lines[0] for kind, lines in found if kind == "h1"), "お知らせ")


def semantic_blog(found, day):
    return f"""<!DOCTYPE html>
<html lang="ja"><head><meta charset="utf-8"><title>{escape(title_of(found))} - こもれび日誌</title>
<style>.x{{color:red}}</style><script>var d="2018年8月8日に流出";</script></head>
<body><header class="site-header"><p class="site-title"><a href="/">こもれび日誌</a></p><nav>{MENU}</nav></header>
<main><article>{modern(found)}</article></main>
<aside class="sidebar"><h2>最近の記事</h2>{OTHERS}<h2>月別アーカイブ</h2><ul><li><a href="/2024/05">2024年5月</a> (3)</li><li><a href="/2024/04">2024年4月</a> (7)</li></ul></aside>
<footer><p>© 2015-2025 こもれび日誌 All Rights Reserved.</p></footer></body></html>""".encode()


def news_site(found, day):
    return f"""<!DOCTYPE html>
<html><head><meta charset="utf-8"><meta property="og:site_name" content="みなも新報"><meta property="og:title" content="{escape(title_of(found))}">
<title>{escape(title_of(found))}｜みなも新報</title></head><body>
<div id="globalHeader"><div class="logo"><a href="/"><img src="/logo.png" alt="みなも新報"></a></div><div class="gnav">{MENU}</div>
<div class="ticker"><a href="/flash/9">速報 2025年2月3日 己川銀行で障害</a></div></div>
<div class="breadcrumb"><a href="/">トップ</a> &gt; <a href="/it">IT</a> &gt; <span>記事</span></div>
<div class="l-wrap"><div class="l-main"><div class="article-body">{modern(found)}</div>
<div class="sns-share"><a href="#">ポスト</a><a href="#">シェア</a></div>
<div class="article-related"><h2>関連記事</h2>{OTHERS}</div></div>
<div class="l-side"><div class="box"><h3>アクセスランキング</h3><ol><li><a href="/r/1">庚野商会、2020年5月5日に情報流出を公表</a></li><li><a href="/r/2">辛島組でUSB紛失（2022年9月9日）</a></li></ol></div>
<div class="box"><p>みなも新報の購読のご案内は<a href="/sub">こちら</a></p></div></div></div>
<div id="globalFooter"><p>記事・写真の無断転載を禁じます。Copyright (c) 2001-2025 Minamo Shimpo</p></div></body></html>""".encode()


def table_layout(found, day):
    return f"""<HTML><HEAD><META http-equiv="Content-Type" content="text/html; charset=Shift_JIS"><TITLE>お知らせ</TITLE></HEAD>
<BODY bgcolor="#ffffff"><CENTER><TABLE width="760" border="0" cellspacing="0"><TR><TD colspan="2"><A href="/index.html"><IMG src="logo.gif"></A></TD></TR>
<TR><TD width="160" valign="top"><FONT size="2"><A href="/">ホーム</A><BR><A href="/kaisha.html">会社概要</A><BR><A href="/seihin.html">製品案内</A><BR>
<B>新着情報</B><BR>2005/04/01 <A href="n1.html">新製品のお知らせ</A><BR>2004/12/24 <A href="n2.html">年末年始の営業について</A><BR></FONT></TD>
<TD width="600" valign="top">{old(found)}</TD></TR>
<TR><TD colspan="2" align="center"><HR><FONT size="1">Copyright (C) 1998-2006 All Rights Reserved.</FONT></TD></TR></TABLE></CENTER></BODY></HTML>""".encode(
        "cp932", "xmlcharrefreplace"
    )


def nested_tables(found, day):
    return f"""<html><head><meta http-equiv="content-type" content="text/html; charset=EUC-JP"><title>{escape(title_of(found))}</title></head>
<body><table width="100%"><tr><td><table><tr><td><a href="a">トップ</a></td><td><a href="b">事業案内</a></td><td><a href="c">新着</a></td><td><a href="d">採用</a></td></tr></table></td></tr>
<tr><td><table width="90%"><tr><td width="20">&nbsp;</td><td>{modern(found)}</td></tr></table></td></tr>
<tr><td><table><tr><td><a href="e">サイトマップ</a> | <a href="f">個人情報の取扱い</a> | <a href="g">2003年以前のお知らせ</a></td></tr><tr><td>(C) 2003 株式会社見本</td></tr></table></td></tr></table></body></html>""".encode(
        "euc_jp", "xmlcharrefreplace"
    )


def weblog_system(found, day):
    data = '{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"見本ブログ"},{"@type":"BlogPosting","headline":"x"'
    data += f',"datePublished":"{day}T10:00:00+09:00"' if day else ""
    return f"""<!DOCTYPE html>
<html lang="ja"><head><meta charset="UTF-8"><title>{escape(title_of(found))} | 見本ブログ</title><script type="application/ld+json">{data}}}]}}</script></head>
<body class="post-template-default single single-post"><div id="page" class="site"><a class="skip-link screen-reader-text" href="#content">本文へ</a>
<header id="masthead" class="site-header"><div class="site-branding"><p class="site-title"><a href="/">見本ブログ</a></p></div><nav id="site-navigation" class="main-navigation">{MENU}</nav></header>
<div id="content" class="site-content"><div id="primary" class="content-area"><main id="main" class="site-main">
<article id="post-12" class="post-12 post type-post hentry"><div class="entry-content">{modern(found)}
<div class="sharedaddy"><h3>共有:</h3><ul><li><a href="#">X</a></li><li><a href="#">Facebook</a></li></ul></div></div>
<footer class="entry-footer"><span class="cat-links">カテゴリー: <a href="/c">事故</a></span> <span class="tags-links">タグ: <a href="/t">流出</a></span></footer></article>
<nav class="navigation post-navigation"><div class="nav-links"><a href="/p">前の投稿: 壬生精機の件(2020年8月1日)</a><a href="/n">次の投稿: 癸谷製薬の件(2021年9月1日)</a></div></nav>
<div id="comments" class="comments-area"><h2>コメント</h2><ol class="comment-list"><li><p>2024年1月1日に私のデータも流出しました。</p></li></ol><div id="respond" class="comment-respond"><form><p>メールアドレスが公開されることはありません。</p></form></div></div>
</main></div><aside id="secondary" class="widget-area"><section class="widget"><h2>最近の投稿</h2>{OTHERS}</section></aside></div>
<footer id="colophon"><div class="site-info">Proudly powered since 2012</div></footer></div></body></html>""".encode()


def no_marks(found, day):
    return f"""<html><head><meta charset="utf-8"><title>x</title></head><body bgcolor=white>
<p align=right>[<a href=/>ホーム</a>] [<a href=/a>会社概要</a>] [<a href=/b>お知らせ</a>]</p><hr>
{old(found)}
<hr><p>株式会社見本 〒000-0000 東京都みほん区1-1<br>最終更新日 2006年3月1日</p><p align=center>[<a href=/>ホーム</a>] [<a href=/a>会社概要</a>] [<a href=/b>お知らせ</a>]</p><address>Copyright(C) 2001-2006 Mihon</address></body></html>""".encode()


def hashed_classes(found, day):
    inner = "".join(
        f'<div class="css-p{i}"><div>{b}</div></div>'
        for i, b in enumerate(
            modern(found)
            .replace("</p>\n", "</p>\x00")
            .replace("</ul>\n", "</ul>\x00")
            .replace("</h1>\n", "</h1>\x00")
            .split("\x00")
        )
    )
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(title_of(found))} | めも帳</title></head><body><div id="__next"><div class="css-1"><div class="css-2"><a href="/">めも帳</a><a href="/login">ログイン</a><a href="/new">新規登録</a></div></div>
<div class="css-3"><div class="css-4">{inner}</div>
<div class="css-5"><div class="css-6"><p>しおり</p><p>2015年から情報セキュリティの記事を書いています。前職では2011年の漏えい事件の調査に関わりました。</p></div>
<div class="css-7"><h3>この人の他の記事</h3><div class="css-8"><a href="/1"><h4>ある銀行の障害</h4></a><p>2022年3月3日、乙銀行は口座情報が流出したと発表した。原因は設定の誤りである。</p></div><div class="css-8"><a href="/2"><h4>ある学校の紛失</h4></a><p>2021年6月6日、丙学園はUSBメモリーの紛失を公表した。</p></div></div></div></div>
<div class="css-9"><p>当サイトでは利便性の向上のためクッキーを使用します。続けて閲覧すると2020年4月1日改定の方針に同意したものとみなします。</p><button>同意する</button></div>
<div class="css-10"><a href="/tos">利用規約</a><a href="/pp">プライバシー</a><span>© 2014 めも帳</span></div></div></body></html>""".encode()


def side_by_side(found, day):
    return f"""<html><head><meta charset=utf-8><title>お知らせ</title></head><body><table width=100%><tr><td><font size=5>見本工業株式会社</font></td><td align=right>創業1951年。確かな技術で社会に貢献します。</td></tr></table>
<table width=800><tr><td width=150 valign=top><table><tr><td><a href=1>トップ</a></td></tr><tr><td><a href=2>製品</a></td></tr></table><p>2005年10月に新工場が稼働しました。</p></td><td><table><tr><td>{modern(found)}</td></tr></table></td></tr></table>
<table><tr><td>本社 〒000-0000 みほん市2-2 電話000-000-0000</td></tr><tr><td>このサイトは2001年4月に開設しました。無断での転載はご遠慮ください。</td></tr></table></body></html>""".encode()


DESIGNS = (semantic_blog, news_site, table_layout, nested_tables, weblog_system, no_marks, hashed_classes, side_by_side)


@cache
def plain_rows(path):
    return extract_document(path.read_bytes(), path.name)


def compared(design, paths=DOCUMENTS):
    """Hits, what the page gave, what the plain text gave: for the values of times and for typed events with their dates."""
    counts = {"times": [0, 0, 0], "events": [0, 0, 0]}
    misses = []
    for path in paths:
        plain = plain_rows(path)
        day = plain.document.published if re.fullmatch(r"\d{4}-\d\d-\d\d", plain.document.published or "") else None
        page = extract_document(design(blocks(plain.text), day), "page.html")
        assert page.document.status == "ok", page.document.error
        for name, key in (
            ("times", lambda e: [(t.type, t.value) for t in e.timexes]),
            ("events", lambda e: [(v.type, v.date) for v in e.events]),
        ):
            given, wanted = Counter(key(page)), Counter(key(plain))
            for place, number in enumerate((given & wanted, given, wanted)):
                counts[name][place] += number.total()
            if given != wanted:
                misses.append((path.stem, name, dict(wanted - given), dict(given - wanted)))
    return counts, misses


def f1(counts):
    hits, given, wanted = counts
    return 2 * hits / (given + wanted)


@pytest.mark.parametrize("design", DESIGNS, ids=lambda design: design.__name__)
def test_a_page_gives_the_rows_of_its_plain_text(design):
    every = 1 if design in (semantic_blog, table_layout) else 3
    counts, misses = compared(design, DOCUMENTS[DESIGNS.index(design) % every :: every])
    assert f1(counts["times"]) >= FLOOR, misses[:5]
    assert f1(counts["events"]) >= FLOOR, misses[:5]
