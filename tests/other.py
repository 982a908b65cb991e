"""Pages on which nothing of an affair stands: ``page(seed, length)``, for what a reader must pass over.

Company news, recipes, walks, shop notes and answers to questions, made of sentences of our own with words that change. They
hold dates, numbers, firms and links as such pages do, and no word of an attack.
"""

from __future__ import annotations

import random

_PLACES = (
    "瀬戸の港町",
    "北の高原",
    "川沿いの商店街",
    "駅前の広場",
    "古い酒蔵の跡",
    "湖のほとり",
    "山あいの集落",
    "坂の上の図書館",
)
_FOODS = ("里芋の煮物", "鯖の味噌煮", "栗ごはん", "豆腐の白和え", "南瓜の汁物", "焼き茄子", "蕪の漬物", "柚子の羊羹")
_GOODS = (
    "折りたたみの机",
    "木綿の前掛け",
    "真鍮の栓抜き",
    "陶器の急須",
    "竹のざる",
    "帆布の鞄",
    "檜の椅子",
    "羊毛の膝掛け",
)
_FIRMS = (
    "株式会社椿野工房",
    "有限会社楓原家具",
    "鷺谷観光協会",
    "蛍森町",
    "藍浜大学",
    "株式会社雁坂食品",
    "霞岡美術館",
)
_PEOPLE = ("店主の柊さん", "案内役の榛さん", "三代目の琴原さん", "若い職人", "地元の小学生", "常連のお客さん")
_SEASONS = ("春先", "梅雨の晴れ間", "夏の終わり", "紅葉のころ", "初雪の朝", "年の瀬")
_SENTENCES = (
    "{season}の{place}を歩くと、{person}が手を振って迎えてくれます。",
    "今日の献立は{food}で、鍋に水を張ってから弱火で{n}分ほど煮ます。",
    "{firm}の{goods}は、一つずつ手で仕上げるため、色合いが少しずつ違います。",
    "{goods}は{n}個限りで、なくなり次第、次の入荷をお待ちください。",
    "{month}月{day}日から{place}で展示が始まり、初日には{n}人ほどが列を作りました。",
    "{person}によれば、{food}には海の近くで採れた塩がいちばん合うそうです。",
    "雨の日は床が滑りやすいので、足元に気をつけてお越しください。",
    "{firm}は{year}年に小さな工場から始まり、いまでは三つの町に店があります。",
    "駐車場は{n}台分しかないため、なるべく電車やバスをお使いください。",
    "仕上げに刻んだ葱を散らし、温かいうちに召し上がってください。",
    "写真の{goods}は見本で、実物とは大きさが少し異なります。",
    "朝のうちは霧が深かったものの、昼前には青空が広がりました。",
    "{person}の話を聞きながら、窓の外の{place}をしばらく眺めていました。",
    "送料は全国一律{n}00円で、{n}000円を超えるお買い物では頂いていません。",
    "来月の集まりでは{food}を作りますので、前掛けと手ぬぐいをお持ちください。",
    "木の節や色の濃淡は自然のものですので、味わいとしてお楽しみください。",
    "バスは一時間に{k}本で、終点から{place}までは歩いて{n}分かかります。",
    "昔の地図を広げると、いまの通りの下を細い川が流れていたことが分かります。",
    "{firm}では{season}に合わせて、{food}を使った折詰を{year}年から続けています。",
    "何度作っても焦がしてしまうという方は、火を止めてから蓋をして{k}分待つとよいでしょう。",
)  # fmt: skip
_HEADS = (
    "{season}のおすすめ",
    "{place}を訪ねて",
    "{food}の作り方",
    "{firm}の新しい{goods}",
    "よくあるご質問",
    "お店だより",
)


def page(seed: int, length: int = 4000) -> str:
    """Return a page of at least ``length`` code points; a function of its arguments alone."""
    draw = random.Random(seed)

    def fill(sentence: str) -> str:
        return sentence.format(
            place=draw.choice(_PLACES),
            food=draw.choice(_FOODS),
            goods=draw.choice(_GOODS),
            firm=draw.choice(_FIRMS),
            person=draw.choice(_PEOPLE),
            season=draw.choice(_SEASONS),
            n=draw.randint(2, 90),
            k=draw.randint(2, 9),
            year=draw.randint(1948, 2024),
            month=draw.randint(1, 12),
            day=draw.randint(1, 28),
        )

    parts = [
        fill(draw.choice(_HEADS)),
        f"{draw.randint(2015, 2024)}年{draw.randint(1, 12)}月{draw.randint(1, 28)}日",
        "",
    ]
    written = sum(map(len, parts))
    while written < length:
        if draw.random() < 0.12:
            parts += ["", fill(draw.choice(_HEADS))]
        parts.append("".join(fill(draw.choice(_SENTENCES)) for _ in range(draw.randint(2, 6))))
        written += len(parts[-1])
    return "\n".join(parts) + "\n"
