"""Welsh dates, written as the English ones are."""

from config.formats.en.formats import *  # noqa: F403
