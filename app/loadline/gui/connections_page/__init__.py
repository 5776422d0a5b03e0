"""The Connections page: servers by name, what is in them, and which documents to load."""

from loadline.gui.connections_page.page import ConnectionsPage
from loadline.gui.connections_page.services import ConnectionsServices

__all__ = ["ConnectionsPage", "ConnectionsServices"]
