import csv
import hashlib
import io
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates import bundles, stored_zip


def unpacked(certificates):
    return zipfile.ZipFile(io.BytesIO(zipped(certificates)))


def zipped(certificates):
    """The bytes of a ZIP of (number, name, pdf), each with the fingerprint of its register."""
    rows = (
        (number, name, hashlib.sha256(pdf).hexdigest(), zlib.crc32(pdf), pdf)
        for number, name, pdf in certificates
    )
    return b"".join(bundles.zip_of(rows))


def listed(archive):
    text = archive.read("lijst.csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_two_people_of_one_name_stay_two_files():
    archive = unpacked([("LL-1", "Anna Bakker", b"one"), ("LL-2", "Anna Bakker", b"two")])
    assert archive.namelist() == ["LL-1 Anna Bakker.pdf", "LL-2 Anna Bakker.pdf", "lijst.csv"]
    assert archive.read("LL-1 Anna Bakker.pdf") == b"one"
    assert archive.read("LL-2 Anna Bakker.pdf") == b"two"


def test_names_keep_their_letters_and_lose_what_a_file_system_refuses():
    archive = unpacked([("LL-1", "Łukasz ../\\:*? Żak\u202e", b""), ("..LL-2", "Anna.", b"")])
    assert archive.namelist()[:2] == ["LL-1 Łukasz .. Żak.pdf", "LL-2 Anna.pdf"]


def test_long_name_makes_a_file_name_that_can_be_stored():
    long = "Wilhelmina " * 40
    archive = unpacked([("LL-1", long, b"one"), ("LL-1", long, b"two")])
    assert [len(name) <= 110 for name in archive.namelist()] == [True, True, True]
    assert [archive.read(name) for name in archive.namelist()[:2]] == [b"one", b"two"]


def test_files_are_stored_and_each_is_yielded_by_itself():
    seen = []

    def certificates():
        for turn in range(3):
            seen.append(turn)
            yield f"LL-{turn}", "Anna Bakker", "0" * 64, None, bytes(1000)

    pieces = bundles.zip_of(certificates())
    assert next(pieces).startswith(b"PK")
    assert next(pieces) == bytes(1000)
    assert seen == [0]
    archive = zipfile.ZipFile(io.BytesIO(b"".join(bundles.zip_of(certificates()))))
    assert {entry.compress_type for entry in archive.infolist()} == {zipfile.ZIP_STORED}
    assert not any(entry.flag_bits & 0x08 for entry in archive.infolist())
    assert archive.testzip() is None


def test_bytes_that_changed_since_they_were_made_do_not_unpack_in_silence():
    changed = ("LL-1", "Anna Bakker", "0" * 64, zlib.crc32(b"made"), b"else")
    archive = zipfile.ZipFile(io.BytesIO(b"".join(bundles.zip_of([changed]))))
    assert archive.testzip() == "LL-1 Anna Bakker.pdf"


def test_a_zip_that_is_full_is_refused_and_not_broken(monkeypatch):
    monkeypatch.setattr(stored_zip, "MOST_FILES", 1)
    with pytest.raises(ValueError, match="65,535"):
        zipped([("LL-1", "Anna Bakker", b"pdf")])


def test_list_opens_in_a_dutch_spreadsheet_and_tells_which_file_is_whose():
    archive = unpacked([("LL-1", "Łukasz Żak", b"pdf")])
    assert archive.read("lijst.csv").startswith("\ufeffnummer;naam;".encode())
    assert listed(archive) == [
        {
            "nummer": "LL-1",
            "naam": "Łukasz Żak",
            "bestand": "LL-1 Łukasz Żak.pdf",
            "sha256": hashlib.sha256(b"pdf").hexdigest(),
        }
    ]


@pytest.mark.parametrize("name", ['=HYPERLINK("x")', "+31", "-1", "@SUM(A1)", " =1+1", "\t=1"])
def test_list_never_calculates_a_name(name):
    (row,) = listed(unpacked([("LL-1", name, b"pdf")]))
    assert row["naam"] == f"'{name}"


def test_same_certificates_make_the_same_zip():
    certificates = [("LL-1", "Anna Bakker", b"pdf")]
    assert zipped(certificates) == zipped(certificates)


@given(st.lists(st.tuples(st.text(max_size=8), st.text(max_size=120), st.binary(max_size=9))))
def test_as_many_come_out_as_go_in_whatever_people_are_called(certificates):
    archive = unpacked(certificates)
    *files, last = archive.namelist()
    assert last == "lijst.csv"
    assert [archive.read(name) for name in files] == [pdf for _, _, pdf in certificates]
    assert len({name.casefold() for name in archive.namelist()}) == len(certificates) + 1
    assert not any("/" in name or "\\" in name or name.startswith(".") for name in files)
