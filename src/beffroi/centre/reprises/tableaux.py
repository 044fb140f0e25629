"""Les tableurs que l'on rend : le modèle vide, et les lignes à corriger, prêtes à redéposer."""

from datetime import datetime

from beffroi.centre.reprises import lecture
from beffroi.centre.reprises.plan import Plan
from formats import tableur

LARGEUR_CM = 4.0


def modele(*, le: datetime) -> bytes:
    """Les neuf colonnes attendues, et rien d'autre."""
    entetes = tuple(lecture.LIBELLES.values())
    largeurs = (LARGEUR_CM,) * len(entetes)
    return tableur.ods(
        tableur.Feuille(titre="Conventions", entetes=entetes, largeurs=largeurs, lignes=[]),
        etabli_le=le,
    )


def fautives(plan: Plan, *, le: datetime) -> bytes:
    """Les lignes à corriger, leur numéro devant, ce qui ne va pas, leurs autres colonnes au bout.

    Redéposé, ce fichier ne remplace que ces lignes-là.
    """
    dues = sorted(
        [*plan.fautives, *(une for un in plan.doublons for une in un.lignes)],
        key=lambda une: une.numero,
    )
    autres = list(dict.fromkeys(nom for une in dues for nom in une.ligne.autres))
    connues = list(lecture.NOMS)
    entetes = ("Ligne", "Ce qui ne va pas", *(lecture.NOMS[nom] for nom in connues), *autres)
    lignes = [
        (
            str(une.numero),
            " ; ".join(
                f"{lecture.NOMS.get(faute.colonne, 'Activation')} : {faute.phrase}"
                for faute in une.jugee.fautes
            )
            or "Plusieurs lignes pour ce SIREN",
            *(une.ligne.valeurs.get(nom, "") for nom in connues),
            *(une.ligne.autres.get(nom, "") for nom in autres),
        )
        for une in dues
    ]
    feuille = tableur.Feuille(
        titre="Lignes à corriger",
        entetes=entetes,
        largeurs=(LARGEUR_CM,) * len(entetes),
        lignes=lignes,
    )
    return tableur.ods(feuille, etabli_le=le)
