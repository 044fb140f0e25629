"""Ce qu'une personne décide d'une exception, et le motif qu'elle en donne. Pur."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from droit.decision import Decision, Motif

JUSTE, PRESUMER, ATTENDRE = "juste", "presumer", "attendre"
SIGNES_AU_PLUS = 500
MOTS_AU_MOINS = 4
LETTRES_D_UN_MOT_PLEIN = 4
MOTS_PLEINS_AU_MOINS = 2
_MOT = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Choix:
    """Une décision possible, dans les mots de l'exception qu'elle règle."""

    valeur: str
    libelle: str


# Par exception, la plus prudente ou la plus courante d'abord.
CHOIX: dict[str, tuple[Choix, ...]] = {
    "au_seuil": (
        Choix(JUSTE, "Le choix s'applique"),
        Choix(ATTENDRE, "Demander une pièce"),
    ),
    "a_une_unite": (Choix(JUSTE, "Compte relu, juste"), Choix(ATTENDRE, "Compte à corriger")),
    "adhesion": (Choix(JUSTE, "Prorata juste"), Choix(ATTENDRE, "À revoir")),
    "depart": (Choix(JUSTE, "Prorata juste"), Choix(ATTENDRE, "À revoir")),
    "sans_piece": (Choix(ATTENDRE, "Attendre la pièce"), Choix(JUSTE, "Appeler quand même")),
    "effectif": (Choix(JUSTE, "Effectif relu, juste"), Choix(ATTENDRE, "Demander l'effectif")),
    "sans_effectif": (
        Choix(ATTENDRE, "Demander l'effectif"),
        Choix(PRESUMER, "Présumer sous le seuil"),
    ),
    "erreur_rendue": (Choix(JUSTE, "Déduction juste"), Choix(ATTENDRE, "À revoir")),
}
TOUJOURS = (Choix(JUSTE, "Calcul juste"), Choix(ATTENDRE, "À revoir"))


def choix_possibles(codes: Sequence[str], *, est_une_regularisation: bool) -> tuple[Choix, ...]:
    """Les décisions que la première exception appelle ; une régularisation ne s'attend pas."""
    siens = next((CHOIX[code] for code in codes if code in CHOIX), TOUJOURS)
    if est_une_regularisation:
        return tuple(un for un in siens if un.valeur == JUSTE) or TOUJOURS[:1]
    return siens


def peut_decider(decision: str, possibles: Collection[Choix], *, nom: str) -> Decision:
    if decision in {un.valeur for un in possibles}:
        return Decision.accord()
    dits = " ou ".join(f"« {un.libelle} »" for un in possibles)
    return Decision.refus(Motif(f"{nom} : choisissez {dits}."))


def motif_qui_dit(motif: str) -> Decision:
    """Une vraie phrase : le comptable la lira, l'année d'après, sans personne à qui demander.

    « x », « ok », « vu vu vu vu » ou des lettres au hasard ne disent rien.
    """
    mots = [mot.casefold() for mot in _MOT.findall(motif)]
    distincts = {mot for mot in mots if len(set(mot)) > 1 or len(mot) == 1}
    pleins = {mot for mot in distincts if len(mot) >= LETTRES_D_UN_MOT_PLEIN}
    if len(motif) > SIGNES_AU_PLUS:
        return _refus(f"Ce motif dépasse {SIGNES_AU_PLUS} signes.")
    if not mots:
        return _refus("Écrivez pourquoi.")
    if len(mots) < MOTS_AU_MOINS:
        return _refus(f"« {motif.strip()[:40]} » ne dit pas pourquoi.")
    if len(distincts) < MOTS_AU_MOINS or 2 * len(distincts) < len(mots):
        return _refus("Ce motif répète les mêmes mots.")
    if len(pleins) < MOTS_PLEINS_AU_MOINS or not all(map(_se_prononce, pleins)):
        return _refus("Ce motif ne se lit pas comme une phrase.")
    return Decision.accord()


def _se_prononce(mot: str) -> bool:
    """Un mot français de quatre lettres a une voyelle."""
    return any(lettre in "aeiouyàâäéèêëîïôöùûüœæ" for lettre in mot)


def _refus(pourquoi: str) -> Decision:
    return Decision.refus(
        Motif(
            f"{pourquoi} Une phrase entière, par exemple : « Arrêté des effectifs relu avec la "
            "mairie, 350 agents confirmés. »"
        )
    )
