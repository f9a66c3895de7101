"""The README's pictures, made small from those of `make shots`: resources/pictures/."""

from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
SHOTS = ROOT / "out" / "shots"
PICTURES = {
    "registrations": "event-registrations-en-light",
    "import": "import-en-light",
    "sign-in-sheet": "sign-in-sl-1",
}
WIDEST = 960

(ROOT / "resources" / "pictures").mkdir(exist_ok=True)
for name, shot in PICTURES.items():
    picture = Image.open(SHOTS / f"{shot}.png").convert("RGB")
    picture.thumbnail((WIDEST, WIDEST), Image.Resampling.LANCZOS)
    path = ROOT / "resources" / "pictures" / f"{name}.png"
    picture.quantize(96, dither=Image.Dither.NONE).save(path, optimize=True)
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1024} kB")
