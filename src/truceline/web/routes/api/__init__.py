"""The API: what the pages show, for programs. Everything is redacted as it is published."""

from fastapi import APIRouter, Depends

from truceline.web.routes.api import documents, incidents, mission, register, watch
from truceline.web.routes.api.asking import known_mark, refuse_unknown

router = APIRouter(dependencies=[Depends(refuse_unknown), Depends(known_mark)])
for part in (register, incidents, documents, watch, mission):
    router.include_router(part.router)
