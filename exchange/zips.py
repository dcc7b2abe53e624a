"""Archives as they come from outside: opened only where what they unpack to is bounded."""

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager

from exchange.problems import NotTaken

LARGEST_UNPACKED = 60 * 1024 * 1024  # bytes
MOST_MEMBERS = 500
# Bytes that one of a larger member unpacks to: tables of text take some ten, a thousand are a trap.
MOST_OF_ONE = 200
SMALL = 1024 * 1024  # bytes unpacked


@contextmanager
def opened(data: bytes, *, largest: int = LARGEST_UNPACKED) -> Iterator[zipfile.ZipFile]:
    """Raises ``NotTaken`` where it is no sound archive, or would unpack to very much.

    zipfile reads no more of a member than its header says, so that the headers can be trusted
    with the sum.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > MOST_MEMBERS:
                raise NotTaken(f"This archive holds more than {MOST_MEMBERS} files.")
            if sum(member.file_size for member in members) > largest:
                raise NotTaken(
                    "This archive unpacks to more than "
                    f"{largest // 1024 // 1024} MB. Import it in several parts."
                )
            if any(
                member.file_size > max(SMALL, MOST_OF_ONE * member.compress_size)
                for member in members
            ):
                raise NotTaken("This archive unpacks to far more than tables do.")
            if any(member.flag_bits & 1 for member in members):
                raise NotTaken("This archive is protected by a password. Save it without one.")
            yield archive
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError) as error:
        raise NotTaken("This file is damaged: it cannot be unpacked.") from error
    except Exception as error:
        # zlib and lzma raise their own errors for damaged members.
        if type(error).__module__ in ("zlib", "_lzma"):
            raise NotTaken("This file is damaged: it cannot be unpacked.") from error
        raise
