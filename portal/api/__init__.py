"""The interface for scripts, under /api/v1; ROUTERS has it all."""

from portal.api import reading, working

ROUTERS = (reading.router, working.router)
