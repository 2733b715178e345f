"""People who do not exist, in every form that a clerk may type them, each with the part that tells on them."""

from __future__ import annotations

import random
from dataclasses import dataclass

# Stems and endings of family names, by the tongue they sound like; none is a word of an extract.
_FAMILIES = (
    (("Brax", "Thorl", "Wimb", "Quill", "Drave", "Osk", "Penhal", "Trev", "Cholm"), ("worthy", "lethwaite", "combe", "sallow", "ridge", "strode")),
    (("Wojt", "Szcz", "Grzeg", "Chrzan", "Brzez", "Stach"), ("owiak", "epanski", "orczyk", "ewicz", "alski")),
    (("Ole", "Pyly", "Zavhor", "Hryts", "Kostel"), ("penko", "chuk", "odniy", "hora", "yshyn")),
    (("Adeku", "Ogunbi", "Okechu", "Nwabu", "Olori", "Ezenwa"), ("nle", "yikan", "kwube", "deola", "goke")),
    (("Bhatta", "Chakra", "Rangana", "Venkata", "Jadeja"), ("varty", "than", "raman", "lingam", "bhai")),
    (("Qureis", "Al-Zub", "Mahmoo", "Rahimz", "Haddadi"), ("hani", "aidi", "dzai", "adeh", "yan")),
    (("Nguy", "Huynhx", "Tranq", "Phanv"), ("enthi", "uong", "inhloc", "odai")),
    (("Llew", "Gwrth", "Cadwal", "Ysbr"), ("elfryn", "eyrn", "adron", "ydion")),
    (("O'Shaugh", "Mac Giolla", "Fitzmor", "Ni Dhomh"), ("rathy", "phaid", "nally", "aill")),
)  # fmt: skip
_GIVENS = (
    "Peregrine Saoirse Zbigniew Oluwadamilare Thandiwe Xiaoling Gruffudd Jaswinder Mahmoud Ekaterina Tomasz Nkechinyere Ffion Ruaridh "
    "Kwabena Dilshad Priyanka Yevhen Aurelian Zofia Hyun-woo Takumi Fatoumata Ioan Siegfried Guadalupe Cheng Ignatius Amandine Bartholomew"
).split()  # fmt: skip
# Names of ordinary words: nothing but the two together tells on anybody.
_PLAIN = tuple(
    (g, f)
    for g in ("Grace", "James", "Rose", "Mark", "Daisy", "Frank", "Robin", "Joy", "Heath", "Poppy")
    for f in ("Field", "Wood", "Hill", "Park", "Banks", "March", "Bishop", "Long", "Hunt", "Price")
)
_ABROAD = (
    "Олександра",
    "Володимир",
    "Γεώργιος",
    "Ελένη",
    "محمد",
    "فاطمة",
    "יעקב",
    "陳大文",
    "佐藤花子",
    "김민준",
    "ਹਰਪ੍ਰੀਤ",
    "প্রিয়াঙ্কা",
    "நிலானி",
    "Նարեկ",
    "თამარ",
)
_FOREIGN_ENDS = ("енчук", "адзе", "όπουλος", "ابادي", "莉娜", "하늘", "ович")
_TITLES = ("PC", "DC", "Sgt", "Insp", "Mrs", "Dr", "PCSO")
_NICKNAMES = ("Smudgerino", "Chalkdust", "Nobbler", "Sparkington", "Lofterooni", "Dusterby", "Bomberino", "Tugwellian")


@dataclass(frozen=True)
class Plant:
    """One text that tells on somebody: its form, and the part of it that is searched for."""

    text: str
    form: str
    telling: str


