"""A line to type in, whose keys take effect in the order in which they were pressed.

Textual inserts a letter when it arrives, but deletes, moves and submits only when the key has come up to the app: after
letters that were pressed later. Over a slow connection several keys arrive at once.

Checked with Textual 8.2.8: ``DOMNode._bindings``.
"""

from __future__ import annotations

from textual.events import Key
from textual.widgets import Input


class Line(Input):
    """A line of text."""

    async def on_key(self, event: Key) -> None:
        """Do at once what a key of this line does, and not when the letters after it are there."""
        for binding in self._bindings.key_to_bindings.get(event.key, ()):
            if not binding.priority and await self.app.run_action(binding.action, self):
                event.stop()
                event.prevent_default()
                return
