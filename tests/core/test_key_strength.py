"""Keys that can be guessed are refused, in every way that people make one; random keys and long phrases are not."""

from __future__ import annotations

import base64
import random
import string

import pytest

from ia_plugin.core.errors import PrivacyError
from ia_plugin.core.key_strength import ENOUGH_BITS, check_strength, guessing_bits
from ia_plugin.core.privacy import load_key, strong_key

WEAK = [
    b"k" * 32,
    b"\0" * 31 + b"\1",
    b"ab" * 16,
    b"aaaaaaaabbbbbbbbccccccccdddddddd",
    b"passwordpassword",
    b"Password12345678",
    b"counterintelligence",
    b"WestMidlandsPolice",
    b"policedepartment" * 2,
    b"west-midlands-police",
    b"westmidlandspolice2024",
    b"Summer2024!Summer2025!",
    b"my secret key 123",
    b"changemechangeme",
    b"qwertyuiopasdfghjkl",
    b"0123456789abcdef0123456789abcdef",
    b"abcdefghijklmnopqrstuvwxyz",
    bytes(range(32)),
    b"20240603123456789012",
    b"2024-06-03 12:00:00 2025",
    b"9f8a7c6e5d4b3a21",  # 64 bits at most
    "wachtmeisterwachtmeister".encode("utf-16"),
    "полицейскийполицейский".encode(),
]


@pytest.mark.parametrize("secret", WEAK, ids=repr)
def test_a_key_that_can_be_guessed_is_refused_and_never_shown(secret, tmp_path):
    for door in (lambda: strong_key(secret), lambda: load_key({"IMPACTAREAS_KEY_FILE": str(tmp_path / "file")})):
        (tmp_path / "file").write_bytes(secret + b"\n")
        with pytest.raises(PrivacyError, match=r"^The key is weak \(.*\). Make one of random bytes") as told:
            door()
        text = secret.decode("latin-1")
        assert not any(text[k : k + 8] in str(told.value) for k in range(len(text) - 7))


@pytest.mark.parametrize(
    "secret",
    [
        b"correct horse battery staple",
        b"the clock strikes thirteen in april",
        b"0123456789abcdef0123456789abcdef-not-a-secret",
        b"cheval-agrafe-pile-correct-lundi",
        "кобыла скрепка батарея верно лето".encode(),
    ],
)
def test_phrases_of_about_four_words_are_taken(secret):
    check_strength(secret)


def test_random_keys_are_taken_however_they_are_written():
    source = random.Random(16)
    for _ in range(300):
        plain = bytes(source.randrange(256) for _ in range(32))
        letters = "".join(source.choices(string.ascii_letters + string.digits, k=32))
        for secret in (plain, plain[:16], plain.hex(), plain[:16].hex(), base64.b64encode(plain), base64.b32encode(plain),
                       letters, "-".join(plain.hex()[k : k + 4] for k in range(0, 64, 4))):  # fmt: skip
            check_strength(secret if isinstance(secret, bytes) else secret.encode())


def test_bits_by_hand():
    """Two words of the list at 11 bits, and a blank; a word that comes again costs 4 bits and no letter."""
    assert guessing_bits(b"horse battery") == 11 + 11 + 1
    assert guessing_bits(b"horse,horse") == 11 + 5 + 4
    assert guessing_bits(b"aaaaaa") < ENOUGH_BITS
    assert guessing_bits(bytes([255, 3, 200, 90])) == 32


def test_a_file_that_is_no_key_is_refused_by_its_length(tmp_path):
    (tmp_path / "store.gpkg").write_bytes(random.Random(1).randbytes(70_000))
    with pytest.raises(PrivacyError, match="is no key: it is longer than 65,536 bytes"):
        load_key({"IMPACTAREAS_KEY_FILE": str(tmp_path / "store.gpkg")})