def invented(n: int, seed: int) -> list[Plant]:
    """`n` different plants of all forms, the same for a seed."""
    rng = random.Random(seed)
    found: dict[str, Plant] = {}
    forms = list(_FORMS)
    while len(found) < n:
        form = forms[len(found) % len(forms)]
        plant = _FORMS[form](rng, len(found))
        found.setdefault(plant.telling.casefold(), plant)
        if plant.telling.casefold() in found and form in ("plain", "nickname", "abroad") and rng.random() < 0.2:
            forms = [f for f in forms if f != form] or list(_FORMS)
    return list(found.values())


def _family(rng: random.Random) -> str:
    stems, ends = rng.choice(_FAMILIES)
    return rng.choice(stems) + rng.choice("aeiou") + rng.choice("bdfklmnprstvz") + rng.choice(ends)


def _named(form: str, pattern: str, case: str = "") -> object:
    def make(rng: random.Random, _k: int) -> Plant:
        family, given = _family(rng), rng.choice(_GIVENS)
        text = pattern.format(
            given=given, family=family, initial=given[0], title=rng.choice(_TITLES), number=rng.randint(1, 200)
        )
        text = getattr(text, case)() if case else text
        return Plant(text, form, family.split(" ")[-1].split("'")[-1])

    return make


def _phone(rng: random.Random, _k: int) -> Plant:
    number = f"07{rng.randint(400, 999)} {rng.randint(100_000, 999_999)}"
    return Plant(number, "phone", number)


def _mail(rng: random.Random, _k: int) -> Plant:
    text = f"{rng.choice(_GIVENS).lower()}.{_family(rng).lower().replace(' ', '')}@example.org"
    return Plant(text, "mail", text.split("@")[0].split(".")[-1])


def _plate(rng: random.Random, _k: int) -> Plant:
    letters = "".join(rng.choice("ABCDEFGHJKLMNPRSTUVWXY") for _ in range(5))
    text = f"{letters[:2]}{rng.randint(51, 74)} {letters[2:]}"
    return Plant(text.lower() if rng.random() < 0.3 else text, "plate", text)


def _postcode(rng: random.Random, _k: int) -> Plant:
    text = f"{rng.choice(['B', 'WV', 'CV', 'DY', 'WS'])}{rng.randint(1, 98)} {rng.randint(1, 9)}{rng.choice('ABDEFGHJLN')}{rng.choice('PQRSTUWXYZ')}"
    return Plant(text, "postcode", text)


def _plain(rng: random.Random, _k: int) -> Plant:
    text = " ".join(rng.choice(_PLAIN))
    text = rng.choice((text, text.lower(), text.upper()))
    return Plant(text, "plain", text)


def _nickname(rng: random.Random, k: int) -> Plant:
    text = f"{rng.choice(_NICKNAMES)}{'abcdefghij'[k % 10]}{'klmnopqrst'[k // 10 % 10]}"
    return Plant(text, "nickname", text)


def _abroad(rng: random.Random, _k: int) -> Plant:
    text = f"{rng.choice(_ABROAD)} {rng.choice(_ABROAD)}{rng.choice(_FOREIGN_ENDS)}"
    return Plant(f"{text} Response" if rng.random() < 0.3 else text, "abroad", text)


_FORMS = {
    "given family": _named("given family", "{given} {family}"),
    "lower": _named("lower", "{given} {family}", "lower"),
    "upper": _named("upper", "{given} {family}", "upper"),
    "surname first": _named("surname first", "{family}, {initial}."),
    "surname, given": _named("surname, given", "{family}, {given}"),
    "initial": _named("initial", "{initial}. {family}"),
    "surname": _named("surname", "{family}"),
    "surname lower": _named("surname lower", "{family}", "lower"),
    "ranked": _named("ranked", "{title} {family}"),
    "team of": _named("team of", "{family}'s Team"),
    "with a word": _named("with a word", "{family} Response 3"),
    "street": _named("street", "{number} {family} Road"),
    "plain": _plain,
    "nickname": _nickname,
    "abroad": _abroad,
    "phone": _phone,
    "mail": _mail,
    "plate": _plate,
    "postcode": _postcode,
}
