"""Removing from the screens: asked first, and undone as long as it has not been carried out.

A removal is carried out when its time for undoing is over, or when somebody leaves the app or begins an import. If
the app ends in any other way before, the profile is kept.
"""

from __future__ import annotations

from textual.timer import Timer

from ionapi_tui.base.background import in_background
from ionapi_tui.base.language import _, n_
from ionapi_tui.domain.profile import Profile
from ionapi_tui.ui.controllers.context import Context, Controller
from ionapi_tui.ui.tasks import report, task
from ionapi_tui.usecases.removing import of_the_same_app, remove_all


def undo_hint(seconds: float) -> str:
    """Return how to undo a removal, and for how long that is possible."""
    return n_("Press u within {n} second to undo.", "Press u within {n} seconds to undo.", round(seconds))


class Removal(Controller):
    """Removes profiles, and brings them back while that can be done."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._timer: Timer | None = None

    @task("remove")
    async def remove(self, profiles: tuple[Profile, ...], kept: str) -> None:
        """Remove profiles after asking once for all of them; any other answer leaves every one of them.

        Args:
            profiles: what is removed.
            kept: what is highlighted and stays, because others are marked; empty if there is nothing like that.
        """
        from ionapi_tui.ui.dialogs.confirm import ConfirmRemove

        note = of_the_same_app(profiles, self.context.state.profiles)
        if await self.context.ask(ConfirmRemove(*profiles, kept=kept, note=note)):
            await self.finish()
            self._begin(profiles)

    def undo(self) -> None:
        """Bring back what was removed; nothing of it has been touched."""
        undoable = self._stop_waiting()
        self.context.leaving -= {profile.id for profile in undoable}
        self.context.reload_profiles()
        if undoable:
            self.context.restored(undoable[0].id, ", ".join(profile.name for profile in undoable))

    async def finish(self) -> bool:
        """Carry out at once what could still be undone; return False when the store refused."""
        if not self.context.state.undoable:
            return True
        undoable = self._stop_waiting()
        store = self.context.services.profiles
        errors = await in_background(lambda: remove_all(store, undoable))
        self.context.leaving -= {profile.id for profile in undoable}
        self.context.reload_profiles()
        for error in errors:
            report(self, error)
        return not errors

    def _begin(self, profiles: tuple[Profile, ...]) -> None:
        """Take ``profiles`` off the list; nothing is removed yet."""
        seconds = self.context.services.undo_seconds
        self.context.leaving |= {profile.id for profile in profiles}
        self.context.reload_profiles(undoable=profiles, restored="")
        self._timer = self.context.app.set_timer(seconds, self._carry_out)
        removed = (
            _("{name} is removed.").format(name=profiles[0].name)
            if len(profiles) == 1
            else n_("{n} profile is removed.", "{n} profiles are removed.", len(profiles))
        )
        self.notify(f"{removed} {undo_hint(seconds)}")

    @task("carry-out", exclusive=False)
    async def _carry_out(self) -> None:
        """Carry out a removal whose time for undoing is over."""
        await self.finish()

    def _stop_waiting(self) -> tuple[Profile, ...]:
        """Return what could be undone until now."""
        if self._timer is not None:
            self._timer.stop()
        undoable = self.context.state.undoable
        self.context.update(undoable=())
        return undoable
