"""La contribution d'une année (convention, art. 4) :
la tranche, le montant, le prorata, et pourquoi, règle par règle.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from beffroi.centre.tarif.rules.grille import (
    ANNEXE_1,
    ART_4,
    Tarif,
    TrancheTarifaire,
    contribue,
    tarif_de_l_annexe,
    tranche_de,
)
from beffroi.centre.tarif.rules.parametres import D_OFFICE, Parametres
from beffroi.centre.tarif.rules.prorata import (
    ENTIER,
    Periode,
    annee_entiere,
    couverte,
    mois_entiers,
    prorata_temporis,
    sans,
)
from droit.citation import Article, Document
from droit.dates import en_toutes_lettres
from droit.decision import Motif
from formats.sommes import en_euros

ART_5 = Document("convention, art. 5")
CONTRE_LE_CREANCIER = Article("code civil", "1190")
BORNES_COMMUNES = (150, 250)
RIEN = Decimal("0.00")


@dataclass(frozen=True)
class Demande:
    """Les agents au 1er janvier, les consultations comptées,
    l'exercice, et les jours que la convention y couvre.

    `effet` : premier jour couvert ; `fin` : dernier jour couvert, jusqu'à minuit.
    """

    # Rien : présumés sous le seuil, sans qu'aucun nombre soit connu.
    agents: int | None
    volume: int
    exercice: int
    effet: date | None = None
    fin: date | None = None
    # Qui part parce qu'il ne payait pas n'a pas d'avoir.
    fin_pour_impaye: bool = False
    # Les jours qu'aucune convention ne couvre, entre deux qui se suivent dans l'année.
    interruptions: tuple[Periode, ...] = ()


@dataclass(frozen=True)
class Liquidation:
    """Ce qui est dû pour l'exercice (`montant`).

    `appele` : ce qu'on appelle sans connaître la fin ; l'avoir rend le reste.
    """

    tranche: TrancheTarifaire
    periodes: tuple[Periode, ...]
    jours: int
    jours_de_l_annee: int
    appele: Decimal
    montant: Decimal
    # Ce que `montant` facture : les jours couverts, ou jusqu'au bout de l'année si rien ne se rend.
    facturees: tuple[Periode, ...] = ()
    motifs: tuple[Motif, ...] = ()

    @property
    def avoir(self) -> Decimal:
        return self.appele - self.montant


def fautes(demande: Demande) -> dict[str, Motif]:
    """Ce qui empêche de calculer, sous le nom de la valeur à corriger :
    des nombres qui existent, des dates qui se suivent.
    """
    trouvees = {}
    if demande.agents is not None and demande.agents < 0:
        trouvees["agents"] = Motif(
            "Un nombre d'agents ne descend pas sous zéro. Donnez l'effectif au 1er janvier."
        )
    if demande.volume < 0:
        trouvees["volume"] = Motif("Un nombre de consultations ne descend pas sous zéro.")
    if demande.effet and demande.fin and demande.fin < demande.effet:
        trouvees["fin"] = Motif(
            f"La convention finirait le {en_toutes_lettres(demande.fin)}, "
            "avant de prendre effet le "
            f"{en_toutes_lettres(demande.effet)}. Vérifiez ces deux dates."
        )
    return trouvees


def calculer(
    demande: Demande, *, parametres: Parametres = D_OFFICE, tarif: Tarif | None = None
) -> Liquidation:
    """La contribution, au centime. Lève `ValueError` si la demande a des `fautes`."""
    for motif in fautes(demande).values():
        raise ValueError(motif.texte)
    tarif = tarif or tarif_de_l_annexe(parametres)
    payante = demande.agents is not None and contribue(
        demande.agents, parametres, seuil=tarif.seuil
    )
    tranche = tranche_de(demande.volume, tarif.tranches(payante=payante))
    periode = couverte(demande.exercice, effet=demande.effet, fin=demande.fin)
    trous = _interruptions(demande, parametres)
    periodes, appelees = (
        sans(periode, trous),
        sans(couverte(demande.exercice, effet=demande.effet), trous),
    )
    facturees = periodes if _ouvre_un_avoir(demande, parametres) else appelees
    liquidation = Liquidation(
        tranche,
        periodes,
        sum(une.jours for une in sans(periode, demande.interruptions)),
        annee_entiere(demande.exercice).jours,
        appele=part_de(tranche.montant, appelees, parametres),
        montant=part_de(tranche.montant, facturees, parametres),
        facturees=facturees,
    )
    return replace(liquidation, motifs=tuple(_motifs(liquidation, demande, tarif, parametres)))


def _ouvre_un_avoir(demande: Demande, parametres: Parametres) -> bool:
    return parametres.prorata_sortie == "avoir" and not demande.fin_pour_impaye


def _interruptions(demande: Demande, parametres: Parametres) -> tuple[Periode, ...]:
    """Sans avoir de sortie, qui part puis revient doit aussi l'entre-deux ;
    au mois, seuls des mois entiers se retirent.
    """
    if parametres.prorata_sortie == "aucun":
        return ()
    if parametres.prorata == "mois_entame":
        return tuple(mois for trou in demande.interruptions if (mois := mois_entiers(trou)))
    return demande.interruptions


def part_de(
    annuel: Decimal,
    periodes: tuple[Periode, ...],
    parametres: Parametres,
    *,
    part: Fraction = ENTIER,
) -> Decimal:
    """Chaque convention doit ses jours, au centime."""
    return sum((prorata_temporis(annuel, une, parametres, part=part) for une in periodes), RIEN)


def du_apres_corrections(
    liquidation: Liquidation,
    *,
    appele: Decimal,
    corrige: Decimal,
    parametres: Parametres = D_OFFICE,
) -> Decimal:
    """Ce qui reste dû de ces jours quand des avoirs ont déjà corrigé l'appel :
    la même part de ce qu'il aurait dû être.
    """
    if not appele:
        return RIEN
    part = Fraction(appele - corrige) / Fraction(appele)
    return part_de(liquidation.tranche.montant, liquidation.facturees, parametres, part=part)


def _motifs(
    liquidation: Liquidation, demande: Demande, tarif: Tarif, parametres: Parametres
) -> Iterator[Motif]:
    yield from _motifs_de_la_tranche(liquidation.tranche, demande)
    yield _motif_de_la_categorie(demande, tarif, liquidation.tranche, parametres)
    yield from _motifs_du_prorata(liquidation, demande, liquidation.tranche.montant, parametres)


def _motifs_de_la_tranche(tranche: TrancheTarifaire, demande: Demande) -> Iterator[Motif]:
    yield Motif(f"{demande.volume} consultations : tranche {tranche.numero}, {tranche}.", ANNEXE_1)
    if demande.volume in BORNES_COMMUNES and demande.volume in (tranche.de, tranche.jusqu_a):
        sens = "inférieure" if demande.volume == tranche.jusqu_a else "supérieure"
        choix = "tranche_inferieure" if sens == "inférieure" else "tranche_superieure"
        yield Motif(
            (
                f"{demande.volume} est nommé par deux tranches : "
                f"il va à la tranche {sens} (borne_commune={choix})."
            ),
            CONTRE_LE_CREANCIER if sens == "inférieure" else None,
        )


def _motif_de_la_categorie(
    demande: Demande, tarif: Tarif, tranche: TrancheTarifaire, parametres: Parametres
) -> Motif:
    seuil, annuel = tarif.seuil, tranche.montant
    if demande.agents is None:
        du = f"{en_euros(annuel)} pour l'année entière" if annuel else "gratuit à tout volume"
        return Motif(f"Présumé sous {seuil} agents, sans effectif déclaré : {du}.", ANNEXE_1)
    if demande.agents == seuil:
        return Motif(
            f"{seuil} agents tout juste : la grille ne le dit pas. L'exploitant a décidé "
            f"« {parametres.a_350_agents} » (a_350_agents={parametres.a_350_agents}).",
            ANNEXE_1,
        )
    sens = "moins" if demande.agents < seuil else "plus"
    if not annuel and sens == "moins":
        return Motif(
            f"{demande.agents} agents, moins de {seuil} : gratuit à tout volume.", ANNEXE_1
        )
    return Motif(
        f"{demande.agents} agents, {sens} de {seuil} : "
        f"{en_euros(annuel)} pour l'année entière en tranche "
        f"{tranche.numero}.",
        ANNEXE_1,
    )


def _motifs_du_prorata(
    liquidation: Liquidation, demande: Demande, annuel: Decimal, parametres: Parametres
) -> Iterator[Motif]:
    periodes = liquidation.periodes
    if not periodes:
        yield Motif(
            f"La convention ne couvre aucun jour de {demande.exercice} : rien n'est dû.", ART_4
        )
        return
    if periodes[0].est_l_annee:
        jours = f"{periodes[0].jours} jours sur {periodes[0].jours_de_l_annee}"
        yield Motif(f"Année entière : {jours}, sans prorata.", ART_4)
        return
    for periode in periodes:
        dates = (
            f"Du {en_toutes_lettres(periode.du)} au {en_toutes_lettres(periode.au)}, "
            "les deux compris"
        )
        yield Motif(f"{dates} : {_part_en_clair(periode, annuel, parametres)}.", ART_4)
    yield from _motif_de_la_sortie(liquidation, demande, parametres)


def _part_en_clair(periode: Periode, annuel: Decimal, parametres: Parametres) -> str:
    valeur = en_euros(prorata_temporis(annuel, periode, parametres))
    if parametres.prorata == "mois_entame":
        return (
            f"{periode.mois_commences} mois commencés sur 12 ; "
            f"{en_euros(annuel)} × {periode.mois_commences}/12 = {valeur}"
        )
    jours = f"{periode.jours}/{periode.jours_de_l_annee}"
    return (
        f"{periode.jours} jours sur {periode.jours_de_l_annee} ; "
        f"{en_euros(annuel)} × {jours} = {valeur}"
    )


def _motif_de_la_sortie(
    liquidation: Liquidation, demande: Demande, parametres: Parametres
) -> Iterator[Motif]:
    if demande.fin_pour_impaye:
        yield Motif(
            "Qui part parce qu'il ne payait pas n'a pas d'avoir : l'année reste due.", ART_5
        )
    elif liquidation.avoir:
        yield Motif(
            "Qui part en cours d'année ne doit que ses jours : "
            f"{en_euros(liquidation.appele)} appelés, "
            f"{en_euros(liquidation.avoir)} d'avoir.",
            ART_4,
        )
    elif parametres.prorata_sortie == "aucun":
        yield Motif("Qui part en cours d'année n'a pas d'avoir (prorata_sortie=aucun).")
