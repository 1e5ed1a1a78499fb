"""Fit lifetime value to a candidate's customers, choose by backtest, and write what dbt scores by.

``step`` runs between the two dbt steps: it reads the purchase occasions that dbt has built and
writes tables that dbt reads as a source. ``history`` reads, ``backtest`` and ``challengers``
compare on past days, ``artefact`` keeps what was fitted, ``score`` predicts tonight's histories,
``potential`` says what comparable customers spend. ``review`` holds past models against what came.
The mathematics is ``lifetime_value``'s.
"""
