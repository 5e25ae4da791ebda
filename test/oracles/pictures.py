"""JPEG files and the pixels that libjpeg finds in them, for test/run/pictures.test.ts.

    python3 test/oracles/pictures.py > test/oracles/pictures.json    (made with Pillow 9.4)
"""

import base64
import io
import json
import math

from PIL import Image

HEIGHT, WIDTH = 21, 26


def pixel(row, column):
    red = 255 * column / (WIDTH - 1)
    green = 255 * row / (HEIGHT - 1)
    blue = 127.5 + 127.5 * math.sin(row / 3) * math.cos(column / 4)
    return tuple(round(value) for value in (red, green, blue))


image = Image.new("RGB", (WIDTH, HEIGHT))
image.putdata([pixel(row, column) for row in range(HEIGHT) for column in range(WIDTH)])

KINDS = [
    ("baseline", image, {"quality": 92, "subsampling": 0}),
    ("half the colours", image, {"quality": 92, "subsampling": 2}),
    ("progressive", image, {"quality": 92, "subsampling": 0, "progressive": True}),
    ("tables of its own", image, {"quality": 75, "subsampling": 0, "optimize": True}),
    ("grey", image.convert("L"), {"quality": 92}),
    ("CMYK", image.convert("CMYK"), {"quality": 92}),
]

found = []
for name, picture, options in KINDS:
    file = io.BytesIO()
    picture.save(file, "JPEG", **options)
    pixels = Image.open(io.BytesIO(file.getvalue())).convert("RGB")
    found.append(
        {
            "name": name,
            "file": base64.b64encode(file.getvalue()).decode(),
            "pixels": base64.b64encode(pixels.tobytes()).decode(),
        }
    )
print(json.dumps({"height": HEIGHT, "width": WIDTH, "pictures": found}, indent=1))
