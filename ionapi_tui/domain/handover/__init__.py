"""The hand-over page: the guide for one customer, to send to the administrator who has the rights.

::

    Customer, Guide ──page.source──▸ Markdown ──▸ page.markdown | page.html ──▸ writing

There is nothing secret in it. Texts that ask somebody for something are in ``requests``.
"""
