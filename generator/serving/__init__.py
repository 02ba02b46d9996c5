"""Serving: the site while it is written. A change is heard, ``build()`` runs, pages change."""
