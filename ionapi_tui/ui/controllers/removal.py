"""Removing from the screens: asked first, and undone as long as it has not been carried out.

A removal is carried out when its time for undoing is over, or when somebody leaves the app or begins an import. If
the app ends in any other way before, the profile is kept.
"""

from __future__ import annotations

from textual import on, work
from textual.timer import Timer

from ionapi_tui.base.background import in_background
from ionapi_tui.base.errors import IonApiError, NoSuchProfile
from ionapi_tui.base.language import _, n_
from ionapi_tui.domain.profile import Profile
from ionapi_tui.ui import messages
from ionapi_tui.ui.controllers.verification import VerifyErrands


class RemoveErrands(VerifyErrands):
    """The part of the app that removes profiles."""

    _time_to_undo: Timer | None = None

    @on(messages.Remove)
    @work(exclusive=True, group="remove")
    async def remove(self, event: messages.Remove) -> None:
        """Remove profiles after asking: once for all of them, and once more for each that is production."""
        from ionapi_tui.ui.dialogs.confirm_remove import ConfirmRemove

        production = tuple(profile for profile in event.profiles if profile.is_production)
        others = tuple(profile for profile in event.profiles if not profile.is_production)
        agreed: tuple[Profile, ...] = ()
        questions = [others] if others else []
        for group in [*questions, *((profile,) for profile in production)]:
            yes = await self.push_screen_wait(ConfirmRemove(*group))
            agreed += group if yes else ()
        if agreed:
            await self.finish_removals()
            self._begin(agreed)

    def _begin(self, profiles: tuple[Profile, ...]) -> None:
        """Take ``profiles`` off the list; nothing is removed yet."""
        self.leaving |= {profile.id for profile in profiles}
        self.reload_profiles(undoable=profiles)
        self._time_to_undo = self.set_timer(self.services.undo_seconds, self.carry_out)
        removed = (
            _("{name} is removed.").format(name=profiles[0].name)
            if len(profiles) == 1
            else n_("{n} profile is removed.", "{n} profiles are removed.", len(profiles))
        )
        undo = n_("On the list, u undoes it for {n} second.", "On the list, u undoes it for {n} seconds.", 10)
        self.notify(f"{removed} {undo}", markup=False, timeout=self.services.undo_seconds)

    @on(messages.UndoRemoval)
    def undo(self) -> None:
        """Bring back what was removed; nothing of it has been touched."""
        undoable = self._stop_waiting()
        self.leaving -= {profile.id for profile in undoable}
        self.reload_profiles()
        if undoable:
            names = ", ".join(profile.name for profile in undoable)
            self.notify(_("Kept: {names}").format(names=names), markup=False)

    @work(group="carry-out")
    async def carry_out(self) -> None:
        """Carry out a removal whose time for undoing is over."""
        await self.finish_removals()

    async def finish_removals(self) -> bool:
        """Carry out at once what could still be undone; return False when the store refused."""
        if not self.told.undoable:
            return True
        undoable = self._stop_waiting()
        errors = await in_background(lambda: self._remove_all(undoable))
        self.leaving -= {profile.id for profile in undoable}
        self.reload_profiles()
        for error in errors:
            self.complain(error)
        return not errors

    def _stop_waiting(self) -> tuple[Profile, ...]:
        """Return what could be undone until now."""
        if self._time_to_undo is not None:
            self._time_to_undo.stop()
        undoable = self.told.undoable
        self.tell(undoable=())
        return undoable

    def _remove_all(self, profiles: tuple[Profile, ...]) -> list[IonApiError]:
        errors: list[IonApiError] = []
        for profile in profiles:
            try:
                # Another process may have been quicker, and have given the name to another one since.
                if self.services.profiles.profile(profile.name).id == profile.id:
                    self.services.profiles.remove(profile.name)
            except NoSuchProfile:
                continue
            except IonApiError as error:
                errors.append(error)
        return errors
