"""The insurer's reference core: REST for the cabinet, signed events to it, policies as signed PDF."""

from playground.core.server import Core

__all__ = ["Core"]
