"""An edition that another process publishes: Phoenix DAS under a new name.

As code for `manage.py shell`, since a former release runs it as well.
"""


def published_as(name: str) -> str:
    return f"""
from programmes.models import Programme
from programmes.publishing.publish import publish
phoenix = Programme.objects.get(slug="phoenix-das")
phoenix.name_en = phoenix.name_cy = {name!r}
phoenix.save()
publish(phoenix, by=None, why="Renamed.")
"""
