"""What kinds of file an account may hold, told by their first bytes and not by their name."""

FILE_BYTES_MAX = 10_000_000

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
)
_HEIC_BRANDS = {b"heic", b"heix", b"mif1"}
ALLOWED = "PDF, JPEG, PNG, HEIC, TIFF, or plain text"


def media_type_of(data: bytes) -> str | None:
    """The media type when it is one that an account may hold, else None.

    Text is UTF-8 without control characters other than white space. Office files are not taken:
    they can carry programs, and a PDF of them says the same.
    """
    for signature, media_type in _SIGNATURES:
        if data.startswith(signature):
            return media_type
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC_BRANDS:
        return "image/heic"
    return "text/plain" if _is_text(data) else None


def _is_text(data: bytes) -> bool:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return bool(text.strip()) and all(c.isprintable() or c in "\t\r\n\ufeff" for c in text)
