"""Les entrées d'un calcul, telles qu'elles sont au moment où l'on fige :
un nombre constant de lectures.
"""

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from beffroi.centre.adherents.models import Adherent, Effectif
from beffroi.centre.adherents.queries import effectifs_retenus, en_cours, familles
from beffroi.centre.contributions import comptage, regularisation
from beffroi.centre.contributions.couverture import conventions_par_adherent, couverture
from beffroi.centre.contributions.models import Contribution, Exercice
from beffroi.centre.contributions.queries import exercices_de
from beffroi.centre.tarif.rules.comptage import Compte
from beffroi.centre.tarif.rules.parametres import Parametres
from beffroi.centre.tarif.rules.presomption import Habitants, presumer
from beffroi.centre.tarif.rules.volume import annee_comptee, volume_retenu
from beffroi.socle.fondations.requetes import prete
from beffroi.socle.guichet.lecture import lu_une_fois

RIEN = Compte(())
DE_L_EFFECTIF = (
    "agents",
    "annee_de_l_effectif",
    "motifs_de_l_effectif",
    "effectif_a_verifier",
    "origine_de_l_effectif",
)


def lignes(exercice: Exercice, parametres: Parametres) -> Iterator[Contribution]:
    """Une contribution par adhérent qu'une convention couvre un jour de l'exercice ;
    un complément, ceux qui restent.
    """
    if exercice.sorte == Exercice.Sorte.REGULARISATION:
        yield from regularisation.lignes(exercice, parametres)
        return
    couvertes = conventions_par_adherent(exercice.annee)
    if exercice.sorte == Exercice.Sorte.COMPLEMENT:
        deja = deja_appeles(exercice.annee)
        couvertes = {cle: siennes for cle, siennes in couvertes.items() if cle not in deja}
    adherents = {cle: siennes[0].adherent for cle, siennes in couvertes.items()}
    effectifs = effectifs_a_appeler(adherents.values(), exercice.annee, parametres)
    comptes = comptage.comptes(annee_comptee(exercice.annee, parametres), parametres)
    anciens = conventions_par_adherent(exercice.annee - 1)
    avant = d_avant(exercice.annee)
    for cle, adherent in sorted(adherents.items(), key=lambda paire: (paire[1].nom, paire[0])):
        tranche, montant = avant.get(cle, (None, None))
        yield Contribution(
            exercice=exercice,
            adherent=adherent,
            nom=adherent.nom,
            siret=adherent.siret,
            tranche_d_avant=tranche,
            montant_d_avant=montant,
            **effectifs[cle],
            **_de_la_population(adherent, exercice.annee),
            **couverture(couvertes[cle]).champs(),
            **_du_compte(
                exercice.annee,
                couvertes[cle],
                comptes.get(adherent.siren, RIEN),
                parametres,
                est_la_premiere_annee=cle not in anciens,
            ),
        )


@lu_une_fois
def deja_appeles(annee: int) -> set[int]:
    """Les adhérents dont l'appel de cette année est émis, par leur clé :
    personne n'est appelé deux fois.
    """
    return {une.adherent_id for une in appels_emis(annee)}


@lu_une_fois
def appels_emis(annee: int) -> list[Contribution]:
    """Ceux de l'année, par nom, sans leurs régularisations ; rien avant qu'elle ait un appel."""
    if not exercices_de(annee):
        return []
    return list(_emis(annee))


@prete
def _emis(annee: int) -> QuerySet[Contribution]:
    emis = Contribution.objects.filter(
        exercice__annee=annee, emise_le__isnull=False, regularise=None
    )
    return emis.select_related("exercice__grille", "regularisation").order_by("nom", "pk")


def reprendre(contribution: Contribution, exercice: Exercice, parametres: Parametres) -> list[str]:
    """Relit les entrées d'un seul adhérent ; rend les champs qu'elles posent."""
    if contribution.regularise_id:
        return regularisation.reprendre(contribution, exercice, parametres)
    adherent = contribution.adherent
    siennes = conventions_par_adherent(exercice.annee).get(adherent.pk)
    premiere = adherent.pk not in conventions_par_adherent(exercice.annee - 1)
    compte = comptage.compte_de(
        adherent.siren, annee_comptee(exercice.annee, parametres), parametres
    )
    champs = effectifs_a_appeler([adherent], exercice.annee, parametres)[adherent.pk]
    champs |= _de_la_population(adherent, exercice.annee)
    if siennes:
        champs |= couverture(siennes).champs()
        champs |= _du_compte(
            exercice.annee, siennes, compte, parametres, est_la_premiere_annee=premiere
        )
    for champ, valeur in champs.items():
        setattr(contribution, champ, valeur)
    return list(champs)


def d_avant(annee: int) -> dict[int, tuple[int | None, Any]]:
    """Ce que chaque adhérent devait l'exercice précédent : sa tranche, son montant."""
    precedentes = Contribution.objects.filter(exercice__annee=annee - 1, emise_le__isnull=False)
    colonnes = ("adherent_id", "tranche", "montant", "a_rendre")
    trouvees: dict[int, tuple[int | None, Any]] = {}
    for cle, tranche, montant, a_rendre in precedentes.order_by("exercice__rang").values_list(
        *colonnes
    ):
        # Une régularisation ajoute, ou rend, à ce qui était appelé ; sa tranche est la bonne.
        trouvees[cle] = (tranche, trouvees.get(cle, (None, 0))[1] + montant - a_rendre)
    return trouvees


