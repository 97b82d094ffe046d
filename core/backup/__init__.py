"""A backup of the whole database in one file, and its restoring."""

from core.backup.archive import write
from core.backup.contents import BackupError
from core.backup.restore import restore, verify
