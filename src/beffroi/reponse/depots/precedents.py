"""Ce qu'un dépôt peut remplacer, lu d'un trait : l'acte n'a besoin de rien d'autre."""

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.entreprises.queries import equipes_de
from beffroi.reponse.depots.models import BrouillonDeReponse, Pli
from beffroi.reponse.depots.relus_au_depot import plis_du_meme


def precedents_en_bref(brouillon: BrouillonDeReponse, par: Utilisateur) -> list[Pli]:
    """Les plis de `queries.precedents`, sans rien lire de leurs fichiers."""
    equipe = brouillon.equipe
    lus = plis_du_meme(
        brouillon.consultation, brouillon.tour, equipe.numero_d_entreprise, equipe.pays
    )
    # Presque toujours, aucun : on ne cherche pas sur qui la personne agit.
    siennes = set(equipes_de(par).values_list("pk", flat=True)) if lus else set()
    anciens = [pli for pli in lus if pli.equipe_id in siennes]
    for ancien in anciens:
        ancien.consultation, ancien.tour = brouillon.consultation, brouillon.tour
    return anciens
