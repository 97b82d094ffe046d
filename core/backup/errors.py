class BackupError(Exception):
    """Why a backup could not be written or restored, in a sentence for whoever asked."""
