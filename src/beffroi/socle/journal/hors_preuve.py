"""Ce que `verifier --journal` ne relit pas : chaque table, chaque colonne, chaque objet gardé, avec
sa raison et ce qui s'ensuit. Toute autre table est une `LigneProuvee`, dont chaque colonne prouve.

Un contexte dit les siens chez lui, dans ses prises et ses modèles ; un essai change chaque valeur
de la base, et refuse celle qui ne serait ni trouvée, ni nommée ici.
"""

from collections.abc import Iterator, Mapping

from beffroi.socle.fondations import prises
from beffroi.socle.fondations.hors_preuve import HorsPreuve
from beffroi.socle.journal.lignes import modeles_prouves

DE_DJANGO = HorsPreuve(
    "table de Django, dont Beffroi ne se sert pas", "rien : aucun droit de Beffroi ne s'y lit"
)
# Les tables de Django et du socle, qui n'ont pas de prises.
D_OFFICE = {
    "auth.Permission": DE_DJANGO,
    "auth.Group": DE_DJANGO,
    "auth.Group_permissions": DE_DJANGO,
    "contenttypes.ContentType": HorsPreuve(
        "le répertoire des modèles, que Django recompose",
        "rien : Django le recompose à la mise à jour suivante",
    ),
    "sessions.Session": HorsPreuve(
        "une connexion en cours, qui expire",
        "qui écrit la base prendrait une connexion ouverte : ce qu'il y ferait est au journal, "
        "au nom de la personne",
    ),
    "account.EmailConfirmation": HorsPreuve(
        "une demande de confirmation, qui expire",
        "une adresse se dirait confirmée par un lien : la confirmation, elle, est prouvée",
    ),
    "socle.Tache": HorsPreuve(
        "la file de l'ouvrier : du travail à faire, répétable, effacé ensuite",
        "un travail se ferait deux fois, ou pas : ce qu'il écrit est prouvé, ce qui manque se voit",
    ),
    "socle.Courriel": HorsPreuve(
        "la boîte d'envoi : du travail à faire ; l'acte qui écrit est au journal",
        "un courriel partirait changé, ou pas : ce qu'il annonce se lit sur le site",
    ),
    "socle.Numerotation": HorsPreuve(
        "le dernier numéro d'une suite, que les objets numérotés portent",
        "un numéro serait sauté, ou refusé parce que déjà pris",
    ),
}


def prouvees_autrement() -> dict[str, str]:
    """Relues d'une façon qui leur est propre :
    le journal les contient, ou elles décrivent des octets.
    """
    return {
        f"{contexte}.{modele}": comment
        for contexte, un in prises.declarees()
        for modele, comment in un.prouvees_autrement.items()
    }


def hors_preuve() -> dict[str, HorsPreuve]:
    """Les tables qui ne sont pas une preuve : `application.Modele`."""
    return D_OFFICE | {nom: dite for nom, dite in _dites() if nom.count(".") == 1}


def colonnes_hors_preuve() -> dict[str, HorsPreuve]:
    """Les colonnes qui n'en sont pas, dans une table qui prouve : `application.Modele.colonne`."""
    des_lignes = {
        f"{modele._meta.label}.{colonne}": dite
        for modele in modeles_prouves()
        for colonne, dite in modele.HORS_PREUVE.items()
    }
    des_parts = {
        f"{modele._meta.label}.{colonne} (l'usage)": part.reste
        for modele in modeles_prouves()
        for colonne, part in modele.PARTS_PROUVEES.items()
    }
    return des_lignes | des_parts | {nom: dite for nom, dite in _dites() if nom.count(".") == 2}


def objets_hors_preuve() -> dict[str, HorsPreuve]:
    """Les objets gardés dont rien de prouvé ne dit les octets : le champ qui les désigne."""
    tables, colonnes = hors_preuve(), colonnes_hors_preuve()
    return {
        objet.champ: dite
        for objet in prises.lues(lambda un: un.objets_gardes)
        if (
            dite := objet.hors_preuve
            or colonnes.get(objet.champ)
            or tables.get(objet.champ.rpartition(".")[0])
        )
    }


def _dites() -> Iterator[tuple[str, HorsPreuve]]:
    for contexte, un in prises.declarees():
        siennes: Mapping[str, HorsPreuve] = un.hors_preuve
        yield from ((f"{contexte}.{nom}", dite) for nom, dite in siennes.items())
