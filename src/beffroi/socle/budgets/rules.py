"""Ce qu'une personne que rien ne nomme peut écrire : tant par réseau, tant pour tous.

Pures : les comptes sont donnés. Qui a prouvé son adresse n'y passe pas, et un dépôt non plus.
"""

from dataclasses import dataclass
from datetime import timedelta

from droit.decision import Decision, Motif
from formats.pluriels import compter

HEURE = timedelta(hours=1)
# La tête publique du registre avance de 128 lignes par heure, dont 64 pour les actes ; elle saute
# au-delà de 512 d'avance (ADR 0009). Tous les inconnus ensemble y mettent 256 lignes en huit
# heures : la moitié de ce que l'horloge donne aux actes, et jamais de quoi la faire sauter.
LIGNES_AU_REGISTRE = 256
PENDANT_AU_REGISTRE = timedelta(hours=8)
# Les fichiers qu'ils joignent, tous ensemble, en un jour : cent fois moins que le plus petit disque
# que nous conseillons.
OCTETS_SUR_LE_DISQUE = 2 * 10**9
PENDANT_SUR_LE_DISQUE = timedelta(hours=24)
SINON = "Connectez-vous, ou appelez le centre de gestion."


@dataclass(frozen=True)
class Budget:
    """Combien de fois un acte se fait sans compte, et ce que chaque fois écrit au registre."""

    acte: str
    par_reseau: int
    en_tout: int
    pendant: timedelta = HEURE
    lignes: int = 0
    sinon: str = SINON
    # Ce qui distingue une personne d'une autre : d'où elle vient, ou le lien qu'elle a reçu.
    par: str = "réseau"

    @property
    def en_clair(self) -> str:
        """« 5 par réseau et 100 en tout, en 10 minutes »."""
        return (
            f"{self.par_reseau} par {self.par} et {self.en_tout} en tout, en {duree(self.pendant)}"
        )


@dataclass(frozen=True)
class Depenses:
    """Ce qui a déjà été fait : d'ici, par tous ; les lignes que tous ont mises au registre, les
    octets qu'ils ont mis sur le disque.
    """

    d_ici: int = 0
    en_tout: int = 0
    au_registre: int = 0
    sur_le_disque: int = 0


def duree(pendant: timedelta) -> str:
    minutes = int(pendant.total_seconds() // 60)
    return compter(minutes // 60, "heure") if minutes % 60 == 0 else compter(minutes, "minute")


def peut_agir(budget: Budget, depenses: Depenses, *, octets: int = 0) -> Decision:
    """Au-delà, la page dit pourquoi, et ce qui reste ouvert ; rien de ce qui est écrit n'est perdu.

    Le registre et le disque viennent en dernier : d'autres actes les remplissent aussi.
    """
    return Decision.selon(
        Motif(
            f"Cela s'est déjà fait {budget.par_reseau} fois en {duree(budget.pendant)} "
            f"{_D_OU[budget.par]}. Attendez {duree(budget.pendant)}. {budget.sinon}"
        )
        if depenses.d_ici >= budget.par_reseau
        else None,
        Motif(
            "Trop de personnes sans compte font la même chose en ce moment. "
            f"Réessayez dans {duree(budget.pendant)}. {budget.sinon}"
        )
        if depenses.en_tout >= budget.en_tout
        else None,
        Motif(
            "Le registre a déjà reçu aujourd'hui ce qu'il prend de personnes sans compte. "
            f"Réessayez dans quelques heures. {budget.sinon}"
        )
        if budget.lignes and depenses.au_registre + budget.lignes > LIGNES_AU_REGISTRE
        else None,
        Motif(
            "Trop de fichiers sont déjà arrivés aujourd'hui de personnes sans compte. "
            f"Envoyez sans fichier, ou réessayez demain. {budget.sinon}"
        )
        if octets and depenses.sur_le_disque + octets > OCTETS_SUR_LE_DISQUE
        else None,
    )


_D_OU = {
    "réseau": "depuis votre réseau",
    "lien": "par ce lien",
    "expéditeur": "de cette adresse",
}
