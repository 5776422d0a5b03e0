"""A connection and its address say the same, and the password is in neither."""

from __future__ import annotations

import msgspec
import pytest

from loadline.domain.connections import Connection, masked, parse_uri, uri_of
from loadline.domain.errors import JobError


@pytest.mark.parametrize(
    "uri",
    [
        "mongodb://localhost/",
        "mongodb://a.example:27018,b.example/shop?replicaSet=rs0&readPreference=secondary",
        "mongodb+srv://reader@cluster.example/",
        "mongodb+srv://cluster.example/?tls=false",
        "mongodb://reader@db.example/?authMechanism=SCRAM-SHA-256&authSource=admin&tls=true",
        "mongodb://%D1%8F%40x@[::1]:27017/my%20db?retryReads=false",
        "mongodb://db.example/?tlsCAFile=/etc/ca.pem&tls=true&tlsAllowInvalidCertificates=true",
    ],
)
def test_an_address_without_a_password_comes_back_as_it_was(uri: str) -> None:
    connection, password = parse_uri(uri)
    assert uri_of(connection) == uri
    assert password == ""


def test_a_password_is_moved_out_of_the_address() -> None:
    connection, password = parse_uri("mongodb://ann:p%40ss%2Fword@db.example:27018/shop")
    assert password == "p@ss/word"
    assert connection == Connection(
        name="db.example", hosts=("db.example:27018",), user="ann", database="shop"
    )
    assert "p@ss" not in repr(connection)
    assert "p%40ss" not in uri_of(connection)


def test_the_password_of_a_certificate_is_not_kept() -> None:
    connection, _ = parse_uri("mongodb://a/?tlsCertificateKeyFilePassword=sesame&tls=true")
    assert "sesame" not in str(msgspec.to_builtins(connection))


@pytest.mark.parametrize(
    ("uri", "said"),
    [
        ("http://db.example", "begins with mongodb://"),
        ("mongodb://", "names no server"),
        ("mongodb://a,,b", "comma too many"),
        ("mongodb://a:port/", "port is not a port"),
        ("mongodb+srv://a:27017/", "without a port"),
        ("mongodb://ann:secret@a:99999/", "99999 is not a port"),
        ("mongodb://a/?readPreference=fastest", "option of the address"),
    ],
)
def test_a_wrong_address_is_told_in_plain_words_without_the_password(uri: str, said: str) -> None:
    with pytest.raises(JobError) as caught:
        parse_uri(uri)
    assert said in caught.value.sentence
    assert "secret" not in str(caught.value.failure)


def test_passwords_are_masked_in_any_text() -> None:
    text = "cannot reach mongodb+srv://ann:s3cret@db.example/x and mongodb://b:t0p@c"
    assert masked(text) == "cannot reach mongodb+srv://ann:***@db.example/x and mongodb://b:***@c"
