"""Les membres d'un groupement que l'avis européen ne compterait pas parmi les
acheteurs : le dire à qui les nomme.
"""

import re
from collections.abc import Iterator
from datetime import datetime

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.ports import MembreSansCoordonnees
from beffroi.publicite.avis.models import Avis
from beffroi.publicite.avis.queries import coordonnees_de
from beffroi.publicite.avis.queries.contenu import achat_complete
from beffroi.publicite.avis.rules.depuis_l_achat import ce_qui_manque_a
from beffroi.publicite.avis.supports import publicite_de
from droit.achat import Achat
from formats.pluriels import enumerer

_MOTS = {
    "identifiant": "son SIRET",
    "adresse": "son adresse",
    "code_postal": "son code postal",
    "ville": "sa ville",
    "code_nuts": "son département",
    "courriel": "son courriel",
    "telephone": "son téléphone",
}
_SIRET = re.compile(r"\b\d{14}\b")


def membres_sans_coordonnees(
    consultation: Consultation, *, le: datetime
) -> list[MembreSansCoordonnees]:
    """Le port `consultations.MembresDansLAvis` : rien tant qu'aucun avis européen n'est exigé."""
    if Avis.Forme.EUROPEENNE not in publicite_de(consultation, le=le).formes_dues:
        return []
    return membres_nommes_en_texte(consultation, le=le)


def membres_nommes_en_texte(
    consultation: Consultation, *, le: datetime
) -> list[MembreSansCoordonnees]:
    """Ceux qui ne sont pas sur la plateforme,
    puis ceux dont il manque de quoi les joindre (CCP, art. L. 2113-7).
    """
    achat = achat_complete(consultation, coordonnees_de(consultation.organisme), le=le)
    return list(_membres(achat))


def _membres(achat: Achat) -> Iterator[MembreSansCoordonnees]:
    groupement = achat.groupement_de_commandes
    if groupement is None:
        return
    for membre in groupement.membres:
        if not _SIRET.search(membre):
            yield MembreSansCoordonnees(
                membre, "donné sans le SIRET d'un organisme de cette plateforme"
            )
    for organisation in groupement.organisations:
        manque = tuple(_MOTS[champ] for champ in ce_qui_manque_a(organisation))
        if manque:
            yield MembreSansCoordonnees(organisation.nom, f"il manque {enumerer(manque)}")
