"""Neutral prose: padding in which no signal that quotes passages finds anything."""

NEUTRAL = """\
We took the early bus to Harlow on Tuesday because the car was still at the garage. My brother Tom had packed \
sandwiches, two apples and a flask of tea, and he complained about the weight of the bag until we got off at the \
market. Rain had stopped by half past nine. At the gate a man in a green coat sold us tickets for £4.50 each and \
told us that the mill would close at noon.

Inside it smelled of flour and wet rope. The miller, Ann Dyer, showed us how the stones are dressed with a pick; she \
said, "You learn to hear when they run dry." It took her eleven years to get a feel for it. Tom asked how much grain \
goes through in a day. About 300 kilos, she answered, if the wind holds.

We walked home along the canal. Near the second lock somebody had left a bicycle without a saddle, and a heron stood \
beside it as though it were on guard. I wrote this down the same evening, before I could forget the name of the pick.
"""
