"""MBG/NBD: customers may leave after each purchase, the first one included.

Batislam, Denizel and Filiztekin (2007), International Journal of Research in Marketing 24:3. A
one-time buyer's probability of being alive falls with silence, as it should.
"""

from customer_value.lifetime_value.beta_geometric import BetaGeometric

MBG_NBD = BetaGeometric("mbg_nbd", first_chances=1)
