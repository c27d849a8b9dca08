"""The API: what the pages show, for programs. Everything is redacted as it is published."""

from fastapi import APIRouter

from truceline.web.routes.api import documents, incidents, mission, register, watch

router = APIRouter()
for part in (register, incidents, documents, watch, mission):
    router.include_router(part.router)
