"""Un achat préparé, question par question : sous les seuils, au-dessus, européen."""

from decimal import Decimal

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.tests.scene import Scene
from beffroi.achat.preparation.rules.reponses import (
    Calendrier,
    Exigences,
    Jugement,
    Montant,
    Nature,
)
from beffroi.achat.preparation.services import repondre
from beffroi.publicite.avis import services
from demo.preparations import PONDERES
from droit.achat import Allotissement, CopieDeSauvegarde, Durabilite
from formats.dates import PARIS

COORDONNEES = {
    "adresse": "1 place de la Mairie",
    "code_postal": "62960",
    "ville": "Bomy",
    "code_nuts": "FRE12",
    "courriel": "mairie@bomy.example",
    "telephone": "+33 3 21 00 00 00",
    "tribunal": "Tribunal administratif de Lille",
    "tribunal_siret": "17590034400019",
    "tribunal_code_postal": "59014",
    "tribunal_ville": "Lille",
    "tribunal_code_nuts": "FRE11",
    "tribunal_courriel": "greffe@lille.example",
    "tribunal_telephone": "+33 3 59 54 23 42",
}
LIBRE, NATIONAL, EUROPEEN = "84500", "150000", "7000000"


def preparer(scene: Scene, estime: str = NATIONAL) -> Consultation:
    """Un brouillon dont toutes les questions ont leur réponse."""
    consultation = scene.brouillon()
    for reponse in (
        Nature(prestation="travaux"),
        Montant(estime=Decimal(estime), duree_en_mois=4),
        Allotissement(
            motif_sans_lot="L'objet du marché ne permet pas de distinguer des prestations séparées."
        ),
        Jugement(
            criteres=PONDERES,
            durabilite=Durabilite(condition_environnementale="Les déchets sont triés."),
        ),
        Calendrier(envoi_de_l_avis=scene.le.astimezone(PARIS).date()),
        Exigences(
            copie_de_sauvegarde=CopieDeSauvegarde(
                adresse="1 place de la Mairie", horaires="de 9 h à 12 h"
            )
        ),
    ):
        repondre(
            consultation=consultation,
            reponse=reponse,
            champs={"code_cpv": "45261210-9"} if isinstance(reponse, Nature) else None,
            par=scene.martine.acteur,
            maintenant=scene.le,
        )
    consultation.refresh_from_db()
    return consultation


def donner_les_coordonnees(scene: Scene, **champs: str) -> None:
    services.noter_les_coordonnees(
        organisme=scene.organisme,
        champs={**COORDONNEES, **champs},
        par=scene.martine.acteur,
        maintenant=scene.le,
    )
