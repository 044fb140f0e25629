"""Ce qui distingue deux envois d'un second clic."""

import secrets
from typing import Any

from django import forms


def nouvelle_cle_d_envoi() -> str:
    return secrets.token_urlsafe(24)


class CleDEnvoiField(forms.RegexField):
    """Tirée avec la page, et la même tant qu'elle reste ouverte."""

    def __init__(self, **options: Any) -> None:
        d_office = {"widget": forms.HiddenInput, "initial": nouvelle_cle_d_envoi}
        super().__init__(r"^[A-Za-z0-9_-]{32}$", **{**d_office, **options})
