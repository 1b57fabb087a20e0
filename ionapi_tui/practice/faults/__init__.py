"""Faults of Infor and of the network, to be turned on."""

from ionapi_tui.practice.faults.active_faults import ActiveFaults
from ionapi_tui.practice.faults.catalogue import FAULTS
from ionapi_tui.practice.faults.fault import Fault, Surface

__all__ = ["FAULTS", "ActiveFaults", "Fault", "Surface"]
