"""Ce que les bibliothèques comptent dans le cache de Django, compté par tous les nœuds ensemble.

allauth y tient ses freins et les codes à usage unique déjà employés. Dans la mémoire d'un
processus, chacun compterait pour soi : quatre processus laisseraient quatre fois plus d'essais, et
un code servirait une fois dans chacun. À nommer dans `CACHES["default"]` ; ce qui n'est qu'une
mémoire, et se recalcule, est dans `CACHES["memoire"]`.

Une clé d'allauth contient une adresse de réseau : la base n'en garde qu'une empreinte. Les valeurs
sont du JSON, jamais des objets de Python : qui écrirait dans la base n'exécuterait rien ici.
"""

import json
from datetime import timedelta
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.utils.crypto import salted_hmac

from beffroi.socle.fondations.horloge import heure_reelle

SEL = "beffroi.socle.budgets.compteurs"


class Compteurs(BaseCache):
    """Un cache de Django, dont chaque entrée est une ligne de la base, et finit."""

    def __init__(self, _: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def add(
        self, key: str, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: Any = None
    ) -> bool:
        from beffroi.socle.budgets import services

        return services.compter_s_il_est_absent(
            cle=self.empreinte(key, version),
            valeur=json.dumps(value),
            pendant=self.duree(timeout),
            maintenant=heure_reelle(),
        )

    def get(self, key: str, default: Any = None, version: Any = None) -> Any:
        from beffroi.socle.budgets import queries

        valeur = queries.compteur(self.empreinte(key, version), le=heure_reelle())
        return default if valeur is None else json.loads(valeur)

    def set(
        self, key: str, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: Any = None
    ) -> None:
        from beffroi.socle.budgets import services

        services.compter(
            cle=self.empreinte(key, version),
            valeur=json.dumps(value),
            pendant=self.duree(timeout),
            maintenant=heure_reelle(),
        )

    def touch(self, key: str, timeout: float | None = DEFAULT_TIMEOUT, version: Any = None) -> bool:
        absente = object()
        valeur = self.get(key, absente, version)
        if valeur is absente:
            return False
        self.set(key, valeur, timeout, version)
        return True

    def delete(self, key: str, version: Any = None) -> bool:
        from beffroi.socle.budgets import services

        return services.ne_plus_compter(cle=self.empreinte(key, version))

    def clear(self) -> None:
        from beffroi.socle.budgets import services

        services.tout_decompter()

    def empreinte(self, key: str, version: Any) -> str:
        return salted_hmac(SEL, self.make_key(key, version), algorithm="sha256").hexdigest()

    def duree(self, timeout: Any) -> timedelta:
        """Rien ne se garde sans fin : ce qui n'en dit pas a celle d'office."""
        dite = self.default_timeout if timeout in {None, DEFAULT_TIMEOUT} else timeout
        return timedelta(seconds=dite or 0)
