"""Reading saved views."""

from uuid import UUID

from curbstop.identity.views.schemas import SavedViewOut
from curbstop.platform.db import Sql

_VIEWS = """
SELECT v.id, v.list, v.name, v.search, v.shared, u.name AS owner_name, v.owner_id = $1 AS mine
FROM saved_views v JOIN users u ON u.id = v.owner_id
WHERE v.list = $2 AND (v.owner_id = $1 OR v.shared)
ORDER BY mine DESC, lower(v.name), v.id
"""


async def views_of(sql: Sql, person_id: UUID, list_name: str) -> list[SavedViewOut]:
    """The person's own views of a list, then those that the office shares; by name."""
    rows = await sql.fetch(_VIEWS, person_id, list_name)
    return [SavedViewOut.model_validate(dict(row)) for row in rows]
