"""D'un contrat du format national à une fiche, et retour :
ses colonnes, son texte, ce qui s'y est ajouté.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from beffroi.contrat.donnees_essentielles.models import AjoutAFiche, FicheDeContrat
from formats import json_exact
from formats.decp import Concession, Marche, Paquet, Titulaire, arbre, regles
from formats.decp.arbre import arbre_de
from formats.decp.defaut import Defaut
from formats.decp.lecture import arbre_lu, lire

type Contrat = Marche | Concession

MARCHE, CONCESSION = FicheDeContrat.Sorte.MARCHE, FicheDeContrat.Sorte.CONCESSION
Sorte = AjoutAFiche.Sorte
# Ce qui s'ajoute après coup : la clé du format, et celle de chaque élément de la liste.
SUITES = {
    Sorte.MODIFICATION: ("modifications", "modification"),
    Sorte.ACTE: ("actesSousTraitance", "acteSousTraitance"),
    Sorte.MODIFICATION_D_ACTE: ("modificationsActesSousTraitance", "modificationActeSousTraitance"),
    Sorte.EXECUTION: ("donneesExecution", "donneesAnnuelles"),
}

# Les mêmes, dans les mots du modèle.
CHAMPS = {
    Sorte.MODIFICATION: "modifications",
    Sorte.ACTE: "actes_sous_traitance",
    Sorte.MODIFICATION_D_ACTE: "modifications_actes_sous_traitance",
    Sorte.EXECUTION: "donnees_execution",
}
LISTES: dict[str, str] = {MARCHE: "marche", CONCESSION: "contrat-concession"}
# Le même secret, dit par les clés d'une concession, ou par ce qui en dépend.
SYNONYMES = {
    "montant": ("valeurGlobale",),
    "titulaires": ("concessionnaires",),
    "actesSousTraitance": ("modificationsActesSousTraitance",),
}


def sorte_de(contrat: Contrat) -> str:
    return CONCESSION if isinstance(contrat, Concession) else MARCHE


def acheteur_de(contrat: Contrat) -> str:
    return (
        contrat.autorite_concedante_id if isinstance(contrat, Concession) else contrat.acheteur_id
    )


def titulaires_de(contrat: Contrat) -> tuple[Titulaire, ...]:
    return contrat.concessionnaires if isinstance(contrat, Concession) else contrat.titulaires


def montant_de(contrat: Contrat) -> Any:
    return contrat.valeur_globale if isinstance(contrat, Concession) else contrat.montant


def conclu_le(contrat: Contrat) -> Any:
    return contrat.date_signature if isinstance(contrat, Concession) else contrat.date_notification


def colonnes(contrat: Contrat, *, retenues: Iterable[str] = ()) -> dict[str, Any]:
    """Ce que la recherche lit, sans ce qui est retenu : chercher ne dit pas ce que la page tait."""
    retenues = set(retenues)
    lieu = (
        contrat.lieu_execution
        if isinstance(contrat, Marche) and "lieuExecution" not in retenues
        else None
    )
    return {
        "sorte": sorte_de(contrat),
        "numero": contrat.id,
        "siret_acheteur": acheteur_de(contrat),
        "nature": contrat.nature,
        "objet": contrat.objet,
        "cpv": contrat.code_cpv if isinstance(contrat, Marche) else "",
        "procedure": contrat.procedure,
        "montant": None if "montant" in retenues else montant_de(contrat),
        "duree_mois": contrat.duree_mois,
        "conclu_le": conclu_le(contrat),
        "debut_le": contrat.date_debut_execution if isinstance(contrat, Concession) else None,
        "annee": conclu_le(contrat).year,
        "lieu_type": lieu.type_code if lieu else "",
        "lieu_code": lieu.code if lieu else "",
    }


def separer(contrat: Contrat) -> tuple[Contrat, list[tuple[Sorte, dict[str, Any]]]]:
    """Le contrat tel qu'il naît, et ce qui s'y est ajouté, dans l'ordre."""
    objet = arbre_de(contrat)
    ajouts = [
        (sorte, element[cle])
        for sorte, (liste, cle) in SUITES.items()
        for element in objet.get(liste) or ()
    ]
    vides: dict[str, Any] = {
        champ: () for champ in CHAMPS.values() if getattr(contrat, champ, None)
    }
    return replace(contrat, **vides), ajouts


