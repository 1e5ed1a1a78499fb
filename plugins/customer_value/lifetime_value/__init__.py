"""What a customer will still buy and be worth: the pure mathematics of lifetime value.

Arrays in, arrays out; nothing here reads files, databases or clocks, and the same arrays give the
same numbers. What each part answers:

- ``family``: will they buy again, how often, are they still customers? Models for customers who
  leave without a word: BG/NBD (Fader, Hardie and Lee 2005), MBG/NBD (Batislam, Denizel and
  Filiztekin 2007), Pareto/NBD (Schmittlein, Morrison and Colombo 1987), NBD (Ehrenberg 1959).
  All share one interface, ``model``; ``fit`` fits any of them to ``cells``.
- ``gamma_gamma``: what is one purchase occasion worth? (Fader and Hardie 2013)
- ``shifted_beta_geometric``: how long do contractual customers stay? (Fader and Hardie 2007, 2010)
- ``markov_chain``: how do customers move between states, and what is each state worth?
  (Pfeifer and Carraway 2000)
- ``margin_multiple``: what is a base worth by margin and retention alone? (Gupta and Lehmann 2003)
- ``backtest``: how well was the holdout predicted, and how wide is an honest band?

Symbols, as in the papers: x repeat purchase occasions (days with a purchase, the first not
counted; ``repeat_occasions``), t_x time of the last one counted from the first purchase
(``age_at_last_purchase``), T time from the first purchase to the as-of date (``age``). Times are
in the caller's unit, the same everywhere; discount rates of the family are continuous, per that
unit.
"""
