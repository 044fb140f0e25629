"""L'appel d'une année : ouvrir, figer, simuler, valider à deux, émettre.

Deux lancements n'en font qu'un.
"""

from collections.abc import Sequence
from datetime import date, datetime
from itertools import batched

from django.db import IntegrityError, transaction

from beffroi.centre.adherents.services import figer as figer_les_effectifs
from beffroi.centre.contributions import calcul, gel, queries
from beffroi.centre.contributions.conduite import a_mener
from beffroi.centre.contributions.models import Avoir, Contribution, Exercice
from beffroi.centre.contributions.rules import validation
from beffroi.centre.contributions.services.avoirs import Rendu, accorder
from beffroi.centre.tarif.rules import dates
from beffroi.centre.tarif.rules.parametres import en_valeurs
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte, exiger
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.franchissement import franchir
from beffroi.socle.journal.services import journaliser
from formats.dates import PARIS

PAR_LOT = 200
# Ce qu'une personne décide d'une exception : relire la ligne l'efface.
DECIDE = ("decision", "verification", "verifiee_par", "verifiee_le")


@transaction.atomic
def ouvrir(*, annee: int, par: Utilisateur, maintenant: datetime) -> Exercice:
    """Commence l'appel d'une année ; une année n'en a qu'un."""
    choix = queries.parametres_au(date(annee, 1, 1))
    exiger(
        dates.peut_ouvrir(annee, aujourd_hui=maintenant.astimezone(PARIS).date(), parametres=choix)
    )
    try:
        with transaction.atomic():
            exercice = Exercice.objects.create(annee=annee, ouvert_par=par, ouvert_le=maintenant)
    except IntegrityError as doublon:
        premier = Exercice.objects.select_related("ouvert_par").get(annee=annee, rang=0)
        raise ConflitEtat(
            f"{premier.ouvert_par.nom} a déjà ouvert l'appel {annee}. Rechargez la page."
        ) from doublon
    journaliser("exercice.ouvrir", sujet=exercice.reference, par=par.acteur, le=maintenant)
    return exercice


@transaction.atomic
def figer(*, exercice: Exercice, par: Utilisateur, maintenant: datetime) -> Exercice:
    """Fige la grille, les choix, et pour chaque adhérent son effectif, son compte et ses jours.

    Rien n'y revient seul.
    """
    exercice = a_mener(exercice, "figer")
    grille, choix = queries.tarif_a_figer(exercice)
    if grille is None:
        raise RegleEnfreinte(
            f"Aucune grille n'est en vigueur au 1er janvier {exercice.annee}. "
            "Gardez-en une d'abord."
        )
    for lot in batched(gel.lignes(exercice, choix), PAR_LOT):
        Contribution.objects.bulk_create(lot)
        _journaliser_un_lot(exercice, "exercice.figer_un_lot", lot, par=par, le=maintenant)
    donnees = {"grille": grille.reference, "parametres": en_valeurs(choix)}
    champs = {"grille": grille, "parametres": en_valeurs(choix), "fige_le": maintenant}
    return franchir(exercice, "figer", par=par.acteur, le=maintenant, donnees=donnees, **champs)


@transaction.atomic
def simuler(*, exercice: Exercice, par: Utilisateur, maintenant: datetime) -> Exercice:
    """Calcule chaque ligne depuis ce qui est figé. Recommencer rend les mêmes centimes."""
    exercice = a_mener(exercice, "simuler")
    applique = calcul.bareme(exercice)
    for lot in batched(exercice.contributions.order_by("pk"), PAR_LOT):
        for contribution in lot:
            calcul.appliquer(contribution, applique)
        Contribution.objects.bulk_update(lot, calcul.CHAMPS)
        _journaliser_un_lot(exercice, "exercice.simuler_un_lot", lot, par=par, le=maintenant)
    return franchir(exercice, "simuler", par=par.acteur, le=maintenant, simule_le=maintenant)


@transaction.atomic
def relire_une_ligne(
    *, contribution: Contribution, par: Utilisateur, maintenant: datetime
) -> Contribution:
    """Reprend les entrées d'un seul adhérent, avant toute validation :
    un effectif déclaré depuis, un écart noté.
    """
    exercice = a_mener(contribution.exercice, "simuler")
    contribution = verrouiller(contribution, avec=("adherent",))
    applique = calcul.bareme(exercice)
    champs = gel.reprendre(contribution, exercice, applique.parametres)
    contribution.verification, contribution.verifiee_par, contribution.verifiee_le = "", None, None
    contribution.decision = ""
    calcul.appliquer(contribution, applique)
    contribution.save(
        update_fields=[
            *champs,
            *calcul.CHAMPS,
            *DECIDE,
        ]
    )
    _journaliser(contribution, "contribution.relire", par=par, le=maintenant)
    return contribution


