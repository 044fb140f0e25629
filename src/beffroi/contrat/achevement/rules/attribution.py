"""L'avis d'attribution : qui le doit, jusqu'à quand, et où en est son délai.

CCP, art. R. 2183-1 (trente jours après la signature), R. 2183-3 (marchés subséquents),
R. 2183-4 (avis groupés) et R. 3125-6 (quarante-huit jours après la notification d'une concession).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from droit.calendrier.jours import jours_apres, mois_apres
from droit.citation import Article
from droit.dates import en_toutes_lettres
from droit.decision import Decision, Motif
from droit.en_vigueur import Droit, DroitInconnu
from formats.pluriels import compter

MARCHE = Article("CCP", "R. 2183-1")
SUBSEQUENT = Article("CCP", "R. 2183-3")
GROUPES = Article("CCP", "R. 2183-4")
CONCESSION = Article("CCP", "R. 3125-6")
MOIS_D_UN_TRIMESTRE = 3
# À moins d'une semaine de la fin, l'avis presse.
PRESSE_EN_JOURS = 7
# Le sous-type de l'avis d'attribution, d'après celui de l'avis qui appelait à concourir.
SOUS_TYPES = {"16": "29", "19": "32", "20": "33", "E3": "E4"}


@dataclass(frozen=True)
class Exigence:
    """L'avis est-il exigé, et pourquoi."""

    exige: bool
    motif: Motif


def exigence_de(
    *, formalise: bool, concession: bool, subsequent: bool, social_au_dessus_du_seuil: bool
) -> Exigence:
    """Au-dessus des seuils européens, sauf pour un marché subséquent.

    Au-dessous, l'avis est volontaire.
    """
    if subsequent:
        return Exigence(
            False, Motif("Un marché subséquent n'a pas d'avis d'attribution.", SUBSEQUENT)
        )
    if formalise and concession:
        return Exigence(
            True,
            Motif(
                "Une concession au-dessus du seuil européen a son avis d'attribution.", CONCESSION
            ),
        )
    if formalise or social_au_dessus_du_seuil:
        return Exigence(
            True, Motif("Un marché au-dessus du seuil européen a son avis d'attribution.", MARCHE)
        )
    source = CONCESSION if concession else MARCHE
    return Exigence(
        False, Motif("Au-dessous des seuils européens, cet avis est volontaire.", source)
    )


def dernier_jour_d_un_groupe(*, signe: date) -> date | None:
    """Pour des services sociaux, l'avis peut attendre la fin du trimestre,
    et trente jours de plus (art. R. 2183-4).
    """
    try:
        jours = Droit.au(signe).valeur("avis.attribution.trimestre").entier
    except DroitInconnu:
        return None
    premier = date(
        signe.year, (signe.month - 1) // MOIS_D_UN_TRIMESTRE * MOIS_D_UN_TRIMESTRE + 1, 1
    )
    return jours_apres(mois_apres(premier, MOIS_D_UN_TRIMESTRE), jours - 1)


class Delai(StrEnum):
    """Où en est le délai d'un contrat."""

    SANS_OBJET = "sans_objet"
    COURT = "court"
    PRESSE = "presse"
    DEPASSE = "depasse"
    A_TEMPS = "a_temps"
    HORS_DELAI = "hors_delai"


@dataclass(frozen=True)
class EtatDuDelai:
    """Le délai, et la phrase qui le dit ; `jour` : le dernier pour envoyer, s'il y en a un."""

    delai: Delai
    phrase: str
    jour: date | None = None


def etat_du_delai(*, du: date | None, envoye_le: date | None, aujourd_hui: date) -> EtatDuDelai:
    """`du` : le dernier jour pour envoyer, compris.

    Parti après lui, l'avis reste parti, et le retard se dit.
    """
    if du is None:
        envoye = (
            f"Envoyé le {en_toutes_lettres(envoye_le)}." if envoye_le else "Aucun délai ne court."
        )
        return EtatDuDelai(Delai.A_TEMPS if envoye_le else Delai.SANS_OBJET, envoye)
    if envoye_le is not None:
        retard = (envoye_le - du).days
        parti = f"Envoyé le {en_toutes_lettres(envoye_le)}"
        if retard > 0:
            return EtatDuDelai(
                Delai.HORS_DELAI, f"{parti}, {_jours(retard)} après le dernier jour.", du
            )
        return EtatDuDelai(Delai.A_TEMPS, f"{parti}, dans le délai.", du)
    reste = (du - aujourd_hui).days
    if reste < 0:
        phrase = (
            f"En retard de {_jours(-reste)} : l'avis devait partir au plus tard le "
            f"{en_toutes_lettres(du)}."
        )
        return EtatDuDelai(Delai.DEPASSE, phrase, du)
    delai = Delai.PRESSE if reste <= PRESSE_EN_JOURS else Delai.COURT
    quand = "aujourd'hui, dernier jour" if reste == 0 else f"encore {_jours(reste)}"
    return EtatDuDelai(delai, f"Au plus tard le {en_toutes_lettres(du)} : {quand}.", du)


def _jours(nombre: int) -> str:
    return compter(nombre, "jour", "jours")


def peut_ecrire(
    *,
    conclus: int,
    sans_attributaire: int,
    choisis: int,
    forme: str,
    social_d_un_reseau: bool = False,
) -> Decision:
    """On annonce ce qui est conclu ou abandonné ;
    un formulaire que la plateforme ne sait pas écrire se dit.
    """
    return Decision.selon(
        Motif(
            "Aucun contrat n'est signé, et aucun lot n'est abandonné : "
            "il n'y a rien à annoncer encore."
        )
        if not conclus and not sans_attributaire
        else None,
        Motif("Choisissez au moins un lot à annoncer.")
        if (conclus or sans_attributaire) and not choisis
        else None,
        Motif(
            "L'avis européen d'attribution des services sociaux d'une entité adjudicatrice "
            "(formulaire 34) ne s'écrit pas "
            "encore ici. Écrivez-le sur le site du support, "
            "puis notez son envoi sur la page du contrat.",
            MARCHE,
        )
        if forme == "europeenne" and social_d_un_reseau
        else None,
    )
