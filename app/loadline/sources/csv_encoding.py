"""Which encoding a file's bytes are in, right also where only a few bytes tell.

Order of evidence: a byte order mark; zero bytes in every second or fourth place; valid UTF-8; the
encoding in which the bytes above 127 make the most usual letters in the most usual places.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from itertools import pairwise

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SINGLE = (
    "cp1252", "iso-8859-1", "iso-8859-15", "mac_roman", "cp1250", "iso-8859-2", "cp850", "cp437",
    "cp1251", "koi8-r", "iso-8859-5", "cp866", "cp1253", "iso-8859-7", "cp1254", "cp1257",
    "cp1255", "cp1256",
)  # fmt: skip
_DOUBLE = ("cp932", "gb18030", "euc_jp", "big5", "euc_kr")
_LOOK_AT = 20_000
_CONTEXT = re.compile(rb"[^\x80-\xff]{0,12}[\x80-\xff][^\n\r]{0,40}")


@dataclass(frozen=True, slots=True)
class Encoding:
    """A codec's name, the length of the byte order mark, and how sure it is."""

    name: str
    bom: int = 0
    sure: bool = True
    evidence: str = ""


def find_encoding(sample: bytes, *, whole: bool) -> Encoding:
    """Find the encoding of a file from its first bytes (`whole`: from all of them)."""
    for mark, name in _BOMS:
        if sample.startswith(mark):
            return Encoding(name, len(mark), True, f"encoding {shown(name)}: byte order mark")
    if sample.isascii() and b"\x00" not in sample:
        if b"\x1b$" in sample or b"\x1b(" in sample:
            return Encoding("iso2022_jp", 0, False, "encoding ISO-2022-JP: escape sequences")
        return Encoding("utf-8", 0, True, "encoding UTF-8: plain ASCII so far")
    wide = _wide(sample)
    if wide:
        return Encoding(wide, 0, True, f"encoding {shown(wide)}: zero bytes between letters")
    if _is_utf8(sample, whole=whole):
        return Encoding("utf-8", 0, True, "encoding UTF-8: every character is valid")
    if mostly_utf8(sample):
        return Encoding("utf-8", 0, False, "encoding UTF-8: but for a few bytes")
    return _guessed(sample)


def _is_utf8(sample: bytes, *, whole: bool) -> bool:
    try:
        sample.decode("utf-8")
    except UnicodeDecodeError as error:
        return not whole and error.start >= len(sample) - 3 and error.reason != "invalid start byte"
    return True


def mostly_utf8(sample: bytes) -> bool:
    """Tell whether the lines with bytes above 127 are UTF-8 but for a few."""
    lines = [line for line in sample.split(b"\n") if not line.isascii()]
    good = sum(_is_utf8(line, whole=True) for line in lines)
    return good > 0 and good >= 0.5 * len(lines)


