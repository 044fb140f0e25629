"""Les entrées d'un calcul, telles qu'elles sont au moment où l'on fige : un nombre constant de lectures."""

from collections.abc import Iterator
from typing import Any

from beffroi.adherents.queries import effectifs_retenus
from beffroi.contributions import comptage, regularisation
from beffroi.contributions.couverture import conventions_par_adherent, couverture
from beffroi.contributions.models import Contribution, Exercice
from beffroi.contributions.rules.comptage import Compte
from beffroi.tarif.rules.parametres import Parametres
from beffroi.tarif.rules.volume import annee_comptee, volume_retenu

RIEN = Compte(())


def lignes(exercice: Exercice, parametres: Parametres) -> Iterator[Contribution]:
    """Une contribution par adhérent qu'une convention couvre un jour de l'exercice ; un complément, ceux qui restent."""
    if exercice.sorte == Exercice.Sorte.REGULARISATION:
        yield from regularisation.lignes(exercice, parametres)
        return
    couvertes = conventions_par_adherent(exercice.annee)
    if exercice.sorte == Exercice.Sorte.COMPLEMENT:
        deja = deja_appeles(exercice.annee)
        couvertes = {cle: siennes for cle, siennes in couvertes.items() if cle not in deja}
    adherents = {cle: siennes[0].adherent for cle, siennes in couvertes.items()}
    effectifs = effectifs_retenus(adherents.values(), exercice.annee, definition=parametres.definition_effectif)
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
            **_de_l_effectif(effectifs[cle]),
            **couverture(couvertes[cle]).champs(),
            **_du_compte(
                exercice.annee,
                couvertes[cle],
                comptes.get(adherent.siren, RIEN),
                parametres,
                est_la_premiere_annee=cle not in anciens,
            ),
        )


def deja_appeles(annee: int) -> set[int]:
    """Les adhérents dont l'appel de cette année est émis, par leur clé : personne n'est appelé deux fois."""
    emis = Contribution.objects.filter(exercice__annee=annee, emise_le__isnull=False, regularise=None)
    return set(emis.values_list("adherent_id", flat=True))


def reprendre(contribution: Contribution, exercice: Exercice, parametres: Parametres) -> list[str]:
    """Relit les entrées d'un seul adhérent ; rend les champs qu'elles posent."""
    if contribution.regularise_id:
        return regularisation.reprendre(contribution, exercice, parametres)
    adherent = contribution.adherent
    siennes = conventions_par_adherent(exercice.annee).get(adherent.pk)
    premiere = adherent.pk not in conventions_par_adherent(exercice.annee - 1)
    compte = comptage.compte_de(adherent.siren, annee_comptee(exercice.annee, parametres), parametres)
    effectifs = effectifs_retenus([adherent], exercice.annee, definition=parametres.definition_effectif)
    champs = _de_l_effectif(effectifs[adherent.pk])
    if siennes:
        champs |= couverture(siennes).champs()
        champs |= _du_compte(exercice.annee, siennes, compte, parametres, est_la_premiere_annee=premiere)
    for champ, valeur in champs.items():
        setattr(contribution, champ, valeur)
    return list(champs)


def d_avant(annee: int) -> dict[int, tuple[int | None, Any]]:
    """Ce que chaque adhérent devait l'exercice précédent : sa tranche, son montant."""
    precedentes = Contribution.objects.filter(exercice__annee=annee - 1, emise_le__isnull=False)
    colonnes = ("adherent_id", "tranche", "montant", "a_rendre")
    trouvees: dict[int, tuple[int | None, Any]] = {}
    for cle, tranche, montant, a_rendre in precedentes.order_by("exercice__rang").values_list(*colonnes):
        # Une régularisation ajoute, ou rend, à ce qui était appelé ; sa tranche est la bonne.
        trouvees[cle] = (tranche, trouvees.get(cle, (None, 0))[1] + montant - a_rendre)
    return trouvees


def _de_l_effectif(retenu: Any) -> dict[str, Any]:
    return {
        "agents": retenu.agents,
        "annee_de_l_effectif": retenu.annee,
        "motifs_de_l_effectif": [str(motif) for motif in retenu.motifs],
        "effectif_a_verifier": retenu.est_signale,
    }


def _du_compte(
    annee: int, conventions: list[Any], compte: Compte, parametres: Parametres, *, est_la_premiere_annee: bool
) -> dict[str, Any]:
    """La première année, le volume est celui de l'adhésion ; qui avait déjà une convention a son compte."""
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
