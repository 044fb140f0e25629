"""Les questions de la préparation, répondues pour le brouillon,
et une relecture demandée au juriste.
"""

from datetime import date, datetime
from decimal import Decimal

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.preparation.rules.reponses import Calendrier, Jugement, Montant, Nature, Reponse
from beffroi.achat.preparation.services import repondre
from beffroi.achat.relectures.lecture import reglement_de
from beffroi.achat.relectures.services import demander_la_relecture, garder_le_modele
from demo.peuplement import Troupe
from droit.achat import Allotissement, Critere, Durabilite, Lot, SousCritere

PONDERES = (
    Critere(nom="Prix des prestations", sorte="prix", poids=Decimal(50)),
    Critere(
        nom="Valeur technique",
        sorte="technique",
        poids=Decimal(35),
        sous_criteres=(
            SousCritere(nom="Organisation du chantier", poids=Decimal(20)),
            SousCritere(nom="Qualité des matériaux", poids=Decimal(15)),
        ),
    ),
    Critere(nom="Performances environnementales", sorte="environnement", poids=Decimal(15)),
)
LOTS = (
    Lot(
        numero=1,
        intitule="Charpente et couverture",
        code_cpv="45261210-9",
        montant_estime=Decimal("62000"),
    ),
    Lot(
        numero=2,
        intitule="Isolation des combles",
        code_cpv="45321000-3",
        montant_estime=Decimal("22500"),
    ),
)


def repondre_pour(consultation: Consultation, troupe: Troupe, *, envoi: date, le: datetime) -> None:
    """Martine a répondu à tout : une toiture en deux lots, 84 500 € hors taxes."""
    reponses: tuple[Reponse, ...] = (
        Nature(prestation="travaux"),
        Montant(estime=Decimal("84500"), duree_en_mois=4),
        Allotissement(lots=LOTS, maximum_de_lots_soumis=len(LOTS)),
        Jugement(
            criteres=PONDERES,
            durabilite=Durabilite(
                condition_environnementale="Le titulaire trie les déchets du chantier."
            ),
        ),
        Calendrier(envoi_de_l_avis=envoi),
    )
    for reponse in reponses:
        repondre(
            consultation=consultation,
            reponse=reponse,
            champs={"code_cpv": "45261210-9"} if isinstance(reponse, Nature) else None,
            par=troupe.personnes["martine"].acteur,
            maintenant=le,
        )


def faire_relire(consultation: Consultation, troupe: Troupe, *, le: datetime) -> None:
    """Martine soumet son règlement ; le juriste a une remarque toute prête."""
    garder_le_modele(
        titre="Copie de sauvegarde",
        texte="Dites où et à quelles heures une copie de sauvegarde peut être remise.",
        code="RC-13",
        par=troupe.personnes["claire"],
        maintenant=le,
    )
    demander_la_relecture(
        consultation=consultation,
        lu=reglement_de(consultation),
        message="Les repas de la cantine commencent à la rentrée.",
        par=troupe.personnes["martine"],
        maintenant=le,
    )
