"""Les entrées d'une régularisation :
l'appel estimé, et le compte de l'année, maintenant finie (rulings 5 et 6).
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet, Sum

from beffroi.centre.contributions import comptage
from beffroi.centre.contributions.couverture import conventions_par_adherent, couverture
from beffroi.centre.contributions.models import Avoir, Contribution, Exercice
from beffroi.centre.tarif.rules.comptage import Compte
from beffroi.centre.tarif.rules.parametres import Parametres
from beffroi.centre.tarif.rules.volume import constate, est_a_regulariser

RIEN = Compte(())
# Ce que ses avoirs rendent, et de cela ce qui corrigeait une erreur :
# l'année finie ne le rappelle pas.
RENDU = {
    "rendu": Sum("avoirs__montant"),
    "errone": Sum("avoirs__montant", filter=Q(avoirs__motif=Avoir.Motif.ERREUR)),
}
PRESUMER = Contribution.Decision.PRESUMER
JOURS = ("convention", "debut", "fin", "fin_pour_impaye", "interruptions")


def estimees(annee: int) -> QuerySet[Contribution]:
    """Les appels émis de cette année que rien n'a encore repris,
    ce que leurs avoirs rendent en `rendu`.
    """
    emises = Contribution.objects.filter(
        exercice__annee=annee, emise_le__isnull=False, regularise=None
    )
    return emises.filter(regularisation=None).annotate(**RENDU).order_by("nom", "pk")


def a_regulariser(annee: int, parametres: Parametres) -> list[Contribution]:
    """Ceux dont le volume n'était qu'estimé, d'après les choix que l'appel a figés."""
    return [une for une in estimees(annee) if est_a_regulariser(une.source_du_volume, parametres)]


def lignes(exercice: Exercice, parametres: Parametres) -> Iterator[Contribution]:
    conventions = conventions_par_adherent(exercice.annee)
    comptes = comptage.comptes(exercice.annee, parametres)
    for estimee in a_regulariser(exercice.annee, parametres):
        siren = estimee.siret[:9]
        yield Contribution(
            exercice=exercice,
            adherent_id=estimee.adherent_id,
            regularise=estimee,
            tranche_d_avant=estimee.tranche,
            montant_d_avant=_reste(estimee),
            # Présumée par décision, elle l'est pour l'année.
            decision=estimee.decision if estimee.decision == PRESUMER else "",
            **{champ: getattr(estimee, champ) for champ in REPRIS},
            **_entrees(
                exercice.annee,
                estimee,
                comptes.get(siren, RIEN),
                conventions.get(estimee.adherent_id),
            ),
        )


# Ce qu'un an n'a pas changé : l'effectif du 1er janvier vaut pour toute l'année (ruling 4).
REPRIS = (
    "nom",
    "siret",
    "agents",
    "annee_de_l_effectif",
    "motifs_de_l_effectif",
    "effectif_a_verifier",
    "origine_de_l_effectif",
    "nature",
    "habitants",
    "habitants_au",
    "source_des_habitants",
)


def reprendre(contribution: Contribution, exercice: Exercice, parametres: Parametres) -> list[str]:
    """Relit le compte, la fin et les avoirs d'une seule ligne ; rend les champs qu'ils posent."""
    estimee = Contribution.objects.annotate(**RENDU).get(regularisation=contribution)
    compte = comptage.compte_de(estimee.siret[:9], exercice.annee, parametres)
    siennes = conventions_par_adherent(exercice.annee).get(estimee.adherent_id)
    champs = _entrees(exercice.annee, estimee, compte, siennes)
    for champ, valeur in champs.items():
        setattr(contribution, champ, valeur)
    return list(champs)


def _reste(estimee: Any) -> Any:
    return (estimee.montant or 0) - (estimee.rendu or 0)


def _entrees(
    annee: int, estimee: Any, compte: Compte, conventions: list[Any] | None
) -> dict[str, Any]:
    volume = constate(annee, compte=compte.comptees, retenu=estimee.volume)
    return {
        "deja_appele": _reste(estimee),
        "corrige": estimee.errone,
        **(
            couverture(conventions).champs()
            if conventions
            else {champ: getattr(estimee, champ) for champ in JOURS}
        ),
        "volume": volume.nombre,
        "source_du_volume": volume.source,
        "motif_du_volume": volume.motif,
        "creees": compte.creees,
        "comptees": compte.comptees,
        "consultations": compte.references,
        "sha256_du_compte": compte.sha256,
    }
