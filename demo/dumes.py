"""Le DUME qu'une entreprise de la démonstration joint à sa candidature :
aucun motif d'exclusion, une preuve en ligne.
"""

import uuid
from datetime import datetime

from beffroi.achat.consultations.models import Consultation
from beffroi.personnes.entreprises.models import Equipe
from beffroi.reponse.dume.demandes import demande_de
from formats.dume import ecrire, ecrire_reponse
from formats.dume.modele import Emission, Operateur, Partie, Preuve, Representant, Valeur
from formats.dume.taxonomie import EXCLUSION, criteres, par_code

NON = (Valeur(type="INDICATOR", texte="false"),)
INFORMATIONS = ("eo-group", "relied", "subco-ent", "sme")
BILANS = Preuve(
    id="PREUVE-1",
    adresse="https://bilans.example/faitage-2025.pdf",
    emetteur="Comptabilité de la Lys",
)


def dume_de(
    equipe: Equipe,
    consultation: Consultation,
    *,
    gerant: tuple[str, str],
    le: datetime,
) -> bytes:
    """`gerant` : son prénom, son nom."""
    partie = Partie(
        nom=equipe.nom,
        identifiant=equipe.identifiant,
        pays="FRA",
        rue=equipe.adresse,
        code_postal=equipe.code_postal,
    )
    exclusions = {c.premiere_question().id: NON for c in criteres() if c.famille == EXCLUSION}
    informations = {par_code()[code].premiere_question().id: NON for code in INFORMATIONS}
    dume = ecrire_reponse(
        demande_de(consultation),
        operateur=Operateur(
            partie=partie,
            role="sole-tenderer",
            taille="small",
            representants=(
                Representant(prenom=gerant[0], nom=gerant[1], pays="FRA", qualite="Gérance"),
            ),
        ),
        emission=Emission(
            str(uuid.uuid5(uuid.NAMESPACE_URL, f"{consultation.reference} {partie.identifiant}")),
            le,
        ),
        reponses={**exclusions, **informations},
        preuves=(BILANS,),
    )
    return ecrire(dume)
