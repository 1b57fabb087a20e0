"""``ionapi-tui store``: show where secrets are stored, use another store, move profiles, change a passphrase."""

from __future__ import annotations

from pathlib import Path

import click

from ionapi_tui.base.errors import StoreMissing
from ionapi_tui.base.language import _, n_
from ionapi_tui.base.text import safe
from ionapi_tui.cli.output import as_json, data, words
from ionapi_tui.cli.root import Group, build_services, examples, exit_code_of, recover, store_timeout_option
from ionapi_tui.secret_stores.keyring_store import VAULT, is_vault
from ionapi_tui.usecases.password_stores import make_vault, move_all, stored_elsewhere
from ionapi_tui.usecases.services import Services


@click.group(
    "store",
    cls=Group,
    invoke_without_command=True,
    help=_(
        "Show which password store is used for new secrets and why, and the other password stores of this computer. "
        "With a command, choose another one, move profiles to it, restore profiles, or change the passphrase of a "
        "vault."
    ),
)
@click.option("--json", "json_wanted", is_flag=True, help=_("Write JSON: use, reason, stores."))
@click.pass_context
def command(context: click.Context, json_wanted: bool) -> None:
    """Carry out ``store``."""
    if context.invoked_subcommand is None:
        _show(build_services(), json_wanted)


@command.command(
    "use",
    short_help=_("Choose the password store for new secrets."),
    epilog=examples("ionapi-tui store use vault", "ionapi-tui store use keyring"),
    help=_(
        "Choose the password store for new secrets. NAME is one of these:\n\n"
        "\b\n"
        "  keyring     the password store of the operating system\n"
        "  vault       a KeePass file with a passphrase; created if there is none\n"
        "  FILE.kdbx   the path of a KeePass file, such as that of a team\n"
        "  pass        the program pass\n\n"
        "A name that “ionapi-tui store” lists, and the full class name of a keyring backend, are possible too. Secrets "
        "that are already stored stay where they are; “ionapi-tui store move” moves them."
    ),
)
@click.argument("name")
@store_timeout_option
def use(name: str, store_timeout: float) -> None:
    """Carry out ``store use``."""
    from ionapi_tui.secret_stores.stores import key_of

    services = build_services(store_timeout)
    recover(services)
    stores = services.stores
    key = key_of(name, stores.vaults)
    if key is not None and is_vault(key) and not stores.vaults.of(key).exists():
        from ionapi_tui.cli.asking import new_passphrase

        vault = stores.vaults.of(key)
        choice = make_vault(stores, new_passphrase(vault.label), key)
        words(
            _("{path} was created. Without its passphrase, nobody can open it, not even you.").format(path=vault.path)
        )
    else:
        choice = stores.use(key)
    if choice.named:
        words(_("Saved, but {reason}").format(reason=choice.reason))
    if choice.store is None:
        raise StoreMissing(choice.reason)
    words(_("New secrets are stored in {store}.").format(store=choice.store.label))
    elsewhere = stored_elsewhere(services.profiles.profiles(), choice.store.key)
    if elsewhere:
        hint = n_(
            "{n} profile is in another password store.", "{n} profiles are in other password stores.", len(elsewhere)
        )
        words(f"{hint} {_('To move: ionapi-tui store move {name}').format(name=name)}")


@command.command(
    "move",
    short_help=_("Move the secrets of profiles to another password store."),
    epilog=examples("ionapi-tui store move vault", "ionapi-tui store move keyring acme-tst acme-prd"),
    help=_(
        "Move the secrets of each PROFILE, or of all profiles if you name none, to the password store NAME. "
        "“ionapi-tui store use --help” lists the names. Each secret is written there, read back and compared, and only "
        "then deleted from the old place."
    ),
)
@click.argument("name")
@click.argument("profiles", nargs=-1, metavar=_("[PROFILE]..."))
@store_timeout_option
def move(name: str, profiles: tuple[str, ...], store_timeout: float) -> int:
    """Carry out ``store move``."""
    from ionapi_tui.secret_stores.stores import key_of

    services = build_services(store_timeout)
    recover(services)
    chosen = [services.profiles.profile(one) for one in profiles] or list(services.profiles.profiles())
    store = services.open_store(key_of(name, services.stores.vaults))
    if not chosen:
        words(_("There are no profiles yet."))
        return 0
    outcome = move_all(services.profiles, chosen, store)
    for profile in outcome.moved:
        data(profile.name)
    for one in outcome.stayed:
        words(_("{name} stays where it is: {why}").format(name=one.profile.name, why=one.error))
    if not outcome.stayed:
        words(_("The secrets are in {store}; they were read back.").format(store=store.label))
    return exit_code_of(one.error.exit_code for one in outcome.stayed)


