"""Le délai minimal d'une remise :
ce que fixe la table, ce qui le réduit, ce qui l'allonge, et pourquoi.

Unité : des jours du calendrier. Les nombres viennent des tables
(`delai.…`) ; le raisonnement est ici.
"""

from dataclasses import dataclass
from datetime import date

from droit.calendrier import europe, jours
from droit.dates import en_toutes_lettres
from droit.decision import Decision, Motif
from droit.en_vigueur import Droit, Valeur

_REDUCTIONS = {
    "electronique": "les réponses sont transmises par voie électronique",
    "preinformation": "un avis de préinformation a été envoyé à temps",
    "urgence": "une urgence justifiée empêche de respecter le délai ordinaire",
    "sans_accord": "les candidats sélectionnés ne se sont pas accordés sur une date",
}


@dataclass(frozen=True, kw_only=True)
class Circonstances:
    """Ce qui change un délai.

    `preinformation` est la date d'envoi de cet avis, s'il y en a eu un.
    """

    electronique: bool = False
    urgence: bool = False
    preinformation: date | None = None
    sans_accord: bool = False
    hors_profil: bool = False
    alsace_moselle: bool = False


@dataclass(frozen=True)
class DelaiMinimal:
    """Une durée en jours du calendrier, et chaque pas du raisonnement avec son article."""

    jours: int
    pourquoi: tuple[Motif, ...]
    reduit_par: str = ""

    def dernier_jour(self, depart: date) -> date:
        """Le dernier jour compté, sans report :
        une date limite qui le précède est trop tôt, quelle que soit la lecture.
        """
        return jours.jours_apres(depart, self.jours)

    def premier_jour_sur(self, depart: date, *, alsace_moselle: bool = False) -> date:
        """Le lendemain du dernier jour, reporté s'il est chômé :
        le délai entier est alors passé (règl. 1182/71, art. 3).
        """
        return jours.jours_apres(
            europe.dernier_jour(depart, self.jours, alsace_moselle=alsace_moselle), 1
        )


def delai_minimal(
    droit: Droit, cle: str, *, envoi: date, circonstances: Circonstances
) -> DelaiMinimal | None:
    """Le délai minimal de la clé, la plus forte des réductions ouvertes appliquée ;
    rien si la loi le laisse libre.

    `envoi` est la date d'envoi de l'avis :
    c'est à elle que se mesure l'avance de la préinformation.
    """
    if not _connue(droit, cle):
        return _plancher_sans_accord(droit, cle)
    ordinaire = droit.valeur(cle)
    demandees = _demandees(circonstances)
    connues = [nom for nom in demandees if _connue(droit, f"{cle}.{nom}")]
    avance = preinformation_utile(droit, envoi=envoi, preinformation=circonstances.preinformation)
    ouvertes = [
        droit.valeur(f"{cle}.{nom}")
        for nom in connues
        if nom != "preinformation" or avance.favorable
    ]
    remarques = (
        *(avance.motifs if "preinformation" in connues else ()),
        *_sans_effet(demandees, connues),
    )
    debut = Motif(f"Le délai minimal est de {ordinaire.entier} jours.", ordinaire.article)
    reduction = min(ouvertes, key=lambda valeur: valeur.entier, default=ordinaire)
    if reduction.entier >= ordinaire.entier:
        return DelaiMinimal(ordinaire.entier, (debut, *remarques))
    nom = reduction.cle.rpartition(".")[2]
    return DelaiMinimal(reduction.entier, (debut, _reduit(nom, reduction), *remarques), nom)


def allonger_hors_profil(
    droit: Droit, delai: DelaiMinimal, *, circonstances: Circonstances
) -> DelaiMinimal:
    """Des documents hors du profil allongent le délai des offres,
    sauf urgence justifiée (CCP, art. R. 2151-2).
    """
    if not circonstances.hors_profil:
        return delai
    valeur = droit.valeur("delai.documents_hors_profil")
    if circonstances.urgence:
        motif = Motif(
            "L'urgence dispense d'allonger le délai pour les documents hors du profil.",
            valeur.article,
        )
        return DelaiMinimal(delai.jours, (*delai.pourquoi, motif), delai.reduit_par)
    total = delai.jours + valeur.entier
    motif = Motif(
        (
            f"{valeur.entier} jours s'ajoutent : des documents ne sont pas sur le profil. "
            f"Le délai est de {total} jours."
        ),
        valeur.article,
    )
    return DelaiMinimal(total, (*delai.pourquoi, motif), delai.reduit_par)


