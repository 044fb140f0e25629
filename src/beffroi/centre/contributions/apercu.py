"""L'aperçu d'un appel, préparé pour l'écran : les totaux, les tranches, les lignes, les étapes."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from beffroi.centre.contributions import tri
from beffroi.centre.contributions.models import Contribution, Exercice
from beffroi.centre.contributions.states import Etat
from beffroi.centre.tarif.rules.grille import Tarif
from formats import dates

RIEN = Decimal(0)
PLEINE_LARGEUR = Decimal("98.5")
TOUS, A_VERIFIER, PAYANTS = "tous", tri.EXCEPTIONS, ""
ESTIMES = ("estime", "t1")
DU_TRI = (
    (tri.PRESUMES, "Présumés"),
    (tri.SOUS_LE_SEUIL, "Sous le seuil"),
    (tri.AU_DESSUS, "Au-dessus du seuil"),
    (tri.DECIDES, "Exceptions décidées"),
)


@dataclass(frozen=True)
class Totaux:
    """Ce que l'appel représente, à côté de l'an passé."""

    montant: Decimal
    difference: Decimal
    adherents: int
    gratuits: int
    payants: int
    comptees: int
    creees: int
    # Les volumes dont les montants partent, estimations comprises.
    retenues: int
    estimees: int
    a_verifier: int
    sans_effectif: int
    a_rendre: Decimal


def totaux(lignes: Sequence[Contribution]) -> Totaux:
    payants = sum(ligne.est_payante for ligne in lignes)
    sans_effectif = sum(ligne.agents is None and not ligne.presumee for ligne in lignes)
    return Totaux(
        montant=sum((ligne.montant or RIEN for ligne in lignes), RIEN),
        difference=sum((ligne.difference for ligne in lignes), RIEN),
        adherents=len(lignes),
        gratuits=len(lignes) - payants - sans_effectif,
        payants=payants,
        comptees=sum(ligne.comptees for ligne in lignes),
        creees=sum(ligne.creees for ligne in lignes),
        retenues=sum(ligne.volume for ligne in lignes),
        estimees=sum(ligne.volume for ligne in lignes if ligne.source_du_volume in ESTIMES),
        a_verifier=sum(ligne.est_a_verifier for ligne in lignes),
        sans_effectif=sans_effectif,
        a_rendre=sum((ligne.a_rendre for ligne in lignes), RIEN),
    )


@dataclass(frozen=True)
class Barre:
    """Une tranche : ce qu'elle rapporte cette année (plein) et l'an passé
    (contour), sur la même échelle.
    """

    numero: int
    volumes: str
    montant: Decimal
    avant: Decimal
    adherents: int
    largeur: str
    largeur_d_avant: str


def barres(lignes: Iterable[Contribution], tarif: Tarif) -> list[Barre]:
    """Les tranches payantes, de la première à la dernière."""
    cette_annee, avant, adherents = (
        defaultdict[int, Decimal](Decimal),
        defaultdict[int, Decimal](Decimal),
        defaultdict[int, int](int),
    )
    for ligne in lignes:
        if ligne.est_payante and ligne.tranche:
            cette_annee[ligne.tranche] += ligne.montant or RIEN
            adherents[ligne.tranche] += 1
        if ligne.tranche_d_avant and ligne.montant_d_avant:
            avant[ligne.tranche_d_avant] += ligne.montant_d_avant
    echelle = max([*cette_annee.values(), *avant.values()], default=RIEN) or Decimal(1)
    return [
        Barre(
            numero=tranche.numero,
            volumes=f"{tranche.de} et plus"
            if tranche.jusqu_a is None
            else f"{tranche.de} à {tranche.jusqu_a}",
            montant=cette_annee[tranche.numero],
            avant=avant[tranche.numero],
            adherents=adherents[tranche.numero],
            largeur=_largeur(cette_annee[tranche.numero], echelle),
            largeur_d_avant=_largeur(avant[tranche.numero], echelle),
        )
        for tranche in tarif.au_dela
    ]


def _largeur(montant: Decimal, echelle: Decimal) -> str:
    return f"{montant * PLEINE_LARGEUR / echelle:.1f}"


def filtrees(
    lignes: Sequence[Contribution], *, voir: str, nom: str, seuil: int
) -> list[Contribution]:
    """Ce qui est à vérifier d'abord, puis par nom."""
    cherche = nom.strip().casefold()
    gardees = [
        ligne
        for ligne in lignes
        if _se_montre(ligne, voir, seuil) and cherche in ligne.nom.casefold()
    ]
    return sorted(gardees, key=lambda ligne: (not ligne.est_a_verifier, ligne.nom, ligne.pk))