@command.command(
    "restore",
    short_help=_("Restore profiles that were changed outside ionapi-tui."),
    epilog=examples("ionapi-tui store restore acme-tst"),
    help=_(
        "Restore profiles that were changed outside ionapi-tui to the values that were stored with their secrets: "
        "names, addresses, tenants, client IDs and confirmed hosts. Every change is shown before you are asked. "
        "Without NAME, all profiles are compared. Nothing is sent. The exit code is 5 while a profile differs."
    ),
)
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option(
    "--confirm", "confirmed", multiple=True, metavar="NAME", help=_("Restore NAME without asking. May be repeated.")
)
@click.option("--json", "json_wanted", is_flag=True, help=_("Write JSON: bound, differing, unbound, unread."))
@store_timeout_option
def restore(names: tuple[str, ...], confirmed: tuple[str, ...], json_wanted: bool, store_timeout: float) -> int:
    """Carry out ``store restore``."""
    from ionapi_tui.base.errors import StoreError
    from ionapi_tui.cli.asking import is_confirmed
    from ionapi_tui.usecases import restoring

    services = build_services(store_timeout)
    recover(services)
    for name in (*names, *confirmed):
        services.profiles.profile(name)
    found = restoring.look(services.profiles)
    wanted = [one for one in found.differing if not names or one.listed.name in names]
    for one in () if json_wanted else wanted:
        data(safe(one.listed.name, 60))
        for line in restoring.lines_of(one):
            data(f"    {line}")
    question = _("Restore the stored values of {name}?")
    chosen = [
        one
        for one in wanted
        if one.listed.name in confirmed
        or (not json_wanted and is_confirmed(one.listed, None, question.format(name=safe(one.listed.name, 60))))
    ]
    restored = restoring.restore(services.profiles, chosen) if chosen else ()
    after = restoring.look(services.profiles) if restored else found
    if json_wanted:
        as_json(restoring.as_json(after))
    else:
        for profile in restored:
            words(_("{name} is restored.").format(name=safe(profile.name, 60)))
        for line in restoring.summary_of(after):
            words(line)
    return StoreError.exit_code if after.differing else 0


@command.command(
    "passphrase",
    short_help=_("Change the passphrase of a vault."),
    epilog=examples("ionapi-tui store passphrase"),
    help=_("Change the passphrase of the vault in use, or of the one at PATH."),
)
@click.argument("path", required=False, metavar=_("[PATH]"), type=click.Path(path_type=Path))
@click.option(
    "--new-file",
    type=click.Path(path_type=Path),
    metavar=_("FILE"),
    help=_("A file whose first line is the new passphrase; otherwise you are asked."),
)
def passphrase(path: Path | None, new_file: Path | None) -> None:
    """Carry out ``store passphrase``."""
    from ionapi_tui.cli.asking import new_passphrase
    from ionapi_tui.secret_stores.vault.unlocking import ask_on_terminal, unlock

    vaults = build_services().stores.vaults
    vault = vaults.open(path) if path else vaults.preferred()
    unlock(vault, ask_on_terminal)
    vault.change_passphrase(new_passphrase(vault.label, new_file, from_environment=False))
    words(
        _(
            "{store} has a new passphrase. Copies of the file, in backups or with other people, still open with the "
            "old one."
        ).format(store=vault.label)
    )


def _show(services: Services, json_wanted: bool) -> None:
    from ionapi_tui.secret_stores.overview import State, overview, state_words
    from ionapi_tui.secret_stores.unlock_advice import without_pointer

    stores = services.stores
    choice = stores.choice
    seen = overview(stores, services.profiles.profiles())
    if json_wanted:
        use_key = choice.store.key if choice.store else None
        as_json({"use": use_key, "reason": choice.reason, "stores": [one.as_json() for one in seen]})
        return
    if choice.store is None:
        words(without_pointer(choice.reason))
    else:
        data(_("New secrets are stored in {store}. {reason}").format(store=choice.store.label, reason=choice.reason))
    for one in seen:
        profiles = n_("{n} profile", "{n} profiles", len(one.profiles))
        why = f" ({without_pointer(one.detail)})" if one.detail else ""
        mark = "*" if one.in_use else " "
        data(f"{mark} {one.label}: {state_words(one.state)}, {profiles}{why}")
    # The vault can always be created.
    usable = [one.key for one in seen if one.state is not State.UNAVAILABLE or one.key == VAULT]
    names = ", ".join("vault" if key == VAULT else stores.name_of(key) for key in usable)
    words(_("To choose one: ionapi-tui store use NAME. Names: {names}.").format(names=names))
