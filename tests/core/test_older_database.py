"""What was made before release 0.1.0 is refused in words, and left as it is."""

import hashlib
import json
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils.timezone import now

from forces.models import ForceArea

# The table that `programmes.0026` and its forerunners put accounts into.
OLDER = (
    "from django.db import connection;"
    "connection.cursor().execute('CREATE TABLE auth_user (id integer)')"
)


def test_migrate_refuses_an_older_database_and_says_what_to_do(elsewhere):
    elsewhere("shell", "-v0", "-c", OLDER)
    told = elsewhere("migrate", "--noinput", "--verbosity", "0")
    assert "This database was made before release 0.1.0" in told
    assert "Start with an empty database: name another in DATABASE_URL" in told
    assert "Traceback" not in told
    assert "[ ] 0001_initial" in elsewhere("showmigrations", "accounts")


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["--verify", "--replace"])
def test_an_older_backup_is_refused_before_anything_is_touched(tmp_path: Path, how: str):
    manifest = {
        "vendor": connection.vendor,
        "made_at": now().isoformat(),
        "sha256": hashlib.sha256(b"rows").hexdigest(),
        "tables": {"auth_user": {"rows": 1, "fingerprint": "any"}},
    }
    file = tmp_path / "older.zip"
    with ZipFile(file, "w") as archive:
        archive.writestr("manifest.json", json.dumps(manifest))
        archive.writestr("database", "rows")
    with pytest.raises(CommandError, match=r"This backup was made before release 0\.1\.0"):
        call_command("restore", str(file), how)
    assert ForceArea.objects.count() == 4
