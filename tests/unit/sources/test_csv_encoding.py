"""Encodings are told by few bytes."""

from __future__ import annotations

import pytest

from loadline.sources.csv_encoding import find_encoding

WESTERN = (
    "name,city\nJosé,München\n", "a,b\n1,café\n", "price\n€5\n", "it’s,“x”\n", "naïve,1\n",
    "Beyoncé Knowles,3\nx,y\n", "España,1\nPerú,2\n", "Ålesund,1\n", "Zürich,1\n",
    "São Paulo – Brasil,3\n", "temp °C,1\n", "GRÜN,ÉCOLE\n",
)  # fmt: skip
TEXTS = {
    "cp1252": WESTERN,
    "mac_roman": ("name,city\nJosé,München\n", "café,1\n", "España,1\n", "it’s,“x”\n"),
    "cp1250": ("imię,Łódź\nzażółć,gęś\n", "Dvořák,Plzeň\n", "Škoda,Žižkov,Brně\n"),
    "iso-8859-2": ("imię,Łódź\nzażółć,gęś\n", "Dvořák,Plzeň\n"),
    "cp1251": ("Москва,Россия\n", "Иван,1\nпривет,2\n"),
    "koi8-r": ("Москва,Россия\n", "Иван,1\nпривет,2\n"),
    "iso-8859-7": ("Αθήνα,Ελλάδα\n",),
    "iso-8859-15": ("prix €5,cœur\n", "€ 12,b\n"),
    "cp850": ("José,München\n", "café,1\n"),
    "cp932": ("名前,都市\n田中,東京\n", "a,b\n1,テスト\n", "東京,1\n", "name,city\nTanaka,大阪\n"),
    "euc_jp": ("名前,都市\n田中,東京\nこんにちは,x\n",),
    "gb18030": ("姓名,城市\n王伟,北京\n", "北京,1\n", "name,city\nWang,上海\n"),
    "big5": ("姓名,城市\n王偉,台北市\n資料,這是\n",),
    "utf-16-le": ("a,b\n1,2\n", "名前,都市\n田中,東京\n"),
    "utf-16-be": ("a,b\n1,2\n", "名前,都市\n田中,東京\n"),
    "utf-32-le": ("a,b\n1,2\n",),
    "utf-32-be": ("a,b\n1,2\n",),
    "utf-8": ("名前,都市\n", "é\n", "Zürich,1\n", "plain\n"),
}


@pytest.mark.parametrize(
    ("encoding", "text"), [(name, text) for name, texts in TEXTS.items() for text in texts]
)
def test_a_short_text_is_read_as_it_was_written(encoding: str, text: str) -> None:
    """The name found may be another one as long as the text is the same."""
    data = text.encode(encoding)
    assert data.decode(find_encoding(data, whole=True).name) == text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_is_not_part_of_the_text(encoding: str) -> None:
    """Its length is told."""
    data = "a,é\n".encode(encoding)
    found = find_encoding(data, whole=True)
    assert data[found.bom :].decode(found.name) == "a,é\n"
    assert found.bom


def test_a_few_wrong_bytes_do_not_change_the_encoding_of_a_file() -> None:
    """They cost a guess in their own rows."""
    data = "a,é\nb,ü\nc,ö\n".encode() + b"d,\xe9\n"
    assert find_encoding(data, whole=True).name == "utf-8"


def test_a_character_cut_off_at_the_end_of_a_sample_is_no_error() -> None:
    """Only of the whole file must all bytes be characters."""
    data = "a,b\n1,é".encode()[:-1]
    assert find_encoding(data, whole=False).name == "utf-8"
    assert find_encoding(data, whole=True).name != "utf-8"
