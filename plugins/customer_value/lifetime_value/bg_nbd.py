"""BG/NBD: customers may leave after each repeat purchase.

Fader, Hardie and Lee (2005a), "Counting Your Customers" the Easy Way, Marketing Science 24:2. A
one-time buyer is alive for certain, however long silent: silence proves nothing before the first
chance to leave. Where that is implausible, compare MBG/NBD and Pareto/NBD.
"""

from customer_value.lifetime_value.beta_geometric import BetaGeometric

BG_NBD = BetaGeometric("bg_nbd", first_chances=0)
