"""Everything that can go wrong at Infor or on the way to it, to be switched on."""

from ionapi_tui.practice.faults.active_faults import ActiveFaults
from ionapi_tui.practice.faults.catalogue import FAULTS
from ionapi_tui.practice.faults.fault import Fault, Surface

__all__ = ["FAULTS", "ActiveFaults", "Fault", "Surface"]
