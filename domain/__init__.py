"""The words govwatch thinks in: frozen values, standard library only.

Nothing here fetches, stores, asks the time or knows what a violation costs.
"""