@transaction.atomic
def relire_les_effectifs(*, exercice: Exercice, par: Utilisateur, maintenant: datetime) -> int:
    """Reprend, sur toutes les lignes, l'effectif et la population que l'annuaire sait maintenant.

    Une ligne qui change perd la décision prise sans le savoir. Rend combien ont changé.
    """
    exercice = a_mener(exercice, "simuler")
    applique = calcul.bareme(exercice)
    changees, champs = [], set[str]()
    lignes = exercice.contributions.filter(regularise=None).select_related("adherent")
    for ligne, neufs in gel.effectifs_changes(list(lignes), exercice, applique.parametres):
        champs |= neufs.keys()
        for champ, valeur in neufs.items():
            setattr(ligne, champ, valeur)
        ligne.verification, ligne.verifiee_par, ligne.verifiee_le = "", None, None
        ligne.decision = ""
        calcul.appliquer(ligne, applique)
        changees.append(ligne)
    if changees:
        poses = [*champs, *calcul.CHAMPS, *DECIDE]
        Contribution.objects.bulk_update(changees, poses, batch_size=PAR_LOT)
    journaliser(
        "exercice.relire_les_effectifs",
        sujet=exercice.reference,
        par=par.acteur,
        le=maintenant,
        donnees={"lignes": len(changees)},
    )
    return len(changees)


@transaction.atomic
def preparer(*, exercice: Exercice, par: Utilisateur, maintenant: datetime) -> Exercice:
    """La première personne valide : plus rien n'est à vérifier."""
    exercice = a_mener(exercice, "preparer")
    lignes = list(exercice.contributions.all())
    a_verifier = sum(contribution.est_a_verifier for contribution in lignes)
    exiger(validation.peut_preparer(a_verifier=a_verifier, lignes=len(lignes)))
    total = str(sum(contribution.montant or 0 for contribution in lignes))
    champs = {"prepare_par": par, "prepare_le": maintenant}
    return franchir(
        exercice, "preparer", par=par.acteur, le=maintenant, donnees={"total": total}, **champs
    )


@transaction.atomic
def renvoyer(*, exercice: Exercice, motif: str, par: Utilisateur, maintenant: datetime) -> Exercice:
    """La seconde personne rend l'appel à la première, et dit pourquoi."""
    return franchir(
        exercice,
        "renvoyer",
        par=par.acteur,
        le=maintenant,
        donnees={"motif": motif.strip()},
        prepare_par=None,
        prepare_le=None,
    )


@transaction.atomic
def valider(*, exercice: Exercice, par: Utilisateur, maintenant: datetime) -> Exercice:
    """La seconde personne valide ; ce n'est jamais la première."""
    exercice = a_mener(exercice, "valider", avec=("prepare_par",))
    premiere = exercice.prepare_par.reference if exercice.prepare_par else ""
    exiger(validation.peut_valider(prepare_par=premiere, valide_par=par.reference))
    return franchir(
        exercice, "valider", par=par.acteur, le=maintenant, valide_par=par, valide_le=maintenant
    )


@transaction.atomic
def emettre(*, exercice: Exercice, par: Utilisateur, maintenant: datetime) -> Exercice:
    """Émet les appels, et un état néant à qui ne doit rien.

    Sans effectif, rien n'est appelé. Les PDF se font ensuite.
    """
    from beffroi.centre.contributions.taches import preparer_les_documents

    exercice = a_mener(exercice, "emettre")
    lignes = (
        exercice.contributions.exclude(montant=None)
        .select_related("regularise")
        .order_by("nom", "pk")
    )
    premier = numero = queries.dernier_numero(exercice.annee)
    for lot in batched(lignes, PAR_LOT):
        for contribution in lot:
            numero += 1
            contribution.numero, contribution.emise_le = numero, maintenant
        Contribution.objects.bulk_update(lot, ["numero", "emise_le"])
        _journaliser_un_lot(exercice, "exercice.emettre_un_lot", lot, par=par, le=maintenant)
        _rendre(lot, par=par, maintenant=maintenant)
        preparer_les_documents.enqueue([contribution.pk for contribution in lot])
    effectifs = gel.effectifs_appeles(exercice)
    figer_les_effectifs(
        effectifs=effectifs, motif=exercice.reference, par=par.acteur, maintenant=maintenant
    )
    donnees = {"appels": numero - premier}
    return franchir(
        exercice, "emettre", par=par.acteur, le=maintenant, donnees=donnees, emis_le=maintenant
    )


def _rendre(lot: Sequence[Contribution], *, par: Utilisateur, maintenant: datetime) -> None:
    """Ce qu'une régularisation rend : un avoir sur l'appel estimé, qui ne change pas."""
    for contribution in lot:
        if contribution.regularise and contribution.a_rendre:
            rendu = Rendu(
                Avoir.Motif.REGULARISATION,
                contribution.a_rendre,
                " ".join(contribution.motifs)[:500],
            )
            accorder(
                contribution=contribution.regularise, rendu=rendu, par=par, maintenant=maintenant
            )


def _journaliser_un_lot(
    exercice: Exercice, acte: str, lot: Sequence[Contribution], *, par: Utilisateur, le: datetime
) -> None:
    donnees = {"lignes": len(lot)}
    journaliser(acte, sujet=exercice.reference, par=par.acteur, le=le, donnees=donnees)


def _journaliser(contribution: Contribution, acte: str, *, par: Utilisateur, le: datetime) -> None:
    journaliser(
        acte, sujet=contribution.reference, organisme=contribution.siret, par=par.acteur, le=le
    )
