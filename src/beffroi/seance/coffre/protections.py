"""Ce que le système accorde à la mémoire du coffre, et ce qu'il refuse : dit, jamais bloquant."""

import ctypes
import os
import resource
from dataclasses import dataclass

from beffroi.seance.coffre.page import SYSTEME, PageProtegee, Protection

PR_SET_DUMPABLE = 4  # linux/prctl.h
MCL_CURRENT, MCL_FUTURE, MCL_ONFAULT = 1, 2, 4  # bits/mman-linux.h


@dataclass(frozen=True)
class Accordees:
    """Ce qu'une page d'essai a obtenu, et la limite qui vaut pour toutes."""

    refus: dict[Protection, str]
    limite_en_octets: int

    @property
    def sans_borne(self) -> bool:
        return self.limite_en_octets == resource.RLIM_INFINITY

    def phrase(self) -> str:
        """Ce que l'exploitant lit."""
        if Protection.VERROUILLEE in self.refus:
            return (
                "La mémoire du coffre ne se verrouille pas : "
                f"{self.refus[Protection.VERROUILLEE]} (RLIMIT_MEMLOCK : "
                f"{self.limite_en_octets} octets). Les clés d'une séance ouverte pourraient passer "
                "sur le disque d'échange."
            )
        if self.refus:
            return f"Le système refuse au coffre une mémoire {', '.join(self.refus)}."
        if self.sans_borne:
            return "Tout le processus du coffre est tenu hors de l'échange."
        return "Les clés d'une séance ouverte sont tenues hors de l'échange."


def essayer() -> Accordees:
    """Une page, demandée et rendue : le coffre, lancé d'ici, aura les mêmes limites."""
    page = PageProtegee()
    page.effacer()
    _, dure = resource.getrlimit(resource.RLIMIT_MEMLOCK)
    return Accordees(page.refus, dure)


def fermer_le_processus() -> None:
    """Aucune image mémoire, aucun autre processus du compte qui lise celle-ci (prctl(2), proc(5)).

    Sans borne de verrouillage, tout le processus l'est : les copies qu'un calcul laisse un instant
    dans la mémoire de Python ne s'échangent pas non plus. Avec une borne, seules les graines le
    sont : verrouiller tout ferait échouer une demande de mémoire, en pleine séance.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _, dure = resource.getrlimit(resource.RLIMIT_MEMLOCK)
    resource.setrlimit(resource.RLIMIT_MEMLOCK, (dure, dure))
    if os.uname().sysname != "Linux":
        return
    SYSTEME.prctl(PR_SET_DUMPABLE, *map(ctypes.c_ulong, (0, 0, 0, 0)))
    if dure == resource.RLIM_INFINITY:
        SYSTEME.mlockall(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT)
