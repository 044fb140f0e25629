"""L'avis du brouillon :
écrit d'après les réponses de Martine, confié à un journal d'annonces légales.
"""

from datetime import datetime

from beffroi.achat.consultations.models import Consultation
from beffroi.publicite.avis import queries, services
from beffroi.publicite.avis.queries.contenu import contenu_de
from demo.peuplement import Troupe

COORDONNEES = {
    "adresse": "1 place de la Mairie",
    "code_postal": "62960",
    "ville": "Bomy",
    "code_nuts": "FRE12",
    "courriel": "mairie@bomy.example",
    "telephone": "03 21 00 00 00",
}


def annoncer(consultation: Consultation, troupe: Troupe, *, le: datetime) -> None:
    """Un avis national, prêt à partir pour le journal."""
    martine = troupe.personnes["martine"].acteur
    consultation.refresh_from_db()
    services.noter_les_coordonnees(
        organisme=consultation.organisme, champs=COORDONNEES, par=martine, maintenant=le
    )
    contenu = contenu_de(consultation, queries.coordonnees_de(consultation.organisme), le=le)
    avis = services.ecrire_un_avis(
        consultation=consultation, contenu=contenu, forme="nationale", par=martine, maintenant=le
    )
    services.preparer_une_parution(
        avis=avis,
        support="jal",
        nom_du_support="Les Échos de l'Artois",
        voie="manuelle",
        par=martine,
        maintenant=le,
    )
