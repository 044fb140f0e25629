"""Préparer Django pour une commande, avec les réglages voulus."""

import os

import django


def preparer_django(*, reglages: str = "config.settings.base") -> None:
    """Charge Django une fois ; une variable DJANGO_SETTINGS_MODULE déjà posée l'emporte."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", reglages)
    django.setup()
