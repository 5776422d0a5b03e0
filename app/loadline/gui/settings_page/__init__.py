"""The Settings page."""

from loadline.gui.settings_page.page import SettingsPage

__all__ = ["SettingsPage"]