def _wide(sample: bytes) -> str:
    """Return the UTF-16 or UTF-32 form without a mark, by where its zero bytes or line ends are."""
    head = sample[: _LOOK_AT // 4 * 4]
    size = len(head)
    if size < 4:
        return ""
    if head.count(0) < 2:
        return ""
    zeros = [head[i::4].count(0) / max(1, len(head[i::4])) for i in range(4)]
    if min(zeros[2], zeros[3]) > 0.9 and zeros[0] < 0.1:
        return "utf-32-le"
    if min(zeros[0], zeros[1]) > 0.9 and zeros[3] < 0.1:
        return "utf-32-be"
    even, odd = (zeros[0] + zeros[2]) / 2, (zeros[1] + zeros[3]) / 2
    if max(even, odd) > 0.15 and min(even, odd) < 0.02 + 0.1 * max(even, odd):
        return "utf-16-le" if odd > even else "utf-16-be"
    structure = b'\n\r,;\t|" '
    little = sum(head[0::2][i] in structure and b == 0 for i, b in enumerate(head[1::2]))
    big = sum(head[1::2][i] in structure and a == 0 for i, a in enumerate(head[0::2][: size // 2]))
    if max(little, big) >= max(2, size // 200):
        return "utf-16-le" if little > big else "utf-16-be"
    return ""


def _guessed(sample: bytes) -> Encoding:
    text = b"\n".join(_CONTEXT.findall(sample)[:2_000])[:_LOOK_AT]
    lines = b"\n".join(line for line in sample.split(b"\n") if not line.isascii())[:_LOOK_AT]
    best, best_score, second = "cp1252", -1e9, -1e9
    for name in (*_SINGLE, *_DOUBLE):
        score = _score(lines if name in _DOUBLE else text, name)
        if score > best_score:
            best, best_score, second = name, score, best_score
        elif score > second:
            second = score
    sure = best_score - second > 0.05
    return Encoding(best, 0, sure, f"encoding {shown(best)}: makes the most usual letters")


# How usual a character is in running text, 0..1; what is not listed is unusual.
_USUAL: dict[str, float] = {
    **dict.fromkeys("éèàüöäßñçíóáãõêôåæú", 1.0),
    **dict.fromkeys("øâîëïûù", 0.8),
    **dict.fromkeys("ìò", 0.6),
    **dict.fromkeys("ÉÈÀÜÖÄÑÇÍÓÁÃÕÊÔÅØÆÂÚÎ", 0.8),
    **dict.fromkeys("’“”–€", 0.95),
    **dict.fromkeys("—…£°§«»©®·‘„•½¼²³µ±´¿¡ºª™×\u00a0", 0.75),
    **dict.fromkeys("œŒýÿðþÞÝ", 0.6),
    **dict.fromkeys("łąęśćńżźčžšřěůőűďťňľăşţșțđŁŚŻČŽŠŘ", 0.8),
    **dict.fromkeys("ğışİĞŞāēīūķļņģ", 0.6),
    **dict.fromkeys("ÿ¦¤¨¸¯¬¶¢¥ƒ†‡ˆ‰‹›˜÷", 0.2),
    **dict.fromkeys("оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё", 0.9),
    **dict.fromkeys("ОЕАИНТСРВЛКМДПУЯЫЬГЗБЧЙХЖШЮЦЩЭФЪЁ", 0.75),
    **dict.fromkeys("αοιετσνηυρπκμλςωγδχθφβξζψάέήίόύώ", 0.9),
    **dict.fromkeys("ΑΟΙΕΤΣΝΗΥΡΠΚΜΛΩΓΔΧΘΦΒΞΖΨΆΈΉΊΌΎΏ", 0.75),
    **dict.fromkeys("אבגדהוזחטיכלמנסעפצקרשתםןףץ", 0.85),
    **dict.fromkeys("ابتثجحخدذرزسشصضطظعغفقكلمنهويةىأإآ", 0.85),
}
_PREFERENCE = {
    "cp1252": 0.02, "iso-8859-1": -0.01, "iso-8859-15": -0.02, "mac_roman": -0.01, "cp1250": -0.02,
    "iso-8859-2": -0.03, "cp850": -0.04, "cp437": -0.05, "cp1251": -0.01, "koi8-r": -0.02,
    "iso-8859-5": -0.04, "cp866": -0.04, "cp1253": -0.02, "iso-8859-7": -0.03, "cp1254": -0.05,
    "cp1257": -0.06, "cp1255": -0.03, "cp1256": -0.05,
}  # fmt: skip


def _score(data: bytes, name: str) -> float:
    """Return how usual the text is that `data` becomes in this encoding, about -1..1."""
    try:
        text = data.decode(name)
    except UnicodeDecodeError as error:
        if error.end < len(data) - 4 or name in _SINGLE:
            return -10.0
        text = data[: error.start].decode(name, "ignore")
    foreign = [(i, c) for i, c in enumerate(text) if c > "\x7f"]
    if not foreign:
        return -10.0
    if name in _DOUBLE:
        return _eastern(text, [c for _, c in foreign], name)
    total = sum(_in_place(text, i, c) for i, c in foreign)
    return total / len(foreign) + _PREFERENCE[name]


def _in_place(text: str, at: int, char: str) -> float:
    """Return how usual a character is between its neighbours."""
    if "\x80" <= char <= "\x9f":
        return -2.0
    usual = _USUAL.get(char, -0.3 if char.isalpha() else -0.5)
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    if char in "ºª":
        return usual if before.isdigit() or before == "." else usual - 0.9
    if char.isalpha():
        return usual - _misplaced(char, before, after)
    inside = before.isalpha() and after.isalpha()
    if char == "’":
        return usual if before.isalpha() else usual - 0.3
    if inside:
        return usual - (0.3 if char in "–—" else 0.9)
    return _symbol(char, before, after, usual)


def _misplaced(char: str, before: str, after: str) -> float:
    """Return how unusual it is for a letter to stand between its neighbours."""
    latin = char < "\u0250"
    same = [c for c in (before, after) if c.isalpha()]
    if char.isupper() and before.isalpha() and before.islower():
        return 0.9
    if char.islower() and before.isupper() and after.isupper():
        return 0.7
    wrong = 0.7 if any((c < "\u0250") != latin for c in same) else 0.0
    if before.isdigit() or after.isdigit() or (char.islower() and after.isupper()):
        wrong += 0.4
    if not same:
        wrong += 0.4 if latin else 0.5
    elif latin:
        wrong += 0.3 * sum(c > "\x7f" for c in same)
    return wrong


def _symbol(char: str, before: str, after: str, usual: float) -> float:
    if any(c > "\x9f" and c not in "’“”–—…«»\u00a0" for c in (before, after)):
        return usual - 0.4
    if char in "€£¥¢¤":
        near = before.isdigit() or after.isdigit() or before == " " or after == " "
        return usual if near else usual - 0.2
    if char == "°":
        return usual if before.isdigit() or after in "CF" or before == " " else usual - 0.3
    if char in "“„«‘" and after == " ":
        return usual - 0.2
    return usual


_BASE = {"cp932": 0.0, "gb18030": 0.08, "euc_jp": -0.02, "big5": -0.08, "euc_kr": 0.03}


def _eastern(text: str, foreign: list[str], name: str) -> float:
    kana = hangul = common = rare = half = 0
    for char in foreign:
        if "\u3040" <= char <= "\u30ff":
            kana += 1
        elif "\uac00" <= char <= "\ud7a3":
            hangul += 1
        elif "\uff61" <= char <= "\uff9f":
            half += 1
        elif char in "、。「」・ー（）：，！？　—“”《》":
            common += 1
        elif "\u4e00" <= char <= "\u9fff":
            common += _is_common(char, name)
            rare += not _is_common(char, name)
        else:
            rare += 1
    alone = sum(
        (_is_word(a) and b > "\x7f") or (a > "\x7f" and _is_word(b)) for a, b in pairwise(text)
    )
    japanese = name in ("cp932", "euc_jp")
    good = common + (kana if japanese else 0.2 * kana) + (hangul if name == "euc_kr" else 0)
    bad = 0.6 * rare + 0.8 * half + 0.8 * alone + (0 if name == "euc_kr" else hangul)
    few = 0.0 if len(foreign) > 2 else -0.2
    return (good - bad) / len(foreign) * 0.95 + _BASE[name] + few


def _is_word(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _is_common(char: str, name: str) -> bool:
    """Tell whether a Han character is in the first, most used level of its character set."""
    standard = {"cp932": "euc_jp", "euc_jp": "euc_jp", "big5": "big5"}.get(name, "gb2312")
    if name == "euc_kr":
        return False
    try:
        first = char.encode(standard)[0]
    except UnicodeEncodeError:
        return False
    if standard == "euc_jp":
        return 0xB0 <= first <= 0xCF
    return 0xA4 <= first <= 0xC6 if standard == "big5" else 0xB0 <= first <= 0xD7


_SHOWN = {
    "utf-8": "UTF-8", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16 (big endian)",
    "utf-32-le": "UTF-32", "utf-32-be": "UTF-32 (big endian)", "cp1252": "Windows-1252",
    "cp1250": "Windows-1250", "cp1251": "Windows-1251", "mac_roman": "Mac Roman",
    "cp932": "Shift-JIS", "gb18030": "GB18030",
}  # fmt: skip


def shown(name: str) -> str:
    """Return an encoding's name as a person reads it."""
    return _SHOWN.get(name, name.upper().replace("_", "-"))
