"""A backup of the whole database in one file, and its way back.

`archive` is the file, `contents` what a database holds, `sqlite` and `postgresql` how each of the
two is written out and read in.
"""

from core.backup.archive import write
from core.backup.contents import BackupError
from core.backup.restore import restore, verify
