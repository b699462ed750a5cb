"""云溪市, the invented city: its units, sites and accounts, and what is planted in them."""

from sample.accounts.roster import ACCOUNTS, BRIDGE, MEDIA
from sample.model import City
from sample.moment import AS_OF
from sample.outside import OUTSIDE, SPAM
from sample.sites import (
    blind,
    s00,
    s01,
    s02,
    s03,
    s04,
    s05,
    s06,
    s07,
    s08,
    s09,
    s10,
    s11,
    s12,
    s15,
    s16,
    s20,
    s30,
    s40,
    s50,
)
from sample.units import sample_units

__all__ = ["AS_OF", "CITY"]

_WHOLE = (s00, s01, s02, s03, s04, s05, s06, s07, s08, s09, s10, s11, s12, s15, s16, s20, s30, s40, s50)

CITY = City(
    units=sample_units(),
    sites=(*(module.SITE for module in _WHOLE), *blind.SITES),
    accounts=ACCOUNTS,
    outside=(OUTSIDE, SPAM, MEDIA, BRIDGE),
)
