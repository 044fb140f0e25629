"""Un acte, tel que l'écran de ce qu'il change le propose : un formulaire, une phrase, un service."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.forms import Form


@dataclass(frozen=True)
class Geste[Objet, Par]:
    """`nom` est dans l'adresse. `pourquoi` se lit avant, `fait` après. `faire` reçoit l'objet, le formulaire bon, qui, quand.

    Chaque contexte y ajoute quand l'écran le propose.
    """

    nom: str
    titre: str
    bouton: str
    pourquoi: str
    fait: str
    form: type[Form]
    faire: Callable[[Objet, Any, Par, datetime], object]
