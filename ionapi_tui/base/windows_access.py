"""The access lists of Windows, through its own functions in ``advapi32.dll``."""

from __future__ import annotations

import ctypes
import sys
from ctypes import wintypes
from functools import cache
from pathlib import Path
from typing import Any, Final

from ionapi_tui.base.access_lists import EVERYBODY, TRUSTED, readers_in

assert sys.platform == "win32"

_FILE: Final = 1
"""``SE_FILE_OBJECT``."""
_DACL: Final = 0x4
_PROTECTED: Final = 0x80000000
"""``PROTECTED_DACL_SECURITY_INFORMATION``: nothing is inherited from the folder above."""
_TOKEN_QUERY: Final = 0x8
_TOKEN_USER: Final = 1
_REVISION: Final = 1

_advapi = ctypes.WinDLL("advapi32", use_last_error=True)
_kernel = ctypes.WinDLL("kernel32", use_last_error=True)
_pointer = ctypes.c_void_p
_kernel.LocalFree.argtypes = [_pointer]
_kernel.GetCurrentProcess.restype = wintypes.HANDLE
_kernel.CloseHandle.argtypes = [wintypes.HANDLE]
_advapi.OpenProcessToken.argtypes = [wintypes.HANDLE, wintypes.DWORD, ctypes.POINTER(wintypes.HANDLE)]
_advapi.GetTokenInformation.argtypes = [
    *(wintypes.HANDLE, ctypes.c_int, _pointer, wintypes.DWORD),
    ctypes.POINTER(wintypes.DWORD),
]
_advapi.ConvertSidToStringSidW.argtypes = [_pointer, ctypes.POINTER(_pointer)]
_advapi.ConvertStringSidToSidW.argtypes = [wintypes.LPCWSTR, ctypes.POINTER(_pointer)]
_advapi.ConvertStringSecurityDescriptorToSecurityDescriptorW.argtypes = [
    *(wintypes.LPCWSTR, wintypes.DWORD, ctypes.POINTER(_pointer), _pointer),
]
_advapi.ConvertSecurityDescriptorToStringSecurityDescriptorW.argtypes = [
    *(_pointer, wintypes.DWORD, wintypes.DWORD, ctypes.POINTER(_pointer), _pointer),
]
_advapi.SetFileSecurityW.argtypes = [wintypes.LPCWSTR, wintypes.DWORD, _pointer]
_advapi.GetNamedSecurityInfoW.argtypes = [
    *(wintypes.LPCWSTR, ctypes.c_int, wintypes.DWORD, _pointer, _pointer, _pointer, _pointer),
    ctypes.POINTER(_pointer),
]
_advapi.GetNamedSecurityInfoW.restype = wintypes.DWORD
_advapi.LookupAccountSidW.argtypes = [
    *(wintypes.LPCWSTR, _pointer, wintypes.LPWSTR, ctypes.POINTER(wintypes.DWORD), wintypes.LPWSTR),
    *(ctypes.POINTER(wintypes.DWORD), ctypes.POINTER(ctypes.c_int)),
]


def restrict(path: Path) -> None:
    """Replace the access list of ``path`` by one of this user, the system and its administrators.

    Raises:
        OSError: the file system keeps no access lists, or refuses.
    """
    inherited = "OICI" if path.is_dir() else ""
    entries = "".join(f"(A;{inherited};FA;;;{who})" for who in (_user(), "SY", "BA"))
    descriptor = _pointer()
    _check(
        _advapi.ConvertStringSecurityDescriptorToSecurityDescriptorW(
            f"D:P{entries}", _REVISION, ctypes.byref(descriptor), None
        )
    )
    try:
        _check(_advapi.SetFileSecurityW(str(path), _DACL | _PROTECTED, descriptor))
    finally:
        _kernel.LocalFree(descriptor)


def other_readers(path: Path) -> tuple[str, ...]:
    """Return who may read ``path`` besides this user, the system and its administrators.

    Returns:
        The names of accounts; ``*`` first if all users of this machine are among them.

    Raises:
        OSError: the access list cannot be read.
    """
    others = {_sid(who) for who in readers_in(_descriptor(path))} - TRUSTED - {_user()}
    named = tuple(sorted(_name(one) for one in others - EVERYBODY))
    return ("*", *named) if others & EVERYBODY else named


def _descriptor(path: Path) -> str:
    descriptor, text = _pointer(), _pointer()
    code = _advapi.GetNamedSecurityInfoW(str(path), _FILE, _DACL, None, None, None, None, ctypes.byref(descriptor))
    if code:
        raise ctypes.WinError(code)
    try:
        _check(
            _advapi.ConvertSecurityDescriptorToStringSecurityDescriptorW(
                descriptor, _REVISION, _DACL, ctypes.byref(text), None
            )
        )
        return _taken(text)
    finally:
        _kernel.LocalFree(descriptor)


@cache
def _user() -> str:
    """Return the SID of the user this process runs as."""
    token, length = wintypes.HANDLE(), wintypes.DWORD()
    _check(_advapi.OpenProcessToken(_kernel.GetCurrentProcess(), _TOKEN_QUERY, ctypes.byref(token)))
    try:
        _advapi.GetTokenInformation(token, _TOKEN_USER, None, 0, ctypes.byref(length))
        buffer = ctypes.create_string_buffer(length.value)
        _check(_advapi.GetTokenInformation(token, _TOKEN_USER, buffer, length, ctypes.byref(length)))
    finally:
        _kernel.CloseHandle(token)
    # TOKEN_USER begins with the pointer to the SID, which is in the same buffer.
    return _text_of(_pointer.from_buffer(buffer))


@cache
def _sid(name: str) -> str:
    """Return a SID written in full, from itself or from its two-letter name."""
    sid = _pointer()
    if not _advapi.ConvertStringSidToSidW(name, ctypes.byref(sid)):
        return name
    try:
        return _text_of(sid)
    finally:
        _kernel.LocalFree(sid)


@cache
def _name(sid: str) -> str:
    r"""Return the account's name, as in ``CORP\\anna``; the SID of an account that is not known here."""
    binary = _pointer()
    if not _advapi.ConvertStringSidToSidW(sid, ctypes.byref(binary)):
        return sid
    name, domain = ctypes.create_unicode_buffer(256), ctypes.create_unicode_buffer(256)
    sizes, kind = (wintypes.DWORD(256), wintypes.DWORD(256)), ctypes.c_int()
    try:
        known = _advapi.LookupAccountSidW(
            None, binary, name, ctypes.byref(sizes[0]), domain, ctypes.byref(sizes[1]), ctypes.byref(kind)
        )
    finally:
        _kernel.LocalFree(binary)
    return "\\".join(filter(None, (domain.value, name.value))) if known else sid


def _text_of(sid: Any) -> str:
    text = _pointer()
    _check(_advapi.ConvertSidToStringSidW(sid, ctypes.byref(text)))
    return _taken(text)


def _taken(text: Any) -> str:
    """Return the string that the system has allocated, and free it."""
    try:
        return ctypes.wstring_at(text)
    finally:
        _kernel.LocalFree(text)


def _check(success: int) -> None:
    if not success:
        raise ctypes.WinError(ctypes.get_last_error())
