import io

import pytest

from participants.longwork import STEP, written_to


@pytest.fixture
def file(tmp_path):
    with open(tmp_path / "file", "wb+") as opened:
        yield opened


def test_pieces_are_written_in_their_order_and_counted(file):
    many = 3 * STEP + 1
    pieces = [b"%d," % number for number in range(many)]
    assert list(written_to(file, iter(pieces))) == [STEP, 2 * STEP, 3 * STEP, many]
    file.seek(0)
    assert file.read() == b"".join(pieces)


def test_no_pieces_leave_an_empty_file(file):
    assert list(written_to(file, [])) == []
    assert file.tell() == 0


@pytest.mark.parametrize("many", [1, 9 * STEP])
def test_a_disk_that_is_full_is_told(many):
    class Full(io.BytesIO):
        def write(self, data):
            raise OSError("no space left on device")

    with pytest.raises(OSError, match="no space left"):
        list(written_to(Full(), [b"x"] * many))


def test_a_refusal_half_way_is_told(file):
    def pieces():
        yield b"x"
        raise ValueError("not this one")

    with pytest.raises(ValueError, match="not this one"):
        list(written_to(file, pieces()))
