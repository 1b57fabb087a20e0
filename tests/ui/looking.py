"""Looking for what is wrong with a layout: overlaps, cut text, widgets outside the window."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from textual.geometry import Region
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from ionapi_tui.ui.widgets.frame import KeyBar, Rail, TopBar


def faults(screen: Screen[object]) -> list[str]:
    """Return what is wrong with the layout of ``screen``, one sentence each."""
    shown = [widget for widget in screen.walk_children(Widget) if _is_drawn(widget)]
    return [
        *_outside(screen, shown),
        *_overlaps(shown),
        *_cut(shown),
        *(f"the last line has no room for all of {bar.render()}" for bar in _keys_cut_off(screen)),
        *(f"{bar} is cut: {bar.render().plain.strip()!r}" for bar in screen.query(TopBar) if "…" in bar.render().plain),
        *(f"the rail is cut: {rail.render().plain!r}" for rail in screen.query(Rail) if "…" in rail.render().plain),
    ]


def _is_drawn(widget: Widget) -> bool:
    return all(node.display for node in widget.ancestors_with_self if isinstance(node, Widget)) and bool(
        widget.region.area
    )


def _outside(screen: Screen[object], shown: list[Widget]) -> Iterator[str]:
    """Yield what reaches beyond the window, or beyond the sides of what it scrolls in."""
    for widget in shown:
        scroller = next((node for node in widget.ancestors if isinstance(node, Widget) and _scrolls(node)), None)
        if scroller is None or scroller is screen:
            if not screen.region.contains_region(widget.region):
                yield f"{widget} is outside the window: {widget.region}"
        elif widget.region.x < scroller.region.x or widget.region.right > scroller.region.right:
            yield f"{widget} reaches beyond {scroller}: {widget.region}"


def _scrolls(widget: Widget) -> bool:
    return widget.styles.overflow_y in ("auto", "scroll") and not isinstance(widget, Screen)


def _overlaps(shown: list[Widget]) -> Iterator[str]:
    """Yield siblings that are drawn over each other."""
    families: dict[Widget, list[Widget]] = {}
    for widget in shown:
        if isinstance(widget.parent, Widget) and widget.styles.overlay != "screen":
            families.setdefault(widget.parent, []).append(widget)
    for siblings in families.values():
        for one, other in combinations(siblings, 2):
            if _area(one.region, other.region) and one.layer == other.layer:
                yield f"{one} and {other} overlap: {one.region} {other.region}"


def _area(one: Region, other: Region) -> int:
    return one.intersection(other).area


def _cut(shown: list[Widget]) -> Iterator[str]:
    """Yield texts that need more lines than they have."""
    for widget in shown:
        if isinstance(widget, Static):
            width, height = widget.content_size
            needed = widget.visual.get_height({}, width)
            if needed > height:
                yield f"{widget} has {height} of {needed} lines: {str(widget.content)[:60]!r}"


def _keys_cut_off(screen: Screen[object]) -> Iterator[KeyBar]:
    for bar in screen.query(KeyBar):
        if bar.display and bar.render().cell_length > bar.size.width:
            yield bar
