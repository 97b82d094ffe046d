"""The Open Referral UK feed (HSDS-UK-3.0): the same editions as the pages, for other directories.

https://docs.openreferraluk.org/ says what its fields mean.
"""
