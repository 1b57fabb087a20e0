"""The hand-over kit: the guide for one customer, to send to the administrator who has the rights.

::

    Customer, Guide ──filling──▸ Guide ──document──▸ blocks ──html | markdown──▸ writing

There is nothing secret in it. Texts that ask somebody for something are in ``requests``.
"""