def preinformation_utile(droit: Droit, *, envoi: date, preinformation: date | None) -> Decision:
    """L'avis de préinformation réduit le délai s'il précède l'avis de ni trop peu ni trop
    longtemps (CCP, art. R. 2161-3).
    """
    if preinformation is None:
        return Decision.accord()
    minimum = droit.valeur("delai.preinformation.avance_minimale")
    maximum = droit.valeur("delai.preinformation.avance_maximale")
    au_plus_tard = jours.jours_avant(envoi, minimum.entier)
    au_plus_tot = jours.mois_apres(envoi, -maximum.entier)
    if au_plus_tot <= preinformation <= au_plus_tard:
        return Decision.accord()
    return Decision.refus(
        Motif(
            f"L'avis de préinformation du {en_toutes_lettres(preinformation)} ne "
            "réduit pas le délai. "
            f"Il fallait l'envoyer du {en_toutes_lettres(au_plus_tot)} au "
            f"{en_toutes_lettres(au_plus_tard)}.",
            minimum.article,
        )
    )


def limite_assez_tardive(
    limite: date, *, depart: date, delai: DelaiMinimal, alsace_moselle: bool = False
) -> Decision:
    """Refus avant le dernier jour compté ;
    remarque jusqu'à ce que le délai soit entier (règl. 1182/71, art. 3).
    """
    if limite < delai.dernier_jour(depart):
        trouves = max(jours.jours_entre(depart, limite), 0)
        return Decision.refus(
            Motif(
                f"Cette date {_laisse(trouves)}. Il en faut au moins {delai.jours}.",
                delai.pourquoi[0].source,
            ),
            *delai.pourquoi,
        )
    sur = delai.premier_jour_sur(depart, alsace_moselle=alsace_moselle)
    if limite < sur:
        return Decision.accord(
            Motif(
                "Le délai minimal n'est entier qu'à la fin du "
                f"{en_toutes_lettres(jours.jours_avant(sur, 1))}. "
                f"Choisissez plutôt le {en_toutes_lettres(sur)} ou plus tard.",
                europe.COMPUTATION,
            )
        )
    return Decision.accord()


def _demandees(circonstances: Circonstances) -> list[str]:
    faits = {
        "electronique": circonstances.electronique,
        "preinformation": circonstances.preinformation is not None,
        "urgence": circonstances.urgence,
        "sans_accord": circonstances.sans_accord,
    }
    return [nom for nom, vrai in faits.items() if vrai]


def _connue(droit: Droit, cle: str) -> bool:
    return cle in droit.tables.fiches


def _plancher_sans_accord(droit: Droit, cle: str) -> DelaiMinimal | None:
    """Une entité adjudicatrice convient d'une date avec les candidats ;
    faute d'accord, un plancher (art. R. 2161-10).
    """
    if not _connue(droit, f"{cle}.sans_accord"):
        return None
    plancher = droit.valeur(f"{cle}.sans_accord")
    motif = Motif(
        (
            "Sans date convenue avec tous les candidats, "
            f"le délai minimal est de {plancher.entier} jours."
        ),
        plancher.article,
    )
    return DelaiMinimal(plancher.entier, (motif,), "sans_accord")


def _laisse(nombre: int) -> str:
    return f"laisse {nombre} jour{'s' if nombre > 1 else ''}" if nombre else "ne laisse aucun jour"


def _reduit(nom: str, reduction: Valeur) -> Motif:
    return Motif(
        f"Il est ramené à {reduction.entier} jours : {_REDUCTIONS[nom]}.", reduction.article
    )


def _sans_effet(demandees: list[str], connues: list[str]) -> tuple[Motif, ...]:
    """L'accord des candidats ne se demande que là où un texte le prévoit :
    ailleurs, il n'y a rien à en dire.
    """
    vaines = [nom for nom in demandees if nom not in connues and nom != "sans_accord"]
    return tuple(
        Motif(f"Aucun texte ne réduit ce délai quand {_REDUCTIONS[nom]}.") for nom in vaines
    )
