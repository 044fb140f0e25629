"""Un champ du format national, dit en français :
« dureeMois », « duree_mois » et « La durée en mois ».
"""

import re

_MOTS = {
    "id": "Le numéro",
    "acheteur": "L'acheteur",
    "autoriteConcedante": "L'autorité concédante",
    "nature": "La nature",
    "objet": "L'objet",
    "codeCPV": "Le code CPV",
    "techniques": "Les techniques d'achat",
    "modalitesExecution": "Les modalités d'exécution",
    "idAccordCadre": "Le numéro de l'accord-cadre",
    "marcheInnovant": "Le marché innovant",
    "ccag": "Le cahier des clauses",
    "offresRecues": "Les offres reçues",
    "attributionAvance": "L'avance",
    "tauxAvance": "Le taux de l'avance",
    "typeGroupementOperateurs": "Le groupement",
    "procedure": "La procédure",
    "lieuExecution": "Le lieu d'exécution",
    "code": "Le code du lieu",
    "typeCode": "La sorte de code du lieu",
    "dureeMois": "La durée en mois",
    "dateNotification": "La date de notification",
    "datePublicationDonnees": "La date de publication des données",
    "dateSignature": "La date de signature",
    "dateDebutExecution": "La date de début d'exécution",
    "montant": "Le montant",
    "valeurGlobale": "La valeur globale",
    "montantSubventionPublique": "Le montant des subventions publiques",
    "typesPrix": "Les types de prix",
    "formePrix": "La forme du prix",
    "origineUE": "La part d'origine européenne",
    "origineFrance": "La part d'origine française",
    "titulaires": "Les titulaires",
    "concessionnaires": "Les concessionnaires",
    "typeIdentifiant": "La sorte d'identifiant",
    "considerationsSociales": "Les considérations sociales",
    "considerationsEnvironnementales": "Les considérations environnementales",
    "sousTraitanceDeclaree": "La sous-traitance déclarée",
    "actesSousTraitance": "Les actes de sous-traitance",
    "sousTraitant": "Le sous-traitant",
    "variationPrix": "La variation du prix",
    "modifications": "Les modifications",
    "modificationsActesSousTraitance": "Les modifications d'actes de sous-traitance",
    "donneesExecution": "Les données d'exécution",
    "depensesInvestissement": "Les dépenses d'investissement",
    "tarifs": "Les tarifs",
    "intituleTarif": "L'intitulé du tarif",
    "tarif": "Le tarif",
}
_CONNUS = {nom.lower(): mot for nom, mot in _MOTS.items()}


def champ_en_mots(chemin: str) -> str:
    """Ce que dit un chemin, du dehors au dedans ;
    ce que la table ignore se tait, et le chemin reste à lire à côté.
    """
    mots = [_CONNUS.get(_plie(nom), "") for nom in chemin.split(".")]
    return ", ".join(
        mot if rang == 0 else mot[0].lower() + mot[1:]
        for rang, mot in enumerate(filter(None, mots))
    )


def champs_en_mots(chemins: str) -> str:
    """Plusieurs chemins, séparés par des virgules."""
    return " ; ".join(filter(None, map(champ_en_mots, chemins.split(", "))))


def _plie(nom: str) -> str:
    nu = re.sub(r"\[[^]]*\]", "", nom).replace("_", "").strip().lower()
    return nu.removesuffix("id") if nu in {"acheteurid", "autoriteconcedanteid"} else nu
