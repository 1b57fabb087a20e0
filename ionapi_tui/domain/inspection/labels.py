"""The keys of the file in words."""

from __future__ import annotations

from typing import Final

from ionapi_tui.base.language import N_, _
from ionapi_tui.base.text import safe

_LABELS: Final = {
    "ti": N_("Tenant"),
    "cn": N_("Authorized app"),
    "dt": N_("App type"),
    "ci": N_("Client ID"),
    "cs": N_("Client secret"),
    "iu": N_("Gateway"),
    "pu": N_("Authorization server"),
    "oa": N_("Authorization path"),
    "ot": N_("Token path"),
    "or": N_("Revocation path"),
    "sc": N_("Scopes"),
    "ru": N_("Redirect address"),
    "ev": N_("Environment version"),
    "v": N_("File format"),
    "saak": N_("Service account access key"),
    "sask": N_("Service account secret key"),
}


def label_of(key: str) -> str:
    """Return what people call ``key``, in the language in use; an unknown key is its own label."""
    return _(_LABELS[key]) if key in _LABELS else safe(key, 60)
