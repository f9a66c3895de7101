"""A picture from outside (a logo) as it is kept: readable, not too large, PNG or JPEG."""

from __future__ import annotations

from io import BytesIO

from mama_desktop.domain.errors import OfficeError
from mama_desktop.domain.text import T

# Sharp on paper at the largest size a logo is printed (8 cm at 600 dots an inch).
WIDEST_PIXELS = 1900
LARGEST_BYTES = 20_000_000
LARGEST_PIXELS = 60_000_000


def checked_picture(content: bytes) -> bytes:
    """The picture as PNG, or as the JPEG it was, smaller when it is needlessly large; OfficeError when unreadable."""
    from PIL import Image, ImageOps

    if len(content) > LARGEST_BYTES:
        raise _refusal()
    try:
        with Image.open(BytesIO(content), formats=("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP")) as picture:
            if picture.width * picture.height > LARGEST_PIXELS:
                raise _refusal()
            is_jpeg = picture.format == "JPEG"
            if is_jpeg and picture.mode in ("RGB", "L") and max(picture.size) <= WIDEST_PIXELS:
                picture.load()
                return content
            upright = ImageOps.exif_transpose(picture).convert("RGB" if is_jpeg else "RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise _refusal() from None
    upright.thumbnail((WIDEST_PIXELS, WIDEST_PIXELS))
    kept = BytesIO()
    upright.save(kept, "JPEG" if is_jpeg else "PNG", **({"quality": 92} if is_jpeg else {"optimize": True}))
    return kept.getvalue()


# Enough for a full page on paper and for any screen.
REDUCED_PIXELS = 2400


def smaller_picture(content: bytes) -> bytes:
    """A photo (JPEG) with at most 2,400 pixels on its longer side; anything else, and what gains nothing, as it is."""
    from PIL import Image, ImageOps

    try:
        with Image.open(BytesIO(content), formats=("JPEG",)) as picture:
            if picture.width * picture.height > LARGEST_PIXELS or max(picture.size) <= REDUCED_PIXELS:
                return content
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return content
    upright.thumbnail((REDUCED_PIXELS, REDUCED_PIXELS))
    kept = BytesIO()
    upright.save(kept, "JPEG", quality=85)
    return kept.getvalue() if kept.tell() < len(content) else content


def _refusal() -> OfficeError:
    return OfficeError(
        T("This picture cannot be used."),
        safe=T("Nothing has been changed."),
        todo=T("Choose a picture of the kind PNG or JPEG, not larger than 20 MB."),
    )
