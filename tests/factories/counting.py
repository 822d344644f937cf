"""Count the statements that a piece of work sends, so that a query per row shows."""

from curbstop.platform.db import Sql


class CountedSql(Sql):
    """The same connection, with a count of what was sent on it."""

    def __init__(self, sql: Sql) -> None:
        super().__init__(sql.connection)
        self.statements = 0

    async def _ready(self):
        self.statements += 1
        return self.connection
