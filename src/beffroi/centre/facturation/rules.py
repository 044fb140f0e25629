"""Ce qu'il faut à une facture avant toute règle officielle : qui la doit, où, sous quel
numéro ; et pourquoi elle attend.
"""

from stdnum.exceptions import ValidationError
from stdnum.fr import siret as siret_officiel

from droit.decision import Decision, Motif
from formats.facture import Partie


def peut_facturer(*, vendeur: Partie, acheteur: Partie) -> Decision:
    """Chaque motif nomme ce qui manque, et à qui.

    Les règles officielles, elles, admettent une adresse réduite au pays.
    """
    motifs = (*manques_du_centre(vendeur), *_manques(acheteur, "de l'adhérent"))
    return Decision(favorable=not motifs, motifs=motifs)


def manques_du_centre(vendeur: Partie) -> tuple[Motif, ...]:
    return _manques(vendeur, "du centre de gestion")


def _manques(partie: Partie, de_qui: str) -> tuple[Motif, ...]:
    adresse = partie.adresse
    manques: list[str] = []
    if not partie.siret:
        manques.append(f"Le SIRET {de_qui} n'est pas connu.")
    elif not siret_est_juste(partie.siret):
        manques.append(f"Le SIRET {de_qui}, {partie.siret}, n'est pas un numéro juste.")
    if not adresse.voie:
        manques.append(f"L'adresse {de_qui} n'est pas connue.")
    if not (adresse.code_postal and adresse.ville):
        manques.append(f"Le code postal ou la ville {de_qui} n'est pas connu.")
    return tuple(Motif(manque) for manque in manques)


def siret_est_juste(siret: str) -> bool:
    try:
        siret_officiel.validate(siret)
    except ValidationError:
        return False
    return True
