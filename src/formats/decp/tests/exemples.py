"""Un marché et une concession valides,
tous leurs champs remplis, et le document JSON qui les porte.
"""

import json
from datetime import date
from decimal import Decimal
from typing import Any

from formats.decp import modele
from formats.decp.ecriture import en_json

ENTREPRISE = modele.Titulaire(id="33245605200049")
MODIFICATIONS = (
    modele.Modification(
        id=1,
        date_notification_modification=date(2027, 1, 8),
        date_publication_donnees_modification=date(2027, 2, 1),
        montant=Decimal("91000.25"),
        duree_mois=6,
    ),
    modele.Modification(
        id=2,
        date_notification_modification=date(2027, 3, 8),
        date_publication_donnees_modification=date(2027, 4, 1),
        titulaires=(modele.Titulaire(id="55204599900869"),),
    ),
)
ACTES = (
    modele.ActeSousTraitance(
        id=1,
        sous_traitant=ENTREPRISE,
        duree_mois=3,
        date_notification=date(2026, 11, 5),
        date_publication_donnees=date(2026, 11, 24),
        montant=Decimal(12000),
        variation_prix="Ferme",
    ),
)
ACTES_MODIFIES = (
    modele.ModificationActeSousTraitance(
        id=1,
        date_notification_modification_sous_traitance=date(2026, 12, 5),
        date_publication_donnees=date(2026, 12, 24),
        montant=Decimal("15000.5"),
    ),
)


def marche(**change: Any) -> modele.Marche:
    """Le chantier d'une toiture, avec une avance, deux modifications et un sous-traitant."""
    champs: dict[str, Any] = {
        "id": "2026001",
        "acheteur_id": "21620178000014",
        "nature": "Marché",
        "objet": "Réfection de la toiture de l'école & du préau",
        "code_cpv": "45261900-3",
        "techniques": ("Accord-cadre",),
        "modalites_execution": ("Tranches", "Bons de commande"),
        "id_accord_cadre": "AC2026",
        "marche_innovant": False,
        "ccag": "Travaux",
        "offres_recues": 3,
        "attribution_avance": True,
        "taux_avance": Decimal("0.30"),
        "type_groupement_operateurs": "Pas de groupement",
        "procedure": "Appel d'offres ouvert",
        "lieu_execution": modele.Lieu(code="62178", type_code="Code commune"),
        "duree_mois": 4,
        "date_notification": date(2026, 11, 2),
        "date_publication_donnees": date(2026, 11, 24),
        "montant": Decimal("84500.0"),
        "types_prix": ("Définitif révisable",),
        "forme_prix": "Forfaitaire",
        "origine_ue": Decimal("0.8"),
        "origine_france": Decimal("0.5"),
        "titulaires": (ENTREPRISE,),
        "considerations_sociales": ("Clause sociale",),
        "considerations_environnementales": ("Pas de considération environnementale",),
        "sous_traitance_declaree": True,
        "actes_sous_traitance": ACTES,
        "modifications": MODIFICATIONS,
        "modifications_actes_sous_traitance": ACTES_MODIFIES,
    }
    return modele.Marche(**(champs | change))


def concession(**change: Any) -> modele.Concession:
    """La délégation d'une fourrière, avec une année d'exécution et une modification."""
    champs: dict[str, Any] = {
        "id": "DSP-2026-1",
        "autorite_concedante_id": "21620178000014",
        "nature": "Délégation de service public",
        "objet": "Fourrière automobile",
        "procedure": "Procédure négociée ouverte",
        "duree_mois": 60,
        "date_signature": date(2026, 10, 1),
        "date_publication_donnees": date(2026, 10, 20),
        "date_debut_execution": date(2026, 11, 1),
        "valeur_globale": Decimal(250000),
        "montant_subvention_publique": Decimal(0),
        "concessionnaires": (ENTREPRISE,),
        "considerations_sociales": ("Concession réservée",),
        "considerations_environnementales": ("Critère environnemental",),
        "donnees_execution": (
            modele.DonneesAnnuelles(
                date_publication_donnees_execution=date(2027, 12, 1),
                depenses_investissement=Decimal("1200.50"),
                tarifs=(modele.Tarif(intitule_tarif="Enlèvement", tarif=Decimal("121.27")),),
            ),
        ),
        "modifications": (
            modele.ModificationConcession(
                id=1,
                date_signature_modification=date(2028, 1, 5),
                date_publication_donnees_modification=date(2028, 2, 1),
                valeur_globale=Decimal(260000),
            ),
        ),
    }
    return modele.Concession(**(champs | change))


def paquet() -> modele.Paquet:
    return modele.Paquet(marches=(marche(),), concessions=(concession(),))


def document() -> dict[str, Any]:
    """Le document JSON de l'exemple, à falsifier : ses nombres sont ceux de Python."""
    return dict(json.loads(en_json(paquet())))
