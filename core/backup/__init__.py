"""A backup of the whole database in one file, and its restoring."""

from core.backup.archive import restore, verify, write
from core.backup.contents import BackupError
