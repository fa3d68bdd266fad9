"""Small plots as inline SVG, coloured by the page's style sheet; no script, no outside file."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

WIDTH, HEIGHT = 420, 340
_LEFT, _RIGHT, _TOP, _BOTTOM = 54, 14, 14, 46
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis: its name, range, ticks with labels, and whether it is logarithmic."""

    name: str
    low: float
    high: float
    ticks: Sequence[tuple[float, str]]
    log: bool = False

    def place(self, value: float) -> float:
        """Position of a value, 0 to 1; what lies outside is put on the edge."""
        value = min(max(value, self.low), self.high)
        if self.log:
            return (math.log(value) - math.log(self.low)) / (math.log(self.high) - math.log(self.low))
        return (value - self.low) / (self.high - self.low)


SHARE = tuple((i / 5, f"{i / 5:.1f}") for i in range(6))


@dataclass(slots=True)
class Plot:
    """Collects marks; `render` gives the SVG element.

    Attributes:
        name: unique in the page, a valid HTML id.
        title: short title, read out by screen readers.
        about: one sentence on what the plot shows, read out too.
    """

    name: str
    title: str
    about: str
    x: Axis
    y: Axis
    _marks: list[str] = field(default_factory=list)

    def at(self, x: float, y: float) -> Point:
        """Pixels of a point."""
        return (
            _LEFT + self.x.place(x) * (WIDTH - _LEFT - _RIGHT),
            HEIGHT - _BOTTOM - self.y.place(y) * (HEIGHT - _TOP - _BOTTOM),
        )

    def line(self, points: Sequence[Point], style: str) -> None:
        """A line through points, in the class ``style``."""
        text = " ".join(f"{px:.1f},{py:.1f}" for px, py in (self.at(*p) for p in points))
        self._marks.append(f'<polyline class="{style}" points="{text}"/>')

    def steps(self, points: Sequence[Point], style: str) -> None:
        """A line that rises before it goes on, as an ROC does."""
        path: list[Point] = []
        for x, y in points:
            if path:
                path.append((path[-1][0], y))
            path.append((x, y))
        self.line(path, style)

    def dot(self, x: float, y: float, label: str, style: str) -> None:
        """A mark with a tooltip."""
        px, py = self.at(x, y)
        self._marks.append(
            f'<circle class="{style}" cx="{px:.1f}" cy="{py:.1f}" r="4"><title>{escape(label)}</title></circle>'
        )

    def span(self, x: float, low: float, high: float, style: str) -> None:
        """A vertical interval."""
        (px, a), (_, b) = self.at(x, low), self.at(x, high)
        self._marks.append(f'<line class="{style}" x1="{px:.1f}" x2="{px:.1f}" y1="{a:.1f}" y2="{b:.1f}"/>')

    def upright(self, x: float, label: str, style: str, row: int = 0) -> None:
        """A vertical line over the whole height, named at its top in one of several rows."""
        (px, a), (_, b) = self.at(x, self.y.low), self.at(x, self.y.high)
        anchor = "end" if self.x.place(x) > 0.5 else "start"
        shift = -4 if anchor == "end" else 4
        self._marks.append(
            f'<line class="{style}" x1="{px:.1f}" x2="{px:.1f}" y1="{a:.1f}" y2="{b:.1f}"/>'
            f'<text class="note" x="{px + shift:.1f}" y="{b + 11 + 13 * row:.1f}" text-anchor="{anchor}">{escape(label)}</text>'
        )

    def bar(self, left: float, right: float, height: float, style: str) -> None:
        """A bar from the bottom."""
        (x0, base), (x1, top) = self.at(left, self.y.low), self.at(right, height)
        if base - top > 0.05:
            self._marks.append(
                f'<rect class="{style}" x="{x0:.1f}" y="{top:.1f}" width="{max(x1 - x0 - 0.6, 0.4):.1f}" '
                f'height="{base - top:.1f}"/>'
            )

    def render(self) -> str:
        """The SVG element."""
        parts = [
            f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="{self.name}-t {self.name}-d">'
            f'<title id="{self.name}-t">{escape(self.title)}</title>'
            f'<desc id="{self.name}-d">{escape(self.about)}</desc>'
        ]
        left, bottom = _LEFT, HEIGHT - _BOTTOM
        for value, label in self.x.ticks:
            px, _ = self.at(value, self.y.low)
            parts.append(
                f'<line class="grid" x1="{px:.1f}" x2="{px:.1f}" y1="{_TOP}" y2="{bottom}"/>'
                f'<text x="{px:.1f}" y="{bottom + 15}" text-anchor="middle">{escape(label)}</text>'
            )
        for value, label in self.y.ticks:
            _, py = self.at(self.x.low, value)
            parts.append(
                f'<line class="grid" x1="{left}" x2="{WIDTH - _RIGHT}" y1="{py:.1f}" y2="{py:.1f}"/>'
                f'<text x="{left - 6}" y="{py + 4:.1f}" text-anchor="end">{escape(label)}</text>'
            )
        middle = (_LEFT + WIDTH - _RIGHT) / 2
        parts.append(
            f'<text class="axis" x="{middle:.0f}" y="{HEIGHT - 8}" text-anchor="middle">{escape(self.x.name)}</text>'
            f'<text class="axis" x="14" y="{(_TOP + bottom) / 2:.0f}" text-anchor="middle" '
            f'transform="rotate(-90 14 {(_TOP + bottom) / 2:.0f})">{escape(self.y.name)}</text>'
        )
        return "".join([*parts, *self._marks, "</svg>"])
