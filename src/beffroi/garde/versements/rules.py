"""Ce qui se verse, et la réponse qui vaut pour un versement."""

from collections.abc import Collection
from datetime import datetime, timedelta

from beffroi.garde.versements.states import ATTENDUS, FERMES, Etat
from droit.decision import Decision, Motif
from formats.seda import Reponse, Sens

ENTRE_DEUX_SUIVIS = timedelta(minutes=10)


def peut_verser(*, paquet_etabli: bool, detruit: bool, versements: Collection[str]) -> Decision:
    """Un paquet établi se verse une fois ;
    refusé ou abandonné, il se verse de nouveau, tant que ses octets sont là.
    """
    vivant = [etat for etat in versements if etat not in FERMES]
    return Decision.selon(
        None
        if paquet_etabli
        else Motif("Ce paquet n'est pas établi : attendez qu'il le soit, puis versez-le."),
        Motif("Ce paquet a été détruit sous visa : préparez-en un autre, puis versez-le.")
        if detruit
        else None,
        Motif(
            "Ce paquet est déjà versé, ou en train de l'être : "
            "la page de son versement dit où il en est."
        )
        if vivant
        else None,
    )


def vaut_pour(*, reponse: Reponse, identifiant: str, etat: str, deja_lue: bool) -> Decision:
    """La réponse nomme ce transfert, il en attend une, et elle ne dit pas ce que l'on sait déjà."""
    if reponse.transfert != identifiant:
        return Decision.refus(
            Motif(
                f"Cette réponse est celle du transfert « {reponse.transfert} » ; "
                f"ce versement est celui de « {identifiant} ». "
                "Rien n'a été enregistré : déposez-la sur la page de son versement."
            )
        )
    if deja_lue:
        return Decision.refus(Motif("Cette réponse est déjà enregistrée."))
    if etat not in ATTENDUS:
        return Decision.refus(
            Motif("Ce versement n'attend pas de réponse : il n'est pas parti, ou il est déjà clos.")
        )
    if reponse.sens is Sens.ACCUSE and etat == Etat.ACCUSE:
        return Decision.refus(
            Motif(
                "Un accusé de réception est déjà enregistré. "
                "Ce versement attend la prise en charge, ou le refus."
            )
        )
    return Decision.accord()


def est_a_suivre(*, suivi_le: datetime | None, le: datetime) -> bool:
    """Le service d'archives se consulte toutes les dix minutes, et non à chaque ronde."""
    return suivi_le is None or suivi_le + ENTRE_DEUX_SUIVIS <= le


def peut_abandonner(*, motif: str) -> Decision:
    """Le motif reste avec le versement : qui le relira saura pourquoi il n'a pas abouti."""
    return Decision.selon(
        None if motif.strip() else Motif("Dites pourquoi ce versement est abandonné.")
    )