def _se_montre(ligne: Contribution, voir: str, seuil: int) -> bool:
    if voir == TOUS:
        return True
    if voir in tri.REGLES:
        return tri.regle_de(ligne, seuil) == voir
    return ligne.est_payante or ligne.est_a_verifier


@dataclass(frozen=True)
class Filtre:
    valeur: str
    libelle: str


def filtres(lignes: Sequence[Contribution], seuil: int) -> list[Filtre]:
    a_voir = sum(_se_montre(ligne, PAYANTS, seuil) for ligne in lignes)
    par_regle = Counter(tri.regle_de(ligne, seuil) for ligne in lignes)
    return [
        Filtre(PAYANTS, f"Payants et à vérifier ({a_voir})"),
        Filtre(A_VERIFIER, f"À vérifier ({par_regle[A_VERIFIER]})"),
        *(
            Filtre(regle, f"{libelle} ({par_regle[regle]})")
            for regle, libelle in DU_TRI
            if par_regle[regle]
        ),
        Filtre(TOUS, f"Tous ({len(lignes)})"),
    ]


@dataclass(frozen=True)
class LigneDApercu:
    """Une contribution telle que le tableau la montre."""

    contribution: Contribution
    tranche: str
    duree: str
    ton: str
    mot: str
    signe: str
    precision: str


def ligne_d_apercu(contribution: Contribution, jours_de_l_annee: int) -> LigneDApercu:
    ton, mot, signe, precision = controle(contribution)
    entiere = contribution.jours == jours_de_l_annee
    duree = (
        "–"
        if not contribution.est_payante
        else "année"
        if entiere
        else f"{contribution.jours}/{jours_de_l_annee}"
    )
    tranche = str(contribution.tranche) if contribution.est_payante else "gratuit"
    return LigneDApercu(
        contribution,
        tranche if contribution.montant is not None else "–",
        duree,
        ton,
        mot,
        signe,
        precision,
    )


def controle(contribution: Contribution) -> tuple[str, str, str, str]:
    """Le ton, le mot, le signe et la précision de la colonne « Contrôle »."""
    if contribution.verifiee_le:
        mot = contribution.get_decision_display() or "Vérifié"
        return "ok", mot, "", contribution.verification
    if not contribution.anomalies:
        return "ok", "Rien à signaler", "", ""
    premiere = contribution.anomalies[0]
    autres = len(contribution.anomalies) - 1
    precision = premiere["precision"] + (
        f" ; et {autres} autre{'s' if autres > 1 else ''}" if autres else ""
    )
    if premiere["est_a_verifier"]:
        return "attention", premiere["mot"], "alerte", precision
    signe = "plus" if premiere["code"] == "adhesion" else "info"
    return "cours", premiere["mot"], signe, precision


ETAPES = ("Figer les comptes", "Vérifier l'aperçu", "Valider à deux", "Émettre les appels")
PAS_ENCORE = {"ton": "gris", "mot": "Pas encore possible", "signe": "cadenas", "ici": False}


def etapes(exercice: Exercice, faits: Totaux) -> list[dict[str, object]]:
    """Où en est l'appel : ce qui est fait, ce qui est en cours, ce qui attend."""
    suite = list(Etat).index(Etat(exercice.etat))
    rangs = [suite > 0, suite > 2, suite > 3, suite > 4]
    faites = [exercice.fige_le, exercice.prepare_le, exercice.valide_le, exercice.emis_le]
    en_cours = ["À faire", _a_verifier(faits), _validation(exercice), "À faire"]
    ici = rangs.index(False) if False in rangs else len(rangs)
    return [
        {"nom": nom, **_etape(rang, ici, faites[rang], en_cours[rang])}
        for rang, nom in enumerate(ETAPES)
    ]


def _etape(rang: int, ici: int, faite_le: object, en_cours: str) -> dict[str, object]:
    if rang > ici:
        return PAS_ENCORE
    if rang == ici:
        return {"ton": "cours", "mot": en_cours, "signe": "demi", "ici": True}
    jour = dates.jour(faite_le) if faite_le else ""  # type: ignore[arg-type]
    return {
        "ton": "ok",
        "mot": f"Fait le {jour.split(maxsplit=1)[-1]}" if jour else "Fait",
        "signe": "",
        "ici": False,
    }


def _a_verifier(faits: Totaux) -> str:
    return (
        f"En cours, {faits.a_verifier} à vérifier"
        if faits.a_verifier
        else "En cours, plus rien à vérifier"
    )


def _validation(exercice: Exercice) -> str:
    return (
        f"{exercice.prepare_par.nom} a validé, il en faut une seconde"
        if exercice.prepare_par
        else "À faire"
    )
