"""Rendering: from a page's value and a theme to bytes."""
