"""The pages of a store on this machine: read, search, correct. One function a page, one table ROUTES."""

from purport.web.server.app import application
from purport.web.server.serving import serve

__all__ = ["application", "serve"]
