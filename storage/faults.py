"""The one exception of this package besides refused files."""


class StoreError(Exception):
    """The database, the data folder or an act on them is not as it must be; the message is Chinese."""

    for_user = True
    """The command line shows the message as it is."""
