"""Ce que chaque portée d'acheteur demande comme rôle : les actes qu'elle fait appeler."""

from datetime import datetime

from beffroi.achat.consultations.permissions import ACTES as SUR_LES_CONSULTATIONS
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.portees import Portee
from beffroi.personnes.organismes.permissions import Permissions, permet
from beffroi.personnes.organismes.queries import habilitations_en_cours
from beffroi.publicite.questions.permissions import ACTES as SUR_LES_QUESTIONS
from beffroi.publicite.retraits.permissions import ACTES as SUR_LES_RETRAITS
from beffroi.reponse.registre_des_depots.permissions import ACTES as SUR_LES_DEPOTS

DEMANDENT: dict[Portee, tuple[tuple[str, Permissions], ...]] = {
    Portee.CONSULTATIONS_LIRE: (("voir", SUR_LES_CONSULTATIONS),),
    Portee.CONSULTATIONS_PREPARER: (("rediger", SUR_LES_CONSULTATIONS),),
    Portee.CONSULTATIONS_PUBLIER: (
        ("publier", SUR_LES_CONSULTATIONS),
        ("prolonger_le_delai", SUR_LES_CONSULTATIONS),
    ),
    Portee.QUESTIONS_REPONDRE: (("voir", SUR_LES_QUESTIONS), ("repondre", SUR_LES_QUESTIONS)),
    Portee.REGISTRES_LIRE: (
        ("lire_les_retraits", SUR_LES_RETRAITS),
        ("lire_le_registre", SUR_LES_DEPOTS),
    ),
}


def portees_des_roles(utilisateur: Utilisateur, *, le: datetime) -> frozenset[str]:
    """Une portée se prend si un rôle, dans un organisme au moins, permet un de ses actes."""
    tenues = habilitations_en_cours(utilisateur, le)
    return frozenset(
        portee.value
        for portee, actes in DEMANDENT.items()
        if any(permet(tenue, acte, table) for tenue in tenues for acte, table in actes)
    )