def effectifs_a_appeler(
    adherents: Collection[Adherent], annee: int, parametres: Parametres
) -> dict[int, dict[str, Any]]:
    """L'effectif de chacun.

    Une famille déjà appelée garde celui de son appel, quoi qu'elle ait déclaré depuis (3b, 4).
    """
    retenus = effectifs_retenus(adherents, annee, definition=parametres.definition_effectif)
    emises = sorted(appels_emis(annee), key=lambda une: -une.pk)
    appeles = {une.adherent_id: une for une in emises}
    effectifs = {cle: _de_l_effectif(retenu) for cle, retenu in retenus.items()}
    proches = (
        familles([cle for cle, retenu in retenus.items() if retenu.agents is not None], annee)
        if appeles
        else {}
    )
    for cle, famille in proches.items():
        siens = [appele for parent, appele in appeles.items() if parent in famille]
        if siens:
            effectifs[cle] = {champ: getattr(siens[-1], champ) for champ in DE_L_EFFECTIF}
            effectifs[cle]["motifs_de_l_effectif"] = [
                *siens[-1].motifs_de_l_effectif,
                f"Effectif que l'appel de {siens[-1].nom} a figé pour {annee}.",
            ]
    return effectifs


def est_presumable(adherent: Adherent, annee: int, parametres: Parametres) -> bool:
    """Sans effectif, sa population le ferait présumer ; le seuil d'agents n'y change rien."""
    su = _de_la_population(adherent, annee)
    habitants = (
        Habitants(su["habitants"], su["habitants_au"], su["source_des_habitants"])
        if su["habitants"] is not None
        else None
    )
    return presumer(
        agents=None,
        nature=su["nature"],
        habitants=habitants,
        sous=parametres.presomption,
        seuil=0,
    ).est_presumee


def effectifs_changes(
    lignes: Collection[Contribution], exercice: Exercice, parametres: Parametres
) -> Iterator[tuple[Contribution, dict[str, Any]]]:
    """Les lignes dont l'annuaire sait maintenant autre chose, et ce qu'il en sait."""
    adherents = [ligne.adherent for ligne in lignes]
    effectifs = effectifs_a_appeler(adherents, exercice.annee, parametres)
    for ligne in lignes:
        su = {
            **effectifs[ligne.adherent_id],
            **_de_la_population(ligne.adherent, exercice.annee),
        }
        if any(getattr(ligne, champ) != valeur for champ, valeur in su.items()):
            yield ligne, su


def effectifs_appeles(exercice: Exercice) -> QuerySet[Effectif]:
    """Ceux dont ses lignes appelées se servent, famille comprise :
    déclarés avant le gel, ou relus depuis.

    Une famille qu'un appel précédent a figée ne se sert de rien d'autre.
    """
    avant = Contribution.objects.filter(
        exercice__annee=exercice.annee, exercice__rang__lt=exercice.rang
    )
    figees = set(avant.exclude(emise_le=None).values_list("adherent_id", flat=True))
    lignes = (
        exercice.contributions.exclude(montant=None)
        .filter(regularise=None)
        .select_related("adherent")
    )
    appelees = {ligne.adherent: ligne.agents for ligne in lignes}
    retenus = effectifs_retenus(appelees, exercice.annee)
    proches = {
        cle: famille
        for cle, famille in familles([adherent.pk for adherent in appelees], exercice.annee).items()
        if not famille & figees
    }
    relus = {
        cle
        for un, agents in appelees.items()
        if retenus[un.pk].agents == agents
        for cle in proches.get(un.pk, ())
    }
    siens = en_cours().filter(
        annee=exercice.annee, adherent__in={cle for famille in proches.values() for cle in famille}
    )
    return siens.filter(Q(declare_le__lte=exercice.fige_le) | Q(adherent__in=relus))


def _de_l_effectif(retenu: Any) -> dict[str, Any]:
    return {
        "agents": retenu.agents,
        "annee_de_l_effectif": retenu.annee,
        "motifs_de_l_effectif": [str(motif) for motif in retenu.motifs],
        "effectif_a_verifier": retenu.est_signale,
        "origine_de_l_effectif": retenu.origine,
    }


def _de_la_population(adherent: Adherent, annee: int) -> dict[str, Any]:
    """Ce dont une présomption part, tel que l'annuaire le sait quand on fige.

    De qui un autre a pris la suite au 1er janvier, rien : c'est son successeur qui est appelé.
    """
    repris = adherent.succede_le is not None and adherent.succede_le <= date(annee, 1, 1)
    return {
        "nature": adherent.nature,
        "habitants": None if repris else adherent.habitants,
        "habitants_au": None if repris else adherent.habitants_au,
        "source_des_habitants": "" if repris else adherent.source_des_habitants,
    }


def _du_compte(
    annee: int,
    conventions: list[Any],
    compte: Compte,
    parametres: Parametres,
    *,
    est_la_premiere_annee: bool,
) -> dict[str, Any]:
    """La première année, le volume est celui de l'adhésion ;
    qui avait déjà une convention a son compte.
    """
    volume = volume_retenu(
        annee,
        compte=compte.comptees,
        estime=conventions[-1].volume_estime,
        est_la_premiere_annee=est_la_premiere_annee,
        parametres=parametres,
    )
    return {
        "volume": volume.nombre,
        "source_du_volume": volume.source,
        "motif_du_volume": volume.motif,
        "creees": compte.creees,
        "comptees": compte.comptees,
        "consultations": compte.references,
        "sha256_du_compte": compte.sha256,
    }
