"""The source systems to try the warehouse on: a shop's CRM and the files it delivers.

Nothing here knows the warehouse. Start it with ``python -m demo start``.
"""
