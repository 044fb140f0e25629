"""Lire le tableur des conventions déjà signées : ses colonnes, et comment les gens les écrivent.

Sans base.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from formats import classeur_lu, tableau_lu

COLONNES: Mapping[str, tuple[str, ...]] = {
    "ligne": ("ligne", "n_ligne", "numero_de_ligne"),
    "siren": ("siren", "n_siren", "numero_siren", "siren_ou_siret"),
    "nom": ("nom", "denomination", "raison_sociale", "adherent", "collectivite", "commune"),
    "signee_le": ("signee_le", "signature", "date_de_signature", "date_signature"),
    "prise_d_effet": ("prise_d_effet", "effet", "date_d_effet", "date_de_prise_d_effet", "debut"),
    "dernier_jour": ("dernier_jour", "terme", "fin", "date_de_fin", "echeance"),
    "effectif": ("effectif", "agents", "nombre_d_agents", "effectif_facultatif"),
    "contact": ("contact", "interlocuteur", "personne_a_inviter", "nom_du_contact"),
    "courriel": ("courriel", "email", "e_mail", "mail", "adresse_electronique"),
    "copie": ("copie", "fichier", "nom_du_fichier", "nom_du_fichier_de_la_copie"),
    "nature": ("nature", "type", "forme"),
    "siret": ("siret", "n_siret", "numero_siret", "siret_du_siege"),
    "population": ("population", "habitants", "population_totale"),
    "deliberation_le": ("deliberation", "deliberation_du", "date_de_la_deliberation"),
}
# Ce que le modèle vide montre, dans cet ordre ; les autres se lisent si elles y sont.
LIBELLES: Mapping[str, str] = {
    "siren": "SIREN",
    "nom": "Nom",
    "signee_le": "Signée le",
    "prise_d_effet": "Prise d'effet",
    "dernier_jour": "Dernier jour",
    "effectif": "Effectif (facultatif)",
    "contact": "Contact",
    "courriel": "Courriel",
    "copie": "Nom du fichier de la copie",
}
EN_PLUS: Mapping[str, str] = {
    "nature": "Nature",
    "siret": "SIRET du siège",
    "population": "Population",
    "deliberation_le": "Délibération du",
}
NOMS: Mapping[str, str] = {**LIBELLES, **EN_PLUS, "effectif": "Effectif"}
OBLIGATOIRES = ("siren", "nom", "signee_le", "prise_d_effet", "courriel")
SIGNES_D_UNE_CELLULE = 300


@dataclass(frozen=True)
class LigneLue:
    """Une ligne du tableur, telle qu'elle est écrite ; `autres` : les colonnes inconnues."""

    numero: int
    valeurs: Mapping[str, str]
    autres: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Tableau:
    lignes: Sequence[LigneLue]
    ignorees: Sequence[str] = ()
    # Le tableur dit de quelle ligne chacune vient : c'est le fichier des seules lignes fautives.
    numerotees: bool = False


def lire(octets: bytes, nom: str = "tableau") -> Tableau:
    """Les lignes, ou une phrase qui nomme la première qui ne se lit pas."""
    lu = classeur_lu.lire(octets, nom, colonnes=COLONNES, obligatoires=OBLIGATOIRES)
    if not lu.rangees:
        raise tableau_lu.TableauIllisible(
            "Ce tableur nomme ses colonnes et n'a aucune ligne. Écrivez une ligne par convention."
        )
    for rangee in lu.rangees:
        _exiger_une_rangee_lisible(rangee)
    return Tableau(
        [LigneLue(rangee.numero, {**rangee.valeurs}, {**rangee.autres}) for rangee in lu.rangees],
        lu.ignorees,
        numerotees="ligne" in lu.colonnes,
    )


def _exiger_une_rangee_lisible(rangee: tableau_lu.Rangee) -> None:
    trop = [v for v in rangee.valeurs.values() if len(v) > SIGNES_D_UNE_CELLULE]
    if not (rangee.deborde or trop):
        return
    pourquoi = (
        "elle a plus de cellules que la première"
        if rangee.deborde
        else f"une de ses cellules a plus de {SIGNES_D_UNE_CELLULE} signes"
    )
    raise tableau_lu.TableauIllisible(
        f"La ligne {rangee.numero} ne se lit pas : {pourquoi}. Rien n'est gardé. "
        "Corrigez-la dans le tableur, puis redéposez-le."
    )
