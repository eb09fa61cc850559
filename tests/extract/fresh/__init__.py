"""Pages that were written by somebody who had not seen the extraction, in the markup of real portals, labelled before.

``read`` is the half that faults were looked for in; nobody who works on the extraction opens a page of ``unread``, of
which only the sums are printed. A page's half is the parity of its SHA-256. ``python -m tests.extract.fresh`` prints
both.
"""