def en_texte(contrat: Contrat) -> str:
    """Le texte d'un contrat dans un fichier : il s'y publie tel qu'il est gardé."""
    return json_exact.texte(arbre_de(contrat))


def fragment(ajout: Mapping[str, Any]) -> str:
    """Le texte gardé d'un ajout, nombres exacts."""
    return json_exact.texte(ajout)


def paquet_de(contrat: Contrat) -> Paquet:
    return (
        Paquet(concessions=(contrat,))
        if isinstance(contrat, Concession)
        else Paquet(marches=(contrat,))
    )


def relire(fiche: FicheDeContrat, ajouts: Iterable[AjoutAFiche] = ()) -> Contrat:
    """Le contrat entier, retenues comprises : pour le corriger, ou vérifier ce qu'on y ajoute."""
    return _lu(fiche.sorte, _objet(fiche, ajouts))


def public(fiche: FicheDeContrat, ajouts: Iterable[AjoutAFiche]) -> dict[str, Any]:
    """L'objet du format national, sans ce qui est retenu, avec tout ce qui s'est ajouté."""
    objet = _objet(fiche, ajouts)
    for champ in fiche.retenues:
        for nom in (champ, *SYNONYMES.get(champ, ())):
            objet.pop(nom, None)
            for modification in objet.get("modifications", ()):
                modification["modification"].pop(nom, None)
    return objet


def texte_publie(fiche: FicheDeContrat, ajouts: Iterable[AjoutAFiche]) -> str:
    """Le texte que le fichier porte."""
    if not ajouts and not fiche.retenues:
        return fiche.contenu
    return en_texte(a_publier(fiche, ajouts))


def a_publier(fiche: FicheDeContrat, ajouts: Iterable[AjoutAFiche]) -> Contrat:
    """Le contrat que nos fichiers portent : rien d'exigé n'y est retenu."""
    return _lu(fiche.sorte, public(fiche, ajouts))


def _objet(fiche: FicheDeContrat, ajouts: Iterable[AjoutAFiche]) -> dict[str, Any]:
    objet: dict[str, Any] = arbre_lu(fiche.contenu.encode())
    for ajout in ajouts:
        liste, cle = SUITES[Sorte(ajout.sorte)]
        objet.setdefault(liste, []).append({cle: arbre_lu(ajout.contenu.encode())})
    return objet


def _lu(sorte: str, objet: Mapping[str, Any]) -> Contrat:
    """Une fiche gardée peut contredire une règle, jamais le format."""
    paquet = arbre.lire({"marches": {LISTES[sorte]: [objet]}}).paquet
    contrats: list[Contrat] = [*paquet.marches, *paquet.concessions]
    return contrats[0]


def paru_le(contrat: Contrat, jour: Any) -> Contrat:
    return replace(contrat, date_publication_donnees=jour)


def defauts_de_forme(contrat: Contrat) -> list[Defaut]:
    """Ce qui empêche de l'écrire dans le format :
    un code inconnu, une durée nulle, un SIRET trop court.
    """
    trouves = arbre.lire({"marches": {LISTES[sorte_de(contrat)]: [arbre_de(contrat)]}}).defauts
    return [defaut for defaut in trouves if defaut.est_une_erreur]


def defauts(contrat: Contrat) -> list[Defaut]:
    """Ce qui empêche de publier : la forme d'abord, puis les règles au-delà du schéma.

    Chaque défaut nomme son champ.
    """
    au_dela = (defaut for defaut in regles.verifier(paquet_de(contrat)) if defaut.est_une_erreur)
    return defauts_de_forme(contrat) or list(au_dela)


def a_relire(contrat: Contrat) -> list[Defaut]:
    """Ce qui se publie, mais mérite un regard."""
    return [defaut for defaut in regles.verifier(paquet_de(contrat)) if not defaut.est_une_erreur]


def lire_tout(octets: bytes) -> tuple[Contrat, ...]:
    """Les contrats bien formés d'un fichier, dans son ordre."""
    paquet = lire(octets).paquet
    return (*paquet.marches, *paquet.concessions)
