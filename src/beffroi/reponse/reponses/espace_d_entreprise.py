"""« Mon entreprise » :
les réponses en cours et déposées, celles de l'équipe.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from beffroi.personnes.entreprises.models import Membre
from beffroi.personnes.entreprises.ports import Element, Rubrique
from beffroi.reponse.reponses.mes_reponses import Rubriques, reponses_rangees
from beffroi.reponse.reponses.queries.avancement import Avancement
from formats import dates

# Ce que « Mon entreprise » en montre ; le reste est sur sa propre page.
LIGNES = 5


def reponses(membre: Membre, *, le: datetime) -> Rubrique:
    mes = reponses_rangees(membre.utilisateur, le=le)
    elements = [*_en_cours([*mes.en_danger, *mes.en_preparation]), *_deposees(mes)]
    return Rubrique(
        "reponses",
        "Vos réponses",
        "/mes-reponses/",
        "Toutes vos réponses",
        elements[:LIGNES],
        (
            "Vous n'avez encore rien commencé. Une réponse se commence depuis la page "
            "d'une consultation."
        ),
    )


def _en_cours(etats: Sequence[Avancement]) -> Iterator[Element]:
    mots = {
        "vide": ("gris", "Commencée"),
        "envoyee": ("danger", "Envoyée, mais pas déposée"),
        "modifiee": ("danger", "Changements non déposés"),
    }
    for etat in etats:
        ton, mot = mots.get(etat.situation, ("gris", "Commencée"))
        limite = f"heure limite le {dates.jour_et_heure_limite(etat.limite)}"
        reference = etat.brouillon.reference
        yield Element(
            etat.consultation.titre,
            f"/reponses/{reference}/",
            f"Réponse {reference}, {limite}",
            ton,
            mot,
        )


def _deposees(mes: Rubriques) -> Iterator[Element]:
    for pli in mes.deposees:
        recu = (
            f"Récépissé {pli.reference}, reçu le {dates.jour(pli.recu_le)} à "
            f"{dates.heure_limite(pli.recu_le)}"
        )
        ton, mot = ("attention", "Déposée hors délai") if pli.hors_delai else ("ok", "Déposée")
        yield Element(pli.consultation.titre, f"/depots/{pli.reference}/", recu, ton, mot)
